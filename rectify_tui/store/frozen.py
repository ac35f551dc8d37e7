"""Whether a period has a report that is frozen and in force."""

from __future__ import annotations

from rectify_tui.domain.period import Period
from rectify_tui.store.connection import Connection


def has_report(connection: Connection, period: Period) -> bool:
    """Whether any report of it is in force, whatever its lines and whichever programme."""
    row = connection.execute(
        "SELECT 1 FROM report WHERE period = ? AND cutoff = ? AND withdrawn IS NULL LIMIT 1",
        [period.kind.value, period.cutoff.isoformat()],
    ).fetchone()
    return row is not None
