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
from rectify_tui.store.records import PROGRAMME, read_ids
from rectify_tui.store.regions import regions_by_id
from rectify_tui.store.rollup_read import DEPTH, By
from rectify_tui.store.scope import Scope


@dataclass(frozen=True)
class Escalation:
    """A step that was taken. Dates are ISO text; `issued` is the day as it was written.

    `unit` is the unit it was taken towards, else it was the region. `items` are references, and
    `programmes` codes.
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

    @property
    def taken(self) -> Taken:
        """The step as the ladder sees it."""
        return Taken(
            EscalationStep(self.step), _day(self.issued_on), _day(self.due_on),
            _day(self.answered_on),
        )  # fmt: skip

    def state(self, day: date) -> str:
        """As `answer_state` says."""
        return answer_state(self.due_on, self.answered_on, day)


@dataclass(frozen=True)
class Target:
    """A region or unit with lines that are behind; `unit_id` None stands for the region."""

    region_id: int
    unit_id: int | None
    name: str
    name_en: str | None
    facts: Facts
    items: tuple[BehindItem, ...]


_SELECT = """
SELECT e.id, e.rev, e.step, e.region_id, r.name, r.name_en, e.unit_id, u.name, e.programmes,
    e.item_ids, e.issued, e.issued_on, e.due_on, e.cause, e.source, e.answer, e.answered_on
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


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def targets(
    connection: Connection, by: By, day: date, *, programme_id: int | None = None,
    under_id: int | None = None,
) -> list[Target]:  # fmt: skip
    """Regions of a step of the ladder, or responsible units, that have lines behind on a day."""
    groups: dict[tuple[int, int | None], list[BehindItem]] = defaultdict(list)
    behind = behind_items(connection, day, programme_id)
    places = _places(connection, [each.row.id for each in behind], by, under_id)
    for each in behind:
        if place := places.get(each.row.id):
            groups[place].append(each)
    taken = _taken(connection)
    names = _names(connection, groups)
    return [
        Target(*key, *names[key], _facts(items, taken.get(_towards(*key), ())), tuple(items))
        for key, items in groups.items()
    ]


def targets_of(connection: Connection, item_id: int, day: date) -> list[Target]:
    """What stands against the responsible unit, the county and the city of one item on a day.

    Left out is whatever has no line behind.
    """
    keys: dict[tuple[int, int | None], By] = {}
    for by in (By.UNIT, By.COUNTY, By.CITY):  # a city that is its own county is a city
        keys.update(dict.fromkeys(_places(connection, [item_id], by, None).values(), by))
    behind = {
        (region, unit): behind_items(connection, day, unit_id=unit)
        if unit
        else behind_items(connection, day, place=(region, int(DEPTH[by])))
        for (region, unit), by in keys.items()
    }
    taken, names = _taken(connection), _names(connection, keys)
    return [
        Target(*key, *names[key], _facts(items, taken.get(_towards(*key), ())), tuple(items))
        for key, items in behind.items()
        if items
    ]


def suggestions(
    found: Iterable[Target], ladder: Ladder, day: date
) -> list[tuple[Target, Suggestion]]:
    """The targets towards which a step is due, the gravest first."""
    due = [(each, step) for each in found if (step := suggest(each.facts, ladder, day))]
    return sorted(due, key=lambda one: (-one[1].step.rank, -one[0].facts.behind))


def _facts(items: list[BehindItem], taken: Iterable[Taken]) -> Facts:
    return Facts(
        behind=len(items),
        not_completed=sum(each.status == Status.NOT_COMPLETED for each in items),
        since=date.fromisoformat(min(each.since for each in items)),
        taken=tuple(taken),
    )


def _places(
    connection: Connection, ids: list[int], by: By, under_id: int | None
) -> dict[int, tuple[int, int | None]]:
    """By item the region, and the unit where units are asked for, that its line counts against."""
    unit = "item.responsible_id" if by is By.UNIT else "NULL"
    depth = DEPTH[By.COUNTY] if by is By.UNIT else DEPTH[by]
    where, params = Scope(under_id=under_id).where
    query = (
        f"SELECT item.id, l.place_id, {unit} FROM item JOIN region_ladder l"
        f" ON l.region_id = item.region_id AND l.depth = ? WHERE {where}"
        " AND item.id IN ({marks}) ORDER BY item.id"
    )
    rows = fetch_chunks(connection, query, ids, int(depth), *params)
    found = {id: (place, unit) for id, place, unit in rows if by is not By.UNIT or unit is not None}
    return _one_region_a_unit(found) if by is By.UNIT else found


def _one_region_a_unit(
    found: Mapping[int, tuple[int, int | None]],
) -> dict[int, tuple[int, int | None]]:
    """A unit with lines in several regions is one target, in the region of its first line."""
    first: dict[int | None, int] = {}
    for region, unit in found.values():
        first.setdefault(unit, region)
    return {id: (first[unit], unit) for id, (_, unit) in found.items()}


def _towards(region_id: int, unit_id: int | None) -> tuple[int | None, int | None]:
    return (None, unit_id) if unit_id is not None else (region_id, None)


def _taken(connection: Connection) -> dict[tuple[int | None, int | None], list[Taken]]:
    found: dict[tuple[int | None, int | None], list[Taken]] = defaultdict(list)
    for each in escalations(connection):
        found[_towards(each.region_id, each.unit_id)].append(each.taken)
    return found


def _names(
    connection: Connection, keys: Iterable[tuple[int, int | None]]
) -> dict[tuple[int, int | None], tuple[str, str | None]]:
    keys = list(keys)
    regions = regions_by_id(connection, {region for region, _ in keys})
    units = dict(
        fetch_chunks(
            connection, "SELECT id, name FROM unit WHERE id IN ({marks})",
            sorted({unit for _, unit in keys if unit is not None}),
        )
    )  # fmt: skip
    return {
        (region, unit): (
            (units[unit], None)
            if unit is not None
            else (regions[region].name, regions[region].name_en)
        )
        for region, unit in keys
    }
