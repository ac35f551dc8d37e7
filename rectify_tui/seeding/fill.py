"""A new store with what it begins with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rectify_tui.seeding.regions import add_regions
from rectify_tui.seeding.seed import add_seed
from rectify_tui.store.clock import Clock, system_clock
from rectify_tui.store.ledger import Ledger

Progress = Callable[[int, int], None]
"""Told how much of how much is done."""


def fill(
    path: Path, *, seed: bool, national: bool = False, items: int | None = None,
    progress: Progress | None = None, clock: Clock = system_clock,
) -> Ledger:  # fmt: skip
    """Make a store with all regions and, if wanted, simulated national programmes and the seed.

    `items` is how many the national programmes have; `progress` is told the weeks of their history
    that are written, and all. Where anything fails or is interrupted, no half-made store stays
    behind. Raises `Problem` where the file exists already.
    """
    existed = Ledger.exists(path)
    try:
        ledger = Ledger.create(path, clock=clock)
        if national:
            _add_national(ledger, items, progress)
        else:
            add_regions(ledger)
        if seed:
            add_seed(ledger)
    except BaseException:
        if not existed:
            Ledger.discard(path)
        raise
    return ledger


def _add_national(ledger: Ledger, items: int | None, progress: Progress | None) -> None:
    """The regions and the simulated programmes, both recorded at times that have passed."""
    from rectify_tui.seeding.national import add_national, clock_before

    until = ledger.today()
    add_regions(Ledger(ledger.address, clock=clock_before(until)))
    count = {} if items is None else {"items": items}
    add_national(ledger, until=until, progress=progress, **count)
    ledger.close()
