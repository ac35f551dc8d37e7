"""Regions, and the ladder on which figures are summed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.region import UNIT_DEPTH, Depth, Region, RegionKind, Step, chain, ladder
from rectify_tui.errors import Problem

NATION, PROVINCE, CITY, COUNTY, DIRECT = 1, 2, 3, 4, 5
PARENTS = {NATION: None, PROVINCE: NATION, CITY: PROVINCE, COUNTY: CITY, DIRECT: PROVINCE}


def places(id: int) -> list[int]:
    return [step.place_id for step in ladder(id, PARENTS)]


def test_the_chain_goes_from_the_nation_down() -> None:
    assert chain(COUNTY, PARENTS) == [NATION, PROVINCE, CITY, COUNTY]
    assert chain(NATION, PARENTS) == [NATION]


def test_below_its_own_step_a_region_stands_for_itself() -> None:
    assert places(COUNTY) == [NATION, PROVINCE, CITY, COUNTY]
    assert places(DIRECT) == [NATION, PROVINCE, DIRECT, DIRECT]
    assert places(PROVINCE) == [NATION, PROVINCE, PROVINCE, PROVINCE]
    assert places(NATION) == [NATION] * 4


def test_each_step_knows_the_place_above() -> None:
    assert ladder(DIRECT, PARENTS) == (
        Step(0, NATION, 0), Step(1, PROVINCE, NATION), Step(2, DIRECT, PROVINCE),
        Step(3, DIRECT, DIRECT),
    )  # fmt: skip
    assert len(Depth) == UNIT_DEPTH


def test_more_than_four_steps_are_refused() -> None:
    with pytest.raises(Problem) as caught:
        ladder(6, PARENTS | {6: COUNTY})
    assert caught.value.key == "region.too_deep"


def test_a_circle_is_refused() -> None:
    with pytest.raises(Problem):
        ladder(7, {7: 8, 8: 7})


@st.composite
def countries(draw: st.DrawFn) -> dict[int, int | None]:
    found: dict[int, int | None] = {1: None}
    for id in range(2, draw(st.integers(2, 25))):
        above = draw(st.sampled_from(sorted(found)))
        found[id] = above if len(chain(above, found)) < 4 else 1
    return found


@given(countries())
def test_the_places_of_every_depth_are_a_partition(above: dict[int, int | None]) -> None:
    """Each region counts in one place at each depth, and places nest."""
    for id in above:
        steps = ladder(id, above)
        assert [step.depth for step in steps] == [0, 1, 2, 3]
        assert steps[-1].place_id == id
        for upper, lower in pairwise(steps):
            assert lower.parent_id == upper.place_id
            assert upper.place_id in chain(lower.place_id, above)


def test_a_region_without_a_code_is_called_by_its_name() -> None:
    zone = Region(1, None, "开发区", None, RegionKind.ZONE, 3, CITY)
    city = Region(3, "230100", "哈尔滨市", "Harbin", RegionKind.CITY, 2, PROVINCE)
    assert (zone.key, city.key) == ("开发区", "230100")
