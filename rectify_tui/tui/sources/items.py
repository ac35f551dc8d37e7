"""Rows of items, in the words of the user."""

from __future__ import annotations

from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.domain.fields import ITEM
from rectify_tui.i18n import Language
from rectify_tui.store.items import ItemRow
from rectify_tui.tui.sources.look import REF_CELLS
from rectify_tui.tui.sources.records import FieldColumn, with_marks


def due_text(t: Language, item: ItemRow) -> str:
    """The deadline as read; where no day could be read, as written."""
    if item.due_on:
        return item.due_on
    if item.deadline_kind == DeadlineKind.NONE:
        return ""
    return item.deadline or ""


def problem_text(t: Language, item: ItemRow) -> str:
    """The problem, with marks for what was reconstructed or simulated, and where it is carried."""
    merged = t("tui.merged_into", ref=item.merged_into) + " " if item.merged_into else ""
    return with_marks(t, item, merged + item.problem)


ITEM_COLUMNS = (
    FieldColumn(ITEM["ref"], REF_CELLS, order="number"),
    FieldColumn(ITEM["status"], 16),
    FieldColumn(ITEM["progress"], 5, "right", priority=2),
    FieldColumn(ITEM["due_on"], 10, text=due_text),
    FieldColumn(ITEM["region"], 12, stretch=1, priority=1),
    FieldColumn(ITEM["problem"], 12, stretch=4, text=problem_text),
    FieldColumn(ITEM["responsible"], 14, stretch=1, priority=3),
    FieldColumn(ITEM["since"], 10, priority=4),
)
"""The columns of the list of items."""

SHORT_COLUMNS = tuple(
    column for column in ITEM_COLUMNS if column.field.name not in ("progress", "since")
)
"""The columns of the short list of what is behind."""
