"""Data that models were trained on, as parts of a bill of materials."""

from collections.abc import Iterator

from license_audit.model.catalog import Catalog, KnownData, KnownName, Provider
from license_audit.model.evidence import DataSource
from license_audit.model.manifest import check_model_id
from license_audit.outputs.bom import Component
from license_audit.outputs.bom_licenses import Licensing, Register, clean, slug

SETS = "https://huggingface.co/datasets"


def data_ref(source: DataSource, catalog: Catalog) -> str:
    """The id of a data set in the document. What prose calls by a name is the set that the catalog knows by it."""
    known = catalog.dataset(source.name) if "/" not in source.name else None
    return f"Data-{slug((known.id if known is not None else source.name).lower(), 'data')}"


def data_component(source: DataSource, register: Register, catalog: Catalog) -> Component:
    """A data set, or what stands for it, with what its card and the catalog say of it."""
    known = catalog.dataset(source.name)
    maker = catalog.provider(source.name) if known is None else None
    id_ = _hub_id(source)
    account, slash, _ = id_.partition("/")
    names = source.declared
    unread = Licensing(note="No card of it was read.")
    return Component(
        ref=data_ref(source, catalog),
        kind="data",
        name=clean(f"outputs of {source.name}" if maker is not None else source.name) or "unnamed",
        address=f"{SETS}/{id_}" if id_ else "",
        supplier=account if slash else "",
        declared=unread if names is None else register.card(names, source.name),
        concluded=_concluded(source, known, register, catalog),
        remarks=tuple(map(clean, (*_remarks(known), *_made(maker)))),
    )


def _hub_id(source: DataSource) -> str:
    """The id on the Hub of a data set that front matter names; empty for what prose calls by a name."""
    try:
        return check_model_id(source.name) if source.basis == "declared" and "/" in source.name else ""
    except ValueError:
        return ""


def _concluded(source: DataSource, known: KnownData | None, register: Register, catalog: Catalog) -> Licensing:
    if known is None:
        return Licensing(note="Nothing is concluded from the cards of data sets.")
    if known.license is None:
        is_none = "unlicensed" in known.limits
        return (
            Licensing(state="none", note="Nobody licensed it.") if is_none else Licensing(note="It has no one license.")
        )
    meaning = catalog.named(known.license)
    note = f"By the packaged catalog: {clean(known.source)}; confidence {known.confidence}."
    if known.confidence == "low" or not isinstance(meaning, KnownName):
        return Licensing(note=f"Its terms: {clean(known.license)}. {note}")
    place = f"In force for {clean(source.name)}."
    return Licensing(ids=register.concluded((meaning.key,), place), state="known", note=note)


def _remarks(known: KnownData | None) -> Iterator[str]:
    if known is None:
        return
    yield f"{known.title}. {known.note}"
    if known.limits:
        yield f"What its terms may ask of whoever trains on it: {', '.join(known.limits)}."
    if known.generators:
        yield f"It holds outputs of {', '.join(known.generators)}."


def _made(maker: Provider | None) -> Iterator[str]:
    if maker is not None:
        yield f"Outputs of a hosted model of {maker.title}; {maker.terms} may limit what they may train."
