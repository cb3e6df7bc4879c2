"""What is concluded about a model's own terms: the text found, then the publisher's statement, then the card."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from license_audit.engine.formula import Cut, Formula, Leaf, all_of, negate
from license_audit.engine.prose import prose
from license_audit.engine.texts_found import code_license_finding, code_license_only, sort_texts, text_findings
from license_audit.model.catalog import AmbiguousName, Catalog, CatalogModel, KnownName, Window
from license_audit.model.evidence import Evidence, FoundText
from license_audit.model.record import Record, replace
from license_audit.model.report import Finding
from license_audit.model.words import Level

OBTAINED = "use.obtained_on"
UNKNOWN_TEXT = "evidence.license_text"


class Moment(Record):
    """When the copy was obtained and when the question is asked."""

    on: date
    obtained: date | None


class Own(Record):
    """A model's own terms."""

    windows: tuple[tuple[str, Formula], ...] = ()
    """License keys, each with when it holds."""
    unknown: Formula = False
    """Whether terms exist, or may exist, that nobody has read."""
    findings: tuple[Finding, ...] = ()
    says: tuple[str, ...] = ()
    """What the model says of itself: license names, known or not."""


class Named(Record):
    """What the license names of a card mean."""

    keys: tuple[str, ...]
    unknown: bool
    findings: list[Finding]


def entry_of(evidence: Evidence, catalog: Catalog) -> CatalogModel | None:
    """What the catalog holds of a model, where it is known which one it is."""
    return catalog.model(evidence.model) if evidence.is_named else None


def own_terms(evidence: Evidence, entry: CatalogModel | None, catalog: Catalog, moment: Moment) -> Own:
    """Text found, then the publisher's statement in the catalog, then the card; and what its prose says against it."""
    if evidence.provider:
        return _hosted(evidence, catalog)
    own = _with_unread(_concluded(evidence, entry, catalog, moment), evidence, entry)
    keys = tuple(key for key, _ in own.windows) or _possible(evidence.declared or (), catalog)
    said = prose(evidence, keys, catalog)
    unknown: Formula = True if said.is_unsure else own.unknown
    return replace(own, unknown=unknown, findings=(*own.findings, *said.findings))


def _with_unread(own: Own, evidence: Evidence, entry: CatalogModel | None) -> Own:
    """Files that nobody could read may say anything, unless the publisher's statement is known."""
    if not evidence.unread:
        return own
    text = f"{evidence.model}: nobody could read {', '.join(evidence.unread)}"
    told = finding("files-unread", "warning", text)
    return replace(own, unknown=own.unknown if entry is not None else True, findings=(*own.findings, told))


def _possible(names: tuple[str, ...], catalog: Catalog) -> tuple[str, ...]:
    """Keys of all texts that ambiguous names of a card may mean."""
    meanings = [catalog.named(name) for name in names]
    return tuple(key for meaning in meanings if isinstance(meaning, AmbiguousName) for key in meaning.keys)


def _hosted(evidence: Evidence, catalog: Catalog) -> Own:
    """The terms of an API: known where their text is held."""
    provider = catalog.provider(evidence.provider)
    if provider is not None and provider.license is not None:
        return Own(((provider.license, True),), says=(provider.license,))
    terms = f"{provider.terms} of {provider.title} apply, and their" if provider else "terms apply whose"
    text = f"{evidence.model} is a hosted model: {terms} text is not read"
    return Own(unknown=True, findings=(finding("terms-not-read", "warning", text),))


def _concluded(evidence: Evidence, entry: CatalogModel | None, catalog: Catalog, moment: Moment) -> Own:
    says = evidence.declared or ()
    declared = _named(says, catalog, evidence)
    texts = sort_texts(evidence.texts or (), catalog)
    odd = tuple(text_findings(evidence.model, texts, declared.keys, catalog))
    if not texts.licenses:
        own = _without_text(evidence, entry, declared, moment)
        missing = _text_missing(evidence, own)
        unknown: Formula = True if texts.is_unsure else own.unknown
        own = replace(own, unknown=unknown, findings=(*own.findings, *missing, *odd))
        return _with_policies(own, texts.policies, catalog)
    stated = code_license_only(texts, declared.keys, catalog)
    if stated:
        odd = (*odd, code_license_finding(texts, stated))
    keys = dict.fromkeys((*texts.keys, *stated))
    own = Own(tuple((key, True) for key in keys), texts.is_unsure, odd, says or texts.keys)
    if entry is not None and texts.keys:
        own = _beside_publisher(own, _by_date(entry, moment), evidence, declared.keys, entry)
    return _with_policies(own, texts.policies, catalog)


