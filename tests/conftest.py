"""What the whole suite shares."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from license_audit import answers
from license_audit.readers.catalog import PackagedCatalog
from tests.loopback.client import Time
from tests.loopback.guard import fence
from tests.loopback.hub import LoopbackHub

settings.register_profile("fixed", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("fixed")

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases"
CORPUS = ROOT.parent / "shared" / "corpus"
YEARS = 10**20
"""Nanoseconds within which every file changed."""


@pytest.fixture(scope="session")
def catalog() -> PackagedCatalog:
    """The catalog of the checkout."""
    return PackagedCatalog(ROOT)


_PATCH = pytest.MonkeyPatch()


def pytest_configure() -> None:
    """Before any test module is read, since huggingface_hub takes its settings when it is imported."""
    fence(_PATCH)
    _PATCH.setenv("XDG_CACHE_HOME", f"{os.environ['HF_HOME']}/cache")
    # A test that replaces a part of the tool must not get, or leave, an answer of another test.
    _PATCH.setattr(answers, "SETTLED", YEARS)


def pytest_unconfigure() -> None:
    """Gives the sockets and settings back."""
    home = os.environ["HF_HOME"]
    _PATCH.undo()
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def loopback() -> Iterator[LoopbackHub]:
    """A hub on this machine, without repositories."""
    import huggingface_hub  # noqa: PLC0415  # takes its settings when it is imported

    with LoopbackHub() as hub:
        yield hub
    huggingface_hub.close_session()


@pytest.fixture
def paused() -> Time:
    """A clock that only moves when somebody waits."""
    return Time()
