"""Which programmes the simulated provinces issue, when, and how large."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from random import Random

from rectify_tui.domain.shares import shares
from rectify_tui.seeding.national.deadlines import Deadlines
from rectify_tui.seeding.national.items import ItemLife
from rectify_tui.seeding.national.provinces import Province
from rectify_tui.seeding.national.weeks import COUNT, Weeks
from rectify_tui.store.commands.places import NewProgramme

LARGEST_CASES = 200_000
_LOOK_BACK_FROM = 20
"""Items from which on a province has a look-back programme too."""
_LOOK_BACK_SHARE = 0.2
_SOURCE = "模拟数据，非真实记录"


@dataclass
class Plan:
    """A programme: `week` is that of its issue, `cases` how many are passed on in which week.

    `received` counts the cases so far; `carried` collects items that the look-back programme is to
    carry on.
    """

    province: Province
    programme: NewProgramme
    week: int
    issued: int
    items: int
    cases: Counter[int]
    deadlines: Deadlines
    origin: Plan | None = None
    id: int = 0
    received: int = 0
    carried: list[ItemLife] = field(default_factory=list)


def draw_plans(provinces: list[Province], items: int, weeks: Weeks, rng: Random) -> list[Plan]:
    """One programme for each province, and a look-back where there are enough items."""
    weights = [sum(len(city.spots) for city in p.cities) ** 0.7 for p in provinces]
    weights = [weight * rng.uniform(0.7, 1.3) for weight in weights]
    plans: list[Plan] = []
    cases = shares(weights, min(items // 2, LARGEST_CASES))
    for p, own_items, own_cases in zip(
        provinces, shares(weights, items, least=1), cases, strict=True
    ):
        later = own_items >= _LOOK_BACK_FROM
        parts = (1 - _LOOK_BACK_SHARE, _LOOK_BACK_SHARE) if later else (1.0,)
        item_parts, case_parts = shares(parts, own_items), shares(parts, own_cases)
        plan = _inspection(p, item_parts[0], case_parts[0], weeks, rng)
        plans.append(plan)
        if later:
            plans.append(_look_back(plan, item_parts[1], case_parts[1], weeks, rng))
    return plans


def _inspection(p: Province, items: int, cases: int, weeks: Weeks, rng: Random) -> Plan:
    year = date.fromordinal(weeks.friday(0)).year
    programme = NewProgramme(
        f"SIM-{p.letters}-{year}", f"模拟：{p.name}整改方案", p.id, year, "inspection",
        f"Simulated: {p.name_en} rectification plan", simulated=True, source=_SOURCE,
    )  # fmt: skip
    return _plan(p, programme, rng.randint(0, 6), items, cases, weeks, rng)


def _look_back(origin: Plan, items: int, cases: int, weeks: Weeks, rng: Random) -> Plan:
    p = origin.province
    year = date.fromordinal(weeks.friday(COUNT // 2)).year
    programme = NewProgramme(
        f"SIM-{p.letters}-{year}-LB", f"模拟：{p.name}回头看整改方案", p.id, year, "look_back",
        f"Simulated: {p.name_en} look-back plan", simulated=True, source=_SOURCE,
    )  # fmt: skip
    week = COUNT // 2 + rng.randint(0, 10)
    plan = _plan(p, programme, week, items, cases, weeks, rng)
    plan.origin = origin
    return plan


def _plan(
    province: Province, programme: NewProgramme, week: int, items: int, cases: int,
    weeks: Weeks, rng: Random,
) -> Plan:  # fmt: skip
    issued = weeks.friday(week) - rng.randint(0, 4)
    passed_on: Counter[int] = Counter()
    for _ in range(cases):
        after = int(rng.expovariate(1 / 9))
        passed_on[week + after if week + after < COUNT else week] += 1
    deadlines = Deadlines(issued, programme.year)
    return Plan(province, programme, week, issued, items, passed_on, deadlines)
