"""The files that came back, as people name them: one by one, or by their folder."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path

from rectify_tui.domain.text import natural_key
from rectify_tui.errors import Problem
from rectify_tui.i18n import LANGUAGES, Language

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv")
"""Endings of the files that are looked for in a folder."""

_NUMBER = re.compile(r" \([0-9]+\)$")
_DRAFTS = (".", "~$")
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
        inside = _spreadsheets(path)
        if not inside:
            raise Problem("return_check.empty_folder", path=path, suffixes=" ".join(SUFFIXES))
        stems = {each.stem for each in inside}
        ours = [each for each in inside if _is_ours(each, stems)]
        left_out += ours
        files |= dict.fromkeys(each for each in inside if each not in ours)
    return list(files), left_out


def refused_path(file: Path, folder: Path | None, t: Language) -> Path:
    """Where the lines of a file go that are sent back: beside it unless a folder is given.

    Nothing is there yet: a workbook that was sent back may have been put right since.
    """
    name = t("return_check.refused_name", stem=file.stem)
    found, n = (folder or file.parent) / f"{name}.xlsx", 1
    while found.exists():
        n += 1
        found = found.with_name(f"{name} ({n}).xlsx")
    return found


def _is_ours(file: Path, stems: Collection[str]) -> bool:
    """Whether a file is named like the lines that were sent back of one beside it."""
    stem = _NUMBER.sub("", file.stem)
    names = (t("return_check.refused_name", stem="") for t in map(Language, LANGUAGES))
    return any(stem.endswith(name) and stem.removesuffix(name) in stems for name in names)


def _spreadsheets(folder: Path) -> list[Path]:
    found = [
        path
        for path in folder.iterdir()
        if path.suffix.lower() in SUFFIXES and not path.name.startswith(_DRAFTS) and path.is_file()
    ]
    return sorted(found, key=lambda path: natural_key(path.name))
