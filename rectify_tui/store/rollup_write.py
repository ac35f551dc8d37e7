"""Keeps the rollup in step with the records: differences by day and month on every step."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from rectify_tui.domain.region import UNIT_DEPTH, Step
from rectify_tui.domain.timeline import Timeline, Value, Values, counted, differences
from rectify_tui.resources import sql
from rectify_tui.store.connection import Connection
from rectify_tui.store.records import ITEM, region_ids
from rectify_tui.store.regions import read_ladders
from rectify_tui.store.spans import common_length

Place = tuple[str, int, tuple[int, ...], int]
"""Subject, programme, regions and responsible unit: what a record is counted under."""

Leaf = tuple[Place, str, str]
"""Place, day and status: what one record adds to."""

RollupKey = tuple[int, str, str, int, int, str, int, str]
"""Depth, grain, period, parent, place, subject, programme, status."""


def place_of(subject: str, values: Values) -> Place:
    """What an item or a case is counted under."""
    unit: Value = values.get("responsible_id") if subject == ITEM else None
    programme = values["programme_id"]
    return subject, int(programme or 0), region_ids(subject, values), int(unit or 0)


def counted_differences(values: Values, timeline: Timeline) -> Counter[tuple[str, str]]:
    """What a record adds to each day's counts."""
    return differences(counted_timeline(values, timeline))


def counted_timeline(values: Values, timeline: Timeline) -> Timeline:
    """A record's timeline as figures count it."""
    start = values.get("start_on")
    return counted(timeline, str(start) if start else None)


def steps_of(place: Place, ladders: Mapping[int, tuple[Step, ...]]) -> set[tuple[int, int, int]]:
    """Depth, parent and place of every line that counts a record, each line once."""
    subject, _, regions, unit = place
    steps = {(s.depth, s.parent_id, s.place_id) for region in regions for s in ladders[region]}
    if subject == ITEM:
        steps.add((UNIT_DEPTH, ladders[regions[0]][-1].place_id, unit))
    return steps


class RollupDelta:
    """Differences of one flush, known from a day on. `gone` has the ladders of removed regions."""

    def __init__(
        self, connection: Connection, known_from: str, gone: Mapping[int, tuple[Step, ...]]
    ) -> None:
        self.connection = connection
        self.known_from = known_from
        self.gone = gone
        self.leaves: defaultdict[Leaf, int] = defaultdict(int)

    def replace(
        self, subject: str, before: Values | None, before_timeline: Timeline,
        after: Values | None, after_timeline: Timeline,
    ) -> None:  # fmt: skip
        """Count a record as it is now and no longer as it was; None where it is not there."""
        was, was_entries = _counted(subject, before, before_timeline)
        now, now_entries = _counted(subject, after, after_timeline)
        if was == now:  # what both begin with cancels out
            same = max(common_length(was_entries, now_entries) - 1, 0)
            was_entries, now_entries = was_entries[same:], now_entries[same:]
        if was != now or was_entries != now_entries:
            self._add(was, was_entries, -1)
            self._add(now, now_entries, 1)

    def _add(self, place: Place | None, entries: Timeline, sign: int) -> None:
        if place is not None:
            for (day, status), n in differences(entries).items():
                self.leaves[place, day, status] += sign * n

    def write(self) -> None:
        """Add the differences to the rollup table, in the order of its key."""
        leaves = {key: n for key, n in self.leaves.items() if n}
        if not leaves:
            return
        regions = {region for (_, _, regions, _), _, _ in leaves for region in regions}
        ladders = {**read_ladders(self.connection, regions), **self.gone}
        rows = [(*key, self.known_from, n) for key, n in expand(leaves, ladders).items() if n]
        rows.sort()
        self.connection.executemany(sql("rollup_add"), rows)


def _counted(
    subject: str, values: Values | None, timeline: Timeline
) -> tuple[Place | None, Timeline]:
    if values is None:
        return None, ()
    return place_of(subject, values), counted_timeline(values, timeline)


def expand(
    leaves: Mapping[Leaf, int], ladders: Mapping[int, tuple[Step, ...]]
) -> dict[RollupKey, int]:
    """Differences on every step of the ladder, by month and by day."""
    found: defaultdict[RollupKey, int] = defaultdict(int)
    known: dict[Place, set[tuple[int, int, int]]] = {}
    for (place, day, status), n in leaves.items():
        steps = known.get(place)
        if steps is None:
            steps = known[place] = steps_of(place, ladders)
        subject, programme, _, _ = place
        month = day[:7]
        for depth, parent, at in steps:
            found[depth, "month", month, parent, at, subject, programme, status] += n
            found[depth, "day", day, parent, at, subject, programme, status] += n
    return found
