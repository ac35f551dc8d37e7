"""The queue and what disagrees, in the national demo and in large stores.

Run with `pytest -m bench -n 0 -s tests/bench/test_bench_queue.py`. `RECTIFY_BENCH_ITEMS` names the
sizes of the stores (default `5000`, as in the demo), `RECTIFY_BENCH_STORES` a folder that keeps
them. Prints medians, and never judges them.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import pytest

from rectify_tui.domain.filter import Filter
from rectify_tui.domain.filter_fields import ITEM_FIELDS
from rectify_tui.domain.filter_text import parse_filter
from rectify_tui.seeding.fill import fill
from rectify_tui.store.commands.review import review_items
from rectify_tui.store.disagreements import disagreements
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.queue import QueueQuery, read_entries, read_queue
from rectify_tui.store.rollup_read import By, RollupQuery, read_rollup

pytestmark = pytest.mark.bench

SIZES = [int(size) for size in os.environ.get("RECTIFY_BENCH_ITEMS", "5000").split(",")]
RUNS = 5


def timed(work: Callable[[], object]) -> float:
    """Median milliseconds of a few runs after one that is not counted."""
    work()
    found = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        found.append((time.perf_counter() - start) * 1000)
    return median(found)


@pytest.fixture(scope="module", params=SIZES)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    kept = os.environ.get("RECTIFY_BENCH_STORES")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("bench")
    path = folder / f"{request.param}.db"
    if not path.exists():
        fill(path, seed=True, national=True, items=request.param).close()
    return path


def query(day: date, wanted: Filter | None = None) -> QueueQuery:
    return QueueQuery(day, day - timedelta(days=6), wanted or Filter())


def test_reading(store: Path) -> None:
    ledger = Ledger(store)
    connection, today = ledger.reader(), ledger.today()
    (items,) = connection.execute("SELECT COUNT(*) FROM item").fetchone()
    print(f"\n{items:,} items")
    province = parse_filter("region:黑龙江", ITEM_FIELDS, today=today)
    for days in (0, 400):
        day = today - timedelta(days=days)
        asked, one = query(day), query(day, province)
        queue = read_queue(connection, asked)
        print(f"{days} days ago: {len(queue.ids):,} in the queue,"
              f" {len(read_queue(connection, one).ids):,} of one province")  # fmt: skip
        measures: dict[str, Callable[[], object]] = {
            "the queue of the nation": lambda a=asked: read_queue(connection, a),
            "the queue of one province": lambda a=one: read_queue(connection, a),
            "its first 50 lines": lambda a=asked, q=queue: read_entries(connection, a, q.ids[:50]),
            "rollup by province": lambda d=day: read_rollup(
                connection, RollupQuery(d, By.PROVINCE)
            ),
            "what disagrees by province": lambda d=day: disagreements(
                connection, RollupQuery(d, By.PROVINCE)
            ),
            "what disagrees by unit": lambda d=day: disagreements(
                connection, RollupQuery(d, By.UNIT)
            ),
        }  # fmt: skip
        for name, work in measures.items():
            print(f"  {name:32}{timed(work):>9.1f} ms")
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  memory at most {used:.0f} MB")
    ledger.close()


def test_working_through_ten_lines(store: Path) -> None:
    """Each review is written, and the queue read anew."""
    ledger = Ledger(store)
    asked = query(ledger.today())
    spent = []
    for at in range(10):
        queue = read_queue(ledger.reader(), asked)
        (entry,) = read_entries(ledger.reader(), asked, queue.ids[at : at + 1])
        start = time.perf_counter()
        with ledger.batch("review") as writing:
            fields = {"reason": f"原因 {at}", "next_step": "下一步"}
            review_items(writing.draft, [entry.row.id], fields)
        queue = read_queue(ledger.reader(), asked)
        spent.append((time.perf_counter() - start) * 1000)
        assert entry.row.id in queue.reviewed
    print(f"\na review and the queue read anew: {median(spent):.1f} ms")
    ledger.close()
