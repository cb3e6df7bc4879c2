"""The whole review for a ticket: complete, in order, inert, and never too long to be posted."""

import re
import shutil
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import cmarkgfm  # type: ignore[import-untyped]  # has no types
import pytest
from cmarkgfm.cmark import Options  # type: ignore[import-untyped]  # has no types
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from license_audit.audit import run
from license_audit.model.evidence import FoundText
from license_audit.model.profile import Waiver
from license_audit.model.report import Change, Edge, Evaluated, ModelUse, Question, ReadingResult, Report, Source
from license_audit.outputs import render
from license_audit.outputs.ticket import MAX_TICKET, ticket
from license_audit.readers.catalog import PackagedCatalog
from tests.conftest import ROOT
from tests.outputs import samples

NAMES = samples.Names()
SNAPSHOT = Path(__file__).parent / "snapshots" / "report-ticket.md"
OURS = {"h2", "h3", "h4", "p", "ul", "li", "code", "strong", "blockquote", "input"}
OURS |= {"table", "thead", "tbody", "tr", "th", "td"}
ACTIVE = re.compile(r"@|://|www\.|#\d|\$")
"""What trackers make something of after the Markdown is read, unless it stands in code."""


class Page(HTMLParser):
    """Elements of a page, and its text outside and inside of code."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text: list[str] = []
        self.all: list[str] = []
        self._in_code = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember the element; only boxes to tick have attributes, and no box is ticked."""
        assert not attrs or (tag == "input" and {name for name, _ in attrs} <= {"type", "disabled"}), attrs
        self.tags.append(tag)
        self._in_code = tag == "code" or self._in_code

    def handle_endtag(self, tag: str) -> None:
        """Leave the element."""
        self._in_code = self._in_code and tag != "code"

    def handle_data(self, data: str) -> None:
        """Remember the text."""
        self.all.append(data)
        if not self._in_code:
            self.text.append(data)

    def words(self) -> str:
        """All text with single spaces."""
        return " ".join("".join(self.all).split())


def by_github(text: str) -> Page:
    """As GitHub's parser reads it, with raw HTML let through so that it would be seen."""
    page: str = cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE)
    return Page(page)


def by_markdown_it(text: str) -> Page:
    return Page(MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(text))


def _named(use: ModelUse, model: str, name: str, line: int) -> ModelUse:
    return use.model_copy(update={"model": model, "use": name, "line": line})


def full() -> Report:
    """One of everything that a ticket tells."""
    uses = samples.whole().uses
    edge = Edge(
        child="org/open",
        parent="org/root",
        relation="merge",
        basis="stated",
        contested=False,
        where="README.md:3",
        concluded=(),
    )
    judged = samples.clause("lic/8", "review")
    compound = Evaluated(sentence="both", holds=True, parts=(samples.fact("the purpose is research", "research"),))
    assessment = uses[1].assessment.model_copy(
        update={
            "terms": ("lic", "other"),
            "clauses": (judged, samples.clause("lic/9", "barred", condition=compound)),
            "decisive": ("lic/8", "lic/9", "lic: host-as-api"),
            "changes": (Change(what="stop it", verdict="conditional"),),
            "capped": True,
            "readings": (
                ReadingResult(
                    clause="lic/8", name="mild", difference="counts less", held_by="some", verdict="allowed", owed=()
                ),
            ),
        }
    )
    waived = (
        Waiver(model="org/bought", finding="lic/3.1", by="legal", why="bought", until=date(2027, 1, 31)),
        Waiver(model="org/old", finding="text-missing", by="cto", why="for a demo", until=date(2026, 6, 30)),
    )
    more = {
        "uses": (
            *(uses[0], uses[1].model_copy(update={"assessment": assessment, "lineage": (edge,), "declared": ("mit",)})),
            *(*uses[2:], _named(samples.conditional(), "org/twin", "chat", 12)),
        ),
        "waivers": waived,
        "sources": tuple(
            Source(name=name, sha256=name[0] * 64) for name in ("models.yaml", "profile.yaml", "models.lock")
        ),
        "own_rules": "legal/rules",
    }
    return samples.whole().model_copy(update=more)


