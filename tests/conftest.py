"""What the whole suite shares."""

from pathlib import Path

import pytest

from license_audit.readers.catalog import PackagedCatalog

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases"
CORPUS = ROOT.parent / "shared" / "corpus"


@pytest.fixture(scope="session")
def catalog() -> PackagedCatalog:
    """The catalog of the checkout."""
    return PackagedCatalog(ROOT)
