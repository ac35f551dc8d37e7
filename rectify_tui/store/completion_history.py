"""What a forecast goes by: how the counts of items changed day by day, and when the rest is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from rectify_tui.domain.forecast import Change
from rectify_tui.domain.region import Depth
from rectify_tui.domain.status import Group, Status, statuses_of
from rectify_tui.store.connection import Connection, engine, marks
from rectify_tui.store.on_day import STILL_OPEN, OnDay, on_day
from rectify_tui.store.periods import up_to
from rectify_tui.store.regions import get_region
from rectify_tui.store.schedule_sql import listed
from rectify_tui.store.scope import Scope

_DONE = statuses_of(Group.COMPLETED)


class Due(NamedTuple):
    """The latest day on which an open item is due, and how many of them have no such day."""

    latest: date | None
    undated: int


class Detail(NamedTuple):
    """Since when, the first of a month, days are told one by one; of earlier ones there is a sum.

    What was told after `known_on` is told apart from what was told by then, and nothing else is.
    """

    since: date
    known_on: date | None = None


def read_changes(
    connection: Connection, scope: Scope, until: date, detail: Detail | None = None
) -> list[Change]:
    """How the counts of items changed up to a day, by programme, effective and recorded day.

    A day stands there once for every day on which something of it was recorded, so that leaving out
    the later ones gives what was known before. With less `detail` the sum of what was before stands
    on the day before. Raises `Problem` for an unknown region.
    """
    lines = _lines_of(connection, scope)
    if detail is not None:
        changes = [
            *_before(connection, lines, detail.since),
            *_by_day(connection, lines, detail.since, until),
        ]
        if detail.known_on is not None:
            changes += _told_late(connection, lines, detail.since, detail.known_on)
        return changes
    where, params = lines.days("period <= ?", until.isoformat())
    rows = connection.execute(
        f"SELECT programme_id, period, recorded_on, {_COUNTS} FROM rollup_day WHERE {where}"
        " GROUP BY programme_id, period, recorded_on",
        params,
    )
    day = cache(date.fromisoformat)  # there are few days, and very many lines
    return [Change(programme, day(on), day(told), *counts) for programme, on, told, *counts in rows]


class _Lines(NamedTuple):
    """Which lines of figures a scope has: their depth, and a condition with its parameters."""

    depth: int
    where: str
    params: list[object]

    def days(self, condition: str, *params: object) -> tuple[str, list[object]]:
        """A condition on these lines of days, with its parameters."""
        depth: list[object] = [int(Depth.NATION)]
        if self.depth > Depth.NATION:
            # every day is there on the top step, so that the key is searched by day and parent
            days = f"SELECT DISTINCT period FROM rollup_day WHERE depth = ? AND {condition}"
            condition, params = f"period IN ({days})", (*depth, *params)
        return f"depth = ? AND {condition} AND {self.where}", [self.depth, *params, *self.params]


def _lines_of(connection: Connection, scope: Scope) -> _Lines:
    # not looked up by, so that lines are read and added up in the order of their key
    subject = engine.unindexed("subject")
    depth, where, params = int(Depth.NATION), f"{subject} = 'item'", list[object]()
    if scope.under_id is not None:
        region = get_region(connection, scope.under_id)
        depth, params = region.depth, [region.parent_id or 0, region.id]
        where += " AND parent_id = ? AND place_id = ?"
    if scope.programme_id is not None:
        where += " AND programme_id = ?"
        params.append(scope.programme_id)
    return _Lines(depth, where, params)


_COUNTS = (
    f"SUM(CASE WHEN status IN ({listed(_DONE)}) THEN n ELSE 0 END),"
    f" SUM(CASE WHEN status = '{Status.MERGED}' THEN n ELSE 0 END), SUM(n)"
)
"""Completed, merged, and all."""


def _by_day(connection: Connection, lines: _Lines, since: date, until: date) -> Iterator[Change]:
    """The changes of single days, whenever they were told, in the order of the key."""
    days = "period >= ? AND period <= ?"
    where, params = lines.days(days, since.isoformat(), until.isoformat())
    rows = connection.execute(
        f"SELECT programme_id, period, {_COUNTS} FROM rollup_day WHERE {where}"
        " GROUP BY period, parent_id, place_id, subject, programme_id",
        params,
    )
    day = cache(date.fromisoformat)
    for programme, on, *counts in rows:
        yield Change(programme, day(on), day(on), *counts)


def _before(connection: Connection, lines: _Lines, since: date) -> Iterator[Change]:
    """The sum of what was before the first of a month, from the figures of years and months."""
    first = connection.execute(
        "SELECT MIN(period) FROM rollup WHERE depth = ?", [lines.depth]
    ).fetchone()[0]
    if first is None:
        return
    last = since - timedelta(days=1)
    for sign, periods in up_to(first, last).signed():
        sums = connection.execute(
            f"SELECT programme_id, {_COUNTS} FROM rollup WHERE depth = ?"
            f" AND period IN ({marks(periods)}) AND {lines.where} GROUP BY programme_id",
            [lines.depth, *periods, *lines.params],
        )
        for programme, *counts in sums:
            yield Change(programme, last, last, *(sign * n for n in counts))


def _told_late(
    connection: Connection, lines: _Lines, since: date, known_on: date
) -> Iterator[Change]:
    """What was told after a day of the days until then, taken from what was told at once."""
    before, told = since - timedelta(days=1), known_on + timedelta(days=1)
    where, params = lines.days("period <= ?", known_on.isoformat())
    late = connection.execute(
        f"SELECT programme_id, CASE WHEN period > ? THEN period ELSE ? END AS day, {_COUNTS}"
        f" FROM rollup_day WHERE {where} AND recorded_on > ? GROUP BY programme_id, day",
        [*[before.isoformat()] * 2, *params, known_on.isoformat()],
    )
    for programme, day, *counts in late:
        on = date.fromisoformat(day)
        yield Change(programme, on, told, *counts)
        yield Change(programme, on, on, *(-n for n in counts))


def read_due(connection: Connection, scope: Scope, day: date) -> Due:
    """When the items are due that are open on a day: not completed, and not merged."""
    on = on_day(connection, day, narrow=scope.narrow)
    if scope.narrow:
        return _due_then(connection, on, scope.on(on))
    changed = _items_changed_since(connection, day) if on.past else []
    if not changed:
        return _due_now(connection)
    if len(changed) > _FEW:
        return _due_then(connection, on, "TRUE")
    ids = ", ".join(map(str, changed))
    others = _due_now(connection, f" AND item.id NOT IN ({ids})")
    then = _due_then(connection, on, f"item.id IN ({ids})")
    latest = max(filter(None, (others.latest, then.latest)), default=None)
    return Due(latest, others.undated + then.undated)


_FEW = 5_000
"""Items of which something was said since: most days asked about are of the last week."""


def _items_changed_since(connection: Connection, day: date) -> list[int]:
    """The items of which anything was said after a day, or one more than `_FEW` of them.

    What holds from after a day is told after it, so that all others stand as they stood.
    """
    rows = connection.execute(
        f"SELECT DISTINCT h.entity_id FROM batch b {engine.JOIN_IN_ORDER} history h"
        " ON h.batch_id = b.id"
        " WHERE b.recorded_on > ? AND h.entity = 'item' LIMIT ?",
        [day.isoformat(), _FEW + 1],
    )
    return [id for (id,) in rows]


def _due_then(connection: Connection, on: OnDay, where: str) -> Due:
    closed = (*_DONE, Status.MERGED)
    latest, undated = connection.execute(
        f"WITH asked (day) AS (SELECT ?) SELECT MAX({on.column('due_on')}),"
        f" COUNT(*) FILTER (WHERE {on.column('due_on')} IS NULL) FROM {on.tables}"
        f" WHERE {on.status} NOT IN ({marks(closed)}) AND {where}",
        [on.day.isoformat(), *closed],
    ).fetchone()
    return Due(date.fromisoformat(latest) if latest else None, undated)


def _due_now(connection: Connection, others: str = "") -> Due:
    """The same of the whole ledger as it stands, by the index of open items."""
    is_open = f"{STILL_OPEN} AND item.status NOT IN ({listed(_DONE)}){others}"
    latest, undated = (
        connection.execute(
            f"SELECT {what} FROM item WHERE {is_open} AND item.due_on {which}"
        ).fetchone()[0]
        for what, which in (("MAX(item.due_on)", "> ''"), ("COUNT(*)", "IS NULL"))
    )
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
