"""What counts should be, gathered record by record and handed out month by month.

There may be more of it than fits into memory: it lies in a store of its own on disk, which is gone
when the connection is closed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Self

from rectify_tui.domain.timeline import differences
from rectify_tui.store.connection import engine
from rectify_tui.store.rollup_write import CountedUnder, Entries, Leaf
from rectify_tui.store.spans import common_length

_BUFFER = 50_000
"""Sums that are held before they are written out."""


class Gathered:
    """Sums of differences by the day from which they are known. To be used once."""

    def __init__(self) -> None:
        self._scratch = engine.scratch()
        self._sums: Counter[tuple[str, str, int, str]] = Counter()
        self._numbers: dict[CountedUnder, int] = {}

    def __enter__(self) -> Self:
        self._scratch.execute(
            "CREATE TABLE leaf (month TEXT, known_from TEXT, day TEXT, under INTEGER, status TEXT,"
            " n INTEGER)"
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._scratch.close()

    @property
    def regions(self) -> set[int]:
        """The regions of all that is counted."""
        return {region for under in self._numbers for region in under.regions}

    def add(self, known_from: str, before: Entries, now: Entries) -> None:
        """Note what a batch that is known from a day on takes away from counts, and adds."""
        same = max(common_length(before, now) - 1, 0)
        if before[same:] == now[same:]:
            return
        for sign, entries in ((-1, before[same:]), (1, now[same:])):
            for day, (under, status), n in differences(entries):
                number = self._numbers.setdefault(under, len(self._numbers))
                self._sums[known_from, day, number, status] += sign * n
        if len(self._sums) >= _BUFFER:
            self._write()

    def _write(self) -> None:
        rows = ((day[:7], known, day, *rest, n) for (known, day, *rest), n in self._sums.items())
        self._scratch.executemany("INSERT INTO leaf VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._sums.clear()

    def months(self) -> Iterator[tuple[str, dict[str, dict[Leaf, int]]]]:
        """Each month with its differences, by the day from which they are known."""
        self._write()
        self._scratch.execute("CREATE INDEX leaf_by_month ON leaf (month)")
        under = list(self._numbers)
        for (month,) in self._scratch.execute("SELECT DISTINCT month FROM leaf").fetchall():
            found: defaultdict[str, dict[Leaf, int]] = defaultdict(dict)
            for known_from, day, number, status, n in self._scratch.execute(
                "SELECT known_from, day, under, status, SUM(n) FROM leaf WHERE month = ?"
                " GROUP BY known_from, day, under, status HAVING SUM(n) <> 0",
                [month],
            ):
                found[known_from][under[number], day, status] = n
            yield month, found
