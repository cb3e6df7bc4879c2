"""What the prose of a card says about terms: licenses it names, limits on use, and terms it leaves to a parent."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from license_audit.model.evidence import Statement
from license_audit.readers.card_term_words import (
    ALONE,
    AVAILABLE,
    BOTH,
    CODE,
    COMMERCIAL,
    DATA,
    DATA_UNDER,
    FAMILY_SUBJECT,
    FEW,
    FIELD,
    FORBIDS,
    FOREIGN_UNDER,
    GRANTED,
    GRANTING,
    HEADING,
    MAX_NAME,
    MAY_BE_TERMS,
    MODEL,
    NAMES,
    NEGATED,
    NO_NAMES,
    NON_COMMERCIAL,
    NOTHING,
    OTHERS,
    RESEARCH,
    RESEARCH_TOO,
    UNDER,
    UPSTREAM,
    URL_NAME,
    VARIANT,
)
from license_audit.readers.card_text import Body, Unit

About = Literal["model", "code", "data"]
Kind = Literal["license", "non-commercial", "research-only", "upstream-terms"]
MAX_QUOTE = 200
_SPACE = re.compile(r"\s+")
_NOISE = re.compile(r"[*`]+|(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9])")


def prose_terms(body: Body, lines: list[str], own: str = "") -> tuple[Statement, ...]:
    """What the prose states, in order, each once. `lines` are the lines of the card as written.

    `own` is the id of the card's model, empty when nobody knows it.
    """
    found: dict[tuple[str, str, str], Statement] = {}
    for unit in body.units:
        for told, about, name, words in _of_unit(unit, lines, own):
            if unit.embedded and told != "license":
                continue
            kind: Kind = "upstream-terms" if unit.embedded else told
            line = _line(unit, words, lines)
            statement = Statement(kind=kind, about=about, license=name, quote=_quote(lines[line - 1], words), line=line)
            found.setdefault((kind, about, name.casefold()), statement)
    for name, line in _in_code(body):
        statement = Statement(kind="license", license=name, quote=lines[line - 1].strip()[:MAX_QUOTE], line=line)
        found.setdefault(("license", "model", name.casefold()), statement)
    return tuple(sorted(found.values(), key=lambda statement: statement.line))


@lru_cache(maxsize=64)
def _is_on_licenses(heading: str) -> bool:
    return bool(HEADING.search(heading))


def _of_unit(unit: Unit, lines: list[str], own: str) -> Iterator[tuple[Kind, About, str, str]]:
    if unit.kind == "heading" or unit.sibling:
        return
    small = unit.text.lower()
    if not any(word in small for word in MAY_BE_TERMS) and not (unit.headings and _is_on_licenses(unit.headings[-1])):
        return
    text = _SPACE.sub(" ", _NOISE.sub("", unit.plain())).strip()
    if unit.kind == "row":
        cells = [cell.strip() for cell in text.strip("| ").split("|") if cell.strip()]
        text = f"{cells[0]}: {cells[1]}" if len(cells) == 2 else ""  # noqa: PLR2004 - a field and its value
    under = bool(unit.headings) and _is_on_licenses(unit.headings[-1])
    heading = unit.headings[-1] if under else ""
    if not text or OTHERS.search(text):
        return
    upstream = UPSTREAM.search(text)
    raw = " ".join(lines[number - 1] for number in dict.fromkeys((unit.line, *(number for _, number in unit.lines))))
    named = list(_named(text, under, heading, raw)) if not upstream or GRANTED.search(text[: upstream.start()]) else []
    yield from named
    rest = text
    for _, _, name, _ in named:
        rest = rest.replace(name, " ")
    if not _on_another_size(text, own):
        yield from _limits(rest, heading)
    if upstream or (upstream := FAMILY_SUBJECT.match(text) if NAMES.search(text) and "licen" in text.lower() else None):
        name = _name(text[upstream.start() :])
        yield "upstream-terms", "model", name, name or upstream.group()


def _on_another_size(text: str, own: str) -> bool:
    """Whether a sentence is on a model whose size or number of steps the card's own model does not have in its name."""
    variant = VARIANT.search(text)
    return bool(
        own and variant and re.sub(r"[- ]", "", variant["size"].lower()) not in re.sub(r"[- ]", "", own.lower())
    )


def _limits(text: str, heading: str) -> Iterator[tuple[Kind, About, str, str]]:
    if BOTH.search(text):
        return
    if match := NON_COMMERCIAL.search(text):
        yield "non-commercial", _about(text[: match.end()], heading), "", match.group()
    if (match := RESEARCH.search(text)) and not COMMERCIAL.search(text) and not RESEARCH_TOO.search(text):
        yield "research-only", _about(text[: match.end()], heading), "", match.group()


