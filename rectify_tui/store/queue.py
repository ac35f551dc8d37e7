"""The coordinator's queue: who must be asked, in which order, and what was gone through."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rectify_tui.domain.closeout import AWAITING, USUAL_WAITS, Stage, Waits
from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.domain.filter import Filter, Term
from rectify_tui.domain.queue import Why, entry_of, urgency
from rectify_tui.domain.schedule import Derived, Disagreement, Plan
from rectify_tui.domain.status import Status, Verification
from rectify_tui.store.connection import Connection
from rectify_tui.store.filters import Context, item_conditions
from rectify_tui.store.items import ItemRow, item_rows
from rectify_tui.store.listing import NO_FILTER
from rectify_tui.store.on_day import OnDay, on_day
from rectify_tui.store.programmes import NOT_ARCHIVED
from rectify_tui.store.schedule import ItemOnDay, items_on_day, read_items_on_day
from rectify_tui.store.schedule_sql import (
    BEHIND_STATUSES,
    OPEN_STATUSES,
    beyond,
    due_at_once,
    short,
)
from rectify_tui.store.step_sql import DONE_STEP, OPEN_STEP
from rectify_tui.store.steps_taken import StepTaken, steps_taken

_AWAITING = ", ".join(f"'{stage}'" for stage in AWAITING)

_Urgency = tuple[int, int, int, str, str, str]

LOOK_AHEAD = timedelta(days=30)
"""How far ahead of a day `domain.queue` looks."""


@dataclass(frozen=True)
class QueueQuery:
    """Which queue: of which day, in a week that began when, under which filter.

    With `put_off` the lines that were put off until a later day stand in it too. `waits` says for
    how long an item may wait in close-out.
    """

    as_of: date
    week_from: date
    filter: Filter = NO_FILTER
    put_off: bool = False
    waits: Waits = USUAL_WAITS


@dataclass(frozen=True)
class WorkQueue:
    """The ids of a queue, most urgent first (`domain.queue.RULE`). Never changes.

    `reviewed` are those of them that were reviewed since the week began, by the day asked about;
    `put_off` counts the lines that were put off until a later day, whether they are shown or not.
    """

    query: QueueQuery
    ids: array[int]
    reviewed: frozenset[int]
    put_off: int

    def position(self, id: int) -> int | None:
        """The index of an item, None where it is not in the queue."""
        try:
            return self.ids.index(id)
        except ValueError:
            return None


@dataclass(frozen=True)
class QueueEntry:
    """A line of the queue.

    `reasons` come most urgent first; there is none where the item needs nobody any more. `plan` is
    what it is held against, `escalation` the last step taken about it.
    """

    row: ItemRow
    plan: Plan
    derived: Derived
    reasons: tuple[Why, ...]
    disagreement: Disagreement | None
    escalation: StepTaken | None
    reviewed: bool
    put_off: bool


def read_queue(connection: Connection, query: QueueQuery) -> WorkQueue:
    """The queue of a day. Raises `Problem` for a filter that names what there is not."""
    day = query.as_of
    shown: list[tuple[_Urgency, int]] = []
    hidden: list[tuple[_Urgency, int]] = []
    reviewed: set[int] = set()
    with connection.snapshot():
        for item in _candidates(connection, query):
            entry = entry_of(item.candidate(day), day, query.waits)
            if entry is None:
                continue
            # only the urgency is kept of each, however many there are
            (hidden if entry.candidate.put_off_on(day) else shown).append((urgency(entry), item.id))
            if _is_reviewed(item, query):
                reviewed.add(item.id)
    if query.put_off:
        shown += hidden
    ids = array("q", (id for _, id in sorted(shown)))
    return WorkQueue(query, ids, frozenset(reviewed.intersection(ids)), len(hidden))


def read_entries(connection: Connection, query: QueueQuery, ids: Sequence[int]) -> list[QueueEntry]:
    """Lines of a queue, in the order of these ids; an item that is gone is left out."""
    ids, day = list(ids), query.as_of
    with connection.snapshot():
        on = on_day(connection, day)
        items = items_on_day(connection, on, ids)
        rows = item_rows(connection, ids, as_of=day if on.past else None)
        steps = steps_taken(connection, ids, day)
    return [_entry(row, items[row.id], steps.get(row.id), query) for row in rows if row.id in items]


def _entry(row: ItemRow, item: ItemOnDay, step: StepTaken | None, query: QueueQuery) -> QueueEntry:
    day = query.as_of
    candidate = item.candidate(day)
    entry = entry_of(candidate, day, query.waits)
    return QueueEntry(
        row, item.plan, candidate.derived, entry.reasons if entry else (),
        entry.disagreement if entry else None, step, _is_reviewed(item, query),
        candidate.put_off_on(day),
    )  # fmt: skip


def _is_reviewed(item: ItemOnDay, query: QueueQuery) -> bool:
    return item.reviewed_on is not None and item.reviewed_on >= query.week_from


def reviewed_items(connection: Connection, query: QueueQuery) -> list[int]:
    """The items under the filter that were reviewed since the week began, by programme and number.

    Those are among them that have left the queue since: completed, or put off until a later day.
    Raises `Problem` for a filter that names what there is not.
    """
    on = on_day(connection, query.as_of)
    where, params = _filtered(connection, on, query)
    day, first = query.as_of.isoformat(), query.week_from.isoformat()
    # What was reviewed by a day was last reviewed then or later, which is quicker to see.
    rows = connection.execute(
        f"WITH asked (day) AS (SELECT ?) SELECT item.id FROM {on.tables}"
        f" WHERE item.reviewed_on >= ? AND {on.column('reviewed_on')} >= ? AND {where}"
        " ORDER BY item.programme_id, item.number_key, item.id",
        [day, first, first, *params],
    )
    return [id for (id,) in rows]


def _candidates(connection: Connection, query: QueueQuery) -> Iterator[ItemOnDay]:
    """The items that may be in the queue, among them all that are."""
    on = on_day(connection, query.as_of)
    where, params = _filtered(connection, on, query)
    asked = [query.as_of.isoformat(), (query.as_of + LOOK_AHEAD).isoformat()]
    where = f"({_may_need_somebody(on, query)}) AND {where}"
    return read_items_on_day(connection, on, where, asked, params)


_NAMING = ("programme", "ref")


def _filtered(connection: Connection, on: OnDay, query: QueueQuery) -> tuple[str, list[object]]:
    """The condition that a query's filter puts on items, with its parameters."""
    context = Context(connection, on)
    conditions = item_conditions(context, query.filter)
    named = any(isinstance(term, Term) and term.field in _NAMING for term in query.filter.terms)
    archived = [] if named else [NOT_ARCHIVED]
    where = " AND ".join([*(condition.sql for condition in conditions), *archived]) or "TRUE"
    return where, [param for condition in conditions for param in condition.params]