def spoiled() -> Report:
    """The same, and every text is a stranger's; dates and words of ours stay what they are."""
    plain = full().model_dump(mode="json")
    data = samples._spoiled(plain)
    for waiver, was in zip(data["waivers"], plain["waivers"], strict=True):
        waiver["until"] = was["until"]
    (edge,), (was,) = data["uses"][1]["lineage"], plain["uses"][1]["lineage"]
    edge.update({name: was[name] for name in ("relation", "basis")})
    return Report.model_validate(data)


def test_the_whole_document() -> None:
    assert render("ticket", full(), NAMES) == SNAPSHOT.read_text(encoding="utf-8")


def test_the_parts_come_in_order() -> None:
    titles = [line for line in render("ticket", full(), NAMES).splitlines() if re.match("##? |### ", line)]
    assert titles == [
        "## Review of model licenses: the gate fails",
        "### Models and uses",
        "### Duties owed (1)",
        "### Open questions (1)",
        "### Waivers (2)",
        "### What stops the gate (3)",
        "### What does not stop it (5)",
    ]


def test_it_tells_scope_verdict_reason_duties_questions_and_waivers() -> None:
    words = by_github(render("ticket", full(), NAMES)).words()
    for part in (
        "Date asked about: 2026-11-24",
        "Manifest: models.yaml (SHA-256 mmmmmmmmmmmm…)",
        "Read as well: models.lock (SHA-256 mmmmmmmmmmmm…)",
        "Own rules: legal/rules",
        "Tool: license-audit 1.2.3",
        "Verdicts: 3 disallowed, 1 undetermined, 2 conditional, 2 allowed",
        "Gate, from undetermined on: 3 stopped, 1 known from the baseline, 1 waived, 3 pass",
        "org/bad for chat: disallowed",
        "Reason for disallowed.",
        "Decided by lic/3.1 (section 3.1 of Title of lic, bad/LICENSE:7), barred: Gist of lic/3.1.",
        "Because the purpose is commercial (declared: commercial). What lifts it: payment.",
        "org/open for lab: undetermined (best allowed, worst disallowed)",
        "The search over open facts was cut short",
        "Terms in force: Title of lic (lic), Title of other (other)",
        "License: declared mit; found no text; concluded nothing",
        "Lineage: org/open: merge that holds org/root (stated at README.md:3; terms not known)",
        "Decided by lic/8 (section 8 of Title of lic), review: Gist of lic/8.",
        "To be judged by a person: Question of lic/8?",
        "Because the purpose is research (declared: research).",
        "No clause of these terms grants: lic: host-as-api",
        "Would change it: stop it → at best conditional",
        "Read otherwise, lic/8, mild: counts less (held by some) → allowed",
        "T (lic/2, section 2 of Title of lic): Gist of lic/2.",
        "What to do: Remedy of lic/2.",
        "Done when fulfils lists credit and notice-file",
        "Models: org/fine for chat, org/twin for chat",
        "Required wording: Built with <Model>",
        "In which fields? (uses.lab.domains) An answer to this alone can settle 1 of 1 Asked by lic/8, lic/9",
        "lic/3.1 of org/bought: by legal, until 2027-01-31. bought",
        "text-missing of org/old: by cto, until 2026-06-30, and has ended. for a demo",
        "Warning waiver-lapsed: the waiver of policy-denied by legal no longer counts: its last day is over",
        "Note waived: lic/3.1 is waived; waived by legal@acme.example until 2027-01-31: bought",
        "Nothing here is legal advice.",
    ):
        assert part in words, part


def test_duties_and_questions_are_boxes_and_wordings_are_quoted() -> None:
    for read in (by_github, by_markdown_it):
        page = read(render("ticket", full(), NAMES))
        assert page.tags.count("blockquote") == 1
        assert page.tags.count("table") == 1
        assert page.tags.count("h4") == 8
    assert by_github(render("ticket", full(), NAMES)).tags.count("li") > 40
    assert render("ticket", full(), NAMES).count("\n- [ ] ") == 2


def test_a_long_wording_keeps_its_lines() -> None:
    duty = samples.clause("lic/2", "owed", wording="First line\n\n1. second *line*\n    third")
    found = samples.assessment("conditional", clauses=(duty,), owed=("lic/2",))
    text = render("ticket", samples.report(samples.use("a/b", "chat", 4, found)), NAMES)
    assert "    > First line\n    > 1\\. second \\*line\\*\n    > third\n" in text
    assert "Done when" not in text


