"""profile.yaml and models.yaml, alone and together, and the values in them."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from license_audit.errors import AuditError, Problem
from license_audit.model.condition import Fact, Not, Parameter, parameters_in
from license_audit.model.facts import Acts, Amount, Countries, MonthlyCount
from license_audit.model.license import Clause
from license_audit.model.manifest import Manifest, ModelEntry, check_model_id
from license_audit.model.profile import Fulfilment, Organization, Profile
from license_audit.readers.documents import cross_check, read_manifest, read_profile


def write(path: Path, text: str) -> Path:
    """A file with a text."""
    path.write_text(text, encoding="utf-8")
    return path


def test_both_files_and_what_does_not_fit(tmp_path: Path) -> None:
    profile, _ = read_profile(write(tmp_path / "p.yaml", "schema: 1\nuses: {shop: {}, bench: {}}\n"))
    manifest, places = read_manifest(
        write(tmp_path / "m.yaml", "schema: 1\nmodels:\n  - {id: a/b, use: [shop, bensh]}\n  - {id: a/c, use: x}\n")
    )
    told = [str(problem).rsplit("/", 1)[1] for problem in cross_check(manifest, places, profile)]
    assert told == [
        "m.yaml:3:20: the profile has no use 'bensh'; did you mean bench?",
        "m.yaml:4:20: the profile has no use 'x'; it has shop, bench",
    ]
    (problem, _, _) = cross_check(manifest, places, Profile(schema="1"))
    assert problem.message == "the profile has no use 'shop'; it has no uses"


def test_an_empty_file(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match=r"p\.yaml:1:1: is empty; expected a mapping that starts with schema: 1"):
        read_profile(write(tmp_path / "p.yaml", "# nothing\n"))


@pytest.mark.parametrize("models", ["", "models:\n", "models: []\n"])
def test_a_manifest_without_models(tmp_path: Path, models: str) -> None:
    manifest, _ = read_manifest(write(tmp_path / "m.yaml", f"schema: 1\n{models}"))
    assert manifest.models == ()


def test_a_manifest_that_is_no_mapping() -> None:
    with pytest.raises(ValidationError):
        Manifest.model_validate([])


def test_what_a_model_is_called() -> None:
    assert ModelEntry(id="a/b", path="m", use=("u",)).name == "a/b"
    assert ModelEntry(path="m", use=("u",)).name == "m"
    assert ModelEntry.model_validate({"id": "a", "use": "u", "base": "c/d"}).base == ("c/d",)


@pytest.mark.parametrize("id_", ["a", "a/b", "a/_b", "A-1.b_c/d.e-f", "a" * 200])
def test_ids(id_: str) -> None:
    assert check_model_id(id_) == id_


@pytest.mark.parametrize(
    "id_",
    ["", "/", "a/", "/b", "a/b/c", "../b", "a/..b", "a b", "a\n", "-a", "a/b\x00", "<a>", "é/b", "a" * 201, 5, None],
)
def test_what_is_no_id(id_: object) -> None:
    with pytest.raises(ValueError, match="expected a Hub id such as org/name"):
        check_model_id(id_)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("run", (("run",), False)),
        (["run"], (("run",), False)),
        (("run", "merge"), (("run", "merge"), False)),
        ({"items": ["run"], "open": "true"}, (("run",), True)),
        ({"items": ["run"], "open": False}, (("run",), False)),
    ],
)
def test_lists(given: object, expected: object) -> None:
    acts = Acts.model_validate(given)
    assert (acts.items, acts.open) == expected


def test_countries() -> None:
    assert Countries.model_validate("worldwide").items == ("worldwide",)
    with pytest.raises(ValidationError, match="not 'de'"):
        Countries.model_validate(["de"])


def test_figures_are_sorted() -> None:
    count = MonthlyCount.model_validate({"2023-07": "2", "2023-06": "1_000", "at_most": "5"})
    assert count.figures == (("2023-06", Decimal(1000)), ("2023-07", Decimal(2)))
    assert MonthlyCount.model_validate(count) is count
    assert MonthlyCount.model_validate({"figures": count.figures}).figures == count.figures
    with pytest.raises(ValidationError, match="expected no periods"):
        Amount.model_validate({"2023": 5})
    with pytest.raises(ValidationError):
        MonthlyCount.model_validate("5")


def test_rates_above_zero_are_fine() -> None:
    rates = Organization.model_validate({"exchange_rates": {"EUR": {"USD": "1.08"}}}).exchange_rates
    assert rates == {"EUR": {"USD": Decimal("1.08")}}


@pytest.mark.parametrize(
    ("given", "duty", "clause", "licenses"),
    [
        ("credit", "credit", None, None),
        ("mit/notice", None, "mit/notice", None),
        ({"license-copy": ["mit"]}, "license-copy", None, ("mit",)),
        ({"duty": "credit"}, "credit", None, None),
        ({"duty": "credit", "licenses": ["mit"]}, "credit", None, ("mit",)),
    ],
)
def test_duties_shown_done(
    given: object, duty: str | None, clause: str | None, licenses: tuple[str, ...] | None
) -> None:
    done = Fulfilment.model_validate(given)
    assert (done.duty, done.clause, done.licenses) == (duty, clause, licenses)


def test_any_act_is_no_act_in_particular() -> None:
    data: dict[str, Any] = {"id": "1", "rule": "r", "anchor": "a", "gist": "g"}
    assert Clause.model_validate({**data, "acts": "any"}).acts == ()
    assert Clause.model_validate({**data, "acts": ["run"]}).acts == ("run",)


def test_parameters_of_a_condition() -> None:
    fact = Fact(fact="a", op=Parameter(parameter="p"), value=("x", "y"), rights=Parameter(parameter="q"))
    assert parameters_in(Not.model_validate({"not": fact})) == {"p", "q"}


def test_problems_are_told_in_the_order_of_files_and_lines() -> None:
    error = AuditError([Problem("b", 2, 1, "x"), Problem("b", 0, 0, "y"), Problem("a", 3, 4, "z")])
    assert str(error) == "a:3:4: z\nb: y\nb:2:1: x"
