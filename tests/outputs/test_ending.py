"""The last line says how a run ends, and why."""

import pytest

from license_audit.model.report import ModelUse
from license_audit.model.scan import Unread
from license_audit.outputs import scan_summary, summary
from tests.outputs import samples
from tests.outputs.samples import finding, mention, report, scan

DENIED, MOVED = finding("policy-denied", "error"), finding("terms-moved", "error")
ODD = finding("x-y", "error")
THREE = (
    samples.disallowed(findings=(DENIED,)),
    samples.undetermined(),
    samples.allowed(gate="fails", findings=(MOVED,)),
)


@pytest.mark.parametrize(
    ("uses", "expected"),
    [
        ((), "no models; gate passes"),
        ((samples.allowed(), samples.conditional()), "1 allowed, 1 conditional; gate passes"),
        ((samples.disallowed(), samples.allowed()), "1 allowed, 1 disallowed; gate fails: 1 of 2 reach fail_on {}"),
        ((samples.waived(),), "1 disallowed; gate passes, 1 waived"),
        ((samples.known(), samples.known()), "2 disallowed; gate passes, 2 known from the baseline"),
        (
            (samples.allowed(gate="fails", findings=(DENIED, DENIED)),),
            "1 allowed; gate fails: 1 of 1 denied by the policy",
        ),
        (
            THREE,
            (
                "1 allowed, 1 undetermined, 1 disallowed; gate fails: 2 of 3 reach fail_on {}, 1 denied by the policy, "
                "1 with terms that moved"
            ),
        ),
        ((samples.allowed(gate="fails", findings=(ODD,)),), "1 allowed; gate fails: 1 of 1 with x-y"),
        ((samples.allowed(gate="fails"),), "1 allowed; gate fails: 1 of 1"),
        ((samples.denied(),), "1 allowed; gate fails: 1 of 1 denied by the policy, 1 waiver lapsed"),
        (
            (samples.allowed(findings=(finding("waiver-lapsed", message="a"), finding("waiver-lapsed", message="b"))),),
            "1 allowed; gate passes, 2 waivers lapsed",
        ),
    ],
)  # fmt: skip
def test_a_check_ends_with_its_reasons(uses: tuple[ModelUse, ...], expected: str) -> None:
    assert summary(report(*uses)) == expected.format("undetermined")


def test_waived_findings_stop_nothing() -> None:
    waived = finding("policy-denied", "error", waived="by me")
    assert summary(report(samples.allowed(findings=(waived,)))) == "1 allowed; gate passes"
    assert summary(report(samples.disallowed(findings=(waived,)))) == (
        "1 disallowed; gate fails: 1 of 1 reach fail_on undetermined"
    )


def test_a_scan_ends_with_its_reasons() -> None:
    assert scan_summary(scan(files=1)) == "1 file read; scan passes"
    assert (
        scan_summary(scan(mention("a", 1, "org/a", standing="listed"), files=4000)) == "4,000 files read; scan passes"
    )
    assert scan_summary(samples.whole_scan()) == (
        "12 files read; scan fails: 2 models in 3 places that models.yaml does not list, 1 file could not be read, "
        "1 file left out, 1 unclear, 1 excused"
    )
    assert scan_summary(scan(mention("a", 1, "org/a"), manifest="")) == (
        "12 files read; scan fails: 1 model in 1 place that a manifest does not list"
    )
    gap = Unread(file="a", reason="r", level="error")
    assert scan_summary(scan(unread=(gap,))) == "12 files read; scan is not complete, 1 file could not be read"
    assert scan_summary(scan(mention("a", 1, "org/a"), manifest="m\n##[error]")).endswith(
        "1 model in 1 place that m #\\x23[error] does not list"
    )
