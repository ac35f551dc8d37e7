"""On which days items disagree with what was reported of them, worked out in the engine.

What the schedule says of an item changes on few days, which follow from the item itself: where a
status, a deadline or a progress begins to hold, where a day passes by which something is due, and
where progress crosses the line. So the rule is put to each item on these days alone, and what it
says of one holds until the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from itertools import chain, groupby
from operator import itemgetter
from typing import NamedTuple

from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.domain.schedule import TOLERANCE
from rectify_tui.domain.status import Group, Status, statuses_of
from rectify_tui.domain.timeline import FOREVER
from rectify_tui.store.connection import Connection, engine
from rectify_tui.store.on_day import OnDay
from rectify_tui.store.schedule_sql import BEHIND_STATUSES, OPEN_STATUSES, beyond, listed, short
from rectify_tui.store.step_sql import DONE_STEP, HELD_STEP, OPEN_STEP


class Days(NamedTuple):
    """From when to when an item disagreed (ISO text, the last day left out), and counted for whom.

    Unit 0 stands for none.
    """

    from_on: str
    to_on: str
    programme_id: int
    region_id: int
    unit_id: int


def days_since(
    connection: Connection, since: Mapping[int, str]
) -> Iterator[tuple[int, list[Days]]]:
    """The days on which items disagree, from the day on that is given with each (ISO text).

    Items that never do are left out, as are those that there are not.
    """
    if not since:
        return
    touched = ", ".join(["(?, ?)"] * len(since))
    sql = _sql().format(touched=touched)
    rows = connection.execute(sql, list(chain.from_iterable(since.items())))
    for id, told in groupby(rows, key=itemgetter(0)):
        if days := _joined(told):
            yield id, days


def _joined(told: Iterator[tuple[int, str, int, int, int, int]]) -> list[Days]:
    """What the rule says of an item day by day, as spans of days on which it disagrees."""
    spans: list[Days] = []
    held: tuple[int, ...] | None = None
    for _, day, differs, *place in told:
        holds = tuple(place) if differs else None
        if holds == held:
            continue
        if held is not None:
            spans[-1] = spans[-1]._replace(to_on=day)
        if holds is not None:
            spans.append(Days(day, FOREVER, *holds))
        held = holds
    return spans


_KEPT_UP = listed((DeadlineKind.CONTINUOUS, DeadlineKind.DUE_THEN_CONTINUOUS, DeadlineKind.NO_END))
"""Kinds of deadline that ask for more after completion."""

_ENDLESS = listed(
    (DeadlineKind.CONTINUOUS, DeadlineKind.NO_END, DeadlineKind.START_ONLY, DeadlineKind.NONE)
)
"""Kinds of deadline that leave it to milestones and the start to say what is in time."""


def _differs(on: OnDay) -> str:
    """The rules of `deriving` and `comparing`, for an item with what `steps` says of its own.

    Reported better: late, though reported on schedule or basically completed; or completed, though
    milestones are open. Reported worse: not late, though reported behind; or ahead, though reported
    not started. An open start that has passed is behind in the report and in the schedule alike.
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
        WHEN {status} = '{Status.COMPLETED}'
            THEN steps.first_open < asked.day OR {kind} NOT IN ({_KEPT_UP})
                AND steps.first_open IS NOT NULL
        WHEN {status} NOT IN ({OPEN_STATUSES}) OR {begun} THEN FALSE
        WHEN {late} THEN {status} IN ({claims})
        WHEN {status} IN ({BEHIND_STATUSES}) THEN {coming}
        WHEN {not_started} THEN ({due_on} > asked.day OR {open_ended}) AND ({early} OR {ahead})
        ELSE FALSE END"""


def _falls_short_on() -> str:
    """The first day on which progress falls short of the line, as `schedule_sql.short` has it.

    That it is beyond the line counts only before the start, where the line does not rise yet.
    """
    start, due = engine.day_number("a.start_on"), engine.day_number("a.due_on")
    passed = f"CAST((p.progress + {TOLERANCE}) * ({due} - {start} + 1) / 100 AS INTEGER)"
    return engine.day_of(f"{start} + {passed} + 1")


def _turning_days() -> str:
    """Every day on which what the rule says of an item may change, and some others."""
    entry = engine.json_member("h.new", "progress")
    to = engine.JOIN_IN_ORDER  # else all spans and all of history may be gone through
    days = [
        ("since", "touched"), ("start_on", "assigned"), ("due_on", "assigned"),
        (engine.day_after("due_on", 1), "assigned"), ("from_on", "moved"), ("to_on", "moved"),
        ("day", "progressed"), ("due_on", "planned"), (engine.day_after("due_on", 1), "planned"),
        ("done_on", "planned"), ("from_on", "planned"), ("until_on", "planned"),
    ]  # fmt: skip
    each = " UNION ALL ".join(f"SELECT item_id, since, {day} FROM {table}" for day, table in days)
    return f"""
