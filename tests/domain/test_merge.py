"""Chains of merged items."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.merge import carrier, first_in_cycle


def test_a_chain_ends_at_the_item_that_is_alive() -> None:
    pointers = {1: 2, 2: 3, 4: 3}
    assert [carrier(id, pointers) for id in (1, 2, 3, 4, 9)] == [3, 3, 3, 3, 9]
    assert carrier(1, {1: 2, 2: None}) == 2


@pytest.mark.parametrize(
    "pointers", [{1: 1}, {1: 2, 2: 1}, {1: 2, 2: 3, 3: 2}, {1: 2, 2: 3, 3: 4, 4: 2}]
)
def test_a_circle_has_no_end(pointers: dict[int, int | None]) -> None:
    with pytest.raises(ValueError, match=r"\d"):
        carrier(1, pointers)
    assert first_in_cycle([1], pointers) == 1


def test_the_first_item_that_runs_into_a_circle() -> None:
    pointers = {1: 2, 3: 4, 4: 3, 5: 3}
    assert first_in_cycle([1, 2], pointers) is None
    assert first_in_cycle([1, 5, 3], pointers) == 5
    assert first_in_cycle([], pointers) is None


def test_a_long_chain_is_no_circle() -> None:
    pointers = {id: id + 1 for id in range(20_000)}
    assert carrier(0, pointers) == 20_000


@given(st.dictionaries(st.integers(0, 12), st.none() | st.integers(0, 12)), st.integers(0, 12))
def test_every_chain_ends_or_is_a_circle(pointers: dict[int, int | None], start: int) -> None:
    at, steps = start, 0
    while (following := pointers.get(at)) is not None and steps <= len(pointers):
        at, steps = following, steps + 1
    if following is None:
        assert carrier(start, pointers) == at
        assert first_in_cycle([start], pointers) is None
    else:
        assert first_in_cycle([start], pointers) == start
