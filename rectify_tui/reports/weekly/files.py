"""Writing a report to a file."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from rectify_tui.errors import Problem
from rectify_tui.reports.formats import BY_ENDING, ReportFormat

SUFFIXES = BY_ENDING
"""The format that a file's ending tells."""


def format_of(path: Path) -> ReportFormat:
    """The format that a file's ending tells. Raises `Problem` where it tells none."""
    found = SUFFIXES.get(path.suffix.lower())
    if found is None:
        raise Problem("weekly.no_suffix", name=path.name, known=" ".join(SUFFIXES))
    return found


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is never seen half written. Raises `OSError` that names the path."""
    path = path.resolve() if path.is_symlink() else path
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        beside = path.with_name(f".{path.name}.{os.getpid()}.part")
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
