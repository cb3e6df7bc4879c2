"""The what-if on the page: another fact, and every verdict, duty and question follows as the engine has it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from license_audit.engine.binding import bind_license
from license_audit.engine.sentences import sentence
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.profile_edit import with_patch
from license_audit.what_if import _condition
from tests.browser.bench import NARROW, Bench
from tests.browser.checks import assert_accessible, assert_keyboard, assert_reflows, open_all
from tests.browser.printing import printed
from tests.browser.reports import EXAMPLES, check

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

AS_DECLARED = "All facts are as declared."
TOLD = """() => [...document.querySelectorAll('[data-use]')].map((part) => {
  const text = (name) => part.querySelector(`:scope > * [data-${name}], :scope > [data-${name}]`).textContent.trim();
  const same = part.querySelector('.same:not([hidden]) a');
  const owner = same ? document.querySelector(same.hash) : part;
  const names = (selector) => [...owner.querySelectorAll(selector)].map((one) => one.dataset.clause);
  const asked = [...owner.querySelectorAll('[data-part=questions] .questions > li')]
    .map((one) => one.querySelector('.aside > code'));
  return {
    verdict: part.querySelector('.badge').textContent.trim().split(' ').pop(),
    reason: text('reason'),
    outcomes: Object.fromEntries([...owner.querySelectorAll('[data-outcome]')].flatMap((group) =>
      [...group.querySelectorAll('[data-clause]')].map((one) => [one.dataset.clause, group.dataset.outcome]))),
    owed: names('[data-outcome=owed] [data-clause]'),
    questions: asked.map((one) => one.textContent),
  };
})"""
"""What the page says of each use: from its own part, and from the one in which its terms are told."""

SENTENCES = """(all) => {
  const {words} = JSON.parse(document.getElementById('data').textContent);
  return all.map((condition) => auditFacts.sentence(condition, words));
}"""

Change = Callable[["Page"], None]


def status(page: "Page") -> str:
    """What the desk says."""
    return page.get_by_role("status").inner_text()


def ready(page: "Page") -> None:
    """Wait until facts can be changed, and open everything."""
    page.get_by_role("status").wait_for()
    assert status(page) == AS_DECLARED
    open_all(page)


def fill(field: "Locator", text: str) -> None:
    """Type into a field and leave it."""
    field.fill(text)
    field.press("Tab")


def fact(page: "Page", name: str) -> "Locator":
    """Everything in the row of a fact, by its path."""
    return page.locator(".fact-row").filter(has=page.locator("code", has_text=name)).first


def reported(folder: Path, *words: str) -> list[dict[str, Any]]:
    """What the engine says of each use of a manifest, in the words of TOLD."""
    found = json.loads(check(folder, "--format", "json", *words))
    return [
        {
            "verdict": use["assessment"]["verdict"],
            "reason": use["assessment"]["reason"],
            "outcomes": {clause["clause"]: clause["outcome"] for clause in use["assessment"]["clauses"]},
            "owed": [one["clause"] for one in use["assessment"]["clauses"] if one["outcome"] == "owed"],
            "questions": [question["path"] for question in use["assessment"]["questions"]],
        }
        for use in found["uses"]
    ]


def users(page: "Page") -> None:
    fill(fact(page, "organization.monthly_active_users").get_by_label("2023-06"), "700,000,001")


def kind(page: "Page") -> None:
    fact(page, "organization.kind").get_by_role("combobox").select_option("academic")


def agreement(page: "Page") -> None:
    fact(page, "organization.agreements").get_by_label("falcon-180b-1.0").check()


def claims_unknown(page: "Page") -> None:
    fact(page, "organization.claims_against").get_by_role("combobox").select_option("not declared")


def claim(page: "Page") -> None:
    fact(page, "organization.claims_against").get_by_label("llama-2-community").check()


def acts(page: "Page") -> None:
    row = fact(page, "uses.support-assistant.acts")
    row.get_by_label("host-as-api").check()
    fact(page, "uses.support-assistant.acts").get_by_label("distribute-weights").check()


def open_list(page: "Page") -> None:
    fact(page, "uses.ticket-triage.acts").get_by_role("combobox").select_option("open")


def nothing_declared(page: "Page") -> None:
    fact(page, "uses.support-assistant.acts").get_by_role("combobox").select_option("not declared")


def purpose(page: "Page") -> None:
    fact(page, "uses.code-lab.purpose").get_by_role("combobox").select_option("commercial")
    fact(page, "uses.code-lab.environment").get_by_role("combobox").select_option("not declared")


def flag(page: "Page") -> None:
    fact(page, "uses.contract-notes.licensed_practice").get_by_role("combobox").select_option("false")


def day(page: "Page") -> None:
    fill(fact(page, "uses.market-digest.obtained_on").get_by_role("textbox"), "2023-05-28")


def newer_copy(page: "Page") -> None:
    fill(fact(page, "uses.archive-search.obtained_on").get_by_role("textbox"), "2026-01-01")


def revenue(page: "Page") -> None:
    fill(fact(page, "uses.archive-search.attributable_revenue").get_by_label("at most"), "0")
    fill(fact(page, "uses.archive-search.attributable_revenue").get_by_label("at least"), "")
    fill(fact(page, "uses.archive-search.attributable_revenue").get_by_label("at most"), "0")


def other_currency(page: "Page") -> None:
    fact(page, "organization.agreements").get_by_label("falcon-llm-1.0").check()
    fill(fact(page, "uses.archive-search.attributable_revenue").get_by_label("at most"), "950_000")
    fill(fact(page, "uses.archive-search.attributable_revenue").get_by_label("currency"), "EUR")


def done(page: "Page") -> None:
    fact(page, "uses.support-assistant.fulfils").get_by_label("danger-disclosure").check()
    fact(page, "uses.open-release.fulfils").get_by_label("change-notices").uncheck()


CHANGES: tuple[Change, ...] = (
    users, kind, agreement, claims_unknown, claim, acts, open_list, nothing_declared, purpose, flag, day, newer_copy,
    revenue, other_currency, done,
)  # fmt: skip


@pytest.fixture(scope="module")
def declared() -> list[dict[str, Any]]:
    """What the engine says of the example as it is."""
    return reported(EXAMPLES / "acme")


@pytest.fixture
def assumed(tmp_path: Path) -> Callable[["Page"], list[dict[str, Any]]]:
    """What the engine says of the example with the patch of a page."""
    folder = tmp_path / "acme"
    shutil.copytree(EXAMPLES / "acme", folder)
    text = (folder / "profile.yaml").read_text(encoding="utf-8")

    def judged(page: "Page") -> list[dict[str, Any]]:
        patch = json.loads(page.get_by_label("JSON merge patch").input_value())
        (folder / "profile.yaml").write_text(with_patch(text, "profile.yaml", patch), encoding="utf-8")
        return reported(folder)

    return judged


def test_the_page_says_what_the_engine_says_of_the_patched_profile(
    bench: Bench, reports: dict[str, Path], declared: list[dict[str, Any]], assumed: Callable[["Page"], Any]
) -> None:
    with bench.visit(reports["acme"]) as visit:
        page = visit.page
        ready(page)
        assert page.evaluate(TOLD) == declared
        for change in CHANGES:
            change(page)
            expected = assumed(page)
            assert expected != declared, f"{change.__name__} changes nothing"
            assert page.evaluate(TOLD) == expected, change.__name__
            page.get_by_role("button", name="All as declared").click()
        assert page.evaluate(TOLD) == declared


def test_changes_add_up(
    bench: Bench, reports: dict[str, Path], declared: list[dict[str, Any]], assumed: Callable[["Page"], Any]
) -> None:
    with bench.visit(reports["acme"]) as visit:
        page = visit.page
        ready(page)
        for number, change in enumerate(CHANGES):
            change(page)
            if number % 3 == 2:
                assert page.evaluate(TOLD) == assumed(page) != declared


def test_numbers_lists_and_the_matrix_follow_and_come_back(bench: Bench, reports: dict[str, Path]) -> None:
    with bench.visit(reports["acme"]) as visit:
        page = visit.page
        ready(page)
        main = "() => [...document.querySelectorAll('main > section:not(.what-if)')].map((one) => one.innerHTML)"
        # Parts in which something came and went are left behind empty; nobody sees them.
        bare = f"() => ({main})().map((text) => text.replaceAll(/<div data-part=\"\\w+\"><\\/div>/g, ''))"
        written = page.evaluate(bare)
        counts = page.locator("[data-count]").all_inner_texts()
        users(page)
        assert status(page).startswith("1 fact changed. ")
        assert page.locator("[data-count]").all_inner_texts() != counts
        row = page.get_by_role("row").filter(has_text="Llama-2-7b-chat-hf")
        assert "disallowed declared: conditional" in " ".join(row.inner_text().split())
        assert page.get_by_text("What if: 1 fact changed.").is_visible()
        assert page.get_by_text("This is told for the declared facts.").count() == 2
        assert page.get_by_text("This is told for the declared facts.").first.is_visible()
        assert "assumed: 2023-06: 700,000,001; at most 5,000,000" in page.locator("#s1").inner_text()
        assert "Known dangers are disclosed" not in page.locator("[data-part=all-duties]").inner_text()
        fact(page, "organization.monthly_active_users").get_by_role("button", name="as declared").click()
        assert status(page) == AS_DECLARED
        assert page.evaluate(bare) == written
        assert not page.get_by_text("What if: ").is_visible()
        assert not page.get_by_text("This is told for the declared facts.").first.is_visible()
        users(page)
        day(page)
        assert status(page).startswith("2 facts changed. ")
        page.get_by_role("button", name="All as declared").click()
        assert page.evaluate(bare) == written
        assert page.get_by_label("JSON merge patch").input_value() == ""


def test_what_was_not_owed_or_asked_comes_in_full(bench: Bench, reports: dict[str, Path]) -> None:
    with bench.visit(reports["acme"]) as visit:
        page = visit.page
        ready(page)
        acts(page)
        owed = page.locator("#s1 [data-outcome=owed] [data-clause='llama-2-community/1.b.iii']")
        text = " ".join(owed.inner_text().split())
        assert "Required wording: Llama 2 is licensed under the" in text
        assert "Counts as done when fulfils lists notice-file." in text
        everything = page.locator("[data-part=all-duties]").inner_text()
        assert "llama-2-community/1.b.iii" in everything
        nothing_declared(page)
        assert "uses.support-assistant.acts" in page.locator("[data-part=all-questions]").inner_text()
        assert "What is done with the model?" in page.locator("#s1 [data-part=questions]").inner_text()


@pytest.mark.parametrize(
    ("path", "label", "text"),
    [
        ("organization.monthly_active_users", "2023-06", "many"),
        ("organization.monthly_active_users", "2023-06", "-1"),
        ("organization.monthly_active_users", "at most, in any other period", "1e9"),
        ("organization.monthly_active_users", "2023-06", "800.000"),
        ("organization.monthly_active_users", "2023-06", "12,00"),
        ("organization.founded", "", "2019-02-30"),
        ("organization.founded", "", "<b>2019</b>"),
        ("organization.exchange_rates", "", "0"),
        ("uses.archive-search.attributable_revenue", "currency", "dollars"),
    ],
)
def test_what_is_no_value_changes_nothing(
    bench: Bench, reports: dict[str, Path], path: str, label: str, text: str
) -> None:
    with bench.visit(reports["acme"]) as visit:
        page = visit.page
        ready(page)
        row = fact(page, path)
        field = row.get_by_label(label, exact=True) if label else row.get_by_role("textbox")
        fill(field, text)
        assert field.get_attribute("aria-invalid") == "true"
        assert row.get_by_role("alert").inner_text().startswith("Not understood, so nothing changed. Expected: a")
        assert status(page) == AS_DECLARED


@pytest.mark.parametrize(
    "text", ["800000000", "800,000,000", "800.000.000", "800 000 000", "800_000_000", "0800000000"]
)
def test_a_number_is_read_as_people_write_it(bench: Bench, reports: dict[str, Path], text: str) -> None:
    with bench.visit(reports["acme"]) as visit:
        page = visit.page
        ready(page)
        fill(fact(page, "organization.monthly_active_users").get_by_label("2023-06"), text)
        patch = json.loads(page.get_by_label("JSON merge patch").input_value())
        assert patch == {"organization": {"monthly_active_users": {"2023-06": 800_000_000}}}


def test_assumed_facts_are_not_for_signature(bench: Bench, reports: dict[str, Path], tmp_path: Path) -> None:
    with bench.visit(reports["acme"]) as visit:
        page = visit.page
        ready(page)
        declared_text = paper(page, tmp_path / "declared.pdf")
        users(page)
        assumed_text = paper(page, tmp_path / "assumed.pdf")
    assert "Signature" in declared_text[-1]
    assert all("fingerprint" in sheet for sheet in declared_text)
    assert not any("WHAT IF" in sheet for sheet in declared_text)
    assert all("WHAT IF: facts are assumed. Not for signature." in sheet for sheet in assumed_text)
    assert not any("Signature" in sheet or "License audit for" in sheet for sheet in assumed_text)


def paper(page: "Page", path: Path) -> list[str]:
    """The text of each sheet."""
    return ["\n".join(lines) for lines in printed(page, path).pages]


def test_a_lower_bound_above_the_upper_one_is_refused(bench: Bench, reports: dict[str, Path]) -> None:
    with bench.visit(reports["acme"]) as visit:
        page = visit.page
        ready(page)
        fill(fact(page, "organization.monthly_active_users").get_by_label("at least"), "6000000")
        row = fact(page, "organization.monthly_active_users")
        assert row.get_by_role("alert").inner_text() == "At least is above at most; nothing changed."
        assert status(page) == AS_DECLARED
        assert page.get_by_label("JSON merge patch").input_value() == ""


def test_the_patch_is_saved_as_a_file(bench: Bench, reports: dict[str, Path]) -> None:
    with bench.visit(reports["acme"], quiet=False) as visit:
        page = visit.page
        ready(page)
        flag(page)
        with page.expect_download() as download:
            page.get_by_role("button", name="Save as a file").click()
        saved = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
        assert saved == {"uses": {"contract-notes": {"licensed_practice": False}}}
        assert download.value.suggested_filename == "what-if.json"
        assert not visit.messages
        assert not visit.violations()


def test_a_page_whose_verdicts_are_others_lets_nothing_be_tried(
    bench: Bench, reports: dict[str, Path], tmp_path: Path
) -> None:
    text = reports["acme"].read_text(encoding="utf-8")
    other = tmp_path / "other.html"
    other.write_text(text.replace('"1200000"', '"900000000"'), encoding="utf-8")
    assert other.read_text(encoding="utf-8") != text
    with bench.visit(other) as visit:
        visit.page.get_by_text("do not agree, so nothing can be tried here").wait_for()
        assert visit.page.locator(".fact-row").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(bench: Bench, reports: dict[str, Path], scheme: Any) -> None:
    with bench.visit(reports["acme"], scheme=scheme, width=NARROW) as visit:
        ready(visit.page)
        acts(visit.page)
        users(visit.page)
        assert_accessible(visit.page)
        assert_reflows(visit.page)


def test_the_keyboard_stays_where_it_is(bench: Bench, reports: dict[str, Path]) -> None:
    with bench.visit(reports["acme"]) as visit:
        page = visit.page
        ready(page)
        box = fact(page, "organization.agreements").get_by_label("falcon-180b-1.0")
        box.focus()
        page.keyboard.press("Space")
        assert status(page).startswith("1 fact changed.")
        assert page.evaluate("() => document.activeElement.id").startswith("fact-")
        page.evaluate("() => document.activeElement.blur()")
    with bench.visit(reports["acme"]) as visit:
        ready(visit.page)
        assert_keyboard(visit.page)


def test_own_rules_are_judged_as_well(bench: Bench, reports: dict[str, Path]) -> None:
    for name in ("gate", "house-rules"):
        with bench.visit(reports[name]) as visit:
            ready(visit.page)
            assert visit.page.evaluate(TOLD) == reported(EXAMPLES / name)


def test_what_a_folder_shows_is_no_fact_to_change(bench: Bench, declared: list[dict[str, Any]], tmp_path: Path) -> None:
    kit, report = tmp_path / "kit", tmp_path / "report.html"
    folder = kit / "open-release"
    folder.mkdir(parents=True)
    (folder / "README.md").write_text("# Nothing is done here\n", encoding="utf-8")
    check(EXAMPLES / "acme", "--artifacts", str(kit), "--report", str(report))
    with bench.visit(report) as visit:
        page = visit.page
        ready(page)
        expected = reported(EXAMPLES / "acme", "--artifacts", str(kit))
        assert page.evaluate(TOLD) == expected != declared
        rows = page.locator("#desk .fact-row")
        assert rows.get_by_text("uses.open-release.acts", exact=True).count() == 1
        assert rows.get_by_text("uses.open-release.fulfils", exact=True).count() == 0
        assert rows.get_by_text("uses.support-assistant.fulfils", exact=True).count() == 1


ODD = """schema: 1
organization:
  agreements:
    - {licensor: TII, covers: [falcon-llm-1.0, falcon-180b-1.0], reference: TII-1, since: 2024-01-01, until: 2027-01-01}
    - {licensor: Meta, covers: [llama-2-community], until: 2020-01-01}
  claims_against: [{against: Meta, about: llama-2-community, right: copyright, on: 2025-01-01}]
