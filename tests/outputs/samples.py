"""Small reports and scans, with one of everything that formats have to tell."""

from datetime import date
from typing import Any

from license_audit.model.catalog import Encoding
from license_audit.model.evidence import FoundText, Passage
from license_audit.model.report import (
    Assessment,
    Change,
    ClauseResult,
    Evaluated,
    FactUsed,
    Finding,
    ModelUse,
    Question,
    Report,
)
from license_audit.model.scan import Mention, Scan, Unread
from license_audit.model.words import Level, Outcome, Verdict

HOSTILE = (
    "a\x00\x1b[31m\u202e\u2066b]]>\n::error::pwn\n##[error]x|y`z`<img src=x onerror=1>"
    "@everyone #1 [l](http://e.x) www.e.x me@e.x \uffff&amp; $x$ :tada: !2 https://e.x/@a"
)
"""What a stranger may write where a name is expected."""


class Names:
    """Titles made of the key."""

    def title(self, key: str) -> str:
        """The key with a word before it."""
        return f"Title of {key}"

    def encoding(self, key: str) -> Encoding | None:  # noqa: ARG002  # the protocol
        """Nobody encoded anything."""
        return None


def fact(sentence: str, declared: str) -> Evaluated:
    """A comparison that holds."""
    used = FactUsed(path="uses.chat.purpose", declared=declared, sentence=sentence, holds=True)
    return Evaluated(sentence=sentence, holds=True, fact=used)


def clause(name: str, outcome: Outcome, **more: Any) -> ClauseResult:
    """A clause as it came out."""
    key, _, section = name.partition("/")
    data = {
        "clause": name,
        "license": key,
        "section": section,
        "rule": "some-rule",
        "kind": "duty" if outcome == "owed" else "prohibition",
        "title": "T",
        "gist": f"Gist of {name}.",
        "outcome": outcome,
        "condition": None,
        "remedy": f"Remedy of {name}.",
        "question": f"Question of {name}?",
    }
    return ClauseResult.model_validate({**data, **more})


def assessment(verdict: Verdict, **more: Any) -> Assessment:
    """What the terms come to."""
    empty = dict.fromkeys(("decisive", "terms", "clauses", "owed", "questions", "changes", "readings"), ())
    data = {"verdict": verdict, "best": verdict, "worst": verdict, "reason": f"Reason for {verdict}.", **empty}
    return Assessment.model_validate({**data, **more})


def use(model: str, name: str, line: int, found: Assessment, **more: Any) -> ModelUse:
    """A model in a use."""
    data = {
        "model": model,
        "use": name,
        "line": line,
        "declared": None,
        "found": None,
        "findings": (),
        "gate": "passes",
    }
    return ModelUse.model_validate({**data, "assessment": found, **more})


def finding(kind: str, level: Level = "warning", message: str = "something is odd", **more: Any) -> Finding:
    """A finding."""
    return Finding(kind=kind, level=level, message=message, **more)


def report(*uses: ModelUse, **more: Any) -> Report:
    """A report of some uses."""
    data = {
        "tool_version": "1.2.3",
        "on": date(2026, 11, 24),
        "manifest": "models.yaml",
        "folder": "ml",
        "profile": "profile.yaml",
        "organization": "Acme & Co. <KG>",
        "fail_on": "undetermined",
        "uses": uses,
    }
    return Report.model_validate({**data, **more})


def disallowed(**more: Any) -> ModelUse:
    """A use that a clause rules out, in a text that was found."""
    barred = clause("lic/3.1", "barred", condition=fact("the purpose is commercial", "commercial"), cure="payment")
    found = assessment(
        "disallowed",
        decisive=("lic/3.1",),
        terms=("lic",),
        clauses=(barred,),
        changes=(Change(what="hold a license", verdict="allowed"),),
    )
    text = FoundText(
        file="bad/LICENSE", key="lic", status="unaltered", passages=(Passage(clause="lic/3.1", lines=(7, 9)),)
    )
    return use("org/bad", "chat", 4, found, **{"texts": (text,), "gate": "fails", **more})


def undetermined(**more: Any) -> ModelUse:
    """A use that waits for an answer."""
    asked = Question(path="uses.lab.domains", text="In which fields?", clauses=("lic/8", "lic/9"), decides=True)
    found = assessment(
        "undetermined",
        best="allowed",
        worst="disallowed",
        decisive=("lic/8",),
        clauses=(clause("lic/8", "open"),),
        questions=(asked,),
    )
    return use("org/open", "lab", 5, found, **{"gate": "fails", **more})


