"""For each kind of value a pydantic model of the same fields. It converts data, explains what is wrong, and prints.

What it makes are values of the class it stands for, and none of its own.
"""

from collections.abc import Callable
from functools import partial
from threading import RLock
from types import new_class
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import SchemaSerializer, SchemaValidator

from license_audit.model.marks import Spec
from license_audit.model.value import Value, plan, whole_checks

_TWINS: dict[type[Value], type[BaseModel]] = {}
_KINDS: dict[type, type[Value]] = {}
"""The kind that each twin stands for."""
_CORES: dict[type[Value], "Core"] = {}
_LOCK = RLock()
"""Several threads read files at once, and each may be the first to need a kind."""
_CONFIG = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Core(NamedTuple):
    """What pydantic does with values of one kind."""

    validator: SchemaValidator
    serializer: SchemaSerializer


def twin(kind: type[Value]) -> type[BaseModel]:
    """The pydantic model with the same name, fields and checks."""
    with _LOCK:
        return _TWINS.get(kind) or _made(kind)


def _made(kind: type[Value]) -> type[BaseModel]:
    specs = plan(kind).specs
    names: dict[str, Any] = {
        "__module__": kind.__module__,
        "__qualname__": kind.__qualname__,
        "__doc__": kind.__doc__,
        "__annotations__": {name: _annotation(spec) for name, spec in specs.items()},
        "model_config": _CONFIG,
    }
    names |= {name: _default(spec) for name, spec in specs.items()}
    names |= {name: _check(kind, name, mode) for name, mode in whole_checks(kind)}
    found = new_class(kind.__name__, (BaseModel,), exec_body=lambda namespace: namespace.update(names))
    _TWINS[kind], _KINDS[found] = found, kind
    return found


def core(kind: type[Value]) -> Core:
    """The validator and the serializer of the kind itself."""
    with _LOCK:
        if kind not in _CORES:
            model = twin(kind)
            model.model_rebuild()
            schema = _with_values(model.__pydantic_core_schema__)
            _CORES[kind] = Core(SchemaValidator(schema), SchemaSerializer(schema))
        return _CORES[kind]


def _annotation(spec: Spec) -> Any:
    return spec.annotation if spec.bounds is None else Annotated[spec.annotation, spec.bounds]


def _default(spec: Spec) -> Any:
    if spec.default_factory is not None:
        return Field(default_factory=spec.default_factory, alias=spec.alias)
    return Field(default=spec.default, alias=spec.alias)


def _check(kind: type[Value], name: str, mode: str) -> Any:
    """The method as pydantic takes it. One that is given raw data is called on the kind itself."""
    if mode == "after":
        return model_validator(mode="after")(getattr(kind, name))
    method: Callable[[Any], Any] = getattr(kind, name)
    raw: Any = classmethod(partial(_raw, method))
    return model_validator(mode="before")(raw)


def _raw(method: Callable[[Any], Any], _: type[BaseModel], data: Any) -> Any:
    return method(data)


def _with_values(schema: Any) -> Any:
    """The schema with the kinds themselves in the place of their twins. Defaults are values already."""
    if isinstance(schema, list):
        return [_with_values(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kind = schema.get("type")
    if kind == "model-fields":
        # Its keys are names of fields, and say nothing of the schema.
        return {**schema, "fields": {name: _with_values(inner) for name, inner in schema["fields"].items()}}
    found = {key: value if key == "default" else _with_values(value) for key, value in schema.items()}
    return {**found, "cls": _KINDS[found["cls"]]} if kind == "model" else found
