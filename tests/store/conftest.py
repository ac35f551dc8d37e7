"""A small country, and a ledger over it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from country import build_country, build_weeks
from moving_clock import Clock

from rectify_tui.store.ledger import Ledger


@pytest.fixture(scope="session")
def country_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store with twelve regions and three programmes. Copy it; never write to it."""
    path = tmp_path_factory.mktemp("country") / "country.db"
    ledger = Ledger.create(path, clock=Clock(date(2020, 1, 15)))
    build_country(ledger)
    ledger.close()
    return path


@pytest.fixture(scope="session")
def busy_store(country_store: Path) -> Path:
    """A closed store with a few weeks of work in it: four items, a case, an undone batch."""
    path = country_store.with_name("busy.db")
    shutil.copy(country_store, path)
    ledger = Ledger(path, clock=Clock())
    build_weeks(ledger)
    ledger.close()
    return path


@pytest.fixture
def country(country_store: Path, tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    """A store of one's own with twelve regions and three programmes."""
    yield from _copy(country_store, tmp_path / "country.db", clock)


@pytest.fixture
def busy(busy_store: Path, tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    """A store of one's own with a few weeks of work in it."""
    yield from _copy(busy_store, tmp_path / "busy.db", clock)


def _copy(template: Path, path: Path, clock: Clock) -> Iterator[Ledger]:
    shutil.copy(template, path)
    ledger = Ledger(path, clock=clock)
    yield ledger
    ledger.close()
