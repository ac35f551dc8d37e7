"""Rows that are read all at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock

from rectify_tui.tui.widgets.table.source import Row


class RowList:
    """The rows that `read` hands out. It is called in a thread, when they are first asked for."""

    def __init__(self, read: Callable[[], Sequence[Row]]) -> None:
        self._read = read
        self._lock = Lock()
        self._rows: Sequence[Row] | None = None

    def _all(self) -> Sequence[Row]:
        with self._lock:
            if self._rows is None:
                self._rows = self._read()
            return self._rows

    def count(self) -> int:
        """How many rows there are."""
        return len(self._all())

    def position(self, key: int) -> int | None:
        """The index of a row."""
        return next((index for index, row in enumerate(self._all()) if row.key == key), None)

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        """Rows by index."""
        return self._all()[start:stop]
