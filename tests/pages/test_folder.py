"""The set of pages as files: written, compared, cleared; and what holds of every page of the packaged catalog."""

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from license_audit.errors import AuditError
from license_audit.outputs.page_markdown import MARK
from license_audit.pages.folder import differing, rendered, write
from license_audit.readers.catalog import PackagedCatalog
from tests.conftest import ROOT
from tests.pages.small import laid

LINK = re.compile(r"(?<!\\)\]\(([^)]*)\)")
CODE = re.compile(r"`[^`]*`")
PLACE = re.compile(r'<a id="([^"]*)"></a>')


@pytest.fixture(scope="module")
def packaged() -> dict[str, str]:
    """Every page of the catalog of the checkout."""
    return rendered(PackagedCatalog(ROOT))


def test_a_folder_is_written_once_and_then_current(tmp_path: Path) -> None:
    pages = rendered(laid(tmp_path / "data"))
    folder = tmp_path / "docs"
    assert len(differing(folder, pages)) == len(pages)
    assert write(folder, pages) == (len(pages), 0)
    assert differing(folder, pages) == []
    assert write(folder, pages) == (0, 0)
    assert {str(path.relative_to(folder)) for path in folder.rglob("*.md")} == set(pages)


def test_what_is_stale_is_named_and_put_right(tmp_path: Path) -> None:
    pages = rendered(laid(tmp_path / "data"))
    folder = tmp_path / "docs"
    write(folder, pages)
    (folder / "rules" / "cap.md").unlink()
    (folder / "licenses" / "new.md").write_text(f"{MARK}\nold\n", encoding="utf-8")
    (folder / "licenses" / "gone.md").write_text(f"{MARK}\ngone\n", encoding="utf-8")
    (folder / "licenses" / "mine.md").write_text("mine\n", encoding="utf-8")
    assert differing(folder, pages) == [
        f"{folder}/licenses/new.md: is not what the catalog says now",
        f"{folder}/rules/cap.md: is missing",
        f"{folder}/licenses/gone.md: is no page any more",
    ]
    assert write(folder, pages) == (2, 1)
    assert differing(folder, pages) == []
    assert (folder / "licenses" / "mine.md").read_text(encoding="utf-8") == "mine\n"


def test_a_file_of_somebody_else_is_kept_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "README.md").write_text("# Ours\n", encoding="utf-8")
    (tmp_path / "docs" / "licenses").mkdir()
    (tmp_path / "docs" / "licenses" / "new.md").mkdir()
    with pytest.raises(AuditError) as caught:
        write(tmp_path / "docs", rendered(laid(tmp_path / "data")))
    told = "was not made by this command, and is not replaced"
    assert [str(problem) for problem in caught.value.problems] == [
        f"{tmp_path}/docs/README.md: {told}",
        f"{tmp_path}/docs/licenses/new.md: {told}",
    ]
    assert not (tmp_path / "docs" / "rules").exists()


def test_every_license_and_rule_has_a_page(packaged: dict[str, str]) -> None:
    catalog = PackagedCatalog(ROOT)
    assert {f"licenses/{name.key}.md" for name in catalog.known()} <= packaged.keys()
    assert {f"licenses/{key}.md" for key in catalog.license_keys()} <= packaged.keys()
    assert {f"rules/{name}.md" for name in catalog.rule_names()} <= packaged.keys()
    assert all(f"](licenses/{key}.md)" in packaged["README.md"] for key in catalog.license_keys())


def test_every_link_leads_to_a_place_that_is_there_once(packaged: dict[str, str]) -> None:
    places = {path: PLACE.findall(text) for path, text in packaged.items()}
    for path, text in packaged.items():
        assert len(places[path]) == len(set(places[path])), path
        for target in LINK.findall(CODE.sub("`code`", text)):
            name, _, anchor = target.partition("#")
            found = str((Path("/") / path).parent.joinpath(name).resolve())[1:] if name else path
            assert found in packaged, (path, target)
            assert not anchor or anchor in places[found], (path, target)


def test_tables_have_as_many_cells_in_each_row(packaged: dict[str, str]) -> None:
    for path, text in packaged.items():
        widths: list[int] = []
        for line in text.splitlines():
            if not line.startswith("| "):
                widths = []
                continue
            widths.append(len(re.findall(r"(?<!\\)\|", line)))
            assert len(set(widths)) == 1, (path, line)


def test_pages_hold_no_markup_but_their_own(packaged: dict[str, str]) -> None:
    reader = MarkdownIt("commonmark").enable("table")
    own = re.compile(r'<a id="[a-z0-9.-]+">|</a>|<!-- Made by .* -->\n*')
    for path, text in packaged.items():
        assert text.startswith(f"{MARK}\n\n# "), path
        assert text.rstrip("\n") + "\n" == text, path
        for token in reader.parse(text):
            for inner in (token, *(token.children or ())):
                assert inner.type not in {"image", "hr", "html_inline", "html_block"} or own.fullmatch(inner.content), (
                    path
                )


def test_pages_are_the_same_each_time(tmp_path: Path) -> None:
    first, second = (rendered(laid(tmp_path)) for _ in range(2))
    assert first == second
    assert list(first) == sorted(first)


def test_the_folder_of_the_checkout_is_current(packaged: dict[str, str]) -> None:
    """The pages that are kept with the project; before they are, there is nothing to compare."""
    folder = ROOT / "docs"
    if folder.is_dir():
        assert differing(folder, packaged) == []
