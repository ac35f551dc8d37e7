"""How often the truth falls into the band of a forecast, over all simulated programmes.

Run with `pytest -m bench -n 0 -s tests/bench/test_bench_forecast.py`. `RECTIFY_BENCH_ITEMS` sets
how many items a simulated nation has (default 5,000), `RECTIFY_BENCH_SEEDS` which nations are made.
Every week of two years every programme forecasts from what was told by then. A band of whole
numbers that is to hold 80 % holds the more, the smaller they are; `fair` counts a truth on the edge
of the band only in part, as the runs on that edge are, and would be 80 % whatever the size.
"""

from __future__ import annotations

import os
import time
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from moving_clock import Clock

from rectify_tui.domain.backtest import AHEAD, CHECK_RUNS, backtest
from rectify_tui.domain.forecast import (
    BLOCK,
    HIGH,
    LOW,
    RUNS,
    Basis,
    Change,
    Outlook,
    read_basis,
    simulate,
)
from rectify_tui.errors import Refusal
from rectify_tui.seeding.national import add_national, clock_before
from rectify_tui.seeding.regions import add_regions
from rectify_tui.store.completion_history import read_changes
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.programmes import programmes
from rectify_tui.store.scope import Scope

pytestmark = pytest.mark.bench

TODAY = date(2020, 1, 3)
ITEMS = int(os.environ.get("RECTIFY_BENCH_ITEMS", "5000"))
SEEDS = [int(seed) for seed in os.environ.get("RECTIFY_BENCH_SEEDS", "2020,1,2").split(",")]
HISTORY = 104
LONGER = (*AHEAD, 24, 52)

Histories = dict[tuple[int, str], list[Change]]


@pytest.fixture(scope="module")
def histories(tmp_path_factory: pytest.TempPathFactory) -> Histories:
    """The changes of every programme of every nation, and of a whole nation under ""."""
    found: Histories = {}
    for seed in SEEDS:
        path = tmp_path_factory.mktemp("nation") / f"{seed}.db"
        until = TODAY + timedelta(days=1)
        ledger = Ledger.create(path, clock=Clock(until))
        add_regions(Ledger(path, clock=clock_before(until)))
        add_national(ledger, items=ITEMS, until=until, seed=seed)
        connection = ledger.reader()
        found[seed, ""] = read_changes(connection, Scope(), TODAY)
        for each in programmes(connection):
            found[seed, each.code] = read_changes(connection, Scope(each.id), TODAY)
        ledger.close()
    return found


def made_then(changes: list[Change], least: int, step: int = 1) -> Iterator[tuple[int, Basis]]:
    """What could be forecast from so many weeks ago, each with how many weeks that was."""
    for ago in range(least, HISTORY, step):
        day = TODAY - timedelta(weeks=ago)
        basis = read_basis(changes, day, known_on=day)
        if basis.left:
            yield ago, basis


class Truth:
    """How many were completed on a day, as is known in the end."""

    def __init__(self, changes: list[Change]) -> None:
        days: Counter[date] = Counter()
        for change in changes:
            days[change.on] += change.completed
        self.days = sorted(days)
        self.counts = [0]
        for day in self.days:
            self.counts.append(self.counts[-1] + days[day])

    def on(self, day: date) -> int:
        return self.counts[bisect_right(self.days, day)]


def fair(outlook: Outlook, weeks: int, truth: int) -> float:
    """How much of the truth lies between the low and the high share of the runs."""
    at, basis = weeks // BLOCK, outlook.basis
    rising = sorted(
        basis.completed + min(int(path[min(at, len(path)) - 1] + 0.5), basis.left)
        for path in outlook.paths
    )
    below, upto = (side(rising, truth) / len(rising) for side in (bisect_left, bisect_right))
    if below == upto:
        return float(LOW <= below <= HIGH)
    return max(0.0, min(upto, HIGH) - max(below, LOW)) / (upto - below)


def test_how_often_the_band_holds(histories: Histories) -> None:
    rows: defaultdict[tuple[str, int], list[tuple[float, ...]]] = defaultdict(list)
    for (_, code), changes in histories.items():
        truth = Truth(changes)
        for ago, basis in made_then(changes, min(AHEAD), 1 if code else BLOCK):
            reached = [ahead for ahead in LONGER if ahead <= ago]
            try:
                outlook = simulate(basis, runs=CHECK_RUNS, horizon=max(reached))
            except Refusal:
                continue
            for ahead in reached:
                day = basis.as_of + timedelta(weeks=ahead)
                band, came = outlook.band(day), truth.on(day)
                rows["programmes" if code else "nation", ahead].append(
                    (
                        band.low <= came <= band.high, fair(outlook, ahead, came),
                        came < band.low, came > band.high, band.high - band.low,
                        abs(came - band.middle), came - basis.completed,
                    )
                )  # fmt: skip
    print(f"\n{ITEMS:,} items, nations {SEEDS}: how often the truth lay in the 80 % band")
    titles = ("inside", "fair", "below", "above", "width", "missed by", "done")
    print(f"{'':12}{'weeks':>6}{'n':>8}" + "".join(f"{title:>10}" for title in titles))
    for (of, ahead), found in sorted(rows.items()):
        means = [sum(column) / len(found) for column in zip(*found, strict=True)]
        shown = [f"{mean:.1%}" for mean in means[:4]] + [f"{mean:.1f}" for mean in means[4:]]
        print(f"{of:12}{ahead:>6}{len(found):>8}" + "".join(f"{each:>10}" for each in shown))
    assert rows


def test_how_often_the_day_comes_true(histories: Histories) -> None:
    """The day by which a quarter of what is open will be done, forecast in the first year."""
    came: Counter[str] = Counter()
    for (_, code), changes in histories.items():
        truth = Truth(changes)
        for ago, basis in made_then(changes, 52) if code else ():
            quarter = max(basis.left // 4, 1)
            part = basis._replace(total=basis.completed + quarter)
            try:
                outlook = simulate(part, runs=CHECK_RUNS)
            except Refusal:
                continue
            days = (basis.as_of + timedelta(days=n) for n in range(1, 7 * ago + 1))
            day = next((day for day in days if truth.on(day) >= part.total), date.max)
            low, high = (outlook.finish(share) or date.max for share in (LOW, HIGH))
            came["earlier" if day < low else "later" if day > high else "inside"] += 1
    n = came.total()
    print(f"\nday by which a quarter of the rest is done, {n} forecasts: ", end="")
    print(", ".join(f"{how} {count / n:.1%}" for how, count in came.items()))
    assert n


def test_how_long_it_takes(histories: Histories) -> None:
    print()
    for name in ("", next(code for _, code in histories if code)):
        changes = histories[SEEDS[0], name]
        start = time.perf_counter()
        basis = read_basis(changes, TODAY)
        simulate(basis)
        middle = time.perf_counter()
        checks = backtest(changes, TODAY)
        end = time.perf_counter()
        print(
            f"{name or 'nation':14}{basis.left:>8,} open: {RUNS:,} runs {middle - start:.2f} s,"
            f" back-test of {len(checks)} checks {end - middle:.2f} s"
        )
