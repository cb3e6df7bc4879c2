"""Published license texts, none of which is in this repository, and the forms in which copies of them come.

They are read from a package that ships them, licensedcode-data, from this repository's own LICENSE, and from the corpus
beside the checkout where it is.
"""

import html
import re
import textwrap
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from tests.conftest import CORPUS, ROOT

_FRONT_MATTER = re.compile(r"---[ ]*\n.*?\n---[ ]*\n", re.DOTALL)
_PARAGRAPHS = re.compile(r"\n(?:[ \t]*\n)+")
_ROMAN = [tens + units for tens in ("", "X") for units in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")]

CORE = {
    "afl-3.0": "afl-3.0",  # prints no title
    "agpl-3.0": "agpl-3.0",  # http for https
    "apache-2.0": "apache-2.0",
    "artistic-2.0": "artistic-2.0",
    "bigcode-open-rail-m-v1": "bigcode-openrail-m-v1",
    "bigscience-open-rail-m": "bigscience-openrail-m",
    "bigscience-rail-1.0": "bigscience-bloom-rail-1.0",
    "boost-1.0": "bsl-1.0",
    "bsd-new": "bsd-3-clause",  # prints no numbers, and ORGANIZATION for the copyright holder
    "bsd-original": "BSD-4-Clause",  # <organization> and <COPYRIGHT HOLDER> for the holder
    "bsd-simplified": "bsd-2-clause",  # prints no numbers
    "bsd-zero": "0BSD",
    "c-uda-1.0": "c-uda-1.0",
    "cc-by-3.0": "cc-by-3.0",
    "cc-by-4.0": "cc-by-4.0",  # two addresses and a sentence on CC0, which the list marks as optional
    "cc-by-nc-3.0": "cc-by-nc-3.0",
    "cc-by-nc-4.0": "cc-by-nc-4.0",
    "cc-by-nc-nd-4.0": "cc-by-nc-nd-4.0",
    "cc-by-nc-sa-3.0": "cc-by-nc-sa-3.0",
    "cc-by-nc-sa-4.0": "cc-by-nc-sa-4.0",
    "cc-by-nd-4.0": "cc-by-nd-4.0",
    "cc-by-sa-3.0": "cc-by-sa-3.0",
    "cc-by-sa-4.0": "cc-by-sa-4.0",
    "cc0-1.0": "cc0-1.0",
    "cdla-permissive-1.0": "cdla-permissive-1.0",
    "cdla-permissive-2.0": "cdla-permissive-2.0",
    "cdla-sharing-1.0": "cdla-sharing-1.0",
    "clear-bsd": "bsd-3-clause-clear",
    "ecl-2.0": "ecl-2.0",  # bullets for a to d
    "epl-1.0": "EPL-1.0",
    "etalab-2.0": "etalab-2.0",
    "gpl-2.0": "gpl-2.0",  # `a brief idea` for `an idea`, after the terms
    "gpl-3.0": "gpl-3.0",  # an address in another folder, after the terms
    "isc": "isc",
    "lgpl-2.1": "LGPL-2.1-only",  # `a brief idea` for `an idea`, after the terms
    "llama-2-license-2023": "llama-2-community",
    "llama-license-2023": "llama-1-research",
    "mit": "mit",  # prints no title and no copyright line
    "mit-0": "MIT-0",
    "mpl-2.0": "mpl-2.0",  # https for http
    "ms-pl": "ms-pl",
    "odbl-1.0": "odbl-1.0",  # ODC for Open Data Commons in the title
    "odc-by-1.0": "odc-by-1.0",  # prints its title twice
    "open-weights-permissive-1.0.0": "open-weights-permissive-1.0",
    "osl-3.0": "osl-3.0",  # another order of words in the title
    "responsible-ai-source-1.1": "rail-source-1.1",
    "stable-diffusion-2022-08-22": "creativeml-openrail-m",
    "unlicense": "unlicense",
    "x11-xconsortium": "X11",
    "zlib": "zlib",
}
"""File of licensedcode-data and key of the license. A copy differs from the published text in what is said, or not."""


@cache
def scancode(name: str) -> str:
    """The text of a license as licensedcode-data ships it."""
    specification = find_spec("licensedcode")
    assert specification is not None
    assert specification.submodule_search_locations
    path = Path(specification.submodule_search_locations[0]) / "data" / "licenses" / f"{name}.LICENSE"
    text = path.read_text(encoding="utf-8")
    front = _FRONT_MATTER.match(text)
    assert front is not None
    return text[front.end() :].lstrip("\n")


def own() -> str:
    """The license of this repository, Apache-2.0."""
    return (ROOT / "LICENSE").read_text(encoding="utf-8")


def corpus(*kinds: str) -> list[Path]:
    """Every text of a folder of the corpus, sorted; none where the corpus is not."""
    return sorted(CORPUS.joinpath(*kinds).glob("*.txt"))


def line_of(text: str, place: int) -> int:
    """The line, counted from 1, of a character."""
    return text.count("\n", 0, place) + 1


def edited(text: str, old: str, new: str) -> tuple[str, int]:
    """The text with one phrase changed, and the line on which the phrase starts. It stands in the text once."""
    found = [match.start() for match in re.finditer(r"\s+".join(map(re.escape, old.split())), text)]
    assert len(found) == 1, (old, len(found))
    end = found[0] + len(re.match(r"\s+".join(map(re.escape, old.split())), text[found[0] :])[0])  # type: ignore[index]
    return text[: found[0]] + new + text[end:], line_of(text, found[0])


def paragraphs(text: str) -> list[str]:
    """What stands between blank lines."""
    return [part for part in _PARAGRAPHS.split(text.strip("\n")) if part.strip()]


def _reflowed(width: int) -> Callable[[str], str]:
    def reflowed(text: str) -> str:
        parts = (
            textwrap.fill(" ".join(part.split()), width, break_on_hyphens=False, break_long_words=False)
            for part in paragraphs(text)
        )
        return "\n\n".join(parts) + "\n"

    return reflowed


def _prefixed(mark: str, first: str = "", last: str = "") -> Callable[[str], str]:
    return lambda text: first + "".join(f"{mark}{line}".rstrip() + "\n" for line in text.splitlines()) + last


def _curly(text: str) -> str:
    text = re.sub(r"\"([^\"]*)\"", "“\\1”", text)
    return re.sub(r"(\w)'(\w)", r"\1’\2", text).replace(" - ", " – ").replace("--", "—")


def _straight(text: str) -> str:
    for mark, instead in ('“"', '”"', "‘'", "’'", "–-", "—-", "\u00a0 "):
        text = text.replace(mark, instead)
    return text


def _markdown(text: str) -> str:
    parts = []
    for part in paragraphs(text):
        if "\n" not in part and len(part) < 60 and part.strip()[0].isalpha():
            parts.append(f"## {part.strip()}")
        else:
            parts.append(re.sub(r"\A[ \t]*(\(?\w{1,3}[.)])(?=\s)", r"**\1**", part))
    return "\n\n".join(parts) + "\n"


def _html(text: str) -> str:
    escaped = html.escape(text).replace("“", "&ldquo;").replace("”", "&rdquo;").replace("’", "&#8217;")
    body = "\n".join(f"<p>{part}</p>" for part in paragraphs(escaped))
    head = "<head><title>Legal - Acme</title><style>p { color: #333 }</style></head>"
    return f"<!DOCTYPE html>\n<html>\n{head}\n<body>\n<!-- start -->\n{body}\n</body>\n</html>\n"


def _paged(text: str) -> str:
    lines = text.splitlines()
    pages = ["\n".join(lines[at : at + 30]) for at in range(0, len(lines), 30)]
    head = "Acme third-party notices\n\n" if len(pages) > 1 else ""
    return "\f".join(
        f"{head}{page}\n\n          Page {number} of {len(pages)}\n" for number, page in enumerate(pages, 1)
    )


def _readme(text: str) -> str:
    return (
        "# Tiny\n\nA small model that tells cats from dogs. It was trained on our own photographs.\n\n"
        "## Usage\n\n```python\nprint(tiny(photograph))\n```\n\n"
        f"## License\n\n{text}\n"
        "## Citation\n\n```bibtex\n@misc{tiny, title={Tiny}, author={Doe, Jane}}\n```\n"
    )


def _card(text: str) -> str:
    inner = textwrap.indent(text, "  ", lambda _: True)
    return (
        "---\nlanguage: en\nextra_gated_heading: Tiny\n"
        f"extra_gated_prompt: |\n{inner}\nextra_gated_fields:\n  Name: text\n---\n\n"
        "# Tiny\n\nA small model that tells cats from dogs.\n"
    )


def _renumbered(instead: Callable[[int], str]) -> Callable[[str], str]:
    """Paragraphs that start with a number start with another one; `1.1` and years are left alone."""
    return lambda text: "\n\n".join(
        re.sub(r"\A([ \t]*)(\d{1,2})\.(?=\s)", lambda match: match[1] + instead(int(match[2])), part)
        for part in paragraphs(text)
    )


FORMS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "narrow lines": _reflowed(44),
    "wide lines": _reflowed(160),
    "one line": lambda text: " ".join(text.split()),
    "carriage returns and line feeds": lambda text: text.replace("\n", "\r\n"),
    "carriage returns": lambda text: text.replace("\n", "\r"),
    "upper case": str.upper,
    "lower case": str.lower,
    "curly quotes": _curly,
    "straight quotes": _straight,
    "number signs": _prefixed("# "),
    "slashes": _prefixed("// "),
    "a comment of C": _prefixed(" * ", "/*\n", " */\n"),
    "a comment of HTML": _prefixed("", "<!--\n", "-->\n"),
    "a comment of SQL": _prefixed("-- "),
    "quoted": _prefixed("> "),
    "markdown": _markdown,
    "html": _html,
    "a copyright line": lambda text: f"Copyright (c) 2024-2026 Jane Doe and contributors\n\n{text}",
    "a copyright sign": lambda text: f"© 2025 Acme, Inc. All rights reserved.\n\n{text}",
    "an spdx header": lambda text: f"SPDX-FileCopyrightText: 2024 Jane Doe\nSPDX-License-Identifier: MIT\n\n{text}",
    "pages": _paged,
    "a readme": _readme,
    "a card": _card,
    "numbers in brackets": _renumbered(lambda number: f"({number})"),
    "roman numbers": _renumbered(
        lambda number: f"{_ROMAN[number - 1]}." if 0 < number <= len(_ROMAN) else f"{number}."
    ),
    "bullets for numbers": _renumbered(lambda _: "-"),
}
"""Forms of one text that all say the same."""
