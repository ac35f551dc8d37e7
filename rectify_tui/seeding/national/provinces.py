"""The 31 mainland provinces: their places, their units and the quality of their work."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

from rectify_tui.errors import Problem
from rectify_tui.store.commands.places import add_unit
from rectify_tui.store.connection import Connection
from rectify_tui.store.draft import Draft

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
    below: dict[int, list[tuple[int, str, str, str]]] = {}
    tops: list[tuple[int, str, str, str]] = []
    for id, code, name, name_en, kind, parent in connection.execute(
        "SELECT id, code, name, name_en, kind, parent_id FROM region WHERE code IS NOT NULL"
        " ORDER BY code"
    ):
        below.setdefault(parent, []).append((id, name, name_en, kind))
        if kind == "province" and code[:2] in LETTERS:
            tops.append((id, code, name, name_en))
    if len(tops) != len(LETTERS):
        raise Problem("national.no_regions", found=len(tops), needed=len(LETTERS))
    return [
        _province(id, LETTERS[code[:2]], name, name_en, below, rng)
        for id, code, name, name_en in tops
    ]


def _province(
    id: int, letters: str, name: str, name_en: str,
    below: dict[int, list[tuple[int, str, str, str]]], rng: Random,
) -> Province:  # fmt: skip
    on_time = rng.uniform(0.45, 0.9)
    cities = []
    for city, own_name, _, kind in below[id]:
        counties = [Spot(county, own_name + title) for county, title, _, _ in below.get(city, ())]
        spots = (Spot(city, own_name), *counties)
        title = own_name if kind == "city" else name + own_name
        cities.append(City(spots, title, min(0.97, max(0.2, rng.gauss(on_time, 0.08)))))
    weights = [math.sqrt(len(city.spots)) * rng.lognormvariate(0, 0.6) for city in cities]
    own = City((Spot(id, name),), name, on_time)
    return Province(id, letters, name, name_en, tuple(cities), list(accumulate(weights)), own)


def shares(weights: Sequence[float], whole: int, *, least: int = 0) -> list[int]:
    """Whole numbers that add up to `whole`, each at least `least`, in proportion to the weights."""
    rest = whole - least * len(weights)
    exact = [rest * weight / sum(weights) for weight in weights]
    found = [int(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (found[i] - exact[i], i))
    for index in by_remainder[: rest - sum(found)]:
        found[index] += 1
    return [least + part for part in found]
