"""What has to hold of a ledger after anything went wrong with it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from country import put
from operations import Operation, ready
from traced import Ended, run

from rectify_tui.errors import Problem
from rectify_tui.store import anchors
from rectify_tui.store.check import run_checks
from rectify_tui.store.ledger import Ledger


@contextlib.contextmanager
def opened(db: Path) -> Iterator[Ledger]:
    """The ledger, written to whatever the clock says."""
    ledger = Ledger(db)
    ledger.believe_clock()
    try:
        yield ledger
    finally:
        ledger.close()


def wrong(ledger: Ledger) -> list[str]:
    """What checks say that is wrong, heads kept outside included."""
    findings = run_checks(ledger.reader(), anchors.read(ledger.address))
    return [f"{each.check}: {each.faults[0]}" for each in findings if not each.ok]


class Undisturbed:
    """How an operation goes when nothing goes wrong: the bounds of what may be found otherwise."""

    def __init__(self, operation: Operation, template: Path, folder: Path) -> None:
        self.operation = operation
        db = ready(operation, template, folder)
        self.before = 0 if operation.fresh else _newest(template)
        ended = run(db, operation.on(db))
        assert ended.code == 0, (operation.name, ended)
        self.after = _newest(db)
        assert (self.after > self.before) == (operation.writes or operation.fresh)
        self.made = (folder / operation.made).read_bytes() if operation.made else b""

    def bears(self, db: Path, ended: Ended) -> None:
        """What was found is what was before, or all of it; never less than what was acknowledged.

        And work goes on.
        """
        if self.operation.fresh:
            self._bears_beginning(db, ended)
            return
        with opened(db) as ledger:
            newest = ledger.newest_batch()
            assert newest in (self.before, self.after), (newest, ended)
            assert newest == self.after or not ended.acknowledged, (newest, ended)
            faults = wrong(ledger)
            mended = self.operation.name != "repair" or ended.acknowledged
            assert faults == [] or not mended, (faults, ended)
            assert put(ledger, 2, note="geht weiter"), ended
        if (db.parent / self.operation.made).is_file():
            assert (db.parent / self.operation.made).read_bytes() == self.made

    def _bears_beginning(self, db: Path, ended: Ended) -> None:
        """A store that is made is there whole, or can be made once more."""
        if not db.exists():
            assert not ended.acknowledged
        try:
            with opened(db) as ledger:
                assert wrong(ledger) == []
                assert ledger.newest_batch() in ((self.after,) if ended.acknowledged else (0, 1))
        except Problem:
            assert not ended.acknowledged


def _newest(db: Path) -> int:
    with opened(db) as ledger:
        return ledger.newest_batch()
