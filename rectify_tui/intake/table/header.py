"""The rows of headings over a table: which they are, and what they say of each column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from rectify_tui.domain.text import narrow
from rectify_tui.intake.reading.cells import cell_text
from rectify_tui.intake.reading.limits import MAX_COLUMNS
from rectify_tui.intake.table.headings import LONGEST_HEADING, fold, is_unit, one_line

if TYPE_CHECKING:
    from rectify_tui.intake.reading.cells import Cell, Merged, Row

Knows = Callable[[str], bool]

MOST_LINES = 4
"""How many rows one heading may take."""

_LONGEST_GROUP = 24
_VALUE = re.compile(
    r"[-+]?[0-9][0-9,]*(?:\.[0-9]+)?%?"
    r"|(?:[0-9]{2,4}[-/.年])?[0-9]{1,2}[-/.月](?:[0-9]{1,2}日?)?"
    r"|[0-9]{4}年"
)
_OUTSIDE = re.compile(r"\([^()]*\)?")


def filled(cell: Cell) -> bool:
    """Whether there is anything in a cell."""
    return cell is not None and cell != ""


def count_filled(cells: Sequence[Cell]) -> int:
    """How many cells have anything in them."""
    return len(cells) - cells.count(None) - cells.count("")


def _is_value(cell: Cell) -> bool:
    if isinstance(cell, str):
        return bool(_VALUE.fullmatch(narrow(cell).strip()))
    return isinstance(cell, int | float | date | time | timedelta)


def _is_label(cell: Cell) -> bool:
    """Whether a cell may be a heading, and is not 填报单位：… or a value."""
    if not isinstance(cell, str) or len(cell) > LONGEST_HEADING or _is_value(cell):
        return False
    return ":" not in _OUTSIDE.sub("", narrow(cell))


def labels(row: Row) -> list[str]:
    """The cells of a row that may be headings."""
    cells = row.cells[:MAX_COLUMNS]
    return [cell for cell in cells if isinstance(cell, str) and cell and _is_label(cell)]


def is_first_heading_row(row: Row, knows: Knows) -> bool:
    """Whether a row looks like headings: at least two of them are known, and few are values.

    Where few are known all the others have to be short words, each another one.
    """
    cells = [cell for cell in row.cells[:MAX_COLUMNS] if filled(cell)]
    values = sum(map(_is_value, cells))
    if len(cells) < 2 or values * 3 > len(cells):
        return False
    known = _known(row, knows)
    if known >= 2 and (known * 2 >= len(cells) or (known > 2 and not values)):
        return True
    words = [one_line(cell) for cell in cells if isinstance(cell, str) and _is_label(cell)]
    short = all(len(word) <= _LONGEST_GROUP for word in words)
    return known == 2 and short and len(set(words)) == len(cells)


def is_further_heading_row(row: Row, knows: Knows, *, apart: bool) -> bool:
    """Whether a row below a table looks like the headings of another one.

    At least half of them have to be known and none a value; in a row that does not stand `apart`
    from the records above it, the first one has to be known.
    """
    if not _is_label(next(filter(filled, row.cells[:MAX_COLUMNS]), None)):
        return False
    cells = [cell for cell in row.cells[:MAX_COLUMNS] if filled(cell)]
    if len(cells) < 2:
        return False
    if not apart and not knows(one_line(str(cells[0]))):
        return False
    if any(map(_is_value, cells)):
        return False
    known = _known(row, knows)
    return known >= 2 and known * 2 >= len(cells)


def _known(row: Row, knows: Knows) -> int:
    return len({fold(label) for label in labels(row) if knows(one_line(label))})


@dataclass(frozen=True)
class Header:
    """The rows of headings, from row `top` to row `bottom`, and their texts.

    `columns` maps each column with a heading to its lines from top to bottom; `raw` has the texts
    of each row as they stand, folded, by column.
    """

    top: int
    bottom: int
    columns: Mapping[int, tuple[str, ...]]
    raw: tuple[Mapping[int, str], ...]

    @cached_property
    def words(self) -> frozenset[str]:
        """All texts of the headings, folded."""
        return frozenset(text for line in self.raw for text in line.values())

    def only(self, span: range) -> Header:
        """The headings of some columns."""
        raw = tuple({c: text for c, text in line.items() if c in span} for line in self.raw)
        columns = {c: lines for c, lines in self.columns.items() if c in span}
        return replace(self, columns=columns, raw=raw)

    def repeated_by(self, row: Row, *, after_another: bool) -> bool:
        """Whether a row repeats a row of the headings, as at the top of a printed page."""
        first = next(filter(filled, row.cells), None)
        if not isinstance(first, str) or len(first) > LONGEST_HEADING:
            return False
        if fold(first) not in self.words:
            return False
        cells = {c: cell for c, cell in enumerate(row.cells[:MAX_COLUMNS]) if filled(cell)}
        texts = {c: fold(cell_text(cell)) for c, cell in cells.items()}
        same = max(sum(line.get(c) == text for c, text in texts.items()) for line in self.raw)
        return same >= (1 if after_another else 2) and same * 5 >= len(texts) * 4


def put_together(
    above: Sequence[Row], anchor: Row, below: Sequence[Row], merges: Mapping[int, Sequence[Merged]],
    knows: Knows,
) -> Header:  # fmt: skip
    """The headings around a row that is one of theirs.

    `above` and `below` are the rows next to it, in the order of the sheet; `merges` has the merged
    cells by the row, from 0, in which they begin.
    """
    lines = [_Line(anchor, merges)]
    for row in below[: MOST_LINES - 1]:
        if row.number != lines[-1].number + 1 or not _goes_on(lines, row, merges, knows):
            break
        lines.append(_Line(row, merges))
    for row in reversed(above[-(MOST_LINES - len(lines)) :] if len(lines) < MOST_LINES else ()):
        line = _Line(row, merges)
        if row.number != lines[0].number - 1 or not _stands_over(line, lines[0], knows):
            break
        lines.insert(0, line)
    columns = dict(_columns(lines))
    raw = tuple({c: fold(text) for c, text in line.texts.items()} for line in lines)
    return Header(lines[0].number, lines[-1].number, columns, raw)


class _Line:
    """A row of headings: its texts by column, and how far its merged cells reach."""

    def __init__(self, row: Row, merges: Mapping[int, Sequence[Merged]]) -> None:
        self.number = row.number
        self.cells = {c: cell for c, cell in enumerate(row.cells[:MAX_COLUMNS]) if filled(cell)}
        self.texts = {c: one_line(cell_text(cell)) for c, cell in self.cells.items()}
        self.merges = {
            merge.left: merge
            for merge in merges.get(row.number - 1, ())
            if merge.left in self.texts and merge.bottom - merge.top < MOST_LINES
        }
        self.width = max(self.texts, default=0) + 1

    @property
    def wide(self) -> bool:
        """Whether merged cells say which columns belong together."""
        return any(merge.right > merge.left for merge in self.merges.values())

    def _goes_on_from(self, column: int) -> bool:
        """Whether a cell repeats the one before it, as where merged cells were taken apart."""
        return column > 0 and self.texts[column] == self.texts.get(column - 1)

    def reach(self, column: int) -> int:
        """The last row, from 1, to which the heading in a column reaches."""
        merge = self.merges.get(column)
        return merge.bottom + 1 if merge else self.number

    def groups(self) -> Iterator[range]:
        """The columns that each heading may stand over.

        They are those merged or, where nothing is merged, the blank ones after it; of headings that
        are written anew over each of their columns, all of these.
        """
        columns = [c for c in sorted(self.texts) if self.wide or not self._goes_on_from(c)]
        for column, following in zip(columns, [*columns[1:], MAX_COLUMNS], strict=True):
            if self.wide:
                merge = self.merges.get(column)
                last = min(merge.right, following - 1) if merge else column
                yield range(column, last + 1)
            else:
                yield range(column, following)


def _goes_on(
    lines: Sequence[_Line], row: Row, merges: Mapping[int, Sequence[Merged]], knows: Knows
) -> bool:
    """Whether a row belongs to the headings above it.

    It does where merged cells reach down to it, or where it divides groups among them. Whatever it
    has below a heading that is no group has to be known, or it would be a record.
    """
    if any(line.reach(column) >= row.number for line in lines for column in line.merges):
        return True
    line, over = _Line(row, merges), lines[-1]
    if not line.texts or not all(map(_is_label, line.cells.values())):
        return False
    groups = [group for group in over.groups() if any(c in line.texts for c in group[1:])]
    names = {column: over.texts[group[0]] for group in groups for column in group}
    outside = [text for column, text in line.texts.items() if column not in names]
    if not all(knows(text) or is_unit(text) for text in outside):
        return False
    begun = {group[0] for group in over.groups()}
    divided = any(column not in begun for column in line.texts)
    if divided and not outside and over.wide and all(map(_is_word, line.texts.values())):
        return True  # a record would have something outside the merged headings
    return (divided or bool(outside)) and any(
        knows(text) or is_unit(text) or knows(f"{names.get(column, '')}/{text}")
        for column, text in line.texts.items()
    )


def _is_word(text: str) -> bool:
    return len(text) > 1


def _stands_over(line: _Line, under: _Line, knows: Knows) -> bool:
    """Whether a row groups the headings below it, and is no title or note.

    Merged cells may say so. Otherwise it has to stand over them as groups do, and to tell something
    that they do not say themselves.
    """
    if any(line.reach(column) >= under.number for column in line.merges):
        return True
    if not line.texts or not all(
        _is_label(cell) and len(str(cell)) <= _LONGEST_GROUP for cell in line.cells.values()
    ):
        return False
    if len(line.texts) == 1 and not line.wide:
        return False
    groups = {group[0]: [c for c in group if c in under.texts] for group in line.groups()}
    if any(c in under.texts and len(members) < 2 for c, members in groups.items()):
        return False
    below = Counter(fold(text) for text in under.texts.values())
    return any(
        below[fold(under.texts[c])] > 1
        or (not knows(under.texts[c]) and knows(f"{line.texts[first]}/{under.texts[c]}"))
        for first, members in groups.items()
        for c in members
        if len(members) > 1
    )


def _columns(lines: Sequence[_Line]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The lines of each column that has any, a group's heading before those under it."""
    ends = [merge.right + 1 for line in lines for merge in line.merges.values()]
    width = min(max([*(line.width for line in lines), *ends]), MAX_COLUMNS)
    table = [_spread(lines[:i], line, lines[i + 1 :], width) for i, line in enumerate(lines)]
    for column in range(width):
        parts = tuple(text for text, _ in groupby(row[column] for row in table) if text)
        if parts:
            yield column, parts


def _spread(above: Iterable[_Line], line: _Line, below: Iterable[_Line], width: int) -> list[str]:
    """The text of each column in a row; a heading over several columns stands in each of them.

    Without merged cells it goes on over blank ones as long as there is something below them and
    nothing new above.
    """
    new = {column for other in above for column in other.texts}
    under = {column for other in below for column in other.texts}
    texts = [line.texts.get(column, "") for column in range(width)]
    for group in line.groups():
        for column in group[1:]:
            if column >= width or (column in new and not line.wide):
                break
            if line.wide or column in under:
                texts[column] = line.texts[group[0]]
    return texts
