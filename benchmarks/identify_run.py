"""Identifiers as child processes, and what they answered judged case by case."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from identify_cases import Case, Group
from identify_texts import Texts
from identify_words import core

PEER = Path(__file__).with_name("identify_peer.py")
_TITLE_WORDS = 12
Found = list[dict[str, Any]]


class Stopped(Exception):  # noqa: N818 — it is no error of ours
    """An identifier cannot be started or went away."""


class Child:
    """An identifier in its own process."""

    def __init__(self, name: str, python: Path) -> None:
        self.name = name
        self._errors = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115 — closed in close
        self._process = subprocess.Popen(
            [str(python), str(PEER), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            encoding="utf-8",
        )
        self.started = self._answer()

    def _answer(self) -> dict[str, Any]:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            self._process.wait()
            self._errors.seek(0)
            last = self._errors.read().strip().rpartition("\n")[2]
            raise Stopped(f"{self.name}: {last or 'gave no answer'}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def ask(self, case: Case | None, repeat: int = 1) -> dict[str, Any]:
        """What it finds in a case; without a case, the memory it uses."""
        request = {"text": case.text, "suffix": case.suffix, "repeat": repeat} if case else {}
        if self._process.stdin is not None:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        return self._answer()

    def close(self) -> None:
        """End the process."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait()
        self._errors.close()


@contextmanager
def child(name: str, python: Path) -> Iterator[Child]:
    """An identifier that ends with the block."""
    started = Child(name, python)
    try:
        yield started
    finally:
        started.close()


@dataclass
class Tally:
    """How one identifier did in one group."""

    shown: int = 0
    right: int = 0
    named: int = 0
    located: int = 0
    failures: list[dict[str, str]] = field(default_factory=list)
    milliseconds: dict[str, float] = field(default_factory=dict)

    @property
    def share(self) -> float:
        """Right answers in a hundred."""
        return 100 * self.right / self.shown if self.shown else 0.0

    @property
    def wrong(self) -> int:
        """How many answers were not right."""
        return self.shown - self.right


class Judge:
    """Says whether an answer is right by the rule of its group.

    - `top`: the first match has a right name.
    - `unaltered`: and it is called unaltered.
    - `partial`: and it is called partial or altered, never unaltered.
    - `altered`: nothing is called unaltered that is not in the text word for word, nor the altered license itself.
    - `all`: every expected license is among the matches.
    - `unlisted`: no SPDX id is called unaltered, unless the terms are the same word for word; in a file in which
      several licenses are found, unless its terms stand there word for word.
    - `nothing`: no match.
    """

    def __init__(self, texts: Texts) -> None:
        self._listed = texts.listed
        whole = {known.id: known.text for known in texts.licenses} | texts.listed
        self._core = {name: core(text) for name, text in whole.items() if text}

    def right(self, rule: str, case: Case, found: Found) -> bool:
        """Whether the answer is right."""
        top = found[0] if found else {"ids": [], "status": "nothing"}
        named = bool(case.expected) and bool(case.expected[0] & set(top["ids"]))
        match rule:
            case "top":
                return named
            case "unaltered":
                return named and top["status"] == "unaltered"
            case "partial":
                return named and top["status"] in {"partial", "altered"}
            case "altered":
                return not any(self._deceived(case, match) for match in found)
            case "all":
                ids = [set(match["ids"]) for match in found]
                return all(any(names & some for some in ids) for names in case.expected)
            case "unlisted":
                return not self.claimed(case, found)
            case _:
                return not found

    def _deceived(self, case: Case, match: dict[str, Any]) -> bool:
        """Whether a match calls something unaltered that the text does not hold, or the altered license itself."""
        if match["status"] != "unaltered":
            return False
        if case.expected[0] & set(match["ids"]):
            return True
        text = core(case.text)
        return not any(self._core.get(name, "\0") in text for name in match["ids"])

    def claimed(self, case: Case, found: Found) -> list[str]:
        """SPDX ids called unaltered though the terms are not those of the listed text."""
        text = core(case.text)
        claims = [name for match in found if match["status"] == "unaltered" for name in match["ids"]]
        held = [self._core[name] for name in claims if self._core.get(name, "\0") in text]
        if held and (len(found) > 1 or len(text.split()) - len(max(held, key=len).split()) <= _TITLE_WORDS):
            return [name for name in claims if name in self._core and self._core[name] not in text]
        return [name for name in claims if name in self._listed]

    def excuse(self, case: Case, found: Found) -> str:
        """How the text differs from the listed text that it is taken for."""
        text = core(case.text)
        name = next((name for name in self.claimed(case, found) if name in self._core), "")
        listed = self._core.get(name, "")
        if listed and listed in text:
            return f"the text of {name} stands in it word for word, among {len(text.split())} words"
        left, right = listed.split(), text.split()
        parts = [
            f"-[{' '.join(left[a:b][:6])}] +[{' '.join(right[c:d][:6])}]"
            for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
            if tag != "equal"
        ]
        return f"from {name}: {len(parts)} differences, {' '.join(parts[:4])}"


def located(case: Case, found: Found) -> bool:
    """Whether a reported change stands where the change was made, give or take a line that is not blank."""
    filled = [bool(line.strip()) for line in case.text.split("\n")]
    first, last = (sum(filled[:line]) for line in case.lines)
    spans = [[sum(filled[:line]) for line in span] for match in found for span in match.get("lines", [])]
    return any(start - 1 <= last and first <= end + 1 for start, end in spans)


def _shown(found: Found) -> str:
    parts = [
        f"{match['ids'][0]} {match['status']}" + (f" {match['similarity']:.3f}" if "similarity" in match else "")
        for match in found[:4]
    ]
    return "; ".join(parts) or "nothing"


def _expected(rule: str, case: Case) -> str:
    names = " and ".join("|".join(sorted(names)[:4]) for names in case.expected)
    return {"nothing": "nothing", "unlisted": "no SPDX id as unaltered"}.get(rule, f"{names} ({rule})")


def tally(asked: Child, group: Group, judge: Judge, limit: int | None, repeat: int = 1) -> Tally:
    """Show the cases of a group and judge the answers."""
    result = Tally()
    for number in group.chosen(limit):
        case = group.make(number)
        if case is None:
            continue
        answer = asked.ask(case, repeat)
        found: Found = answer["found"]
        result.shown += 1
        result.milliseconds[case.id] = answer["ms"]
        result.named += bool(found and case.expected and case.expected[0] & set(found[0]["ids"]))
        right = judge.right(group.rule, case, found)
        result.right += right
        placed = located(case, found)
        result.located += placed
        if not right or (case.lines[0] and not placed):
            result.failures.append(
                {
                    "group": group.name,
                    "case": case.id,
                    "expected": f"a change at {case.lines}" if right else _expected(group.rule, case),
                    "got": _shown(found) + _note(judge, group.rule, case, found),
                }
            )
    return result


def _note(judge: Judge, rule: str, case: Case, found: Found) -> str:
    if rule == "unlisted":
        return f" ({judge.excuse(case, found)})"
    if rule == "altered":
        spans = [span for match in found for span in match.get("lines", [])]
        line = case.text.split("\n")[case.lines[0] - 1 :][:1]
        return f", changes on {spans[:6]}; line {case.lines[0]} of the file: {''.join(line).strip()[:90]}"
    return ""


def say(text: str) -> None:
    """Progress, on standard error."""
    print(text, file=sys.stderr, flush=True)
