"""Recipes in YAML that lie beside a model: merges, trainings, and what MLflow noted of the model it packed."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from license_audit.errors import AuditError
from license_audit.model.evidence import DataSource
from license_audit.model.words import Relation
from license_audit.readers.configured import Findings, hub_id
from license_audit.readers.strict_yaml import MAX_DEPTH, Document, Path, load

_MARK = re.compile(r"^---(?=\s|$)", re.MULTILINE)
_DIRECTIVES = re.compile(r"(?:[ \t]*(?:#.*|%.*)?\r?\n)*[ \t]*")
"""Lines before the first document of a file that are none."""
_MERGE_FILES = re.compile(r"(?:.*[._-])?merge(?:kit)?(?:[._-].*)?\.ya?ml", re.IGNORECASE)
_MLFLOW = "mlmodel"
_TELLING = re.compile(
    r"^[\s-]*(?:base_model|model_name_or_path|merge_method|slices|source_model_name)[ \t]*:", re.MULTILINE
)
_MERGED_KEYS = frozenset({"model", "base_model", "source_model"})
_UNMERGED_KEYS = frozenset({"parameters", "tokenizer", "tokenizer_source", "chat_template", "metadata", "dtype"})
_ORIGIN_KEYS: dict[str, Relation] = {
    "base_model": "fine-tune",
    "base_model_name_or_path": "fine-tune",
    "hf_model_ckpt": "fine-tune",
    "model_id_or_path": "fine-tune",
    "model_name": "fine-tune",
    "model_name_or_path": "fine-tune",
    "pretrained_model_name_or_path": "fine-tune",
    "source_model_name": "fine-tune",
    "teacher_model": "distill",
    "teacher_model_name_or_path": "distill",
}
_DATA_KEYS = frozenset({"datasets", "dataset", "dataset_name", "dataset_mixer", "pretraining_dataset", "train_dataset"})
_DATA_NAMES = ("path", "id", "name", "dataset_name")
_NO_DATA = frozenset({"json", "csv", "parquet", "text", "arrow", "imagefolder", "audiofolder", "auto", "none"})
"""How data are loaded, and words that say that there are none."""
_DATA_NAME = re.compile(r"(?=.*[A-Za-z]{2})[A-Za-z0-9][\w.-]*")


def read_recipes(text: str, findings: Findings) -> None:
    """Every document of a YAML file. One that cannot be read is a remark where the file may name a parent."""
    named = findings.file.rpartition("/")[2]
    is_merge = bool(_MERGE_FILES.fullmatch(named))
    documents: list[Document] = []
    for first_line, part in _documents(text):
        try:
            documents.append(load(part, findings.file, first_line))
        except AuditError as error:
            if is_merge or named.lower() == _MLFLOW or _TELLING.search(part):
                findings.unread(error)
            if is_merge:
                name = f"(the models merged in {findings.file}, which cannot be read)"
                findings.parent(name, "merge", "declared", first_line + 1)
    merge = _Merge(findings, documents)
    for document in documents:
        if _is_merge(document.data):
            merge.note(document)
        elif isinstance(document.data, dict):
            note_training(document.data, findings, partial(_line_of, document))


def note_training(data: dict[str, Any], findings: Findings, line_of: Callable[[Path], int]) -> None:
    """Models and data sets that a training names. All of it is inferred: the recipe may be that of another model."""
    sources: list[tuple[str, int]] = []
    is_training = False
    for path, value in _values(data, ()):
        key = str(path[-1])
        relation = "fine-tune" if path == ("model",) else _ORIGIN_KEYS.get(key)
        if relation is not None and not isinstance(value, dict):
            is_training = True
            for name in _listed(value):
                found = hub_id(name)
                if found is not None:
                    findings.parent(found, relation, "inferred", line_of(path))
        elif key in _DATA_KEYS or (key == "data" and isinstance(value, dict)):
            sources += [(name, line_of(at)) for at, name in _data_names(path, value)]
    if is_training:
        findings.data += [
            DataSource(name=name, basis="inferred", where=f"{findings.file}:{line}") for name, line in sources
        ]


def _line_of(document: Document, path: Path) -> int:
    return document.place(path)[0]


def _documents(text: str) -> Iterator[tuple[int, str]]:
    """The documents of a YAML file, each with the line that it starts on, counted from 0."""
    starts = [match.start() for match in _MARK.finditer(text)]
    if not starts or not _DIRECTIVES.fullmatch(text, 0, starts[0]):
        starts.insert(0, 0)
    else:
        starts[0] = 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield text.count("\n", 0, start), text[start:end]


def _is_merge(data: object) -> bool:
    if not isinstance(data, dict):
        return False
    return "merge_method" in data or "slices" in data or ("experts" in data and "base_model" in data)


def _values(data: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Every value under a key at any depth, with its path."""
    steps: Iterable[tuple[str | int, Any]] = ()
    if isinstance(data, dict):
        steps = data.items()
    elif isinstance(data, list):
        steps = enumerate(data)
    for step, value in steps:
        if isinstance(step, str):
            yield (*path, step), value
        if len(path) < MAX_DEPTH:
            yield from _values(value, (*path, step))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _data_names(path: Path, value: Any) -> Iterator[tuple[Path, str]]:
    """Data sets that a value names: one, several with commas, a list, or a mapping of names to shares."""
    candidates: list[tuple[Path, Any]] = []
    if isinstance(value, str):
        candidates = [(path, name) for name in value.split(",")]
    elif isinstance(value, list):
        candidates = [_data_name((*path, number), item) for number, item in enumerate(value)]
    elif isinstance(value, dict) and path[-1] == "dataset_mixer":
        candidates = [((*path, name), name) for name in value]
    elif isinstance(value, dict):
        candidates = [((*path, "path"), value.get("path"))]
    for at, candidate in candidates:
        name = _plain_data(candidate)
        if name is not None:
            yield at, name


