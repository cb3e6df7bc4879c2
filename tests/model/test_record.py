"""Records: equal by type and fields, and never changed."""

import dataclasses
import pickle
from copy import copy
from functools import cached_property
from typing import Any, ClassVar

import pytest

from license_audit.model.record import Record, replace


class Point(Record):
    """Two numbers."""

    x: int
    y: int = 0
    dimensions: ClassVar[int] = 2

    @cached_property
    def sum(self) -> int:
        """Of both."""
        return self.x + self.y


class Named(Point):
    """One with a name."""

    name: str = ""


class Alone(Record):
    """One field, which may be a tuple."""

    parts: tuple[int, ...]


def test_records_are_made_by_place_and_by_name() -> None:
    assert Point(1) == Point(x=1, y=0) == Point(1, 0)
    assert Named(1, name="n") == Named(1, 0, "n")
    assert (Point(1, 2).x, Point(1, 2).y, Point(1, 2).dimensions) == (1, 2, 2)


def test_what_is_missing_or_unknown_is_refused() -> None:
    for wrong in ({}, {"x": 1, "z": 2}, {"y": 1}):
        with pytest.raises(TypeError):
            Point(**wrong)


def test_equal_by_type_and_fields() -> None:
    point = Point(1, 2)
    assert point.sum == 3
    assert point == Point(1, 2)
    assert hash(point) == hash(Point(1, 2))
    assert point != Point(2, 1)
    assert point != Named(1, 2)
    assert point != (1, 2)
    assert Alone((1,)) == Alone((1,)) != Alone((2,))
    assert len({Alone((1,)), Alone((1,))}) == 1


def test_nothing_changes() -> None:
    point = Point(1)
    with pytest.raises(AttributeError, match="Point is frozen"):
        point.x = 2  # type: ignore[misc]  # that is the point
    with pytest.raises(AttributeError, match="Point is frozen"):
        del point.x


def test_representation() -> None:
    assert repr(Named(1, name="n")) == "Named(x=1, y=0, name='n')"


def test_other_fields() -> None:
    assert replace(Point(1, 2), y=5) == dataclasses.replace(Point(1, 2), y=5) == Point(1, 5)
    assert dataclasses.replace(Point(1, 2), x=5) == Point(5, 2)
    unknown: dict[str, Any] = {"z": 1}
    with pytest.raises(TypeError):
        replace(Point(1), **unknown)


def test_copies_of_a_class_that_was_never_called() -> None:
    class Late(Record):
        x: int

    late = copy(object.__new__(Late))
    late.__setstate__({"x": 1})
    assert late == Late(1)
    assert pickle.loads(pickle.dumps(Point(1, 2))) == Point(1, 2)  # noqa: S301  # our own