uses:
  __proto__: {acts: [run], purpose: commercial}
  constructor: {acts: [run], obtained_on: 2026-01-01}
  販売: {acts: [run]}
  開発: {acts: [run], fulfils: [{license-copy: [mit]}, {clause: mit/notice, licenses: [mit]}]}
  a.b/c d: {acts: [run], obtained_on: 2026-01-01}
"""
MODELS = """schema: 1
models:
  - {id: mistralai/Mistral-7B-v0.1, use: [__proto__, constructor, 販売, 開発, a.b/c d]}
  - {id: tiiuae/falcon-40b, use: [a.b/c d, constructor]}
  - {id: meta-llama/Llama-2-7b-hf, use: 開発}
"""


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A profile with names and records that try a script, and its page."""
    (tmp_path / "profile.yaml").write_text(ODD, encoding="utf-8")
    (tmp_path / "models.yaml").write_text(MODELS, encoding="utf-8")
    check(tmp_path, "--report", str(tmp_path / "report.html"))
    return tmp_path


def test_names_of_uses_mean_nothing_to_the_script(bench: Bench, odd: Path) -> None:
    with bench.visit(odd / "report.html") as visit:
        page = visit.page
        ready(page)
        assert page.evaluate(TOLD) == reported(odd)
        for name in ("__proto__", "constructor", "開発", "a.b/c d"):
            row = fact(page, f"uses.{name}.acts")
            row.locator("label").filter(has_text="host-as-api").click()
            patch = json.loads(page.get_by_label("JSON merge patch").input_value())
            assert patch == {"uses": {name: {"acts": ["run", "host-as-api"]}}}
            row.get_by_label("host-as-api").uncheck()
            assert status(page) == AS_DECLARED
        assert page.evaluate("() => Object.keys(Object.prototype).length") == 0


