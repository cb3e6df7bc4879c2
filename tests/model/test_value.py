"""What every value can do, whether or not pydantic made it."""

import pickle
from copy import copy, deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from license_audit.model.evidence import Evidence, Parent, Statement
from license_audit.model.facts import Acts
from license_audit.model.license import Clause, Reading
from license_audit.model.lock import Block, Lock
from license_audit.model.marks import field
from license_audit.model.report import Finding, Question
from license_audit.model.value import Made, Value, faults

BASE = Evidence(model="lab/base", declared=("mit",))
MODEL = Evidence(model="lab/m", parents=(Parent(evidence=BASE, relation="merge", basis="declared"),))


class Renamed(Made):
    """A made value with a field that pydantic alone would convert."""

    name: str
    size: int = 0


def test_values_are_equal_by_type_and_fields() -> None:
    again = Evidence.model_validate(MODEL.model_dump())
    assert again == MODEL
    assert again is not MODEL
    assert hash(again) == hash(MODEL) == hash(MODEL)
    assert MODEL != BASE
    assert Finding(kind="k", level="note", message="m") != "k"
    with pytest.raises(TypeError):
        hash(Block(source="hub"))  # it holds a mapping


def test_values_do_not_change() -> None:
    with pytest.raises(AttributeError, match="Evidence is frozen"):
        MODEL.model = "other"  # type: ignore[misc]  # that is the point
    with pytest.raises(AttributeError, match="Evidence is frozen"):
        del MODEL.model
    assert MODEL.model == "lab/m"


def test_copies() -> None:
    changed = MODEL.model_copy(update={"model": "lab/n"})
    assert (changed.model, changed.parents is MODEL.parents, MODEL.model) == ("lab/n", True, "lab/m")
    whole = MODEL.model_copy(deep=True)
    assert whole == MODEL
    assert whole.parents[0] is not MODEL.parents[0]
    for twice in (copy(MODEL), deepcopy(MODEL), pickle.loads(pickle.dumps(MODEL))):  # noqa: S301  # our own
        assert (twice, hash(twice)) == (MODEL, hash(MODEL))


def test_representation() -> None:
    assert repr(Statement(kind="license", quote="q", line=3)) == (
        "Statement(kind='license', about='model', license='', quote='q', line=3, file='')"
    )


def test_the_constructor_converts_and_refuses() -> None:
    given: dict[str, Any] = {"id": "1", "rule": "r", "acts": "any", "anchor": "a", "gist": "g", "travels": "never"}
    assert Clause(**given).acts == ()
    assert Statement.model_validate({"kind": "license", "quote": "q", "line": "3"}).line == 3
    with pytest.raises(ValidationError) as caught:
        Clause(**given | {"travels": "far", "more": 1})
    assert [(fault["loc"], fault["type"]) for fault in faults(caught.value)] == [
        (("travels",), "literal_error"),
        (("more",), "extra_forbidden"),
    ]


def test_nothing_is_checked_of_what_is_constructed() -> None:
    reading: dict[str, Any] = {"name": 5}
    made = Reading.model_construct(**reading)
    assert repr(made)[:24] == "Reading(name=5, differen"
    assert (made.with_, made.acts) == ({}, None)
    assert Reading.model_construct(**reading).with_ is not made.with_
    with_ = {"a": 1}
    assert Reading.model_construct(with_=with_).with_ is with_


def test_made_values_check_names_alone() -> None:
    odd: dict[str, Any] = {"name": 5}
    assert Renamed(**odd).name == 5  # type: ignore[comparison-overlap]  # unchecked
    assert Renamed(name="x") == Renamed.model_validate({"name": "x"})
    assert Renamed.model_validate({"name": "x", "size": "3"}).size == 3
    for wrong in ({}, {"name": "x", "other": 1}, {"size": 1}):
        with pytest.raises(ValidationError):
            Renamed(**wrong)
    with pytest.raises(ValidationError):
        Renamed.model_validate(odd)
    assert Question(path="p", text="t", clauses=(), decides=True).model_dump() == {
        "path": "p",
        "text": "t",
        "clauses": (),
        "decides": True,
    }


def test_plain_data_and_json() -> None:
    lock = Lock(tool="1", models={"lab/m": Block(source="hub")})
    data = lock.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    assert data == {"tool": "1", "models": {"lab/m": {"source": "hub"}}}
    assert Lock.model_validate_json(lock.model_dump_json(by_alias=True)) == lock
    with pytest.raises(ValidationError):
        Lock.model_validate_json("{")


def test_fields_are_told_with_their_types() -> None:
    fields = Acts.model_fields
    assert list(fields) == ["items", "open"]
    assert fields["open"].annotation is bool
    assert (fields["open"].default, fields["items"].default) == (False, ...)
    assert Lock.model_fields["schema_version"].alias == "schema"


def test_a_field_may_have_no_mark() -> None:
    assert field(default=1).bounds is None
    assert field(pattern="^a$").bounds.pattern == "^a$"


def test_what_pydantic_notes_is_not_kept() -> None:
    made = Value.model_validate({})
    assert made.__dict__ == {}
    assert (made.__pydantic_fields_set__, made.__pydantic_extra__) == (None, None)
