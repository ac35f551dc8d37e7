"""The coordinator's queue: who must be asked, in which order, and what was gone through."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, islice
from typing import NamedTuple

from rectify_tui.domain.closeout import USUAL_WAITS, Waits
from rectify_tui.domain.filter import Filter, Term
from rectify_tui.domain.queue import Reason, Why, entry_of
from rectify_tui.domain.schedule import Derived, Disagreement, Plan
from rectify_tui.store.chain import head
from rectify_tui.store.connection import Connection, Cursor, limited
from rectify_tui.store.filters import Condition, Context, item_conditions
from rectify_tui.store.items import ItemRow, item_rows
from rectify_tui.store.listing import NO_FILTER
from rectify_tui.store.on_day import STILL_OPEN, OnDay, on_day
from rectify_tui.store.programmes import NOT_ARCHIVED
from rectify_tui.store.queue_sql import ORDER, REFUTED, needing, of_reason
from rectify_tui.store.schedule import ItemOnDay, items_on_day
from rectify_tui.store.steps_taken import StepTaken, steps_taken


class QueueQuery(NamedTuple):
    """Which queue: of which day, in a week that began when, under which filter.

    With `put_off` the lines that were put off until a later day stand in it too. `waits` says for
    how long an item may wait in close-out.
    """

    as_of: date
    week_from: date
    filter: Filter = NO_FILTER
    put_off: bool = False
    waits: Waits = USUAL_WAITS


class WorkQueue(NamedTuple):
    """The ids of a queue, most urgent first (`domain.queue.RULE`). Never changes.

    `reviewed` are those of them that were reviewed since the week began, by the day asked about;
    `hidden` what was put off until a later day, whether it is shown or not. `head` is that of
    history as it was read.
    """

    query: QueueQuery
    ids: array[int]
    reviewed: frozenset[int]
    hidden: frozenset[int]
    head: tuple[int, str]

    @property
    def put_off(self) -> int:
        """How many lines were put off until a later day."""
        return len(self.hidden)

    def position(self, id: int) -> int | None:
        """The index of an item, None where it is not in the queue."""
        try:
            return self.ids.index(id)
        except ValueError:
            return None


class QueueEntry(NamedTuple):
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
    ids, reviewed, hidden = array("q"), set[int](), set[int]()
    with connection.snapshot():
        for id, put_off, seen in lines_of(connection, query):
            if put_off:
                hidden.add(id)
                if not query.put_off:
                    continue
            ids.append(id)
            if seen:
                reviewed.add(id)
        return WorkQueue(query, ids, frozenset(reviewed), frozenset(hidden), head(connection))


def most_urgent(connection: Connection, query: QueueQuery, limit: int) -> list[int]:
    """The ids of the first lines of a queue, as `read_queue` has them.

    In the whole ledger as it stands, what is most urgent is found by indexes, and where that is
    enough, nothing else is looked at. Raises `Problem` for a filter that names what there is not.
    """
    with connection.snapshot():
        on = on_day(connection, query.as_of)
        lines: dict[Reason, list[int]] = {}
        for reason, among in _ranges(connection, query, on, limit):
            rows = lines_of(connection, query, among, reason)
            shown = (id for id, put_off, _ in rows if query.put_off or not put_off)
            lines[reason] = list(islice(shown, limit))
            found = list(chain.from_iterable(lines.values()))
            if len(found) >= limit:
                return found[:limit]
        return read_queue(connection, query).ids[:limit].tolist()


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


def lines_of(
    connection: Connection, query: QueueQuery, among: Condition | None = None,
    reason: Reason | None = None, *, more: str = "",
) -> Cursor:  # fmt: skip
    """The items that need somebody, in order: each whether it is put off, and was reviewed.

    They may be limited to some that meet a condition, and to those with a first reason; `more`
    columns of `queue_sql.needing` may follow.
    """
    on = on_day(connection, query.as_of)
    where, params = _filtered(connection, on, query)
    whole = among is None and not query.filter.terms
    if among is not None:
        where, params = f"{among.sql} AND {where}", [*among.params, *params]
    tables = needing(connection, on, where, query.waits, whole=whole)
    chosen = "TRUE" if reason is None else of_reason(reason)
    day = query.as_of.isoformat()
    return connection.execute(
        f"{tables} SELECT id, COALESCE(put_off_until > ?, FALSE), COALESCE(reviewed_on >= ?, FALSE)"
        f"{more and ', '}{more} FROM needing WHERE {chosen} ORDER BY {ORDER}",
        [day, *params, day, query.week_from.isoformat()],
    )


def _ranges(
    connection: Connection, query: QueueQuery, on: OnDay, limit: int
) -> Iterator[tuple[Reason, Condition]]:
    """The most urgent reasons in order, with where all items are that have one of them first.

    Of what is overdue that is told of ever more days, the first one first.
    """
    if on.past or query.filter.terms:
        return
    yield Reason.REFUTED, Condition(f"item.{REFUTED}")
    yield Reason.PROMISE_PASSED, Condition("item.next_on < asked.day")
    day = query.as_of.isoformat()
    while last := _due_by(connection, day, limit):
        yield Reason.OVERDUE, Condition(f"{STILL_OPEN} AND item.due_on <= ?", [last])
        limit *= 8
    yield Reason.OVERDUE, Condition(f"{STILL_OPEN} AND item.due_on < ?", [day])


def _due_by(connection: Connection, day: str, n: int) -> str | None:
    """The day by which more than so many open items were due, None where fewer are overdue."""
    row = connection.execute(
        f"SELECT item.due_on FROM item WHERE {STILL_OPEN} AND item.due_on < ?"
        f" ORDER BY item.due_on{limited(1, after=n)}",
        [day],
    ).fetchone()
    return row and str(row[0])


_NAMING = ("programme", "ref")


def _filtered(connection: Connection, on: OnDay, query: QueueQuery) -> tuple[str, list[object]]:
    """The condition that a query's filter puts on items, with its parameters."""
    context = Context(connection, on)
    conditions = item_conditions(context, query.filter)
    named = any(isinstance(term, Term) and term.field in _NAMING for term in query.filter.terms)
    archived = [] if named else [NOT_ARCHIVED]
    where = " AND ".join([*(condition.sql for condition in conditions), *archived]) or "TRUE"
    return where, [param for condition in conditions for param in condition.params]
