"""Keeps the rollup in step with the records: differences by day and month on every step."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from rectify_tui.domain.region import UNIT_DEPTH, Step
from rectify_tui.domain.timeline import (
    ASSIGNED,
    Replayed,
    Value,
    counted_as_assigned,
    differences,
)
from rectify_tui.resources import sql
from rectify_tui.store.connection import Connection
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

RollupKey = tuple[int, str, str, int, int, str, int, str]
"""Depth, grain, period, parent, place, subject, programme, status."""


Entries = list[tuple[str, tuple[CountedUnder, str]]]
"""From which day a record is counted under what, and with which status."""


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


def _under(programme: int, region: Value, unit: Value) -> CountedUnder:
    return CountedUnder(ITEM, programme, (int(region or 0),), int(unit or 0))


def counted_leaves(subject: str, record: Replayed | None) -> Counter[Leaf]:
    """What a record adds to each day's counts."""
    entries = differences(counted_entries(subject, record))
    return Counter({(under, day, status): n for (day, (under, status)), n in entries.items()})


def lines_of(
    under: CountedUnder, ladders: Mapping[int, tuple[Step, ...]]
) -> set[tuple[int, int, int]]:
    """Depth, parent and place of every line that counts a record, each line once.

    A case of two counties of one city is a line of each county, but one line of the city: that is
    why the lines are a set.
    """
    lines = {(s.depth, s.parent_id, s.place_id) for id in under.regions for s in ladders[id]}
    if under.subject == ITEM:
        county = ladders[under.regions[0]][-1].place_id
        lines.add((UNIT_DEPTH, county, under.unit_id))
    return lines


class RollupDelta:
    """Differences of one flush, known from a day on. `gone` has the ladders of removed regions.

    Figures are kept as differences by day and month on every step of the ladder, so that no date
    needs a look at the items. A change is written as what it takes away and what it adds.
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
        was, now = counted_entries(subject, before), counted_entries(subject, after)
        same = max(common_length(was, now) - 1, 0)
        if was[same:] != now[same:]:
            self._add(was[same:], -1)
            self._add(now[same:], 1)

    def _add(self, entries: Entries, sign: int) -> None:
        for (day, (under, status)), n in differences(entries).items():
            self.leaves[under, day, status] += sign * n

    def write(self) -> None:
        """Add the differences to the rollup table, in the order of its key."""
        leaves = {key: n for key, n in self.leaves.items() if n}
        if not leaves:
            return
        regions = {region for under, _, _ in leaves for region in under.regions}
        # A region that this flush removes has no ladder any more, but what was counted there has
        # to be taken off the same lines again.
        ladders = {**read_ladders(self.connection, regions), **self.gone}
        rows = [(*key, self.known_from, n) for key, n in expand(leaves, ladders).items() if n]
        rows.sort()
        self.connection.executemany(sql("rollup_add"), rows)


def expand(
    leaves: Mapping[Leaf, int], ladders: Mapping[int, tuple[Step, ...]]
) -> dict[RollupKey, int]:
    """Differences on every step of the ladder, by month and by day.

    Both grains hold everything: a date adds the months before its own and the days of its month.
    """
    sums: defaultdict[RollupKey, int] = defaultdict(int)
    known: dict[CountedUnder, set[tuple[int, int, int]]] = {}
    for (under, day, status), n in leaves.items():
        lines = known.get(under)
        if lines is None:
            lines = known[under] = lines_of(under, ladders)
        month = day[:7]
        for depth, parent, place in lines:
            key = (parent, place, under.subject, under.programme_id, status)
            sums[depth, "month", month, *key] += n
            sums[depth, "day", day, *key] += n
    return sums
