"""The 31 mainland provinces: their places, their units and the quality of their work."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

from rectify_tui.domain.region import Region, RegionKind
from rectify_tui.errors import Problem
from rectify_tui.store.commands.places import add_unit
from rectify_tui.store.connection import Connection
from rectify_tui.store.draft import Draft
from rectify_tui.store.regions import coded_regions

LETTERS = {
    "11": "BJ", "12": "TJ", "13": "HE", "14": "SX", "15": "NM", "21": "LN", "22": "JL",
    "23": "HL", "31": "SH", "32": "JS", "33": "ZJ", "34": "AH", "35": "FJ", "36": "JX",
    "37": "SD", "41": "HA", "42": "HB", "43": "HN", "44": "GD", "45": "GX", "46": "HI",
    "50": "CQ", "51": "SC", "52": "GZ", "53": "YN", "54": "XZ", "61": "SN", "62": "GS",
    "63": "QH", "64": "NX", "65": "XJ",
}  # fmt: skip
"""Two letters for each province, by the first digits of its GB/T 2260 code (ISO 3166-2:CN)."""

_CITY_ITSELF = 0.2


@dataclass(frozen=True)
class Spot:
    """A region that an item or a case can belong to."""

    id: int
    name: str


@dataclass
class City:
    """A city with its counties; in a municipality, a district.

    `on_time` is the share of its items that are finished in time.
    """

    spots: tuple[Spot, ...]
    title: str
    on_time: float
    units: dict[str, int] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """Region id of the city itself."""
        return self.spots[0].id

    def spot(self, rng: Random) -> Spot:
        """One of the counties, or the city itself."""
        return self.spots[0] if rng.random() < _CITY_ITSELF else rng.choice(self.spots)

    def unit(self, draft: Draft, bureau: str) -> int:
        """Id of one of the city's simulated bureaus, added on first use."""
        if bureau not in self.units:
            self.units[bureau] = add_unit(draft, f"（模拟）{self.title}{bureau}", self.id)
        return self.units[bureau]


@dataclass
class Province:
    """A province; `own` is the province itself, for what belongs to none of its cities."""

    id: int
    letters: str
    name: str
    name_en: str
    cities: tuple[City, ...]
    reach: Sequence[float]
    own: City

    def lead(self, draft: Draft, department: str) -> int:
        """Id of one of its simulated departments; those of a municipality are called bureaus."""
        if self.name.endswith("市"):
            department = department.replace("厅", "局")
        return self.own.unit(draft, department)

    def city(self, rng: Random) -> City:
        """One of the cities, larger ones more often."""
        return rng.choices(self.cities, cum_weights=self.reach)[0]


def read_provinces(connection: Connection, rng: Random) -> list[Province]:
    """The provinces with their cities and counties. Raises `Problem` where the store lacks them."""
    below: dict[int | None, list[Region]] = {}
    provinces: list[Region] = []
    for region in coded_regions(connection):
        if region.abolished_on:
            continue
        below.setdefault(region.parent_id, []).append(region)
        if region.kind is RegionKind.PROVINCE and region.key[:2] in LETTERS:
            provinces.append(region)
    if len(provinces) != len(LETTERS):
        raise Problem("national.no_regions", found=len(provinces), needed=len(LETTERS))
    return [_province(province, below, rng) for province in provinces]


def _province(
    region: Region, below: Mapping[int | None, Sequence[Region]], rng: Random
) -> Province:
    on_time = rng.uniform(0.45, 0.9)
    cities = []
    for city in below[region.id]:
        counties = [Spot(county.id, city.name + county.name) for county in below.get(city.id, ())]
        spots = (Spot(city.id, city.name), *counties)
        title = city.name if city.kind is RegionKind.CITY else region.name + city.name
        cities.append(City(spots, title, min(0.97, max(0.2, rng.gauss(on_time, 0.08)))))
    weights = [math.sqrt(len(city.spots)) * rng.lognormvariate(0, 0.6) for city in cities]
    return Province(
        region.id, LETTERS[region.key[:2]], region.name, region.name_en or region.name,
        tuple(cities), list(accumulate(weights)), City((Spot(region.id, region.name),),
        region.name, on_time),
    )  # fmt: skip
