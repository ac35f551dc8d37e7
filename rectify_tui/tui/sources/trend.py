"""The course of a rate over some weeks in a few cells: a sparkline."""

from __future__ import annotations

from collections.abc import Sequence

WEEKS = 8
"""Weeks in a sparkline; two of them share a cell."""

CELLS = WEEKS // 2

_LEFT = (0x00, 0x40, 0x44, 0x46, 0x47)
_RIGHT = (0x00, 0x80, 0xA0, 0xB0, 0xB8)
_BRAILLE = 0x2800
_LEVELS = len(_LEFT) - 1
_PLAIN = " _-=#"


def spark(values: Sequence[float | None], *, ascii: bool) -> str:
    """Values from the earliest on, lowest to highest of their own; a gap where there is none.

    Of two values that share a cell, signs in ASCII show the later one.
    """
    known = [value for value in values if value is not None]
    if not known:
        return ""
    low, span = min(known), max(known) - min(known)
    heights = [_height(value, low, span) for value in values]
    pairs = zip(heights[::2], heights[1::2], strict=True)
    if ascii:
        return "".join(_PLAIN[later or earlier] for earlier, later in pairs)
    return "".join(chr(_BRAILLE | _LEFT[one] | _RIGHT[other]) for one, other in pairs)


def _height(value: float | None, low: float, span: float) -> int:
    if value is None:
        return 0
    return 1 + round((value - low) / span * (_LEVELS - 1)) if span else 1
