"""What a `WindowTable` shows: columns, rows, and the source that hands rows out by index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, Protocol, TypeAlias, runtime_checkable

Align = Literal["left", "right"]
Tone = Literal["", "good", "warn", "bad", "muted"]


class Column(NamedTuple):
    """One column of a table.

    `width` is the least width in terminal cells, `stretch` the share of spare width the column
    takes. Where the terminal is too narrow, columns with the highest `priority` go first; a column
    of priority 0 always stays.
    """

    key: str
    title: str
    width: int
    align: Align = "left"
    stretch: int = 0
    priority: int = 0


class Cell(NamedTuple):
    """Text of one cell, already cleaned, with a tone, or an alignment other than its column's."""

    text: str
    tone: Tone = ""
    align: Align | None = None


class Bar(NamedTuple):
    """A stacked bar that fills its column: of each part the amount, its sign, and its tone."""

    parts: tuple[tuple[int, str, Tone], ...]


Drawn: TypeAlias = "str | Cell | Bar"
"""What stands in a cell."""


class Row(NamedTuple):
    """One row: a key that stays the same for the row's life, and cells by column key.

    A missing cell is drawn empty. `style` names a component class of the table for the whole row,
    such as `window-table--muted`.
    """

    key: int
    cells: Mapping[str, Drawn]
    style: str = ""


class Source(Protocol):
    """Rows under one filter, one order and one date; never changed, only replaced.

    Every method is called in a worker thread, several of them possibly at once. Indexes count
    from 0. The rows behind a source may change at any time; `WindowTable.reload` then reads anew.
    """

    def count(self) -> int:
        """How many rows there are."""

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        """The rows from index `start` up to but not including `stop`, fewer at the end."""

    def position(self, key: int) -> int | None:
        """The index of the row with this key, or None where the source does not hold it."""


@runtime_checkable
class Whole(Protocol):
    """A source that draws some texts shorter than they are, and can hand them out whole."""

    def whole_rows(self, start: int, stop: int) -> Sequence[Row]:
        """The rows as `Source.rows` has them, nothing cut and without signs."""
