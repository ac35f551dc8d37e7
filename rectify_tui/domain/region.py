"""Regions and the ladder nation → province → city → county on which figures are summed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

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


@dataclass(frozen=True)
class Region:
    """A region. `code` is the GB/T 2260 code, None for units without one."""

    id: int
    code: str | None
    name: str
    name_en: str | None
    kind: RegionKind
    depth: int
    parent_id: int | None

    @property
    def key(self) -> str:
        """The code, or the name where there is none."""
        return self.code or self.name


@dataclass(frozen=True)
class Step:
    """The place that counts a region at one depth, and that place's parent."""

    depth: int
    place_id: int
    parent_id: int


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
