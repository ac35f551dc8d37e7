"""What has to hold of a ledger after anything went wrong with it."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from country import put
from operations import Operation, ready
from traced import Ended, run

from rectify_tui.store import anchors
from rectify_tui.store.backups import prove
from rectify_tui.store.check import run_checks
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.sqlite import connect


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
        self.before = 0 if operation.fresh else _newest(db)
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
            assert faults == [] or self._left_so(faults, ended), (faults, ended)
            assert put(ledger, 2, note="geht weiter"), ended
        for copy in [*db.parent.rglob("*.bak")]:
            _require_whole(copy)
        if (db.parent / self.operation.made).is_file():
            assert (db.parent / self.operation.made).read_bytes() == self.made

    def _left_so(self, faults: list[str], ended: Ended) -> bool:
        """Whether that was to be done, or to be noted, when it ended too early."""
        if self.operation.name == "restore":  # the older copy is there, the line for it is not
            faults = [each for each in faults if not each.startswith("anchors: check.shortened")]
            return faults == [] and not ended.acknowledged
        return self.operation.name == "repair" and not ended.acknowledged

    def _bears_beginning(self, db: Path, ended: Ended) -> None:
        """A store that is made is there whole, or not at all and is made once more."""
        if not db.exists():
            assert not ended.acknowledged
            again = run(db, self.operation.on(db))
            assert again.acknowledged, again
        with opened(db) as ledger:
            assert wrong(ledger) == []
            assert ledger.newest_batch() == self.after


def _require_whole(copy: Path) -> None:
    """See that a copy is a ledger, of this version or one before."""
    brought = copy.parent / "brought" / copy.name
    brought.parent.mkdir(exist_ok=True)
    shutil.copy(copy, brought)
    Ledger(brought).close()
    assert prove(brought, copy)


def _newest(db: Path) -> int:
    with contextlib.closing(connect(db)) as connection:
        newest: int = connection.execute("SELECT MAX(id) FROM batch").fetchone()[0]
        return newest