moved AS MATERIALIZED (
    SELECT t.item_id, t.since, past.from_on, past.to_on, past.start_on, past.due_on
    FROM touched t {to} past_assignment past ON past.item_id = t.item_id
),
assigned (item_id, since, start_on, due_on) AS MATERIALIZED (
    SELECT t.item_id, t.since, item.start_on, item.due_on
    FROM touched t {to} item ON item.id = t.item_id
    UNION ALL SELECT item_id, since, start_on, due_on FROM moved
),
planned AS MATERIALIZED (
    SELECT t.item_id, t.since, s.due_on, s.done, s.done_on, s.from_on, s.until_on
    FROM touched t {to} measure m ON m.item_id = t.item_id {to} milestone s ON s.measure_id = m.id
),
progressed (item_id, since, day, progress) AS MATERIALIZED (
    SELECT t.item_id, t.since, t.since, item.progress
    FROM touched t {to} item ON item.id = t.item_id
    UNION ALL SELECT t.item_id, t.since, h.effective_on,
        CASE h.field WHEN '' THEN {entry} ELSE {engine.json_value("h.new")} END
    FROM touched t {to} item ON item.id = t.item_id {to} history h
        ON h.entity = 'item' AND h.entity_id = item.id AND h.field IN ('', 'progress')
    WHERE t.since < item.last_on
),
turning (item_id, since, day) AS (
    {each}
    UNION ALL SELECT t.item_id, t.since, span.from_on FROM touched t {to} status_span span
        ON span.subject = 'item' AND span.subject_id = t.item_id
    UNION ALL SELECT item_id, since, short_on FROM (
        SELECT a.item_id, a.since, a.due_on, p.day, {_falls_short_on()} AS short_on
        FROM assigned a JOIN progressed p ON p.item_id = a.item_id WHERE a.start_on < a.due_on
    ) AS lines WHERE short_on BETWEEN day AND due_on
)"""


@cache
def _sql() -> str:
    """The rule put to items, to be filled with their ids, each with the day to begin with."""
    on = OnDay(date.max, past=True)
    region, unit = on.column("region_id"), on.column("responsible_id")
    return f"""
WITH touched (item_id, since) AS (VALUES {{touched}}),
{_turning_days()},
asked (item_id, day) AS MATERIALIZED (
    SELECT DISTINCT item_id, day FROM turning WHERE day >= since
),
steps AS MATERIALIZED (
    SELECT asked.item_id, asked.day, MIN(s.due_on) AS first,
        MIN(CASE WHEN {OPEN_STEP} THEN s.due_on END) AS first_open,
        MIN(CASE WHEN {DONE_STEP} AND s.due_on > asked.day THEN s.due_on END) AS early
    FROM planned s JOIN asked ON asked.item_id = s.item_id
    WHERE s.due_on IS NOT NULL AND {HELD_STEP}
    GROUP BY asked.item_id, asked.day
)
SELECT item.id, asked.day, {_differs(on)}, item.programme_id, {region}, COALESCE({unit}, 0)
FROM {on.tables} LEFT JOIN steps ON steps.item_id = asked.item_id AND steps.day = asked.day
WHERE item.id = asked.item_id
ORDER BY item.id, asked.day
"""
