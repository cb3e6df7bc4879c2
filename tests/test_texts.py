"""The index made again: from a folder of texts, from the SPDX list, and from what it held."""

from pathlib import Path

import pytest

from license_audit.engine.identify import identify
from license_audit.engine.identify.index import Index, pack
from license_audit.errors import AuditError
from license_audit.known import text_index
from license_audit.readers.catalog import PackagedCatalog
from license_audit.resources import index_path
from license_audit.texts import catalog_entries, list_entries, merged
from tests.conftest import CORPUS
from tests.engine.identify.test_search import DANCE, SONG
from tests.published import corpus
from tests.test_spdx_list import PLAIN, XML, entry, packages

NAMES = """\
schema: 1
known:
  dance-1.0: {title: Dance License, publisher: Nobody, spdx: Dance, kind: license, version: "1.0", date: null,
              language: en, aliases: [dance]}
  song: {title: Song License, publisher: Nobody, spdx: LicenseRef-song, kind: license, version: null, date: null,
         language: en, aliases: []}
ambiguous: {}
nothing: []
"""


@pytest.fixture
def own(tmp_path: Path) -> PackagedCatalog:
    """A catalog of two licenses."""
    (tmp_path / "catalog" / "licenses").mkdir(parents=True)
    (tmp_path / "catalog" / "licenses" / "names.yaml").write_text(NAMES, encoding="utf-8")
    return PackagedCatalog(tmp_path / "catalog")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a text."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "dance-1.0.txt").write_text(DANCE, encoding="utf-8")
    return tmp_path / "texts"


def identities(data: bytes) -> list[tuple[str, bool]]:
    """Keys of an index, and whether each came from the list."""
    return [(text.identity.key, text.identity.listed) for text in Index(data).texts()]


def found(text: str, data: bytes) -> list[tuple[str, str]]:
    """Key and status of every match."""
    return [(match.key, match.status) for match in identify(text, Index(data)).matches]


def test_a_text_of_a_folder_is_known_by_its_key(folder: Path, own: PackagedCatalog) -> None:
    (made,) = catalog_entries(folder, own)
    assert made.identity == ("dance-1.0", ("Dance",), "Dance License", "1.0", False)
    assert found(DANCE, pack([made])) == [("dance-1.0", "unaltered")]


def test_other_files_of_a_folder_are_passed_over(folder: Path, own: PackagedCatalog) -> None:
    (folder / "index.json").write_text("{}", encoding="utf-8")
    (folder / "song.md").write_text(SONG, encoding="utf-8")
    assert len(catalog_entries(folder, own)) == 1


def test_texts_that_the_catalog_has_no_name_for_are_told_together(folder: Path, own: PackagedCatalog) -> None:
    # An alias names a license, but a text goes by its key.
    for name in ("dance", "walk", "Dance-1.0"):
        (folder / f"{name}.txt").write_text(SONG, encoding="utf-8")
    with pytest.raises(AuditError) as caught:
        catalog_entries(folder, own)
    assert [str(problem) for problem in caught.value.problems] == [
        f"{name}.txt: names no license of licenses/names.yaml; expected KEY.txt"
        for name in ("Dance-1.0", "dance", "walk")
    ]


def test_a_text_that_cannot_be_read_is_told(folder: Path, own: PackagedCatalog) -> None:
    (folder / "song.txt").write_bytes(b"\xff")
    with pytest.raises(AuditError, match=r"^song\.txt:1:1: is not UTF-8"):
        catalog_entries(folder, own)


# What takes the place of what.


def test_only_what_a_folder_names_is_replaced(folder: Path, own: PackagedCatalog) -> None:
    held = merged(None, catalog_entries(folder, own), None)
    (folder / "dance-1.0.txt").unlink()
    (folder / "song.txt").write_text(SONG, encoding="utf-8")
    both = merged(Index(held), catalog_entries(folder, own), None)
    assert identities(both) == [("dance-1.0", False), ("song", False)]
    (folder / "song.txt").write_text(SONG.replace("two wooden", "three wooden"), encoding="utf-8")
    other = merged(Index(both), catalog_entries(folder, own), None)
    assert identities(other) == identities(both)
    assert (found(DANCE, other), found(SONG, other)) == ([("dance-1.0", "unaltered")], [("song", "altered")])