def _beside_publisher(own: Own, stated: Own, evidence: Evidence, declared: tuple[str, ...], entry: CatalogModel) -> Own:
    """What a text comes to beside the terms that the publisher states for the copy.

    A text that the publisher is not known to offer the model under does not replace these terms. Where the card names
    it as well, the publisher may have changed them: then it is open whether they still hold. A text of another time
    does not replace those of the day on which the copy was obtained.
    """
    found = {key for key, _ in own.windows}
    rest = tuple((key, guard) for key, guard in stated.windows if key not in found)
    offered = {window.license for window in entry.windows}
    if found.isdisjoint(offered):
        return _unknown_to_publisher(own, stated, rest, is_told=not found.isdisjoint(declared), name=entry.id)
    if found.isdisjoint(key for key, _ in stated.windows):
        # What lies at a hub today is not what was obtained then; what lies in a folder is.
        is_later = evidence.origin is not None and evidence.origin.source != "folder"
        windows = stated.windows if is_later else (*own.windows, *rest)
        return replace(own, windows=windows, findings=(*own.findings, *stated.findings))
    # A window without days is no stretch of time, but terms beside others, such as a use policy.
    beside = {window.license for window in entry.windows if window.since is None and window.until is None}
    return replace(own, windows=(*own.windows, *(one for one in rest if one[0] in beside)))


def _unknown_to_publisher(
    own: Own, stated: Own, rest: tuple[tuple[str, Formula], ...], *, is_told: bool, name: str
) -> Own:
    """A text that the catalog does not know the model to come under, beside the terms that it does."""
    maybe = Leaf(UNKNOWN_TEXT, UNKNOWN_TEXT, frozenset({"yes"}), ("yes", "no"))
    more = tuple((key, all_of(guard, maybe) if is_told else guard) for key, guard in rest)
    found = ", ".join(key for key, _ in own.windows)
    named = ", ".join(key for key, _ in stated.windows) or "unknown terms"
    state = "whether these still hold is open" if is_told else "both apply"
    text = f"{name}: the text is that of {found}, and its publisher offers it under {named}; {state}"
    told = finding("declared-differs-from-text", "warning", text)
    unknown: Formula = True if stated.unknown is True else own.unknown
    findings = (*own.findings, told, *stated.findings)
    return replace(own, windows=(*own.windows, *more), unknown=unknown, findings=findings)


def _with_policies(own: Own, policies: Iterable[FoundText], catalog: Catalog) -> Own:
    """Use policies that lie beside the license and that none of the licenses makes part of itself anyway."""
    names = [catalog.named(key) for key, _ in own.windows]
    within = {part.key for name in names if isinstance(name, KnownName) for part in name.incorporates}
    beside = dict.fromkeys(text.key for text in policies if text.key not in within)
    own = replace(own, windows=(*own.windows, *((key, True) for key in beside)))
    astray = [(key, catalog.wholes_of(key)) for key in beside]
    told = tuple(
        finding(
            "policy-astray",
            "warning",
            f"{key} lies here, and is part of {', '.join(wholes)}: is the model made from one of theirs?",
        )
        for key, wholes in astray
        if wholes
    )
    return replace(own, unknown=True, findings=(*own.findings, *told)) if told else own


def _text_missing(evidence: Evidence, own: Own) -> tuple[Finding, ...]:
    """That a folder names a license and holds no text of it."""
    if evidence.texts is None or not own.windows:
        return ()
    named = ", ".join(key for key, _ in own.windows)
    return (finding("text-missing", "note", f"{evidence.model}: {named} is named, and no text of it is there"),)


