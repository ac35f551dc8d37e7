"""Fields as columns of a list, and records as its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rectify_tui.domain.fields import Field, FieldKind
from rectify_tui.i18n import Language
from rectify_tui.reports.fields import row_text, title
from rectify_tui.store.cases import CaseList
from rectify_tui.store.items import ItemList
from rectify_tui.tui.sources.look import short_ref, status_cell
from rectify_tui.tui.widgets.table.source import Align, Cell, Column, Row


@dataclass(frozen=True)
class FieldColumn:
    """A field as a column. For `width`, `stretch` and `priority` see `Column`.

    `order` is the order that a click on the title asks for, where that is not the field's own;
    `text` what is drawn where that is not what stands in the field.
    """

    field: Field
    width: int
    align: Align = "left"
    stretch: int = 0
    priority: int = 0
    order: str = ""
    text: Callable[[Language, Any], str] | None = None

    @property
    def key(self) -> str:
        """The key of the column: its order, where it has one."""
        return self.order or self.field.sort or self.field.name

    def column(self, t: Language) -> Column:
        """The column as the table lays it out."""
        short = title(self.field, t, short=True)
        return Column(self.key, short, self.width, self.align, self.stretch, self.priority)

    def cell(self, t: Language, row: Any, *, ascii: bool, whole: bool = False) -> str | Cell:
        """What is drawn of a row; when `whole` nothing is cut, and words stand without signs."""
        if self.text is not None:
            return self.text(t, row)
        if whole:
            return row_text(row, self.field, t).replace("\n", " ").strip()
        match self.field.kind:
            case FieldKind.STATUS:
                return status_cell(t, "item", row.status, ascii=ascii)
            case FieldKind.CASE_STATUS:
                return status_cell(t, "case", row.status, ascii=ascii)
        if self.field.name == "ref":
            return short_ref(row.ref, self.width, t("tui.sign.cut"))
        return row_text(row, self.field, t).replace("\n", " ").strip()


def cells_of(
    t: Language, row: Any, columns: Sequence[FieldColumn], *, ascii: bool, whole: bool = False
) -> dict[str, str | Cell]:
    """What is drawn of a row, by the keys of its columns."""
    return {column.key: column.cell(t, row, ascii=ascii, whole=whole) for column in columns}


class RecordSource:
    """The rows of a list of records."""

    def __init__(
        self,
        listing: ItemList | CaseList,
        columns: Sequence[FieldColumn],
        t: Language,
        *,
        ascii: bool,
    ) -> None:
        self.listing = listing
        self._columns = columns
        self._t = t
        self._ascii = ascii

    def count(self) -> int:
        """How many rows there are."""
        return self.listing.count()

    def position(self, key: int) -> int | None:
        """The index of a row."""
        return self.listing.position(key)

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        """Rows by index, as the table draws them."""
        return self._rows(start, stop, whole=False)

    def whole_rows(self, start: int, stop: int) -> Sequence[Row]:
        """Rows by index, nothing cut and without signs."""
        return self._rows(start, stop, whole=True)

    def _rows(self, start: int, stop: int, *, whole: bool) -> list[Row]:
        t, columns, ascii = self._t, self._columns, self._ascii
        return [
            Row(record.id, cells_of(t, record, columns, ascii=ascii, whole=whole))
            for record in self.listing.rows(start, stop)
        ]


def with_marks(t: Language, row: Any, text: str) -> str:
    """A text on one line, after marks for what was reconstructed or simulated."""
    marks = []
    if row.reconstructed:
        marks.append(t("tui.reconstructed"))
    if row.simulated:
        marks.append(t("tui.simulated"))
    mark = f"[{' '.join(marks)}] " if marks else ""
    return (mark + text).replace("\n", " ").strip()
