"""When the open items will be done: chances drawn from the weekly completions of the past.

The method is a bootstrap. Each run draws blocks of four weeks, with replacement, from the recent
past; from these it draws the future, block after block, until nothing is open. Two sources of doubt
come on top of the scatter of single weeks: the recent past is itself only a sample (so each run has
its own draw of it), and the pace may change for good (so each run goes faster or slower by a factor
of its own). Without them the band is far too narrow. How often it holds is measured over simulated
programmes in `tests/bench/test_bench_forecast.py`.

What it takes for granted: nothing is added or merged from now on, the last items are no harder than
those before them, and deadlines and holidays drive the pace only as far as they did before.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from rectify_tui.errors import Refusal

WEEKS = 26
"""Weeks of the past that count unless another number is asked for."""
RUNS = 4_000
"""Runs of a forecast: the share that lies below a quantile is then right to half a percent."""
SEED = 2020
LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9
"""Shares of the runs between which the band lies, and its middle: four fifths fall into it."""
HORIZON = 260
"""Weeks after which a run is given up: five years on, late and never look the same."""
LEAST_WEEKS, LEAST_ACTIVE = 8, 3
"""The least history to go by: weeks, and weeks in which anything was completed."""

BLOCK = 4
"""Weeks in a row that are drawn together, so that a rush and the lull after it stay together."""
_BITS_DRAWN = 64
"""Bits of the generator that a draw takes: `random` is made of two words of 32."""
ROUNDING_DAYS, ROUNDING_ITEMS = 1e-6, 1e-9
"""What a run may lack of a day or of the last item and be done: sums of parts are never exact."""
DRIFT = 0.2
"""How far the pace may change for good: the spread of the logarithm of each run's factor.

