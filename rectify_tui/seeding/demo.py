"""The ledger of the demonstration: filled once, and from then on copied."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from rectify_tui import __version__
from rectify_tui.errors import Problem
from rectify_tui.resources import data_folder
from rectify_tui.seeding.fill import Progress, fill
from rectify_tui.store import migrations
from rectify_tui.store.clock import Clock, system_clock
from rectify_tui.store.copying import copy_as_it_is
from rectify_tui.store.ledger import Ledger

_NAME = "demo-"


def demo_ledger(
    path: Path, cache: Path, *, progress: Progress | None = None, clock: Clock = system_clock
) -> Ledger:
    """A new store with the published figures, copied from the folder `cache` where one is there.

    One is kept for a week and for what this version puts into it, since a ledger that was last
    written long ago doubts the clock. Raises as `fill` does; the cache is no reason to fail.
    """
    kept = cache / f"{_NAME}{_mark(clock().date())}.db"
    if kept.exists():
        with contextlib.suppress(Problem, OSError):
            copy_as_it_is(kept, path)
            return Ledger(path, clock=clock)
        Ledger.discard(path)
    ledger = fill(path, seed=True, progress=progress, clock=clock)
    with contextlib.suppress(Problem, OSError):
        for old in cache.glob(f"{_NAME}*.db"):
            old.unlink()
        copy_as_it_is(path, kept)
    return ledger


def _mark(day: date) -> str:
    """What tells one week and version from another."""
    digest = hashlib.sha256()
    for part in _parts():
        digest.update(part)
    year, week, _ = day.isocalendar()
    return f"{year}-{week:02}-{digest.hexdigest()[:12]}"


def _parts() -> Iterator[bytes]:
    """What a filled store follows from, but for the code."""
    yield __version__.encode()
    for name, text in migrations.scripts().items():
        yield f"{name}\n{text}".encode()
    for path in sorted(data_folder("seed").rglob("*")):
        if path.is_file():
            yield path.read_bytes()
