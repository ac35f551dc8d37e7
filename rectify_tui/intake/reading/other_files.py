"""Files in a folder that are no spreadsheets and may still be somebody's return, such as scans."""

from __future__ import annotations

from pathlib import Path

from rectify_tui.domain.text import natural_key
from rectify_tui.intake.reading.source import file_name

_ENDINGS = (
    ".pdf", ".ofd", ".zip", ".rar", ".7z", ".tar", ".gz", ".doc", ".docx", ".wps", ".rtf", ".txt",
    ".htm", ".html", ".mht", ".eml", ".msg", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp",
    ".heic", ".xlsb", ".numbers",
)  # fmt: skip
_DRAFTS = (".", "~$")


def other_files(folder: Path) -> list[str]:
    """The names of such files, sorted; none where the folder cannot be read."""
    try:
        inside = [path for path in folder.iterdir() if path.is_file()]
    except OSError:
        return []
    meant = (path for path in inside if path.suffix.lower() in _ENDINGS)
    names = (file_name(path) for path in meant if not path.name.startswith(_DRAFTS))
    return sorted(names, key=natural_key)
