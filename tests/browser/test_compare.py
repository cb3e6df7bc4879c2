"""Comparisons in the browser: the same checks as for reports, and nothing lost on paper."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from license_audit.compare import Ask, compare
from license_audit.model.comparison import Comparison, Remark, Row, UseComparison
from license_audit.outputs.comparison_html import render_html
from license_audit.readers.catalog import PackagedCatalog
from tests.browser.bench import NARROW, Bench
from tests.browser.checks import assert_accessible, assert_all, assert_reflows
from tests.browser.hostile import HOSTILE, UNSEEN
from tests.browser.printing import characters, cut_items, pieces, printed, without_number
from tests.conftest import ROOT

ACME = ROOT / "examples" / "acme"
ON = date(2026, 11, 24)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A page of each kind of comparison."""
    folder, catalog = tmp_path_factory.mktemp("comparisons"), PackagedCatalog(ROOT)
    (folder / "new.yaml").write_text(
        (ACME / "profile.yaml").read_text().replace("[run, build-product]", "[run, build-product, host-as-api]")
    )
    manifest = folder / "models.yaml"
    manifest.write_text(
        "schema: 1\nmodels:\n  - {id: tiiuae/falcon-180B, use: support-assistant}\n"
        "  - {id: meta-llama/Llama-2-7b-hf, use: support-assistant}\n"
    )
    profile, uses = ACME / "profile.yaml", ("answers-api",)
    asks = {
        "licenses": Ask("falcon-180b-1.0", "falcon-2-11b-1.0", ON),
        "models": Ask("tiiuae/falcon-40b", "tiiuae/falcon-180B", ON, profile=profile, uses=uses),
        "profiles": Ask(str(profile), str(folder / "new.yaml"), ON, manifest=manifest),
    }
    found = {}
    for name, ask in asks.items():
        found[name] = folder / f"{name}.html"
        found[name].write_text(render_html(compare(ask, catalog)), encoding="utf-8")
    return found


@pytest.mark.parametrize("kind", ["licenses", "models", "profiles"])
def test_everyone_can_read_it(bench: Bench, pages: dict[str, Path], kind: str) -> None:
    assert_all(bench, pages[kind])


@pytest.mark.parametrize("kind", ["licenses", "models", "profiles"])
def test_paper_holds_every_word(bench: Bench, pages: dict[str, Path], tmp_path: Path, kind: str) -> None:
    with bench.visit(pages[kind]) as visit:
        told = Counter(word for piece in pieces(visit.page) for word in map(characters, piece.split()) if word)
        paper = printed(visit.page, tmp_path / "compare.pdf")
        drawn = "".join(paper.sheets())
        # Cells stand beside each other, so that only words, and no whole passages, follow each other on paper.
        assert {word: count for word, count in told.items() if drawn.count(word) < count} == {}
        assert sum(told.values()) > 500
        assert not cut_items(visit.page, paper)
    assert not without_number(paper)


def test_strangers_words_neither_run_nor_push(bench: Bench, tmp_path: Path) -> None:
    text = HOSTILE.says("a") + HOSTILE.odd
    row = Row(what=text, a=text, b=f"{text}x", only_a=(text,))
    found = Comparison(
        tool_version="1",
        on=ON,
        kind="profiles",
        a=text,
        b=text,
        differs=True,
        is_complete=True,
        identity=(row,),
        facts=(row,),
        remarks=(Remark(side="a", text=text),),
        uses=(
            UseComparison(
                model=text,
                use=text,
                a="allowed",
                b="disallowed",
                reason_a=text,
                reason_b=text,
                terms=row,
                clauses=(),
                owed=(),
                questions=(),
            ),
        ),
    )
    path = tmp_path / "compare.html"
    path.write_text(render_html(found), encoding="utf-8")
    with bench.visit(path, width=NARROW) as visit:
        assert_reflows(visit.page)
        assert_accessible(visit.page)
        assert visit.page.evaluate("() => window.canary") is None
        odd = visit.page.evaluate("(odd) => new RegExp(odd, 'u').test(document.documentElement.textContent)", UNSEEN)
        assert not odd
