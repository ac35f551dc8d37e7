"""A list of items as a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from rectify_tui.domain.fields import ITEM, Shown
from rectify_tui.reports import fields, labels
from rectify_tui.reports.table import Labelled, Table

if TYPE_CHECKING:
    from rectify_tui.i18n import Language
    from rectify_tui.store.items import ItemRow


def item_table(
    rows: Iterable[ItemRow], t: Language, *, as_of: date, full: bool = False,
    notes: tuple[str, ...] = (),
) -> Table:  # fmt: skip
    """A list of items; `full` has a column for every field, else there is what fits a screen.

    Unless `full`, the due date stands for the deadline too, and the problem says first where the
    line comes from.
    """
    title = labels.dated(t, t("report.items"), as_of)
    shown = ITEM.shown(Shown.EXPORT) if full else ITEM.listed()
    cells = fields.cells(shown, t)
    if not full:
        cells |= {
            "due_on": lambda row: Labelled(row.due_on, row.due_on or row.deadline or ""),
            "problem": lambda row: problem(row, t),
        }
    lines = (fields.line(row, cells) for row in rows)
    return Table(title, fields.columns(shown, t), lines, notes)


def problem(row: ItemRow, t: Language) -> Labelled:
    """The problem of an item, which says first where its line comes from."""
    return labels.marked(t, row.problem, reconstructed=row.reconstructed, simulated=row.simulated)
