"""A table that was found, and its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from rectify_tui.errors import Problem
from rectify_tui.intake.reading.cells import cell_text
from rectify_tui.intake.reading.limits import MAX_COLUMNS
from rectify_tui.intake.table.body import Body, Skipped
from rectify_tui.intake.table.header import Header, count_filled, filled
from rectify_tui.intake.table.headings import said_unit
from rectify_tui.intake.table.model import Heading, TableRow
from rectify_tui.intake.table.sections import Sections
from rectify_tui.intake.table.words import DITTO

if TYPE_CHECKING:
    from rectify_tui.intake.reading.book import Grid
    from rectify_tui.intake.reading.cells import Cell, Merged, Row


_FIRST = 1_000
"""How many records tell what a column holds."""


@dataclass(frozen=True)
class Place:
    """Where on a sheet a table is: below which headings, to which row, and in which columns.

    `titles` are the texts of the rows above it, `merges` the merged cells of the sheet by the row,
    from 0, in which they begin.
    """

    header: Header
    titles: frozenset[str]
    merges: Mapping[int, Sequence[Merged]]
    last_row: int | None = None
    span: range = range(MAX_COLUMNS)

    def body(self) -> Body:
        """Judges the rows, from the first one below the headings."""
        return Body(self.header, self.titles, self.merges, self.span)


class Table:
    """A table in a sheet.

    `title` has the rows above it, a line each, and `unit` what they say of all amounts
    (单位：万元). `heading_row` is the first row of headings, `first_row` the row below them, and
    `row_count` says how many records there are at most. `skipped` has the rows that are none, with
    a message each, and `totals` the cells of those that are totals; they fill while `rows` runs.
    `remarks` tell of what else is on the sheet and is not read.
    """

    def __init__(
        self, grid: Grid, place: Place, headings: Sequence[Heading], title: str, row_count: int,
        remarks: Sequence[Problem] = (),
    ) -> None:  # fmt: skip
        self.sheet = grid.sheet
        self.title = title
        self.unit = said_unit(title)
        self.headings = tuple(headings)
        self.heading_row = place.header.top
        self.first_row = place.header.bottom + 1
        self.row_count = row_count
        self.remarks = tuple(remarks)
        self.skipped: dict[int, str] = {}
        self.totals: dict[int, tuple[str, ...]] = {}
        self.grid = grid
        self.place = place

    @cached_property
    def first_rows(self) -> list[TableRow]:
        """The first records, kept for all who look at them to know what a column holds."""
        return list(islice(self.rows(), _FIRST))

    def rows(self) -> Iterator[TableRow]:
        """The records from top to bottom, read while they are asked for.

        The value of a cell that is merged over several rows stands in each of them, and 同上 or 〃
        has the value of the record above. A blank cell below a value stays blank where nothing is
        merged: whether it means the same as above is for the office to say, never guessed. Blank
        rows are passed over in silence, all others that are no records are put into `skipped`.
        """
        body = self.place.body()
        carrier = _Carrier(self.place.merges, self.headings)
        above: Sequence[Cell] = ()
        sections = Sections()
        for row in self._rows_of_place():
            carried = carrier.carried(row)
            if not count_filled(row.cells[self.place.span.start : self.place.span.stop]):
                continue
            if why := body.judge(row):
                self.skipped[row.number] = why.value
                if why is Skipped.SECTION:
                    sections.begin(row.cells)
                if why is Skipped.TOTAL:
                    self.totals[row.number] = tuple(map(cell_text, self._own(row)))
                continue
            own = self._own(row)
            carried = _dittos(own, above) | carried
            for index, cell in carried.items():
                own[index] = cell
            raw = tuple(own)
            if count_filled(raw):
                above = raw
                texts = tuple(map(cell_text, raw))
                yield TableRow(row.number, texts, raw, frozenset(carried), sections.open)

    def _own(self, row: Row) -> list[Cell]:
        """The cells under the headings."""
        return [row.cells[h.column] if h.column < len(row.cells) else None for h in self.headings]

    def _rows_of_place(self) -> Iterator[Row]:
        last = self.place.last_row
        for row in self.grid.rows():
            if last is not None and row.number > last:
                return
            if row.number >= self.first_row:
                yield row


def _dittos(cells: Sequence[Cell], above: Sequence[Cell]) -> dict[int, Cell]:
    """The values of cells that say that they are the same as in the record above, by index."""
    if not above or DITTO.isdisjoint(cells):
        return {}
    return {index: above[index] for index, cell in enumerate(cells) if cell in DITTO}


class _Carrier:
    """Carries the values of merged cells down over the rows that they cover."""

    def __init__(self, merges: Mapping[int, Sequence[Merged]], headings: Sequence[Heading]) -> None:
        self._index = {heading.column: heading.index for heading in headings}
        self._starts = sorted(merges)
        self._merges = merges
        self._next = 0
        self._open: dict[int, tuple[int, Cell]] = {}

    def carried(self, row: Row) -> dict[int, Cell]:
        """Values by the heading's index that a row has from a merged cell begun above it."""
        at = row.number - 1
        found = {
            self._index[column]: value
            for column, (bottom, value) in self._open.items()
            if at <= bottom and filled(value)
        }
        while self._next < len(self._starts) and self._starts[self._next] <= at:
            top = self._starts[self._next]
            self._next += 1
            for merge in self._merges[top] if top == at else ():
                if merge.left in self._index:
                    value = row.cells[merge.left] if merge.left < len(row.cells) else None
                    self._open[merge.left] = (merge.bottom, value)
        return found