def test_who_shares_terms_is_told_apart_when_they_part(bench: Bench, odd: Path) -> None:
    with bench.visit(odd / "report.html") as visit:
        page = visit.page
        ready(page)
        for use in ("a.b/c d", "constructor"):
            fill(fact(page, f"uses.{use}.obtained_on").get_by_role("textbox"), "2023-05-28")
        patch = json.loads(page.get_by_label("JSON merge patch").input_value())
        told = page.evaluate(TOLD)
        (odd / "profile.yaml").write_text(with_patch(ODD, "profile.yaml", patch), encoding="utf-8")
        for place, (seen, wanted) in enumerate(zip(told, reported(odd), strict=True)):
            assert seen == wanted, place
        page.get_by_role("button", name="All as declared").click()
        (odd / "profile.yaml").write_text(ODD, encoding="utf-8")
        assert page.evaluate(TOLD) == reported(odd)


def test_there_and_back_again_changes_nothing(bench: Bench, odd: Path) -> None:
    with bench.visit(odd / "report.html") as visit:
        page = visit.page
        ready(page)
        for path, label in (
            ("organization.agreements", "falcon-llm-1.0"),
            ("organization.claims_against", "llama-2-community"),
            ("uses.開発.fulfils", "license-copy"),
            ("uses.開発.fulfils", "mit/notice"),
        ):
            box = fact(page, path).get_by_label(label, exact=True)
            assert box.is_checked()
            box.uncheck()
            assert status(page).startswith("1 fact changed.")
            box.check()
            assert status(page) == AS_DECLARED, (path, label)
        held = fact(page, "organization.agreements")
        assert not held.get_by_label("llama-2-community").is_checked(), "it ended"
        held.get_by_label("falcon-180b-1.0").uncheck()
        patch = json.loads(page.get_by_label("JSON merge patch").input_value())
        left = next(one for one in patch["organization"]["agreements"] if one["licensor"] == "TII")
        assert (left["covers"], left["reference"]) == (["falcon-llm-1.0"], "TII-1")
        fact(page, "uses.開発.fulfils").get_by_label("change-notices").check()
        patch = json.loads(page.get_by_label("JSON merge patch").input_value())
        assert patch["uses"]["開発"]["fulfils"] == [
            {"license-copy": ["mit"]},
            {"clause": "mit/notice", "licenses": ["mit"]},
            "change-notices",
        ]
        with_patch(ODD, "profile.yaml", patch)


