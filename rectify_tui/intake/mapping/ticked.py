"""Columns that are named after statuses, one of which is ticked in each row."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rectify_tui.domain.status import read_case_status, read_status
from rectify_tui.errors import Problem
from rectify_tui.intake.table.headings import bare
from rectify_tui.intake.table.model import Heading

_LEAST = 2
"""A single column named after a status may be anything, such as a count."""


def ticked_columns(headings: Sequence[Heading]) -> Collection[int]:
    """The indexes of headings named after a status, none where there are fewer than two."""
    named = [heading.index for heading in headings if _is_status(bare(heading.last))]
    return named if len(named) >= _LEAST else ()


def _is_status(text: str) -> bool:
    for read in (read_status, read_case_status):
        try:
            read(text)
        except Problem:
            continue
        return bool(text)
    return False
