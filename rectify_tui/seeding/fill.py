"""A new store with what it begins with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rectify_tui.errors import Problem
from rectify_tui.part_file import clear_left_behind, part_name
from rectify_tui.seeding.regions import add_regions, update_regions
from rectify_tui.seeding.seed import add_seed
from rectify_tui.store import anchors
from rectify_tui.store.clock import Clock, system_clock
from rectify_tui.store.copying import put_filled
from rectify_tui.store.ledger import Ledger

Progress = Callable[[int, int], None]
"""Told how much of how much is done."""


def fill(
    path: Path, *, seed: bool, national: bool = False, items: int | None = None,
    progress: Progress | None = None, clock: Clock = system_clock,
) -> Ledger:  # fmt: skip
    """Make a store with all regions and, if wanted, simulated national programmes and the seed.

    `items` is how many the national programmes have; `progress` is told the weeks of their history
    that are written, and all. It is filled beside its place and put there when it is whole, so that
    nothing half made passes for a store, however it ends. Raises `Problem` where the file exists.
    """
    if Ledger.exists(path):
        raise Problem("store.exists", path=path)
    clear_left_behind(path)
    part = part_name(path)
    try:
        ledger = Ledger.create(part, clock=clock, unfinished=True)
        if national:
            _add_national(ledger, items, progress)
        else:
            add_regions(ledger)
        if seed:
            add_seed(ledger)
        ledger.close()
        anchors.set_aside(path)
        put_filled(part, path)
    except FileExistsError:
        raise Problem("store.exists", path=path) from None
    except OSError as error:
        error.filename = str(path)  # nobody knows the part
        raise
    finally:
        Ledger.discard(part)
    return Ledger(path, clock=clock)


def _add_national(ledger: Ledger, items: int | None, progress: Progress | None) -> None:
    """The regions and the simulated programmes, both recorded at times that have passed."""
    from rectify_tui.seeding.national import add_national, clock_before

    until = ledger.today()
    add_regions(ledger.by_clock(clock_before(until)))
    count = {} if items is None else {"items": items}
    add_national(ledger, until=until, progress=progress, **count)
    update_regions(ledger)
    ledger.close()
