"""Names of a Python file, what they are bound to, and the strings that come out."""

import ast
from typing import NamedTuple


class Text(NamedTuple):
    """A string that an expression may stand for."""

    value: str
    node: ast.expr
    """Where it is written."""
    is_whole: bool = True
    """False when `value` is only how it begins."""


class Elements(NamedTuple):
    """What a loop gives to one of its variables."""

    items: ast.expr
    part: int
    """Which part of each item; -1 for the whole."""


class Parameter(NamedTuple):
    """What a function is given, by its callers in the same file and by default."""

    function: str
    name: str
    position: int
    default: ast.expr | None


Bound = ast.expr | Elements | Parameter


class Scope:
    """Names of a module, class or function with what they are bound to."""

    __slots__ = ("function", "is_class", "is_listing", "names", "parent")

    def __init__(self, parent: "Scope | None" = None, function: str = "", *, is_class: bool = False) -> None:
        self.names: dict[str, list[Bound]] = {}
        self.parent, self.function, self.is_class = parent, function, is_class
        self.is_listing = False

    def bind(self, name: str, value: Bound) -> None:
        """Note one more thing that a name is bound to."""
        self.names.setdefault(name, []).append(value)

    def find(self, name: str) -> "tuple[Scope, list[Bound]] | None":
        """What a name is bound to, here or around; a class is not around its methods."""
        scope: Scope | None = self
        while scope is not None:
            found = scope.names.get(name)
            if found is not None:
                return scope, found
            scope = scope.parent
            while scope is not None and scope.is_class:
                scope = scope.parent
        return None
