"""Putting what was not taken into workbooks, to be sent back to those who filled it in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.intake.model import FileKind, Proposal, ProposedLine
from rectify_tui.intake.rejects import fresh_path, write_refused
from rectify_tui.intake.returns.files import refused_path
from rectify_tui.tui.intake_desk.paper import Paper
from rectify_tui.tui.intake_desk.paths import shown

Refused = tuple[Proposal, tuple[ProposedLine, ...]] | None
"""What a file proposes, and which of its lines are not taken."""


def refused_lines(paper: Paper) -> Refused:
    """What is not taken of a file, as it is on the screen."""
    if paper.reading is None:
        return None
    lines = tuple(paper.reading.lines[place] for place in paper.refused())
    return paper.reading.proposal, lines


def send_back(files: Iterable[tuple[Path, Refused]], t: Language) -> tuple[Path, ...]:
    """Write a workbook beside each file of which something is not taken; nothing is overwritten.

    Raises `Problem` where one cannot be written.
    """
    written = []
    for path, refused in files:
        if refused is None or not refused[1]:
            continue
        is_return = refused[0].kind is FileKind.RETURN
        workbook = refused_path(path, None, t) if is_return else fresh_path(path, t)
        try:
            write_refused(workbook, [refused], t)
        except OSError as error:
            said = error.strerror or error
            problem = Problem("intake_screen.cannot_write", path=shown(workbook), error=said)
            raise problem from error
        written.append(workbook)
    return tuple(written)
