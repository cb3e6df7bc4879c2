"""What an annotation cannot say of a field or a class: conversions, bounds, and checks of the whole.

pydantic understands each mark, but is only loaded when it is asked.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

F = TypeVar("F", bound=Callable[..., Any])
MODE = "__checks__"
"""Attribute of a function that checks a whole value."""


class Before:
    """Annotates a type whose data goes through a function first; the function raises ValueError for what is wrong."""

    __slots__ = ("function",)

    def __init__(self, function: Callable[[Any], Any]) -> None:
        self.function = function

    def __get_pydantic_core_schema__(self, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """The schema behind the function."""
        from pydantic_core.core_schema import no_info_before_validator_function  # noqa: PLC0415  # see above

        return no_info_before_validator_function(self.function, handler(source))


class Bounds:
    """Annotates a text or a tuple with the shape it must have."""

    __slots__ = ("min_length", "pattern")

    def __init__(self, pattern: str | None = None, min_length: int | None = None) -> None:
        self.pattern, self.min_length = pattern, min_length

    def __get_pydantic_core_schema__(self, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """The schema with its bounds; those of an optional text hold for the text."""
        schema: Any = handler(source)
        inner = schema["schema"] if schema["type"] == "nullable" else schema
        given = {"pattern": self.pattern, "min_length": self.min_length}
        inner.update({name: bound for name, bound in given.items() if bound is not None})
        found: CoreSchema = schema
        return found


class Joined:
    """Annotates a tuple of texts that is written as one text, its last part after a space."""

    __slots__ = ("split",)

    def __init__(self, split: Callable[[Any], Any]) -> None:
        self.split = split

    def __get_pydantic_core_schema__(self, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """The schema of the parts behind the function that splits them, and how they are joined again."""
        from pydantic_core import core_schema as core  # noqa: PLC0415  # see above

        joined = core.plain_serializer_function_ser_schema(" ".join, return_schema=core.str_schema())
        shown = {"pydantic_js_functions": [lambda _schema, _handler: {"type": "string"}]}
        return core.no_info_before_validator_function(self.split, handler(source), serialization=joined, metadata=shown)


class Spec:
    """One field of a value."""

    __slots__ = ("alias", "annotation", "bounds", "default", "default_factory")

    def __init__(
        self,
        default: Any = ...,
        default_factory: Callable[[], Any] | None = None,
        alias: str | None = None,
        bounds: Bounds | None = None,
        annotation: Any = None,
    ) -> None:
        self.default, self.default_factory, self.alias = default, default_factory, alias
        self.bounds, self.annotation = bounds, annotation


def field(
    *,
    default: Any = ...,
    default_factory: Callable[[], Any] | None = None,
    alias: str | None = None,
    min_length: int | None = None,
    pattern: str | None = None,
) -> Any:
    """A field that is more than a type and a default. The alias is its name in files, and in the constructor."""
    bounded = pattern is not None or min_length is not None
    return Spec(default, default_factory, alias, Bounds(pattern, min_length) if bounded else None)


def before(function: F) -> F:
    """Marks a class method that is given the raw data of a value and gives back what is to be read."""
    setattr(getattr(function, "__func__", function), MODE, "before")
    return function


def after(function: F) -> F:
    """Marks a method that looks at the whole value, raises ValueError for what is wrong, and gives it back."""
    setattr(function, MODE, "after")
    return function
