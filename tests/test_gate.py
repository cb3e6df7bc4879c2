"""A waiver lets pass what it names, and nothing that is merely written alike."""

from datetime import date

import pytest

from license_audit.gate import Gate
from license_audit.model.manifest import ModelEntry
from license_audit.model.profile import Profile, Waiver
from license_audit.readers.catalog import PackagedCatalog


@pytest.mark.parametrize(
    ("waived", "entry", "expected"),
    [
        ("tiiuae/falcon-7b", {"id": "tiiuae/Falcon-7B"}, True),
        ("openai:gpt-4", {"id": "gpt-4", "provider": "openai"}, True),
        ("gpt-4", {"id": "gpt-4", "provider": "openai"}, False),
        ("models/helper", {"path": "models/helper"}, True),
        ("./models/helper/", {"path": "models/helper"}, True),
        ("models/helper", {"path": "./models/helper"}, True),
        # On most disks two spellings are two folders.
        ("models/Helper", {"path": "models/helper"}, False),
        # The path of a folder may look like anybody's model.
        ("tiiuae/falcon-7b", {"path": "tiiuae/falcon-7b"}, False),
        ("./tiiuae/falcon-7b", {"path": "tiiuae/falcon-7b"}, True),
        ("./tiiuae/falcon-7b", {"id": "tiiuae/falcon-7b"}, False),
    ],
)
def test_which_entry_a_waiver_is_about(
    catalog: PackagedCatalog, waived: str, entry: dict[str, str], *, expected: bool
) -> None:
    gate = Gate(Profile(schema="1"), catalog, date(2026, 11, 26))
    waiver = Waiver(model=waived, finding="x/1", by="legal", why="a reason", until=date(2027, 1, 1))
    assert gate._is_about(waiver, ModelEntry.model_validate({**entry, "use": "a"})) is expected
