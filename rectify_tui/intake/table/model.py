"""A heading, and a row of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rectify_tui.intake.reading.cells import Cell


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading.

    `index` is its place among the headings, `column` that in the sheet, both from 0; `letter` is
    the column as spreadsheets call it. `text` has the lines of a heading of several rows with
    slashes between, the group first, and is empty for a column of cells without a heading. `unit`
    is what the heading says in brackets or after a slash, in one spelling: 元, 万元, %, 人 and so
    on. `lines` are the lines by themselves, where there are several.
    """

    index: int
    column: int
    letter: str
    text: str
    unit: str | None = None
    lines: tuple[str, ...] = ()

    @property
    def last(self) -> str:
        """The lowest line, which is what the column is called by itself."""
        return self.lines[-1] if self.lines else self.text


class TableRow(NamedTuple):
    """A row of a table; `number` is its number in the sheet, from 1.

    `cells` are the texts and `raw` the values under the headings, in their order. `carried` has the
    indexes of headings whose value stands in a row above: in a merged cell that began there, or
    where the cell says 同上. `sections` are the titles of the sections in which the row stands, the
    outermost first: 一、哈尔滨市（9项）.
    """

    number: int
    cells: tuple[str, ...]
    raw: tuple[Cell, ...]
    carried: frozenset[int] = frozenset()
    sections: tuple[str, ...] = ()
