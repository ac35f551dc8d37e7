"""Remembering what was made of cells: the same words and dates fill most of a ledger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rectify_tui.intake.reading.limits import MAX_TEXT

_REMEMBERED = 20_000
_SHORT = 100


class TooLong(Exception):  # noqa: N818 - caught where the place of the cell is known
    """A cell has more than `MAX_TEXT` characters."""

    def __init__(self, text: str) -> None:
        super().__init__(len(text))
        self.text = text


class Memo(dict[Any, Any]):
    """What a conversion makes of each cell; empty text is None.

    Looking up raises `TooLong`, before the conversion sees the text.
    """

    def __init__(self, convert: Callable[[Any], Any]) -> None:
        super().__init__({"": None})
        self._convert = convert

    def __missing__(self, cell: Any) -> Any:
        if cell.__class__ is str and len(cell) > _SHORT:
            if len(cell) > MAX_TEXT:
                raise TooLong(cell)
            return self._convert(cell)
        if len(self) >= _REMEMBERED:
            self.clear()
            self[""] = None
        self[cell] = made = self._convert(cell)
        return made


def trimmed(cells: list[Any]) -> list[Any]:
    """The list itself, without the empty cells at its end."""
    while cells and cells[-1] is None:
        cells.pop()
    return cells
