"""The items that are behind on a day, with since when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from rectify_tui.domain.status import Group, Status, statuses_of
from rectify_tui.domain.timeline import NOT_STARTED_DUE, Timeline, counted_as_assigned
from rectify_tui.store.assignments import assignments_of
from rectify_tui.store.connection import Connection, marks
from rectify_tui.store.items import ItemRow, item_rows
from rectify_tui.store.on_day import OnDay, on_day
from rectify_tui.store.programmes import NOT_ARCHIVED
from rectify_tui.store.records import ITEM
from rectify_tui.store.spans import read_timelines

COUNTED_BEHIND = frozenset({*map(str, statuses_of(Group.BEHIND)), NOT_STARTED_DUE})
"""Statuses, as figures count them, that make up the group."""


class Behind(NamedTuple):
    """The id of an item that is behind, its status as figures count it, since when and past when.

    `since` is the day on which it fell behind, `due_on` the one on which it was due, as ISO text.
    """

    id: int
    status: str
    since: str
    due_on: str | None


class BehindItem(NamedTuple):
    """An item that is behind, its status as figures count it.

    `since` is the day on which it fell behind, as ISO text.
    """

    row: ItemRow
    status: str
    since: str


def behind_items(
    connection: Connection, day: date, programme_id: int | None = None, *,
    region: tuple[int, int] | None = None, unit_id: int | None = None, archived: bool = True,
) -> list[BehindItem]:  # fmt: skip
    """The items of `behind_on`, read as they stood on the day."""
    found = behind_on(
        connection, day, programme_id, region=region, unit_id=unit_id, archived=archived
    )
    rows = item_rows(connection, [each.id for each in found], as_of=day)
    by_id = {each.id: each for each in found}
    return [BehindItem(row, by_id[row.id].status, by_id[row.id].since) for row in rows]


def behind_on(
    connection: Connection, day: date, programme_id: int | None = None, *,
    region: tuple[int, int] | None = None, unit_id: int | None = None, archived: bool = True,
) -> list[Behind]:  # fmt: skip
    """Which items are behind on a day, by region, programme and number.

    They may be limited to a programme, to a responsible unit, and to a region, which is given
    with the depth of the rollup at which items count for it. Those of archived programmes may be
    left out.
    """
    narrow = programme_id is not None or region is not None or unit_id is not None
    on = on_day(connection, day, narrow=narrow)
    scope: list[tuple[str, tuple[int, ...]]] = [] if archived else [(NOT_ARCHIVED, ())]
    if programme_id is not None:
        scope.append(("item.programme_id = ?", (programme_id,)))
    if unit_id is not None:
        scope.append((f"{on.column('responsible_id')} = ?", (unit_id,)))
    if region is not None:
        inside = "(SELECT region_id FROM region_ladder WHERE place_id = ? AND depth = ?)"
        scope.append((f"{on.column('region_id')} IN {inside}", region))
    found = _find(connection, on, scope)
    records = _over_time(connection, [id for id, _, _ in found])
    return [
        Behind(
            id, NOT_STARTED_DUE if status == Status.NOT_STARTED else status,
            _since(records[id], day.isoformat()), due_on,
        )
        for id, status, due_on in found
    ]  # fmt: skip


def _find(
    connection: Connection, on: OnDay, scope: Iterable[tuple[str, tuple[int, ...]]]
) -> list[tuple[int, str, str | None]]:
    """Id, reported status and due day."""
    statuses = statuses_of(Group.BEHIND)
    where = "".join(f" AND {condition}" for condition, _ in scope)
    rows: list[tuple[int, str, str | None]] = connection.execute(
        f"WITH asked (day) AS (SELECT ?) SELECT item.id, {on.status}, {on.column('due_on')}"
        f" FROM {on.tables}"
        f" JOIN region ON region.id = {on.column('region_id')}"
        f" WHERE ({on.status} IN ({marks(statuses)})"
        f" OR ({on.status} = ? AND {on.column('start_on')} <= asked.day)){where}"
        " ORDER BY region.code IS NULL, region.code, region.id, item.programme_id,"
        " item.number_key, item.id",
        [on.day.isoformat(), *statuses, Status.NOT_STARTED, *(v for _, ids in scope for v in ids)],
    ).fetchall()
    return rows


def _over_time(connection: Connection, ids: list[int]) -> Mapping[int, Timeline]:
    """The statuses of items over time, as figures count them: what waits for a start differs."""
    over_time = read_timelines(connection, ITEM, ids)
    unstarted = {
        id: timeline
        for id, timeline in over_time.items()
        if any(status == Status.NOT_STARTED for _, status in timeline)
    }
    for id, assigned in assignments_of(connection, unstarted).items():
        entries = counted_as_assigned(unstarted[id], assigned)
        over_time[id] = tuple((day, status) for day, _, status in entries)
    return over_time


def _since(entries: Timeline, day: str) -> str:
    """The first day of the unbroken run of being behind that a day belongs to."""
    since = day
    for start, status in reversed(entries):
        if start > day:
            continue
        if status not in COUNTED_BEHIND:
            break
        since = start
    return since
