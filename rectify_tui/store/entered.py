"""From which day on the ledger has items and cases, and what it did not have yet on a day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from rectify_tui.domain.region import Depth
from rectify_tui.store.connection import Connection


class EnteredLater(NamedTuple):
    """So many items of a programme (its code) hold from after a day, the first from `first_on`."""

    programme: str
    n: int
    first_on: date


_OF_PROGRAMME = (
    "(subject = 'item' AND subject_id IN (SELECT id FROM item WHERE programme_id = ?)"
    " OR subject = 'case' AND subject_id IN"
    " (SELECT id FROM complaint_case WHERE programme_id = ?))"
)


def _spans(programme_id: int | None) -> tuple[str, list[object]]:
    """The condition on spans of one programme, or of any, with its parameters."""
    return ("TRUE", []) if programme_id is None else (_OF_PROGRAMME, [programme_id] * 2)


def has_any(connection: Connection, day: date) -> bool:
    """Whether the ledger has any item or case that holds on a day."""
    row = connection.execute(
        "SELECT 1 FROM status_span WHERE from_on <= ? AND to_on > ? LIMIT 1",
        [day.isoformat(), day.isoformat()],
    ).fetchone()
    return row is not None


def began_by(connection: Connection, day: date, programme_id: int | None = None) -> bool:
    """Whether `first_day` is a day or one before it: no more than one span need be looked at."""
    where, params = _spans(programme_id)
    query = f"SELECT 1 FROM status_span WHERE from_on <= ? AND {where} LIMIT 1"
    return connection.execute(query, [day.isoformat(), *params]).fetchone() is not None


def first_day(connection: Connection, programme_id: int | None = None) -> date | None:
    """The first day from which an item or a case of one programme, or of any, holds."""
    where, params = _spans(programme_id)
    query = f"SELECT MIN(from_on) FROM status_span WHERE {where}"
    (first,) = connection.execute(query, params).fetchone()
    return date.fromisoformat(first) if first else None


def entered_later(
    connection: Connection, day: date, programme_id: int | None = None
) -> list[EnteredLater]:
    """What the ledger, as known now, did not have yet on a day, by programme.

    Items come and never go, so what the figures of a programme grow by since are those.
    """
    scope, ids = ("", []) if programme_id is None else (" AND programme_id = ?", [programme_id])
    grown = (
        "SELECT programme_id, period, SUM(n) AS n FROM rollup_day"
        f" WHERE depth = ? AND period > ? AND subject = 'item'{scope}"
        " GROUP BY programme_id, period HAVING SUM(n) <> 0"
    )
    rows = connection.execute(
        f"SELECT p.code, SUM(n), MIN(period) FROM ({grown}) AS grown"
        " JOIN programme p ON p.id = programme_id GROUP BY p.id, p.code ORDER BY p.id",
        [int(Depth.NATION), day.isoformat(), *ids],
    )
    return [EnteredLater(code, n, date.fromisoformat(first)) for code, n, first in rows]
