"""What a terminal shows, and the least that has to be written so that it shows something else.

Textual paints whole lines anew, several times for one change of screen, and spells out the colours
of every piece. Over a slow line that is what one waits for. Here each cell that was written is
kept, and only those go out that are not there already, in colours that are told once.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len, get_character_cell_size

_TOKEN = re.compile(r"\x1b\[(\d+);(\d+)H|\x1b\[([\d;]*)m|(\r?\n)|([^\x00-\x1f\x7f-\x9f]+)")
_PAINT = re.compile(rf"(?:{_TOKEN.pattern})+")
_HARMLESS = re.compile(r"(?:\x1b\[\?(?!1049|1047|47)\d+(?:[hl]|\$p)|\x1b\][^\x07\x1b]*\x07|\x07)+")
"""Modes, titles, the clipboard and the bell: they leave the cells as they are."""

_LINED = frozenset({"4", "5", "7", "9", "21", "53"})
"""Attributes that are seen on a blank: under, over and through lines, blinking, reverse."""
_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "9": "29"}
_NEAR = 4
"""Cells that are sooner written once more than passed over."""


class Look(NamedTuple):
    """How a cell is drawn: its attributes and colours, as the numbers of `CSI … m`."""

    attributes: frozenset[str] = frozenset()
    letters: str = ""
    ground: str = ""

    def text(self) -> str:
        """All of it, told to a terminal that draws plainly."""
        return ";".join(filter(None, (*sorted(self.attributes), self.letters, self.ground)))


_PLAIN = Look()
_Cell = tuple[str, Look]
_UNKNOWN: _Cell = ("", _PLAIN)
_REST: _Cell = ("\0", _PLAIN)
"""The right half of a character of two cells."""


class Repaint:
    """Takes what is to be written to a terminal, and says what is enough to write.

    It must see all that is written. Whatever else changes the screen has to be told by `forget`.
    """

    def __init__(self) -> None:
        self._rows: dict[int, list[_Cell]] = {}
        self._left_at: tuple[int, int] | None = None
        self._out: list[str] = []
        self._at: tuple[int, int] | None = None
        self._look = _PLAIN

    def forget(self) -> None:
        """Nothing is known any more of what the terminal shows."""
        self._rows.clear()
        self._left_at = None

    def thin(self, text: str) -> str:
        """What has to be written for a text; the text itself where it does more than paint."""
        if not _PAINT.fullmatch(text):
            if not _HARMLESS.fullmatch(text):
                self.forget()
            return text
        self._out, self._at, self._look = [], self._left_at, _PLAIN
        row = column = 0
        look = _PLAIN
        for to_row, to_column, style, line, letters in _TOKEN.findall(text):
            if to_row:
                row, column = int(to_row), int(to_column)
            elif line:
                row, column = row + 1, 1
            elif letters:
                column = self._put(row, column, letters, look)
            else:
                look = _look(style)
        if self._look is not _PLAIN:
            self._out.append("\x1b[0m")
        if self._at != (row, column):
            self._out.append(f"\x1b[{row};{column}H")
        self._left_at = row, column
        return "".join(self._out)

    def _put(self, row: int, column: int, letters: str, look: Look) -> int:
        """Put letters into cells; returns the column after them."""
        blank = _blank(look)
        if letters.isascii():
            for letter in letters:
                self._cell(row, column, letter, blank if letter == " " else look, 1)
                column += 1
            return column
        sizes = [get_character_cell_size(letter) for letter in letters]
        if 0 in sizes or cell_len(letters) != sum(sizes):  # marks that join what is before them
            self._cell(row, column, letters, look, cell_len(letters))
            return column + cell_len(letters)
        for letter, cells in zip(letters, sizes, strict=True):
            self._cell(row, column, letter, blank if letter == " " else look, cells)
            column += cells
        return column

    def _cell(self, row: int, column: int, letter: str, look: Look, cells: int) -> None:
        """One letter: written where it is not there already, and noted."""
        line = self._rows.setdefault(row, [])
        if len(line) < column + cells:
            line.extend([_UNKNOWN] * (column + cells - len(line)))
        if line[column] == (letter, look):
            return
        self._go(row, column, line)
        if letter == " " and not look.attributes:
            kept = self._look
            look_out = look if kept.attributes & _LINED else kept._replace(ground=look.ground)
        else:
            look_out = look
        if look_out != self._look:
            self._out.append(_turn(self._look, look_out))
            self._look = look_out
        self._out.append(letter)
        self._at = row, column + cells
        self._note(line, column, (letter, look), cells)

    def _go(self, row: int, column: int, line: list[_Cell]) -> None:
        """Move to a cell, over what lies between where that is shorter."""
        if self._at == (row, column):
            return
        if self._at is not None and self._at[0] == row and 0 < column - self._at[1] <= _NEAR:
            between = line[self._at[1] : column]
            if all(self._writable(cell) for cell in between):
                self._out += [letter for letter, _ in between]
                return
        self._out.append(f"\x1b[{row};{column}H")

    def _writable(self, cell: _Cell) -> bool:
        """Whether a cell of those passed can be written once more in the colours of now."""
        letter, look = cell
        if not letter.isascii() or letter in ("", "\0"):
            return False
        if letter == " " and not look.attributes:
            return look.ground == self._look.ground and not self._look.attributes & _LINED
        return look == self._look

    def _note(self, line: list[_Cell], column: int, cell: _Cell, cells: int) -> None:
        """Keep what is shown now; of a wide letter that lost a half the other is not known."""
        if line[column] == _REST:
            start = column - 1
            while start and line[start] == _REST:
                line[start] = _UNKNOWN
                start -= 1
            line[start] = _UNKNOWN
        end = column + cells
        while end < len(line) and line[end] == _REST:
            line[end] = _UNKNOWN
            end += 1
        line[column] = cell
        line[column + 1 : column + cells] = [_REST] * (cells - 1)


@lru_cache(4096)
def _look(style: str) -> Look:
    """What the numbers of one `CSI … m` say, after a reset, as Textual begins every piece."""
    attributes: set[str] = set()
    letters = ground = ""
    numbers = style.split(";")
    at = 0
    while at < len(numbers):
        number = numbers[at]
        if number in ("38", "48"):
            size = {"2": 5, "5": 3}.get(numbers[at + 1] if at + 1 < len(numbers) else "", 1)
            colour = ";".join(numbers[at : at + size])
            if number == "38":
                letters = colour
            else:
                ground = colour
            at += size
            continue
        if number in ("", "0"):
            attributes, letters, ground = set(), "", ""
        elif number[:-1] in ("3", "9") or number == "39":
            letters = "" if number == "39" else number
        elif number[:-1] in ("4", "10") and len(number) > 1:
            ground = "" if number == "49" else number
        else:
            attributes.add(number)
        at += 1
    return (
        _PLAIN
        if not (attributes or letters or ground)
        else Look(frozenset(attributes), letters, ground)
    )


@lru_cache(4096)
def _blank(look: Look) -> Look:
    """How a blank looks: the colour of letters is not seen on it, nor whether they are bold."""
    return look if look.attributes & _LINED else Look(ground=look.ground)


@lru_cache(4096)
def _turn(before: Look, after: Look) -> str:
    """The shortest way from one look to another.

    Single attributes are only taken back where a terminal knows more than sixteen colours: one that
    does not may not know how either.
    """
    ways = [";".join(filter(None, ("0", after.text())))]
    gone = before.attributes - after.attributes
    if not gone or (";" in after.letters + after.ground and gone <= _OFF.keys()):
        off = {_OFF[each] for each in gone}
        new = {each for each in after.attributes if each not in before.attributes}
        new |= {each for each in after.attributes if _OFF.get(each) in off}
        parts = [*sorted(off), *sorted(new)]
        if before.letters != after.letters:
            parts.append(after.letters or "39")
        if before.ground != after.ground:
            parts.append(after.ground or "49")
        ways.append(";".join(parts))
    return f"\x1b[{min(ways, key=len)}m"
