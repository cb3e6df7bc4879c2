"""What A and B are, and what happens when they are of different kinds."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from license_audit.compare import Ask, MismatchError, compare, kinds_of
from license_audit.errors import AuditError
from license_audit.readers.catalog import PackagedCatalog
from tests.conftest import ROOT

CATALOG = PackagedCatalog(ROOT)
ON = date(2026, 11, 24)
ACME = ROOT / "examples" / "acme"
PROFILE = str(ACME / "profile.yaml")
MODEL, OTHER = "tiiuae/falcon-40b", "tiiuae/falcon-180B"


def ask(a: str, b: str, **more: Any) -> str:
    """The kind of the comparison of A and B."""
    return compare(Ask(a, b, ON, **more), CATALOG).kind


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("mit", ("license",)),
        ("llama2", ("license",)),
        ("openrail", ("license",)),
        ("gemma-tou-2025-03-24", ("license",)),
        (MODEL, ("model",)),
        ("somebody/something", ("model",)),
        ("somebody/something.yaml", ()),
        ("reports/last.json", ()),
        ("not an id/at all", ()),
        ("nothing-of-the-kind", ()),
        (PROFILE, ("profile",)),
        (str(ACME / "models" / "tone-adapter"), ("model",)),
    ],
)
def test_what_a_name_may_stand_for(name: str, kinds: tuple[str, ...]) -> None:
    assert kinds_of(name, CATALOG) == kinds


def test_a_file_is_known_by_what_it_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report, profile = tmp_path / "report.txt", tmp_path / "mit"
    report.write_bytes(b'\xef\xbb\xbf\n  {"uses": []}')
    profile.write_text("schema: 1\n")
    assert kinds_of(str(report), CATALOG) == ("report",)
    monkeypatch.chdir(tmp_path)
    assert kinds_of("mit", CATALOG) == ("profile", "license")
    with pytest.raises(MismatchError, match="mit and mit can both be a license or a profile; say which with --kind"):
        ask("mit", "mit")
    assert ask("mit", "mit", kind="profile") == "profiles"
    assert ask("mit", "mit", kind="license") == "licenses"
    # Only one of the kinds is shared, so there is nothing to ask.
    assert ask("mit", "apache-2.0") == "licenses"


@pytest.mark.parametrize(
    ("a", "b", "more", "told"),
    [
        ("mit", MODEL, {}, f"mit is a license, and {MODEL} is a model; name two of one kind, e.g. two licenses"),
        (PROFILE, "mit", {}, "is a profile, and mit is a license"),
        (
            "mit",
            "mit",
            {"profile": ACME / "profile.yaml"},
            "--profile is for two models; here, mit and mit are compared",
        ),
        ("mit", "mit", {"manifest": ACME / "models.yaml"}, "--manifest is for two profiles"),
        (MODEL, OTHER, {"manifest": ACME / "models.yaml"}, "--manifest is for two profiles"),
        ("mit", "mit", {"lock": Path("models.lock")}, "--lock is for two models, or for two profiles with --manifest"),
        (PROFILE, PROFILE, {"lock": Path("models.lock")}, "--lock is for two models"),
        ("mit", "mit", {"uses": ("a",)}, "--use is for two models with --profile"),
        (MODEL, OTHER, {"uses": ("a",)}, "are compared as models"),
    ],
)
def test_what_does_not_go_together_is_told(a: str, b: str, more: dict[str, Any], told: str) -> None:
    with pytest.raises(MismatchError) as error:
        ask(a, b, **more)
    assert told in str(error.value)


def test_names_that_nobody_knows_are_told_each_once() -> None:
    with pytest.raises(AuditError) as error:
        ask("lama-2-community", "zzzzzzzzzzzzzzzz")
    unknown = "is no file or folder, and no license or model is called that"
    assert [str(problem) for problem in error.value.problems] == [
        f"lama-2-community: {unknown}; did you mean llama-2-community?",
        f"zzzzzzzzzzzzzzzz: {unknown}",
    ]
    with pytest.raises(AuditError) as error:
        ask("zzzzzzzzzzzzzzzz", "zzzzzzzzzzzzzzzz")
    assert len(error.value.problems) == 1


def test_a_name_of_many_texts_is_told_with_its_candidates() -> None:
    with pytest.raises(AuditError, match="can mean bigcode-openrail-m-v1, "):
        ask("mit", "openrail")


def test_a_kind_that_was_named_is_taken_at_its_word() -> None:
    with pytest.raises(AuditError, match="is no folder, and no Hub id such as org/name"):
        ask("a b", MODEL, kind="model")
    with pytest.raises(AuditError, match="no license is called that"):
        ask(MODEL, "mit", kind="license")


def test_models_are_judged_by_what_the_lock_file_holds(tmp_path: Path) -> None:
    lock, manifest = tmp_path / "models.lock", tmp_path / "models.yaml"
    block = {"source": "hub", "commit": "0" * 40, "declared": ["mit"], "concluded": ["mit"], "how": "card"}
    lock.write_text(json.dumps({"schema": "1", "tool": "0.1.0", "models": {"somebody/model": block}}))
    found = compare(Ask("somebody/model", OTHER, ON, lock=lock), CATALOG)
    told = {row.what: row.a for row in found.identity}
    assert (told["declared license"], told["own license"]) == ("mit", "MIT License (mit)")
    manifest.write_text("schema: 1\nmodels: [{id: somebody/model, use: code-lab}]\n")
    judged = compare(Ask(PROFILE, PROFILE, ON, lock=lock, manifest=manifest), CATALOG)
    assert [(use.model, use.a, use.terms.a) for use in judged.uses] == [("somebody/model", "allowed", "mit")]
