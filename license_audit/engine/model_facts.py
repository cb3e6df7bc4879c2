"""What an organization's own rules may ask of a model: how open, by whom, how old, trained on what."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple, get_args

from license_audit.engine.amounts import MONTHS
from license_audit.engine.formula import Formula
from license_audit.engine.own_terms import Moment, entry_of
from license_audit.engine.situation import DataLimits, EvidenceFacts
from license_audit.model.catalog import Catalog, KnownName
from license_audit.model.evidence import DataSource, Evidence
from license_audit.model.facts import Amount
from license_audit.model.words import DataLimit, Openness

DEGREES: tuple[Openness, ...] = get_args(Openness)
LIMIT_OF: dict[Openness, tuple[DataLimit, ...]] = {
    "open": (),
    "permissive": (),
    "community": ("own-terms",),
    "non-commercial": ("non-commercial",),
    "research-only": ("research-only",),
    "api": ("own-terms",),
}
"""What a license imposes on whoever trains on data under it."""


class Visit(NamedTuple):
    """A model of a lineage, on one way to it."""

    evidence: Evidence
    guard: Formula
    """Whether it belongs to the lineage at all."""
    by_outputs: bool
    """Whether only outputs of it went into the model asked about."""
    is_read: bool = True
    """False where the lineage is followed no further."""


def notice_file(visits: Iterable[Visit]) -> bool | None:
    """Whether the model or a work that went into it ships a NOTICE file; None while one was not looked into."""
    known = {visit.evidence.notice_file for visit in visits if not visit.by_outputs}
    return True if True in known else None if None in known else False


def multimodal(visits: Iterable[Visit], catalog: Catalog) -> bool | None:
    """Whether the model handles more than text: as the catalog says of it, or of what it was made from."""
    told = [(entry_of(visit.evidence, catalog), visit.by_outputs) for visit in visits]
    if told[0][0] is not None and told[0][0].multimodal is not None:
        return told[0][0].multimodal
    known = {entry.multimodal for entry, by_outputs in told if entry is not None and not by_outputs} - {None}
    return known.pop() if len(known) == 1 else None


class InForce(NamedTuple):
    """A license of a model or an ancestor."""

    key: str
    is_certain: bool


def least_open(keys: Iterable[str], catalog: Catalog) -> Openness | None:
    """Of all licenses; None when nobody knows how open one of them is."""
    found = {catalog.openness(key) for key in keys}
    return None if None in found else next((degree for degree in reversed(DEGREES) if degree in found), None)


def model_facts(
    visits: Sequence[Visit], licenses: Sequence[InForce], catalog: Catalog, moment: Moment, *, is_known: bool
) -> EvidenceFacts:
    """The facts. The first of the visits is the model itself; `is_known` says whether there are no other licenses."""
    model = visits[0].evidence
    possible = ("api",) if model.provider else _possible(licenses, catalog, is_known=is_known)
    limits, disclosed = _data([visit for visit in visits if not visit.by_outputs], catalog)
    return EvidenceFacts(
        notice_file=notice_file(visits),
        openness=possible[0] if len(possible) == 1 else None,
        possible=possible,
        publisher=catalog.publisher_of(model.renamed or model.model) if model.is_named else None,
        age_in_months=_age(visits, catalog, moment.on),
        data_limits=limits,
        data_disclosed=disclosed,
    )


def _possible(licenses: Sequence[InForce], catalog: Catalog, *, is_known: bool) -> tuple[Openness, ...]:
    """Every degree that the least open license may have, most open first."""
    certain = [catalog.openness(found.key) for found in licenses if found.is_certain]
    maybe = [catalog.openness(found.key) for found in licenses if not found.is_certain]
    ranks = [DEGREES.index(degree) for degree in certain if degree]
    floor = max(ranks, default=0)
    if not is_known or None in (*certain, *maybe):
        return tuple(degree for degree in DEGREES[floor:] if degree != "api" or len(DEGREES) - 1 == floor)
    reached = {max(floor, DEGREES.index(degree)) for degree in maybe if degree}
    return tuple(DEGREES[rank] for rank in sorted(reached | {floor} if ranks else reached))


def _age(visits: Sequence[Visit], catalog: Catalog, on: date) -> Amount | None:
    """Exact to the day on which the catalog says that the model was first offered, else bounded by its ancestors."""
    first = _months(visits[0].evidence, catalog, on)
    if first is not None:
        return Amount(at_least=Decimal(first[0]), at_most=Decimal(first[1]))
    above = (_months(visit.evidence, catalog, on) for visit in visits if visit.guard is True)
    youngest = min((months[1] for months in above if months is not None), default=None)
    return None if youngest is None else Amount(at_most=Decimal(youngest))


def _months(evidence: Evidence, catalog: Catalog, on: date) -> tuple[int, int] | None:
    """Fewest and most full months since a model was first offered."""
    entry = entry_of(evidence, catalog)
    since = entry.windows[0].since if entry is not None else None
    if since is None:
        return None
    year, month, day = (*(int(part) for part in since.split("-")), None, None)[:3]
    return _full_months(_latest(year or 1, month, day), on), _full_months(date(year or 1, month or 1, day or 1), on)


def _latest(year: int, month: int | None, day: int | None) -> date:
    """The last day that a date means, of which month or day may not be known."""
    last = month or MONTHS
    return date(year, last, day) if day else date(year + last // MONTHS, last % MONTHS + 1, 1) - timedelta(days=1)


def _full_months(since: date, on: date) -> int:
    return max(0, (on.year - since.year) * MONTHS + on.month - since.month - (on.day < since.day))


def _data(visits: Sequence[Visit], catalog: Catalog) -> tuple[DataLimits, bool | None]:
    """Limits of the data sets that cards declare, and whether every card names some."""
    limits: dict[DataLimit, None] = {}
    is_open = False
    for visit in visits:
        is_open = is_open or not visit.is_read or visit.evidence.data_disclosed is None
        for source in visit.evidence.data:
            found = _limits_of(source, catalog)
            if found is None or (found and not (visit.guard is True and source.basis == "declared")):
                is_open = True
            else:
                limits.update(dict.fromkeys(found))
    said = {visit.evidence.data_disclosed if visit.is_read else None for visit in visits}
    disclosed = False if False in said else None if None in said else True
    return DataLimits(items=tuple(limits), open=is_open), disclosed


def _limits_of(source: DataSource, catalog: Catalog) -> tuple[DataLimit, ...] | None:
    """What a data set or generator imposes; None when nobody knows."""
    known = catalog.dataset(source.name)
    if known is not None:
        return known.limits
    if catalog.provider(source.name) is not None:
        return ("generator-terms",)
    meanings = [catalog.named(name) for name in source.declared or ()]
    degrees = [catalog.openness(name.key) for name in meanings if isinstance(name, KnownName)]
    if not meanings or len(degrees) < len(meanings) or None in degrees:
        return None
    return tuple(limit for degree in degrees if degree for limit in LIMIT_OF[degree])
