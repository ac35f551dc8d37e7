"""How many open items are past their deadline: the one that holds, and the first they had."""

from __future__ import annotations

from rectify_tui.store.connection import Connection
from rectify_tui.store.disagreements import by_line
from rectify_tui.store.on_day import on_day
from rectify_tui.store.rollup_read import DEPTH, RollupQuery
from rectify_tui.store.schedule_sql import OPEN_STATUSES

Overdue = dict[int, tuple[int, int]]
"""By the id of each line: how many are past their first deadline, and past the present one."""


def overdue(connection: Connection, query: RollupQuery) -> Overdue:
    """Open items of a day that are past their deadlines, by the id of each line."""
    first, present = (_count(connection, query, name) for name in ("first_due_on", "due_on"))
    return {id: (first.get(id, 0), present.get(id, 0)) for id in first.keys() | present}


def _count(connection: Connection, query: RollupQuery, name: str) -> dict[int, int]:
    on = on_day(connection, query.as_of, narrow=query.scope.narrow)
    region, unit = on.column("region_id"), on.column("responsible_id")
    sql = f"""
WITH asked (day, depth) AS (SELECT ?, CAST(? AS INTEGER)),
counted AS (
    SELECT item.programme_id, {region} AS region_id, COALESCE({unit}, 0) AS unit_id
    FROM {on.tables}
    WHERE {on.status} IN ({OPEN_STATUSES}) AND {on.column(name)} < asked.day
        AND {query.scope.on(on)}
)
{by_line(query.by, "counted")}
"""
    return dict(connection.execute(sql, [query.as_of.isoformat(), int(DEPTH[query.by])]).fetchall())