def _may_need_somebody(on: OnDay, query: QueueQuery) -> str:
    """True of every item for which `domain.queue.entry_of` has a reason, and of few others."""
    refuted = f"{on.column('verification')} = '{Verification.REFUTED}'"
    not_started = f"{on.status} = '{Status.NOT_STARTED}'"
    start_on, due_on, kind = map(on.column, ("start_on", "due_on", "deadline_kind"))
    return f"""
    {on.status} IN ({OPEN_STATUSES}) AND (
        {on.status} IN ({BEHIND_STATUSES})
        OR {due_on} <= asked.soon
        OR {on.status} = '{Status.IN_PROGRESS}'
        OR {due_at_once(on)}
        OR ({start_on} <= asked.soon
            AND ({not_started} OR {kind} = '{DeadlineKind.START_ONLY}'))
        OR {_has_step(f"{OPEN_STEP} AND s.due_on <= asked.soon")}
        OR ({not_started} AND {_has_step(f"{DONE_STEP} AND s.due_on > asked.day")})
        OR {on.column("next_on")} < asked.day
        OR CASE WHEN {not_started} THEN {beyond(on)} ELSE {short(on)} END
        OR {refuted}
    )
    OR {on.status} = '{Status.COMPLETED}' AND ({_has_step(OPEN_STEP)} OR {refuted})
    OR item.closure_on > '' AND {_waits_too_long(on, query)}
    """


def _waits_too_long(on: OnDay, query: QueueQuery) -> str:
    """What `domain.closeout.waits_too_long` says, of a notice from its end on."""
    stage = on.column("closure")
    somebody, strike = (
        (query.as_of - timedelta(days=most)).isoformat()
        for most in (query.waits.somebody, query.waits.strike)
    )
    return (
        f"{stage} IN ({_AWAITING}) AND CASE WHEN {stage} = '{Stage.PUBLISHED}'"
        f" THEN {on.column('notice_until')} < '{strike}'"
        f" ELSE {on.column('closure_on')} < '{somebody}' END"
    )


def _has_step(condition: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM measure m JOIN milestone s ON s.measure_id = m.id"
        f" WHERE m.item_id = item.id AND {condition})"
    )