def test_the_table_has_a_row_for_each_model_and_is_cut_into_narrow_ones() -> None:
    uses = [_named(samples.allowed(), f"org/m{number % 2}", f"use-{number}", number % 2) for number in range(7)]
    text = render("ticket", samples.report(*uses), NAMES)
    assert (
        "| Model | `use-0` | `use-1` | `use-2` | `use-3` | `use-4` |\n| --- | --- | --- | --- | --- | --- |\n" in text
    )
    assert "| `org/m0` | allowed | – | allowed | – | allowed |\n| `org/m1` | – | allowed | – | allowed | – |\n" in text
    assert "### Models and more uses\n\n| Model | `use-5` | `use-6` |\n" in text
    assert "| **" in render("ticket", full(), NAMES)


def test_long_lists_of_models_end_with_a_number() -> None:
    uses = [_named(samples.conditional(), f"org/m{number}", "chat", number) for number in range(9)]
    asking = Question(path="p", text="What?", clauses=tuple(f"lic/{number}" for number in range(8)), decides=False)
    open_ = samples.assessment("undetermined", questions=(asking,))
    words = by_github(render("ticket", samples.report(*uses, samples.use("a/b", "x", 9, open_)), NAMES)).words()
    assert "org/m5 for chat, and 3 more" in words
    assert "lic/5, and 2 more" in words
    assert "can settle" not in words


def test_a_duty_of_several_clauses_is_told_once() -> None:
    both = tuple(samples.clause(name, "owed", fulfilled_by=("credit",)) for name in ("a/1", "b/2"))
    uses = [
        samples.use(
            f"org/{clause.license}",
            "chat",
            place,
            samples.assessment("conditional", clauses=(clause,), owed=(clause.clause,)),
        )
        for place, clause in enumerate(both)
    ]
    text = render("ticket", samples.report(*uses), NAMES)
    assert text.count("\n- [ ] ") == 1
    assert "Asked for by `b/2` as well" in text


def test_a_text_that_nobody_knows_is_said_to_be_unknown() -> None:
    odd = FoundText(file="a/LICENSE", key="", status="altered", passages=())
    text = render("ticket", samples.report(samples.allowed(texts=(odd,), concluded=("mit",))), NAMES)
    assert "declared none; found unknown (`a/LICENSE`, altered); concluded `mit`" in text


def test_nothing_to_tell_is_short() -> None:
    text = render("ticket", samples.report(organization=None), NAMES)
    assert text.startswith("## Review of model licenses: the gate passes\n\nno models; gate passes\n")
    assert "Organization: not named" in text
    assert "###" not in text


@pytest.mark.parametrize("read", [by_github, by_markdown_it])
def test_what_strangers_write_stays_text(read: object) -> None:
    text = render("ticket", spoiled(), NAMES)
    page = read(text)  # type: ignore[operator]  # a function
    assert set(page.tags) <= OURS
    assert not [one for one in page.text if ACTIVE.search(one)]
    assert all(line.isprintable() for line in text.splitlines())
    plain = read(render("ticket", full(), NAMES))  # type: ignore[operator]  # the same
    for tag in ("h2", "h3", "h4", "li", "table", "tr", "td"):
        assert plain.tags.count(tag) == page.tags.count(tag), tag


@pytest.mark.parametrize("limit", [2_000, 20_000, MAX_TICKET])
def test_a_ticket_fits_and_every_part_says_what_it_lacks(limit: int) -> None:
    report = samples.many(1500)
    text = ticket(report, NAMES, limit)
    assert len(text.encode()) <= limit
    assert len(text.encode()) > limit * 0.8 or limit < 10_000
    lacking: dict[str, int] = {}
    for missing, noun in re.findall(r"\*\*([\d,]+) of [\d,]+ (\w[\w ]*?) are left out here", text):
        lacking[noun] = lacking.get(noun, 0) + int(missing.replace(",", ""))
    assert len(re.findall(r"^\| `", text, re.MULTILINE)) == 1500 - lacking["models"]
    assert text.count("\n#### ") == 1500 - lacking["model uses"]
    assert "duties" not in lacking or limit == 2_000
    assert by_github(text).tags.count("h2") == 1


