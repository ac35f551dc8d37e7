"""Returns in the store: what each recipient is still asked about, and what was sent to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Literal, NamedTuple

from rectify_tui.domain.fields import ITEM, FieldKind
from rectify_tui.domain.region import Depth
from rectify_tui.domain.status import Status, Verification
from rectify_tui.domain.timeline import Value
from rectify_tui.store.connection import Connection
from rectify_tui.store.programmes import NOT_ARCHIVED
from rectify_tui.store.records import RETURN_SHEET, read_ids
from rectify_tui.store.references import item_ref
from rectify_tui.store.scope import Scope

SentTo = Literal["city", "unit"]
"""Whether a return goes to each city or to each responsible unit."""


class OpenItem(NamedTuple):
    """An item that is not done: neither completed nor merged, or refuted on site all the same.

    `values` has what goes out in a return, by the name of the field; of units their names.
    """

    id: int
    programme: str
    number: str
    region: str
    region_en: str | None
    refuted: int
    reconstructed: int
    simulated: int
    values: Mapping[str, Value]

    @property
    def ref(self) -> str:
        """`HLJ-2018/12`."""
        return item_ref(self.programme, self.number)


class Recipient(NamedTuple):
    """Who gets a return: a region or a responsible unit. `above` is the region that holds it.

    `own` marks a province or the nation, standing for what belongs to no city of it.
    """

    id: int
    name: str
    name_en: str | None
    above: str | None
    above_en: str | None
    own: bool


class Slice(NamedTuple):
    """The open items of one recipient, by programme and number."""

    recipient: Recipient
    items: tuple[OpenItem, ...]


_OPEN = (
    f"(item.status NOT IN ('{Status.COMPLETED}', '{Status.MERGED}')"
    f" OR (item.status = '{Status.COMPLETED}' AND item.verification = '{Verification.REFUTED}'))"
)
_ITEM = (
    "item.id, p.code, item.number, r.name, r.name_en,"
    f" CASE item.verification WHEN '{Verification.REFUTED}' THEN 1 ELSE 0 END,"
    " item.reconstructed, p.simulated"
)
_RETURNED = tuple(
    field for field in ITEM.values() if field.returned and field.kept_in and field.name != "region"
)
_UNITS = tuple(field for field in _RETURNED if field.kind is FieldKind.UNIT)
_VALUES = ", ".join(
    f"{field.name}_unit.name" if field in _UNITS else f"item.{field.column}" for field in _RETURNED
)
_UNIT_NAMES = " ".join(
    f"LEFT JOIN unit {field.name}_unit ON {field.name}_unit.id = item.{field.column}"
    for field in _UNITS
)
_PLACE = "place.id, place.name, {en}, above.name, above.name_en, {own}"
_OF_CITY = _PLACE.format(en="place.name_en", own=f"place.depth < {int(Depth.CITY)}")
_OF_UNIT = _PLACE.format(en="NULL", own="0")
_CITY = (
    f"JOIN region_ladder l ON l.region_id = item.region_id AND l.depth = {int(Depth.CITY)}"
    " JOIN region place ON place.id = l.place_id"
    " LEFT JOIN region above ON above.id = place.parent_id"
)
_UNIT = (
    "JOIN unit place ON place.id = item.responsible_id"
    " LEFT JOIN region above ON above.id = place.region_id"
)
_BY_CODE = "place.code IS NULL, place.code, place.id"
_BY_NAME = "place.name, place.id"


def open_slices(connection: Connection, by: SentTo, scope: Scope) -> list[Slice]:
    """The open items of every recipient that has any, in one query.

    `city` is the region two steps below the nation; what belongs to a province and to no city of it
    is a slice of its own. Items without a responsible unit are in no slice by `unit`, those of
    archived programmes are where theirs is named.
    """
    where = scope.where
    if scope.programme_id is None:
        where += f" AND {NOT_ARCHIVED}"
    place, join, order = (
        (_OF_CITY, _CITY, _BY_CODE) if by == "city" else (_OF_UNIT, _UNIT, _BY_NAME)
    )
    rows = connection.execute(
        f"SELECT {place}, {_ITEM}, {_VALUES} FROM item {join}"
        " JOIN programme p ON p.id = item.programme_id JOIN region r ON r.id = item.region_id"
        f" {_UNIT_NAMES} WHERE {_OPEN} AND {where}"
        f" ORDER BY {order}, item.programme_id, item.number_key, item.id"
    )
    wide = len(Recipient._fields)
    return [
        Slice(_recipient(key), tuple(_open_item(row[wide:]) for row in group))
        for key, group in groupby(rows, key=lambda row: row[:wide])
    ]


def _open_item(row: tuple[Any, ...]) -> OpenItem:
    known = len(row) - len(_RETURNED)
    names = (field.name for field in _RETURNED)
    return OpenItem(*[*row[:known], dict(zip(names, row[known:], strict=True))])


def _recipient(row: tuple[Any, ...]) -> Recipient:
    *names, own = row
    return Recipient(*[*names, bool(own)])


def idle_recipients(connection: Connection, by: SentTo, scope: Scope) -> list[Recipient]:
    """The recipients that have nothing open.

    By city, these are the cities of every province that has items, be it none of their own; by
    unit, the units that are responsible for something.
    """
    where = scope.where
    if by == "unit":
        rows = connection.execute(
            f"SELECT {_OF_UNIT} FROM item {_UNIT} WHERE {where}"
            " GROUP BY place.id, place.name, above.name, above.name_en"
            f" HAVING COUNT(*) FILTER (WHERE {_OPEN}) = 0 ORDER BY {_BY_NAME}"
        )
        return list(map(_recipient, rows))
    inside = "place.id IN (SELECT region_id FROM region_ladder WHERE place_id = ?)"
    within = "TRUE" if scope.under_id is None else inside
    under = [] if scope.under_id is None else [scope.under_id]
    rows = connection.execute(
        f"SELECT {_OF_CITY} FROM region place LEFT JOIN region above ON above.id = place.parent_id"
        f" WHERE place.depth = {int(Depth.CITY)} AND {within} AND place.parent_id IN"
        " (SELECT l.place_id FROM item JOIN region_ladder l ON l.region_id = item.region_id"
        f" AND l.depth = {int(Depth.PROVINCE)} WHERE {where})"
        " AND place.id NOT IN (SELECT l.place_id FROM item JOIN region_ladder l"
        f" ON l.region_id = item.region_id AND l.depth = {int(Depth.CITY)}"
        f" WHERE {_OPEN} AND {where}) ORDER BY {_BY_CODE}",
        under,
    )
    return list(map(_recipient, rows))


def open_without_unit(connection: Connection, scope: Scope) -> int:
    """How many open items no unit is responsible for."""
    row = connection.execute(
        f"SELECT COUNT(*) FROM item WHERE item.responsible_id IS NULL AND {_OPEN} AND {scope.where}"
    ).fetchone()
    return int(row[0])


# --- what was sent ---


@dataclass(frozen=True)
class NewReturn:
    """A return about to be recorded; it goes to a region or to a unit.

    `head_seq` and `head_hash` are the newest row of history that it shows.
    """

    code: str
    programme_id: int | None
    region_id: int | None
    unit_id: int | None
    cutoff: date
    due_on: date
    item_ids: tuple[int, ...]
    head_seq: int
    head_hash: str


@dataclass(frozen=True)
class SentReturn(NewReturn):
    """A return that was sent, as recorded."""

    id: int


def return_by_code(connection: Connection, code: str) -> SentReturn | None:
    """The return of a code, None where none was sent under it."""
    row = connection.execute(
        "SELECT code, programme_id, region_id, unit_id, cutoff, due_on, item_ids, head_seq,"
        " head_hash, id FROM return_sheet WHERE code = ?",
        [code],
    ).fetchone()
    if row is None:
        return None
    code, programme, region, unit, cutoff, due_on, item_ids, *rest = row
    days = date.fromisoformat(cutoff), date.fromisoformat(due_on)
    ids = read_ids(item_ids)
    return SentReturn(code, programme, region, unit, *days, ids, *rest)


def next_return_id(connection: Connection) -> int:
    """The id that the next return gets; none is ever used twice."""
    row = connection.execute(
        "SELECT COALESCE(MAX(entity_id), 0) + 1 FROM history WHERE entity = ?", [RETURN_SHEET]
    ).fetchone()
    return int(row[0])


def sent_on(connection: Connection, id: int) -> str:
    """The day (ISO text) on which a return was made."""
    row = connection.execute(
        "SELECT b.recorded_on FROM history h JOIN batch b ON b.id = h.batch_id"
        " WHERE h.entity = ? AND h.entity_id = ? ORDER BY h.seq LIMIT 1",
        [RETURN_SHEET, id],
    ).fetchone()
    return str(row[0])
