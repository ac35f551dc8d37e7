"""How statuses look: a sign and a tone, so that colour never speaks alone."""

from __future__ import annotations

from rectify_tui.domain.status import CaseStatus, Group, Status
from rectify_tui.domain.text import shorten, width
from rectify_tui.i18n import Language
from rectify_tui.tui.widgets.table.source import Cell, Tone

REF_CELLS = 18
"""Cells of the column with the reference."""

NUMBER_CELLS = 6
"""Cells of a number where the programme goes without saying."""

_SIGNS: dict[str, tuple[str, str, Tone]] = {
    Status.COMPLETED: ("✓", "+", "good"),
    Status.BASICALLY_COMPLETED: ("✓", "+", "good"),
    Status.AHEAD: ("»", ">", ""),
    Status.ON_SCHEDULE: ("›", "=", ""),
    Status.NOT_STARTED: ("·", ".", "muted"),
    Status.BEHIND: ("!", "!", "bad"),
    Status.NOT_COMPLETED: ("‼", "X", "bad"),
    Status.MERGED: ("→", "-", "muted"),
    Status.IN_PROGRESS: ("?", "?", "warn"),
    CaseStatus.CLOSED: ("✓", "+", "good"),
    CaseStatus.INTERIM: ("›", "=", "warn"),
    CaseStatus.OPEN: ("!", "!", "bad"),
}


GROUP_SIGNS: dict[Group, tuple[str, str, Tone]] = {
    Group.COMPLETED: ("⣿", "#", "good"),
    Group.ON_SCHEDULE: ("⠤", "-", ""),
    Group.UNCLEAR: ("?", "?", "warn"),
    Group.BEHIND: ("░", "!", "bad"),
    Group.MERGED: ("⠂", ".", "muted"),
}
"""What a part of a bar is made of: its sign, the ASCII form, and its tone."""


def status_cell(t: Language, kind: str, status: str, *, ascii: bool) -> Cell:
    """A status with its sign; `kind` is `item`, `short` of an item in a list, or `case`."""
    fancy, plain, tone = _SIGNS[status]
    return Cell(f"{plain if ascii else fancy} {t(f'status.{kind}.{status}')}", tone)


def short_ref(ref: str, cells: int, cut: str) -> str:
    """A reference in at most so many cells: `SX-2019-O…/105`, since the end tells lines apart."""
    if width(ref) <= cells:
        return ref
    code, slash, number = ref.partition("/")
    room = cells - width(slash + number)
    if room > width(cut):
        return shorten(code, room, cut) + slash + number
    while width(cut + ref) > cells:
        ref = ref[1:]
    return cut + ref


def percent(rate: float | None) -> str:
    """A rate of 0 to 1 as percent with one digit; empty for None."""
    return "" if rate is None else f"{rate * 100:.1f}%"


def points(now: float | None, before: float | None, *, ascii: bool) -> Cell:
    """How many percentage points a rate has moved."""
    if now is None or before is None:
        return Cell("")
    moved = round((now - before) * 100, 1)
    if moved == 0:
        return Cell("0.0", "muted")
    sign = "+" if moved > 0 else ("-" if ascii else "−")
    return Cell(f"{sign}{abs(moved):.1f}", "good" if moved > 0 else "bad")
