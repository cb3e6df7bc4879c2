"""Asking on the terminal: text in, text and file out; nothing is written unseen, and nothing is lost."""

import json
import random
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from license_audit.asking import sheet
from license_audit.asking.figures import AnswerError
from license_audit.asking.session import Session
from license_audit.asking.trial import Trial
from license_audit.audit import audited
from license_audit.cli import main
from license_audit.engine.questions import QUESTIONS, question
from license_audit.errors import AuditError, Problem
from license_audit.model.questionnaire import Asked
from license_audit.outputs.questions_diff import render_diff
from license_audit.readers.catalog import PackagedCatalog
from tests.conftest import ROOT

ON = "2026-11-26"
PROFILE = """\
# what we declare
schema: 1
organization:
  name: Acme
  kind: company   # not for a cause
  agreements: []
  claims_against: []
  monthly_active_users: {at_most: 5_000_000}
uses:
  notes:
    description: Drafts notes on contracts.
    purpose: commercial
    environment: production
    acts: [run, build-product]
    audience: business-customers
    domains: [legal-advice]
    received_as: weights
    outputs: {train_models: none}
    fulfils: [danger-disclosure]
  digest:
    purpose: commercial
    environment: production
    acts: [run, build-product]
    audience: business-customers
    domains: [search-and-summarization]
    received_as: weights
    outputs: {train_models: none}
    derivative: {public_statements: false}
    obtained_on: 2023-05-28
"""
MANIFEST = """\
schema: 1
models:
  - {id: meta-llama/Llama-2-13b-chat-hf, use: notes}
  - {id: meta-llama/Llama-2-7b-chat-hf, use: notes}
  - {id: tiiuae/falcon-40b, use: digest}
"""
PRACTICE = "uses.notes.licensed_practice"
USERS = "organization.monthly_active_users.2023-06"
REVENUE = "uses.digest.attributable_revenue"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A manifest with a profile beside it: the profession is open for two models, and the revenue for one."""
    (tmp_path / "models.yaml").write_text(MANIFEST, encoding="utf-8")
    (tmp_path / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    return tmp_path / "models.yaml"


def run(*arguments: object, said: str | None = None) -> Result:
    """The command with answers on standard input."""
    return CliRunner().invoke(main, ["questions", *map(str, arguments)], input=said)


def ask(site: Path, *answers: str) -> Result:
    """A session in which each answer is typed."""
    return run(site, "--on", ON, "--interactive", said="".join(f"{one}\n" for one in answers))


def profile(site: Path) -> str:
    """The profile on disk, byte for byte."""
    return (site.parent / "profile.yaml").read_bytes().decode()


def order(output: str) -> list[str]:
    """Paths of the questions that were asked, in order."""
    return re.findall(r"^   ((?:uses|organization|evidence)\.\S+)$", output.partition("Still open")[0], re.MULTILINE)


def test_a_session_asks_judges_and_writes(site: Path) -> None:
    result = ask(site, "yes", "at most 0 EUR", "y")
    assert result.exit_code == 0
    assert "2 questions left; 0 of 3 verdicts are decided." in result.output
    assert "1 question left; 2 of 3 verdicts are decided." in result.output
    assert order(result.output) == [PRACTICE, REVENUE]
    assert result.output.count("now decided: tiiuae/falcon-40b in digest is allowed") == 2
    assert "3 of 3 verdicts are decided." in result.output
    assert profile(site) == (
        PROFILE.replace("[danger-disclosure]\n", "[danger-disclosure]\n    licensed_practice: true\n")
        + "    attributable_revenue: {currency: EUR, at_most: 0}\n"
    )
    assert run(site, "--on", ON).output == "Nothing is left to ask: every verdict is decided.\n"


def test_a_month_is_asked_about(site: Path) -> None:
    file = site.parent / "profile.yaml"
    file.write_text(PROFILE.replace("  monthly_active_users: {at_most: 5_000_000}\n", ""), encoding="utf-8")
    result = ask(site, "600_000_000", "quit", "y")
    # Users and profession settle two verdicts each; those of the organization come first by name.
    assert order(result.output) == [USERS, PRACTICE]
    assert "How many monthly active users did all products and services together have in 2023-06" in result.output
    assert "  monthly_active_users: {2023-06: 600_000_000}\n" in profile(site)


def test_the_changes_that_are_shown_are_those_that_are_written(site: Path) -> None:
    result = ask(site, "no", "quit", "y")
    shown = result.output[result.output.index("--- ") : result.output.index("Write these changes")]
    assert shown == render_diff(PROFILE, profile(site), str(site.parent / "profile.yaml"))
    came = [line[1:] for line in shown.splitlines() if re.match(r"\+[^+]", line)]
    assert came == ["    licensed_practice: false"]
    assert profile(site).replace(f"{came[0]}\n", "") == PROFILE


def test_an_answer_that_settles_all_leaves_out_what_does_not_matter_any_more(site: Path) -> None:
    file = site.parent / "profile.yaml"
    file.write_text(PROFILE.replace("  monthly_active_users: {at_most: 5_000_000}\n", ""), encoding="utf-8")
    result = ask(site, "", "no", "quit", "n")
    # Whoever may not practice is barred, however many users there are.
    assert order(result.output) == [USERS, PRACTICE, REVENUE]
    assert "meta-llama/Llama-2-13b-chat-hf in notes is disallowed" in result.output
    assert f"Still open: {REVENUE}\n" in result.output


@pytest.mark.parametrize("answers", [["", ""], ["skip", " SKIP "], ["?", "Don't know"], ["quit"], ["", "quit"]])
def test_what_is_skipped_stays_open(site: Path, answers: list[str]) -> None:
    result = ask(site, *answers)
    assert result.exit_code == 0
    assert result.output.rstrip().endswith("Nothing was written.")
    assert all(path in result.output.partition("Still open: ")[2] for path in (PRACTICE, REVENUE))
    assert profile(site) == PROFILE


def test_a_no_writes_nothing_and_loses_nothing(site: Path) -> None:
    result = ask(site, "yes", "quit", "n")
    assert result.exit_code == 0
    assert profile(site) == PROFILE
    kept = json.loads(result.output[result.output.index("{\n") :])
    assert kept == {"uses": {"notes": {"licensed_practice": True}}}


def test_what_an_interrupted_session_prints_can_be_applied(site: Path, tmp_path: Path) -> None:
    result = ask(site, "yes", "12_000 to 15_000.50 EUR")
    assert result.exit_code == 3
    assert "Interrupted.\nNothing was written." in result.output
    assert profile(site) == PROFILE
    (tmp_path / "patch.json").write_text(result.output[result.output.index("{\n") :], encoding="utf-8")
    applied = run(site, "--apply", tmp_path / "patch.json", "--yes")
    assert applied.exit_code == 0
    assert "    attributable_revenue: {currency: EUR, at_least: 12_000, at_most: 15000.50}\n" in profile(site)
    assert "    licensed_practice: true\n" in profile(site)


def test_a_session_without_any_answer_ends(site: Path) -> None:
    result = ask(site)
    assert (result.exit_code, "Interrupted.\nNothing was written.\n" in result.output) == (3, True)
    result = ask(site, "yes", "quit")
    assert result.exit_code == 3
    assert '"licensed_practice": true' in result.output
    assert profile(site) == PROFILE


def test_why_back_and_wrong_answers(site: Path) -> None:
    result = ask(site, "back", "why", "perhaps", "yes", "back", "no", "back", "", "back", "quit")
    assert "There is nothing to undo." in result.output
    told = " ".join(result.output.split())
    assert "section 1.4 of Llama 2 Acceptable Use Policy" in told
    assert "What an answer does: yes: 2 allowed; no: 2 disallowed." in told
    assert "Not taken: 'perhaps' is neither yes nor no" in told
    assert told.count(f"Undone: {PRACTICE}") == 3
    assert profile(site) == PROFILE
    assert result.output.rstrip().endswith("Nothing was written.")


def test_the_session_says_what_is_left_elsewhere(site: Path) -> None:
    site.write_text(MANIFEST + "  - {id: nobody/knows-it, use: digest}\n", encoding="utf-8")
    result = ask(site, "quit")
    assert "Which license text does this model come under?" in result.output
    assert "To do: Obtain the text of the license" in result.output


def test_a_profile_that_changed_meanwhile_is_left_alone(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def answered(*_arguments: object, **_options: object) -> bool:
        (site.parent / "profile.yaml").write_text(PROFILE + "# a late thought\n", encoding="utf-8")
        return True

    monkeypatch.setattr(click, "confirm", answered)
    result = ask(site, "yes", "quit")
    assert result.exit_code == 3
    assert "profile.yaml: changed meanwhile; nothing was written to it" in result.output
    assert '"licensed_practice": true' in result.output
    assert profile(site) == PROFILE + "# a late thought\n"


def test_a_read_only_profile_is_left_alone(site: Path, tmp_path: Path) -> None:
    file = site.parent / "profile.yaml"
    file.chmod(0o444)
    result = ask(site, "yes", "quit", "y")
    assert result.exit_code == 3
    assert "profile.yaml: is read-only; nothing was written to it" in result.output
    assert "Write these changes" not in result.output
    assert '"licensed_practice": true' in result.output
    (tmp_path / "patch.json").write_text('{"organization": {"kind": "nonprofit"}}', encoding="utf-8")
    result = run(site, "--apply", tmp_path / "patch.json", "--yes")
    assert (result.exit_code, "is read-only" in result.output) == (3, True)
    assert profile(site) == PROFILE
    file.chmod(0o464)
    assert run(site, "--apply", tmp_path / "patch.json", "--yes").exit_code == 0


def test_a_profile_with_another_name_is_left_alone(site: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.hardlink_to(site.parent / "profile.yaml")
    (tmp_path / "patch.json").write_text('{"organization": {"kind": "nonprofit"}}', encoding="utf-8")
    result = run(site, "--apply", tmp_path / "patch.json", "--yes")
    assert result.exit_code == 3
    assert "profile.yaml: has other names (hard links), which would keep the old text; nothing was" in result.output
    assert profile(site) == other.read_text(encoding="utf-8") == PROFILE
    other.unlink()
    assert run(site, "--apply", tmp_path / "patch.json", "--yes").exit_code == 0
    # A symbolic link is no other name: what it points to is written, and it stays a link.
    moved = (site.parent / "profile.yaml").rename(tmp_path / "moved.yaml")
    (site.parent / "profile.yaml").symlink_to(moved)
    (tmp_path / "patch.json").write_text('{"organization": {"kind": "company"}}', encoding="utf-8")
    assert run(site, "--apply", tmp_path / "patch.json", "--yes").exit_code == 0
    assert (site.parent / "profile.yaml").is_symlink()
    assert moved.read_text(encoding="utf-8") == PROFILE


def test_a_profile_that_went_meanwhile_is_told(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_arguments: object) -> str:
        (site.parent / "profile.yaml").unlink()
        return ""

    (tmp_path / "patch.json").write_text('{"organization": {"kind": "nonprofit"}}', encoding="utf-8")
    monkeypatch.setattr("license_audit.cli.asking.render_diff", gone)
    result = run(site, "--apply", tmp_path / "patch.json", "--yes")
    assert (result.exit_code, "profile.yaml: cannot be read: no such file" in result.output) == (3, True)


def test_a_list_is_completed_where_it_stands(site: Path, tmp_path: Path) -> None:
    opened = PROFILE.replace(
        "    domains: [legal-advice]\n",
        "    domains:\n      # counsel: ticket 12\n      items:\n        - legal-advice   # approved by Jo\n"
        "      open: true\n",
    )
    (site.parent / "profile.yaml").write_text(opened, encoding="utf-8")
    (tmp_path / "patch.json").write_text('{"uses": {"notes": {"domains": ["legal-advice"]}}}', encoding="utf-8")
    result = run(site, "--apply", tmp_path / "patch.json", "--yes")
    assert result.exit_code == 0
    assert profile(site) == opened.replace("open: true", "open: false")
    (site.parent / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    before = run(site, "--on", ON).output
    (site.parent / "profile.yaml").write_text(opened.replace("open: true", "open: false"), encoding="utf-8")
    assert run(site, "--on", ON).output == before


def test_parts_of_a_fact_have_questions_of_their_own(site: Path) -> None:
    assert question("organization.agreements.since") == (
        "Since when does the organization hold each of these separate licenses?"
    )
    assert (question("organization.agreements") or "").startswith("Which separate licenses")
    facts = list(QUESTIONS)
    for place, fact in enumerate(facts):
        assert not any(fact.startswith(f"{other}.") for other in facts[:place])
    held = "agreements: [{licensor: TII, covers: [falcon-llm-1.0]}]"
    text = (
        PROFILE.replace("agreements: []", held) + "    attributable_revenue: {currency: USD, at_least: 5, at_most: 9}\n"
    )
    (site.parent / "profile.yaml").write_text(text, encoding="utf-8")
    result = ask(site, "quit", "n")
    shown = "Since when does the organization hold each of these separate licenses?\n   organization.agreements.since\n"
    assert shown in run(site, "--on", ON).output.replace("1. ", "") or shown in result.output


def test_what_is_said_already_is_not_written_again(site: Path, tmp_path: Path) -> None:
    (tmp_path / "patch.json").write_text('{"organization": {"kind": "company", "founded": null}}', encoding="utf-8")
    result = run(site, "--apply", tmp_path / "patch.json")
    assert (result.exit_code, result.output) == (0, "The profile says all of that already. Nothing was written.\n")


@pytest.mark.parametrize(
    ("said", "code", "is_written"), [("y\n", 0, True), ("n\n", 0, False), ("\n", 0, False), ("", 3, False)]
)
def test_a_patch_is_shown_and_asked_about(
    site: Path, tmp_path: Path, said: str, code: int, *, is_written: bool
) -> None:
    (tmp_path / "patch.json").write_text('{"organization": {"kind": "nonprofit"}}', encoding="utf-8")
    result = run(site, "--apply", tmp_path / "patch.json", said=said)
    assert result.exit_code == code
    assert "-  kind: company   # not for a cause\n+  kind: nonprofit   # not for a cause\n" in result.output
    assert ("Nothing was written." in result.output) is not is_written
    assert profile(site) == (PROFILE.replace("kind: company", "kind: nonprofit") if is_written else PROFILE)


@pytest.mark.parametrize(
    ("patch", "told"),
    [
        ("{", "patch.json:1:2: is no JSON"),
        ('{"uses": {"notes": {"purpose": "fun"}}}', "profile.yaml:12:14: uses.notes.purpose: "),
        ('{"uses": {"notes": {"derivative": {"license": "no-such"}}}}', "nobody knows a license 'no-such'"),
        ('{"schema": null}', "schema is missing"),
        ('{"organization": {"name": "\\u001b[2J"}}', "a control character is not allowed"),
        ('{"waivers": [{"model": 1}]}', "waivers"),
    ],
)
def test_a_patch_that_fits_no_profile_is_refused(site: Path, tmp_path: Path, patch: str, told: str) -> None:
    (tmp_path / "patch.json").write_text(patch, encoding="utf-8")
    result = run(site, "--apply", tmp_path / "patch.json", "--yes")
    assert result.exit_code == 3
    assert told in result.output
    assert profile(site) == PROFILE


def test_strangers_signs_are_not_obeyed_by_a_terminal(site: Path, tmp_path: Path) -> None:
    (tmp_path / "patch.json").write_text('{"organization": {"name": "A\\u202eemcA"}}', encoding="utf-8")
    result = run(site, "--apply", tmp_path / "patch.json", "--yes")
    assert result.exit_code == 0
    assert "\u202e" not in result.output
    assert "u202e" in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["--interactive", "--format", "text"],
        ["--interactive", "--output", "x"],
        ["--interactive", "--apply", "x"],
        ["--apply", "x", "--output", "y"],
        ["--yes"],
        ["--interactive", "--yes"],
        ["--format", "sarif"],
    ],
)
def test_wrong_usage(site: Path, arguments: list[str]) -> None:
    assert run(site, *arguments).exit_code == 2


def test_forms_are_written(site: Path, tmp_path: Path) -> None:
    for name in ("text", "markdown", "html", "json"):
        result = run(site, "--on", ON, "--format", name, "--output", tmp_path / "form")
        assert (result.exit_code, result.output) == (0, "")
        again = run(site, "--on", ON, "--format", name)
        assert (tmp_path / "form").read_text(encoding="utf-8") == again.output
        assert PRACTICE in again.output
    assert run(site, "--output", tmp_path / "no" / "form").exit_code == 3


def test_byte_order_marks_and_line_ends_stay(site: Path) -> None:
    file = site.parent / "profile.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + PROFILE.replace("\n", "\r\n").encode())
    assert ask(site, "yes", "quit", "y").exit_code == 0
    raw = file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf# what")
    assert raw.count(b"\n") == raw.count(b"\r\n") == PROFILE.count("\n") + 1


Begun = Callable[[Path], Session]


@pytest.fixture
def begun(catalog: PackagedCatalog) -> Begun:
    """A session about a manifest."""

    def session(manifest: Path) -> Session:
        file = manifest.parent / "profile.yaml"
        return Session(audited(manifest, file, catalog, date.fromisoformat(ON)), manifest, file)

    return session


POOL = {
    "yes-no": ["yes", "no"],
    "count": ["0", "1", "700_000_000", "700_000_001", "at most 5_000", "at least 900_000_000", "1 to 2"],
    "money": ["0", "0 EUR", "5 USD", "2_000_000 USD", "at most 100 USD", "at least 1 USD", "5 to 6 EUR"],
    "rate": ["1.08", "0", "0.5"],
    "date": ["2022-01-01", "2023-05-27", "2023-05-28", "2023-06-01", "2024-09-01", "2099-01-01"],
    "held-since": ["2024-02-29", "1: 2024-01-01", "2: 2024-01-01", "3: 2024-01-01"],
    "agreements": ["none", "Meta; llama-2-community; since 2024-01-01", "TII; falcon-llm-1.0, falcon-180b-1.0"],
    "claims": ["none", "Meta; llama-2-community; right patent; on 2024-01-01", "TII; falcon-llm-1.0"],
    "text": ["own-terms", "apache-2.0", "patent", "contract"],
}
WIDE = """\
schema: 1
models:
  - {id: meta-llama/Llama-2-13b-chat-hf, use: [one, two]}
  - {id: tiiuae/falcon-40b, use: [one, two]}
  - {id: tiiuae/falcon-180B, use: two}
  - {id: mistralai/Codestral-22B-v0.1, use: one}
  - {id: tiiuae/Falcon3-7B-Instruct, use: two}
