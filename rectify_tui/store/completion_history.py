"""What a forecast goes by: how the counts of items changed day by day, and when the rest is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.forecast import Change
from rectify_tui.domain.region import Depth
from rectify_tui.domain.status import Group, Status, statuses_of
from rectify_tui.store.connection import Connection, marks
from rectify_tui.store.on_day import on_day
from rectify_tui.store.regions import get_region
from rectify_tui.store.scope import Scope

_DONE = statuses_of(Group.COMPLETED)


@dataclass(frozen=True)
class Due:
    """The latest day on which an open item is due, and how many of them have no such day."""

    latest: date | None
    undated: int


def read_changes(connection: Connection, scope: Scope, until: date) -> list[Change]:
    """How the counts of items changed up to a day, by programme, effective and recorded day.

    A day stands there once for every day on which something of it was recorded, so that leaving out
    the later ones gives what was known before. Raises `Problem` for an unknown region.
    """
    depth, where = int(Depth.NATION), "period <= ?"
    params: list[object] = [until.isoformat()]
    if scope.under_id is not None:
        region = get_region(connection, scope.under_id)
        depth = region.depth
        # every day is there on the top step, so that the key is searched by day and parent
        where = (
            "period IN (SELECT DISTINCT period FROM rollup_day"
            " WHERE depth = ? AND period <= ?) AND parent_id = ? AND place_id = ?"
        )
        params = [int(Depth.NATION), *params, region.parent_id or 0, region.id]
    if scope.programme_id is not None:
        where += " AND programme_id = ?"
        params.append(scope.programme_id)
    rows = connection.execute(
        "SELECT programme_id, period, recorded_on,"
        f" SUM(CASE WHEN status IN ({marks(_DONE)}) THEN n ELSE 0 END),"
        " SUM(CASE WHEN status = ? THEN n ELSE 0 END), SUM(n)"
        f" FROM rollup_day WHERE depth = ? AND subject = 'item' AND {where}"
        " GROUP BY programme_id, period, recorded_on",
        [*_DONE, Status.MERGED, depth, *params],
    )
    return [
        Change(programme, date.fromisoformat(on), date.fromisoformat(recorded_on), *counts)
        for programme, on, recorded_on, *counts in rows
    ]


def read_due(connection: Connection, scope: Scope, day: date) -> Due:
    """When the items are due that are open on a day: not completed, and not merged."""
    closed = (*_DONE, Status.MERGED)
    on = on_day(connection, day, narrow=scope.narrow)
    latest, undated = connection.execute(
        f"WITH asked (day) AS (SELECT ?) SELECT MAX({on.column('due_on')}),"
        f" COUNT(*) FILTER (WHERE {on.column('due_on')} IS NULL) FROM {on.tables}"
        f" WHERE {on.status} NOT IN ({marks(closed)}) AND {scope.on(on)}",
        [day.isoformat(), *closed],
    ).fetchone()
    return Due(date.fromisoformat(latest) if latest else None, undated)


def reported_until(connection: Connection, day: date) -> date:
    """The last day on which anything about an item changed, where that is at most a week ago.

    After it the week's returns have not come in yet, which does not mean that nothing was done.
    Else the day itself: a week without any change is a fact.
    """
    latest = connection.execute(
        "SELECT MAX(period) FROM rollup_day WHERE depth = ? AND period <= ? AND subject = 'item'",
        [int(Depth.NATION), day.isoformat()],
    ).fetchone()[0]
    if latest is None or (day - date.fromisoformat(latest)).days > 7:
        return day
    return date.fromisoformat(latest)
