"""The one kind of value: frozen, closed to unknown keys, documented field by field.

Data that plainly fits becomes a value by the checks of `plain`. All other data is pydantic's, which converts it or says
what is wrong with it; loading pydantic takes longer than a hook may run.
"""

from collections.abc import Iterator
from copy import deepcopy
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NoReturn, Self, dataclass_transform, get_args, get_origin

from license_audit.model.marks import MODE, Spec, field
from license_audit.model.plain import FieldPlan, NotPlainError, filled, plan_of

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

_PLAN, _HASH = "_plan", "_hash"


class _Plan:
    """What is known of the fields of a class. How they are read is found out when data first comes."""

    def __init__(self, owner: "type[Value]") -> None:
        self.specs: dict[str, Spec] = {}
        self.modules: dict[str, str] = {}
        for name, spec, home in _written(owner):
            self.specs[name], self.modules[name] = spec, home
        self.defaults = {name: spec.default for name, spec in self.specs.items()}
        self.keys = frozenset(spec.alias or name for name, spec in self.specs.items())
        self.factories = {
            name: spec.default_factory for name, spec in self.specs.items() if spec.default_factory is not None
        }
        self.required = frozenset(name for name, default in self.defaults.items() if default is ...)
        checks = dict(whole_checks(owner))
        self.before = [name for name, mode in checks.items() if mode == "before"]
        self.after = [name for name, mode in checks.items() if mode == "after"]

    @cached_property
    def fields(self) -> tuple[FieldPlan, ...]:
        """How each field is read."""
        return plan_of(self.specs, self.modules)

    @cached_property
    def shown(self) -> dict[str, Spec]:
        """Each field without what only readers use of its type."""
        return {name: _bare(spec) for name, spec in self.specs.items()}


class _Fields:
    """The fields of a class, by name."""

    def __get__(self, instance: object, owner: "type[Value]") -> dict[str, Spec]:
        return plan(owner).shown


class _Unkept:
    """What pydantic notes on a value that it made, and that nobody asks for."""

    def __get__(self, instance: object, owner: type) -> None:
        return None

    def __set__(self, instance: object, value: object) -> None:
        return None


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
class Value:
    """A frozen value. Each field is followed by its docstring, which the JSON Schema carries as description."""

    __slots__ = ("__dict__", _HASH)
    __pydantic_fields_set__: ClassVar[_Unkept] = _Unkept()
    __pydantic_extra__: ClassVar[_Unkept] = _Unkept()
    __pydantic_private__: ClassVar[_Unkept] = _Unkept()
    model_fields: ClassVar[_Fields] = _Fields()

    if TYPE_CHECKING:
        ...  # types of arguments are known by the fields; a class has a hash, too
    else:

        def __init__(self, /, **data: Any) -> None:
            object.__setattr__(self, "__dict__", type(self).model_validate(data).__dict__)

        def __hash__(self) -> int:
            try:
                known: int = getattr(self, _HASH)
            except AttributeError:
                # Lineages are deep and looked up again and again. Every way to make a value keeps the order of fields.
                known = hash((type(self), *self.__dict__.values()))
                object.__setattr__(self, _HASH, known)
            return known

    @classmethod
    def read_plain(cls, data: Any) -> Self:
        """Plain data as a value. NotPlainError for all other data, also for what is wrong."""
        if isinstance(data, cls):
            return data
        known = plan(cls)
        try:
            for name in known.before:
                data = getattr(cls, name)(data)
            if type(data) is not dict:
                raise NotPlainError
            made = object.__new__(cls)
            object.__setattr__(made, "__dict__", filled(known.fields, data))
            for name in known.after:
                made = getattr(made, name)()
        except ValueError:
            raise NotPlainError from None
        return made

    @classmethod
    def admits(cls, data: Any) -> bool:
        """Whether plain data may be a value of this class; a quick look, for choosing among several."""
        known = plan(cls)
        return type(data) is not dict or bool(known.before) or known.keys >= data.keys()

    @classmethod
    def model_validate(cls, data: Any) -> Self:
        """Data as a value. pydantic's ValidationError, which is a ValueError, tells everything that is wrong."""
        try:
            return cls.read_plain(data)
        except NotPlainError:
            pass
        made: Self = _twins().core(cls).validator.validate_python(data)
        return made

    @classmethod
    def model_validate_json(cls, text: str) -> Self:
        """JSON as a value. ValidationError as above, also for what is no JSON."""
        made: Self = _twins().core(cls).validator.validate_json(text)
        return made

    @classmethod
    def model_construct(cls, **values: Any) -> Self:
        """A value of what is known to be right; nothing is checked or converted."""
        made = object.__new__(cls)
        known = plan(cls)
        fresh = {name: factory() for name, factory in known.factories.items() if name not in values}
        object.__setattr__(made, "__dict__", known.defaults | fresh | values)
        return made

    def model_copy(self, *, update: dict[str, Any] | None = None, deep: bool = False) -> Self:
        """The same value with other fields, which are not checked; `deep` copies the fields as well."""
        made = object.__new__(type(self))
        made.__dict__.update(deepcopy(self.__dict__) if deep else self.__dict__)
        made.__dict__.update(update or {})
        return made

    def model_dump(self, **options: Any) -> dict[str, Any]:
        """Plain data of the value, with the options of pydantic."""
        found: dict[str, Any] = _twins().core(type(self)).serializer.to_python(self, **options)
        return found

    def model_dump_json(self, **options: Any) -> str:
        """The value as JSON, with the options of pydantic."""
        text: bytes = _twins().core(type(self)).serializer.to_json(self, **options)
        return text.decode()

    @classmethod
    def model_json_schema(cls, **options: Any) -> dict[str, Any]:
        """The JSON Schema of the data, with the options of pydantic."""
        found: dict[str, Any] = _twins().twin(cls).model_json_schema(**options)
        return found

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """The schema of the twin, for twins that hold this one."""
        return handler.generate_schema(_twins().twin(cls))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __eq__(self, other: object) -> bool:
        return self is other or (type(self) is type(other) and self.__dict__ == other.__dict__)

    def __getstate__(self) -> dict[str, Any]:
        return dict(self.__dict__)

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{type(self).__name__}({told})"


