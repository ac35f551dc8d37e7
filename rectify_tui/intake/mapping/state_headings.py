"""Headings that name a status or ask for one: 已完成 over a column of ticks, 是否完成整改任务."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rectify_tui.domain.answers import in_words, question
from rectify_tui.domain.status import read_case_status, read_status
from rectify_tui.errors import Problem
from rectify_tui.intake.table.headings import bare
from rectify_tui.intake.table.model import Heading

_LEAST = 2
"""A single column named after a status may be anything, such as a count; one that asks is one."""


def ticked_columns(headings: Sequence[Heading]) -> Collection[int]:
    """The indexes of headings that tell the status together.

    They are named after statuses, or each asks for one (是否完成整改, 是否达到序时进度); none where
    there are fewer than two of either.
    """
    named = [heading.index for heading in headings if _is_status(bare(heading.last))]
    asking = [heading.index for heading in headings if asks_for_status(heading.last)]
    return next((each for each in (named, asking) if len(each) >= _LEAST), ())


def asks_for_status(heading: str) -> bool:
    """Whether yes and no to what a heading asks are statuses; of 是否销号 only yes would be."""
    if question(heading) is None or heading.startswith("已"):
        return False
    return all(_is_status(in_words(answer, heading)) for answer in "是否")


def _is_status(text: str) -> bool:
    for read in (read_status, read_case_status):
        try:
            read(text)
        except Problem:
            continue
        return bool(text)
    return False
