"""Records that are made when they are first asked for: a run asks for few of those that a catalog holds."""

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class OnDemand(Generic[T]):
    """Values by key, each made once of the arguments that are kept for it."""

    def __init__(self, make: Callable[..., T], arguments: Mapping[str, tuple[Any, ...]]) -> None:
        self._make, self._arguments = make, arguments
        self._made: dict[str, T] = {}

    def get(self, key: str) -> T | None:
        """The value; None when there is none under that key."""
        if key not in self._made:
            if key not in self._arguments:
                return None
            self._made[key] = self._make(*self._arguments[key])
        return self._made[key]

    def all(self) -> list[T]:
        """Every value."""
        return [found for key in self._arguments if (found := self.get(key)) is not None]
