"""What the whole suite shares."""

from pathlib import Path

import pytest
from hypothesis import settings

from license_audit.readers.catalog import PackagedCatalog

settings.register_profile("fixed", derandomize=True, deadline=None)
settings.load_profile("fixed")

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases"
CORPUS = ROOT.parent / "shared" / "corpus"


@pytest.fixture(scope="session")
def catalog() -> PackagedCatalog:
    """The catalog of the checkout."""
    return PackagedCatalog(ROOT)
