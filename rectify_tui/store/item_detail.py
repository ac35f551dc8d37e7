"""Everything about one item but its history."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from rectify_tui.domain.merge import carrier
from rectify_tui.store.closings import Closing, closings
from rectify_tui.store.connection import Connection
from rectify_tui.store.evidence import Evidence, evidence_of
from rectify_tui.store.extensions import Extension, extensions
from rectify_tui.store.items import ItemRow, item_rows
from rectify_tui.store.milestones import Measure, measures
from rectify_tui.store.on_day import on_day_or_now
from rectify_tui.store.references import pointers_from
from rectify_tui.store.visits import Visit, visits


@dataclass(frozen=True)
class ItemDetail:
    """Everything about an item but its history.

    `live` is the item or programme at the end of the chain of merges, `carries` the items merged
    into this one.
    """

    row: ItemRow
    region_path: tuple[str, ...] = ()
    live: str | None = None
    carries: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = field(default_factory=tuple)
    extensions: tuple[Extension, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    closings: tuple[Closing, ...] = ()
    visits: tuple[Visit, ...] = ()


def item_detail(connection: Connection, id: int, *, as_of: date | None = None) -> ItemDetail | None:
    """Everything about an item, None where it is gone."""
    rows = item_rows(connection, [id], as_of=as_of)
    if not rows:
        return None
    row = rows[0]
    return ItemDetail(
        row, _region_path(connection, id, as_of),
        _live(connection, id) if row.merged_into else None,
        _carried(connection, id), measures(connection, id, as_of),
        tuple(extensions(connection, [id], as_of or date.max)),
        tuple(evidence_of(connection, [id], as_of or date.max)),
        tuple(closings(connection, [id], as_of or date.max)),
        tuple(visits(connection, [id], as_of or date.max)),
    )  # fmt: skip


def _region_path(connection: Connection, id: int, as_of: date | None) -> tuple[str, ...]:
    on = on_day_or_now(connection, as_of)
    rows = connection.execute(
        f"WITH asked (day) AS (SELECT ?) SELECT DISTINCT p.depth, p.name FROM {on.tables}"
        f" JOIN region_ladder l ON l.region_id = {on.column('region_id')}"
        " JOIN region p ON p.id = l.place_id WHERE item.id = ? ORDER BY p.depth",
        [on.day.isoformat(), id],
    )
    return tuple(name for _, name in rows)


def _live(connection: Connection, id: int) -> str:
    last = carrier(id, pointers_from(connection, [id]))
    row = item_rows(connection, [last])[0]
    return row.merged_into or row.ref


def _carried(connection: Connection, id: int) -> tuple[str, ...]:
    rows = connection.execute("SELECT id FROM item WHERE merged_item_id = ?", [id])
    return tuple(row.ref for row in item_rows(connection, [item_id for (item_id,) in rows]))
