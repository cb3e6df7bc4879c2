"""The page that lawyers sign: complete, escaped, and closed to the network."""

import re
from base64 import b64encode
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser
from typing import get_args

import pytest

from license_audit.model.catalog import Encoding
from license_audit.model.evidence import FoundText, Passage, TextChange
from license_audit.model.profile import Waiver
from license_audit.model.questionnaire import Asked, Count, Effect, Form, Waiting
from license_audit.model.report import (
    Assessment,
    Change,
    ClauseResult,
    DeclaredUse,
    Evaluated,
    FactUsed,
    Finding,
    ModelUse,
    Question,
    ReadingResult,
    Report,
    State,
)
from license_audit.model.words import ClauseKind, Cure, Outcome, Verdict
from license_audit.outputs import render
from license_audit.outputs.html import report_page

HOSTILE = "evil/<script>alert(1)</script>\"'&x"
VOID = {"meta", "br", "link", "img", "input", "hr"}


class Names:
    """Titles made of the key."""

    def title(self, key: str) -> str:
        """The key with a word before it."""
        return f"Title of {key}"

    def encoding(self, key: str) -> Encoding | None:  # noqa: ARG002  # the protocol
        """Nobody encoded anything."""
        return None


class Page(HTMLParser):
    """The elements, attributes and text of a page; fails on tags that do not match."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember the element."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element, which must be this one."""
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Remember the text, without the stylesheet."""
        self.text += "" if self._open[-1:] == ["style"] else data

    def values(self, name: str) -> list[str]:
        """What an attribute holds, wherever it stands."""
        return [value for _, attrs in self.tags if (value := attrs.get(name)) is not None]

    def words(self) -> str:
        """The text with single spaces."""
        return " ".join(self.text.split())


def fact(sentence: str, declared: str | None, *, holds: bool | None, path: str = "uses.chat.purpose") -> Evaluated:
    used = FactUsed(path=path, declared=declared, sentence=sentence, holds=holds)
    return Evaluated(sentence=sentence, holds=holds, fact=used)


def clause(
    name: str,
    outcome: Outcome,
    *,
    kind: ClauseKind = "prohibition",
    condition: Evaluated | None = None,
    cure: Cure | None = None,
    fulfilled_by: tuple[str, ...] = (),
    wording: str | None = None,
    reading: str | None = None,
) -> ClauseResult:
    license_, _, section = name.partition("/")
    return ClauseResult(
        clause=name,
        license=license_,
        section=section,
        rule="some-rule",
        kind=kind,
        title="Rule title",
        gist=f"Gist of {name}.",
        outcome=outcome,
        condition=condition,
        remedy=f"Remedy of {name}.",
        question=f"Question of {name}?",
        cure=cure,
        fulfilled_by=fulfilled_by,
        wording=wording,
        reading=reading,
    )


def assessment(
    verdict: Verdict,
    *,
    best: Verdict | None = None,
    worst: Verdict | None = None,
    decisive: tuple[str, ...] = (),
    clauses: tuple[ClauseResult, ...] = (),
    owed: tuple[str, ...] = (),
    questions: tuple[Question, ...] = (),
    changes: tuple[Change, ...] = (),
    readings: tuple[ReadingResult, ...] = (),
    capped: bool = False,
) -> Assessment:
    return Assessment(
        verdict=verdict,
        best=best or verdict,
        worst=worst or verdict,
        reason=f"Reason for {verdict}.",
        decisive=decisive,
        terms=tuple(dict.fromkeys(found.license for found in clauses)),
        clauses=clauses,
        owed=owed,
        questions=questions,
        changes=changes,
        readings=readings,
        capped=capped,
    )


def model_use(
    found: Assessment,
    model: str = "org/model",
    use: str = "chat",
    *,
    line: int = 3,
    declared: tuple[str, ...] | None = None,
    texts: tuple[str, ...] | None = None,
    read: tuple[FoundText, ...] = (),
    findings: tuple[Finding, ...] = (),
    gate: State = "passes",
) -> ModelUse:
    return ModelUse(
        model=model,
        use=use,
        line=line,
        declared=declared,
        found=texts,
        texts=read,
        assessment=found,
        findings=findings,
        gate=gate,
    )


def report(*uses: ModelUse, organization: str | None = "Acme & Co. <KG>", fail_on: Verdict = "undetermined") -> Report:
    return Report(
        tool_version="1.2.3",
        on=date(2026, 11, 24),
        manifest="models.yaml",
        profile="profile.yaml",
        organization=organization,
        fail_on=fail_on,
        uses=uses,
    )


def html(*uses: ModelUse, fail_on: Verdict = "undetermined") -> str:
    return render("html", report(*uses, fail_on=fail_on), Names())


def page(*uses: ModelUse, fail_on: Verdict = "undetermined") -> Page:
    return Page(html(*uses, fail_on=fail_on))


def disallowed() -> ModelUse:
    parts = (
        fact("the purpose is commercial", "commercial", holds=True),
        fact("the revenue is more than 1", None, holds=None, path="organization.annual_revenue"),
        Evaluated(
            sentence="the kind is none of individual",
            holds=True,
            negation=True,
            parts=(fact("the kind is individual", "company", holds=False, path="organization.kind"),),
        ),
    )
    condition = Evaluated(sentence="all of it", holds=True, parts=parts)
    barring = clause("lic/2", "barred", kind="bar", condition=condition, cure="separate-license", reading="sum")
    other = ReadingResult(
        clause="lic/2", name="any", difference="each alone", held_by="some", verdict="conditional", owed=("lic/3",)
    )
    found = assessment(
        "disallowed",
        decisive=("lic/2",),
        clauses=(barring, clause("lic/4", "clear")),
        changes=(Change(what="hold a license", verdict="allowed"),),
        readings=(other,),
    )
    return model_use(found, "org/bad", gate="fails", declared=("mit",), texts=("lic", ""))


def conditional() -> ModelUse:
    duty = clause(
        "lic/3", "owed", kind="duty", condition=fact("it is public", "yes", holds=True),
        fulfilled_by=("notice-file", "credit"), wording="Built with <Model>",
    )  # fmt: skip
    return model_use(assessment("conditional", decisive=("lic/3",), clauses=(duty,), owed=("lic/3",)), "org/duty")


def undetermined(count: int = 8) -> ModelUse:
    names = tuple(f"lic/5.{number}" for number in range(count))
    asked = (
        Question(path="uses.chat.domains", text="In which fields?", clauses=names, decides=True),
        Question(path="uses.chat.outputs", text="Which outputs?", clauses=names[:1], decides=False),
    )
    lost = Finding(kind="restriction-dropped", level="warning", message="the child omits it", clauses=("parent/1",))
    judged = clause("lic/8", "review", kind="judgement")
    found = assessment(
        "undetermined",
        best="conditional",
        worst="disallowed",
        decisive=(*names, "lic/8"),
        clauses=(*(clause(name, "open") for name in names), judged),
        questions=asked,
        capped=True,
    )
    return model_use(found, "org/open", "lab", findings=(lost,), gate="waived", declared=())


def test_markup_in_any_text_comes_out_as_text() -> None:
    finding = Finding(kind="evidence-odd", level="note", message=HOSTILE, waived=HOSTILE)
    bad = clause("lic/1", "barred", condition=fact(HOSTILE, HOSTILE, holds=True), wording=HOSTILE)
    found = assessment(
        "disallowed", decisive=("lic/1",), clauses=(bad,), changes=(Change(what=HOSTILE, verdict="allowed"),)
    )
    read = FoundText(
        file=HOSTILE,
        key=HOSTILE,
        status="altered",
        changes=(TextChange(kind="changed", section=HOSTILE, lines=(1, 1), quote=HOSTILE),),
        passages=(Passage(clause="lic/1", lines=(1, 2), quote=HOSTILE),),
    )
    hostile = model_use(found, HOSTILE, HOSTILE, findings=(finding,), declared=(HOSTILE,), texts=("",), read=(read,))
    text = html(hostile)
    assert "<script" not in text
    assert HOSTILE in Page(text).text
    assert not any(name.startswith("on") for _, attrs in Page(text).tags for name in attrs)


def test_texts_are_told_with_their_changes_and_clauses_with_their_lines() -> None:
    changes = (
        TextChange(kind="changed", section="2", lines=(67, 67), quote="the changed line"),
        TextChange(kind="removed", section="1.b.v", lines=(62, 62)),
        TextChange(kind="added", section="after", lines=(90, 91), quote="the added lines"),
        TextChange(kind="added", section="3", lines=(70, 71)),
    )
    read = (
        FoundText(
            file="m/LICENSE", key="mit", status="unaltered", lines=(1, 21),
            passages=(Passage(clause="lic/2", lines=(7, 9), quote="the words of the clause"),),
        ),
        FoundText(file="m/LICENSE", status="altered", key="lic", lines=(22, 99), changes=changes, alike=("other",)),
        FoundText(file="m/USE", status="partial", key="lic", lines=(1, 3)),
        FoundText(file="m/COPYING", status="unknown", nearest="mit", similarity=0.314, lines=(1, 1)),
        FoundText(file="m/NOTHING", status="unknown", lines=(1, 1)),
    )  # fmt: skip
    barring = clause("lic/2", "barred")
    words = page(model_use(assessment("disallowed", decisive=("lic/2",), clauses=(barring,)), read=read)).words()
    assert "m/LICENSE, lines 1–21: Title of mit mit, as published" in words
    assert "section 2 changed (line 67) the changed line" in words
    assert "section 1.b.v removed (would stand at line 62)" in words
    assert "added after the text (lines 90–91) the added lines" in words
    assert "section 3 added to (lines 70–71)" in words
    assert "Could as well be: other" in words
    assert "only a part" in words
    assert "no known text, nearest is Title of mit mit (31 % of its words)" in words
    assert "m/NOTHING, line 1: no known text" in words
    assert "Stands in m/LICENSE, lines 7–9 the words of the clause" in words


def test_nothing_is_fetched_run_or_sent() -> None:
    found = page(disallowed(), conditional(), undetermined())
    assert not {tag for tag, _ in found.tags} & {"script", "link", "img", "iframe", "object", "form", "base"}
    assert all(link.startswith("#") for link in found.values("href"))
    assert not found.values("src")
    assert not found.values("style")
    style = html(conditional()).partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_the_policy_lets_only_the_own_stylesheet_through() -> None:
    text = html(conditional())
    style = text.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert ("meta", {"http-equiv": "Content-Security-Policy", "content": policy}) in Page(text).tags


def test_every_verdict_and_every_clause_is_there_once() -> None:
    uses = (disallowed(), conditional(), undetermined(), model_use(assessment("allowed"), "org/free", line=9))
    found = page(*uses)
    for verdict in get_args(Verdict):
        assert found.words().count(verdict) > 1
        assert f"Reason for {verdict}." in found.words()
    anchors = [name for name in found.values("id") if re.fullmatch(r"s\d+-c\d+", name)]
    assert len(anchors) == sum(len(use.assessment.clauses) for use in uses)
    for use in uses:
        for one in use.assessment.clauses:
            assert one.clause in found.words()
            assert one.gist in found.words()


def test_ids_are_unique_and_links_lead_somewhere() -> None:
    found = page(disallowed(), conditional(), undetermined())
    names = found.values("id")
    assert len(names) == len(set(names))
    assert {link.removeprefix("#") for link in found.values("href")} <= set(names)


def test_the_head_names_what_was_asked() -> None:
    found = page(conditional())
    assert ("html", {"lang": "en"}) in found.tags
    for word in (
        "Acme & Co. <KG>",
        "2026-11-24",
        "models.yaml",
        "profile.yaml",
        "1.2.3",
        "Nothing here is legal advice.",
    ):
        assert word in found.words()
    assert "License audit of models.yaml, Acme & Co. <KG>, 2026-11-24" in found.words()
    assert "Organization not named" in render("html", report(organization=None), Names())


def test_the_fingerprint_is_that_of_the_json_report() -> None:
    given = report(disallowed())
    digest = sha256(render("json", given, Names()).encode()).hexdigest()
    assert digest in render("html", given, Names())


def test_the_gate_is_told_with_its_measure() -> None:
    failing = page(disallowed(), conditional(), undetermined()).words()
    assert "The gate fails. 1 of 3 model uses is stopped, 1 waived." in failing
    assert "whose verdict is undetermined or graver" in failing
    passing = page(conditional(), fail_on="disallowed").words()
    assert "The gate passes. None of 1 model use is stopped." in passing
    assert "whose verdict is disallowed, or that" in passing
    assert "baseline" not in passing


def test_what_the_baseline_knows_stops_nothing() -> None:
    known = page(disallowed().model_copy(update={"gate": "known"}), conditional()).words()
    assert "The gate passes. None of 2 model uses is stopped, 1 known from the baseline." in known
    assert "unless it is waived or the baseline holds the very same." in known
    assert "gate: known" in known


def test_a_condition_stands_beside_the_declared_facts() -> None:
    words = page(disallowed()).words()
    assert "yes Applies when all of it" in words
    assert "yes the purpose is commercial declared: commercial uses.chat.purpose" in words
    assert "open the revenue is more than 1 not declared organization.annual_revenue" in words
    assert "yes the kind is none of individual declared: company organization.kind" in words


def test_a_bar_comes_with_cure_readings_and_changes() -> None:
    words = page(disallowed()).words()
    assert "What lifts it: a separate license from the licensor." in words
    assert "Judged here: sum" in words
    assert "Read otherwise: any ! conditional each alone Held by: some Duties owed: lic/3" in words
    assert "hold a license leads at best to ✓ allowed" in words
    assert "lic, a text that nobody knows" in words


def test_a_duty_says_what_fulfils_it_and_in_which_words() -> None:
    words = page(conditional()).words()
    assert "Counts as done when fulfils lists notice-file and credit." in words
    assert "Required wording: Built with <Model>" in words
    assert "yes Owed when it is public declared: yes" in words


def test_an_open_use_gives_its_range_questions_and_lost_clauses() -> None:
    words = page(undetermined()).words()
    assert "best ! conditional worst × disallowed" in words
    assert "The search over open facts was cut short" in words
    assert words.index("In which fields?") < words.index("Which outputs?")
    assert "an answer to this alone can settle it" in words
    assert "Clauses concerned: parent/1" in words
    assert "2 more" in words
    assert "Waits for: uses.chat.domains, uses.chat.outputs" in words
    assert "To answer: Question of lic/8?" in words
    assert "the card names none" in words


def test_an_act_that_no_clause_grants_decides() -> None:
    words = page(model_use(assessment("disallowed", decisive=("host-as-api",)))).words()
    assert "No clause grants: host-as-api." in words


@pytest.mark.parametrize("count", [5, 6, 11])
def test_many_uses_are_told_in_tables_narrow_enough_for_paper(count: int) -> None:
    found = page(*(model_use(assessment("allowed"), use=f"use-{number}") for number in range(count)))
    assert [tag for tag, _ in found.tags].count("table") == -(-count // 5)


def test_an_empty_manifest_still_gives_a_page() -> None:
    assert "The manifest lists no models." in page().words()


def test_two_runs_give_the_same_bytes() -> None:
    assert html(disallowed(), undetermined()) == html(disallowed(), undetermined())


def declared_use(**more: str) -> DeclaredUse:
    empty = dict.fromkeys(("description", "purpose", "environment", "acts", "audience", "obtained_on"), "")
    return DeclaredUse.model_validate({"use": "chat", **empty, **more})


def waiver(until: date, **more: str) -> Waiver:
    data = {"model": "org/bad", "finding": "lic/2", "by": "legal", "why": "ordered", "until": until}
    return Waiver.model_validate({**data, **more})


def test_uses_and_waivers_are_told() -> None:
    waivers = (waiver(date(2026, 11, 24)), waiver(date(2026, 11, 23)), waiver(date(2026, 12, 4), on="2026-01-01"))
    uses = (declared_use(), declared_use(description="Answers <all>", acts="run", obtained_on="2023-05-28"))
    given = report(disallowed()).model_copy(update={"waivers": waivers, "declared": uses})
    words = Page(render("html", given, Names())).words()
    assert "chat not declared environment not declared not declared not declared" in words
    assert "chat Answers <all> not declared environment not declared run not declared" in words
    assert "copies obtained on 2023-05-28" in words
    assert "2026-11-24 0 days left" in words
    assert "2026-11-23 ended" in words
    assert "2026-12-04 10 days left given 2026-01-01" in words
    assert "It gives no right against the licensor" in words


def test_what_is_waived_stays_forbidden() -> None:
    waived = Finding(
        kind="waived", level="note", message="lic/2 is waived", waived="by legal until 2027-01-01: ordered"
    )
    use = disallowed().model_copy(update={"gate": "waived", "findings": (waived,)})
    words = page(use).words()
    assert "What is waived × disallowed org/bad for chat Reason for disallowed." in words
    assert "Waived by legal until 2027-01-01: ordered. The license is still not complied with." in words
    assert "What stops it" not in words


def test_the_summary_says_where_it_stands_and_a_way_out() -> None:
    words = page(disallowed(), conditional()).words()
    assert "Section 2 of Title of lic A way out: hold a license, which leads at best to allowed." in words
    assert "1 use may go on only with duties done that are still owed. The gate does not hold it." in words
    assert "may go on only" not in page(conditional(), fail_on="conditional").words()
    assert "For 2 of 2 models no file was examined" in words
    folder = conditional().model_copy(update={"source": "folder"})
    assert "no file was examined" not in page(folder).words()


def test_terms_that_depend_on_an_answer_are_not_told_as_in_force() -> None:
    clauses = (clause("old/1", "open"), clause("new/1", "granted"))
    asked = Question(path="uses.chat.obtained_on", text="When?", clauses=("old/1",), decides=True)
    found = assessment("undetermined", clauses=clauses, questions=(asked,))
    assert "Terms that may be in force, depending on the open questions: Title of old" in page(model_use(found)).words()
    settled = assessment("undetermined", clauses=clauses)
    assert "Terms in force: Title of old" in page(model_use(settled)).words()


def test_what_answers_would_do_stands_beside_the_question() -> None:
    waiting = (
        Waiting(model="org/open", use="lab", verdict="undetermined", decides=True),
        Waiting(model="org/two", use="lab", verdict="undetermined", decides=True),
    )
    counts = (Count(verdict="allowed", number=1), Count(verdict="disallowed", number=1))
    asked = Asked(
        number=1, path="uses.chat.domains", text="In which fields?", use="chat", description=None, reason="",
        decides=True, form=Form(kind="text", expected="Words."), sections=(), waiting=waiting,
        effects=(Effect(answer="none of these", counts=counts),),
    )  # fmt: skip
    found = Page(report_page(report(undetermined()), Names(), tried={"uses.chat.domains": asked})).words()
    assert "can settle 2 verdicts none of these: 1 allowed, 1 disallowed" in found
    single = asked.model_copy(update={"waiting": waiting[:1], "effects": (Effect(answer="none", counts=counts[:1]),)})
    found = Page(report_page(report(undetermined()), Names(), tried={"uses.chat.domains": single})).words()
    assert "can settle 1 verdict none: allowed" in found


class Encoded(Names):
    """A catalog that encoded everything, the policy of `lic` aside."""

    def encoding(self, key: str) -> Encoding | None:
        """Who read it."""
        return Encoding(
            key, f"Title of {key}", "Maker", "MIT", "1", "", "two", "2026-11-24", "high", 9, 7, ("aup",), "ab" * 32
        )


def test_who_read_a_text_and_what_nobody_read() -> None:
    words = Page(render("html", report(disallowed()), Encoded())).words()
    assert "Title of lic lic · Maker · MIT not read: aup, which is part of it" in words
    assert "undated version 1 7 clauses of 9 sections digest abababababababab" in words
    assert "2026-11-24 two; confidence high" in words


def test_a_duty_shown_by_a_file_names_it() -> None:
    done = clause("lic/3", "fulfilled", kind="duty").model_copy(update={"shown_by": ("dist/NOTICE:3",)})
    assert "Shown by dist/NOTICE:3" in page(model_use(assessment("allowed", clauses=(done,)))).words()


def test_what_stops_many_uses_is_told_once() -> None:
    many = [disallowed().model_copy(update={"use": f"use-{number:02}"}) for number in range(1200)]
    found = page(
        *many, *(undetermined().model_copy(update={"gate": "fails", "use": f"u{n}"}) for n in range(2))
    ).words()
    assert "The gate fails. 1,202 of 1,202 model uses are stopped." in found
    start = found.index("What stops it")
    told = found[start : found.index("The gate is the organization", start)]
    assert told.count("Reason for disallowed.") == told.count("Reason for undetermined.") == 1
    assert "For 1,200 model uses" in told
    assert "org/open for u0 org/open for u1" in told


def test_more_reasons_than_a_summary_holds_are_counted() -> None:
    uses = []
    for number in range(15):
        found = assessment("disallowed").model_copy(update={"reason": f"Reason {number}."})
        uses.append(model_use(found, use=f"use-{number}", gate="fails"))
    words = page(*uses).words()
    assert "3 more reasons stand with the models" in words


def test_a_policy_that_denies_is_told_as_what_stops() -> None:
    denied = Finding(kind="policy-denied", level="error", message="the organization's policy denies mit")
    waived = denied.model_copy(update={"waived": "by legal"})
    stopped = model_use(assessment("allowed"), "org/denied", gate="fails", findings=(denied,))
    other = model_use(assessment("allowed"), "org/moved", gate="fails", findings=(waived,))
    words = page(stopped, other).words()
    told = "✓ allowed Reason for allowed. the organization's policy denies mit org/denied for chat"
    assert told in words
    assert "✓ allowed Reason for allowed. org/moved for chat" in words


def test_models_of_one_line_are_told_apart() -> None:
    first = model_use(assessment("disallowed"), "org/m", declared=("cc-by-nc-4.0",))
    second = model_use(assessment("allowed"), "org/m", declared=("apache-2.0",)).model_copy(update={"entry": 1})
    found = page(first, second)
    assert [tag for tag, _ in found.tags].count("article") == 2
    assert [tag for tag, _ in found.tags].count("tr") == 3
    assert "Reason for disallowed." in found.words()
    assert "Reason for allowed." in found.words()
