"""What was read from a hub, kept on disk by commit: an interrupted run goes on from here, and so does one offline.

Contents of a commit never change, so an entry is never out of date. A damaged entry counts as absent.
"""

import json
import re
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from license_audit.model.repository import Contents, Repository, Unavailable

Kind = Literal["models", "datasets"]
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,200}")
_LASTING = ("gone", "gated", "disabled", "no-revision")
"""Answers that are knowledge; the other reasons may pass."""


@dataclass(frozen=True, slots=True)
class Described:
    """What the hub said of a repository, and when."""

    answer: Repository | Unavailable
    at: str
    """ISO, UTC."""


class Store:
    """Answers and contents of one hub, in a folder."""

    def __init__(self, folder: Path, endpoint: str) -> None:
        self._folder = folder / sha256(endpoint.encode()).hexdigest()[:12]

    def described(self, kind: Kind, name: str, revision: str | None) -> Described | None:
        """The last answer about a repository; None when there is none."""
        try:
            data = json.loads(self._answer(kind, name, revision).read_bytes())
            if "kind" in data["answer"]:
                return Described(Unavailable(**data["answer"]), str(data["at"]))
            return Described(_repository(data["answer"]), str(data["at"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep_answer(self, kind: Kind, name: str, revision: str | None, described: Described) -> None:
        """Remember an answer that is knowledge."""
        answer = described.answer
        if isinstance(answer, Repository) or answer.kind in _LASTING:
            data = {"answer": asdict(answer), "at": described.at}
            _write(self._answer(kind, name, revision), data)

    def contents(self, kind: Kind, repository: Repository) -> Contents | None:
        """The files of a commit; None when they are not here."""
        try:
            data = json.loads(self._commit(kind, repository).read_bytes())
            files = {name: b64decode(raw, validate=True) for name, raw in data["base64"].items()}
            return Contents({**files, **{name: text.encode() for name, text in data["text"].items()}})
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def keep_contents(self, kind: Kind, repository: Repository, contents: Contents) -> None:
        """Remember the files of a commit, if all of them were read."""
        if contents.refused:
            return
        text, other = {}, {}
        for name, raw in contents.files.items():
            try:
                text[name] = raw.decode("utf-8")
            except UnicodeDecodeError:
                other[name] = b64encode(raw).decode()
        _write(self._commit(kind, repository), {"text": text, "base64": other})

    def _answer(self, kind: Kind, name: str, revision: str | None) -> Path:
        mark = sha256((revision or "").encode()).hexdigest()[:12] if revision else "newest"
        return self._folder / kind / _safe(name) / f"{mark}.json"

    def _commit(self, kind: Kind, repository: Repository) -> Path:
        return self._folder / kind / _safe(repository.id) / f"{_safe(repository.commit)}.json"


def _safe(name: str) -> str:
    """A name that stays in its folder, whatever a server calls its repositories."""
    plain = name.replace("/", "--")
    return plain if _PLAIN.fullmatch(plain) else sha256(name.encode()).hexdigest()


def _repository(data: dict[str, Any]) -> Repository:
    base = tuple((str(name), relation) for name, relation in data.pop("base"))
    lists: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    return Repository(**lists, base=base)


def _write(path: Path, data: dict[str, Any]) -> None:
    """Write a file whole or not at all. A store that cannot be written is none, and nothing is lost by that."""
    draft = path.with_name(f"{path.name}.{id(data):x}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(data), encoding="utf-8")
        draft.replace(path)
    except OSError:
        return
