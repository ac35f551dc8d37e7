"""What the ledger tells of responsible units: the events that take points, and being behind.

Nothing is kept for it: events follow from statuses, deadlines, verifications, promises, returns and
cards as they are known today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rectify_tui.domain.points import (
    BehindSpan,
    Event,
    Held,
    PointEvent,
    Standing,
    UnitRecord,
    behind_spans,
    overdue_days,
    refutation,
)
from rectify_tui.domain.status import Verification
from rectify_tui.domain.timeline import (
    ASSIGNED,
    Assignments,
    Timeline,
    counted_as_assigned,
    live_rows,
    value_on,
)
from rectify_tui.store.assignments import assignments_of
from rectify_tui.store.cards import cards
from rectify_tui.store.connection import Connection, fetch_chunks
from rectify_tui.store.history import histories
from rectify_tui.store.labels import labels
from rectify_tui.store.on_day import on_day
from rectify_tui.store.programmes import NOT_ARCHIVED
from rectify_tui.store.promises import promises_of
from rectify_tui.store.records import INTAKE_FILE, ITEM, UNIT
from rectify_tui.store.schedule_sql import OPEN_STATUSES
from rectify_tui.store.spans import read_timelines

_UNIT, _DUE, _FROM = (ASSIGNED.index(name) for name in ("responsible_id", "due_on", "start_on"))


@dataclass(frozen=True)
class UnitPoints:
    """A responsible unit with what the ledger tells of it."""

    name: str
    record: UnitRecord


def unit_points(connection: Connection, day: date, unit_id: int | None = None) -> list[UnitPoints]:
    """The units that were responsible for an item by a day, or the one, with events up to it.

    What a unit did before it became part of another counts against that one.
    """
    heirs = _heirs(connection, day)
    alone = None if unit_id in heirs.values() else unit_id
    since = _since(connection, day, alone)
    for old, new in heirs.items():
        if (first := since.pop(old, None)) is not None:
            since[new] = min(first, since.get(new, first))
    if unit_id is not None:
        since = {id: first for id, first in since.items() if id == unit_id}
    events: defaultdict[int, list[Event]] = defaultdict(list)
    behind: defaultdict[int, list[BehindSpan]] = defaultdict(list)
    held = _held(connection, _candidates(connection, day, alone))
    refs = labels(connection, ITEM, held)
    for id, entries in held.items():
        for span in behind_spans(entries, id):
            unit = heirs.get(span.unit_id, span.unit_id)
            behind[unit].append(replace(span, unit_id=unit))
        for on, unit, due in overdue_days(entries, day):
            unit = heirs.get(unit, unit)
            events[unit].append(Event(PointEvent.OVERDUE, on, unit, refs[id], due))
    for event in (
        *_refuted(connection, held, refs, day), *_broken(connection, held, refs, day),
        *_late_returns(connection, day), *_cards(connection, day, alone),
    ):  # fmt: skip
        unit = heirs.get(event.unit_id, event.unit_id)
        events[unit].append(replace(event, unit_id=unit))
    names = labels(connection, UNIT, since)
    return [
        UnitPoints(
            names[id],
            UnitRecord(id, first, sorted(events[id], key=lambda each: each.on), behind[id]),
        )
        for id, first in sorted(since.items(), key=lambda pair: names[pair[0]])
    ]


def _heirs(connection: Connection, day: date) -> dict[int, int]:
    """The units that had become part of others by a day, and of which."""
    rows = connection.execute(
        "SELECT id, merged_id FROM unit WHERE merged_id IS NOT NULL"
        " AND COALESCE(merged_on, '') <= ?",
        [day.isoformat()],
    )
    return dict(rows.fetchall())


_SINCE = """
WITH first AS (
    SELECT subject_id AS item_id, MIN(from_on) AS from_on FROM status_span
    WHERE subject = 'item' GROUP BY subject_id
),
moved AS (SELECT item_id, MAX(to_on) AS to_on FROM past_assignment GROUP BY item_id),
held AS (
    SELECT item.responsible_id AS unit_id, COALESCE(moved.to_on, first.from_on) AS from_on
    FROM item JOIN first ON first.item_id = item.id LEFT JOIN moved ON moved.item_id = item.id
    UNION ALL SELECT responsible_id, from_on FROM past_assignment
)
SELECT unit_id, MIN(from_on) FROM held WHERE unit_id IS NOT NULL AND from_on <= ?
"""


def _since(connection: Connection, day: date, unit_id: int | None) -> dict[int, date]:
    """The first day on which units were responsible for an item."""
    where, params = ("", []) if unit_id is None else (" AND unit_id = ?", [unit_id])
    rows = connection.execute(
        f"{_SINCE}{where} GROUP BY unit_id ORDER BY unit_id", [day.isoformat(), *params]
    )
    return {id: date.fromisoformat(first) for id, first in rows}


_OF_UNIT = (
    " AND (item.responsible_id = ? OR EXISTS (SELECT 1 FROM past_assignment p"
    " WHERE p.item_id = item.id AND p.responsible_id = ?))"
)


def _candidates(connection: Connection, day: date, unit_id: int | None) -> list[int]:
    """The items of which anything may stand against a unit."""
    where, params = ("", []) if unit_id is None else (_OF_UNIT, [unit_id, unit_id])
    days: list[object] = [day.isoformat()] * 2
    rows = connection.execute(
        "SELECT item.id FROM item WHERE (item.due_on < ? OR item.next_on < ?"
        f" OR item.verification = '{Verification.REFUTED}'"
        " OR EXISTS (SELECT 1 FROM past_assignment p WHERE p.item_id = item.id)"
        " OR EXISTS (SELECT 1 FROM status_span s WHERE s.subject = 'item'"
        " AND s.subject_id = item.id AND s.status IN ('behind', 'not_completed', 'not_started'))"
        " OR EXISTS (SELECT 1 FROM history h WHERE h.entity = 'item' AND h.entity_id = item.id"
        f" AND h.field IN ('verification', 'next_on'))){where} ORDER BY item.id",
        [*days, *params],
    )
    return [id for (id,) in rows]


def _held(connection: Connection, ids: list[int]) -> dict[int, list[Held]]:
    """What held of items over time."""
    timelines = read_timelines(connection, ITEM, ids)
    assignments = assignments_of(connection, timelines)
    return {id: _entries(timelines[id], assignments[id]) for id in timelines}


def _entries(timeline: Timeline, assignments: Assignments) -> list[Held]:
    return [
        Held(
            since, status, int(assigned[_UNIT] or 0) or None,
            str(assigned[_DUE]) if assigned[_DUE] else None,
        )
        for since, assigned, status in counted_as_assigned(timeline, assignments)
    ]  # fmt: skip


def _refuted(
    connection: Connection, held: Mapping[int, list[Held]], refs: Mapping[int, str], day: date
) -> Iterator[Event]:
    """Each day on which a visit found an item otherwise than it was reported.

    What is refuted already is so once more only where it had been reported completed again.
    """
    query = (
        f"SELECT id FROM item WHERE (verification = '{Verification.REFUTED}' OR EXISTS (SELECT 1"
        " FROM history h WHERE h.entity = 'item' AND h.entity_id = item.id"
        " AND h.field = 'verification')) AND id IN ({marks})"
    )
    visited = [id for (id,) in fetch_chunks(connection, query, list(held))]
    for id, rows in histories(connection, ITEM, visited, ("", "verification", "visit_id")):
        alive = live_rows(rows)
        days = sorted({row.effective_on for row in alive if row.effective_on <= day.isoformat()})
        before: tuple[object, object] = (None, None)
        for on in days:
            found, visit = (value_on(alive, name, on) for name in ("verification", "visit_id"))
            newly, again = found != before[0], visit != before[1]
            before = (found, visit)
            if found != Verification.REFUTED or (what := refutation(held[id], on)) is None:
                continue
            if newly or (again and what[0] is PointEvent.FALSE_COMPLETION):
                yield Event(what[0], date.fromisoformat(on), what[1], refs[id])


def _broken(
    connection: Connection, held: Mapping[int, list[Held]], refs: Mapping[int, str], day: date
) -> Iterator[Event]:
    """Each promise whose day passed, against the unit that was responsible on it."""
    for id, _, each in promises_of(connection, list(held), day):
        entries = [entry for entry in held[id] if entry.since <= each.due_on]
        unit = entries[-1].unit_id if entries else None
        if not each.kept and unit is not None:
            due = date.fromisoformat(each.due_on)
            yield Event(PointEvent.BROKEN_PROMISE, due + timedelta(days=1), unit, refs[id], due)


_RETURNS = f"""
SELECT s.unit_id, MIN(s.code), MAX(s.due_on), MIN(b.recorded_on)
FROM return_sheet s LEFT JOIN intake_file f ON f.return_sheet_id = s.id
LEFT JOIN history h ON h.seq = (
    SELECT MIN(seq) FROM history WHERE entity = '{INTAKE_FILE}' AND entity_id = f.id
)
LEFT JOIN batch b ON b.id = h.batch_id
WHERE s.unit_id IS NOT NULL AND s.due_on < ?
GROUP BY s.unit_id, COALESCE(s.programme_id, 0), s.cutoff
HAVING MIN(b.recorded_on) IS NULL OR MIN(b.recorded_on) > MAX(s.due_on)
ORDER BY 3, 2
"""


def _late_returns(connection: Connection, day: date) -> Iterator[Event]:
    """Returns of units that were not back by their day; of two for one round any will do."""
    for unit, code, due_on, _ in connection.execute(_RETURNS, [day.isoformat()]):
        due = date.fromisoformat(due_on)
        yield Event(PointEvent.LATE_RETURN, due + timedelta(days=1), unit, code, due)


def _cards(connection: Connection, day: date, unit_id: int | None) -> Iterable[Event]:
    return [
        Event(card.colour.event, card.given_on, card.unit_id, str(card.id))
        for card in cards(connection, day, unit_id)
    ]


def standings(
    connection: Connection, units: Iterable[UnitPoints], day: date, within: int
) -> dict[int, list[Standing]]:
    """What may call for a card, by unit: items behind, refuted, or due `within` so many days.

    What belongs to archived programmes calls for none.
    """
    late: dict[tuple[int, int], int] = {}
    for each in units:
        for span in each.record.behind_on(day):
            late[span.unit_id, span.item_id] = (day - span.since).days
    on = on_day(connection, day)
    unit, due, found = map(on.column, ("responsible_id", "due_on", "verification"))
    last = (day + timedelta(days=within)).isoformat()
    rows = connection.execute(
        f"WITH asked (day) AS (SELECT ?) SELECT item.id, {unit},"
        f" CASE WHEN {on.status} IN ({OPEN_STATUSES}) THEN {due} END, {found} FROM {on.tables}"
        f" WHERE {unit} IS NOT NULL AND (({on.status} IN ({OPEN_STATUSES})"
        f" AND {due} BETWEEN asked.day AND ?) OR {found} = '{Verification.REFUTED}')"
        " ORDER BY item.id",
        [day.isoformat(), last],
    )
    other = {(unit_id, id): (due_on, found) for id, unit_id, due_on, found in rows}
    archived = {
        id for (id,) in connection.execute(f"SELECT item.id FROM item WHERE NOT {NOT_ARCHIVED}")
    }
    by_unit: defaultdict[int, list[Standing]] = defaultdict(list)
    for key in sorted(late.keys() | other.keys()):
        if key[1] in archived:
            continue
        due_on, verified = other.get(key, (None, None))
        left = (date.fromisoformat(due_on) - day).days if due_on else None
        refuted = verified == Verification.REFUTED
        by_unit[key[0]].append(Standing(key[1], late.get(key), left, refuted))
    return dict(by_unit)
