"""The words in which every output tells a comparison."""

from collections.abc import Iterable, Mapping

from license_audit.model.comparison import Comparison, Group, Matter, Pair, State, Subject, Topic, UseComparison

SUBJECTS: Mapping[Subject, str] = {
    "licenses": "two licenses",
    "models": "two models",
    "profiles": "two profiles",
    "reports": "two reports",
}
STATES: Mapping[State, str] = {
    "same": "the same",
    "differs": "differs",
    "only-a": "only in A",
    "only-b": "only in B",
    "not-known": "not known",
}
COUNTED: Mapping[State, str] = {**STATES, "differs": "different"}
"""After a number."""
GROUPS: Mapping[Group, str] = {
    "grants": "What is permitted, and what excepts",
    "limits": "Limits and bars",
    "duties": "Duties",
    "terminations": "What ends the license",
    "policies": "Use policies that are part of it",
}
TOPICS: Mapping[Topic, str] = {
    "act": "Acts that only one side grants",
    "domain": "Fields of use that only one side speaks about",
    "event": "Events that only one side speaks about",
}
SCOPE = (
    "Compared is what the clauses come to: acts, limits, figures, exceptions, duties. Two clauses that are the same "
    "here may still be worded in other ways. Sections without a checkable clause, e.g. disclaimers, are not compared."
)
READ_BOTH = "the same in what is checked; told in other words, so read both"
NOT_KNOWN = "“Not known” means: one side says it, and the text in which the other side may say it has not been read."
INCOMPLETE = "Not everything that belongs to the two has been read, so the comparison is not complete."


def counts(pairs: Iterable[Pair]) -> dict[State, int]:
    """How many pairs of clauses are in each state, those that do not occur left out."""
    known = [pair.state for pair in pairs]
    return {state: known.count(state) for state in STATES if state in known}


def summary(found: Comparison) -> str:
    """One sentence: whether anything differs, and how much."""
    if not found.differs:
        head = "No difference was found" if found.is_complete else "No difference was found in what could be compared"
        return f"{head}."
    told = [f"{number} {COUNTED[state]}" for state, number in counts(found.clauses).items()]
    changed = sum(use.a != use.b for use in found.uses)
    parts = [f"clauses: {', '.join(told)}"] if told else []
    parts += [f"declared facts that differ: {len(found.facts)}"] if found.kind == "profiles" else []
    parts += [f"verdicts that differ: {changed} of {len(found.uses)}"] if found.uses else []
    return f"They differ; {'; '.join(parts)}." if parts else "They differ."


def travelling(pairs: Iterable[Pair]) -> list[Pair]:
    """Pairs in which what reaches users of derivatives or outputs is not the same on both sides."""
    return [pair for pair in pairs if len({_travels(pair, "a"), _travels(pair, "b")}) > 1]


def _travels(pair: Pair, side: str) -> str:
    cited = pair.a if side == "a" else pair.b
    return cited.travels if cited is not None and cited.travels in ("with-derivatives", "outputs") else ""


def alone(words: tuple[str, ...], whole: str | None) -> str:
    """What only one side of two lists names; nothing where that is all it names."""
    told = ", ".join(words)
    return "" if told == whole else told


def gathered(found: Comparison, topic: Topic) -> dict[tuple[State, str], list[Matter]]:
    """Acts, fields or events that only one side speaks about, by state and by what is said of them."""
    known: dict[tuple[State, str], list[Matter]] = {}
    for matter in found.matters:
        if matter.topic == topic and matter.state != "same":
            known.setdefault((matter.state, matter.title), []).append(matter)
    return known


def heading(use: UseComparison) -> str:
    """Model and use; the use alone where two models are compared."""
    return f"{use.model} for {use.use}" if use.model else use.use
