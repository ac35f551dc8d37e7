"""Writing a report to a file."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from pathlib import Path

from rectify_tui.errors import Problem
from rectify_tui.reports.formats import BY_ENDING, ReportFormat


def format_of(path: Path) -> ReportFormat:
    """The format that a file's ending tells. Raises `Problem` where it tells none."""
    found = BY_ENDING.get(path.suffix.lower())
    if found is None:
        raise Problem("weekly.no_suffix", name=path.name, known=" ".join(BY_ENDING))
    return found


def look_at(path: Path) -> None:
    """See that a file can be written there, before anything is done that the file is to hold.

    Raises `OSError` that names the path.
    """
    path = path.resolve() if path.is_symlink() else path
    beside = path if path.exists() and not path.is_file() else _beside(path)
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        if beside != path:
            beside.touch(exist_ok=False)
            beside.unlink()
    except OSError as error:
        error.filename = str(path)
        raise


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.part")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is never seen half written. Raises `OSError` that names the path."""
    path = path.resolve() if path.is_symlink() else path
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        beside = _beside(path)
        try:
            beside.write_bytes(content)
            if path.exists():
                shutil.copymode(path, beside)
            beside.replace(path)
        finally:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
    except OSError as error:
        error.filename = str(path)
        raise