def _named(text: str, under: bool, heading: str, raw: str) -> Iterator[tuple[Kind, About, str, str]]:
    """License names of a field, of a sentence that says `under`, or of whatever stands below a heading on licenses."""
    if NEGATED.search(text) or FAMILY_SUBJECT.match(text):
        return
    field = FIELD.match(text)
    if field:
        value = field.group("value").strip()
        about = _about(field.group("about") or "", "")
        name = _name(value) or _short(value)
        if name:
            yield "license", about, name, name
        return
    if not (under or UNDER.search(text) or FOREIGN_UNDER.search(text)) or FORBIDS.search(text):
        return
    for match in NAMES.finditer(text):
        before = text[: match.start()]
        told = under or GRANTING.search(before)
        name = _cleaned(match)
        if told and name and ("licen" in text.lower() or match.lastgroup not in ("mit", "bsd") or under):
            yield (
                "license",
                "data" if DATA_UNDER.search(before) else _about(before or text, heading),
                name,
                match.group(),
            )
            return
    if under and ALONE.fullmatch(text) and (short := _short(text)):
        yield "license", _about(heading, ""), short, short
    elif (address := URL_NAME.search(raw)) and AVAILABLE.search(text):
        yield "license", _about(text, heading), address.group().rstrip(".,"), address.group()


def _name(value: str) -> str:
    """The first license name of a text, one with a version before others."""
    names = [name for match in NAMES.finditer(value) if (name := _cleaned(match))]
    return next((name for name in names if re.search(r"\d", name)), names[0] if names else "")


def _cleaned(match: re.Match[str]) -> str:
    name = match.group().strip(" .,;:()'\"’“”")
    name = re.sub(
        r"^(?:The|A|An|This|See|Our|Please|Read|Under|In|By|And|For|Use|Check|View|We|You|They|No|All|Any|Each|If|"
        r"Note|Licen[sc]e|Licen[sc]ed)\b:?\s",
        "",
        name,
    )
    return "" if NO_NAMES.fullmatch(name) or len(name) > MAX_NAME else name


def _short(value: str) -> str:
    """A value that is nothing but a name, such as a tag; empty when it is a sentence or says nothing."""
    value = re.split(r"[.;](?:\s|$)|\s[(（]|,\s|，|。", value.strip(), maxsplit=1)[0].strip(" .,;:*_`[]\"'")
    if (
        not value
        or len(value.split()) > FEW
        or len(value) > MAX_NAME
        or "URL" in value
        or value.lower() in NOTHING
        or NO_NAMES.match(value)
    ):
        return ""
    return (
        value
        if re.search(
            r"许可|协议|\blicen[sc]e\b|^\S+$|^[A-Za-z][\w.+-]*(?: [\w.+-]+){0,2} v?\d[\w.]*$", value, re.IGNORECASE
        )
        else ""
    )


def _about(text: str, heading: str) -> About:
    """What terms are about: the model unless only code or only data is spoken of."""
    for words in (text, heading):
        if MODEL.search(words):
            return "model"
        if CODE.search(words):
            return "code"
        if DATA.search(words):
            return "data"
    return "model"


def _in_code(body: Body) -> Iterator[tuple[str, int]]:
    """The title of a license that is printed as code below a heading on licenses."""
    for code in body.codes:
        if not (code.headings and HEADING.search(code.headings[-1])):
            continue
        for number, line in code.lines[1:4]:
            if "licen" in line.lower() and len(line) <= MAX_NAME and not line.strip().endswith((":", "{", ";")):
                yield line.strip(" #*="), number
                break


def _line(unit: Unit, words: str, lines: list[str]) -> int:
    """The line of a unit on which words stand; its first when they were wrapped or changed."""
    start = words.split(maxsplit=1)[0] if words.split() else words
    numbers = [unit.line, *(number for _, number in unit.lines)]
    for wanted in (words, start):
        for number in numbers:
            if wanted in lines[number - 1]:
                return number
    return unit.line


def _quote(line: str, words: str) -> str:
    """At most 200 characters of a line, with the words in them."""
    line = line.strip()
    if len(line) <= MAX_QUOTE:
        return line
    at = max(line.find(words.split(maxsplit=1)[0] if words.split() else words), 0)
    begin = max(0, min(at - MAX_QUOTE // 4, len(line) - MAX_QUOTE))
    return line[begin : begin + MAX_QUOTE].strip()
