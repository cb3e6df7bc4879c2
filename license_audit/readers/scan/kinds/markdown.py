"""Markdown: lists of models and their licenses, and blocks that are files of other kinds.

What a document says of models in prose is no use of them: links there are possible references, and no more.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from license_audit.model.reference import Certainty, Hit
from license_audit.readers.scan.commands import in_text
from license_audit.readers.scan.commands_embedded import read_as
from license_audit.readers.scan.commands_values import address, is_known, value, weakened
from license_audit.readers.scan.source import Source

NAMES = ("*.md", "*.markdown", "*.mdx")
HINTS = (b"huggingface.co", b"hf.co", b"```", b"~~~", b"base_model", b"models", b":latest")
_FENCE = re.compile(r"(?P<indent>[ \t>]*)(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>[^`\n]*)")
_COMMENT = re.compile(r"<!--(?:[^-]|-(?!->))*(?:-->)?")
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co|hf-mirror\.com)/[^\s()\[\]<>\"'`|,]{1,300}")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+(?P<text>.*)")
_CELL = re.compile(r"[^|]+")
_SAID = re.compile(r"(?:\*\*)?(?:base |default )?model(?: id| name)?(?:\*\*)?\s*:(?:\*\*)?\s*", re.IGNORECASE)
"""What stands before the model of an item."""
_MARKS = " \t`*_[]"
_LISTS = re.compile(
    r"(?:.*[-_. ])?(?:models?|weights|model[-_]?zoo|modelzoo|licen[cs]es?|third[-_ ]?party|notices?|attributions?"
    r"|credits)(?:[-_. ].*)?",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"#{1,2}\s.*\bmodels?\b.*\b(?:licen[cs]es?|list|zoo|catalogu?e?|used|inventory|attributions?|supported)\b.*"
    r"|#{1,2}\s.*\b(?:licen[cs]es?|list|inventory|attributions?|supported)\b.*\bmodels?\b.*",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"#{1,6}\s+(?:.*\bmodels?(?:['’]s)?\s+(?:weights\s+)?licen[cs](?:es?|ing)"
    r"|.*\blicen[cs]es?\s+(?:of|for)\s+(?:the\s+)?models?"
    r"|models?\s+(?:and|&)\s+(?:their\s+)?licen[cs]es?)\b.*",
    re.IGNORECASE,
)
"""Headings of a list of models with their licenses within another document."""
_NAMES = {
    "yaml": "block.yaml",
    "yml": "block.yaml",
    "toml": "block.toml",
    "hcl": "block.tf",
    "terraform": "block.tf",
    "tf": "block.tf",
    "dockerfile": "Dockerfile",
    "docker": "Dockerfile",
    "modelfile": "Modelfile",
    "json": "block.json",
    "jsonc": "block.json",
    "python": "block.py",
    "py": "block.py",
    "python3": "block.py",
    "env": ".env",
    "dotenv": ".env",
    "typescript": "block.ts",
    "ts": "block.ts",
    "javascript": "block.js",
    "js": "block.js",
}
_SHELLS = frozenset(("bash", "sh", "shell", "zsh", "console", "shell-session", "shellsession", "terminal"))
_FILE_NAME = re.compile(r"[\w-]\.(?:ya?ml|toml|tf|tfvars|hcl)\b|\b(?:Modelfile|Dockerfile|Kitfile|Containerfile)\b")
"""What says of a block, before it or in its first line, that it is a file."""
_FILES = frozenset(("yaml", "yml", "toml", "hcl", "terraform", "tf", "dockerfile", "docker", "modelfile"))
"""Blocks that are written to be put into a file as they are."""
_PROMPT = re.compile(r"^([ \t]*)[$%>#] ", re.MULTILINE)
_FRONT = re.compile(r"---[ \t]*\r?\n(?P<text>(?:(?!---)[^\n]*\n){0,500})---[ \t]*(?:\r?\n|$)")
_BASE = re.compile(r"(?:base_model|base_models)\s*:(?P<text>[^\n]*(?:\n[ \t]*-[^\n]*)*)")
_PIECE = re.compile(r"[^\s,\[\]\"'#]+")


class Block(NamedTuple):
    """A fenced block."""

    language: str
    text: str
    line: int
    indent: int
    is_file: bool
    """Whether something says that it is a whole file, and which."""


def read(source: Source) -> Iterator[Hit]:
    """Models of a list, of blocks, and of the front matter of a model card; links elsewhere as possible ones."""
    text = source.text
    if "<!--" in text:
        text = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    front = _FRONT.match(text)
    if front:
        yield from _in_front(front)
    blocks, prose = _parts(text, text.count("\n", 0, front.end()) if front else 0)
    yield from _in_blocks(blocks)
    is_list = _is_list(source, prose)
    here = is_list
    for number, line in prose:
        if line.startswith("#"):
            here = is_list or bool(_SECTION.fullmatch(line.rstrip()))
        yield from _in_line(number, line, is_list=here)


def _in_front(front: re.Match[str]) -> Iterator[Hit]:
    """The parents that a model card declares."""
    for found in _BASE.finditer(front["text"]):
        for piece in _PIECE.finditer(found["text"]):
            known = value(piece[0])
            if known is not None and known.kind == "hub":
                at = front.start("text") + found.start("text") + piece.start()
                before = front.string[:at]
                place = (before.count("\n") + 1, at - before.rfind("\n"))
                yield Hit(*place, known.id, "hub", "base", "certain", known.revision)


def _parts(text: str, skipped: int) -> tuple[list[Block], list[tuple[int, str]]]:
    """The blocks of a document, and its other lines with their numbers."""
    blocks: list[Block] = []
    prose: list[tuple[int, str]] = []
    inside: list[str] = []
    opened: re.Match[str] | None = None
    began, before, told = 0, "", ""
    for number, line in enumerate(text.split("\n"), start=1):
        if number <= skipped:
            continue
        fence = _FENCE.match(line)
        if opened is not None:
            if fence and fence["mark"].startswith(opened["mark"]) and not fence["info"].strip():
                blocks.append(_block(opened, inside, began, told))
                opened, inside, before = None, [], ""
            else:
                inside.append(line)
        elif fence:
            opened, began, told = fence, number + 1, before
        else:
            prose.append((number, line))
            before = line if line.strip() else before
    if opened is not None:
        blocks.append(_block(opened, inside, began, told))
    return blocks, prose


def _block(opened: re.Match[str], lines: list[str], line: int, before: str) -> Block:
    indent = len(opened["indent"])
    words = re.findall(r"[\w+-]+", opened["info"])
    cut = [row[indent:] if not row[:indent].strip(" \t>") else row for row in lines]
    first = cut[0] if cut and cut[0].lstrip().startswith("#") else ""
    is_file = bool(_FILE_NAME.search(f"{before}\n{opened['info']}\n{first}"))
    return Block(words[0].lower() if words else "", "\n".join(cut), line, indent, is_file)


def _in_blocks(blocks: list[Block]) -> Iterator[Hit]:
    """Models of blocks. A block that only repeats part of a longer one is an excerpt of it."""
    found = [(block, list(_in_block(block))) for block in blocks]
    whole = [(len(block.text), {hit.id for hit in hits}) for block, hits in found if hits]
    for block, hits in found:
        ids = {hit.id for hit in hits}
        if not any(len(block.text) < length and ids <= others for length, others in whole):
            yield from hits


def _in_block(block: Block) -> Iterator[Hit]:
    certainty: Certainty = "likely" if block.is_file and block.language in _FILES else "possible"
    if block.language in _SHELLS:
        text = _PROMPT.sub(r"\1  ", block.text)
        found = in_text(text, block.line, block.indent + 1, indent=block.indent)
    elif block.language in _NAMES:
        found = read_as(_NAMES[block.language], block.text, block.line, block.indent)
    else:
        return
    for hit in found:
        yield weakened(hit, certainty)


def _is_list(source: Source, prose: list[tuple[int, str]]) -> bool:
    """Whether a document is a list of models or licenses, as its name or its title says."""
    name = source.name.rpartition(".")[0]
    if name.lower() in ("readme", "changelog", "contributing", "index"):
        return False
    title = next((line for _, line in prose if line.startswith("#")), "")
    return bool(_LISTS.fullmatch(name) or _TITLE.fullmatch(title))


def _in_line(number: int, line: str, *, is_list: bool) -> Iterator[Hit]:
    item = _ITEM.fullmatch(line)
    is_row = line.lstrip().startswith("|") or line.count("|") > 1
    certainty: Certainty = "likely" if is_list and (item or is_row) else "possible"
    seen: set[str] = set()
    for found in _ADDRESS.finditer(line):
        known = address(found[0].rstrip(".:;!*_")) if "/" in found[0] else None
        if known is not None and known.id not in seen:
            seen.add(known.id)
            yield Hit(
                number,
                found.start() + 1,
                known.id,
                known.kind,
                "list" if certainty == "likely" else "link",
                certainty,
                known.revision,
            )
    if certainty != "likely":
        return
    for cell in _CELL.finditer(line) if is_row else ():
        yield from _cell(cell[0], number, cell.start(), seen)
    if item and not is_row:
        yield from _cell(item["text"], number, item.start("text"), seen)


def _cell(text: str, number: int, start: int, seen: set[str]) -> Iterator[Hit]:
    """A cell or an item that is an id and nothing else."""
    said = _SAID.match(text)
    plain = text[said.end() if said else 0 :].strip(_MARKS)
    known = value(plain) if ("/" in plain or ":" in plain) and " " not in plain else None
    if known is None or known.kind not in ("hub", "ollama") or known.id in seen:
        return
    if said or is_known(known.id.partition(":")[0]):
        seen.add(known.id)
        yield Hit(number, start + text.index(plain) + 1, known.id, known.kind, "list", "likely", known.revision)
