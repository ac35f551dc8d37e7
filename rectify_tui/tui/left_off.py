"""Where somebody left off in a ledger, kept in a file of its own until the next time.

Never in it is the day that was looked at: one always begins in the present.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from rectify_tui.paths import config_folder

VERSION = 1
"""Of the file's form. One of another form is as good as none."""

COLUMNS = "columns"
"""Under this name stand the columns of lists, which hold wherever one begins."""


def left_off_file(store: Path) -> Path:
    """The file about a store."""
    name = sha256(str(store.resolve()).encode()).hexdigest()[:16]
    return config_folder() / "left-off" / f"{name}.json"


class LeftOff:
    """What each screen wants to find again, under its name, as plain data.

    A file that cannot be read, or written, is not worth a word: it says nothing about the ledger.
    Without a `path` nothing is kept. With `home` only the columns are taken from it.
    """

    def __init__(self, path: Path | None, *, home: bool = False) -> None:
        self._path = path
        self.first = path is not None and not path.exists()
        """Whether nobody has left this ledger's dashboard before."""
        self._data = _read(path) if path is not None else {}
        if home:
            self._data = {name: data for name, data in self._data.items() if name == COLUMNS}

    def of(self, name: str) -> Mapping[str, object]:
        """What was kept under a name; nothing where there is nothing."""
        return self._data.get(name, {})

    def put(self, name: str, data: Mapping[str, object]) -> None:
        """Keep something under a name."""
        self._data[name] = dict(data)

    def write(self) -> None:
        """Write everything to the file."""
        if self._path is None:
            return
        text = json.dumps({"version": VERSION, "kept": self._data}, ensure_ascii=False)
        part = self._path.with_suffix(".part")
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(text, "utf-8")
            part.replace(self._path)


def _read(path: Path) -> dict[str, dict[str, object]]:
    with suppress(OSError, ValueError, RecursionError):
        match json.loads(path.read_text("utf-8")):
            case {"version": version, "kept": dict(kept)} if version == VERSION:
                return {str(name): data for name, data in kept.items() if isinstance(data, dict)}
    return {}
