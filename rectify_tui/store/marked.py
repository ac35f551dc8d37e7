"""The items that bear a mark on a day (`domain.mark`), and how many do in each line of a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from rectify_tui.domain.mark import Mark, marks_of
from rectify_tui.domain.queue import Candidate
from rectify_tui.domain.schedule import Derived
from rectify_tui.domain.status import Verification
from rectify_tui.store.connection import Connection, fetch_chunks
from rectify_tui.store.on_day import OnDay, on_day
from rectify_tui.store.rollup_read import DEPTH, By
from rectify_tui.store.schedule import ItemOnDay, items_on_day
from rectify_tui.store.schedule_sql import BEHIND_STATUSES, OPEN_STATUSES
from rectify_tui.store.steps_taken import StepTaken, steps_taken

MarkCounts = Mapping[Mark, int]


class MarkedItem(NamedTuple):
    """An item as it stood on a day, with its marks, the lines it counts for, and the last step.

    `unit_id` is 0 where no unit is responsible; `due_on` is the day its deadline names, if any.
    """

    candidate: Candidate
    due_on: date | None
    marks: frozenset[Mark]
    step: StepTaken | None
    programme_id: int
    region_id: int
    unit_id: int

    @property
    def derived(self) -> Derived:
        """What the schedule says of it."""
        return self.candidate.derived


def marked_items(
    connection: Connection, day: date, programme_id: int | None = None
) -> dict[int, MarkedItem]:
    """The items of one programme, or of all, that bear a mark on a day, by id."""
    on = on_day(connection, day, narrow=programme_id is not None)
    still_open = _ids(connection, on, f"{on.status} IN ({OPEN_STATUSES})", programme_id)
    steps = steps_taken(connection, still_open, day)
    item_ids = {*steps, *_ids(connection, on, _may_bear_one(on), programme_id)}
    items = _read(connection, on, sorted(item_ids), steps)
    return {id: item for id, item in items.items() if item.marks}


def read_marked(connection: Connection, day: date, ids: Iterable[int]) -> dict[int, MarkedItem]:
    """Items by id as they stood on a day, whether they bear a mark or not."""
    item_ids = sorted(set(ids))
    return _read(
        connection, on_day(connection, day), item_ids, steps_taken(connection, item_ids, day)
    )


def _may_bear_one(on: OnDay) -> str:
    """True of every item that `marks_of` finds something in but a step, and of few others."""
    unfinished = f"{on.status} IN ({OPEN_STATUSES}) AND {on.status} NOT IN ({BEHIND_STATUSES})"
    past_due = f"{unfinished} AND {on.column('due_on')} < asked.day"
    refuted = f"{on.column('verification')} = '{Verification.REFUTED}'"
    return f"({past_due}) OR {refuted} OR {on.column('next_on')} IS NOT NULL"


def _ids(connection: Connection, on: OnDay, where: str, programme_id: int | None) -> Iterator[int]:
    """Nothing is read before the first of them is asked for."""
    scope = "" if programme_id is None else " AND item.programme_id = ?"
    rows = connection.execute(
        f"WITH asked (day) AS (SELECT ?) SELECT item.id FROM {on.tables} WHERE ({where}){scope}"
        " ORDER BY item.id",
        [on.day.isoformat(), *([] if programme_id is None else [programme_id])],
    )
    yield from (id for (id,) in rows)


def _read(
    connection: Connection, on: OnDay, ids: Sequence[int], steps: Mapping[int, StepTaken]
) -> dict[int, MarkedItem]:
    standings = items_on_day(connection, on, ids)
    query = (
        "WITH asked (day) AS (SELECT ?) SELECT item.id, item.programme_id,"
        f" {on.column('region_id')}, COALESCE({on.column('responsible_id')}, 0) FROM {on.tables}"
        " WHERE item.id IN ({marks}) ORDER BY item.id"
    )
    return {
        id: _marked(standings[id], steps.get(id), on.day, *lines)
        for id, *lines in fetch_chunks(connection, query, list(ids), on.day.isoformat())
        if id in standings
    }


def _marked(
    standing: ItemOnDay, step: StepTaken | None, day: date, programme: int, region: int, unit: int
) -> MarkedItem:
    candidate = standing.candidate(day)
    marks = marks_of(candidate, escalated=step is not None, as_of=day)
    return MarkedItem(candidate, standing.plan.due_on, marks, step, programme, region, unit)


def count_marks(
    connection: Connection, items: Collection[MarkedItem], by: By
) -> dict[int, Counter[Mark]]:
    """How many items bear each mark, by the id of the line that they count for.

    As in the rollup, a place above the asked step stands for itself.
    """
    line_of_region: dict[int, int] = {}
    if by not in (By.PROGRAMME, By.UNIT):
        query = (
            "SELECT region_id, place_id FROM region_ladder"
            " WHERE depth = ? AND region_id IN ({marks})"
        )
        regions = sorted({item.region_id for item in items})
        line_of_region = dict(fetch_chunks(connection, query, regions, int(DEPTH[by])))
    counts: dict[int, Counter[Mark]] = {}
    for item in items:
        if by is By.PROGRAMME:
            line = item.programme_id
        elif by is By.UNIT:
            line = item.unit_id
        else:
            line = line_of_region[item.region_id]
        counts.setdefault(line, Counter()).update(item.marks)
    return counts