class Made(Value):
    """A value that the program makes of values: its constructor checks names alone. Data is checked as ever.

    No field of it has an alias, or a default that is made anew for each value.
    """

    __slots__ = ()

    if TYPE_CHECKING:
        ...  # as above
    else:

        def __init__(self, /, **values: Any) -> None:
            kind = type(self)
            known = kind.__dict__.get(_PLAN) or plan(kind)
            whole = known.defaults | values
            if len(whole) > len(known.defaults) or not known.required <= values.keys():
                super().__init__(**values)  # which says what is wrong
            object.__setattr__(self, "__dict__", whole)


def plan(kind: type[Value]) -> _Plan:
    """What is known of the fields of a class."""
    found: _Plan | None = kind.__dict__.get(_PLAN)
    if found is None:
        found = _Plan(kind)
        setattr(kind, _PLAN, found)
    return found


def _written(owner: type[Value]) -> Iterator[tuple[str, Spec, str]]:
    """Each field of a class and of those it extends, with the module it was written in; the last one counts."""
    for home in reversed(owner.__mro__):
        is_ours = issubclass(home, Value) and home not in (Value, Made)
        written: dict[str, Any] = home.__annotations__ if is_ours else {}
        for name, annotation in written.items():
            if get_origin(annotation) is not ClassVar:
                default = vars(home).get(name, ...)
                spec = default if isinstance(default, Spec) else Spec(default)
                whole = Spec(spec.default, spec.default_factory, spec.alias, spec.bounds, annotation)
                yield name, whole, home.__module__


def _bare(spec: Spec) -> Spec:
    annotation = spec.annotation
    bare = get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
    return Spec(spec.default, spec.default_factory, spec.alias, spec.bounds, bare)


def whole_checks(owner: type[Value]) -> Iterator[tuple[str, str]]:
    """Names of the methods that check whole values, those of the most general class first, each with its mode."""
    for home in reversed(owner.__mro__):
        for name, member in vars(home).items():
            mode: str | None = getattr(getattr(member, "__func__", member), MODE, None)
            if mode is not None:
                yield name, mode


def faults(error: ValueError) -> list[dict[str, Any]]:
    """What pydantic found wrong with data: for each fault `type`, `loc` (path of keys and places) and `msg`."""
    found: list[dict[str, Any]] = error.errors(include_url=False)  # type: ignore[attr-defined]  # its ValidationError
    return found


def _twins() -> Any:
    from license_audit.model import twins  # noqa: PLC0415  # see above

    return twins
