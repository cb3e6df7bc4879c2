"""Plain data is read without pydantic, and never otherwise than pydantic reads it."""

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, NewType, Self

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from license_audit.model import twins
from license_audit.model.facts import AnnualMoney, MonthlyCount
from license_audit.model.license import License, Rule
from license_audit.model.lock import Lock
from license_audit.model.manifest import Manifest
from license_audit.model.marks import Before, Bounds, Joined, after, before, field
from license_audit.model.plain import NotPlainError
from license_audit.model.profile import Profile
from license_audit.model.value import Value
from license_audit.readers.strict_yaml import load
from tests.conftest import ROOT
from tests.strategies import DAYS, ORGANIZATIONS, USES

Key = NewType("Key", str)
NAMES = st.sampled_from(["a", "1", "2024", "2023-06", "no", "true", "", "x/y", "ü", "\ud800", "\n", "2020-02-30"])
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 2**60),
    st.floats(allow_nan=False),
    NAMES,
    st.text(max_size=4),
    st.decimals(allow_nan=True, places=2),
    st.dates(),
    st.lists(NAMES, max_size=3),
    st.dictionaries(NAMES, NAMES, max_size=2),
)


def _pair(value: object) -> object:
    return tuple(value.rsplit(" ", 1)) if isinstance(value, str) else value


def _upper(value: object) -> object:
    if value == "never":
        raise ValueError("never say never")
    return value.upper() if isinstance(value, str) else value


class Leaf(Value):
    """The inner one."""

    name: Key
    shout: Annotated[str, Before(_upper)] = "QUIET"


class Awkward(Value):
    """Fields with names that mean something to pydantic."""

    type: Leaf | None = None
    default: Leaf | None = None
    cls: tuple[Leaf, ...] = ()
    fields: Leaf | None = None


class Every(Value):
    """One field for each kind of type."""

    text: str | None = None
    word: Literal["one", "two"] = "one"
    number: int = 0
    share: float = 0.0
    sum: Decimal | None = None
    day: date | None = None
    flag: bool = False
    thing: Any = None
    whatever: object = None
    pair: Annotated[tuple[str, str], Joined(_pair)] = ("a", "b")
    span: tuple[int, int] = (0, 0)
    list_: tuple[str, ...] = field(default=(), alias="list")
    short: str | None = field(default=None, min_length=1, pattern="^[a-z]+$")
    some: Annotated[tuple[Leaf, ...], Bounds(min_length=1)] | None = None
    either: bool | Decimal | str | tuple[str, ...] | Leaf | None = None
    by_name: dict[str, "Every"] = field(default_factory=dict)
    unheard_of: list[int] | None = None
    unmarked: Annotated[str, "some mark"] = ""


class Whole(Value):
    """Checks itself, before and after."""

    low: int
    high: int

    @before
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        if data == "odd":
            raise ValueError("odd")
        low, _, high = data.partition("-") if isinstance(data, str) else ("", "", "")
        return {"low": len(low), "high": len(high)} if high else data

    @after
    def _ordered(self) -> Self:
        if self.low > self.high:
            raise ValueError("the other way round")
        return self


def both(kind: type[Value], data: Any) -> None:
    """What is plain is what pydantic makes of it; the rest is pydantic's, also what is wrong."""
    wrong = ""
    try:
        expected = twins.core(kind).validator.validate_python(data)
    except ValidationError as error:
        wrong = str(error)
    if wrong:
        with pytest.raises(NotPlainError):
            kind.read_plain(data)
        with pytest.raises(ValidationError) as caught:
            kind.model_validate(data)
        assert str(caught.value) == wrong
        return
    assert kind.model_validate(data) == expected
    try:
        plain = kind.read_plain(data)
    except NotPlainError:
        return
    assert plain == expected
    assert repr(plain) == repr(expected)
    assert plain.model_dump_json() == expected.model_dump_json()


@given(st.dictionaries(st.sampled_from([*Every.model_fields, "list", "other"]), ODD, max_size=3))
def test_any_data_for_any_type(data: dict[str, Any]) -> None:
    both(Every, data)


@pytest.mark.parametrize(
    "data",
    [
        {"text": "ü", "word": "two", "number": 3, "share": 1, "flag": True, "thing": [1], "whatever": {"a": 1}},
        {"sum": "1_000.50", "day": "2024-02-29"},
        {"sum": Decimal("1.5"), "day": date(2024, 2, 29), "share": 0.5},
        {"pair": "two words here", "span": [1, 2], "list": ["x"], "short": "abc"},
        {"some": [{"name": "a"}, Leaf(name=Key("b"))], "either": {"name": "a", "shout": "loud"}},
        {"either": "5"},
        {"either": ["5"]},
        {"either": True},
        {"either": Decimal(5)},
        {"by_name": {"x": {"number": 1, "by_name": {"y": {}}}}},
    ],
)
def test_what_is_plain(data: dict[str, Any]) -> None:
    assert isinstance(Every.read_plain(data), Every)
    both(Every, data)


