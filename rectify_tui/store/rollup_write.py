"""Keeps the rollup in step with the records: differences by day, month and year on every step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from rectify_tui.domain.differing import first_difference, held_from
from rectify_tui.domain.region import UNIT_DEPTH, Step
from rectify_tui.domain.timeline import (
    ASSIGNED,
    CLOSURE,
    Replayed,
    Value,
    counted_as_assigned,
    counted_closures,
    differences,
)
from rectify_tui.resources import sql
from rectify_tui.store.connection import Connection, marks
from rectify_tui.store.periods import DAY, MONTH, YEAR
from rectify_tui.store.records import ITEM, region_ids
from rectify_tui.store.regions import read_ladders


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
    return [
        (day, (_under(programme, assigned[_REGION], assigned[_UNIT]), status))
        for day, assigned, status in counted_as_assigned(record.timeline, record.assignments)
    ]


_REGION, _UNIT = ASSIGNED.index("region_id"), ASSIGNED.index("responsible_id")


@lru_cache(maxsize=10_000)
def _under(programme: int, region: Value, unit: Value, subject: str = ITEM) -> CountedUnder:
    return CountedUnder(subject, programme, (int(region or 0),), int(unit or 0))


def closure_entries(subject: str, record: Replayed | None) -> Entries:
    """From which day an item is counted under what with which stage of close-out; None for none.

    Stages are counted beside statuses, as a subject of their own.
    """
    if record is None or subject != ITEM or not record.closures:
        return []
    programme = int(record.values["programme_id"] or 0)
    return [
        (day, (_under(programme, at[_REGION], at[_UNIT], CLOSURE), stage) if stage else None)
        for day, at, stage in counted_closures(record.timeline, record.assignments, record.closures)
    ]


Place = tuple[int, int, int]
"""Depth, parent and place: where a line is kept."""


def _places_of(regions: Iterable[int], ladders: Mapping[int, tuple[Step, ...]]) -> set[Place]:
    """Where the lines of regions are kept, each once.

    A case of two counties of one city is a line of each county, but one line of the city.
    """
    return {(s.depth, s.parent_id, s.place_id) for id in regions for s in ladders[id]}


class RollupDelta:
    """Differences that are not written yet, each known from some day on.

    Figures are kept as differences by day, month and year on every step of the ladder, so that no
    date needs a look at the items. A change is written as what it takes away and what it adds.
    """

    def __init__(self) -> None:
        self._leaves: defaultdict[str, dict[Leaf, int]] = defaultdict(lambda: defaultdict(int))

    def __len__(self) -> int:
        return sum(map(len, self._leaves.values()))

    def replace(
        self, subject: str, before: Replayed | None, after: Replayed | None, known_from: str
    ) -> None:
        """Count a record as it is now and no longer as it was; None where it is not there.

        What both begin with cancels out, so that it is not looked at.
        """
        if before is not None and after is not None:
            day = first_difference(before, after)
            if day is None:
                return
            before, after = held_from(before, day), held_from(after, day)
        leaves = self._leaves[known_from]
        for was, now in zip(all_entries(subject, before), all_entries(subject, after), strict=True):
            begun = was[0][1] if was and now and was[0] == now[0] else None
            for day, (under, status), n in differences(was, begun):
                leaves[under, day, status] -= n
            for day, (under, status), n in differences(now, begun):
                leaves[under, day, status] += n

    def write(self, connection: Connection, gone: Mapping[int, tuple[Step, ...]]) -> None:
        """Add the differences to both tables, in the order of their keys, and begin anew.

        `gone` has the ladders of regions that were removed: what was counted there has to be taken
        off the same lines again.
        """
        counted = chain.from_iterable(self._leaves.values())
        regions = {region for under, _, _ in counted for region in under.regions}
        ladders = {**read_ladders(connection, regions), **gone}
        days = {known: _days_of(leaves, ladders) for known, leaves in self._leaves.items()}
        months = _summed(chain(*(lines.items() for lines in days.values())), MONTH)
        years = _summed(months.items(), YEAR)
        spans = chain(years.items(), months.items())
        connection.executemany(sql("rollup_add"), sorted((*key, n) for key, n in spans if n))
        rows = [(*key, known, n) for known, lines in days.items() for key, n in lines.items() if n]
        connection.executemany(sql("rollup_day_add"), sorted(rows))
        self._leaves.clear()


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
        [MONTH],
    ):
        yield (tuple(key), None), n


def kept_months(connection: Connection) -> set[str]:
    """The months of which lines are kept, or of whose days."""
    months = connection.execute(
        "SELECT DISTINCT SUBSTR(period, 1, 7) FROM rollup WHERE LENGTH(period) >= ?"
        " UNION SELECT DISTINCT SUBSTR(period, 1, 7) FROM rollup_day",
        [MONTH],
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
    return len(key[1]) == YEAR


def is_day(key: RollupKey) -> bool:
    """Whether a difference is that of a day, and not of a month or a year."""
    return len(key[1]) == DAY


def expand(
    leaves: Mapping[Leaf, int], ladders: Mapping[int, tuple[Step, ...]]
) -> dict[RollupKey, int]:
    """Differences on every step of the ladder, by year, month and day.

    All three hold everything: a date adds the years before its own, the months of its year and the
    days of its month.
    """
    days = _days_of(leaves, ladders)
    months = _summed(days.items(), MONTH)
    return {**_summed(months.items(), YEAR), **months, **days}


def _days_of(
    leaves: Mapping[Leaf, int], ladders: Mapping[int, tuple[Step, ...]]
) -> dict[RollupKey, int]:
    """Differences on every step of the ladder by day, sorted: so what is summed is nearly so."""
    days: defaultdict[RollupKey, int] = defaultdict(int)
    known: dict[tuple[int, ...], set[Place]] = {}
    for ((subject, programme, regions, unit), day, status), n in leaves.items():
        if not n:
            continue
        places = known.get(regions)
        if places is None:
            places = known[regions] = _places_of(regions, ladders)
        for depth, parent, place in places:
            days[depth, day, parent, place, subject, programme, status] += n
        if subject in _WITH_UNITS:
            county = ladders[regions[0]][-1].place_id
            days[UNIT_DEPTH, day, county, unit, subject, programme, status] += n
    return dict(sorted(days.items()))


_WITH_UNITS = frozenset((ITEM, CLOSURE))


def _summed(lines: Iterable[tuple[RollupKey, int]], length: int) -> dict[RollupKey, int]:
    """The same over longer periods, named by so many characters of theirs."""
    sums: dict[RollupKey, int] = {}
    for (depth, period, parent, place, subject, programme, status), n in lines:
        key = (depth, period[:length], parent, place, subject, programme, status)
        sums[key] = sums.get(key, 0) + n
    return sums
