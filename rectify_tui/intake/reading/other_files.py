"""Files in a folder that are no spreadsheets and may still be somebody's return, such as scans."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rectify_tui.domain.text import natural_key
from rectify_tui.errors import Problem
from rectify_tui.intake.reading.source import file_name

_ENDINGS = (
    ".pdf", ".ofd", ".zip", ".rar", ".7z", ".tar", ".gz", ".doc", ".docx", ".wps", ".rtf", ".txt",
    ".htm", ".html", ".mht", ".eml", ".msg", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp",
    ".heic", ".xlsb", ".numbers",
)  # fmt: skip
_NAMED = 12
_DRAFTS = (".", "~$")


def about_others(paths: Iterable[Path]) -> list[Problem]:
    """What is to be said of folders among paths in which such files lie."""
    named = [(path, names) for path in paths if path.is_dir() and (names := other_files(path))]
    return [
        Problem(
            "reading.other_files", folder=path, n=len(names),
            names="、".join(names[:_NAMED]) + ("…" if len(names) > _NAMED else ""),
        )
        for path, names in named
    ]  # fmt: skip


def other_files(folder: Path) -> list[str]:
    """The names of such files, sorted; none where the folder cannot be read."""
    try:
        inside = [path for path in folder.iterdir() if path.is_file()]
    except OSError:
        return []
    meant = (path for path in inside if path.suffix.lower() in _ENDINGS)
    names = (file_name(path) for path in meant if not path.name.startswith(_DRAFTS))
    return sorted(names, key=natural_key)
