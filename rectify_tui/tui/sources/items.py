"""Rows of items, in the words of the user."""

from __future__ import annotations

from datetime import date

from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.domain.fields import ITEM
from rectify_tui.domain.status import GROUP_OF, Group, Status
from rectify_tui.store.items import ItemRow
from rectify_tui.tui.sources.look import NUMBER_CELLS, REF_CELLS
from rectify_tui.tui.sources.records import FieldColumn, RowStyle, further, with_marks
from rectify_tui.tui.widgets.table.source import Cell

_OVER = (Group.COMPLETED, Group.MERGED)


def due_text(style: RowStyle, item: ItemRow) -> str | Cell:
    """The deadline as short as can be: how long ago, which day of the year, or which month.

    Where no day could be read it stands as written.
    """
    if not item.due_on or style.whole:
        return due_as_read(style, item)
    due = date.fromisoformat(item.due_on)
    if (days := days_over(item, style.day)) > 0:
        return Cell(style.t("tui.days_over", n=days), "bad")
    return f"{due:%m-%d}" if due.year == style.day.year else f"{due:%Y-%m}"


def due_as_read(style: RowStyle, item: ItemRow) -> str:
    """The day of the deadline; where none could be read, the deadline as written."""
    if item.due_on:
        return item.due_on
    return "" if item.deadline_kind == DeadlineKind.NONE else item.deadline or ""


def days_over(item: ItemRow, day: date) -> int:
    """How many days ago an item was due that is not over with, 0 for all others."""
    if not item.due_on or GROUP_OF[Status(item.status)] in _OVER:
        return 0
    return max(0, (day - date.fromisoformat(item.due_on)).days)


def problem_text(style: RowStyle, item: ItemRow) -> str:
    """The problem, with marks for what was reconstructed or simulated, and where it is carried."""
    t = style.t
    merged = t("tui.merged_into", ref=item.merged_into) + " " if item.merged_into else ""
    return with_marks(t, item, merged + item.problem)


_LISTED = (
    FieldColumn(ITEM["ref"], REF_CELLS, alone=NUMBER_CELLS, order="number"),
    FieldColumn(ITEM["status"], 10),
    FieldColumn(ITEM["due_on"], 10, text=due_text),
    FieldColumn(ITEM["region"], 10, priority=1),
    FieldColumn(ITEM["problem"], 20, stretch=4, text=problem_text),
    FieldColumn(ITEM["progress"], 5, "right", priority=2),
    FieldColumn(ITEM["responsible"], 14, stretch=1, priority=3),
    FieldColumn(ITEM["since"], 10, priority=4),
)

ITEM_COLUMNS = (*_LISTED, *further(ITEM, _LISTED))
"""The columns of the list of items."""

SHORT_COLUMNS = tuple(
    column._replace(width=25) if column.field.name == "problem" else column
    for column in _LISTED
    if column.field.name not in ("progress", "since")
)
"""The columns of the short list of what is behind; the problem goes before the unit."""
