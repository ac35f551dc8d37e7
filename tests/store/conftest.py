"""A small country, and a ledger over it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from country import add, build_country, put
from moving_clock import Clock

from rectify_tui.store.commands.cases import add_case
from rectify_tui.store.commands.items import merge_items
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.references import Target
from rectify_tui.store.undo import undo


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
    for number in ("1", "2", "3"):
        add(ledger, 1, number, region="甲一市", start="2020-02-01", on=date(2020, 1, 20))
    add(ledger, 2, "1", responsible="甲局")
    put(ledger, 1, 2, status="behind", note="原因", on=date(2020, 2, 10))
    put(ledger, 2, status="completed", progress="100")
    with ledger.batch("merge", who="李") as writing:
        merge_items(writing.draft, [3], Target(2, 4))
    with ledger.batch("cases", who="王", reason="第一批") as writing:
        add_case(writing.draft, 1, "D1", {"region": "甲一市,乙省", "fined_wan": "3"})
    put(ledger, 1, note="撤回")
    undo(ledger)
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
