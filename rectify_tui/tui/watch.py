"""Looks again and again whether anything was written, by whomever, and whether a day has passed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from rectify_tui.errors import Problem
from rectify_tui.store.connection import DatabaseError
from rectify_tui.store.programmes import has_simulated
from rectify_tui.tui.session import Session


class LedgerWatch:
    """Calls `renew` when there is something new, `retitle` when the kind of data has changed.

    `new_day` is called on each day that begins while the dashboard is open.
    """

    def __init__(
        self, session: Session, renew: Callable[[], None], retitle: Callable[[], None],
        new_day: Callable[[], None],
    ) -> None:  # fmt: skip
        self._session = session
        self._renew = renew
        self._retitle = retitle
        self._new_day = new_day
        self._day = session.today
        self._lost = False
        self._settled = -1
        self.batch = -1
        with suppress(Problem, DatabaseError):  # the first look will tell what is wrong
            self.batch = session.newest_batch = session.ledger.newest_batch()

    def look(self) -> None:
        """See whether anything has been written."""
        self._session.read(self._newest, self._seen, "watch", refused=self._lose)

    def _newest(self) -> tuple[int, bool]:
        """In a thread: the newest batch, and whether anything in the ledger is simulated.

        Where that batch was there at the last look too, nobody is just writing: a time to settle.
        """
        ledger = self._session.ledger
        batch = ledger.newest_batch()
        if batch != self._settled and batch == self.batch:
            ledger.settle()
            self._settled = batch
        return batch, has_simulated(ledger.reader())

    def _lose(self, problem: Problem) -> None:
        """Say once that the store can no longer be read."""
        if not self._lost:
            self._lost = True
            self._session.tell(problem)

    def _seen(self, newest: tuple[int, bool]) -> None:
        """Show what somebody wrote since the last look, or a new day."""
        session, (batch, simulated) = self._session, newest
        day = session.today
        if day != self._day:
            self._new_day()
        new = self._lost or (batch, day) != (self.batch, self._day)
        self.batch, self._day, self._lost = batch, day, False
        session.newest_batch = batch
        if simulated != session.simulated:
            session.simulated = simulated
            self._retitle()
        if new:
            self._renew()
