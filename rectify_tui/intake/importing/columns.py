"""What the cells of a column show together: the order of its days, the scale of its numbers."""

from __future__ import annotations

from collections.abc import Mapping

from rectify_tui.domain.day_order import Order, day_in, order_of
from rectify_tui.domain.fields import FieldKind, Fields
from rectify_tui.intake.importing.cells import scale_of
from rectify_tui.intake.mapping.fields import ON
from rectify_tui.intake.table import Table

_DAY_KINDS = (
    FieldKind.DEADLINE, FieldKind.START, FieldKind.PAST_DAY, FieldKind.COMING_DAY,
)  # fmt: skip


class ColumnHints:
    """The first rows of a table, looked at once for all columns that need it.

    `at` are the indexes of the columns by field. `scales` tell of columns of percentages whether
    they are written as fractions. `order` is that of days which their column leaves open, where
    somebody said so.
    """

    def __init__(
        self, table: Table, fields: Fields, at: Mapping[str, int], order: Order | None
    ) -> None:
        days = [name for name in (*_names(fields, *_DAY_KINDS), ON) if name in at]
        percentages = [name for name in _names(fields, FieldKind.PERCENT) if name in at]
        rows = table.first_rows if days or percentages else []
        self.scales = {name: scale_of(row.raw[at[name]] for row in rows) for name in percentages}
        self._orders: dict[str, Order | None] = {
            name: order_of(row.cells[at[name]] for row in rows) or order for name in days
        }

    def day_text(self, name: str, text: str) -> str:
        """A cell's text with its day as ISO, where only the column tells what it means."""
        day = day_in(text, self._orders.get(name))
        return text if day is None else day.isoformat()


def _names(fields: Fields, *kinds: FieldKind) -> tuple[str, ...]:
    return tuple(field.name for field in fields.of_kind(*kinds))
