"""Steps that were taken towards regions and units, and what stands against them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.ladder import (
    EscalationStep,
    Facts,
    Ladder,
    Suggestion,
    Taken,
    answer_state,
    suggest,
)
from rectify_tui.domain.status import Status
from rectify_tui.store.behind import BehindItem, behind_items
from rectify_tui.store.connection import Connection, fetch_chunks
from rectify_tui.store.items import item_rows
from rectify_tui.store.labels import labels
from rectify_tui.store.on_day import on_day
from rectify_tui.store.records import ESCALATION, PROGRAMME, UNIT, read_ids
from rectify_tui.store.regions import regions_by_id
from rectify_tui.store.rollup_read import DEPTH, By
from rectify_tui.store.scope import Scope


@dataclass(frozen=True)
class Escalation:
    """A step that was taken. Dates are ISO text; `issued` is the day as it was written.

    `unit` is the unit it was taken towards, else it was the region. `items` are references, and
    `programmes` codes. `issuer` is the office or offices that took it, `minutes` what was said
    there, `commitment` what was promised.
    """

    id: int
    rev: int
    step: str
    region_id: int
    region: str
    region_en: str | None
    unit_id: int | None
    unit: str | None
    programmes: tuple[str, ...]
    items: tuple[str, ...]
    item_ids: tuple[int, ...]
    issued: str | None
    issued_on: str | None
    due_on: str | None
    cause: str | None
    source: str | None
    answer: str | None
    answered_on: str | None
    issuer: str | None
    minutes: str | None
    commitment: str | None

    @property
    def taken(self) -> Taken:
        """The step as the ladder sees it."""
        return Taken(
            EscalationStep(self.step), _day(self.issued_on), _day(self.due_on),
            _day(self.answered_on),
        )  # fmt: skip

    def state(self, day: date) -> str:
        """Whether it was answered by a day, as `answer_state` names it."""
        return answer_state(self.due_on, self.answered_on, day)


@dataclass(frozen=True)
class EscalationTarget:
    """A region or unit with lines that are behind; `unit_id` None stands for the region."""

    region_id: int
    unit_id: int | None
    name: str
    name_en: str | None
    facts: Facts
    items: tuple[BehindItem, ...]


_SELECT = """
SELECT e.id, e.rev, e.step, e.region_id, r.name, r.name_en, e.unit_id, u.name, e.programmes,
    e.item_ids, e.issued, e.issued_on, e.due_on, e.cause, e.source, e.answer, e.answered_on,
    e.issuer, e.minutes, e.commitment
