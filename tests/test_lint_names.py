"""Names that are declared twice, texts that replace others, and models that came under what had been replaced."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from license_audit.lint_names import lint_names, superseded
from license_audit.readers.catalog import PackagedCatalog

Linting = Callable[..., list[str]]


def text(**more: Any) -> dict[str, Any]:
    """The identity of a text."""
    common = {"title": "A", "publisher": "P", "spdx": "LicenseRef-x", "kind": "license", "openness": "community"}
    return {**common, "version": None, "date": None, "language": "en", "aliases": [], **more}


def written(folder: Path, known: dict[str, Any], models: dict[str, Any], **more: Any) -> PackagedCatalog:
    """A catalog of texts and models."""
    (folder / "licenses" / "models").mkdir(parents=True, exist_ok=True)
    listed = {"schema": 1, "known": known, "ambiguous": {}, "nothing": [], **more}
    (folder / "licenses" / "names.yaml").write_text(yaml.safe_dump(listed, sort_keys=False), "utf-8")
    publisher = {"schema": 1, "publisher": "P", "organizations": ["p"], "models": models}
    (folder / "licenses" / "models" / "p.yaml").write_text(yaml.safe_dump(publisher, sort_keys=False), "utf-8")
    return PackagedCatalog(folder)


@pytest.fixture
def lint(tmp_path: Path) -> Linting:
    """Lint the names of some texts."""

    def linting(known: dict[str, Any], **more: Any) -> list[str]:
        return [str(problem) for problem in lint_names(written(tmp_path, known, {}, **more))]

    return linting


@pytest.fixture
def late(tmp_path: Path) -> Linting:
    """What is said of models when `new` replaced `old` on a day, or when nobody knows."""

    def linting(models: dict[str, Any], **more: Any) -> list[str]:
        known = {"old": text(spdx="LicenseRef-o"), "new": text(spdx="LicenseRef-n", supersedes="old", **more)}
        return [str(problem) for problem in superseded(written(tmp_path, known, models))]

    return linting


def test_the_packaged_names_are_right(catalog: PackagedCatalog) -> None:
    assert lint_names(catalog) == []


def test_names_of_different_texts_are_fine(lint: Linting) -> None:
    known = {"a-1": text(spdx="A-1", aliases=["first", "one"]), "b": text(spdx="LicenseRef-b", aliases=None)}
    assert lint(known, ambiguous={"c": {"keys": ["a-1", "b"], "decided_by": "text"}}, nothing=["none"]) == []


@pytest.mark.parametrize(
    ("first", "second", "line", "told"),
    [
        ({"aliases": ["Same"]}, {"aliases": ["same"]}, "    - same", "b: the name 'same' stands for a as well"),
        ({"aliases": ["B"]}, {}, "  b:", "b: the name 'b' stands for a as well"),
        (
            {"spdx": "LicenseRef-B"},
            {},
            "    spdx: LicenseRef-b",
            "b: the name 'LicenseRef-b' stands for a as well",
        ),
        ({}, {"aliases": [" A"]}, "    - ' A'", "b: the name ' A' stands for a as well"),
        ({}, {"aliases": ["x", "X"]}, "    - X", "b: the name 'X' is declared twice"),
        ({}, {"aliases": ["both"]}, "  Both:", "the name 'Both' stands for b, and is said to mean a, b"),
        ({}, {"aliases": ["None"]}, "    - None", "b: the name 'None' names no license, as `nothing` says"),
    ],
)
def test_a_name_stands_for_one_text(
    lint: Linting, tmp_path: Path, first: Any, second: Any, line: str, told: str
) -> None:
    known = {"a": text(spdx="LicenseRef-a") | first, "b": text(spdx="LicenseRef-b") | second}
    ((number, message),) = places(lint(known, ambiguous={"Both": {"keys": ["a", "b"], "decided_by": "text"}},
                                       nothing=["none"]))  # fmt: skip
    lines = (tmp_path / "licenses" / "names.yaml").read_text("utf-8").splitlines()
    assert message == told
    assert lines[number - 1].startswith(line) or lines[number - 2].startswith(line)


def places(problems: list[str]) -> list[tuple[int, str]]:
    """(line, message) of problems of the list of names."""
    parts = [problem.removeprefix("licenses/names.yaml:").split(":", 2) for problem in problems]
    return [(int(line), message.strip()) for line, _, message in parts]


def test_a_key_may_be_its_own_spdx_id_and_alias(lint: Linting) -> None:
    assert lint({"mit": text(spdx="MIT", aliases=["MIT"])}) == []


LICENSE = {
    "schema": 1, "key": "a", "kind": "license", "title": "A", "publisher": "P", "spdx": "LicenseRef-a", "version": "1",
    "date": None, "sections": [], "clauses": [], "reviewed": {"by": "x", "on": "2026-01-01", "confidence": "low"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("alias", "told"),
    [
        ("first", []),
        ("unheard-of", []),
        ("second", ["licenses/a.yaml:2:3: the name 'second' stands for b"]),
        ("both", ["licenses/a.yaml:2:3: the name 'both' can mean a, b"]),
    ],
)
def test_an_encoding_takes_no_name_of_another_text(lint: Linting, tmp_path: Path, alias: str, told: list[str]) -> None:
    (tmp_path / "licenses").mkdir()
    data = {"aliases": [alias], **LICENSE}
    (tmp_path / "licenses" / "a.yaml").write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    known = {"a": text(spdx="LicenseRef-a", aliases=["first"]), "b": text(spdx="LicenseRef-b", aliases=["second"])}
    assert lint(known, ambiguous={"both": {"keys": ["a", "b"], "decided_by": "text"}}) == told


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ({"date": "2024"}, {"date": "2024-05-01"}, []),
        ({"date": "2024-05"}, {"published": "2024-05-01"}, []),
        ({"date": "2024-05-02"}, {"date": "2024-05-01"}, ["b is older than a, which it is said to replace"]),
        ({"published": "2025"}, {"date": "2024-05-01"}, ["b is older than a, which it is said to replace"]),
        ({"date": "2024-05-02"}, {}, []),
        ({}, {"date": "2024-05-02"}, []),
        ({"supersedes": "b"}, {}, ["a replaces itself: a, b", "b replaces itself: a, b"]),
        ({"supersedes": "nobody"}, {}, []),
    ],
)
def test_a_text_replaces_an_earlier_one(lint: Linting, first: Any, second: Any, told: list[str]) -> None:
    known = {"a": text(spdx="LicenseRef-a", **first), "b": text(spdx="LicenseRef-b", supersedes="a", **second)}
    assert [problem.partition(": ")[2] for problem in lint(known)] == told


def test_a_text_that_leads_into_a_circle_is_not_in_it(lint: Linting) -> None:
    known = {
        "a": text(spdx="LicenseRef-a", supersedes="b"),
        "b": text(spdx="LicenseRef-b", supersedes="b"),
    }
    assert [problem.partition(": ")[2] for problem in lint(known)] == ["b replaces itself: b"]


def under(*terms: tuple[str, str | None, str | None], base: tuple[str, ...] = ()) -> dict[str, Any]:
    """A model that came under terms for a time each."""
    return {
        "base": list(base),
        "terms": [
            {"license": key, "since": since, "until": until, "source": "read", "confidence": "high"}
            for key, since, until in terms
        ],
    }


@pytest.mark.parametrize(
    ("since", "replaced", "is_late"),
    [
        ("2024-05-02", "2024-05-01", True),
        ("2024-05-01", "2024-05-01", False),
        ("2024-04-30", "2024-05-01", False),
        ("2024-06", "2024-05-01", True),
        ("2024-05", "2024-05-01", False),
        ("2025", "2024-05", True),
        ("2024-05-02", "2024", False),
        (None, "2024", False),
        ("2025-01-01", None, False),
    ],
)
def test_a_model_that_came_under_a_replaced_text_is_told(
    late: Linting, since: str | None, replaced: str | None, is_late: bool
) -> None:
    told = [(4, "new replaced old, and models still came under it: p/m")] if is_late else []
    assert places(late({"p/m": under(("old", since, None))}, date=replaced)) == told
    assert places(late({"p/m": under(("old", since, None))}, published=replaced)) == told


def test_what_is_over_or_no_longer_the_newest_is_not_told(late: Linting) -> None:
    assert late({"p/m": under(("old", "2025-01-01", "2025-02-01"))}, date="2024") == []
    assert late({"p/m": under(("old", "2025-01-01", "2025-02-01"), ("new", "2025-02-01", None))}, date="2024") == []
    assert late({"p/m": under(("new", "2023-01-01", "2025-01-01"), ("old", "2025-01-01", None))}, date="2024") != []


def test_what_a_parent_hands_down_is_not_late(late: Linting) -> None:
    parent = under(("old", "2023-01-01", "2023-06-01"), ("new", "2023-06-01", None))
    child = under(("old", "2025-01-01", None), base=("p/nobody", "p/parent"))
    assert late({"p/parent": parent, "p/m": child}, date="2024") == []
    assert late({"p/parent": under(("new", "2023-01-01", None)), "p/m": child}, date="2024") != []


def test_many_models_are_counted(late: Linting) -> None:
    models = {f"p/m{number}": under(("old", "2025-01-01", None)) for number in range(7)}
    (told,) = late(models, date="2024")
    assert told.endswith(": p/m0, p/m1, p/m2, p/m3, p/m4 and 2 more")
    (told,) = late({name: models[name] for name in list(models)[:5]}, date="2024")
    assert told.endswith(": p/m0, p/m1, p/m2, p/m3, p/m4")
