"""HTML: two licenses, models, profiles or reports, clause by clause and side by side."""

from collections.abc import Mapping

from license_audit.model.comparison import Comparison, Group, Pair, State, Topic
from license_audit.outputs.comparison_words import (
    GROUPS,
    INCOMPLETE,
    NOT_KNOWN,
    READ_BOTH,
    SCOPE,
    STATES,
    SUBJECTS,
    TOPICS,
    alone,
    counts,
    gathered,
    heading,
    summary,
    travelling,
)
from license_audit.outputs.pages import page

SIGNS: Mapping[State, str] = {"same": "=", "differs": "≠", "only-a": "A", "only-b": "B", "not-known": "?"}
"""Signs of the states, for those who do not see colors."""
TRAVELS: Mapping[str, str] = {
    "never": "stays with whoever got the model",
    "with-copies": "goes along with copies only",
    "with-derivatives": "reaches users of derivatives",
    "outputs": "reaches users of outputs",
}


def render_html(found: Comparison) -> str:
    """The whole comparison as one page that fetches nothing and runs nothing."""
    topics = {topic: gathered(found, topic) for topic in TOPICS}
    values = {
        "found": found,
        "subject": SUBJECTS[found.kind],
        "summary": summary(found),
        "counts": counts(found.clauses),
        "groups": _groups(found),
        "titles": GROUPS,
        "topics": {topic: known for topic, known in topics.items() if known},
        "same_matters": _same(found),
        "topic_titles": TOPICS,
        "moving": travelling(found.clauses),
        "states": STATES,
        "signs": SIGNS,
        "travels": TRAVELS,
        "scope": SCOPE,
        "read_both": READ_BOTH,
        "not_known": NOT_KNOWN,
        "incomplete": INCOMPLETE,
        "alone": alone,
        "heading": heading,
        "count": counts,
    }
    return page("compare.html.j2", values)


def _groups(found: Comparison) -> dict[Group, list[Pair]]:
    """The pairs by group, without empty groups."""
    members = {group: [pair for pair in found.clauses if pair.group == group] for group in GROUPS}
    return {group: pairs for group, pairs in members.items() if pairs}


def _same(found: Comparison) -> dict[Topic, int]:
    """How many acts, fields and events both sides speak about."""
    return {topic: sum(one.topic == topic and one.state == "same" for one in found.matters) for topic in TOPICS}
