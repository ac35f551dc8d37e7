"""How much room the columns of a table want, in cells: a Chinese character takes two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from rectify_tui.domain.text import width
from rectify_tui.reports.table import NUMBERS, Column, Table
from rectify_tui.reports.weekly.render import words

_SHORTEST_TITLE = 4
_LONG_TITLE = 8
_NARROWEST_TEXT = 12
_WIDEST_NUMBER = 24


@dataclass(frozen=True)
class Room:
    """The widths that become a column, widest first.

    The first breaks no value, and a title once at most. The others break texts further, and titles
    so that their lines are about even; they break no number and no day.
    """

    widths: tuple[int, ...]

    @property
    def want(self) -> int:
        """The widest."""
        return self.widths[0]

    @property
    def least(self) -> int:
        """The narrowest."""
        return self.widths[-1]


def rooms(table: Table) -> list[Room]:
    """The room for each column."""
    contents = [0] * len(table.columns)
    for row in words.texts(table):
        for at, text in enumerate(row):
            contents[at] = max(contents[at], *map(width, text.split("\n")))
    return list(map(_room, table.columns, contents))


def _room(column: Column, content: int) -> Room:
    titles = _title_widths(words.line(column.title))
    if (column.kind in NUMBERS or column.kind == "date") and content <= _WIDEST_NUMBER:
        return Room(tuple(dict.fromkeys(max(content, title) for title in titles)))
    want = max(content, titles[0])
    return Room(tuple(range(want, min(want, _NARROWEST_TEXT) - 1, -1)))


def _title_widths(title: str) -> list[int]:
    """Widths in which a title breaks between words, or into even lines of characters."""
    longest = max(map(width, title.split(" ")))
    if title.isascii():
        return [max(longest, _SHORTEST_TITLE)]
    lines = range(1 if longest <= _LONG_TITLE else 2, max(longest // 2, 2) + 1)
    found = [ceil(longest / 2 / n) * 2 for n in lines]
    return [wide for wide in found if wide >= _SHORTEST_TITLE] or [_SHORTEST_TITLE]


def lines_needed(text: str, room: int) -> int:
    """About how many lines a text takes in so many cells."""
    return sum(max(1, ceil(width(line) / room)) for line in text.split("\n"))


def narrowed(columns: Sequence[Room], room: float) -> list[int]:
    """Widths that fit the room: what is wanted, or the widest give way first, down to the least."""
    steps = [0] * len(columns)

    def wide(at: int) -> int:
        return columns[at].widths[steps[at]]

    while sum(map(wide, range(len(columns)))) > room:
        giving = [at for at, column in enumerate(columns) if steps[at] + 1 < len(column.widths)]
        if not giving:
            break
        steps[max(giving, key=wide)] += 1
    return [wide(at) for at in range(len(columns))]


def fitted(columns: Sequence[Room], room: float) -> list[float]:
    """Widths that fill the room: all grow alike, or give way as in `narrowed` and then alike."""
    widths = narrowed(columns, room)
    return [wide * room / sum(widths) for wide in widths]
