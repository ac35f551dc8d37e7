"""Putting what was not accepted into workbooks, to be sent back to those who filled it in."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from rectify_tui.i18n import Language
from rectify_tui.intake.model import ProposedLine
from rectify_tui.intake.refused_stamp import (
    RefusedStamp,
    WrittenWorkbook,
    stamp_of,
    written_workbook,
)
from rectify_tui.intake.rejects import refused_paths, write_refused
from rectify_tui.intake.workspace.applying import FileResult, IntakeResult
from rectify_tui.intake.workspace.opened_file import OpenedFile
from rectify_tui.part_file import make_folder


class SentBack(NamedTuple):
    """How many lines of a file are in a workbook, and why it could not be written, if so.

    `written` is False where a workbook with these lines was there already.
    """

    path: Path
    n: int
    error: OSError | None = None
    written: bool = True


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
    """Write a workbook for each file of which something was not taken.

    It stands beside the file, unless a folder or, for a single file, a path is given. One that was
    written for the same file and that nobody has saved since is written anew, or goes where nothing
    is left to send back; anything else that is there stays, since it may have been put right. What
    was taken is in the ledger by now, so what cannot be written is told of, and stops nothing.
    """
    written = (_send_back(file, t, folder, path) for file in result.files)
    return tuple(workbook for workbook in written if workbook is not None)


def _send_back(
    result: FileResult, t: Language, folder: Path | None, path: Path | None
) -> SentBack | None:
    stamp = stamp_of(result.proposal, result.refused)
    try:
        place, old = (path, None) if path else _place(result.file.path, folder, t, stamp)
    except OSError as error:
        return SentBack(folder or result.file.path.parent, len(result.refused), error)
    if result.refused and (old is None or old.stamp != stamp):
        return _write(place, result, t, stamp, again=old is not None)
    if result.refused:
        return SentBack(place, len(result.refused), written=False)
    if old is not None and old.untouched:
        with contextlib.suppress(OSError):
            place.unlink()
    return None


def _place(
    file: Path, folder: Path | None, t: Language, stamp: RefusedStamp
) -> tuple[Path, WrittenWorkbook | None]:
    """Where the lines of a file go: in place of what was written of them, else somewhere free."""
    for path in refused_paths(file, folder, t):
        if not path.exists():
            return path, None
        old = written_workbook(path)
        if old and old.stamp.file == stamp.file and (old.untouched or old.stamp == stamp):
            return path, old
    raise AssertionError("there is always another name")


def _write(
    path: Path, result: FileResult, t: Language, stamp: RefusedStamp, *, again: bool
) -> SentBack:
    n = len(result.refused)
    try:
        make_folder(path.parent)
        write_refused(path, [(result.proposal, result.refused)], t, str(stamp), again=again)
    except OSError as error:
        return SentBack(path, n, error)
    return SentBack(path, n)