def _data_name(path: Path, item: Any) -> tuple[Path, Any]:
    if not isinstance(item, dict):
        return path, item
    return next((((*path, key), item[key]) for key in _DATA_NAMES if item.get(key)), (path, None))


def _plain_data(text: Any) -> str | None:
    """The name of a data set: a Hub id, or a bare name that is no file and no way of loading files."""
    found = hub_id(text, may_be_bare=True)
    if found is None or "/" in found:
        return found
    return found if _DATA_NAME.fullmatch(found) and found.lower() not in _NO_DATA else None


class _Merge:
    """The models that the merges of one file put together, apart from those that it makes on the way."""

    def __init__(self, findings: Findings, documents: list[Document]) -> None:
        self._findings = findings
        self._seen = {
            document.data["name"]
            for document in documents
            if isinstance(document.data, dict) and isinstance(document.data.get("name"), str)
        }

    def note(self, document: Document) -> None:
        """Note every model of one merge, each once in the file."""
        for path, text in self._references(document.data, ()):
            if text in self._seen:
                continue
            self._seen.add(text)
            line = document.place(path)[0]
            for part in text.split("+"):
                found = hub_id(part.partition("@")[0], may_be_bare=True)
                name = found or f"(a model merged in {self._findings.file}:{line}, which is no Hub id)"
                self._findings.parent(name, "merge", "declared", line)

    def _references(self, data: Any, path: Path) -> Iterator[tuple[Path, str]]:
        if isinstance(data, list):
            for number, item in enumerate(data):
                yield from self._references(item, (*path, number))
        elif isinstance(data, dict):
            for key, value in data.items():
                if key in _MERGED_KEYS:
                    yield from _reference(value, (*path, key))
                elif key not in _UNMERGED_KEYS:
                    yield from self._references(value, (*path, key))


def _reference(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """A model as text, or taken apart into model, path and adapter."""
    if isinstance(value, str):
        yield path, value.strip()
    elif isinstance(value, dict):
        for key in ("model", "path", "lora"):
            yield from _reference(value.get(key), (*path, key))
