"""A list of items as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from rectify_tui.domain.fields import ITEM, Shown
from rectify_tui.reports import fields, labels
from rectify_tui.reports.table import Labelled, Table
from rectify_tui.reports.windows import Ids, read_windows
from rectify_tui.reports.writing.json import BETWEEN
from rectify_tui.store import items

if TYPE_CHECKING:
    from rectify_tui.i18n import Language
    from rectify_tui.store.connection import Connection
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


def item_objects(connection: Connection, ids: Ids) -> Iterator[str]:
    """The same for other programs: items as they stand now, each as the members of an object."""
    read = partial(items.item_objects, fields=ITEM.shown(Shown.EXPORT), between=BETWEEN)
    return read_windows(connection, read, ids)


def problem(row: ItemRow, t: Language) -> Labelled:
    """The problem of an item, which says first where its line comes from."""
    return labels.marked(t, row.problem, reconstructed=row.reconstructed, simulated=row.simulated)
