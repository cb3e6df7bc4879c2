"""What the whole suite shares."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from license_audit.readers.catalog import PackagedCatalog

settings.register_profile("fixed", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("fixed")

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases"
CORPUS = ROOT.parent / "shared" / "corpus"


@pytest.fixture(scope="session")
def catalog() -> PackagedCatalog:
    """The catalog of the checkout."""
    return PackagedCatalog(ROOT)
