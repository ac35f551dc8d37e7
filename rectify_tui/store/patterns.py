"""Finding the patterns of `domain.patterns` in a ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from rectify_tui.domain.patterns import (
    LOOK_BACK_WEEKS,
    SAME_REASON_WEEKS,
    SILENT_WEEKS,
    Pattern,
    deadline_moves,
    look_back,
    rush_days,
    weeks_of_one_reason,
)
from rectify_tui.domain.period import FRIDAY
from rectify_tui.domain.status import Group, Status, statuses_of
from rectify_tui.domain.timeline import Row
from rectify_tui.store.connection import Connection, engine, marks
from rectify_tui.store.items import ItemRow, item_rows
from rectify_tui.store.on_day import STILL_OPEN, on_day
from rectify_tui.store.scope import Scope

_COMPLETED = tuple(statuses_of(Group.COMPLETED))
_FINISHED = (*_COMPLETED, Status.MERGED)


@dataclass(frozen=True)
class PatternQuery:
    """Where patterns are looked for, and as of which day."""

    as_of: date
    programme_id: int | None = None
    under_id: int | None = None
    silent_weeks: int = SILENT_WEEKS
    week_ends_on: int = FRIDAY

    @property
    def scope(self) -> Scope:
        """Which items are asked about."""
        return Scope(self.programme_id, self.under_id)


@dataclass(frozen=True)
class Sighting:
    """An item that shows a pattern; `params` fill the sentence `patterns.told.{pattern}`."""

    row: ItemRow
    params: Mapping[str, object] = field(default_factory=dict)


Evidence = Iterator[tuple[int, Mapping[str, object]]]
"""Ids of items, the most striking first, each with what there is to tell."""


def sightings(connection: Connection, pattern: Pattern, query: PatternQuery) -> list[Sighting]:
    """The items that show a pattern, the most striking first."""
    evidence = dict(_FINDERS[pattern](connection, query))
    rows = item_rows(connection, list(evidence), as_of=None)
    return [Sighting(row, evidence[row.id]) for row in rows]


def counts(connection: Connection, query: PatternQuery) -> dict[Pattern, int]:
    """How many items show each pattern."""
    steps = _completions(connection, query)
    found = {
        Pattern.SILENT: _count_silent(connection, query),
        Pattern.RUSH: len({step.id for step, *_ in _rushed(steps, query)}),
        Pattern.LEAP: len({step.id for step in _leapt(steps)}),
        Pattern.MOVED: len(dict(_moved(connection, query))),
        Pattern.SAME_REASON: len(dict(_same_reason(connection, query))),
    }
    return {pattern: found[pattern] for pattern in Pattern}


def _silent(connection: Connection, query: PatternQuery) -> Evidence:
    """Open items of which nothing was recorded for weeks, the longest silence first."""
    on = on_day(connection, query.as_of, narrow=query.scope.narrow)
    where = query.scope.on(on)
    spoken = "h.entity = 'item' AND h.entity_id = item.id"
    last = (
        "(SELECT MAX(b.recorded_on) FROM history h JOIN batch b ON b.id = h.batch_id"
        f" WHERE {spoken} AND b.recorded_on <= asked.day)"
    )
    if not on.past:  # then the newest row is the last of all, and found at once
        last = (
            "(SELECT b.recorded_on FROM batch b WHERE b.id ="
            f" (SELECT h.batch_id FROM history h WHERE {spoken} ORDER BY h.seq DESC LIMIT 1))"
        )
    rows = connection.execute(
        "WITH asked (day) AS (SELECT ?) SELECT id, last FROM"
        f" (SELECT item.id, item.programme_id, item.number_key, {last} AS last"
        f" FROM {on.tables} WHERE {on.status} NOT IN ({marks(_FINISHED)}) AND {where}) spoken"
        " WHERE last <= ? ORDER BY last, programme_id, number_key, id",
        [query.as_of.isoformat(), *_FINISHED,
         (query.as_of - timedelta(weeks=query.silent_weeks)).isoformat()],
    )  # fmt: skip
    for id, last in rows:
        since = date.fromisoformat(last)
        yield id, {"since": since, "n": (query.as_of - since).days // 7}


def _count_silent(connection: Connection, query: PatternQuery) -> int:
    """How many there are: of all that is open now, what nobody spoke of is quicker to leave out."""
    last = (query.as_of - timedelta(weeks=query.silent_weeks)).isoformat()
    if query.scope.narrow or on_day(connection, query.as_of).past:
        return sum(1 for _ in _silent(connection, query))
    entity, id = map(engine.unindexed, ("h.entity", "item.id"))
    (n,) = connection.execute(
        f"SELECT COUNT(*) FROM item {engine.by_index('item_open_by_due_on')} WHERE {STILL_OPEN}"
        f" AND item.status NOT IN ({marks(_FINISHED)}) AND {id} NOT IN"
        f" (SELECT h.entity_id FROM history h WHERE {entity} = 'item'"
        " AND h.batch_id IN (SELECT b.id FROM batch b WHERE b.recorded_on > ?))",
        [*_FINISHED, last],
    ).fetchone()
    return int(n)


class _Step(NamedTuple):
    """An item that was completed on a day, as ISO text, with the status before and after."""

    id: int
    on: str
    before: str
    after: str


_BEFORE = (
    "(SELECT b.status FROM status_span b WHERE b.subject = 'item' AND b.subject_id = s.subject_id"
    " AND b.from_on < s.from_on ORDER BY b.from_on DESC LIMIT 1)"
)


def _completions(
    connection: Connection, query: PatternQuery, *, in_order: bool = False
) -> list[_Step]:
    """What was completed of late, in any order, or the latest first."""
    on = on_day(connection, query.as_of, narrow=query.scope.narrow)
    tables, where = "asked CROSS JOIN status_span s", "TRUE"
    if query.scope.narrow:
        tables = f"{on.tables} JOIN status_span s ON s.subject_id = item.id"
        where = query.scope.on(on)
    joined = order = ""
    if in_order:
        joined = " JOIN item ON item.id = stepped.id"
        order = " ORDER BY from_on DESC, item.programme_id, item.number_key, item.id"
    rows = connection.execute(
        "WITH asked (day) AS (SELECT ?), stepped AS MATERIALIZED ("
        f"SELECT s.subject_id AS id, s.from_on, {_BEFORE} AS before, s.status AS after"
        f" FROM {tables} WHERE s.subject = 'item' AND s.from_on BETWEEN ? AND asked.day"
        f" AND s.status IN ({marks(_COMPLETED)}) AND {where})"
        " SELECT stepped.id, stepped.from_on, stepped.before, stepped.after FROM stepped"
        f"{joined} WHERE stepped.before NOT IN ({marks(_COMPLETED)}){order}",
        [query.as_of.isoformat(), look_back(query.as_of, LOOK_BACK_WEEKS).isoformat(),
         *_COMPLETED, *_COMPLETED],
    )  # fmt: skip
    return list(map(_Step._make, rows))


def _rush(connection: Connection, query: PatternQuery) -> Evidence:
    """Items that were completed on the very day of a cut-off, together with many others."""
    for step, n, of_week in _rushed(_completions(connection, query, in_order=True), query):
        yield step.id, {"day": date.fromisoformat(step.on), "n": n, "week": of_week}


def _rushed(steps: Sequence[_Step], query: PatternQuery) -> Iterator[tuple[_Step, int, int]]:
    """The steps of a rush, with how many there were on that day and in that week."""
    by_day = Counter(step.on for step in steps)
    days = rush_days({date.fromisoformat(day): n for day, n in by_day.items()}, query.week_ends_on)
    found = {day.isoformat(): numbers for day, numbers in days.items()}
    for step in steps:
        if step.on in found:
            yield step, *found[step.on]


def _leap(connection: Connection, query: PatternQuery) -> Evidence:
    """Items that went from behind to completed in one step."""
    for step in _leapt(_completions(connection, query, in_order=True)):
        yield step.id, {"day": date.fromisoformat(step.on), "before": step.before}


def _leapt(steps: Sequence[_Step]) -> Iterator[_Step]:
    behind = frozenset(statuses_of(Group.BEHIND))
    return (each for each in steps if each.after == Status.COMPLETED and each.before in behind)


def _moved(connection: Connection, query: PatternQuery) -> Evidence:
    """Items whose deadline was moved, the longest way first."""
    moved = []
    for id, rows in _histories(connection, query, "history_of_due_dates", "h.field = 'due_on'"):
        moves = deadline_moves(rows)
        if moves is not None:
            moved.append((id, moves))
    moved.sort(key=lambda pair: (pair[1].days is not None, -(pair[1].days or 0), -pair[1].times))
    for id, moves in moved:
        yield id, {
            "n": moves.times, "first": moves.first, "last": moves.last, "days": moves.days,
        }  # fmt: skip


def _same_reason(connection: Connection, query: PatternQuery) -> Evidence:
    """Open items that were given the same reason week after week, the most weeks first."""
    repeated = []
    fields = "h.field IN ('reason', 'reviewed_on')"
    for id, rows in _histories(connection, query, "history_of_reviews", fields):
        longest = weeks_of_one_reason(rows, query.week_ends_on)
        if longest is not None and longest[1] >= SAME_REASON_WEEKS:
            repeated.append((id, *longest))
    for id, reason, n in sorted(repeated, key=lambda entry: (-entry[2], entry[0])):
        yield id, {"reason": reason, "n": n}


def _histories(
    connection: Connection, query: PatternQuery, index: str, fields: str
) -> Iterator[tuple[int, list[Row]]]:
    """The rows about some fields of the items that are open, as recorded by the day asked about."""
    on = on_day(connection, query.as_of, narrow=query.scope.narrow)
    where = query.scope.on(on)
    rows = connection.execute(
        "WITH asked (day) AS (SELECT ?)"
        " SELECT h.entity_id, h.seq, h.field, h.old, h.new, h.effective_on, h.retracts"
        f" FROM {on.tables} JOIN history h {engine.by_index(index)}"
        " ON h.entity = 'item' AND h.entity_id = item.id"
        " JOIN batch b ON b.id = h.batch_id"
        f" WHERE {on.status} NOT IN ({marks(_FINISHED)}) AND {fields}"
        f" AND b.recorded_on <= asked.day AND {where} ORDER BY h.entity_id, h.seq",
        [query.as_of.isoformat(), *_FINISHED],
    )
    for id, group in groupby(rows, key=itemgetter(0)):
        yield id, [Row(*row[1:]) for row in group]


_FINDERS: Mapping[Pattern, Callable[[Connection, PatternQuery], Evidence]] = {
    Pattern.SILENT: _silent,
    Pattern.RUSH: _rush,
    Pattern.LEAP: _leap,
    Pattern.MOVED: _moved,
    Pattern.SAME_REASON: _same_reason,
}
