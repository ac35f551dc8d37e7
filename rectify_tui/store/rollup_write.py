"""Keeps the rollup in step with the records: differences by day, month and year on every step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rectify_tui.domain.figures import CLOSURE
from rectify_tui.domain.region import UNIT_DEPTH, Step
from rectify_tui.domain.timeline import (
    ASSIGNED,
    Replayed,
    Value,
    counted_as_assigned,
    counted_closures,
    differences,
)
from rectify_tui.resources import sql
from rectify_tui.store.connection import Connection, marks
from rectify_tui.store.records import ITEM, region_ids
from rectify_tui.store.regions import read_ladders
from rectify_tui.store.spans import common_length


class CountedUnder(NamedTuple):
    """What a record is counted under; unit 0 stands for none, cases have none."""

    subject: str
    programme_id: int
    regions: tuple[int, ...]
    unit_id: int


Leaf = tuple[CountedUnder, str, str]
"""What is counted under, day and status: what one record adds to."""

RollupKey = tuple[int, str, int, int, str, int, str]
"""Depth, period (a year, a month or a day), parent, place, subject, programme, status."""

Line = tuple[RollupKey, str | None]
"""A line that is kept: its key, and for a day since when it is known."""

_KEY = ("depth", "period", "parent_id", "place_id", "subject", "programme_id", "status")


Entries = list[tuple[str, tuple[CountedUnder, str] | None]]
"""From which day a record is counted under what, and with which status; None where it is not."""


def all_entries(subject: str, record: Replayed | None) -> tuple[Entries, ...]:
    """From which day a record is counted under what: by its status, and by its close-out."""
    return counted_entries(subject, record), closure_entries(subject, record)


def counted_entries(subject: str, record: Replayed | None) -> Entries:
    """From which day an item or a case is counted under what, and with which status."""
    if record is None:
        return []
    programme = int(record.values["programme_id"] or 0)
    if subject != ITEM:
        under = CountedUnder(subject, programme, region_ids(subject, record.values), 0)
        return [(day, (under, status)) for day, status in record.timeline]
    region, unit = ASSIGNED.index("region_id"), ASSIGNED.index("responsible_id")
    return [
        (day, (_under(programme, assigned[region], assigned[unit]), status))
        for day, assigned, status in counted_as_assigned(record.timeline, record.assignments)
    ]


def _under(programme: int, region: Value, unit: Value, subject: str = ITEM) -> CountedUnder:
    return CountedUnder(subject, programme, (int(region or 0),), int(unit or 0))


def closure_entries(subject: str, record: Replayed | None) -> Entries:
    """From which day an item is counted under what with which stage of close-out; None for none.

    Stages are counted beside statuses, as a subject of their own.
    """
    if record is None or subject != ITEM or not record.closures:
        return []
    programme = int(record.values["programme_id"] or 0)
    region, unit = ASSIGNED.index("region_id"), ASSIGNED.index("responsible_id")
    return [
        (day, (_under(programme, at[region], at[unit], CLOSURE), stage) if stage else None)
        for day, at, stage in counted_closures(record.timeline, record.assignments, record.closures)
    ]


def lines_of(
    under: CountedUnder, ladders: Mapping[int, tuple[Step, ...]]
) -> set[tuple[int, int, int]]:
    """Depth, parent and place of every line that counts a record, each line once.

    A case of two counties of one city is a line of each county, but one line of the city: that is
    why the lines are a set.
    """
    lines = {(s.depth, s.parent_id, s.place_id) for id in under.regions for s in ladders[id]}
    if under.subject in (ITEM, CLOSURE):
        county = ladders[under.regions[0]][-1].place_id
        lines.add((UNIT_DEPTH, county, under.unit_id))
    return lines


class RollupDelta:
    """Differences of one flush, known from a day on. `gone` has the ladders of removed regions.

    Figures are kept as differences by day, month and year on every step of the ladder, so that no
    date needs a look at the items. A change is written as what it takes away and what it adds.
    """

    def __init__(
        self, connection: Connection, known_from: str, gone: Mapping[int, tuple[Step, ...]]
    ) -> None:
        self.connection = connection
        self.known_from = known_from
        self.gone = gone
        self.leaves: defaultdict[Leaf, int] = defaultdict(int)

    def replace(self, subject: str, before: Replayed | None, after: Replayed | None) -> None:
        """Count a record as it is now and no longer as it was; None where it is not there.

        What both begin with cancels out: only the last entry in common stays, since what follows
        takes away from it.
        """
        both = zip(all_entries(subject, before), all_entries(subject, after), strict=True)
        for was, now in both:
            same = max(common_length(was, now) - 1, 0)
            if was[same:] != now[same:]:
                self._add(was[same:], -1)
                self._add(now[same:], 1)

    def _add(self, entries: Entries, sign: int) -> None:
        for (day, counted), n in differences(entries).items():
            if counted is not None:
                self.leaves[counted[0], day, counted[1]] += sign * n

    def write(self) -> None:
        """Add the differences to the rollup table, in the order of its key."""
        leaves = {key: n for key, n in self.leaves.items() if n}
        if not leaves:
            return
        regions = {region for under, _, _ in leaves for region in under.regions}
        # A region that this flush removes has no ladder any more, but what was counted there has
        # to be taken off the same lines again.
        ladders = {**read_ladders(self.connection, regions), **self.gone}
        add_figures(self.connection, expand(leaves, ladders), self.known_from)


def add_figures(connection: Connection, figures: Mapping[RollupKey, int], known_from: str) -> None:
    """Add differences to both tables, in the order of their keys."""
    days: list[tuple[object, ...]] = []
    spans: list[tuple[object, ...]] = []
    for key, n in sorted(figures.items()):
        if n and is_day(key):
            days.append((*key, known_from, n))
        elif n:
            spans.append((*key, n))
    connection.executemany(sql("rollup_add"), spans)
    connection.executemany(sql("rollup_day_add"), days)


def read_figures(connection: Connection, month: str) -> Iterator[tuple[Line, int]]:
    """Every line that is kept of a month and its days, with its difference."""
    columns, within = ", ".join(_KEY), "depth = ? AND period >= ? AND period < ? AND n <> 0"
    for depth in _depths(connection, "rollup"):
        for *key, n in connection.execute(
            f"SELECT {columns}, n FROM rollup WHERE {within}", [depth, month, f"{month}~"]
        ):
            yield (tuple(key), None), n
    for depth in _depths(connection, "rollup_day"):
        for *key, known_from, n in connection.execute(
            f"SELECT {columns}, recorded_on, n FROM rollup_day WHERE {within}",
            [depth, month, f"{month}~"],
        ):
            yield (tuple(key), known_from), n


def read_years(connection: Connection) -> Iterator[tuple[Line, int]]:
    """Every line that is kept of a year, with its difference."""
    for *key, n in connection.execute(
        f"SELECT {', '.join(_KEY)}, n FROM rollup WHERE LENGTH(period) < ? AND n <> 0",
        [len("YYYY-MM")],
    ):
        yield (tuple(key), None), n


def kept_months(connection: Connection) -> set[str]:
    """The months of which lines are kept, or of whose days."""
    months = connection.execute(
        "SELECT DISTINCT SUBSTR(period, 1, 7) FROM rollup WHERE LENGTH(period) >= ?"
        " UNION SELECT DISTINCT SUBSTR(period, 1, 7) FROM rollup_day",
        [len("YYYY-MM")],
    )
    return {month for (month,) in months}


def count_lines(connection: Connection) -> int:
    """How many lines are kept."""
    return sum(
        connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
        for table in ("rollup", "rollup_day")
    )


def _depths(connection: Connection, table: str) -> list[int]:
    return [depth for (depth,) in connection.execute(f"SELECT DISTINCT depth FROM {table}")]


def put_figure(connection: Connection, line: Line, n: int) -> None:
    """Have a line be a difference, whatever was kept."""
    key, known_from = line
    table, columns, values = (
        ("rollup", _KEY, key) if known_from is None
        else ("rollup_day", (*_KEY, "recorded_on"), (*key, known_from))
    )  # fmt: skip
    where = " AND ".join(f"{name} = ?" for name in columns)
    connection.execute(f"DELETE FROM {table} WHERE {where}", values)
    if n:
        connection.execute(
            f"INSERT INTO {table} ({', '.join(columns)}, n) VALUES ({marks((*values, n))})",
            [*values, n],
        )


def is_year(key: RollupKey) -> bool:
    """Whether a difference is that of a year."""
    return len(key[1]) == len("YYYY")


def is_day(key: RollupKey) -> bool:
    """Whether a difference is that of a day, and not of a month or a year."""
    return len(key[1]) == len("YYYY-MM-DD")


def expand(
    leaves: Mapping[Leaf, int], ladders: Mapping[int, tuple[Step, ...]]
) -> dict[RollupKey, int]:
    """Differences on every step of the ladder, by year, month and day.

    All three hold everything: a date adds the years before its own, the months of its year and the
    days of its month.
    """
    sums: defaultdict[RollupKey, int] = defaultdict(int)
    known: dict[CountedUnder, set[tuple[int, int, int]]] = {}
    for (under, day, status), n in leaves.items():
        lines = known.get(under)
        if lines is None:
            lines = known[under] = lines_of(under, ladders)
        year, month = day[:4], day[:7]
        for depth, parent, place in lines:
            key = (parent, place, under.subject, under.programme_id, status)
            sums[depth, year, *key] += n
            sums[depth, month, *key] += n
            sums[depth, day, *key] += n
    return sums