"""


def typed(one: Asked, chance: random.Random) -> str:
    """Something that somebody might type."""
    values = [choice.value for choice in one.form.choices]
    if one.form.kind == "choice":
        return chance.choice(values)
    if one.form.kind == "list":
        items = chance.sample(values, min(len(values), chance.randint(0, 3)))
        return (", ".join(items) or "none") + chance.choice(["", ", ..."])
    return chance.choice(POOL[one.form.kind])


@pytest.mark.parametrize("seed", range(6))
def test_an_answer_never_turns_a_definite_verdict(
    tmp_path: Path, begun: Begun, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(sheet, "MOST_TRIED", 0)
    chance = random.Random(seed)  # noqa: S311  # a test, not a secret
    start = ["uses: {one: {}, two: {}}", "organization: {kind: company}\nuses: {one: {}, two: {acts: [run]}}"][seed % 2]
    (tmp_path / "models.yaml").write_text(WIDE, encoding="utf-8")
    (tmp_path / "profile.yaml").write_text(f"schema: 1\n{start}\n", encoding="utf-8")
    session = begun(tmp_path / "models.yaml")
    for _ in range(15):
        asked = session.open()
        if not asked:
            break
        before = [use.assessment.verdict for use in session.trial.found.report.uses]
        one = asked[0] if chance.random() < 0.7 else chance.choice(asked)
        try:
            settled = session.answer(one, typed(one, chance))
        except AnswerError as error:
            assert "contradicts" not in str(error)  # noqa: PT017  # other refusals are right
            continue
        after = [use.assessment.verdict for use in session.trial.found.report.uses]
        turned = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
        assert all(was == "undetermined" for was, _ in turned)
        assert len(settled) == len(turned)
    assert session.turns
    (tmp_path / "profile.yaml").write_text(session.edited, encoding="utf-8")
    again = begun(tmp_path / "models.yaml")
    assert again.first.report.uses == session.trial.found.report.uses
    assert again.sheet.questions == session.sheet.questions


def test_an_answer_that_contradicts_is_refused(site: Path, begun: Begun, monkeypatch: pytest.MonkeyPatch) -> None:
    session = begun(site)
    found, *others = session.first.report.uses
    sure = found.model_copy(update={"assessment": found.assessment.model_copy(update={"verdict": "allowed"})})
    uses = (sure, *others)
    report = session.first.report.model_copy(update={"uses": uses})
    session.trial = Trial(session.first._replace(report=report), session.trial.data)
    one = next(one for one in session.sheet.questions if one.path == PRACTICE)
    with pytest.raises(
        AnswerError, match=r"contradicts what the profile says: .* in notes is allowed, and would become"
    ):
        session.answer(one, "no")
    assert (session.turns, session.patch, session.edited) == ([], {}, PROFILE)

    def refused(*_arguments: object) -> str:
        raise AuditError([Problem("p", 1, 1, "this cannot be changed")])

    monkeypatch.setattr("license_audit.asking.session.with_patch", refused)
    with pytest.raises(AnswerError, match="this cannot be changed"):
        session.answer(one, "no")


def test_the_example_is_asked_about() -> None:
    result = run(ROOT / "examples" / "acme" / "models.yaml", "--on", ON)
    paths = order(result.output)
    assert paths[0] == "uses.contract-notes.licensed_practice"
    assert paths[-2:] == ["evidence.license_text", "evidence.notice_file"]


def test_a_use_does_something_with_a_model(site: Path) -> None:
    text = PROFILE.replace("    acts: [run, build-product]\n", "", 1)
    (site.parent / "profile.yaml").write_text(text, encoding="utf-8")
    done = ask(site, "", "", "none", "run", "quit")
    assert "A use does something with the model. Name what it does." in done.output
    assert "acts: [run]" in done.output
    assert "acts: []" not in done.output
