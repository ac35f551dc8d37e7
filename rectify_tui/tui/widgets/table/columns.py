"""Which columns fit into a width, and how wide each is drawn."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rectify_tui.tui.widgets.table.source import Column

GAP = 1


class Place(NamedTuple):
    """Where a column is drawn: cells from the left edge, and width in cells."""

    column: Column
    x: int
    width: int


@lru_cache(maxsize=32)
def place_columns(columns: tuple[Column, ...], width: int, passed: int = 0) -> tuple[Place, ...]:
    """Place columns side by side in so many cells, with one empty cell between them.

    Columns go while the rest is too wide: the highest priority number first, and the rightmost of
    equals. Those of priority 0 stay; where even they are too wide, they are cut off on the right.
    Spare width goes to columns that stretch, in proportion to their share.

    Where one has scrolled sideways, so many columns after the first are `passed`: the first is
    held, and no other goes but those that are cut off on the right.
    """
    shown = [*columns[:1], *columns[1 + passed :]] if passed else _fitting(columns, width)
    places: list[Place] = []
    x = 0
    for column, wide in zip(shown, _widths(shown, width - _needed(shown)), strict=True):
        if x >= width:
            break
        places.append(Place(column, x, min(wide, width - x)))
        x += wide + GAP
    return tuple(places)


@lru_cache(maxsize=32)
def most_passed(columns: tuple[Column, ...], width: int) -> int:
    """How many columns after the first must be passed for the last one to be seen."""
    last = max(0, len(columns) - 2)
    fits = (n for n in range(last) if _needed([*columns[:1], *columns[1 + n :]]) <= width)
    return next(fits, last)


def _needed(columns: list[Column]) -> int:
    return sum(column.width for column in columns) + GAP * max(0, len(columns) - 1)


def _fitting(columns: tuple[Column, ...], width: int) -> list[Column]:
    shown = list(columns)
    while _needed(shown) > width:
        index = max(range(len(shown)), key=lambda at: (shown[at].priority, at))
        if shown[index].priority == 0:
            break
        del shown[index]
    return shown


def _widths(columns: list[Column], spare: int) -> list[int]:
    """Widths with the spare cells shared out, so that the shares add up to the last cell."""
    shares = sum(column.stretch for column in columns)
    widths, given, seen = [], 0, 0
    for column in columns:
        seen += column.stretch
        upto = max(0, spare) * seen // shares if shares else 0
        widths.append(column.width + upto - given)
        given = upto
    return widths
