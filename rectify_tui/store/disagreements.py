"""How many items stand otherwise than their units reported, by programme, place or unit."""

from __future__ import annotations

from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.domain.status import Group, Status, statuses_of
from rectify_tui.store.connection import Connection
from rectify_tui.store.on_day import OnDay, on_day
from rectify_tui.store.rollup_read import DEPTH, By, RollupQuery
from rectify_tui.store.schedule_sql import (
    BEHIND_STATUSES,
    OPEN_STATUSES,
    beyond,
    listed,
    short,
)
from rectify_tui.store.step_sql import DONE_STEP, HELD_STEP, OPEN_STEP

_KEPT_UP = listed((DeadlineKind.CONTINUOUS, DeadlineKind.DUE_THEN_CONTINUOUS, DeadlineKind.NO_END))
"""Kinds of deadline that ask for more after completion."""

_ENDLESS = listed(
    (DeadlineKind.CONTINUOUS, DeadlineKind.NO_END, DeadlineKind.START_ONLY, DeadlineKind.NONE)
)
"""Kinds of deadline that leave it to milestones and the start to say what is in time."""


def disagreements(connection: Connection, query: RollupQuery) -> dict[int, int] | None:
    """How many items disagree on a day (`domain.schedule.disagreement`), by the id of each line.

    Lines without any are left out. None where figures as known on an earlier day are asked for:
    what plans and progress were known then is not counted anywhere.
    """
    if query.known_on is not None:
        return None
    with connection.snapshot():
        sql = _counts(on_day(connection, query.as_of, narrow=query.scope.narrow), query)
        asked = [query.as_of.isoformat(), int(DEPTH[query.by])]
        return dict(connection.execute(sql, asked).fetchall())


def _counts(on: OnDay, query: RollupQuery) -> str:
    """Open items are held against every rule, completed ones against their milestones."""
    scope = query.scope.on(on)
    region, unit = on.column("region_id"), on.column("responsible_id")
    # of all completed items few have a milestone left, so it is quicker to begin with those
    few = (
        " AND item.id IN (SELECT m.item_id FROM milestone s JOIN measure m"
        f" ON m.id = s.measure_id WHERE {OPEN_STEP})"
    )
    return f"""
WITH asked (day, depth) AS (SELECT ?, CAST(? AS INTEGER)),
steps AS MATERIALIZED (
    SELECT m.item_id, MIN(s.due_on) AS first,
        MIN(CASE WHEN {OPEN_STEP} THEN s.due_on END) AS first_open,
        MIN(CASE WHEN {DONE_STEP} AND s.due_on > asked.day THEN s.due_on END) AS early
    FROM {on.tables} JOIN measure m ON m.item_id = item.id JOIN milestone s ON s.measure_id = m.id
    WHERE s.due_on IS NOT NULL AND {HELD_STEP} AND {on.status} IN ({OPEN_STATUSES}) AND {scope}
    GROUP BY m.item_id
),
disagreeing AS (
    SELECT item.programme_id, {region} AS region_id, COALESCE({unit}, 0) AS unit_id
    FROM {on.tables} LEFT JOIN steps ON steps.item_id = item.id
    WHERE {on.status} IN ({OPEN_STATUSES}) AND {scope} AND {_differs(on)}
    UNION ALL
    SELECT item.programme_id, {region}, COALESCE({unit}, 0)
    FROM {on.tables}
    WHERE {on.status} = '{Status.COMPLETED}' AND {scope}{few} AND EXISTS (
        SELECT 1 FROM measure m JOIN milestone s ON s.measure_id = m.id
        WHERE m.item_id = item.id AND {OPEN_STEP}
            AND (s.due_on < asked.day OR {on.column("deadline_kind")} NOT IN ({_KEPT_UP}))
    )
)
{by_line(query.by, "disagreeing")}
"""


def by_line(by: By, table: str) -> str:
    """The count of each line in a table of items.

    As in the rollup a place above the asked step stands for itself.
    """
    if by in (By.PROGRAMME, By.UNIT):
        return f"SELECT {by}_id, COUNT(*) FROM {table} GROUP BY {by}_id"
    return (
        "SELECT l.place_id, SUM(n) FROM"
        f" (SELECT region_id, COUNT(*) AS n FROM {table} GROUP BY region_id) places"
        " CROSS JOIN asked JOIN region_ladder l ON l.region_id = places.region_id"
        " AND l.depth = asked.depth GROUP BY l.place_id"
    )


def _differs(on: OnDay) -> str:
    """The rules of `deriving` and `comparing` for an item that is neither completed nor merged.

    Reported better: late, though reported on schedule or basically completed. Reported worse: not
    late, though reported behind; or ahead, though reported not started. An open start that has
    passed is behind in the report and in the schedule alike.
    """
    status = on.status
    start_on, due_on, kind = map(on.column, ("start_on", "due_on", "deadline_kind"))
    not_started = f"{status} = '{Status.NOT_STARTED}'"
    begun = f"({not_started} AND {start_on} <= asked.day)"
    undrawn = f"steps.first < {due_on}"  # milestones before the end are the schedule
    falls_short = f"(NOT COALESCE({undrawn}, FALSE) AND {short(on)})"
    ahead = f"(NOT COALESCE({undrawn}, FALSE) AND {beyond(on)})"
    early = "(steps.early < COALESCE(steps.first_open, '9999-12-31'))"
    claims = listed((Status.BASICALLY_COMPLETED, *statuses_of(Group.ON_SCHEDULE)))
    open_ended = f"({due_on} IS NULL AND {kind} IN ({_ENDLESS}))"
    coming = (
        f"({due_on} >= asked.day OR ({open_ended} AND (steps.first_open >= asked.day OR {early}"
        f" OR ({start_on} > asked.day"
        f" AND {kind} = '{DeadlineKind.START_ONLY}'))))"
    )
    late = f"COALESCE({due_on} < asked.day OR steps.first_open < asked.day OR {falls_short}, FALSE)"
    return f"""CASE
        WHEN {begun} THEN FALSE
        WHEN {late} THEN {status} IN ({claims})
        WHEN {status} IN ({BEHIND_STATUSES}) THEN {coming}
        WHEN {not_started} THEN ({due_on} > asked.day OR {open_ended}) AND ({early} OR {ahead})
        ELSE FALSE END"""