def conditional(**more: Any) -> ModelUse:
    """A use with a duty."""
    duty = clause("lic/2", "owed", fulfilled_by=("credit", "notice-file"), wording="Built with <Model>")
    found = assessment("conditional", decisive=("lic/2",), clauses=(duty,), owed=("lic/2",))
    return use("org/fine", "chat", 6, found, **more)


def allowed(**more: Any) -> ModelUse:
    """A use without anything to tell."""
    return use("org/free", "chat", 7, assessment("allowed"), **more)


def waived() -> ModelUse:
    """A use that is ruled out, and somebody let it pass."""
    waiver = finding("waived", "note", "lic/3.1 is waived", waived="by legal@acme.example until 2027-01-31: bought")
    return disallowed().model_copy(update={"model": "org/bought", "line": 8, "gate": "waived", "findings": (waiver,)})


def known() -> ModelUse:
    """A use that is ruled out, as it was when the baseline was written."""
    return disallowed().model_copy(update={"model": "org/old", "line": 9, "gate": "known"})


def denied() -> ModelUse:
    """A use that its terms allow and the policy denies, with a waiver that ended."""
    findings = (
        finding("policy-denied", "error", "the organization's policy denies lic"),
        finding("waiver-lapsed", message="the waiver of policy-denied by legal no longer counts: its last day is over"),
        finding("text-missing", "note", "lic is named, and no text of it is there"),
    )
    return allowed(gate="fails", findings=findings).model_copy(update={"model": "org/denied", "line": 10})


def whole() -> Report:
    """One of everything."""
    return report(disallowed(), undetermined(), conditional(), allowed(), waived(), known(), denied())


def mention(file: str, line: int, name: str, **more: Any) -> Mention:
    """A place that names a model."""
    data = {
        "file": file,
        "line": line,
        "column": 9,
        "id": name,
        "kind": "hub",
        "reader": "python",
        "role": "load",
        "certainty": "certain",
        "standing": "missing",
    }
    return Mention.model_validate({**data, **more})


def scan(*mentions: Mention, **more: Any) -> Scan:
    """A scan of some places."""
    data = {"tool_version": "1.2.3", "manifest": "models.yaml", "files": 12, "mentions": mentions}
    return Scan.model_validate({**data, **more})


def whole_scan() -> Scan:
    """One of everything."""
    return scan(
        mention("app/main.py", 3, "org/new"),
        mention("app/main.py", 8, "org/new", revision="v2"),
        mention("app/main.py", 9, "org/free", standing="listed"),
        mention("app/values.yaml", 2, "gpt-4", kind="hosted", provider="openai", role="model"),
        mention("app/values.yaml", 5, "models/x", kind="path", certainty="possible", standing="unclear"),
        mention("tests/fake.py", 1, "org/fake", standing="excused", why="a name for tests"),
        unread=(
            Unread(file="app/huge.json", reason="120 MB are more than is read"),
            Unread(file="app/secret.py", line=4, reason="permission denied", level="error"),
        ),
    )


_OURS = {"best", "certainty", "cure", "fail_on", "gate", "kind", "level", "outcome", "rule", "standing", "status"}
_OURS |= {"on", "schema_version", "source", "tool_version", "verdict", "worst"}


def _spoiled(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _spoiled(part, key) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_spoiled(part, name) for part in value]
    return HOSTILE + value + HOSTILE if isinstance(value, str) and value and name not in _OURS else value


def hostile() -> Report:
    """One of everything, and every text is a stranger's."""
    return Report.model_validate(_spoiled(whole().model_dump(mode="json")))


def hostile_scan() -> Scan:
    """One of everything, and every text is a stranger's."""
    return Scan.model_validate(_spoiled(whole_scan().model_dump(mode="json")))


def many(count: int, length: int = 0) -> Report:
    """As many uses, of which a tenth fails, with reasons that are so many characters longer."""
    longer = {"reason": f"Reason.{' x' * (length // 2)}"}
    stopped = [
        one.model_copy(update={"assessment": one.assessment.model_copy(update=longer)})
        for one in (disallowed(), *([conditional()] * 9))
    ]
    uses = (
        stopped[number % 10].model_copy(update={"model": f"org/m{number}", "line": number + 4})
        for number in range(count)
    )
    return report(*uses)


def many_places(count: int) -> Scan:
    """As many places."""
    return scan(*(mention(f"src/f{number}.py", number + 1, f"org/m{number}") for number in range(count)))