FROM escalation e JOIN region r ON r.id = e.region_id LEFT JOIN unit u ON u.id = e.unit_id
"""


def escalations(connection: Connection, ids: Iterable[int] | None = None) -> list[Escalation]:
    """Steps by id, or all of them, the newest first."""
    if ids is None:
        rows = connection.execute(f"{_SELECT} ORDER BY e.id DESC").fetchall()
    else:
        rows = list(fetch_chunks(connection, f"{_SELECT} WHERE e.id IN ({{marks}})", list(ids)))
    programmes = labels(connection, PROGRAMME, {id for row in rows for id in read_ids(row[8])})
    items = {
        row.id: row.ref
        for row in item_rows(connection, sorted({id for row in rows for id in read_ids(row[9])}))
    }
    return [
        Escalation(
            *[
                *row[:8],
                tuple(programmes[id] for id in read_ids(row[8])),
                tuple(items[id] for id in read_ids(row[9]) if id in items),
                read_ids(row[9]),
                *row[10:],
            ]
        )
        for row in rows
    ]


def entered_on(connection: Connection, id: int) -> str:
    """The day of which a step was entered, as ISO text."""
    (day,) = connection.execute(
        "SELECT effective_on FROM history WHERE entity = ? AND entity_id = ? AND field = ''"
        " ORDER BY seq LIMIT 1",
        [ESCALATION, id],
    ).fetchone()
    return str(day)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


TargetKey = tuple[int, int | None]
"""A region, and the unit of it where the target is a unit."""


def targets(
    connection: Connection, by: By, day: date, *, programme_id: int | None = None,
    under_id: int | None = None,
) -> list[EscalationTarget]:  # fmt: skip
    """Regions of a step of the ladder, or responsible units, that have lines behind on a day.

    What is archived is left out, unless its programme is named.
    """
    groups: dict[TargetKey, list[BehindItem]] = defaultdict(list)
    items = behind_items(connection, day, programme_id, archived=programme_id is not None)
    keys = _keys(connection, [item.row.id for item in items], by, under_id, day)
    for item in items:
        if key := keys.get(item.row.id):
            groups[key].append(item)
    return _with_facts(connection, groups)


def targets_of(connection: Connection, item_id: int, day: date) -> list[EscalationTarget]:
    """What stands against the responsible unit, the county and the city of one item on a day.

    Left out is whatever has no line behind.
    """
    keys: dict[TargetKey, By] = {}
    for by in (By.UNIT, By.COUNTY, By.CITY):  # a city that is its own county is a city
        keys.update(dict.fromkeys(_keys(connection, [item_id], by, None, day).values(), by))
    groups = {
        (region, unit): behind_items(connection, day, unit_id=unit)
        if unit
        else behind_items(connection, day, region=(region, int(DEPTH[by])))
        for (region, unit), by in keys.items()
    }
    return _with_facts(connection, {key: items for key, items in groups.items() if items})


def suggestions(
    targets: Iterable[EscalationTarget], ladder: Ladder, day: date
) -> list[tuple[EscalationTarget, Suggestion]]:
    """The targets towards which a step is due, the gravest first."""
    due = [(target, step) for target in targets if (step := suggest(target.facts, ladder, day))]
    return sorted(due, key=lambda pair: (-pair[1].step.rank, -pair[0].facts.behind))


def _with_facts(
    connection: Connection, groups: Mapping[TargetKey, list[BehindItem]]
) -> list[EscalationTarget]:
    steps = _steps_towards(connection)
    names = _names(connection, groups)
    return [
        EscalationTarget(
            *key, *names[key], _facts(items, steps.get(_towards(*key), ())), tuple(items)
        )
        for key, items in groups.items()
    ]


def _facts(items: list[BehindItem], steps: Iterable[Taken]) -> Facts:
    return Facts(
        behind=len(items),
        not_completed=sum(item.status == Status.NOT_COMPLETED for item in items),
        since=date.fromisoformat(min(item.since for item in items)),
        taken=tuple(steps),
    )


def _keys(
    connection: Connection, ids: list[int], by: By, under_id: int | None, day: date
) -> dict[int, TargetKey]:
    """By item the region, and the unit where units are asked for, that its line counts against."""
    on = on_day(connection, day)
    unit = on.column("responsible_id") if by is By.UNIT else "NULL"
    depth = DEPTH[By.COUNTY] if by is By.UNIT else DEPTH[by]
    query = (
        f"WITH asked (day) AS (SELECT ?) SELECT item.id, l.place_id, {unit} FROM {on.tables}"
        f" JOIN region_ladder l ON l.region_id = {on.column('region_id')} AND l.depth = ?"
        f" WHERE {Scope(under_id=under_id).on(on)}"
        " AND item.id IN ({marks}) ORDER BY item.id"
    )
    rows = fetch_chunks(connection, query, ids, day.isoformat(), int(depth))
    if by is not By.UNIT:
        return {id: (region, None) for id, region, _ in rows}
    return _one_region_a_unit((id, region, unit) for id, region, unit in rows if unit is not None)


def _one_region_a_unit(rows: Iterable[tuple[int, int, int]]) -> dict[int, TargetKey]:
    """A unit with lines in several regions is one target, in the region of its first line."""
    region_of: dict[int, int] = {}
    return {id: (region_of.setdefault(unit, region), unit) for id, region, unit in rows}


def _towards(region_id: int, unit_id: int | None) -> tuple[int | None, int | None]:
    """What a step was taken towards: a unit, wherever it is, or else a region."""
    return (None, unit_id) if unit_id is not None else (region_id, None)


def _steps_towards(connection: Connection) -> dict[tuple[int | None, int | None], list[Taken]]:
    steps: dict[tuple[int | None, int | None], list[Taken]] = defaultdict(list)
    for escalation in escalations(connection):
        steps[_towards(escalation.region_id, escalation.unit_id)].append(escalation.taken)
    return steps


def _names(
    connection: Connection, keys: Iterable[TargetKey]
) -> dict[TargetKey, tuple[str, str | None]]:
    keys = list(keys)
    regions = regions_by_id(connection, {region for region, _ in keys})
    units = labels(connection, UNIT, {unit for _, unit in keys if unit is not None})
    return {
        (region, unit): (units[unit], None)
        if unit is not None
        else (regions[region].name, regions[region].name_en)
        for region, unit in keys
    }
