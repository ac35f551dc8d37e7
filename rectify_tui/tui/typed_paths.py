"""Files as people name them: typed, pasted, or dropped on the terminal."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from urllib.parse import unquote, urlsplit

from rectify_tui.domain.text import natural_key
from rectify_tui.errors import Problem
from rectify_tui.intake.reading.other_files import about_others
from rectify_tui.intake.workspace.folder_files import (
    DRAFTS,
    SUFFIXES,
    is_spreadsheet,
    spreadsheets,
)
from rectify_tui.paths import shown_path


def read_paths(text: str) -> list[Path]:
    """The paths in a text, each once.

    A terminal that a file is dropped on types its name: bare, in quotes, with spaces escaped, as a
    `file://` address, and several of them behind one another. A line that is a path as it stands
    is taken so; of a line that names nothing the whole is handed back.
    """
    paths: dict[Path, None] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        whole = _path(line)
        parts = [whole] if _is_there(whole) else [_path(word) for word in _words(line)]
        paths |= dict.fromkeys(parts if any(map(_is_there, parts)) else [whole])
    return list(paths)


def files_of(paths: list[Path]) -> list[Path]:
    """Files, with the spreadsheets of folders in their place.

    Raises `Problem` where nothing is named, a path leads nowhere, or a folder holds no spreadsheet.
    """
    if not paths:
        raise Problem("intake_screen.no_path")
    files: dict[Path, None] = {}
    for path in paths:
        if not _is_there(path):
            raise Problem("intake_screen.no_file", path=shown_path(path))
        if path.is_dir():
            inside = spreadsheets(path)
            if not inside and (others := about_others([path])):
                raise others[0]
            if not inside:
                raise Problem(
                    "intake_screen.empty_folder", path=shown_path(path), known=" ".join(SUFFIXES)
                )
            files |= dict.fromkeys(inside)
        else:
            files[path] = None
    return list(files)


def folder_of(paths: list[Path]) -> Path:
    """The first folder that is named. Raises `Problem` where it is none."""
    if not paths:
        raise Problem("intake_screen.no_path")
    if not (_is_there(paths[0]) and paths[0].is_dir()):
        raise Problem("intake_screen.no_folder", path=shown_path(paths[0]))
    return paths[0]


def beginning(folder: Path) -> str:
    """A folder as the beginning of a path that somebody goes on typing."""
    return shown_path(folder).rstrip(os.sep) + os.sep


def complete(text: str) -> tuple[str, list[str]]:
    """A path completed as far as the names on disk agree, and the names that it may be.

    Folders end in a stroke. Where nothing fits the text comes back as it is.
    """
    typed = text.strip().strip("'\"")
    head, tail = os.path.split(typed)
    try:
        folder = Path(head or ".").expanduser()
        inside = sorted(folder.iterdir(), key=lambda path: natural_key(path.name))
        names = [_named(path) for path in inside if _fits(path, tail)]
    except (OSError, RuntimeError, ValueError):
        return text, []
    if not names:
        return text, []
    return os.path.join(head, _agreed(names)), names  # noqa: PTH118 - keeps ~


def _fits(path: Path, start: str) -> bool:
    """Whether a name may be meant; what begins with a dot only where that was typed."""
    hidden = path.name.startswith(DRAFTS) and not start.startswith(".")
    return path.name.startswith(start) and not hidden and (path.is_dir() or is_spreadsheet(path))


def _agreed(names: list[str]) -> str:
    """How names begin that begin alike."""
    first, last = min(names), max(names)
    same = zip(first, last, strict=False)
    n = next((i for i, (one, other) in enumerate(same) if one != other), len(first))
    return first[:n]


def _named(path: Path) -> str:
    return path.name + os.sep if path.is_dir() else path.name


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # longer than a name may be
        return False


def _path(word: str) -> Path:
    if len(word) > 1 and word[0] == word[-1] and word[0] in "'\"":
        word = word[1:-1]
    if word.lower().startswith("file:"):
        word = unquote(urlsplit(word).path)
    path = Path(word.replace("\0", ""))
    try:
        return Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 - links stay as they are
    except RuntimeError:  # ~ of somebody who is not there
        return path.absolute()


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line, posix=os.name == "posix")
    except ValueError:
        return []
