"""Coverage: what places come to, and who lags."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.coverage import (
    NOTHING,
    Stated,
    Target,
    covered,
    lags,
    missing,
    next_target,
    target_on,
)

NATION, ONE, TWO, CITY, COUNTY = 1, 2, 3, 4, 5
CHAINS = {
    NATION: [NATION], ONE: [NATION, ONE], TWO: [NATION, TWO], CITY: [NATION, ONE, CITY],
    COUNTY: [NATION, ONE, CITY, COUNTY],
}  # fmt: skip


def of(**stated: tuple[int | None, int | None]):
    ids = {name: globals()[name.upper()] for name in stated}
    said = {ids[name]: Stated(*each) for name, each in stated.items()}
    return covered(said, {id: CHAINS[id] for id in said})


def test_parts_are_summed_and_nothing_twice():
    found = of(one=(3, 10), two=(5, 5), city=(1, 4), county=(1, 2))
    assert found[NATION].total == Stated(8, 15)
    assert found[ONE].total == Stated(3, 10)
    assert found[ONE].parts == Stated(1, 4)
    assert found[CITY].parts == Stated(1, 2)
    assert found[NATION].own == NOTHING
    assert found[ONE].differs
    assert not found[NATION].differs


def test_what_was_not_said_of_a_place_is_that_of_its_parts():
    found = of(nation=(None, 12), one=(1, 1), two=(0, 1))
    assert found[NATION].total == Stated(1, 12)
    assert found[NATION].total.rate == Fraction(1, 12)
    assert Stated(160000, None).rate is None
    assert Stated(0, 0).rate is None


def test_who_lags_and_how_many_are_missing():
    half, all_ = Target(date(2020, 6, 30), 50), Target(date(2020, 12, 31), 100)
    assert target_on([half, all_], date(2020, 6, 29)) is None
    assert target_on([all_, half], date(2020, 6, 30)) == half
    assert next_target([all_, half], date(2020, 6, 30)) == all_
    assert next_target([half], date(2020, 6, 30)) is None
    assert lags(Stated(4, 9), half)
    assert missing(Stated(4, 9), half) == 1
    assert not lags(Stated(5, 9), half)
    assert not lags(Stated(0, 9), None)
    assert not lags(Stated(4, None), half)
    assert missing(Stated(9, 9), all_) == 0


numbers = st.none() | st.integers(0, 50)


@given(st.dictionaries(st.sampled_from(list(CHAINS)), st.tuples(numbers, numbers)))
def test_the_whole_is_what_the_uppermost_say(said):
    """Held against adding up from below, place by place."""
    stated = {id: Stated(*each) for id, each in said.items()}
    found = covered(stated, {id: CHAINS[id] for id in stated})
    below = {NATION: [ONE, TWO], ONE: [CITY], CITY: [COUNTY], TWO: [], COUNTY: []}

    def total(place: int, which: str) -> int | None:
        own = getattr(stated.get(place, NOTHING), which)
        if own is not None:
            return own
        parts = [n for part in below[place] if (n := total(part, which)) is not None]
        return sum(parts) if parts else None

    for place, each in found.items():
        assert each.total == Stated(total(place, "done"), total(place, "due"))
