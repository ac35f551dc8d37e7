"""Files that come in, as people name them: one by one, or by their folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rectify_tui.domain.text import natural_key
from rectify_tui.errors import Problem
from rectify_tui.intake.rejects import is_named_like_refused

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv")
"""Endings of the files that are looked for in a folder."""

DRAFTS = (".", "~$")
"""How the names of files begin that programs keep for themselves."""


def find_files(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Files to read, and files in a folder that are left out.

    Of a folder all spreadsheets are read, in the order of their names; not those inside folders in
    it, and not a workbook that was written to be sent back and whose file stands beside it.
    Raises `Problem` for a folder without any, `OSError` for one that cannot be read.
    """
    files: dict[Path, None] = {}
    left_out = []
    for path in paths:
        if not path.is_dir():
            files[path] = None
            continue
        every, to_read = _spreadsheets(path), spreadsheets(path)
        if not every:
            raise Problem("return_check.empty_folder", path=path, suffixes=" ".join(SUFFIXES))
        left_out += [inside for inside in every if inside not in to_read]
        files |= dict.fromkeys(to_read)
    return list(files), left_out


def spreadsheets(folder: Path) -> list[Path]:
    """The spreadsheets in a folder, by name, without those that were written to be sent back.

    Raises `OSError` where it cannot be read.
    """
    inside = _spreadsheets(folder)
    stems = {path.stem for path in inside}
    return [path for path in inside if not is_named_like_refused(path.stem, stems)]


def _spreadsheets(folder: Path) -> list[Path]:
    inside = filter(is_spreadsheet, folder.iterdir())
    return sorted(inside, key=lambda path: natural_key(path.name))


def is_spreadsheet(path: Path) -> bool:
    """Whether a path is that of a spreadsheet which nobody is just writing."""
    named = path.suffix.lower() in SUFFIXES and not path.name.startswith(DRAFTS)
    return named and path.is_file()
