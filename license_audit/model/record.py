"""Frozen records that a program makes for itself: nothing is read or checked; equal when type and fields are.

A frozen dataclass takes ten times as long to define. Here the constructor is written when it is first called, so that a
hook pays for the records it makes and for no others.
"""

from dataclasses import make_dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar, dataclass_transform, get_origin

if TYPE_CHECKING:
    from dataclasses import Field

R = TypeVar("R", bound="Record")
_NAMES, _VALUES = "_names", "_values"
"""Attributes of a class: the names of its fields, and what gives them all at once."""


class _Fields:
    """What `dataclasses.replace` and its kin ask of a class."""

    def __init__(self) -> None:
        self._known: dict[type[Record], dict[str, Field[Any]]] = {}

    def __get__(self, instance: object, owner: "type[Record]") -> "dict[str, Field[Any]]":
        if owner not in self._known:
            alike: Any = make_dataclass(owner.__name__, _fields(owner))
            self._known[owner] = alike.__dataclass_fields__
        return self._known[owner]


@dataclass_transform(frozen_default=True)
class Record:
    """A frozen record. A default is shared by all, so it must be one that cannot change."""

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    else:
        __dataclass_fields__ = _Fields()

        def __init_subclass__(cls) -> None:
            cls.__init__ = _first

        def __hash__(self) -> int:
            return hash(self._values(self))

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        values: Any = self._values  # type: ignore[attr-defined]  # set with the constructor
        return self is other or bool(values(self) == values(other))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __setstate__(self, state: dict[str, Any]) -> None:
        _equip(type(self))
        self.__dict__.update(state)

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={getattr(self, name)!r}" for name in _fields(type(self)))
        return f"{type(self).__name__}({told})"


def replace(record: R, **changes: Any) -> R:
    """The same record with other fields. The function of dataclasses does the same, and takes longer."""
    kind: Any = type(record)
    known = record.__dict__
    made: R = kind(**{name: known[name] for name in getattr(kind, _NAMES)} | changes)
    return made


def _fields(kind: type[Record]) -> dict[str, Any]:
    """Names of the fields, each with its default, or `...` where it has none."""
    found = {}
    for home in reversed(kind.__mro__):
        written: dict[str, Any] = home.__annotations__ if issubclass(home, Record) else {}
        names = (name for name, annotation in written.items() if get_origin(annotation) is not ClassVar)
        found.update({name: vars(home).get(name, ...) for name in names})
    return found


def _first(record: Any, *given: Any, **named: Any) -> None:
    """The constructor of a class of which there is no record yet."""
    _equip(type(record))
    record.__init__(*given, **named)


def _equip(kind: Any) -> None:
    """Write the constructor of a class, and find out how to get at all its fields at once."""
    if kind.__init__ is not _first:
        return
    fields = _fields(kind)
    given = ", ".join(name if default is ... else f"{name}=_{name}" for name, default in fields.items())
    lines = (f"d[{name!r}] = {name}" for name in fields)
    names = {f"_{name}": default for name, default in fields.items()}
    text = "\n ".join((f"def __init__(self, {given}):", "d = self.__dict__", *lines))
    exec(text, names)  # noqa: S102  # as dataclasses do; the names are fields of our own classes
    setattr(kind, _NAMES, tuple(fields))
    setattr(kind, _VALUES, attrgetter(*fields))
    kind.__init__ = names["__init__"]