Measured: with it the band holds about four times in five, 4 to 12 weeks ahead.
"""


class Change(NamedTuple):
    """How counts of a programme change with effect from a day, as told on the day `known_from`."""

    programme_id: int
    on: date
    known_from: date
    completed: int
    merged: int
    total: int


class Basis(NamedTuple):
    """Where things stand, and the weeks that a forecast goes by.

    `total` leaves merged items out, which are carried on elsewhere; `completed` has the basically
    completed ones too. `weeks` are net completions, the newest last, each of seven days, the last
    one up to `as_of`; a reopened item counts against its week. Items that are completed when they
    are added are no week's work. `added` and `merged` tell how the scope changed in those weeks,
    `last_on` when an item was last completed, `programmes` which ones have items.
    """

    as_of: date
    total: int
    completed: int
    weeks: tuple[int, ...]
    added: int = 0
    merged: int = 0
    last_on: date | None = None
    programmes: frozenset[int] = frozenset()

    @property
    def left(self) -> int:
        """Items still open."""
        return self.total - self.completed

    @property
    def pace(self) -> float:
        """Net completions a week; 0 without any week."""
        return sum(self.weeks) / len(self.weeks) if self.weeks else 0.0

    def needed(self, by: date) -> float:
        """Completions a week that would finish everything by a day; all at once within a week."""
        return self.left * 7 / max((by - self.as_of).days, 7)

    def standing(self) -> list[int]:
        """Completed items before the first week and at the end of each."""
        standing = [self.completed]
        for week in reversed(self.weeks):
            standing.append(standing[-1] - week)
        return standing[::-1]


def read_basis(
    changes: Iterable[Change], as_of: date, *, weeks: int = WEEKS, known_on: date | None = None
) -> Basis:
    """The basis of a forecast made on a day; with `known_on`, from what was told by then."""
    days = _by_day(changes, as_of, known_on)
    begun = min((on for (_, on), day in days.items() if day.total), default=as_of)
    net = [0] * min(weeks, (as_of - begun).days // 7)
    added = merged = 0
    last_on = None
    for (_, on), day in days.items():
        work = day.work
        if work > 0 and (last_on is None or on > last_on):
            last_on = on
        ago = (as_of - on).days // 7
        if ago < len(net):
            net[-1 - ago] += work
            added += day.total
            merged += day.merged
    total = sum(day.total - day.merged for day in days.values())
    completed = sum(day.completed for day in days.values())
    there = frozenset(programme for (programme, _), day in days.items() if day.total)
    return Basis(as_of, total, completed, tuple(net), added, merged, last_on, there)


@dataclass
class _Day:
    """How counts of a programme change on a day, by all that is known."""

    completed: int = 0
    merged: int = 0
    total: int = 0

    @property
    def work(self) -> int:
        """Completions, less those that came or went with items that were added or removed."""
        if self.total > 0:
            return self.completed - max(min(self.completed, self.total), 0)
        return self.completed - min(max(self.completed, self.total), 0)


def _by_day(
    changes: Iterable[Change], as_of: date, known_on: date | None
) -> dict[tuple[int, date], _Day]:
    days: dict[tuple[int, date], _Day] = defaultdict(_Day)
    for programme, on, known_from, completed, merged, total in changes:
        if on <= as_of and (known_on is None or known_from <= known_on):
            day = days[programme, on]
            day.completed += completed
            day.merged += merged
            day.total += total
    return days


def require_enough(basis: Basis) -> None:
    """Raise `Refusal` where a basis is too thin for a forecast."""
    weeks, active = len(basis.weeks), sum(week > 0 for week in basis.weeks)
    if not basis.total:
        raise Refusal("forecast.nothing", day=basis.as_of)
    if not basis.left:
        return
    if weeks >= LEAST_WEEKS and basis.pace <= 0 and basis.last_on is not None:
        raise Refusal("forecast.standing", weeks=weeks, left=basis.left, day=basis.last_on)
    if weeks < LEAST_WEEKS or active < LEAST_ACTIVE:
        raise Refusal(
            "forecast.too_little", weeks=weeks, active=active, left=basis.left,
            least_weeks=LEAST_WEEKS, least_active=LEAST_ACTIVE,
        )  # fmt: skip


class Band(NamedTuple):
    """How many items will be completed in all: four fifths of the runs lie from low to high."""

    low: int
    middle: int
    high: int


@dataclass(frozen=True)
class Outlook:
    """All runs of a forecast.

    `finishes` are the weeks that each run takes, rising, infinite where it is given up; `paths` the
    completions of each run at the end of each block, up to the one in which nothing is left.
    """

    basis: Basis
    finishes: tuple[float, ...]
    paths: tuple[list[float], ...] = field(repr=False)
    _ends_of: dict[int, list[float]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def finish(self, share: float) -> date | None:
        """The day by which a share of the runs is done; None for a day beyond the horizon."""
        weeks = _quantile(self.finishes, share)
        if math.isinf(weeks):
            return None
        return self.basis.as_of + timedelta(days=math.ceil(weeks * 7 - ROUNDING_DAYS))

    def chance(self, by: date) -> float:
        """How likely everything is done by a day, 0 to 1; what is done stays done."""
        weeks = ((by - self.basis.as_of).days + ROUNDING_DAYS) / 7
        return bisect_right(self.finishes, weeks) / len(self.finishes)

    def band(self, day: date) -> Band:
        """The band on a day; within a block each run goes straight on."""
        block, part = divmod(
            (max((day - self.basis.as_of).days, 0) + ROUNDING_DAYS) / (7 * BLOCK), 1
        )
        before, after = self._ends(int(block) - 1), self._ends(int(block))
        reached = sorted(a + (b - a) * part for a, b in zip(before, after, strict=True))
        at_least = reached[-math.ceil((1 - LOW) * len(reached))]
        quantiles = at_least, _quantile(reached, MIDDLE), _quantile(reached, HIGH)
        return Band(*map(self._counted, quantiles))

    def _ends(self, block: int) -> list[float]:
        """How far each run has come at the end of a block."""
        if block < 0:
            return [0.0] * len(self.paths)
        ends = self._ends_of.get(block)
        if ends is None:
            ends = [path[block] if block < len(path) else path[-1] for path in self.paths]
            self._ends_of[block] = ends
        return ends

    def _counted(self, done: float) -> int:
        """All completed items, of which so many are completed from now on; never all too early."""
        left = self.basis.left
        whole = left if done >= left - ROUNDING_ITEMS else min(math.floor(done + 0.5), left - 1)
        return max(0, self.basis.completed + whole)


def _quantile(rising: Sequence[float], share: float) -> float:
    return rising[max(math.ceil(share * len(rising)) - 1, 0)]


def simulate(
    basis: Basis, *, runs: int = RUNS, seed: int = SEED, horizon: int = HORIZON,
    drift: float = DRIFT,
) -> Outlook:  # fmt: skip
    """Draw the future so many times, for so many weeks at most.

    The same basis and seed give the same outlook, and what is drawn never depends on the figures:
    with more completions in any week no run ends later. Raises `Refusal` on too thin a basis.
    """
    require_enough(basis)
    if not basis.left:
        return Outlook(basis, (0.0,) * runs, ([0.0],) * runs)
    rng = Random(seed)  # noqa: S311  # reproducible by intent, nothing secret
    count = len(basis.weeks)
    blocks = [
        sum(basis.weeks[(start + week) % count] for week in range(BLOCK)) for start in range(count)
    ]
    sampled, steps = math.ceil(count / BLOCK), math.ceil(horizon / BLOCK)
    finishes, paths = [], []
    draw = rng.random
    for _ in range(runs):
        past = [blocks[int(draw() * count)] for _ in range(sampled)]
        pace = math.exp(drift * rng.gauss(0, 1))
        weeks, path = _run(rng, past, steps, pace, basis.left)
        finishes.append(weeks)
        paths.append(path)
    return Outlook(basis, tuple(sorted(finishes)), tuple(paths))


def _run(
    rng: Random, past: list[int], steps: int, pace: float, left: int
) -> tuple[float, list[float]]:
    """The weeks until so many items are done, and how many are at the end of each block.

    Blocks are drawn as `choices` draws them. What a run that has ended would have drawn is passed
    over, so that others draw the same however long this one was.
    """
    drawn, count, done = rng.random, len(past), 0.0
    path: list[float] = []
    for number in range(steps):
        before, done = done, done + pace * past[int(drawn() * count)]
        path.append(done)
        if done >= left:
            if rest := steps - number - 1:
                rng.getrandbits(_BITS_DRAWN * rest)
            return BLOCK * (number + (left - before) / (done - before)), path
    return math.inf, path
