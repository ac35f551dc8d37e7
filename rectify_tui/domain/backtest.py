"""What forecasts of earlier weeks would have said, beside what came out since."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from operator import attrgetter
from typing import NamedTuple

from rectify_tui.domain.forecast import SEED, WEEKS, Band, Change, read_basis, simulate
from rectify_tui.errors import Refusal

AHEAD = (4, 8, 12)
"""Weeks ahead at which a back-test compares."""
CHECK_RUNS = 1_000
"""Runs of each of its forecasts."""
_MADE = range(1, 105)


class Check(NamedTuple):
    """What a forecast made on an earlier day said of a later one, and what came out."""

    made_on: date
    ahead: int
    said: Band
    came_out: int

    @property
    def day(self) -> date:
        """The later day that the forecast spoke of."""
        return self.made_on + timedelta(weeks=self.ahead)

    @property
    def inside(self) -> bool:
        """Whether it came out within the band."""
        return self.said.low <= self.came_out <= self.said.high


def backtest(
    changes: Sequence[Change], as_of: date, *, weeks: int = WEEKS, ahead: Sequence[int] = AHEAD,
    made: Iterable[int] = _MADE, runs: int = CHECK_RUNS, seed: int = SEED,
) -> list[Check]:  # fmt: skip
    """Forecasts as they would have been made so many weeks ago, each beside what came out since.

    A forecast goes by what was told by its own day, and is left out where that was too little; what
    came out is what is known now, of the programmes that were there then. The newest come first.
    """
    checks = []
    now = _Now(changes)
    for ago in made:
        made_on = as_of - timedelta(weeks=ago)
        reached = [one for one in ahead if one <= ago]
        basis = read_basis(changes, made_on, weeks=weeks, known_on=made_on)
        if not reached or not basis.left:
            continue
        try:
            outlook = simulate(basis, runs=runs, seed=seed, horizon=max(reached))
        except Refusal:
            continue
        for one in reached:
            day = made_on + timedelta(weeks=one)
            came_out = sum(now.completed(programme, day) for programme in basis.programmes)
            checks.append(Check(made_on, one, outlook.band(day), came_out))
    return checks


class _Now:
    """How many items of a programme were completed on a day, as is known now."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self._days: dict[int, list[date]] = {}
        self._counts: dict[int, list[int]] = {}
        for change in sorted(changes, key=attrgetter("on")):
            counts = self._counts.setdefault(change.programme_id, [0])
            counts.append(counts[-1] + change.completed)
            self._days.setdefault(change.programme_id, []).append(change.on)

    def completed(self, programme_id: int, day: date) -> int:
        return self._counts[programme_id][bisect_right(self._days[programme_id], day)]


def coverage(checks: Iterable[Check], ahead: int) -> tuple[int, int]:
    """How many of the checks so many weeks ahead came out within the band, and of how many."""
    inside = [check.inside for check in checks if check.ahead == ahead]
    return sum(inside), len(inside)
