"""models.yaml: which models, for which use."""

import re
from typing import Annotated, Any, Literal, Self

from license_audit.model.marks import Before, after, before, field
from license_audit.model.value import Value
from license_audit.model.words import Relation

_ID = r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)?"
_PROVIDER = r"[A-Za-z0-9][A-Za-z0-9._-]*"
_HOSTED = r"[A-Za-z0-9@][A-Za-z0-9._:/@+-]*"
MAX_ID = 200
_CONTROL = r"[\x00-\x1f\x7f<>]"


def check_model_id(value: object) -> str:
    """A Hub id, `org/name` or `name`, unchanged; ValueError for anything else."""
    if isinstance(value, str) and len(value) <= MAX_ID and re.fullmatch(_ID, value) and ".." not in value:
        return value
    raise ValueError(f"expected a Hub id such as org/name, not {value!r}")


def _model(value: object) -> str:
    """An id for the Hub, or one that a provider uses; which of the two is known once the whole entry is read."""
    if isinstance(value, str) and len(value) <= MAX_ID and re.fullmatch(_HOSTED, value) and ".." not in value:
        return value
    raise ValueError(f"expected a Hub id such as org/name, not {value!r}")


def _path(value: object) -> str:
    if isinstance(value, str) and value and not re.search(_CONTROL, value):
        return value
    raise ValueError(f"expected a path without control characters, not {value!r}")


def _provider(value: object) -> str:
    if isinstance(value, str) and len(value) <= MAX_ID and re.fullmatch(_PROVIDER, value):
        return value
    raise ValueError(f"expected the name of a provider such as openai, not {value!r}")


HubId = Annotated[str, Before(check_model_id)]
ProviderName = Annotated[str, Before(_provider)]
AnyId = Annotated[str, Before(_model)]
FolderPath = Annotated[str, Before(_path)]


def _one_or_many(value: object) -> object:
    return value if isinstance(value, (list, tuple)) else [value]


class ModelEntry(Value):
    """One line of the manifest."""

    id: AnyId | None = None
    """Hub id such as `org/name`; with `provider`, what the provider calls it."""
    path: FolderPath | None = None
    """Local folder, relative to the manifest."""
    provider: ProviderName | None = None
    """A hosted API instead of weights, e.g. `openai`."""
    revision: str | None = None
    use: Annotated[tuple[str, ...], Before(_one_or_many)]
    """Names of uses in the profile."""
    base: Annotated[tuple[HubId, ...], Before(_one_or_many)] = ()
    """Parents, as the person who wrote the manifest knows them."""
    relation: Relation = "fine-tune"
    """How this model came from its parents."""

    @after
    def _named(self) -> Self:
        if self.provider is not None and (self.id is None or self.path is not None):
            raise ValueError("expected the id of a hosted model beside its provider, and no path")
        if self.id is None and self.path is None:
            raise ValueError("expected id or path")
        if self.id is not None and self.provider is None:
            check_model_id(self.id)
        if not self.use:
            raise ValueError("expected the name of at least one use")
        return self

    @property
    def name(self) -> str:
        """What reports call it: the id, the path of a local folder, or `provider:id` for a hosted model."""
        if self.provider is not None:
            return f"{self.provider}:{self.id}"
        return self.id or self.path or ""


class SkippedFiles(Value):
    """Files of the source tree in which nobody looks for models."""

    files: str
    """Pattern for paths from the top of the tree: `tests/*` also means what lies deeper."""
    why: str = field(min_length=1)


class NoModel(Value):
    """Something in the source that looks like the name of a model and is none, or is none that is used."""

    id: str
    """As the scan tells it."""
    files: str = "*"
    """Pattern for the paths in which it is no model."""
    why: str = field(min_length=1)


class ScanRules(Value):
    """What `scan` leaves out. Each with a reason, for whoever reads the manifest."""

    skip: tuple[SkippedFiles, ...] = ()
    not_models: tuple[NoModel, ...] = ()


class Manifest(Value):
    """The whole list."""

    schema_version: Literal["1"] = field(alias="schema")
    models: tuple[ModelEntry, ...] = ()
    scan: ScanRules = ScanRules()

    @before
    @classmethod
    def _null_models(cls, data: Any) -> Any:
        return {**data, "models": data.get("models") or ()} if isinstance(data, dict) else data
