"""Reading items as the rows of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from rectify_tui.domain.fields import ITEM as FIELDS
from rectify_tui.domain.fields import Field, FieldKind
from rectify_tui.domain.timeline import Replayed, Values, replay
from rectify_tui.store.connection import Connection, fetch_chunks
from rectify_tui.store.filters import item_conditions
from rectify_tui.store.history import histories
from rectify_tui.store.labels import labels
from rectify_tui.store.listing import Listing, ListKind, ListQuery, orders_of
from rectify_tui.store.on_day import NOW, on_day_or_now
from rectify_tui.store.records import ITEM, PROGRAMME, UNIT
from rectify_tui.store.regions import regions_by_id
from rectify_tui.store.rows import OF_OTHERS, Row, Selection, reference_sql

if TYPE_CHECKING:
    from rectify_tui.store.ledger import Ledger

ITEMS = ListKind(
    table="item",
    orders=orders_of(FIELDS, "item"),
    conditions=item_conditions,
)


class ItemRow(Row):
    """An item as a list shows it; `merged_into` is what carries it on."""

    problem: str
    region: str
    region_en: str | None
    region_code: str | None
    responsible: str | None
    lead: str | None
    supervising: str | None
    goal: str | None
    deadline: str | None
    deadline_kind: str
    due_on: str | None
    start_on: str | None
    progress: int | None
    verification: str
    visited_on: str | None
    visit_reported: str | None
    visits: int | None
    major: bool
    repeated: bool
    merged_into: str | None
    closure: str | None
    closure_level: str | None
    closure_on: str | None
    notice_until: str | None
    reason: str | None
    next_step: str | None
    next_on: str | None
    put_off_until: str | None
    reviewed_on: str | None
    first_due_on: str | None
    days_granted: int | None
    step_due_on: str | None
    steps_done: int | None
    steps: int | None


_ROWS = Selection(
    FIELDS,
    "item",
    f"""
