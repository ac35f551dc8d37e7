"""Rows of items, in the words of the user."""

from __future__ import annotations

from collections.abc import Sequence

from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.i18n import Language
from rectify_tui.store.items import ItemList, ItemRow
from rectify_tui.tui.sources.look import REF_CELLS, short_ref, status_cell
from rectify_tui.tui.widgets.table.source import Cell, Column, Row


def item_columns(t: Language) -> tuple[Column, ...]:
    """The columns of the list of items. A column's key names its order, where it has one."""
    return (
        Column("number", t("tui.column.ref"), REF_CELLS),
        Column("status", t("tui.column.status"), 16),
        Column("progress", t("tui.column.progress"), 5, "right", priority=2),
        Column("due", t("tui.column.due"), 10),
        Column("region", t("tui.column.region"), 12, stretch=1, priority=1),
        Column("problem", t("tui.column.problem"), 12, stretch=4),
        Column("unit", t("tui.column.unit"), 14, stretch=1, priority=3),
        Column("since", t("tui.column.since"), 10, priority=4),
    )


def short_columns(t: Language) -> tuple[Column, ...]:
    """The columns of the short list of what is behind."""
    return tuple(column for column in item_columns(t) if column.key not in ("progress", "since"))


class ItemSource:
    """The rows of a list of items."""

    def __init__(self, items: ItemList, t: Language, *, ascii: bool) -> None:
        self.items = items
        self.t = t
        self.ascii = ascii

    def count(self) -> int:
        """How many items there are."""
        return self.items.count()

    def position(self, key: int) -> int | None:
        """The index of an item."""
        return self.items.position(key)

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        """Items by index, as the table draws them."""
        return [self._row(item) for item in self.items.rows(start, stop)]

    def _row(self, item: ItemRow) -> Row:
        cells: dict[str, str | Cell] = {
            "number": short_ref(item.ref, REF_CELLS, self.t("tui.sign.cut")),
            "status": status_cell(self.t, "item", item.status, ascii=self.ascii),
            "progress": "" if item.progress is None else f"{item.progress}%",
            "due": due_text(self.t, item),
            "region": self.t.name(item.region, item.region_en),
            "problem": problem_text(self.t, item),
            "unit": item.responsible or "",
            "since": item.since,
        }
        return Row(item.id, cells)


def due_text(t: Language, item: ItemRow) -> str:
    """The deadline as read; where no day could be read, as written."""
    if item.due_on:
        return item.due_on
    if item.deadline_kind == DeadlineKind.NONE:
        return ""
    return item.deadline or ""


def problem_text(t: Language, item: ItemRow) -> str:
    """The problem, with marks for what was reconstructed or simulated."""
    marks = []
    if item.reconstructed:
        marks.append(t("tui.reconstructed"))
    if item.simulated:
        marks.append(t("tui.simulated"))
    mark = f"[{' '.join(marks)}] " if marks else ""
    merged = t("tui.merged_into", ref=item.merged_into) + " " if item.merged_into else ""
    return (mark + merged + item.problem).replace("\n", " ").strip()
