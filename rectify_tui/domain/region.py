"""Regions and the ladder nation → province → city → county on which figures are summed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum, StrEnum
from typing import NamedTuple

from rectify_tui.errors import Problem


class Depth(IntEnum):
    """How far below the nation a region stands. Municipal districts stand on the city's step."""

    NATION = 0
    PROVINCE = 1
    CITY = 2
    COUNTY = 3


UNIT_DEPTH = 4
"""The step of the rollup that holds responsible units."""


class RegionKind(StrEnum):
    """What a region is: a step of the administration, or what an office adds."""

    NATION = "nation"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    ZONE = "zone"
    NEW_AREA = "new_area"
    CORPS = "corps"
    ENTERPRISE = "enterprise"
    DEPARTMENT = "department"


ADDED_KINDS = (
    RegionKind.ZONE, RegionKind.NEW_AREA, RegionKind.CORPS, RegionKind.ENTERPRISE,
    RegionKind.DEPARTMENT,
)  # fmt: skip
"""Kinds of region that an office adds itself, since they have no code."""

NOW = "9999-12-31"
"""The day of whoever asks for regions as they are, without a day."""


class Region(NamedTuple):
    """A region. `code` is the GB/T 2260 code, None for units without one."""

    id: int
    code: str | None
    name: str
    name_en: str | None
    kind: RegionKind
    depth: int
    parent_id: int | None
    from_on: str | None = None
    abolished_on: str | None = None
    successor_id: int | None = None

    @property
    def key(self) -> str:
        """The code, or the name where there is none."""
        return self.code or self.name

    def holds_on(self, day: str) -> bool:
        """Whether it is there on a day (ISO text): from its first one up to that of its end."""
        return (self.from_on or "") <= day and (
            self.abolished_on is None or day < self.abolished_on
        )


def of_their_day(regions: Iterable[Region], day: str) -> list[Region]:
    """Regions without those that a namesake beside them stands for on a day (ISO text).

    Of the two districts 三元区 of one city that is the one which holds then.
    """
    regions = list(regions)
    holding = {(region.parent_id, region.name) for region in regions if region.holds_on(day)}
    return [
        region
        for region in regions
        if region.holds_on(day) or (region.parent_id, region.name) not in holding
    ]


class Step(NamedTuple):
    """The place that counts a region at one depth, and that place's parent."""

    depth: int
    place_id: int
    parent_id: int


def out_of_time(region: Region, successor: str | None, day: str) -> Problem | None:
    """Why a region is not there on a day (ISO text), and who has its area; None where it is."""
    if region.holds_on(day):
        return None
    if region.from_on and day < region.from_on:
        return Problem("region.not_yet", name=region.name, day=region.from_on)
    if successor is None:
        return Problem("region.ended", name=region.name, day=region.abolished_on)
    return Problem("region.ended_into", name=region.name, day=region.abolished_on, into=successor)


def chain(region_id: int, parents: Mapping[int, int | None]) -> list[int]:
    """Region ids from the nation down to the region itself."""
    ids = [region_id]
    while (above := parents[ids[-1]]) is not None:
        ids.append(above)
        if len(ids) > len(Depth):
            raise Problem("region.too_deep")
    ids.reverse()
    return ids


def ladder(region_id: int, parents: Mapping[int, int | None]) -> tuple[Step, ...]:
    """Where a region counts at each depth.

    Below its own depth it stands for itself: what belongs to the province and to no city of it is
    one of the lines of its cities. So the places of every depth are a partition.
    """
    above = chain(region_id, parents)
    places = [above[min(depth, len(above) - 1)] for depth in Depth]
    return tuple(
        Step(depth, place, places[depth - 1] if depth else 0) for depth, place in enumerate(places)
    )