FROM (SELECT '{NOW.day}' AS day) {NOW.tables}
JOIN programme ON programme.id = item.programme_id
JOIN region ON region.id = item.region_id
LEFT JOIN item live ON live.id = item.merged_item_id
LEFT JOIN programme carrier ON carrier.id = COALESCE(live.programme_id, item.merged_programme_id)
WHERE item.id IN ({{marks}})
""",
    {
        **OF_OTHERS,
        "ref": reference_sql("item"),
        "rev": "item.rev",
        "merged_into": "CASE WHEN live.id IS NULL THEN carrier.code"
        " ELSE carrier.code || '/' || live.number END",
        "carries": None,
        **{field.name: NOW.column(field.name) for field in FIELDS.worked_out},
    },
)
_UNITS = FIELDS.of_kind(FieldKind.UNIT)
_NAMED = (FieldKind.REFERENCE, FieldKind.REGION, FieldKind.UNIT)
_DATED = [field for field in FIELDS.values() if field.dated and field.kind not in _NAMED]
_OF_DEADLINE = [FIELDS[name] for name in FIELDS["deadline"].kept_in if name in FIELDS]


def item_rows(
    connection: Connection, ids: list[int], *, as_of: date | None = None
) -> list[ItemRow]:
    """Items by id, in that order; with `as_of`, what is dated as it was on that day."""
    rows = {values["id"]: ItemRow(values) for values in _ROWS.read(connection, ids)}
    if as_of is not None:
        moved = _changed_after(connection, ids, as_of.isoformat())
        rows |= _as_of(connection, {id: rows.pop(id) for id in moved}, as_of.isoformat())
        worked_out = _worked_out(connection, ids, as_of)
        rows = {id: row.but(worked_out.get(id, _EMPTY)) for id, row in rows.items()}
    return [rows[id] for id in ids if id in rows]


def _changed_after(connection: Connection, ids: list[int], day: str) -> list[int]:
    """Items of which anything holds from after a day; of all others the row says what held."""
    query = "SELECT id FROM item WHERE last_on > ? AND id IN ({marks})"
    return [id for (id,) in fetch_chunks(connection, query, ids, day)]


def item_objects(
    connection: Connection, ids: list[int], *, fields: Iterable[Field], between: str
) -> list[str]:
    """Items by id, in that order, each as the members of an object in JSON; see `engine.members`.

    The engine puts them together in a third of the time that rows take.
    """
    objects = dict(_ROWS.objects(connection, ids, fields, between))
    return [objects[id] for id in ids if id in objects]


_EMPTY: dict[str, Any] = {field.key: None for field in FIELDS.worked_out}


def _worked_out(
    connection: Connection, ids: Sequence[int], as_of: date
) -> dict[int, dict[str, Any]]:
    """What followed from other records on a day, by the id of the item."""
    names = [field.name for field in FIELDS.worked_out]
    return {
        id: dict(zip(_EMPTY, values, strict=True))
        for id, *values in _columns(connection, ids, names, as_of)
    }


def rows_in_part(
    connection: Connection, ids: Sequence[int], names: Sequence[str], *, as_of: date | None = None
) -> Iterator[ItemRow]:
    """Items in no order that have nothing but some columns of their own, which is read quickly."""
    for _, *values in _columns(connection, ids, names, as_of):
        yield ItemRow(dict(zip(names, values, strict=True)))


def _columns(
    connection: Connection, ids: Sequence[int], names: Iterable[str], as_of: date | None
) -> Iterator[tuple[Any, ...]]:
    """The id of each item and some of its columns."""
    on = on_day_or_now(connection, as_of)
    query = (
        f"WITH asked (day) AS (SELECT ?) SELECT item.id, {', '.join(map(on.column, names))}"
        f" FROM {on.tables} WHERE item.id IN ({{marks}})"
    )
    return fetch_chunks(connection, query, ids, on.day.isoformat())


def _as_of(connection: Connection, rows: dict[int, ItemRow], day: str) -> dict[int, ItemRow]:
    past = {
        id: then
        for id, history in histories(connection, ITEM, list(rows))
        if (then := replay(history, as_of=day)) is not None
    }
    carriers = _carriers(connection, past.values())
    names = _assigned_names(connection, past.values())
    then_rows = {}
    for id, then in past.items():
        values: Any = then.values
        on_that_day = {field.key: values.get(field.column) for field in _DATED}
        on_that_day |= {field.name: values.get(field.name) for field in _OF_DEADLINE}
        on_that_day |= names(values)
        began = (on for on, _ in then.timeline if on <= day)
        on_that_day["since"] = max(began, default=rows[id].since)
        pointer = values["merged_item_id"], values["merged_programme_id"]
        on_that_day["merged_into"] = carriers.get(pointer)
        then_rows[id] = rows[id].but(on_that_day)
    return then_rows


def _assigned_names(
    connection: Connection, items: Iterable[Replayed]
) -> Callable[[Values], dict[str, Any]]:
    """What the regions and units that items had are called, as rows name them."""
    values = [item.values for item in items]
    regions = regions_by_id(connection, {int(each["region_id"] or 0) for each in values})
    units = labels(
        connection, UNIT, {int(id) for each in values for f in _UNITS if (id := each[f.column])}
    )

    def names(item: Values) -> dict[str, Any]:
        region = regions[int(item["region_id"] or 0)]
        called = {"region": region.name, "region_en": region.name_en, "region_code": region.code}
        return called | {f.key: units.get(int(item[f.column] or 0)) for f in _UNITS}

    return names


def _carriers(connection: Connection, items: Iterable[Replayed]) -> dict[tuple[Any, Any], str]:
    """What merged items point to, by the item or else the programme that carries them on."""
    values: Any = [each.values for each in items]
    pointers = {(each["merged_item_id"], each["merged_programme_id"]) for each in values}
    to_items = labels(connection, ITEM, [item for item, _ in pointers if item])
    to_programmes = labels(connection, PROGRAMME, [to for _, to in pointers if to])
    return {
        (item, to): to_items[item] if item else to_programmes[to]
        for item, to in pointers
        if item or to
    }


class ItemList(Listing):
    """Items under a filter, for every face."""

    def __init__(self, ledger: Ledger, query: ListQuery) -> None:
        super().__init__(ledger, ITEMS, query)

    def rows(self, start: int, stop: int) -> list[ItemRow]:
        """The items from index `start` up to, not including, `stop`."""
        ids = self.ids(start, stop)
        return item_rows(self.ledger.reader(), ids, as_of=self.query.as_of)
