"""Cells that files brought and nobody could read, until somebody says what they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.domain.sent_cells import read_cells
from rectify_tui.store.connection import Connection
from rectify_tui.store.records import CASE, ITEM
from rectify_tui.store.references import item_ref


@dataclass(frozen=True)
class UnreadCell:
    """A cell: of which record, for which of its fields, what it holds, and where it came from."""

    entity: str
    ref: str
    field: str
    cell: str
    source: str | None


def unread_cells(connection: Connection, programme_id: int | None = None) -> Iterator[UnreadCell]:
    """All such cells by record; a deadline that could not be read is one, as it was written."""
    queries = (
        (ITEM, f"CASE WHEN r.deadline_kind = '{DeadlineKind.UNREADABLE}' THEN r.deadline END",
         "item", "r.number_key"),
        (CASE, "NULL", "complaint_case", "r.number"),
    )  # fmt: skip
    for entity, deadline, table, order in queries:
        rows = connection.execute(
            f"SELECT p.code, r.number, r.source, r.unread, {deadline} FROM {table} r"
            " JOIN programme p ON p.id = r.programme_id"
            f" WHERE (r.unread IS NOT NULL OR {deadline} IS NOT NULL)"
            f" AND COALESCE(?, r.programme_id) = r.programme_id ORDER BY p.id, {order}, r.id",
            [programme_id],
        )
        for code, number, source, unread, written in rows:
            cells = ({"deadline": written} if written else {}) | read_cells(unread)
            for field, cell in cells.items():
                yield UnreadCell(entity, item_ref(code, number), field, cell, source)
