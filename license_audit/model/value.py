"""The one kind of value: frozen, closed to unknown keys, documented field by field."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value. Each field is followed by its docstring, which the JSON Schema carries as description."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
