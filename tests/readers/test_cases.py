"""Case files."""

from pathlib import Path

import pytest

from license_audit.errors import AuditError
from license_audit.readers.cases import Situated, read_cases

CASE = """\
- id: one
  license: mit
  profile:
    organization:
    uses: {shop: {acts: [run]}}
  on: 2026-11-24
  expect: {verdict: allowed}
  why: Because.
"""
MODEL = CASE.replace("license: mit", "model: a/b")


def read(folder: Path, text: str) -> list[Situated]:
    """The cases of a file."""
    (folder / "cases.yaml").write_text(text, encoding="utf-8")
    return read_cases(folder / "cases.yaml")


def test_a_case_about_one_text(tmp_path: Path) -> None:
    case, second = read(tmp_path, CASE + CASE.replace("id: one", "id: two\n  evidence: {notice_file: true}"))
    assert (case.evidence.found, case.evidence.notice_file, case.line) == (("mit",), None, 1)
    assert (second.evidence.notice_file, second.line) == (True, 9)
    assert case.profile.organization.name is None


@pytest.mark.parametrize(
    ("lines", "declared", "found"),
    [
        ("", None, None),
        ("  declared:\n", (), None),
        ("  declared: mit\n", ("mit",), None),
        ("  found: mit\n  evidence: {notice_file: false}\n", None, ("mit",)),
    ],
)
def test_a_case_about_a_model(
    tmp_path: Path, lines: str, declared: tuple[str, ...] | None, found: tuple[str, ...] | None
) -> None:
    (case,) = read(tmp_path, MODEL + lines)
    assert (case.evidence.model, case.evidence.declared, case.evidence.found) == ("a/b", declared, found)
    assert case.evidence.parents == ()


def test_a_case_about_a_lineage(tmp_path: Path) -> None:
    lines = "  base: [c/d, {model: e/f, found: mit, base: g/h, relation: merge}]\n  relation: adapter\n"
    (case,) = read(tmp_path, MODEL + lines)
    first, second = case.evidence.parents
    assert (first.evidence.model, first.relation) == ("c/d", "adapter")
    assert (second.evidence.found, second.relation) == (("mit",), "adapter")
    assert [(parent.evidence.model, parent.relation) for parent in second.evidence.parents] == [("g/h", "merge")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: b", "cases.yaml:1:1: expected a list of cases"),
        ("", "cases.yaml:1:1: expected a list of cases"),
        ("- one", "cases.yaml:1:3: expected a case"),
        (CASE.replace("license: mit", "x: y"), "cases.yaml:2:6: unknown key x"),
        (CASE.replace("license: mit\n", "license: mit\n  model: a/b\n"), "cases.yaml:1:3: expected either license or"),
        (CASE.replace("  license: mit\n", ""), "cases.yaml:1:3: expected either license or model"),
        (CASE.replace("acts: [run]", "atcs: [run]"), "unknown key profile.uses.shop.atcs; did you mean acts?"),
        (CASE.replace("{shop: {acts: [run]}}", ""), "cases.yaml:4:5: profile.uses is missing"),
        (CASE.replace("{shop: {acts: [run]}}", "{}"), "cases.yaml:4:5: expected exactly one use"),
        (CASE.replace("{shop: {acts: [run]}}", "{shop: {}, b: {}}"), "cases.yaml:4:5: expected exactly one use"),
        (CASE.replace("allowed", "fine"), "cases.yaml:7:21: expect.verdict: Input should be"),
        (CASE.replace("Because.", "''"), "cases.yaml:8:8: why: String should have at least 1 character"),
        (CASE.replace("2026-11-24", "soon"), "cases.yaml:6:7: on: Input should be a valid date"),
        (CASE + "  profile: []\n", "cases.yaml:9:3: the key 'profile' stands here twice"),
        ("- {id: a, profile: [b]}", "cases.yaml:1:20: profile: Input should be a valid dictionary"),
        ("- {id: a, profile: }", "cases.yaml:1:3: on is missing"),
        (
            MODEL + "  base: c/d\n  relation: cousin\n",
            "cases.yaml:1:3: one of declared, found, base, relation is not as expected",
        ),
        (MODEL + "  base: [[a/b]]\n", "one of declared, found, base, relation is not as expected"),
    ],
)
def test_cases_that_are_broken(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(AuditError) as caught:
        read(tmp_path, text)
    assert told in str(caught.value)


def test_every_broken_case_is_told(tmp_path: Path) -> None:
    with pytest.raises(AuditError) as caught:
        read(tmp_path, "- one\n" + CASE + "- two\n")
    assert [problem.line for problem in caught.value.problems] == [1, 10]
