"""The facts of one model in one use on one day, looked up by path."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, cached_property
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from license_audit.model.facts import Amount, Items
from license_audit.model.profile import Fulfilment, Organization, Use
from license_audit.model.record import Record
from license_audit.model.value import Value
from license_audit.model.words import Act, DataLimit, Duty, Openness, TrainedModels


class DataLimits(Items):
    """Limits of training data, from the closed list."""

    items: tuple[DataLimit, ...]


class EvidenceFacts(Value):
    """Facts about the work and its files. All but the first are looked up only for an organization's own rules."""

    notice_file: bool | None = None
    """Whether the work ships a NOTICE file."""
    openness: Openness | None = None
    """Of the least open license in force; None while that is not certain."""
    possible: tuple[Openness, ...] = get_args(Openness)
    """Every degree that it may have."""
    publisher: str | None = None
    """Who published the model, as the catalog names them."""
    age_in_months: Amount | None = None
    """Full months since it was published; no older than any of its ancestors."""
    data_limits: DataLimits | None = None
    """What the data sets impose that the cards of the lineage declare; open while a card or a data set is unknown."""
    multimodal: bool | None = None
    """Whether the model takes in or gives out more than text; None when that is not known."""
    data_disclosed: bool | None = None
    """Whether each of those cards names training data; None while one was not read."""


class WorkFacts(Value):
    """Facts about the model's relation to the licensed work."""

    is_derivative: bool | None = None
    """Whether the model is a derivative of the licensed work, made by somebody else."""


NOTHING_KNOWN = EvidenceFacts.model_construct(notice_file=None)
NO_LAYER = WorkFacts.model_construct(is_derivative=None)


class Situation(Record):
    """Everything a condition may ask about."""

    organization: Organization
    use_name: str
    use: Use
    on: date
    evidence: EvidenceFacts = NOTHING_KNOWN
    work: WorkFacts = NO_LAYER
    license: str = ""
    """Key of the license judged."""
    names: frozenset[str] = frozenset()
    """Names under which agreements and claims may mean the work judged: Hub ids and the license key, lower case."""
    licensors: tuple[str, ...] = ()
    """Names under which the licensor appears; empty when anybody may be."""
    carriers: tuple[tuple[str, str | None], ...] = ()
    """Where the text names no licensor: models that carry the license, each with its publisher where that is known."""
    is_listed: bool = True
    """Whether the profile itself lists what is done; what a folder shows of it is no whole list."""
    free: frozenset[str] = frozenset()
    """Fact paths treated as undeclared, for asking what a change would do."""

    @cached_property
    def grounded(self) -> dict[int, tuple[Any, Any]]:
        """What comparisons came to in this situation: each beside its result, under its identity, which it keeps."""
        return {}

    def lookup(self, path: str) -> Any:
        """The declared value of a fact path; None when it is not declared."""
        if path in self.free:
            return None
        if path in DERIVED:
            derived = DERIVED[path]
            declared = None if derived.source in self.free else self.declared(derived.source)
            return None if declared is None else derived.derive(declared, self)
        return self.declared(path)

    def declared(self, path: str) -> Any:
        """The value of a path as the profile has it."""
        value: Any = self
        for name in path.split("."):
            value = None if value is None else getattr(value, name)
        return value

    def shown(self, path: str) -> str:
        """The path as a person finds it in the profile."""
        root, _, rest = (DERIVED[path].source if path in DERIVED else path).partition(".")
        path = f"{root}.{rest}"
        return f"uses.{self.use_name}.{rest}" if root == "use" else path


ROOTS: dict[str, type[Value]] = {
    "organization": Organization,
    "use": Use,
    "evidence": EvidenceFacts,
    "work": WorkFacts,
}


class Kind(Record):
    """What sort of fact a path names."""

    name: Literal["choice", "flag", "items", "amount", "text"]
    values: tuple[str, ...] | None = None
    """Closed vocabulary, where there is one."""


class Derivation(NamedTuple):
    """How a fact follows from a declared one."""

    source: str
    """Path of the declared fact, which is asked for."""
    kind: Kind
    derive: Callable[[Any, Situation], Any]


def _first(places: Items, situation: Situation) -> str | None:
    """The principal place of business, which stands first."""
    del situation
    return next((place for place in places.items[:1] if place != "worldwide"), None)


