"""The items that are behind on a day, with since when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from rectify_tui.domain.status import Group, Status, statuses_of
from rectify_tui.domain.timeline import NOT_STARTED_DUE, Timeline, counted
from rectify_tui.store.connection import Connection, marks
from rectify_tui.store.items import ItemRow, item_rows
from rectify_tui.store.records import ITEM
from rectify_tui.store.spans import read_timelines

COUNTED_BEHIND = frozenset({*map(str, statuses_of(Group.BEHIND)), NOT_STARTED_DUE})
"""Statuses, as figures count them, that make up the group."""


@dataclass(frozen=True)
class BehindItem:
    """An item that is behind, its status as figures count it.

    `since` is the day on which it fell behind, as ISO text.
    """

    row: ItemRow
    status: str
    since: str


def behind_items(
    connection: Connection, day: date, programme_id: int | None = None, *,
    region: tuple[int, int] | None = None, unit_id: int | None = None,
) -> list[BehindItem]:  # fmt: skip
    """The items behind on a day, by region, programme and number.

    They may be limited to a programme, to a responsible unit, and to a region, which is given
    with the depth of the rollup at which items count for it.
    """
    conditions: dict[str, tuple[int, ...]] = {}
    if programme_id is not None:
        conditions[_OF_PROGRAMME] = (programme_id,)
    if unit_id is not None:
        conditions[_OF_UNIT] = (unit_id,)
    if region is not None:
        conditions[_IN_REGION] = region
    statuses = _behind_on(connection, day.isoformat(), conditions)
    ids = list(statuses)
    timelines = read_timelines(connection, ITEM, ids)
    items = []
    for row in item_rows(connection, ids, as_of=day):
        since = _since(counted(timelines[row.id], row.start_on), day.isoformat())
        items.append(BehindItem(row, statuses[row.id], since))
    return items


_OF_PROGRAMME = "item.programme_id = ?"
_OF_UNIT = "item.responsible_id = ?"
_IN_REGION = (
    "item.region_id IN (SELECT region_id FROM region_ladder WHERE place_id = ? AND depth = ?)"
)


def _behind_on(
    connection: Connection, day: str, conditions: Mapping[str, Iterable[int]]
) -> dict[int, str]:
    statuses = statuses_of(Group.BEHIND)
    where = "".join(f" AND {condition}" for condition in conditions)
    rows = connection.execute(
        "SELECT item.id, s.status FROM status_span s"
        " JOIN item ON item.id = s.subject_id JOIN region ON region.id = item.region_id"
        " WHERE s.subject = 'item' AND s.from_on <= ? AND s.to_on > ?"
        f" AND (s.status IN ({marks(statuses)}) OR (s.status = ? AND item.start_on <= ?)){where}"
        " ORDER BY region.code IS NULL, region.code, region.id, item.programme_id,"
        " item.number_key, item.id",
        [day, day, *statuses, Status.NOT_STARTED, day, *chain(*conditions.values())],
    )
    return {id: NOT_STARTED_DUE if status == Status.NOT_STARTED else status for id, status in rows}


def _since(timeline: Timeline, day: str) -> str:
    """The first day of the unbroken run of being behind that a day belongs to."""
    since = day
    for start, status in reversed(timeline):
        if start > day:
            continue
        if status not in COUNTED_BEHIND:
            break
        since = start
    return since