def test_the_gravest_are_kept() -> None:
    text = ticket(samples.many(200), NAMES, 20_000)
    assert text.count("`chat`: disallowed") == 20
    assert 0 < text.count("`chat`: conditional") < 180
    shorter = ticket(samples.many(200), NAMES, 8_000)
    assert shorter.count("`chat`: disallowed") > shorter.count("`chat`: conditional")


def waiting(number: int, questions: int) -> ModelUse:
    """A use that stops the gate and asks questions of its own."""
    asked = tuple(
        Question(path=f"uses.u{number}.fact{one}", text=f"What is {'so ' * 20}?", clauses=("lic/8",), decides=True)
        for one in range(questions)
    )
    found = samples.assessment("undetermined", best="allowed", worst="disallowed", questions=asked)
    return samples.use("org/asks", f"u{number}", number, found, gate="fails")


def owing(number: int) -> ModelUse:
    """A use with a duty of its own."""
    duty = samples.clause(f"lic{number}/2", "owed", remedy="Do it. " * 20)
    found = samples.assessment("conditional", decisive=(duty.clause,), clauses=(duty,), owed=(duty.clause,))
    return samples.use("org/owes", f"d{number}", number, found)


def lacking(text: str) -> dict[str, tuple[int, int]]:
    """How many entries of each kind are said to be left out, and of how many."""
    found = re.findall(r"\*\*([\d,]+) of ([\d,]+) (\w[\w ,]*?) are left out here:\*\*", text)
    return {noun: (int(missing.replace(",", "")), int(of.replace(",", ""))) for missing, of, noun in found}


def test_open_questions_do_not_push_out_what_is_ruled_out_nor_the_table() -> None:
    barred = [_named(samples.disallowed(), f"org/bad{number}", "chat", number) for number in range(8)]
    text = ticket(samples.report(*(waiting(number, 12) for number in range(60)), *barred), NAMES, MAX_TICKET)
    assert len(text.encode()) <= MAX_TICKET
    assert text.count("`chat`: disallowed") == 8
    missing = lacking(text)
    # Each question is about 170 bytes, so some of the 720 are left out; the table has room for all its rows.
    assert 0 < missing["questions"][0] < missing["questions"][1] == 720
    assert not any("rows" in noun for noun in missing)
    assert len(re.findall(r"^\| `org/bad", text, re.MULTILINE)) == 8


def test_sixty_uses_beside_the_example_leave_its_ruled_out_uses_and_its_table(
    catalog: PackagedCatalog, tmp_path: Path
) -> None:
    folder = tmp_path / "acme"
    shutil.copytree(ROOT / "examples" / "acme", folder)
    profile, manifest = folder / "profile.yaml", folder / "models.yaml"
    names = [f"small-{number}" for number in range(60)]
    more = "".join(f"  {name}: {{purpose: commercial}}\n" for name in names)
    profile.write_text(profile.read_text().replace("\nuses:\n", f"\nuses:\n{more}"))
    uses = ", ".join(names)
    manifest.write_text(
        manifest.read_text().replace(
            "\nmodels:\n",
            f"\nmodels:\n  - {{id: meta-llama/Llama-2-70b-hf, use: [{uses}]}}\n"
            f"  - {{id: tiiuae/falcon-180B-chat, use: [{uses}]}}\n",
        )
    )
    report = run(manifest, profile, catalog, date(2026, 11, 24))
    text = render("ticket", report, catalog)
    assert len(text.encode()) <= MAX_TICKET
    assert lacking(text)["questions"][0] > 0
    barred = [use for use in report.uses if use.gate == "fails" and use.assessment.verdict == "disallowed"]
    assert barred
    words = by_github(text).words()
    for use in barred:
        assert f"{use.model} for {use.use}: disallowed" in words
    assert not any("rows" in noun for noun in lacking(text))


def test_duties_and_questions_share_the_room() -> None:
    uses = [*(owing(number) for number in range(300)), *(waiting(number, 9) for number in range(300))]
    missing = lacking(ticket(samples.report(*uses), NAMES, MAX_TICKET))
    assert {noun for noun, (gone, of) in missing.items() if gone < of} >= {"duties", "questions"}
    assert missing["duties"][0]
    assert missing["questions"][0]