def _lines(own: Items, situation: Situation) -> Items:
    """Lines of business of the group: those of its affiliates count as well."""
    told = (one.business_lines.items for one in situation.organization.affiliates or () if one.business_lines)
    return own.model_copy(
        update={"items": tuple(dict.fromkeys((*own.items, *(line for lines in told for line in lines))))}
    )


def _trained(kind: str, situation: Situation) -> str | None:
    """What outputs train. Whoever trains a model on outputs trains one: `none` beside such an act says nothing."""
    acts = situation.declared("use.acts")
    is_training = acts is not None and not {"distill", "train-on-outputs"}.isdisjoint(acts.items)
    return None if kind == "none" and is_training else kind


def _prefixes(name: str, situation: Situation) -> Items:
    """Every beginning of a name, in lower case: what a name starts with."""
    del situation
    return Items(items=tuple(name[:end].lower() for end in range(1, len(name) + 1)))


def _done(records: tuple[Fulfilment, ...], situation: Situation) -> Items:
    """Duties that are shown done for the license judged."""
    counted = (one for one in records if one.licenses is None or situation.license in one.licenses)
    return Items(items=tuple(one.duty for one in counted if one.duty is not None), open=not situation.is_listed)


DERIVED: Mapping[str, Derivation] = {
    "organization.principal_place": Derivation("organization.established_in", Kind("text"), _first),
    "organization.business_lines": Derivation("organization.business_lines", Kind("items"), _lines),
    "use.outputs.train_models": Derivation(
        "use.outputs.train_models", Kind("choice", get_args(TrainedModels)), _trained
    ),
    "use.derivative.name_prefixes": Derivation("use.derivative.name", Kind("items"), _prefixes),
    "use.outputs.trained_model.name_prefixes": Derivation("use.outputs.trained_model.name", Kind("items"), _prefixes),
    "use.fulfils": Derivation("use.fulfils", Kind("items", get_args(Duty)), _done),
}
"""Facts that follow from a declared fact, with what else is declared."""
DERIVED_FACTS = (
    "organization.agreements",
    "organization.agreements.years_held",
    "organization.claims_against",
    "organization.claims_against.licensor",
    "organization.claims_against.offensive",
)
ALL_ACTS: tuple[Act, ...] = get_args(Act)


@cache
def kind_of(path: str) -> Kind:
    """The sort of fact behind a path, read off the model's fields. LookupError when the path names nothing."""
    if path in DERIVED_FACTS:
        return Kind("amount") if path.endswith("years_held") else Kind("flag")
    if path in DERIVED:
        return DERIVED[path].kind
    return _kind(path, annotation_of(path))


@cache
def annotation_of(path: str) -> Any:
    """How a fact is declared: the type of its field, without None. LookupError when the path names nothing."""
    root, *names = path.split(".")
    owner: Any = ROOTS.get(root)
    for name in names:
        if not (isinstance(owner, type) and issubclass(owner, Value) and name in owner.model_fields):
            raise LookupError(f"no fact is called {path}")
        owner = _without_none(owner.model_fields[name].annotation)
    return owner


@cache
def facts() -> tuple[str, ...]:
    """The path of every fact, sorted."""
    return tuple(
        sorted({*DERIVED_FACTS, *DERIVED, *(path for name, root in ROOTS.items() for path in _facts(name, root))})
    )


def _facts(path: str, owner: type[Value]) -> list[str]:
    found = []
    for name, known in owner.model_fields.items():
        inner, part = f"{path}.{name}", _without_none(known.annotation)
        try:
            kind_of(inner)
        except LookupError:
            is_group = isinstance(part, type) and issubclass(part, Value)
            found += _facts(inner, part) if is_group else []
        else:
            found.append(inner)
    return found


def _kind(path: str, annotation: Any) -> Kind:
    if get_origin(annotation) is Literal:
        return Kind("choice", get_args(annotation))
    if annotation is bool:
        return Kind("flag")
    if annotation is str:
        return Kind("text")
    if isinstance(annotation, type) and issubclass(annotation, Items):
        return Kind("items")
    if isinstance(annotation, type) and issubclass(annotation, Amount):
        return Kind("amount")
    raise LookupError(f"{path} is no single fact")


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, UnionType):
        (annotation,) = (part for part in get_args(annotation) if part is not NoneType)
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
