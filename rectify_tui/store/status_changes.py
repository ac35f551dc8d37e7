"""Whose status was another at one moment than at the other, and what was said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from rectify_tui.domain.status import Status
from rectify_tui.domain.timeline import (
    NOT_STARTED_DUE,
    Row,
    counted_as_assigned,
    live_rows,
    replay,
    status_on,
)
from rectify_tui.store.chain import FOUNDATIONS
from rectify_tui.store.connection import Connection, fetch_chunks
from rectify_tui.store.history import histories
from rectify_tui.store.records import ITEM
from rectify_tui.store.scope import Scope


class Moment(NamedTuple):
    """A day, seen with what history tells up to a row (None: with all that is known)."""

    day: date
    seq: int | None = None


class StatusChange(NamedTuple):
    """An item whose status, as figures count it, differs. None where the item was not there."""

    id: int
    programme_id: int
    number: str
    before: str | None
    after: str | None


def status_changes(
    connection: Connection, before: Moment, after: Moment, programme_id: int | None = None
) -> list[StatusChange]:
    """The items of one programme, or of all, whose status differs between two moments, by id.

    With all that is known today the spans tell at once which items differ between two days. Where
    a moment knows less than today, the items about which more was learned since are replayed, and
    what came of that stands in place of what the spans say of them.
    """
    changes = {
        change.id: change for change in _between_days(connection, before, after, programme_id)
    }
    for id, replayed in _since_learned(connection, before, after):
        changes.pop(id, None)
        if replayed is not None:
            changes[id] = replayed
    return [
        change
        for _, change in sorted(changes.items())
        if change.before != change.after and programme_id in (None, change.programme_id)
    ]


_BETWEEN = f"""
SELECT item.id, item.programme_id, item.number, a.status, b.status,
    CASE WHEN pa.item_id IS NULL THEN item.start_on ELSE pa.start_on END,
    CASE WHEN pb.item_id IS NULL THEN item.start_on ELSE pb.start_on END
FROM item
LEFT JOIN status_span a ON a.subject = 'item' AND a.subject_id = item.id
    AND a.from_on <= ? AND a.to_on > ?
LEFT JOIN status_span b ON b.subject = 'item' AND b.subject_id = item.id
    AND b.from_on <= ? AND b.to_on > ?
LEFT JOIN past_assignment pa ON pa.item_id = item.id AND pa.from_on <= ? AND pa.to_on > ?
LEFT JOIN past_assignment pb ON pb.item_id = item.id AND pb.from_on <= ? AND pb.to_on > ?
WHERE (COALESCE(a.status, '') <> COALESCE(b.status, '') OR a.status = '{Status.NOT_STARTED}')
    AND {{scope}}
"""
_BEGAN = f"""item.id IN (
    SELECT subject_id FROM status_span WHERE subject = 'item' AND (from_on > ? AND from_on <= ?
        OR status = '{Status.NOT_STARTED}' AND from_on <= ? AND to_on > ?)
)"""
"""Of all items only these can differ: a status began to hold between the days, or a start was due.

They are found in a quarter of the time; those of one programme are few already.
"""


def _between_days(
    connection: Connection, before: Moment, after: Moment, programme_id: int | None
) -> Iterator[StatusChange]:
    """What differs between the days alone, with all that is known."""
    if before.day == after.day:
        return
    one, other = before.day.isoformat(), after.day.isoformat()
    days = [one, one, other, other]
    scope, began = Scope(programme_id).where, list[str]()
    if programme_id is None:
        scope, began = _BEGAN, [min(one, other), max(one, other), one, one]
    for id, programme, number, was, now, start_then, start_now in connection.execute(
        _BETWEEN.format(scope=scope), [*days, *days, *began]
    ):
        yield StatusChange(
            id, programme, number,
            _as_counted(was, start_then, one), _as_counted(now, start_now, other),
        )  # fmt: skip


def _as_counted(status: str | None, start_on: str | None, day: str) -> str | None:
    due = status == Status.NOT_STARTED and start_on is not None and start_on <= day
    return NOT_STARTED_DUE if due else status


def _since_learned(
    connection: Connection, before: Moment, after: Moment
) -> Iterator[tuple[int, StatusChange | None]]:
    """Items about which history tells more than it did at the earlier of the two moments.

    None for one that was known at neither.
    """
    known = [moment.seq for moment in (before, after) if moment.seq is not None]
    if not known:
        return
    rows = connection.execute(
        "SELECT DISTINCT entity_id FROM history WHERE seq > ? AND entity = ?"
        " AND field IN ('status', '', 'start_on') AND effective_on <= ?",
        [min(known), ITEM, max(before.day, after.day).isoformat()],
    )
    ids = sorted(id for (id,) in rows)
    for id, history in histories(connection, ITEM, ids, ("", "status", "start_on")):
        states = [_state(history, moment) for moment in (before, after)]
        there = next((state for state in states if state is not None), None)
        was, now = (state and state[2] for state in states)
        yield id, StatusChange(id, there[0], there[1], was, now) if there else None


def _state(history: list[Row], moment: Moment) -> tuple[int, str, str] | None:
    """Programme, number and status of an item at a moment."""
    rows = [row for row in history if moment.seq is None or row.seq <= moment.seq]
    then = replay(rows)
    if then is None:
        return None
    day = moment.day.isoformat()
    entries = counted_as_assigned(then.timeline, then.assignments)
    status = status_on(tuple((since, status) for since, _, status in entries), day)
    if status is None:
        return None
    return int(then.values["programme_id"] or 0), str(then.values["number"]), status


def region_codes(connection: Connection, ids: Iterable[int]) -> dict[int, str | None]:
    """The codes of the regions in which items lie now, by id; items that are gone are left out."""
    query = (
        "SELECT item.id, region.code FROM item JOIN region ON region.id = item.region_id"
        " WHERE item.id IN ({marks})"
    )
    return dict(fetch_chunks(connection, query, sorted(set(ids))))


class RecordedRemark(NamedTuple):
    """What was recorded of an item's status: from which day, by whom on whose behalf, when and why.

    `reason` is None where nobody gave one; what is written when a store is filled is none.
    """

    on: str
    who: str
    on_behalf: str | None
    recorded_on: str
    batch: int
    reason: str | None


def remarks_of(
    connection: Connection, ids: Iterable[int], day: date
) -> dict[int, list[RecordedRemark]]:
    """What was recorded of the status of items up to a day, by id, the latest first."""
    query = (
        "SELECT h.entity_id, h.seq, h.field, h.old, h.new, h.effective_on, h.retracts, b.id,"
        " b.who, b.on_behalf, b.recorded_on, b.kind, b.reason"
        " FROM history h JOIN batch b ON b.id = h.batch_id"
        " WHERE h.entity = ? AND h.entity_id IN ({marks}) AND h.field IN ('status', '')"
        " ORDER BY h.entity_id, h.seq"
    )
    rows = fetch_chunks(connection, query, sorted(set(ids)), ITEM)
    remarks: dict[int, list[RecordedRemark]] = {}
    for id, group in groupby(rows, key=itemgetter(0)):
        by_row: dict[Row, RecordedRemark] = {}
        for _, *columns, batch, who, on_behalf, recorded_on, kind, reason in group:
            row = Row(*columns)
            if row.effective_on <= day.isoformat():
                why = None if kind in FOUNDATIONS else reason
                by_row[row] = RecordedRemark(
                    row.effective_on, who, on_behalf, recorded_on, batch, why
                )
        alive = sorted(live_rows(by_row), key=lambda row: (row.effective_on, row.seq))
        remarks[id] = [by_row[row] for row in reversed(alive)]
    return remarks
