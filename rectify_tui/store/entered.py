"""From which day on the ledger has items and cases, and what it did not have yet on a day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from rectify_tui.domain.region import Depth
from rectify_tui.store.connection import Connection
from rectify_tui.store.periods import MONTH, YEAR
from rectify_tui.store.programmes import programme_codes


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
    after = f"{day:%Y-%m}~"
    rest_of_month = _grown(connection, "rollup_day", (day.isoformat(), after), programme_id)
    months = _grown(connection, "rollup", (after, "~"), programme_id)
    grown: dict[int, tuple[int, str]] = {}
    for id, period, n in [*rest_of_month, *months]:
        before, first = grown.get(id, (0, period))
        grown[id] = before + n, first
    days = _first_days(connection, {first for _, first in grown.values()})
    codes = programme_codes(connection)
    return [
        EnteredLater(codes[id], n, date.fromisoformat(days.get((id, first), first)))
        for id, (n, first) in sorted(grown.items())
    ]


def _grown(
    connection: Connection, table: str, periods: tuple[str, str], programme_id: int | None
) -> list[tuple[int, str, int]]:
    """By programme and period, between two, how many items more there were; in their order."""
    scope, ids = ("", []) if programme_id is None else (" AND programme_id = ?", [programme_id])
    rows = connection.execute(
        f"SELECT programme_id, period, SUM(n) FROM {table} WHERE depth = ? AND period > ?"
        f" AND period < ? AND LENGTH(period) > {YEAR} AND subject = 'item'{scope}"
        " GROUP BY period, programme_id HAVING SUM(n) <> 0 ORDER BY period, programme_id",
        [int(Depth.NATION), *periods, *ids],
    )
    return rows.fetchall()


def _first_days(connection: Connection, periods: set[str]) -> dict[tuple[int, str], str]:
    """By programme and month, those of some periods that are months, the first day with more."""
    days: dict[tuple[int, str], str] = {}
    for month in sorted(period for period in periods if len(period) == MONTH):
        for id, day, _ in _grown(connection, "rollup_day", (month, f"{month}~"), None):
            days.setdefault((id, month), day)
    return days
