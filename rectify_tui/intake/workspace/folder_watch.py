"""A folder that is watched: which of its files are new or changed, once they are whole."""

from __future__ import annotations

from pathlib import Path

from rectify_tui.errors import Problem
from rectify_tui.intake.workspace.folder_files import spreadsheets
from rectify_tui.paths import shown_path

Stamp = tuple[int, int]
"""When a file was last written, in nanoseconds, and its size."""


class FolderWatch:
    """Looks at a folder again and again. Every method is called in one thread at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._last: dict[Path, Stamp] = {}
        self._known: dict[Path, Stamp] = {}

    def look(self) -> list[Path]:
        """The files that have become ready: new or changed, and not written to since the last look.

        Each is named once for every state it comes to rest in. Raises `Problem` where the folder
        cannot be read.
        """
        now = {path: stamp for path in _inside(self.folder) if (stamp := _stamp(path))}
        ready = [
            path
            for path, stamp in now.items()
            if self._last.get(path) == stamp != self._known.get(path)
        ]
        self._last = now
        self._known = {path: stamp for path, stamp in self._known.items() if path in now}
        self._known |= {path: now[path] for path in ready}
        return ready

    def pass_over(self, path: Path) -> None:
        """Leave a file out as long as it stays as it is now."""
        if stamp := _stamp(path):
            self._known[path] = stamp


def _inside(folder: Path) -> list[Path]:
    """The spreadsheets of a folder. Raises `Problem` where it cannot be read."""
    if not folder.is_dir():
        raise Problem("intake_screen.no_folder", path=shown_path(folder))
    try:
        return spreadsheets(folder)
    except OSError as error:
        raise Problem(
            "intake_screen.bad_folder", path=shown_path(folder), error=error.strerror or error
        ) from error


def _stamp(path: Path) -> Stamp | None:
    """None for a file that is empty or gone."""
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_mtime_ns, status.st_size) if status.st_size else None
