"""Rows of a list that are made as they are read: no more is built than is printed or passed on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

Row = dict[str, object]

WINDOW = 200
"""Lines that are read at a time: some hundreds cost little more than one."""


class Rows:
    """So many lines, of which `read` hands out those from one place to another, then their sums.

    They can be read again and again, while what they are read from stays open and does not change.
    The window that was read last is kept.
    """

    def __init__(
        self, count: int, read: Callable[[int, int], Sequence[Row]], sums: Sequence[Row] = ()
    ) -> None:
        self.count = count
        self.sums = sums
        self._read = read
        self._window: tuple[int, Sequence[Row]] = (-1, ())

    def __len__(self) -> int:
        return self.count + len(self.sums)

    def __iter__(self) -> Iterator[Row]:
        return chain(self.lines(), self.sums)

    def lines(self, most: int | None = None) -> Iterator[Row]:
        """The lines alone, or the first of them."""
        windows = (self._window_at(start) for start in range(0, self.count, WINDOW))
        return islice(chain.from_iterable(windows), most)

    def _window_at(self, start: int) -> Sequence[Row]:
        if self._window[0] != start:
            self._window = start, self._read(start, min(start + WINDOW, self.count))
        return self._window[1]

    def each(self, change: Callable[[Mapping[str, object]], Row]) -> Rows:
        """The same rows, each turned into another when it is read."""

        def read(start: int, stop: int) -> list[Row]:
            aligned = self._window_at(start) if not start % WINDOW else self._read(start, stop)
            return [change(row) for row in aligned]

        return Rows(self.count, read, [change(row) for row in self.sums])


def each(
    rows: Iterable[Mapping[str, object]], change: Callable[[Mapping[str, object]], Row]
) -> Rows | list[Row]:
    """Rows, each turned into another: at once, or when they are read."""
    return rows.each(change) if isinstance(rows, Rows) else [change(row) for row in rows]
