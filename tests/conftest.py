"""Stores to test with: built once in a session, copied for each test."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from moving_clock import Clock

from rectify_tui.seeding.regions import add_regions
from rectify_tui.seeding.seed import add_seed
from rectify_tui.store.ledger import Ledger

# Programs that tests start are compiled once, as where they are installed, and not each time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

EXAMPLES = int(os.environ.get("RECTIFY_EXAMPLES", "30"))
"""Examples of a rule in one run; the campaign of CONTRIBUTING.md asks for more."""

settings.register_profile(
    "quiet",
    deadline=None,
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.load_profile("quiet")


def pytest_collection_finish() -> None:
    """Leave thousands of collected tests out of every search for garbage."""
    gc.freeze()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def regions_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store with all regions. Copy it; never write to it."""
    path = tmp_path_factory.mktemp("template") / "regions.db"
    ledger = Ledger.create(path, clock=Clock())
    add_regions(ledger)
    ledger.close()
    return path


@pytest.fixture(scope="session")
def seed_store(regions_store: Path) -> Path:
    """A closed store with all regions and the seed. Copy it; never write to it."""
    path = regions_store.with_name("seed.db")
    shutil.copy(regions_store, path)
    add_seed(Ledger(path, clock=Clock()))
    return path


@pytest.fixture
def ledger(regions_store: Path, tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    """A store of one's own with all regions, by the movable clock."""
    yield from _copy(regions_store, tmp_path / "ledger.db", clock)


@pytest.fixture
def seeded(seed_store: Path, tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    """A store of one's own with all regions and the seed, by the movable clock."""
    yield from _copy(seed_store, tmp_path / "seeded.db", clock)


def _copy(template: Path, path: Path, clock: Clock) -> Iterator[Ledger]:
    shutil.copy(template, path)
    ledger = Ledger(path, clock=clock)
    yield ledger
    ledger.close()
