"""The lives of simulated cases: passed on, checked, closed for the time being, closed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from rectify_tui.domain.status import CaseStatus
from rectify_tui.domain.timeline import Values
from rectify_tui.seeding.national.items import NEVER
from rectify_tui.seeding.national.provinces import City, Province
from rectify_tui.seeding.national.words import COMPLAINTS, FINDINGS, REMEDY
from rectify_tui.store.commands.cases import new_case

_TYPES = tuple(COMPLAINTS)
_TYPE_REACH = (18, 36, 39, 49, 64, 76, 81, 97, 100)
_TWO_TYPES = 0.15
_TWO_CITIES = 0.03
_KEY_CASE = 0.04
_UNCHECKED = 0.02
_FOUND = ("yes", "mostly", "partly", "no")
_FOUND_REACH = (45, 62, 82, 100)


@dataclass(slots=True)
class CaseLife:
    """A case between two changes; `checked` once somebody has looked into it."""

    id: int
    last_on: int
    on_time: float
    checked: bool = False


def draw_case(
    programme_id: int, number: str, province: Province, city: City, rng: Random
) -> Values:  # fmt: skip
    """A complaint from a city, some of them from two cities."""
    spot = city.spot(rng)
    values = new_case(programme_id, number, spot.id)
    other = province.city(rng) if rng.random() < _TWO_CITIES else city
    if other is not city:
        values["regions"] = f"{spot.id},{other.spot(rng).id}"
    kind = rng.choices(_TYPES, cum_weights=_TYPE_REACH)[0]
    types = [kind]
    if rng.random() < _TWO_TYPES:
        types = list(dict.fromkeys((kind, rng.choice(_TYPES))))
    values["types"] = ",".join(types)
    values["complaint"] = rng.choice(COMPLAINTS[kind]).format(place=spot.name)
    values["key_case"] = int(rng.random() < _KEY_CASE)
    return values


def first_check(week: int, on_time: float, rng: Random) -> int:
    """The week in which somebody looks into a case; into a few nobody does."""
    if rng.random() < _UNCHECKED:
        return NEVER
    return week + 1 + int(rng.expovariate(on_time / 3))


def step(life: CaseLife, week: int, day: str, rng: Random) -> tuple[Values, int]:
    """The fields that change in a week, with effect from `day`, and the week of the next change."""
    closed: Values = {"status": CaseStatus.CLOSED.value, "closed_on": day}
    if life.checked:
        return closed, NEVER
    life.checked = True
    found = rng.choices(_FOUND, cum_weights=_FOUND_REACH)[0]
    values: Values = {"substantiated": found, "findings": FINDINGS[found]}
    if found == "no":
        return values | closed, NEVER
    values["measures"] = REMEDY
    values |= _penalties(rng)
    if rng.random() < life.on_time:
        return values | closed, NEVER
    following = week + rng.randint(4, 40) if rng.random() < 0.8 else NEVER
    return values | {"status": CaseStatus.INTERIM.value}, following


def _penalties(rng: Random) -> Values:
    """Units ordered to rectify, fines in yuan, and people, for the cases that led to any."""
    values: Values = {}
    chance = rng.random()
    if chance < 0.4:
        values["ordered"] = 1
    if chance < 0.16:
        values["fined_yuan"] = rng.choice((5_000, 20_000, 50_000, 100_000, 230_000, 680_000))
    if chance < 0.05:
        values["interviewed"] = rng.randint(1, 3)
    if chance < 0.02:
        values |= {"investigated": 1, "held_accountable": rng.randint(1, 2)}
    if chance < 0.004:
        values |= {"detained_administrative": 1}
    return values
