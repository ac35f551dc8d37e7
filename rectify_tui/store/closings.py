"""Reading the steps of close-out, and how far items are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.closeout import AWAITING, Closure, Level, Stage
from rectify_tui.domain.status import Group, statuses_of
from rectify_tui.domain.timeline import Value
from rectify_tui.store.connection import Connection, fetch_chunks, limited, marks
from rectify_tui.store.on_day import on_day


@dataclass(frozen=True)
class Closing:
    """A step that somebody took; days are ISO text. `stage` is what holds from then on.

    `visit_id` is the visit that it follows from, where what was reported was refuted on site.
    """

    id: int
    item_id: int
    step: str
    level: str | None
    acted_on: str
    acted_by: str
    stage: str | None
    notice_until: str | None
    reason: str | None
    visit_id: int | None


_SELECT = (
    "SELECT id, item_id, step, level, acted_on, acted_by, stage, notice_until, reason, visit_id"
    " FROM closing"
)


def closings(
    connection: Connection, item_ids: Iterable[int], day: date = date.max
) -> list[Closing]:
    """The steps of items that were taken by a day, in order."""
    query = f"{_SELECT} WHERE acted_on <= ? AND item_id IN ({{marks}})"
    rows = fetch_chunks(connection, query, list(item_ids), day.isoformat())
    return [Closing(*row) for row in sorted(rows, key=lambda row: row[0])]


def closure_of(values: Mapping[str, Value]) -> Closure:
    """How far an item is, by its columns."""
    stage, level, since, until = (
        values.get(name) for name in ("closure", "closure_level", "closure_on", "notice_until")
    )
    return Closure(
        Stage(str(stage)) if stage else Stage.NOT_APPLIED,
        Level(str(level)) if level else None,
        date.fromisoformat(str(since)) if since else None,
        date.fromisoformat(str(until)) if until else None,
    )


def reporters(connection: Connection, item_ids: Iterable[int]) -> dict[int, str]:
    """Who reported the status of items: on whose behalf it was written, else who wrote it."""
    query = (
        "SELECT h.entity_id, COALESCE(b.on_behalf, b.who) FROM history h"
        " JOIN batch b ON b.id = h.batch_id WHERE h.entity = 'item' AND h.field IN ('', 'status')"
        " AND h.new IS NOT NULL AND h.retracts IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM history r WHERE r.retracts = h.seq)"
        " AND h.entity_id IN ({marks}) ORDER BY h.effective_on, h.seq"
    )
    return dict(fetch_chunks(connection, query, list(item_ids)))


def in_closeout(
    connection: Connection,
    day: date,
    stages: Iterable[Stage] = AWAITING,
    among: Iterable[int] | None = None,
) -> list[int]:
    """The items that stood at one of these stages on a day, those longest there first."""
    on = on_day(connection, day)
    wanted = [stage.value for stage in stages]
    closure = on.column("closure")
    rows = connection.execute(
        f"WITH asked (day) AS (SELECT ?) SELECT item.id FROM {on.tables}"
        f" WHERE {on.in_closeout} AND {closure} IN ({marks(wanted)})"
        f" ORDER BY {on.column('closure_on')}, item.id",
        [day.isoformat(), *wanted],
    )
    ids = [id for (id,) in rows]
    kept = None if among is None else set(among)
    return ids if kept is None else [id for id in ids if id in kept]


@dataclass(frozen=True)
class Lane:
    """The items at one stage on a day: how many, and the first of them, which wait longest."""

    stage: Stage
    count: int
    ids: tuple[int, ...]


def lanes(
    connection: Connection, day: date, *, programme_id: int | None = None, most: int = 200
) -> tuple[Lane, ...]:
    """What is completed and not struck off, by stage; of each stage so many ids at most."""
    on = on_day(connection, day)
    closure = on.column("closure")
    completed = [status.value for status in statuses_of(Group.COMPLETED)]
    found = []
    for stage in (Stage.NOT_APPLIED, *AWAITING):
        at_stage, params = f"{closure} IS NULL", list[object]()
        since = on.since
        if stage is not Stage.NOT_APPLIED:
            at_stage, params = f"{on.in_closeout} AND {closure} = ?", [stage.value]
            since = on.column("closure_on")
        where = f"{on.status} IN ({marks(completed)}) AND {at_stage}"
        params = [*completed, *params]
        if programme_id is not None:
            where += " AND item.programme_id = ?"
            params.append(programme_id)
        source = f"WITH asked (day) AS (SELECT ?) SELECT {{}} FROM {on.tables} WHERE {where}"
        asked = [day.isoformat(), *params]
        (count,) = connection.execute(source.format("COUNT(*)"), asked).fetchone()
        ids = connection.execute(
            source.format("item.id") + f" ORDER BY {since}, item.id{limited(most)}", asked
        )
        found.append(Lane(stage, count, tuple(id for (id,) in ids)))
    return tuple(found)
