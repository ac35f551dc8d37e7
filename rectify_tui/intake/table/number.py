"""The number of an item or a case, from a cell that a spreadsheet may have damaged."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from rectify_tui.domain.text import clean, narrow, shorten
from rectify_tui.errors import Problem
from rectify_tui.intake.reading.cells import cell_text

if TYPE_CHECKING:
    from rectify_tui.intake.reading.cells import Cell

_EXACT = 10**15
"""From here on a spreadsheet no longer keeps the last digits of a number."""
_SHOWN = 40
_HYPHENS = str.maketrans("‐‑‒–—―−", "-" * 7)
_AS_TEXT = re.compile("^['‘’`](?=[0-9A-Za-z])")
"""The sign by which spreadsheets take a number as text: '001 is 001."""
_AROUND_SIGN = re.compile(r"\s*([-+()/])\s*")
_DECIMAL = re.compile(r"([0-9]+)\.0+")
_EXPONENT = re.compile(r"[0-9](?:\.[0-9]+)?e\+[0-9]{1,3}", re.IGNORECASE)
_MONTH = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)"
_DATE = re.compile(
    rf"[0-9]{{1,2}}月[0-9]{{1,2}}日|[0-9]{{1,2}}-{_MONTH}(?:-[0-9]{{2,4}})?|{_MONTH}-[0-9]{{1,2}}"
    r"|(?:19|20)[0-9]{2}(?:/[0-9]{1,2}/|年[0-9]{1,2}月)[0-9]{1,2}日?"
    r"|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}(?::[0-9]{2})?",
    re.IGNORECASE,
)


def read_number_cell(cell: Cell) -> str:
    """A number as it is written: 12, 12-2, 12(+1), D3JL202406120001; empty for an empty cell.

    It is opaque text. Full-width signs become half-width, dashes become hyphens, spaces around
    signs go, and 12.0 is 12. Nothing is read into it.

    Raises `Problem` for a date, since a spreadsheet makes 2 December of 12-2, and for numbers so
    long that a spreadsheet has dropped their last digits.
    """
    shown = shorten(cell_text(cell).replace("\n", " "), _SHOWN)
    if isinstance(cell, bool):
        raise Problem("table_finding.number.no_number", holds=shown)
    if isinstance(cell, date | time | timedelta):
        raise Problem("table_finding.number.date", holds=shown)
    if isinstance(cell, int | float):
        if abs(cell) >= _EXACT or cell != cell:
            raise Problem("table_finding.number.too_long", holds=shown)
        return cell_text(cell)
    text = narrow(clean(cell or "")).translate(_HYPHENS)
    text = _AS_TEXT.sub("", text)
    if _DATE.fullmatch(text):
        raise Problem("table_finding.number.date", holds=shown)
    if _EXPONENT.fullmatch(text):
        raise Problem("table_finding.number.too_long", holds=shown)
    text = _AROUND_SIGN.sub(r"\1", text)
    decimal = _DECIMAL.fullmatch(text)
    return decimal[1] if decimal else text
