"""Putting what was not accepted into workbooks, to be sent back to those who filled it in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rectify_tui.i18n import Language
from rectify_tui.intake.model import Proposal, ProposedLine
from rectify_tui.intake.rejects import free_path, write_refused
from rectify_tui.intake.workspace.applying import FileResult, IntakeResult
from rectify_tui.intake.workspace.opened_file import OpenedFile
from rectify_tui.part_file import make_folder


@dataclass(frozen=True)
class SentBack:
    """How many lines of a file are in a workbook, and why it could not be written, if so."""

    path: Path
    n: int
    error: OSError | None = None


def refused_now(files: Iterable[OpenedFile]) -> IntakeResult:
    """What is not accepted of files as they are on the screen, where nothing is written."""
    return IntakeResult(
        files=tuple(
            FileResult(file, file.checked.proposal, refused=_refused(file))
            for file in files
            if file.checked is not None
        )
    )


def _refused(file: OpenedFile) -> tuple[ProposedLine, ...]:
    assert file.checked is not None
    return tuple(file.checked.lines[index] for index in file.refused())


def send_back(
    result: IntakeResult, t: Language, *, folder: Path | None = None, path: Path | None = None
) -> tuple[SentBack, ...]:
    """Write a workbook for each file of which something was not taken; nothing is overwritten.

    It stands beside the file, unless a folder or, for a single file, a path is given. What was
    taken is in the ledger by now, so what cannot be written is told of, and stops nothing.
    """
    return tuple(
        _write(path or free_path(file.file.path, folder, t), file.proposal, file.refused, t)
        for file in result.files
        if file.refused
    )


def _write(
    path: Path, proposal: Proposal, lines: tuple[ProposedLine, ...], t: Language
) -> SentBack:
    try:
        make_folder(path.parent)
        write_refused(path, [(proposal, lines)], t)
    except OSError as error:
        return SentBack(path, len(lines), error)
    return SentBack(path, len(lines))
