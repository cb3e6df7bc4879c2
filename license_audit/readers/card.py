"""Model cards: front matter and prose. Nothing of a card is concluded here, and what each says is kept apart."""

import codecs
import re

from license_audit.model.card import Card
from license_audit.model.evidence import DataSource
from license_audit.readers.card_front import UNREADABLE, read_front

__all__ = ["UNREADABLE", "decode_card", "read_card"]
_LINE_END = re.compile(r"\r+\n?")


def read_card(text: str, shown: str, own: str = "") -> Card:
    """A model card. Never fails: whatever cannot be read is a remark, and what it might have said stays unknown.

    `own` is the Hub id of the model that the card is about, empty when nobody knows it: no model is its own parent.
    """
    from license_audit.readers.card_prose import first_of_each, read_prose  # noqa: PLC0415  # its many patterns take time to compile

    text = text.removeprefix("\ufeff")
    text = _LINE_END.sub("\n", text) if "\r" in text else text
    front = read_front(text, shown)
    prose = read_prose(text, front.end, shown, own)
    data: dict[str, DataSource] = {}
    for source in (*front.data, *prose.data):
        data.setdefault(source.name.casefold(), source)
    declared = [parent.name for parent in front.base] + [source.name for source in front.data]
    return Card(
        licenses=tuple(front.licenses),
        license_name=front.license_name,
        license_link=front.license_link,
        base=tuple(front.base),
        stated_base=first_of_each((*front.copied, *prose.parents), [*declared, own]),
        stated=prose.terms,
        data=tuple(data.values()),
        gate_prompt=front.gate_prompt,
        tags=tuple(front.tags),
        is_dataset=front.is_dataset,
        remarks=tuple(front.remarks),
        misnamed=tuple(front.misnamed),
    )


def decode_card(raw: bytes, shown: str) -> tuple[str, tuple[str, ...]]:
    """The text of a card and what is wrong with its bytes; a wrong byte is replaced and loses nothing else."""
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    remarks = [f"{shown}:1:1: is UTF-16; the Hub reads UTF-8"] if wide else []
    encoding = "utf-16" if wide else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        text = raw.decode(encoding, errors="replace")
        before = raw[: error.start].decode(encoding, errors="replace")
        remarks.append(f"{_place(shown, before)}: is not {'UTF-16' if wide else 'UTF-8'}")
    if "\0" in text:
        remarks.append(f"{_place(shown, text[: text.index(chr(0))])}: holds a NUL character")
        text = text.replace("\0", "\ufffd")
    return text, tuple(remarks)


def _place(shown: str, before: str) -> str:
    """File, line and column, counted from 1 in characters, of what follows `before`."""
    return f"{shown}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
