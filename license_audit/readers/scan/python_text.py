"""Texts of other languages inside strings of Python: configuration in YAML, an Ollama Modelfile, shell."""

import re
from bisect import bisect
from collections.abc import Iterator

from license_audit.model.reference import Hit
from license_audit.readers.scan.commands import in_text
from license_audit.readers.scan.names import named
from license_audit.readers.scan.python_calls import KEY, OLLAMA
from license_audit.readers.scan.python_judge import judge
from license_audit.readers.scan.python_names import is_model

_ENTRY = re.compile(
    r"^[ \t]*(?:- +)?[\"']?(?P<key>[A-Za-z][\w.-]{0,60})[\"']?[ \t]*:[ \t]+"
    r"[\"']?(?P<value>[^\s\"'#,]+)[\"']?,?[ \t]*(?:#.*)?$",
    re.MULTILINE,
)
_FROM = re.compile(r"^[ \t]*FROM[ \t]+(?P<value>\S+)[ \t]*$", re.MULTILINE)
_MODELFILE = re.compile(r"^[ \t]*(?:SYSTEM|PARAMETER|TEMPLATE|ADAPTER|MESSAGE)\b", re.MULTILINE)
_COMMAND = re.compile(
    r"^[ \t]*(?:[!$%][ \t]*)?(?:sudo[ \t]+)?(?:huggingface-cli|hf|ollama|vllm|wget|curl|git|docker"
    r"|text-generation-launcher|python3?[ \t]+-m|llama-server|llama-cli|litgpt|tune"
    r"|mlx_lm\S*|accelerate|torchrun|deepspeed)[ \t]+\S",
    re.MULTILINE,
)
_MARK = re.compile(r"^[!$%](?=[ \t]*\w)", re.MULTILINE)
"""The sign of a prompt or a notebook before a command."""


def in_string(text: str, line: int, column: int) -> Iterator[Hit]:
    """Models that a text of several lines names, as configuration, Modelfile or commands.

    `line` and `column` are where the text starts.
    """
    # A line on its own may tell a reader what to type. One of several, or one for a notebook, is run.
    is_run = "\n" in text or text.startswith("!")
    if is_run and _COMMAND.search(text):
        yield from in_text(_MARK.sub(" ", text), line, column)
    if "\n" not in text:
        return
    bases = _FROM.finditer(text) if _MODELFILE.search(text) else ()
    entries = (found for found in _ENTRY.finditer(text) if is_model(found["key"].rpartition(".")[2]))
    ends = [found.start() for found in re.finditer("\n", text)]
    for found, place in (*((base, OLLAMA) for base in bases), *((entry, KEY) for entry in entries)):
        judged = judge(found["value"], place, "", is_whole=True)
        if judged is not None and named(found["value"]) and (judged.kind != "name" or place is OLLAMA):
            start = found.start("value")
            above = bisect(ends, start)
            at = start - ends[above - 1] if above else column + start
            role, certainty = ("base", judged.certainty) if place is OLLAMA else ("key", "likely")
            yield Hit(line + above, at, judged.id, judged.kind, role, certainty, judged.revision, judged.provider)
