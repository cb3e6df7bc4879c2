"""Documents within values: configurations and scripts that YAML and JSON carry as text."""

import re
from collections.abc import Iterator

from license_audit.model.reference import Hit
from license_audit.readers.scan.commands_embedded import read_as
from license_audit.readers.scan.structured import Scalar, in_place
from license_audit.readers.scan.structured_commands import shell
from license_audit.readers.scan.structured_keys import is_command

_KNOWN = re.compile(r".*\.(?:ya?ml|json|toml|py|sh|bash|env|tf|jsonc)", re.IGNORECASE)
_MODELFILE = re.compile(r"\s*FROM\s+\S+", re.IGNORECASE)
_YAML = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*(?:---|-[ \t]+)?[\w.\"-]+:(?:[ \t\r\n]|$)")
_PYTHON = re.compile(r"^(?:from [\w.]+ import |import [\w.]+|def \w+\()", re.MULTILINE)


def in_text_of(key: str, scalar: Scalar) -> Iterator[Hit]:
    """Models in a text of several lines, or in one that is JSON, read as what its key and its start say that it is."""
    text = scalar.text
    start = 0
    if not scalar.raw and (name := _name(key, text)):
        yield from read_as(name, text, scalar.line, scalar.column - 1 if "\n" not in text else scalar.indent)
        return
    if name := _name(key, text):
        for hit in read_as(name, text, 1):
            line, column, start = in_place(scalar, hit.line, hit.column, hit.id, start)
            yield hit._replace(line=line, column=column)
        return
    if is_command(key) or text.startswith(("#!", "--")):
        yield from (hit for hit in shell(scalar) if hit.kind != "path")


def _name(key: str, text: str) -> str:
    """A name that a file with this text could have; empty for commands and prose."""
    if _KNOWN.fullmatch(key):
        return key.rpartition("/")[2]
    head = text[:2000].lstrip()
    if head.startswith("#!"):
        return "script.py" if "python" in head.partition("\n")[0] else ""
    if head.startswith(("{", "[{", "[\n")):
        return "text.json"
    if is_command(key):
        return "script.py" if _PYTHON.search(head) and "\n" in text else ""
    if "modelfile" in key.lower() or (key == "template" and _MODELFILE.match(head)):
        return "Modelfile"
    if _YAML.match(text[:2000]):
        return "text.yaml"
    return "script.py" if _PYTHON.search(head) else ""
