"""Coverage as of a day: what every place comes to, and the targets it is held against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from rectify_tui.domain.coverage import (
    NOTHING,
    Covered,
    Stated,
    Target,
    covered,
    lags,
    missing,
    next_target,
    target_on,
)
from rectify_tui.domain.figures import ranks
from rectify_tui.domain.region import Depth, Region
from rectify_tui.domain.region import chain as region_chain
from rectify_tui.store.connection import Connection
from rectify_tui.store.programmes import Programme, programmes
from rectify_tui.store.regions import parents, regions_by_id


class CoverageLine(NamedTuple):
    """A place on a day. `stated_on` is when something was last stated of it or of its parts."""

    region: Region
    covered: Covered
    stated_on: date
    target: Target | None
    next: Target | None
    rank: int | None = None

    @property
    def total(self) -> Stated:
        """What it comes to."""
        return self.covered.total

    @property
    def lags(self) -> bool:
        """Whether it has less than the target that has come due."""
        return lags(self.total, self.target)

    @property
    def missing(self) -> int | None:
        """How many more it needs: for the target that has come due where it lags, else the next."""
        return missing(self.total, self.target if self.lags else self.next)


class Coverage(NamedTuple):
    """A programme's coverage on a day: the lines that were asked for, and the whole above them.

    `places` is how many places of that step there are, whether anything was stated of them or not.
    """

    programme: Programme
    day: date
    depth: Depth
    whole: CoverageLine
    lines: tuple[CoverageLine, ...]
    places: int

    @property
    def lagging(self) -> tuple[CoverageLine, ...]:
        """The lines that lag, the lowest rate first."""
        late = (line for line in self.lines if line.lags)
        return tuple(sorted(late, key=lambda line: (line.total.rate or 0, line.region.key)))


def covered_programmes(connection: Connection) -> list[Programme]:
    """The programmes that have coverage, or a target for it."""
    rows = connection.execute(
        "SELECT programme_id FROM coverage UNION SELECT programme_id FROM coverage_target"
    )
    ids = {id for (id,) in rows}
    return [each for each in programmes(connection) if each.id in ids]


def all_coverage(
    connection: Connection, day: date, programme_id: int | None = None
) -> tuple[Coverage, ...]:
    """Every programme of coverage of which something was stated by a day, or one of them."""
    found = (
        read_coverage(connection, each, day)
        for each in covered_programmes(connection)
        if programme_id in (None, each.id)
    )
    return tuple(each for each in found if each is not None)


def read_coverage(
    connection: Connection, programme: Programme, day: date, *, depth: Depth | None = None,
    under: Region | None = None,
) -> Coverage | None:  # fmt: skip
    """The coverage of a programme, None where nothing was stated of it by the day.

    The lines are the places of a depth below the programme's region, or below `under`; without a
    depth, those of the highest below it of which anything was stated.
    """
    with connection.snapshot():
        return _read_coverage(connection, programme, day, depth, under)


def _read_coverage(
    connection: Connection, programme: Programme, day: date, depth: Depth | None,
    under: Region | None,
) -> Coverage | None:  # fmt: skip
    stated = _stated(connection, programme.id, day)
    root = under.id if under else programme.region_id
    above = parents(connection)
    chains = {id: region_chain(id, above) for id in stated}
    if under is not None:
        stated = {id: each for id, each in stated.items() if under.id in chains[id]}
        chains = {id: chains[id] for id in stated}
    if not stated:
        return None
    result = covered({id: each for id, (each, _) in stated.items()}, chains)
    regions = regions_by_id(connection, {*result, root})
    if root not in result:  # a programme of one place in which another was stated
        root = min(result, key=lambda id: (regions[id].depth, id))
    inside = {place for chain in chains.values() if root in chain for place in chain}
    below = [id for id in inside if regions[id].depth > regions[root].depth]
    if depth is None:
        depth = Depth(min((regions[id].depth for id in below), default=regions[root].depth))
    latest: dict[int, date] = {}
    for id, (_, on) in stated.items():
        for place in chains[id]:
            latest[place] = max(latest.get(place, on), on)
    targets = _targets(connection, programme.id)

    def line(id: int) -> CoverageLine:
        own = targets.get(id) or targets.get(None, [])
        return CoverageLine(
            regions[id], result[id], latest[id], target_on(own, day), next_target(own, day)
        )

    lines = _ranked([line(id) for id in below if regions[id].depth == depth])
    return Coverage(
        programme, day, depth, line(root), lines, _places(connection, root, depth)
    )  # fmt: skip


def _ranked(lines: Iterable[CoverageLine]) -> tuple[CoverageLine, ...]:
    """The lines by code, with their rank by rate."""
    lines = list(lines)
    places = ranks(
        {line.region.id: line.total.rate for line in lines if line.total.rate is not None}
    )
    return tuple(
        CoverageLine(
            line.region, line.covered, line.stated_on, line.target, line.next,
            places.get(line.region.id),
        )
        for line in sorted(lines, key=lambda line: (line.region.code is None, line.region.key))
    )  # fmt: skip


def _stated(connection: Connection, programme_id: int, day: date) -> dict[int, tuple[Stated, date]]:
    """What was last stated of each place by a day, and when."""
    rows = connection.execute(
        "SELECT region_id, stated_on, done, due FROM coverage"
        " WHERE programme_id = ? AND stated_on <= ? ORDER BY stated_on, id",
        [programme_id, day.isoformat()],
    )
    latest: dict[int, tuple[Stated, date]] = {}
    for region, on, done, due in rows:
        was = latest.get(region, (NOTHING, None))[0]
        # what is not said again stands as it was said before
        now = Stated(was.done if done is None else done, was.due if due is None else due)
        latest[region] = now, date.fromisoformat(on)
    return latest


def _targets(connection: Connection, programme_id: int) -> dict[int | None, list[Target]]:
    """The targets of a programme by place, under None those of all places."""
    by_place: defaultdict[int | None, list[Target]] = defaultdict(list)
    for region, due_on, percent in connection.execute(
        "SELECT region_id, due_on, percent FROM coverage_target WHERE programme_id = ?",
        [programme_id],
    ):
        by_place[region].append(Target(date.fromisoformat(due_on), percent))
    return by_place


def _places(connection: Connection, root: int, depth: Depth) -> int:
    """How many places there are at a depth below a region."""
    (n,) = connection.execute(
        "SELECT COUNT(DISTINCT below.place_id) FROM region_ladder below JOIN region_ladder l"
        " ON l.region_id = below.region_id JOIN region r ON r.id = below.place_id"
        " WHERE below.depth = ? AND r.depth = ? AND l.place_id = ?",
        [int(depth), int(depth), root],
    ).fetchone()
    return int(n)