def test_what_has_not_happened_is_declared_by_silence(bench: Bench, reports: dict[str, Path]) -> None:
    with bench.visit(reports["acme"]) as visit:
        ready(visit.page)
        happened = fact(visit.page, "uses.support-assistant.events").get_by_role("combobox")
        assert "not declared" not in happened.locator("option").all_inner_texts()
        assert happened.locator("option").count() == 2


SILENT = """schema: 1
uses:
  u: {acts: [run], purpose: commercial, environment: production, audience: public}
"""


def test_a_tick_never_closes_a_list_that_nobody_declared(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text(SILENT, encoding="utf-8")
    entry = "schema: 1\nmodels:\n  - {id: meta-llama/Llama-2-7b-hf, use: u}\n"
    (tmp_path / "models.yaml").write_text(entry, encoding="utf-8")
    check(tmp_path, "--report", str(tmp_path / "report.html"))
    with bench.visit(tmp_path / "report.html") as visit:
        page = visit.page
        ready(page)

        def changed() -> Any:
            return json.loads(page.get_by_label("JSON merge patch").input_value())

        domains = fact(page, "uses.u.domains")
        domains.get_by_label("malware").check()
        assert changed() == {"uses": {"u": {"domains": {"items": ["malware"], "open": True}}}}
        domains.get_by_label("malware").uncheck()
        assert status(page) == AS_DECLARED
        claims = fact(page, "organization.claims_against")
        claims.get_by_label("llama-2-community").check()
        claims.get_by_label("llama-2-community").uncheck()
        assert status(page) == AS_DECLARED
        domains.get_by_role("combobox").select_option("exactly these")
        assert changed() == {"uses": {"u": {"domains": []}}}
        page.get_by_role("button", name="All as declared").click()
        fact(page, "uses.u.acts").get_by_label("run", exact=True).uncheck()
        assert changed() == {"uses": {"u": {"acts": None}}}


def test_who_types_and_goes_on_stays_in_the_form(bench: Bench, reports: dict[str, Path]) -> None:
    with bench.visit(reports["acme"]) as visit:
        page = visit.page
        ready(page)
        fill(fact(page, "organization.monthly_active_users").get_by_label("2023-06"), "800000000")
        assert page.evaluate("() => document.activeElement.id").startswith("fact-")
        box = fact(page, "organization.agreements").get_by_label("llama-2-community")
        fact(page, "organization.monthly_active_users").get_by_label("2023-06").fill("900000000")
        box.click()
        assert box.is_checked()
        assert status(page).startswith("2 facts changed.")
        assert "organization.monthly_active_users: at most 5000000" not in status(page)
        changes = page.locator(".desk-changes li").all_inner_texts()
        assert len(changes) == 2
        assert any("→ 2023-06 900000000, at most 5000000" in one for one in changes)


def test_conditions_read_as_in_python(bench: Bench, reports: dict[str, Path]) -> None:
    catalog = PackagedCatalog(rules=EXAMPLES / "house-rules")
    expected, given = [], []
    for key in catalog.license_keys():
        bound = bind_license(catalog.license(key), catalog)
        for clause in (*bound.clauses, *(one for others in bound.alternatives.values() for one in others)):
            expected.append(sentence(clause.when))
            given.append(_condition(clause.when))
    with bench.visit(reports["acme"]) as visit:
        ready(visit.page)
        assert visit.page.evaluate(SENTENCES, given) == expected
    assert len(set(expected)) > 50
