"""The ledger of the demonstration is filled once in a week."""

from __future__ import annotations

from datetime import date

import pytest

from rectify_tui.seeding.demo import demo_ledger
from rectify_tui.store.copying import head_of
from rectify_tui.store.records import ITEM

pytestmark = pytest.mark.journeys


def made(tmp_path, name, clock):
    """A demonstration's head of history; every one that is filled has its own, an hour later."""
    clock.move(hours=1)
    ledger = demo_ledger(tmp_path / name, tmp_path / "cache", clock=clock)
    (n,) = ledger.reader().execute(f"SELECT COUNT(*) FROM {ITEM}").fetchone()
    ledger.close()
    assert n > 9000
    return head_of(tmp_path / name)


def test_it_is_filled_once_a_week_and_whenever_the_copy_is_no_good(tmp_path, clock):
    first = made(tmp_path, "1.db", clock)
    assert made(tmp_path, "2.db", clock) == first
    (kept,) = (tmp_path / "cache").iterdir()
    kept.write_bytes(b"broken")
    again = made(tmp_path, "3.db", clock)
    assert again != first
    clock.set(date(2020, 3, 9))
    assert made(tmp_path, "4.db", clock) not in (first, again)
    (fresh,) = (tmp_path / "cache").iterdir()
    assert fresh != kept


def test_a_cache_that_cannot_be_written_is_no_reason_to_fail(tmp_path, clock):
    (tmp_path / "cache").write_text("a file where the folder would be")
    made(tmp_path, "1.db", clock)
