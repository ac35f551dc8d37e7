"""Large stores beside small ones: the same work at a million items and at a thousand.

Run with `pytest -m bench -n 0 -s tests/bench/test_store_bench.py`. `RECTIFY_BENCH_ITEMS` sets the
large number (default 100,000), `RECTIFY_BENCH_STORES` a folder that keeps the stores. Prints
medians and ratios, and never judges them.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median

import pytest

from rectify_tui.domain.filter import ITEM_FIELDS, parse_filter
from rectify_tui.seeding.fill import fill
from rectify_tui.store.items import ItemList
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.listing import ListQuery
from rectify_tui.store.regions import one_region
from rectify_tui.store.rollup_read import By, RollupQuery, read_rollup

pytestmark = pytest.mark.bench

SMALL = 1_000
LARGE = int(os.environ.get("RECTIFY_BENCH_ITEMS", "100000"))
RUNS = 7


def timed(work: Callable[[], object]) -> float:
    """Median milliseconds of a few runs after one that is not counted."""
    work()
    found = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        found.append((time.perf_counter() - start) * 1000)
    return median(found)


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    folder = tmp_path_factory.mktemp("bench")
    kept = os.environ.get("RECTIFY_BENCH_STORES")
    found = {}
    for items in (SMALL, LARGE):
        path = (Path(kept) if kept else folder) / f"{items}.db"
        if not path.exists():
            start = time.perf_counter()
            fill(path, seed=True, national=True, items=items).close()
            print(f"\n{items:>9,} items: filled in {time.perf_counter() - start:.1f} s")
        found[items] = path
    return found


def measures(ledger: Ledger) -> dict[str, Callable[[], object]]:
    connection = ledger.reader()
    today = ledger.today()
    past = today - timedelta(days=400)
    province = one_region(connection, "黑龙江省").id
    words = parse_filter("status:behind 管网", ITEM_FIELDS, today=today)
    last = ItemList(ledger, ListQuery()).count() - 50
    return {
        "rollup by province, today": lambda: read_rollup(
            connection, RollupQuery(today, By.PROVINCE)
        ),
        "rollup by province, 400 days ago": lambda: read_rollup(
            connection, RollupQuery(past, By.PROVINCE)
        ),
        "rollup by city of one province": lambda: read_rollup(
            connection, RollupQuery(today, By.CITY, under_id=province)
        ),
        "rollup by county, nationwide": lambda: read_rollup(
            connection, RollupQuery(today, By.COUNTY)
        ),
        "rollup by unit of one province": lambda: read_rollup(
            connection, RollupQuery(today, By.UNIT, under_id=province)
        ),
        "as known 100 days ago": lambda: read_rollup(
            connection, RollupQuery(today, By.PROVINCE, known_on=today - timedelta(days=100))
        ),
        "first window of items": lambda: ItemList(ledger, ListQuery()).rows(0, 50),
        "last window of items": lambda: ItemList(ledger, ListQuery()).rows(last, last + 50),
        "filter by status and words": lambda: ItemList(ledger, ListQuery(words)).rows(0, 50),
    }


def test_reading(stores: dict[int, Path]) -> None:
    figures: dict[int, dict[str, float]] = {}
    for items, path in stores.items():
        ledger = Ledger(path)
        figures[items] = {name: timed(work) for name, work in measures(ledger).items()}
        ledger.close()
    print(f"\n{'':36}{SMALL:>12,}{LARGE:>12,}   ratio")
    for name, small in figures[SMALL].items():
        large = figures[LARGE][name]
        print(f"{name:36}{small:>9.2f} ms{large:>9.2f} ms{large / small:>8.1f}")


DASHBOARD = """
import asyncio, resource, sys, time
from pathlib import Path
from rectify_tui.i18n import Language
from rectify_tui.store.ledger import Ledger
from rectify_tui.tui.app import RectifyApp

async def main(path):
    start = time.perf_counter()
    app = RectifyApp(Ledger(Path(path)), language=Language("en"))
    async with app.run_test(size=(120, 40)) as pilot:
        async def settled():
            await pilot.pause()
            while (view := app.view()) is None or view.main_table().busy:
                await pilot.pause()
        await settled()
        first = time.perf_counter() - start
        start = time.perf_counter()
        await pilot.press("2")
        await settled()
        items = time.perf_counter() - start
        presses = []
        for key in ["j"] * 30 + ["pagedown"] * 10 + ["G", "g"] * 5:
            start = time.perf_counter()
            await pilot.press(key)
            await settled()
            presses.append((time.perf_counter() - start) * 1000)
        presses.sort()
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(first * 1000, items * 1000, presses[len(presses) // 2], presses[-1], used)

asyncio.run(main(sys.argv[1]))
"""


def test_dashboard(stores: dict[int, Path]) -> None:
    names = (
        "first figures on the screen, ms", "list of items on the screen, ms",
        "key to paint, median ms", "key to paint, slowest ms", "memory, MB",
    )  # fmt: skip
    found: dict[int, list[list[float]]] = {SMALL: [], LARGE: []}
    for _ in range(3):
        for items, path in stores.items():
            run = subprocess.run(
                [sys.executable, "-c", DASHBOARD, str(path)],
                check=True, capture_output=True, text=True,
            )  # fmt: skip
            found[items].append([float(part) for part in run.stdout.split()])
    print(f"\n{'':36}{SMALL:>12,}{LARGE:>12,}   ratio")
    for place, name in enumerate(names):
        small = median(run[place] for run in found[SMALL])
        large = median(run[place] for run in found[LARGE])
        print(f"{name:36}{small:>12.1f}{large:>12.1f}{large / small:>8.1f}")
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss > 0