@pytest.mark.parametrize(
    "data",
    [
        {"text": 5},
        {"word": "three"},
        {"word": ["one"]},
        {"number": True},
        {"number": "5"},
        {"share": 2**53},
        {"share": "0.5"},
        {"sum": "1e3"},
        {"sum": "-1"},
        {"sum": "1.2.3"},
        {"sum": "_1"},
        {"sum": ""},
        {"sum": "٣"},
        {"sum": Decimal("NaN")},
        {"sum": 5},
        {"day": "2024-02-30"},
        {"day": "2024-2-3"},
        {"day": 5},
        {"pair": "one"},
        {"span": [1]},
        {"span": "12"},
        {"list": "x"},
        {"list": {"x": 1}},
        {"short": ""},
        {"short": "abc\n"},
        {"short": "Abc"},
        {"short": "\ud800"},
        {"some": []},
        {"some": [{"name": "a", "shout": "never"}]},
        {"either": 5},
        {"either": {"name": 5}},
        {"either": {"other": "a"}},
        {"by_name": [1]},
        {"by_name": {"x": {"other": 1}}},
        {"unheard_of": [1]},
        {"unmarked": "x"},
        {"list_": ["x"]},
        {"other": 1},
        [],
        None,
        "text",
    ],
)
def test_what_is_left_to_pydantic(data: Any) -> None:
    with pytest.raises(NotPlainError):
        Every.read_plain(data)
    both(Every, data)


@pytest.mark.parametrize(
    "data", ["ab-abc", {"low": 1, "high": 2}, "abc-ab", {"low": 2, "high": 1}, "odd", {"low": 1}, "x"]
)
def test_checks_of_the_whole(data: Any) -> None:
    both(Whole, data)


@pytest.mark.parametrize("name", Awkward.model_fields)
def test_names_of_fields_mean_nothing(name: str) -> None:
    leaf = {"name": "a", "shout": "loud"}
    both(Awkward, {name: [leaf] if name == "cls" else leaf})
    made = twins.core(Awkward).validator.validate_python({name: [leaf] if name == "cls" else leaf})
    assert isinstance(made.cls[0] if name == "cls" else getattr(made, name), Leaf)


def test_a_value_is_taken_as_it_is() -> None:
    leaf = Leaf(name=Key("a"))
    assert Every.read_plain({"either": leaf}).either is leaf
    assert Leaf.model_validate(leaf) is leaf


def paths(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place of plain data."""
    yield path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in items:
        yield from paths(value, (*path, step))


def altered(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The data with something else at a place."""
    if not path:
        return value
    found = deepcopy(data)
    at = found
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return found


LOCK = {
    "schema": "1",
    "tool": "0.1.0",
    "models": {
        "lab/m": {
            "source": "hub",
            "commit": "c" * 40,
            "gate": "none",
            "declared": ["mit"],
            "files": {"LICENSE": "0" * 64},
            "texts": ["LICENSE"],
            "notice_file": False,
            "parents": [{"model": "lab/base", "relation": "merge", "basis": "declared"}],
            "stated": [{"kind": "license", "license": "mit", "quote": "MIT", "line": 3}],
            "moves": [{"kind": "text", "message": "changed", "sections": ["1"]}],
        }
    },
    "texts": {
        "0" * 64: {"found": [{"key": "mit", "status": "unaltered", "lines": [1, 2]}], "sections": ["1 abc", "2 d"]}
    },
}
MANIFEST = {
    "schema": "1",
    "models": [
        {"id": "lab/m", "use": "main", "base": ["lab/base"], "relation": "merge"},
        {"path": "models/x", "use": ["main", "other"]},
        {"id": "gpt", "provider": "openai", "use": "main"},
    ],
}


@pytest.mark.parametrize(("kind", "data"), [(Lock, LOCK), (Manifest, MANIFEST)])
@given(choice=st.data())
def test_files_with_something_odd_in_them(kind: type[Value], data: Any, choice: st.DataObject) -> None:
    both(kind, data)
    both(kind, altered(data, choice.draw(st.sampled_from(list(paths(data)))), choice.draw(ODD)))


@given(ORGANIZATIONS, USES, st.data())
def test_profiles_with_something_odd_in_them(organization: Any, use: Any, choice: st.DataObject) -> None:
    data = json.loads(json.dumps({"schema": "1", "organization": organization, "uses": {"main": use}}, default=str))
    both(Profile, data)
    both(Profile, altered(data, choice.draw(st.sampled_from(list(paths(data)))), choice.draw(ODD)))


@given(
    st.dictionaries(
        st.sampled_from(["currency", "at_least", "at_most", "2024", "2024-05", "x"]), ODD | DAYS, max_size=4
    )
)
def test_amounts(data: dict[str, Any]) -> None:
    both(MonthlyCount, data)
    both(AnnualMoney, data)


def test_all_that_is_packaged_is_plain() -> None:
    for folder, kind in (("rules", Rule), ("licenses", License)):
        for path in sorted((ROOT / folder).glob("*.yaml")):
            data = load(path.read_text(encoding="utf-8"), path.name).data
            if folder.removesuffix("s") in data or "key" in data:
                assert kind.read_plain(data) == twins.core(kind).validator.validate_python(data), path


def test_the_example_is_plain() -> None:
    for name, kind in (("models", Manifest), ("profile", Profile)):
        text = (ROOT / "examples" / "acme" / f"{name}.yaml").read_text(encoding="utf-8")
        data = load(text, name).data
        assert kind.read_plain(data) == twins.core(kind).validator.validate_python(data)
