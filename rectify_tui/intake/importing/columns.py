"""What the cells of a column show together: the order of its days, the scale of its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from rectify_tui.domain.day_order import Order, day_in, order_of
from rectify_tui.intake.importing.cells import Scale, scale_of
from rectify_tui.intake.table import Table, TableRow

_ROWS = 1_000
"""How many rows are looked at."""

_DAYS = frozenset({"deadline", "start", "on", "next_on", "passed_on", "closed_on"})


class ColumnHints:
    """The first rows of a table, looked at once for all columns that need it.

    `at` are the indexes of the columns by field.
    """

    def __init__(self, table: Table, at: Mapping[str, int]) -> None:
        days = [name for name in _DAYS if name in at]
        rows = list(islice(table.rows(), _ROWS)) if days or "progress" in at else []
        self.scale = _scale(rows, at.get("progress"))
        self._orders: dict[str, Order | None] = {
            name: order_of(row.cells[at[name]] for row in rows) for name in days
        }

    def day_text(self, name: str, text: str) -> str:
        """A cell's text with its day as ISO, where only the column tells what it means."""
        day = day_in(text, self._orders.get(name))
        return text if day is None else day.isoformat()


def _scale(rows: Iterable[TableRow], index: int | None) -> Scale:
    return Scale.UNKNOWN if index is None else scale_of(row.raw[index] for row in rows)
