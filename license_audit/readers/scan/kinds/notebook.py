"""Notebooks: the code of their cells, and nothing of what it printed."""

from collections.abc import Iterator

from license_audit.model.reference import Hit
from license_audit.readers.scan.commands import in_text
from license_audit.readers.scan.kinds.python import HINTS
from license_audit.readers.scan.python_code import in_python, parsed
from license_audit.readers.scan.python_magics import cell_without_magics
from license_audit.readers.scan.python_notebook import Cell, Row, notebook_of
from license_audit.readers.scan.source import Source

__all__ = ("HINTS", "NAMES", "read")
NAMES = ("*.ipynb",)
_PYTHON = ("", "python", "ipython", "python3", "python2", "pyspark", "mojo")
_SHELL = ("bash", "sh", "shell", "zsh")


def read(source: Source) -> Iterator[Hit]:
    """Models that the cells name, with their lines in the file. `UnreadableError` when it is no JSON."""
    if not source.text.strip():
        return
    notebook = notebook_of(source.text)
    cells = [cell for cell in notebook.cells if cell.kind == "code" and cell.rows]
    if notebook.language in _SHELL:
        for cell in cells:
            yield from _moved(in_text(cell.text), cell.rows)
    elif notebook.language in _PYTHON:
        yield from _in_cells(cells)


def _in_cells(cells: list[Cell]) -> Iterator[Hit]:
    """Cells share their names, so those that can be parsed are read as one text."""
    rows: list[Row] = []
    texts: list[str] = []
    for cell in cells:
        plain = cell_without_magics(cell.text) if parsed(cell.text) is None else None
        if plain is not None:
            yield from _moved(iter(plain.hits), cell.rows)
        text = cell.text if plain is None else plain.text
        if plain is not None and parsed(text) is None:
            yield from _moved(in_python(text), cell.rows)
            continue
        texts.append(text + "\n" * (len(cell.rows) - 1 - text.count("\n")))
        rows += cell.rows
    yield from _moved(in_python("\n".join(texts)), rows)


def _moved(hits: Iterator[Hit], rows: list[Row]) -> Iterator[Hit]:
    """Hits with their places in the file."""
    for hit in hits:
        row = rows[hit.line - 1]
        yield hit._replace(line=row.line, column=row.at(hit.column))