def test_one_large_use_that_is_ruled_out_is_told() -> None:
    large = samples.disallowed(findings=tuple(samples.finding("odd", message="x" * 600) for _ in range(60)))
    uses = [large, *(waiting(number, 9) for number in range(100))]
    text = ticket(samples.report(*uses), NAMES, MAX_TICKET)
    assert len(text.encode()) <= MAX_TICKET
    assert "`org/bad` for `chat`: disallowed" in text
    assert lacking(text)["questions"][0] < lacking(text)["questions"][1]


def test_long_names_of_uses_are_cut_above_columns_and_stay_apart() -> None:
    start, end = "a" * 100, "z" * 100
    names = [f"{start}{number}" for number in range(2)] + [f"{start}{number}{end}" for number in range(2)]
    uses = [_named(samples.allowed(), "org/m", name, 1) for name in names]
    text = render("ticket", samples.report(*uses), NAMES)
    cut = f"{'a' * 24} […] {'a' * 23}"
    # The last two would read the same when cut.
    assert f"| Model | `{cut}0` | `{cut}1` | `{names[2]}` | `{names[3]}` |\n" in text


def test_tables_without_room_are_left_out_with_their_heads() -> None:
    uses = [_named(samples.allowed(), f"org/m{number}", f"{number:03}" * 70, number) for number in range(400)]
    text = ticket(samples.report(*uses), NAMES, MAX_TICKET)
    assert len(text) <= len(text.encode()) <= MAX_TICKET
    shorter = ticket(samples.report(*uses), NAMES, 12_000)
    assert len(shorter.encode()) <= 12_000
    rows = len(re.findall(r"^\| `org/m", shorter, re.MULTILINE))
    assert lacking(shorter)["rows of 80 tables"] == (400 - rows, 400)
    # No head stands without a row.
    assert not re.search(r"\| --- \|\n(?!\| `)", shorter)
    assert by_github(shorter).tags.count("table") == -(-rows // 5)


@settings(max_examples=40, deadline=None)
@given(
    uses=st.integers(0, 150),
    models=st.integers(1, 30),
    length=st.integers(1, 1_200),
    letter=st.sampled_from("aé|`*_漢\u202e"),
    questions=st.integers(0, 6),
    limit=st.integers(14_000, MAX_TICKET),
)
def test_a_ticket_of_any_size_fits(
    uses: int, models: int, length: int, letter: str, questions: int, limit: int
) -> None:
    makers = (samples.disallowed, samples.conditional, samples.allowed)
    told = [
        _named(makers[number % 3](), f"{letter * length}/m{number % models}", f"{letter * length}{number}", number)
        for number in range(uses)
    ]
    name = letter * length
    files = [f"{name}{number}.yaml" for number in range(30)]
    report = samples.report(
        *told,
        *(waiting(number, questions) for number in range(uses)),
        organization=name,
        manifest=f"{name}.yaml",
        profile=name,
        own_rules=name,
        sources=tuple(Source(name=file, sha256="a" * 64) for file in files),
    )
    text = ticket(report, NAMES, limit)
    assert len(text) <= len(text.encode()) <= limit
    for missing, of in lacking(text).values():
        assert 0 < missing <= of
    assert "Read as well: 24 more files" in text


def test_the_example_is_whole(catalog: PackagedCatalog) -> None:
    folder = ROOT / "examples" / "acme"
    report = run(folder / "models.yaml", folder / "profile.yaml", catalog, date(2026, 11, 24))
    text = render("ticket", report, catalog)
    words = by_github(text).words()
    assert "left out" not in text
    assert len(text.encode()) < MAX_TICKET
    for use in report.uses:
        assert f"{use.model} for {use.use}: {use.assessment.verdict}" in words
        assert " ".join(use.assessment.reason.split()) in words
        for name in use.assessment.owed:
            assert name in words
    owed = {name for use in report.uses for name in use.assessment.owed}
    asked = [
        clause for use in report.uses for clause in use.assessment.clauses if clause.clause in owed and clause.wording
    ]
    assert asked
    for clause in asked:
        assert " ".join((clause.wording or "").split()) in words
