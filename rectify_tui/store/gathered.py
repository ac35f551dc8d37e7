"""What counts should be, gathered record by record, and handed out in order or month by month.

There may be more of it than fits into memory: it lies in a store of its own on disk, which is gone
when the connection is closed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Self

from rectify_tui.domain.region import UNIT_DEPTH, Step
from rectify_tui.domain.timeline import CLOSURE
from rectify_tui.store.connection import engine
from rectify_tui.store.periods import MONTH
from rectify_tui.store.records import ITEM
from rectify_tui.store.rollup_write import CountedUnder, Entries, Leaf
from rectify_tui.store.spans import common_length

_BUFFER = 50_000
"""Differences that are held before they are written out."""


class Gathered:
    """Sums of differences by the day from which they are known. To be used once."""

    def __init__(self) -> None:
        self._scratch = engine.scratch()
        self._held: list[tuple[str, str, int, str, int]] = []
        self._numbers: dict[CountedUnder, int] = {}
        self._months: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._scratch.close()

    @property
    def regions(self) -> set[int]:
        """The regions of all that is counted."""
        return {region for under in self._numbers for region in under.regions}

    def add(self, known_from: str, before: Entries, now: Entries) -> None:
        """Note what a batch that is known from a day on takes away from counts, and adds."""
        same = common_length(before, now)
        if same == len(before) == len(now):
            return
        last = before[same - 1][1] if same else None
        for sign, entries in ((-1, before[same:]), (1, now[same:])):
            held = last
            for day, counted in entries:
                if counted == held:
                    continue
                for what, n in ((counted, sign), (held, -sign)):
                    if what is not None:
                        number = self._numbers.setdefault(what[0], len(self._numbers))
                        self._held.append((known_from, day, number, what[1], n))
                held = counted
        if len(self._held) >= _BUFFER:
            self._write()

    def _write(self) -> None:
        """Write what is held, each month into a table of its own."""
        by_month: defaultdict[str, list[tuple[str, str, int, str, int]]] = defaultdict(list)
        for row in self._held:
            by_month[row[1][:MONTH]].append(row)
        for month, rows in by_month.items():
            if month not in self._months:
                self._months[month] = f"leaf_{len(self._months)}"
                self._scratch.execute(
                    f"CREATE TABLE {self._months[month]} (known_from TEXT, day TEXT, under INTEGER,"
                    " status TEXT, n INTEGER)"
                )
            self._scratch.executemany(
                f"INSERT INTO {self._months[month]} VALUES (?, ?, ?, ?, ?)", rows
            )
        self._held.clear()

    def place(self, ladders: Mapping[int, tuple[Step, ...]]) -> None:
        """Say where everything is counted, so that the finest lines can be told. To be done once.

        Those are lines of units, which add up to their county and so on upwards, and all lines of
        cases: one of several counties is no sum of them.
        """
        self._write()
        self._scratch.execute(
            "CREATE TABLE line (under INTEGER, depth INTEGER, parent INTEGER, place INTEGER,"
            " subject TEXT, programme INTEGER)"
        )
        self._scratch.executemany(
            "INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)",
            (
                (number, *line, under.subject, under.programme_id)
                for under, number in self._numbers.items()
                for line in _finest(under, ladders)
            ),
        )
        self._scratch.execute("CREATE INDEX line_by_under ON line (under)")

    def finest(self, month: str) -> Iterable[tuple[object, ...]]:
        """The finest lines of the days of a month, in the order of their key."""
        return self._scratch.execute(
            "SELECT l.depth, f.day, l.parent, l.place, l.subject, l.programme, f.status,"
            f" f.known_from, SUM(f.n) FROM {self._months[month]} f"
            " CROSS JOIN line l ON l.under = f.under"
            " GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING SUM(f.n) <> 0 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8"
        )

    def count(self) -> int:
        """How many differences there are."""
        self._write()
        return sum(
            self._scratch.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
            for table in self._months.values()
        )

    def told_months(self) -> list[str]:
        """The months of which anything is gathered, in order."""
        self._write()
        return sorted(self._months)

    def months(self) -> Iterator[tuple[str, dict[str, dict[Leaf, int]]]]:
        """Each month with its differences, by the day from which they are known."""
        under = list(self._numbers)
        for month in self.told_months():
            found: defaultdict[str, dict[Leaf, int]] = defaultdict(dict)
            for known_from, day, number, status, n in self._scratch.execute(
                f"SELECT known_from, day, under, status, SUM(n) FROM {self._months[month]}"
                " GROUP BY known_from, day, under, status HAVING SUM(n) <> 0"
            ):
                found[known_from][under[number], day, status] = n
            yield month, found


def _finest(
    under: CountedUnder, ladders: Mapping[int, tuple[Step, ...]]
) -> set[tuple[int, int, int]]:
    """Depth, parent and place of the finest lines that count a record."""
    if under.subject in BY_UNIT:
        return {(UNIT_DEPTH, ladders[under.regions[0]][-1].place_id, under.unit_id)}
    return {(step.depth, step.parent_id, step.place_id) for id in under.regions
            for step in ladders[id]}  # fmt: skip


BY_UNIT = (ITEM, CLOSURE)
"""What is counted by unit too, so that all its lines are sums of those."""
