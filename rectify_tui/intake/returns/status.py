"""Who has sent their return, and who is late."""

from __future__ import annotations

from datetime import date

from rectify_tui.store.connection import Connection
from rectify_tui.store.returns import ReturnState, cutoffs, return_states

__all__ = ["ReturnState", "return_status", "round_of"]

_ORDER = ("late", "waiting", "received")


def return_status(
    connection: Connection, today: date, cutoff: date | None = None
) -> tuple[ReturnState, ...]:
    """How it stands with each return of a round, those to be chased first.

    A round is what was sent for one cut-off, the newest unless told otherwise; it is empty where
    nothing was sent. A return is late from the day after it was due.
    """
    if cutoff is None:
        cutoff = round_of(connection)
    if cutoff is None:
        return ()
    states = return_states(connection, cutoff, today)
    return tuple(sorted(states, key=lambda each: _ORDER.index(each.state)))


def round_of(connection: Connection, first: date = date.min, last: date = date.max) -> date | None:
    """The newest cut-off from one day to another for which returns were sent."""
    return next((day for day in cutoffs(connection) if first <= day <= last), None)
