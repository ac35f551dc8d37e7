"""Cells that nobody could read, as a table."""

from __future__ import annotations

from collections.abc import Iterable

from rectify_tui.i18n import Language
from rectify_tui.reports import fields
from rectify_tui.reports.table import Column, Kind, Labelled, Table
from rectify_tui.store.records import DECLARED
from rectify_tui.store.unread import UnreadCell

_COLUMNS: tuple[tuple[str, Kind], ...] = (
    ("ref", "whole"), ("field", "text"), ("cell", "text"), ("source", "text"),
)  # fmt: skip


def unread_table(cells: Iterable[UnreadCell], t: Language) -> Table:
    """A line for each cell."""
    columns = tuple(Column(key, t(f"unread.column.{key}"), kind) for key, kind in _COLUMNS)
    return Table(t("unread.title"), columns, (_row(cell, t) for cell in cells))


def _row(cell: UnreadCell, t: Language) -> dict[str, object]:
    title = fields.title(DECLARED[cell.entity][cell.field], t)
    return {
        "kind": cell.entity, "ref": cell.ref, "field": Labelled(cell.field, title),
        "cell": cell.cell, "source": cell.source,
    }  # fmt: skip
