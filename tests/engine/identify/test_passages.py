"""Where the clauses of encoded licenses stand in the published texts.

One test answers for one text and looks for each of its clauses. A text is recognized once for all of them; for clauses
whose words are taken out, once for every eighth clause, so that a text stays what it is.
"""

import re
from functools import lru_cache

import pytest

from license_audit.engine.identify import Match, identify
from license_audit.engine.identify.passages import AROUND, MAX_QUOTE, Passage, passage
from license_audit.known import text_index
from license_audit.model.license import Clause
from license_audit.readers.catalog import PackagedCatalog
from tests.conftest import ROOT
from tests.engine.identify.test_search import ALL
from tests.published import CORE, FORMS, corpus, line_of, scancode

CATALOG = PackagedCatalog(ROOT)
SHIPPED = {key: scancode(name) for name, key in CORE.items() if key in CATALOG.license_keys()}
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in corpus("licenses")} | SHIPPED
KEYS = [key for key in CATALOG.license_keys() if key in TEXTS]
EIGHTH = 8
# How a line opens one of the numbered parts at the top, where all of them are numbered in one way.
TOPS = {
    "llama-2-community": r"^(\d)\. [A-Z]",
    "apache-2.0": r"^   (\d)\. [A-Z]",
    "cc-by-4.0": r"^Section (\d) --",
    "cc-by-nc-4.0": r"^Section (\d) --",
    "cc-by-nc-sa-4.0": r"^Section (\d) --",
    "cc-by-sa-4.0": r"^Section (\d) --",
}


@lru_cache(maxsize=8)
def only(text: str) -> Match:
    """The only match."""
    (match,) = identify(text, text_index()).matches
    return match


def clauses_of(key: str) -> tuple[Clause, ...]:
    """The clauses of a license."""
    return CATALOG.license(key).clauses


def place_of(anchor: str, text: str) -> tuple[int, int]:
    """Where the words of an anchor stand, whatever stands between them."""
    words = re.findall(r"[^\W_]+", anchor)
    (found,) = re.finditer(r"[\W_]+".join(words), text, re.IGNORECASE)
    return found.span()


def test_clauses_of_these_licenses_are_looked_for() -> None:
    assert {"apache-2.0", "cc-by-4.0", "llama-2-community", "mit"} <= SHIPPED.keys()
    assert sum(len(clauses_of(key)) for key in KEYS) > 60


@pytest.mark.parametrize("key", KEYS)
def test_a_clause_stands_where_its_anchor_does(key: str) -> None:
    text = TEXTS[key]
    for clause in clauses_of(key):
        start, end = place_of(clause.anchor, text)
        found = passage(only(text), clause.id, clause.anchor)
        assert found is not None, clause.id
        assert found.lines == (line_of(text, start), line_of(text, end)), clause.id
        lines = text.split("\n")[found.lines[0] - 1 : found.lines[1]]
        assert found.quote == "\n".join(lines) or len("\n".join(lines)) > MAX_QUOTE, clause.id


@pytest.mark.parametrize("key", [key for key in KEYS if key in TOPS])
def test_a_clause_stands_in_the_part_that_it_is_numbered_by(key: str) -> None:
    text = SHIPPED[key]
    tops = {line_of(text, top.start()): top[1] for top in re.finditer(TOPS[key], text, re.MULTILINE)}
    for clause in clauses_of(key):
        found = passage(only(text), clause.id, clause.anchor)
        assert found is not None, clause.id
        assert tops[max(line for line in tops if line <= found.lines[0])] == clause.id[0], clause.id


@pytest.mark.parametrize("key", KEYS)
def test_a_clause_whose_words_were_taken_out_stands_nowhere(key: str) -> None:
    for first in range(min(EIGHTH, len(clauses_of(key)))):
        taken = clauses_of(key)[first::EIGHTH]
        text = without(TEXTS[key], [place_of(clause.anchor, TEXTS[key]) for clause in taken])
        (match,) = (match for match in identify(text, text_index()).matches if match.key == key)
        assert match.status == "altered"
        for clause in taken:
            assert passage(match, clause.id, clause.anchor) is None, clause.id


def without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text without some stretches, which may lie one over the other."""
    gone = {place for start, end in spans for place in range(start, end)}
    return "".join(letter for place, letter in enumerate(text) if place not in gone)


@pytest.mark.parametrize("form", ["wide lines", "upper case", "a comment of C", "html", "a readme", "pages"])
@pytest.mark.parametrize("key", ["apache-2.0", "llama-2-community"])
def test_clauses_are_found_in_every_form(key: str, form: str) -> None:
    text = FORMS[form](SHIPPED[key])
    match = only(text)
    for clause in CATALOG.license(key).clauses:
        assert passage(match, clause.id, clause.anchor) is not None, clause.id


# Own texts.

GARDEN = "whoever has a copy"


def garden() -> Match:
    """A match in an index of own texts."""
    (match,) = identify(
        "Whoever has a copy of this work may dance with it in the garden by day and by night, alone or in company.\n"
        "Every dance starts on the left foot and ends on the right one, unless rain falls on the grass before noon.\n"
        "Shoes are worn at all times, hats are not, and nobody steps on the flowers that grow beside the wall.\n"
        "Musicians are paid in bread and cheese before the second dance begins, and in wine after the last of them.\n"
        "The work comes as it stands; nobody answers for a broken heel, a lost button or a neighbor who complains.\n",
        ALL,
    ).matches
    return match


@pytest.mark.parametrize(
    ("anchor", "line"),
    [
        ("Whoever has a copy", 1),
        ("WHOEVER HAS A COPY", 1),
        ("left-foot", 2),
        ("leftfoot", 2),
        ("a neighbour", None),
        ("eft foot", None),
        ("nobody answers", 5),
        ("steps on the moon", None),
        ("", None),
        ("...", None),
    ],
)
def test_words_of_an_anchor_count_however_they_are_divided(anchor: str, line: int | None) -> None:
    found = passage(garden(), "", anchor)
    assert (found.lines if found else None) == ((line, line) if line else None)


@pytest.mark.parametrize("section", ["", "9", "9.a/first", "paragraph 1", "preamble"])
def test_a_section_that_is_not_there_is_looked_for_in_the_whole_text(section: str) -> None:
    found = passage(garden(), section, "broken heel")
    assert found is not None
    assert found.lines == (5, 5)


def test_words_that_stand_twice_are_found_in_the_section_of_the_clause() -> None:
    text = scancode("apache-2.0")
    match = only(text)
    lines = {
        section: found.lines[0]
        for section in ("2", "3")
        if (found := passage(match, section, "each Contributor hereby grants to You"))
    }
    assert [text.split("\n")[line - 2].split()[0] for line in lines.values()] == ["2.", "3."]


def test_of_a_very_long_line_the_words_around_are_quoted() -> None:
    text = FORMS["one line"](scancode("llama-2-license-2023"))
    found = passage(only(text), "2", "700 million")
    assert isinstance(found, Passage)
    assert found.lines == (1, 1)
    assert found.quote.startswith("… ")
    assert found.quote.endswith(" …")
    assert "700 million monthly active users" in found.quote
    assert len(found.quote.split()) == 2 * AROUND + 4
