"""The tables of a sheet: goes down it once, and opens one at every new row of headings."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING

from rectify_tui.intake.reading.cells import cell_text, column_letter
from rectify_tui.intake.reading.limits import MAX_COLUMNS
from rectify_tui.intake.table.body import Body, titles_of
from rectify_tui.intake.table.header import (
    MOST_LINES,
    Header,
    Knows,
    count_filled,
    filled,
    is_first_heading_row,
    is_further_heading_row,
    put_together,
)
from rectify_tui.intake.table.headings import fold, read_unit
from rectify_tui.intake.table.model import Heading
from rectify_tui.intake.table.rows import Place
from rectify_tui.intake.table.words import is_note

if TYPE_CHECKING:
    from rectify_tui.intake.reading.cells import Merged, Row

_TITLE_ROWS = 30
"""How many rows above the headings are kept as the title."""
_BETWEEN = 8
"""How many rows between two tables may be the title of the second."""
_TITLE_CELLS = 2


@dataclass
class Found:
    """A table that was found.

    `above` is the last row that belongs to something above it; `used` counts the records in which a
    column has something.
    """

    place: Place
    titles: Sequence[Row]
    above: int
    count: int = 0
    used: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, row: Row, body: Body) -> None:
        """Count a row below the headings."""
        if body.judge(row) is None:
            self.count += 1
            for column, cell in enumerate(row.cells[:MAX_COLUMNS]):
                if cell is not None and cell != "":
                    self.used[column] += 1

    @property
    def columns(self) -> list[int]:
        """The columns that have a heading of their own, or cells under one or under none."""
        own = {column for line in self.place.header.raw for column in line}
        return sorted(c for c in own | set(self.used) if c in self.place.span)

    @property
    def size(self) -> int:
        """How many cells it has."""
        return self.count * len(self.columns)

    def headings(self) -> list[Heading]:
        """The headings of its columns."""
        lines = [self.place.header.columns.get(column, ()) for column in self.columns]
        return [
            Heading(
                index, column, column_letter(column), "/".join(own), read_unit(own),
                own if len(own) > 1 else (),
            )
            for index, (column, own) in enumerate(zip(self.columns, lines, strict=True))
        ]  # fmt: skip


class Search:
    """Finds the tables among the rows of a sheet; to be used once."""

    def __init__(self, knows: Knows, merges: Mapping[int, Sequence[Merged]]) -> None:
        self._knows = knows
        self._merges = merges
        self._waiting: list[Row] = []
        self._done = 0
        self._last = 0
        self._short = False
        self._found: list[Found] = []
        self._body: Body | None = None

    def tables(self, rows: Iterator[Row]) -> list[Found]:
        """The tables from top to bottom."""
        for above, row, below in _windows(rows):
            if row.number > self._done and any(map(filled, row.cells)):
                self._look_at(row, above, below)
        self._release(len(self._waiting))
        return [part for table in self._found for part in _side_by_side(table)]

    def _look_at(self, row: Row, above: Iterable[Row], below: Iterable[Row]) -> None:
        if not self._found:
            if is_first_heading_row(row, self._knows):
                self._open(row, above, below)
            return
        apart = row.number > self._last + 1 or self._short
        cells = count_filled(row.cells)
        self._last, self._short = row.number, cells <= _TITLE_CELLS
        further = is_further_heading_row(row, self._knows, apart=apart)
        if further and not self._found[-1].place.header.repeated_by(row, after_another=False):
            self._open(row, above, below)
        else:
            self._waiting.append(row)
            self._release(len(self._waiting) - (_BETWEEN if self._short else 0))

    def _open(self, row: Row, above: Iterable[Row], below: Iterable[Row]) -> None:
        """Begin a table with a row of its headings, in place of one that has no records."""
        if self._found and not self._found[-1].count and not self._waiting:
            self._done = self._found.pop().above
        near = [each for each in above if each.number > self._done]
        header = put_together(near, row, list(below), self._merges, self._knows)
        titles = [each for each in near if each.number < header.top]
        if self._found:
            titles = self._titles_waiting(header)
            last = self._found[-1]
            end = (titles[0].number if titles else header.top) - 1
            last.place = replace(last.place, last_row=end)
        found = Found(Place(header, titles_of(titles), self._merges), titles, self._done)
        self._found.append(found)
        self._body = found.place.body()
        self._done = self._last = header.bottom

    def _titles_waiting(self, header: Header) -> list[Row]:
        """The rows next to the headings of a further table; those before them are released."""
        rows = [row for row in self._waiting if row.number < header.top]
        start, below = len(rows), header.top - 1
        while start and _may_be_title(rows[start - 1], below):
            start -= 1
            below = rows[start].number
        self._release(start)
        self._waiting = []
        return rows[start:]

    def _release(self, n: int) -> None:
        """Give the first `n` rows that wait to the table above them."""
        for row in self._waiting[: max(n, 0)]:
            if self._body:
                self._found[-1].add(row, self._body)
        del self._waiting[: max(n, 0)]


def _may_be_title(row: Row, below: int) -> bool:
    first = next(filter(filled, row.cells))
    return row.number + 1 >= below and not is_note(cell_text(first))


def _windows(rows: Iterator[Row]) -> Iterator[tuple[deque[Row], Row, deque[Row]]]:
    """Every row with those before and after it, which change when the next one is asked for."""
    above: deque[Row] = deque(maxlen=_TITLE_ROWS)
    below: deque[Row] = deque()
    for row in rows:
        below.append(row)
        if len(below) > MOST_LINES:
            current = below.popleft()
            yield above, current, below
            above.append(current)
    while below:
        current = below.popleft()
        yield above, current, below
        above.append(current)


def _side_by_side(table: Found) -> list[Found]:
    """A table, or those of which it consists: beside a blank column its headings begin anew."""
    columns, headings = table.columns, table.place.header.columns
    breaks = [i for i, c in enumerate(columns) if i and c > columns[i - 1] + 1]
    runs = [columns[i:j] for i, j in zip([0, *breaks], [*breaks, len(columns)], strict=True)]
    texts = [{fold("".join(headings.get(c, ()))) for c in run} - {""} for run in runs]
    if not any(one & other for one, other in combinations(texts, 2)):
        return [table]
    return [_part(table, range(run[0], run[-1] + 1)) for run in runs]


def _part(table: Found, span: range) -> Found:
    place = replace(table.place, header=table.place.header.only(span), span=span)
    used = {column: n for column, n in table.used.items() if column in span}
    return Found(place, table.titles, table.above, max(used.values(), default=0), used)
