"""What two clauses of one rule say, aspect by aspect and in words, so that two texts can be held against each other."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from license_audit.engine.binding import BoundClause, BoundLicense
from license_audit.engine.sentences import COMPARISONS, number
from license_audit.model.catalog import Catalog, KnownName
from license_audit.model.comparison import Row
from license_audit.model.license import Reading
from license_audit.model.record import Record
from license_audit.model.words import Travel
from license_audit.outputs.html_words import CURES

TIMES: Mapping[str, str] = {
    "fixed-month": "one month, fixed for good",
    "preceding-month": "the month before, again and again",
    "any-12-months": "any twelve months in a row",
    "annual": "a year that the text names",
    "annual-unnamed": "a year, and the text does not say which",
    "present": "now; the text names no period",
    "at-any-time": "at any time; once crossed, for good",
    "at-event": "when the event happens",
    "always": "always",
}
WHOSE: Mapping[str, str] = {
    "licensee": "the licensee alone",
    "licensee-and-affiliates-sum": "the licensee and its affiliates, added",
    "licensee-or-affiliates-any": "the licensee or any one affiliate, each by itself",
    "group": "the whole group",
    "employer": "the employer",
    "product": "the product that uses the model",
}
TRAVELS: Mapping[Travel, str] = {
    "never": "stays with whoever got the model",
    "with-copies": "goes along with copies",
    "with-derivatives": "goes along with copies and derivatives",
    "outputs": "goes along with outputs",
}
EFFECTS: Mapping[str, str] = {
    "none": "the clause does not apply",
    "duty": "a duty, no bar",
    "review": "a person must judge",
}
WORDS: Mapping[str, str] = {**COMPARISONS, **TIMES, **WHOSE}
ANY_ACT, EVERYWHERE = "any act", "the license itself"


class Told(Record):
    """A clause of one side, with the document it stands in."""

    bound: BoundClause
    document: BoundLicense
    is_policy: bool
    """Whether that document is a policy that became part of the terms."""


def differences(a: Told, b: Told, catalog: Catalog) -> tuple[Row, ...]:
    """Every aspect in which two clauses of one rule differ, with both values in words."""
    rows = (
        listed("acts", a.bound.acts or (ANY_ACT,), b.bound.acts or (ANY_ACT,)),
        listed("speaks about", a.bound.clause.on, b.bound.clause.on),
        *_parameters(a, b, catalog),
        _exceptions(a, b, catalog),
        Row(what="cure", a=_cure(a), b=_cure(b)),
        Row(what="travels", a=TRAVELS[a.bound.clause.travels], b=TRAVELS[b.bound.clause.travels]),
        listed("shown done by", a.bound.duties, b.bound.duties),
        Row(what="required wording", a=a.bound.clause.wording, b=b.bound.clause.wording),
        _readings(a, b, catalog),
        Row(what="stands in", a=_document(a), b=_document(b)),
    )
    return tuple(row for row in rows if row.differs)


def listed(what: str, a: Collection[str] | None, b: Collection[str] | None) -> Row:
    """Two lists whose order says nothing, each None when it is not there, with what only one of them names."""
    first, second = set(a or ()), set(b or ())
    if first == second and (a is None) == (b is None):
        words = _joined(a)
        return Row(what=what, a=words, b=words)
    only_a = tuple(word for word in a or () if word not in second)
    only_b = tuple(word for word in b or () if word not in first)
    return Row(what=what, a=_joined(a), b=_joined(b), only_a=only_a, only_b=only_b)


def entries(value: Any) -> tuple[str, ...]:
    """What a parameter names: its entries, or itself."""
    return tuple(map(str, value)) if _is_list(value) else (str(value),)


def _joined(words: Collection[str] | None) -> str | None:
    return None if words is None else ", ".join(words) or "none"


def _parameters(a: Told, b: Told, catalog: Catalog) -> Iterable[Row]:
    """The values that the two licenses supply to their rule, by name."""
    first, second = a.bound.clause.with_, b.bound.clause.with_
    for name in dict.fromkeys((*a.bound.rule.parameters, *sorted({*first, *second}))):
        what, one, other = name.replace("_", " "), first.get(name), second.get(name)
        if _is_list(one) or _is_list(other):
            yield listed(what, None if one is None else entries(one), None if other is None else entries(other))
        else:
            yield Row(what=what, a=_value(one, catalog), b=_value(other, catalog))


def _value(value: Any, catalog: Catalog) -> str | None:
    """One value of a parameter in words; None when the license supplies none."""
    if value is None:
        return None
    text = str(value)
    if text.replace("_", "").replace(".", "", 1).isdecimal():
        return number(Decimal(text))
    if text in WORDS:
        return WORDS[text]
    known = catalog.named(text)
    return f"{known.title} ({known.key})" if isinstance(known, KnownName) else _defined(text, catalog)


def _defined(text: str, catalog: Catalog) -> str:
    try:
        return f"{catalog.definition(text).meaning} ({text})"
    except KeyError:
        return text


def _exceptions(a: Told, b: Told, catalog: Catalog) -> Row:
    """What excepts each clause. Two are the same when they mean the same, wherever they stand."""
    first, second = _excepting(a), _excepting(b)
    if sorted(clause.meaning for clause in first) == sorted(clause.meaning for clause in second):
        return Row(what="exceptions", a=None, b=None)
    return Row(what="exceptions", a=_titles(first, catalog), b=_titles(second, catalog))


def _excepting(told: Told) -> list[BoundClause]:
    return [told.document.by_id[name] for name in told.bound.clause.unless]


def _titles(clauses: list[BoundClause], catalog: Catalog) -> str | None:
    told = (
        f"{clause.rule.title} ({'; '.join((f'section {clause.clause.id}', *_values(clause.clause.with_, catalog)))})"
        for clause in clauses
    )
    return "; ".join(told) or None


def _cure(told: Told) -> str | None:
    return CURES[told.bound.clause.cure] if told.bound.clause.cure is not None else None


def _document(told: Told) -> str:
    return f"the policy {told.document.key}" if told.is_policy else EVERYWHERE


def _readings(a: Told, b: Told, catalog: Catalog) -> Row:
    """How else each clause is read. Readings are the same when they come to the same, whatever they are called."""
    first, second = a.bound.clause.readings[1:], b.bound.clause.readings[1:]
    known_a, known_b = ({_effect(reading) for reading in readings} for readings in (first, second))
    if known_a == known_b:
        return Row(what="also read as", a=None, b=None)
    return Row(
        what="also read as",
        a="; ".join(_reading(one, catalog) for one in first) or None,
        b="; ".join(_reading(one, catalog) for one in second) or None,
        only_a=tuple(one.name for one in first if _effect(one) not in known_b),
        only_b=tuple(one.name for one in second if _effect(one) not in known_a),
    )


def _effect(reading: Reading) -> str:
    acts = None if reading.acts is None else sorted(reading.acts)
    values = sorted((name, sorted(entries(value))) for name, value in reading.with_.items())
    return repr((values, acts, reading.effect))


def _reading(reading: Reading, catalog: Catalog) -> str:
    values = _values(reading.with_, catalog)
    values += [] if reading.acts is None else [f"acts: {', '.join(reading.acts)}"]
    values += [] if reading.effect is None else [EFFECTS[reading.effect]]
    return f"{reading.name}: {reading.difference} ({'; '.join(values) or 'the same figures'})"


def _values(given: Mapping[str, Any], catalog: Catalog) -> list[str]:
    """Parameters with their values in words."""
    return [
        f"{name.replace('_', ' ')}: {_joined(entries(value)) if _is_list(value) else _value(value, catalog)}"
        for name, value in given.items()
    ]


def _is_list(value: Any) -> bool:
    return isinstance(value, (list, tuple))
