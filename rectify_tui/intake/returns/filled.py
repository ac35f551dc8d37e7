"""What was filled into the cells of a return, where a spreadsheet keeps something else."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from rectify_tui.domain.fields import FieldKind

if TYPE_CHECKING:
    from rectify_tui.intake.reading.cells import Cell
    from rectify_tui.intake.table import Heading

_DAYS = frozenset({FieldKind.PAST_DAY, FieldKind.COMING_DAY})
_EPOCH = date(1899, 12, 30)
_SERIALS = range(36526, 73051)
"""Days from 2000 to 2099 as spreadsheets count them."""


def own_text(heading: Heading) -> str:
    """The heading itself, where somebody put a line of headings above."""
    return heading.lines[-1] if heading.lines else heading.text


def filled_text(kind: FieldKind, text: str, raw: Cell) -> str:
    """The text of a cell, where a spreadsheet keeps something else than it shows."""
    if kind is FieldKind.PERCENT and isinstance(raw, float) and 0 < raw < 1:
        return f"{round(raw * 100, 6):g}%"
    if kind in _DAYS:
        if isinstance(raw, datetime):
            return raw.date().isoformat()
        if text.isdecimal() and len(text) == 5 and int(text) in _SERIALS:
            return (_EPOCH + timedelta(days=int(text))).isoformat()
    return text
