"""Fields as columns of a list, and records as its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from rectify_tui.domain.fields import DAYS, EVERYWHERE, Field, FieldKind, Fields
from rectify_tui.domain.status import CaseStatus, Group, Status, statuses_of
from rectify_tui.i18n import Language
from rectify_tui.reports.fields import row_text, title
from rectify_tui.store.cases import CaseList
from rectify_tui.store.items import ItemList
from rectify_tui.tui.sources.look import short_ref, status_cell
from rectify_tui.tui.widgets.table.source import Align, Cell, Column, Row


class RowStyle(NamedTuple):
    """How rows are drawn: in which words and signs, and as of which day.

    `single` says that all are of one programme, so that a number is enough to tell them apart,
    `whole` that nothing is to be cut and words stand without signs.
    """

    t: Language
    day: date
    ascii: bool
    single: bool = False
    whole: bool = False


class FieldColumn(NamedTuple):
    """A field as a column. For `width`, `stretch` and `priority` see `Column`.

    `alone` is the width that is enough where there is a single programme, `order` the order that a
    click on the title asks for, where that is not the field's own, `text` what is drawn where that
    is not what stands in the field. What is `extra` is there only where somebody asks for it.
    """

    field: Field
    width: int
    align: Align = "left"
    stretch: int = 0
    priority: int = 0
    alone: int = 0
    order: str = ""
    text: Callable[[RowStyle, Any], str | Cell] | None = None
    extra: bool = False

    @property
    def key(self) -> str:
        """The key of the column: its order, where it has one."""
        return self.order or self.field.sort or self.field.name

    def cells(self, *, single: bool) -> int:
        """The least width."""
        return self.alone if single and self.alone else self.width

    def column(self, t: Language, *, single: bool = False) -> Column:
        """The column as the table lays it out."""
        short, width = title(self.field, t, short=True), self.cells(single=single)
        return Column(self.key, short, width, self.align, self.stretch, self.priority)

    def cell(self, style: RowStyle, row: Any) -> str | Cell:
        """What is drawn of a row."""
        t = style.t
        if self.text is not None:
            return self.text(style, row)
        if style.whole:
            return row_text(row, self.field, t).replace("\n", " ").strip()
        match self.field.kind:
            case FieldKind.STATUS:
                return status_cell(t, "short", row.status, ascii=style.ascii)
            case FieldKind.CASE_STATUS:
                return status_cell(t, "case", row.status, ascii=style.ascii)
        if self.field.name == "ref":
            ref = row.number if style.single else row.ref
            return short_ref(ref, self.cells(single=style.single), t("tui.sign.cut"))
        return row_text(row, self.field, t).replace("\n", " ").strip()


def cells_of(style: RowStyle, row: Any, columns: Sequence[FieldColumn]) -> dict[str, str | Cell]:
    """What is drawn of a row, by the keys of its columns."""
    return {column.key: column.cell(style, row) for column in columns}


_NEVER_ASKED_FOR = frozenset({"programme", "as_sent", "unread", "rev", "key_case"})
"""Fields that are told by the number, or on the page about a record."""

_DAY_CELLS, _TEXT_CELLS = 10, 14


def further(fields: Fields, listed: Sequence[FieldColumn]) -> tuple[FieldColumn, ...]:
    """The other fields that are told everywhere, as columns for those who ask for them."""
    names = {column.field.name for column in listed} | _NEVER_ASKED_FOR
    return tuple(
        FieldColumn(field, _DAY_CELLS if field.kind in DAYS else _TEXT_CELLS, extra=True)
        for field in fields.values()
        if EVERYWHERE in field.shown and field.name not in names
    )


_DONE = frozenset({*statuses_of(Group.COMPLETED), Status.MERGED, CaseStatus.CLOSED})
"""Statuses of records that need nobody any more."""


class RecordSource:
    """The rows of a list of records. What is done recedes."""

    def __init__(
        self, listing: ItemList | CaseList, columns: Sequence[FieldColumn], style: RowStyle
    ) -> None:
        self.listing = listing
        self._columns = columns
        self._style = style

    @property
    def programme(self) -> str | None:
        """The one programme of all rows, once it is known; None where there are several."""
        return self.listing.programme

    def count(self) -> int:
        """How many rows there are."""
        n = self.listing.count()
        self.listing.find_programme()
        return n

    def position(self, key: int) -> int | None:
        """The index of a row."""
        return self.listing.position(key)

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        """Rows by index, as the table draws them."""
        return self._rows(start, stop, self._style._replace(single=self.programme is not None))

    def whole_rows(self, start: int, stop: int) -> Sequence[Row]:
        """Rows by index, nothing cut and without signs."""
        return self._rows(start, stop, self._style._replace(whole=True))

    def _rows(self, start: int, stop: int, style: RowStyle) -> list[Row]:
        return [
            Row(
                record.id, cells_of(style, record, self._columns),
                "window-table--muted" if record.status in _DONE else "",
            )
            for record in self.listing.rows(start, stop)
        ]  # fmt: skip


def with_marks(t: Language, row: Any, text: str) -> str:
    """A text on one line, after marks for what was reconstructed or simulated."""
    marks = []
    if row.reconstructed:
        marks.append(t("tui.reconstructed"))
    if row.simulated:
        marks.append(t("tui.simulated"))
    mark = f"[{' '.join(marks)}] " if marks else ""
    return (mark + text).replace("\n", " ").strip()
