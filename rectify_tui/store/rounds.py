"""The rounds in which returns are sent, each told by its cut-off."""

from __future__ import annotations

from datetime import date

from rectify_tui.store.connection import Connection


def cutoffs(connection: Connection) -> list[date]:
    """The cut-offs for which returns were sent, the newest first."""
    rows = connection.execute("SELECT DISTINCT cutoff FROM return_sheet ORDER BY cutoff DESC")
    return [date.fromisoformat(cutoff) for (cutoff,) in rows]
