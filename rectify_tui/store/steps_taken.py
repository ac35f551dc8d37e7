"""How far a matter has been taken: the last step of escalation about each of some items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from rectify_tui.domain.ladder import answer_state
from rectify_tui.store.connection import Connection, fetch_chunks
from rectify_tui.store.on_day import on_day
from rectify_tui.store.records import read_ids


class StepTaken(NamedTuple):
    """A step of escalation. Dates are ISO text; `issued` is the day as it was written."""

    step: str
    issued_on: str | None
    issued: str | None
    due_on: str | None
    answered_on: str | None

    def state(self, day: date) -> str:
        """Whether it was answered by a day, as `answer_state` names it."""
        return answer_state(self.due_on, self.answered_on, day)


def steps_taken(connection: Connection, ids: Iterable[int], day: date) -> dict[int, StepTaken]:
    """The last step that was taken by a day about each item, left out where there is none.

    A step is about the items it cites. Where it cites none, it is about all items of its
    programmes for which its unit is responsible, or that lie in its region.
    """
    steps = _steps(connection, day.isoformat())
    if not steps:
        return {}
    by_item: dict[int, int] = {}
    by_target: defaultdict[tuple[int, str, int], int] = defaultdict(lambda: -1)
    for at, (_, items, programmes, unit, region) in enumerate(steps):
        by_item.update(dict.fromkeys(items, at))
        target = ("region", region) if unit is None else ("unit", unit)
        for programme in programmes if not items else ():
            by_target[programme, *target] = at
    last_steps: dict[int, StepTaken] = {}
    for id, programme, unit, regions in _items(connection, ids, day):
        last = max(
            by_item.get(id, -1),
            by_target.get((programme, "unit", unit), -1),
            *(by_target.get((programme, "region", region), -1) for region in regions),
        )
        if last >= 0:
            last_steps[id] = steps[last][0]
    return last_steps


_Known = tuple[StepTaken, tuple[int, ...], tuple[int, ...], int | None, int]
"""A step with the items it cites, its programmes, its unit and its region."""


def _steps(connection: Connection, day: str) -> list[_Known]:
    """The steps taken by a day, the last one last; one of an unknown day is as old as its entry."""
    rows = connection.execute(
        "SELECT * FROM (SELECT COALESCE(e.issued_on, (SELECT MIN(h.effective_on) FROM history h"
        " WHERE h.entity = 'escalation' AND h.entity_id = e.id)) AS taken_on, e.id, e.step,"
        " e.issued_on, e.issued, e.due_on,"
        " CASE WHEN e.answered_on <= ? THEN e.answered_on END, e.item_ids, e.programmes,"
        " e.unit_id, e.region_id FROM escalation e) taken WHERE taken_on <= ?"
        " ORDER BY taken_on, id",
        [day, day],
    )
    return [
        (StepTaken(*step), read_ids(items), read_ids(programmes), unit, region)
        for _, _, *step, items, programmes, unit, region in rows
    ]


def _items(
    connection: Connection, ids: Iterable[int], day: date
) -> list[tuple[int, int, int, tuple[int, ...]]]:
    """Programme, responsible unit (0 for none) and all regions of items on a day."""
    on = on_day(connection, day)
    query = (
        "WITH asked (day) AS (SELECT ?) SELECT item.id, item.programme_id,"
        f" COALESCE({on.column('responsible_id')}, 0), l.place_id FROM {on.tables}"
        f" JOIN region_ladder l ON l.region_id = {on.column('region_id')}"
        " WHERE item.id IN ({marks}) ORDER BY item.id"
    )
    regions_of: defaultdict[tuple[int, int, int], list[int]] = defaultdict(list)
    for id, programme, unit, region in fetch_chunks(connection, query, list(ids), day.isoformat()):
        regions_of[id, programme, unit].append(region)
    return [(*key, tuple(regions)) for key, regions in regions_of.items()]
