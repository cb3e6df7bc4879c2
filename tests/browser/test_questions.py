"""The printable questionnaire in the browser: everybody can read it, and paper holds every word and every box."""

from datetime import date
from pathlib import Path

import pytest

from license_audit.asking.sheet import questionnaire
from license_audit.asking.trial import Trial
from license_audit.audit import audited
from license_audit.model.questionnaire import Questionnaire
from license_audit.outputs.questions import render_questions
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.strict_yaml import load
from tests.browser.bench import NARROW, Bench
from tests.browser.checks import assert_accessible, assert_all, assert_reflows
from tests.browser.hostile import HOSTILE, UNSEEN
from tests.browser.printing import lost, printed, without_number
from tests.conftest import ROOT

MANIFEST = """\
schema: 1
models:
  - {id: meta-llama/Llama-2-7b-chat-hf, use: [shop, lab]}
  - {id: tiiuae/falcon-40b, use: [shop, lab]}
  - {id: tiiuae/falcon-180B, use: lab}
  - {id: nobody/knows-it, use: shop}
"""
PROFILE = """\
schema: 1
uses:
  shop: {acts: [run, build-product], purpose: commercial}
  lab: {acts: {items: [run], open: true}}
"""


def sheet(manifest: Path) -> Questionnaire:
    """What is left to ask about a manifest with a profile beside it."""
    profile = manifest.parent / "profile.yaml"
    found = audited(manifest, profile, PackagedCatalog(ROOT), date(2026, 11, 26))
    return questionnaire(Trial(found, load(profile.read_text(encoding="utf-8"), str(profile)).data))


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The form of the example, and one of a profile that says next to nothing."""
    folder = tmp_path_factory.mktemp("forms")
    (folder / "models.yaml").write_text(MANIFEST, encoding="utf-8")
    (folder / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    found = {}
    for name, manifest in (("acme", ROOT / "examples" / "acme" / "models.yaml"), ("empty", folder / "models.yaml")):
        found[name] = folder / f"{name}.html"
        found[name].write_text(render_questions(sheet(manifest), "html"), encoding="utf-8")
    return found


@pytest.mark.parametrize("name", ["acme", "empty"])
def test_everyone_can_read_it(bench: Bench, forms: dict[str, Path], name: str) -> None:
    assert_all(bench, forms[name])


@pytest.mark.parametrize("name", ["acme", "empty"])
def test_paper_holds_every_word_and_box(bench: Bench, forms: dict[str, Path], tmp_path: Path, name: str) -> None:
    with bench.visit(forms[name]) as visit:
        paper = printed(visit.page, tmp_path / "form.pdf")
        assert lost(visit.page, paper) == []
        boxes = visit.page.locator(".tick .box")
        assert boxes.count() >= visit.page.locator(".answers").count() > 0
        sides = boxes.evaluate_all("all => all.map(one => one.getBoundingClientRect().width)")
        assert min(sides) >= 15
        lines = visit.page.locator(".fill .blank").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().width)"
        )
        assert min(lines) >= 150
    assert not without_number(paper)


def test_strangers_words_neither_run_nor_push(bench: Bench, forms: dict[str, Path], tmp_path: Path) -> None:
    text = HOSTILE.says("a") + HOSTILE.odd
    whole = sheet(forms["empty"].parent / "models.yaml")
    first = whole.questions[0]
    evil = first.model_copy(
        update={
            "path": text,
            "text": text,
            "use": text,
            "description": text,
            "form": first.form.model_copy(update={"declared": text}),
            "sections": tuple(one.model_copy(update={"gist": text, "title": text}) for one in first.sections),
            "waiting": tuple(one.model_copy(update={"model": text, "use": text}) for one in first.waiting),
        }
    )
    page = tmp_path / "evil.html"
    changed = whole.model_copy(update={"questions": (evil,), "organization": text})
    page.write_text(render_questions(changed, "html"), encoding="utf-8")
    with bench.visit(page, width=NARROW) as visit:
        assert_reflows(visit.page)
        assert_accessible(visit.page)
        assert visit.page.evaluate("() => window.canary") is None
        odd = visit.page.evaluate("(odd) => new RegExp(odd, 'u').test(document.documentElement.textContent)", UNSEEN)
        assert not odd
