"""Texts beside a model: what they are, and on which lines clauses stand."""

from collections.abc import Mapping

from license_audit.engine.identify.matching import MAX_TEXTS
from license_audit.engine.identify.passages import MAX_QUOTE
from license_audit.known import text_index
from license_audit.model.evidence import FoundText
from license_audit.readers.catalog import PackagedCatalog
from license_audit.recognition import recognize
from tests.conftest import ROOT
from tests.published import scancode

APACHE = (ROOT / "LICENSE").read_text(encoding="utf-8")


def look(texts: Mapping[str, str], catalog: PackagedCatalog) -> tuple[FoundText, ...]:
    """What texts are."""
    return recognize(texts, catalog, text_index())


def test_a_published_text_with_every_clause_in_its_place(catalog: PackagedCatalog) -> None:
    (found,) = look({"m/LICENSE": APACHE}, catalog)
    assert (found.file, found.key, found.status, found.similarity) == ("m/LICENSE", "apache-2.0", "unaltered", 1.0)
    assert found.lines[0] <= 2
    assert found.lost == ()
    assert [place.clause for place in found.passages] == [
        f"apache-2.0/{clause.id}" for clause in catalog.license("apache-2.0").clauses
    ]
    lines = APACHE.split("\n")
    for place in found.passages:
        first, last = place.lines
        assert place.quote == "\n".join(lines[first - 1 : last])
    notice = next(place for place in found.passages if place.clause == "apache-2.0/4.d")
    assert "NOTICE" in notice.quote


def test_an_altered_text_with_the_clause_that_is_gone(catalog: PackagedCatalog) -> None:
    start, end = APACHE.index("(b) You must cause"), APACHE.index("(c) You must retain")
    (found,) = look({"m/LICENSE": APACHE[:start] + APACHE[end:]}, catalog)
    line = APACHE.count("\n", 0, start) + 1
    assert found.status == "altered"
    assert [(change.kind, change.section) for change in found.changes] == [("removed", "4.b")]
    assert abs(found.changes[0].lines[0] - line) <= 1
    assert found.lost == ("apache-2.0/4.b",)


def test_an_unknown_text_and_the_nearest(catalog: PackagedCatalog) -> None:
    words = APACHE.split()
    (near,) = look({"m/LICENSE": " ".join(words[300:400]) + " and then whatever I like to say on it"}, catalog)
    assert (near.key, near.status, near.lines) == ("", "unknown", (1, 1))
    assert near.nearest
    assert 0 < near.similarity < 0.2
    (far,) = look({"m/LICENSE": "All rights are mine.\nAsk me.\n"}, catalog)
    assert (far.status, far.nearest, far.lines) == ("unknown", "", (1, 3))


def test_a_card_counts_only_as_a_nearly_whole_copy(catalog: PackagedCatalog) -> None:
    assert look({"m/README.md": "# A model\n\nUnder Apache 2.0.\n"}, catalog) == ()
    assert look({"m/README.md": "# A model\n\n" + APACHE[: len(APACHE) // 2]}, catalog) == ()
    (found,) = look({"m/README.md": "# A model\n\nIt is good.\n\n## License\n\n" + APACHE}, catalog)
    assert (found.key, found.status) == ("apache-2.0", "unaltered")


def test_a_text_without_encoded_clauses_has_no_passages(catalog: PackagedCatalog) -> None:
    (found,) = look({"m/LICENSE": scancode("mit-0")}, catalog)
    assert (found.key, found.status, found.passages, found.lost) == ("MIT-0", "unaltered", (), ())


def test_a_file_with_more_texts_than_are_looked_for_is_not_known(catalog: PackagedCatalog) -> None:
    found = look({"m/LICENSE": scancode("isc") * (MAX_TEXTS + 1)}, catalog)
    assert {text.key for text in found} == {"isc", ""}
    assert [text.status for text in found if not text.key] == ["unknown"]


def test_long_lines_are_quoted_in_part(catalog: PackagedCatalog) -> None:
    altered = APACHE.replace("\n", " ").replace("You must cause", "You need not cause")
    (found,) = look({"m/LICENSE": altered}, catalog)
    assert found.status == "altered"
    quotes = [*(place.quote for place in found.passages), *(change.quote for change in found.changes)]
    assert max(map(len, quotes)) <= MAX_QUOTE + 2
    assert all(quote.startswith("… ") for quote in quotes[: len(found.passages)])
