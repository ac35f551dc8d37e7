"""Keeps the rollup in step with the records: differences by day and month on every step."""

from __future__ import annotations

from collections import Counter

from rectify_tui.domain.region import UNIT_DEPTH, Step
from rectify_tui.domain.timeline import Timeline, Value, Values, counted, differences
from rectify_tui.resources import sql
from rectify_tui.store.connection import Connection
from rectify_tui.store.records import ITEM, region_ids
from rectify_tui.store.regions import read_ladders

Place = tuple[str, int, tuple[int, ...], int]
"""Subject, programme, regions and responsible unit: what a record is counted under."""

RollupKey = tuple[int, str, str, int, int, str, int, str]
"""Depth, grain, period, parent, place, subject, programme, status."""


def place_of(subject: str, values: Values) -> Place:
    """What an item or a case is counted under."""
    unit: Value = values.get("responsible_id") if subject == ITEM else None
    programme = values["programme_id"]
    return subject, int(programme or 0), region_ids(subject, values), int(unit or 0)


def counted_differences(values: Values, timeline: Timeline) -> Counter[tuple[str, str]]:
    """What a record adds to each day's counts."""
    start = values.get("start_on")
    return differences(counted(timeline, str(start) if start else None))


def steps_of(place: Place, ladders: dict[int, tuple[Step, ...]]) -> set[tuple[int, int, int]]:
    """Depth, parent and place of every line that counts a record, each line once."""
    subject, _, regions, unit = place
    steps = {(s.depth, s.parent_id, s.place_id) for region in regions for s in ladders[region]}
    if subject == ITEM:
        steps.add((UNIT_DEPTH, ladders[regions[0]][-1].place_id, unit))
    return steps


class RollupDelta:
    """Differences of one flush, learned on `recorded_on`."""

    def __init__(self, connection: Connection, recorded_on: str) -> None:
        self.connection = connection
        self.recorded_on = recorded_on
        self.leaves: Counter[tuple[Place, str, str]] = Counter()

    def take(self, subject: str, values: Values | None, timeline: Timeline, sign: int) -> None:
        """Add (`sign` 1) or take away (-1) what a record contributes."""
        if values is None:
            return
        place = place_of(subject, values)
        for (day, status), n in counted_differences(values, timeline).items():
            self.leaves[place, day, status] += sign * n

    def write(self) -> None:
        """Add the differences to the rollup table."""
        leaves = {key: n for key, n in self.leaves.items() if n}
        if not leaves:
            return
        regions = {region for (_, _, regions, _), _, _ in leaves for region in regions}
        ladders = read_ladders(self.connection, regions)
        rows = [(*key, self.recorded_on, n) for key, n in expand(leaves, ladders).items() if n]
        self.connection.executemany(sql("rollup_add"), rows)


def expand(
    leaves: dict[tuple[Place, str, str], int], ladders: dict[int, tuple[Step, ...]]
) -> Counter[RollupKey]:
    """Differences on every step of the ladder, by month and by day."""
    found: Counter[RollupKey] = Counter()
    known: dict[Place, set[tuple[int, int, int]]] = {}
    for (place, day, status), n in leaves.items():
        if place not in known:
            known[place] = steps_of(place, ladders)
        subject, programme, _, _ = place
        for depth, parent, at in known[place]:
            found[depth, "month", day[:7], parent, at, subject, programme, status] += n
            found[depth, "day", day, parent, at, subject, programme, status] += n
    return found
