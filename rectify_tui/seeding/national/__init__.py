"""Simulated programmes of all mainland provinces, so that a new store has something to show.

`weeks` is the calendar, `provinces` the places, `plans` the programmes; `items` and `cases` decide
what happens to a record, `issue` and `simulation` write it. Every programme is marked simulated.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from rectify_tui.cycles import no_search
from rectify_tui.errors import Problem, Refusal
from rectify_tui.seeding.national.plans import draw_plans
from rectify_tui.seeding.national.provinces import LETTERS, read_provinces
from rectify_tui.seeding.national.simulation import Simulation
from rectify_tui.seeding.national.weeks import FridayClock, Weeks, clock_before
from rectify_tui.store.chain import last_recorded_on
from rectify_tui.store.ledger import Ledger

__all__ = ["LEAST", "MOST", "add_national", "clock_before"]

LEAST, MOST = len(LETTERS), 1_000_000
"""How many items may be asked for."""


def add_national(
    ledger: Ledger, *, items: int = 5000, until: date, seed: int = 2020,
    progress: Callable[[int, int], None] | None = None,
) -> None:  # fmt: skip
    """Write simulated programmes with two years of weekly history, ending before `until`.

    `items` are spread over the 31 mainland provinces, with half as many cases (at most 200,000).
    The same number, date and seed give the same records, whose recorded times are those of the
    simulated weeks; so the store may hold nothing newer than them: see `clock_before`. `progress`
    is told the weeks written and the weeks in all.

    Raises `Problem` for a number out of bounds or a store without regions, `Refusal` where the
    store has newer records.
    """
    if not LEAST <= items <= MOST:
        raise Problem("national.bad_count", items=items, least=LEAST, most=MOST)
    weeks = Weeks.before(until)
    connection = ledger.reader()
    _require_older(ledger, weeks)
    rng = Random(seed)  # noqa: S311  # reproducible by intent, nothing secret
    plans = draw_plans(read_provinces(connection, rng), items, weeks, rng)
    with no_search():
        Simulation(plans, items, weeks, rng).write(ledger, progress)


def _require_older(ledger: Ledger, weeks: Weeks) -> None:
    """Raise `Refusal` where the store has a batch that the simulated weeks would come before."""
    newest = last_recorded_on(ledger.reader())
    first = FridayClock(weeks.first)().date().isoformat()
    if newest is not None and newest >= first:
        raise Refusal("national.newer_records", newest=newest, first=first)