def test_the_same_texts_give_the_same_bytes(folder: Path, own: PackagedCatalog) -> None:
    (folder / "song.txt").write_text(SONG, encoding="utf-8")
    made = catalog_entries(folder, own)
    once = merged(None, made, None)
    assert merged(Index(once), reversed(made), None) == once
    assert merged(Index(once), [], None) == once


def test_texts_of_the_list_are_kept_or_replaced_all_together(
    tmp_path: Path, folder: Path, own: PackagedCatalog
) -> None:
    listed = list_entries(*packages(tmp_path, [entry("Dance", PLAIN), entry("Walk", SONG)], Dance=XML), own)
    both = merged(None, catalog_entries(folder, own), listed)
    assert identities(both) == [("Walk", True), ("dance-1.0", False), ("dance-1.0", True)]
    assert merged(Index(both), catalog_entries(folder, own), None) == both
    assert identities(merged(Index(both), [], [])) == [("dance-1.0", False)]


# The SPDX list.


def test_a_listed_text_that_the_catalog_has_goes_by_its_key(tmp_path: Path, own: PackagedCatalog) -> None:
    (made,) = list_entries(*packages(tmp_path, [entry("Dance", PLAIN)], Dance=XML), own)
    assert made.identity == ("dance-1.0", ("Dance",), "Dance License", "1.0", True)


def test_ids_with_one_text_share_an_entry(tmp_path: Path, own: PackagedCatalog) -> None:
    entries = [entry("Song-old", SONG, deprecated=True), entry("Song-only", SONG), entry("Song-or-later", SONG)]
    (made,) = list_entries(*packages(tmp_path, entries), own)
    assert made.identity.key == "Song-only"
    assert made.identity.ids == ("Song-only", "Song-or-later", "Song-old")


def test_a_name_says_nothing_of_later_versions(tmp_path: Path, own: PackagedCatalog) -> None:
    data = entry("Song-only", SONG) | {"name": "Song v1 only"}
    later = entry("Song-or-later", SONG) | {"name": "Song v1 or later"}
    (made,) = list_entries(*packages(tmp_path, [data, later]), own)
    assert made.identity.title == "Song v1"


def test_an_old_id_with_a_plus_goes_with_the_id_that_took_its_place(tmp_path: Path, own: PackagedCatalog) -> None:
    other = SONG.replace("barrel", "bucket")
    entries = [
        entry("Song+", other, deprecated=True),
        entry("Song-or-later", SONG),
        entry("Walk+", DANCE, deprecated=True),
    ]
    made = {known.identity.ids: known.identity.key for known in list_entries(*packages(tmp_path, entries), own)}
    assert made == {
        ("Song-or-later",): "Song-or-later",
        ("Song-or-later", "Song+"): "Song-or-later",
        ("Walk+",): "Walk+",
    }


def test_a_plain_text_that_its_markup_does_not_admit_is_kept_too(tmp_path: Path, own: PackagedCatalog) -> None:
    plain = PLAIN.replace("Hats", "Caps")
    made = list_entries(*packages(tmp_path, [entry("Dance", plain)], Dance=XML), own)
    assert [known.identity.key for known in made] == ["dance-1.0", "dance-1.0"]
    assert found(f"Copyright 2026 Jane\n\n{plain}", pack(made)) == [("dance-1.0", "unaltered")]
    assert found(PLAIN, pack(made)) == [("dance-1.0", "unaltered")]


# The corpus, where it is.


@pytest.mark.parametrize("folder", [CORPUS / "licenses"] if corpus("licenses") else [])
def test_the_index_is_what_the_texts_of_the_corpus_give(folder: Path) -> None:
    made = merged(text_index(), catalog_entries(folder, PackagedCatalog()), None)
    assert made == index_path().read_bytes()
