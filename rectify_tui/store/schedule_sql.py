"""What queries need to know of the schedule: its simplest rules, to choose among very many items.

The rules themselves are in `domain.schedule`; both are held against each other by tests on random
ledgers.
"""

from __future__ import annotations

from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.domain.schedule import TOLERANCE
from rectify_tui.domain.status import Group, Status, statuses_of
from rectify_tui.store.connection import engine
from rectify_tui.store.on_day import OnDay


def listed(values: tuple[str, ...]) -> str:
    """Words of our own as a list in SQL."""
    return ", ".join(f"'{value}'" for value in values)


OPEN_STATUSES = listed(tuple(s for s in Status if s not in (Status.COMPLETED, Status.MERGED)))
"""Statuses that are held against the schedule in full."""

BEHIND_STATUSES = listed(statuses_of(Group.BEHIND))


def due_at_once(on: OnDay) -> str:
    """As `Plan.at_once`. The ledger does not know the day of issue."""
    kinds = listed((DeadlineKind.AT_ONCE, DeadlineKind.DUE_THEN_CONTINUOUS))
    return f"({on.column('due_on')} IS NULL AND {on.column('deadline_kind')} IN ({kinds}))"


def short(on: OnDay) -> str:
    """Whether progress falls clearly short of the line, if one can be drawn."""
    return _against_line(on, f"+ {TOLERANCE}", "<")


def beyond(on: OnDay) -> str:
    """Whether progress is clearly beyond the line, if one can be drawn."""
    return _against_line(on, f"- {TOLERANCE}", ">")


def _against_line(on: OnDay, tolerance: str, sign: str) -> str:
    """As `line.hold` has it, for a deadline that has not passed."""
    first, last = on.column("start_on"), on.column("due_on")
    start, due, day = map(engine.day_number, (first, last, "asked.day"))
    return f"""(
        {first} < {last} AND {on.status} <> '{Status.BASICALLY_COMPLETED}'
        AND (({on.column("progress")}) {tolerance}) * ({due} - {start} + 1)
            {sign} 100 * CASE WHEN {first} < asked.day THEN {day} - {start} ELSE 0 END
    )"""