def _without_text(evidence: Evidence, entry: CatalogModel | None, declared: Named, moment: Moment) -> Own:
    says = evidence.declared or ()
    if entry is not None:
        own = _by_date(entry, moment)
        keys = tuple(key for key, _ in own.windows)
        differs = _differs(declared.keys, keys, evidence.model) if says else []
        # What a hub or a folder says now may be newer than what the catalog knows.
        stated = {window.license for window in entry.windows}
        unknown: Formula = True if evidence.origin is not None and set(declared.keys) - stated else own.unknown
        return replace(own, unknown=unknown, findings=(*own.findings, *differs), says=says or keys)
    if evidence.declared is None:
        reason = evidence.unavailable or "neither card, text nor catalog names its terms"
        missing = finding("terms-unknown", "warning", f"{evidence.model}: {reason}")
        return Own(unknown=True, findings=(missing,))
    return Own(tuple((key, True) for key in declared.keys), declared.unknown, tuple(declared.findings), says)


def _named(names: tuple[str, ...], catalog: Catalog, evidence: Evidence) -> Named:
    """What the license names of a card mean. More than one name is a question, never the first of them."""
    model = evidence.model
    telling = [name for name in names if not catalog.names_nothing(name)]
    if not telling:
        missing = finding("license-missing", "warning", f"{model}: no license is declared")
        return Named((), unknown=True, findings=[missing])
    keys: list[str] = []
    findings: list[Finding] = []
    for name in telling:
        meaning = catalog.named(name)
        match meaning:
            case KnownName():
                keys.append(meaning.key)
            case AmbiguousName():
                text = f"{model}: {name!r} can mean {', '.join(meaning.keys)}; the {meaning.decided_by} decides"
                findings.append(finding("license-ambiguous", "warning", text))
            case None if name.lower() == "other":
                link = f"; its license_link is {evidence.license_link}" if evidence.license_link else ""
                text = f"{model}: says other and names no license{link}"
                findings.append(finding("other-without-name", "warning", text))
            case _:
                findings.append(finding("license-unrecognized", "warning", f"{model}: nobody knows a license {name!r}"))
    if len(telling) > 1:
        text = f"{model}: {', '.join(telling)} may mean both, either, or code and weights"
        findings.append(finding("several-licenses", "warning", text))
    return Named(tuple(dict.fromkeys(keys)), bool(findings), findings)


def _differs(declared: tuple[str, ...], concluded: tuple[str, ...], model: str) -> list[Finding]:
    if not declared or set(declared) <= set(concluded):
        return []
    text = f"{model}: declared {', '.join(declared)}, but {', '.join(concluded) or 'unknown terms'} apply"
    return [finding("declared-differs-from-found", "warning", text)]


def _by_date(entry: CatalogModel, moment: Moment) -> Own:
    """The publisher's terms on the day the copy was obtained; all of them when the day is not known."""
    windows = entry.windows
    if len(windows) == 1:
        return Own(((windows[0].license, True),))
    guards = [_within(window, moment, first=number == 0) for number, window in enumerate(windows)]
    kept = tuple((window.license, guard) for window, guard in zip(windows, guards, strict=True) if guard is not False)
    today = replace(moment, obtained=moment.on)
    now = [window.license for window in windows if _within(window, today, first=window is windows[0]) is True]
    findings = []
    if moment.obtained is not None and [key for key, _ in kept] != now:
        text = f"{entry.id}: obtained under {', '.join(key for key, _ in kept)}; today's terms are {', '.join(now)}"
        findings.append(finding("obtained-under-other-terms", "warning", text))
    if not kept:
        text = f"{entry.id}: obtained on {moment.obtained}, before any terms that are known"
        return Own(unknown=True, findings=(finding("terms-unknown", "warning", text),))
    return Own(kept, findings=tuple(findings))


def _within(window: Window, moment: Moment, *, first: bool) -> Formula:
    """Whether the copy was obtained while the window was open."""
    since = True if first and moment.obtained is None else _reached(window.since, moment)
    return all_of(since, negate(_reached(window.until, moment)) if window.until else True)


def _reached(day: str | None, moment: Moment) -> Formula:
    if day is None:
        return True
    if moment.obtained is not None:
        return moment.obtained.isoformat()[: len(day)] >= day
    if moment.on.isoformat()[: len(day)] < day:
        return False
    number = Decimal(day.replace("-", "").ljust(8, "0"))
    return Leaf(OBTAINED, OBTAINED, Cut(number, inclusive=True))


def finding(kind: str, level: Level, message: str, clauses: tuple[str, ...] = ()) -> Finding:
    """A finding without a waiver."""
    return Finding(kind=kind, level=level, message=message, clauses=clauses)
