"""Definitions of the closure rate."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.closure import CaseCounts, ClosureRate, matching, rate

COUNTS = CaseCounts(total=1427, closed=492, interim=291, completed=3758, substantiated=3976)


@pytest.mark.parametrize(
    ("definition", "percent"),
    [
        (ClosureRate.CLOSED, "34.48"),
        (ClosureRate.CLOSED_AND_INTERIM, "54.87"),
        (ClosureRate.COMPLETED_OF_SUBSTANTIATED, "94.52"),
    ],
)
def test_each_definition(definition: ClosureRate, percent: str) -> None:
    found = rate(COUNTS, definition)
    assert found is not None
    assert f"{found * 100:.2f}" == percent
    assert matching(COUNTS, Decimal(percent), 2) == (definition,)


def test_a_missing_count_or_nothing_to_divide_by_gives_no_rate() -> None:
    assert rate(CaseCounts(total=10), ClosureRate.CLOSED) is None
    assert rate(CaseCounts(closed=10), ClosureRate.CLOSED) is None
    assert rate(CaseCounts(total=0, closed=0), ClosureRate.CLOSED) is None
    assert rate(CaseCounts(total=10, closed=4), ClosureRate.CLOSED_AND_INTERIM) is None
    assert rate(CaseCounts(completed=4), ClosureRate.COMPLETED_OF_SUBSTANTIATED) is None
    assert matching(CaseCounts(total=10), Decimal(40), 0) == ()


def test_definitions_that_agree_are_all_named() -> None:
    counts = CaseCounts(total=10, closed=4, interim=0)
    assert matching(counts, Decimal(40), 0) == (
        ClosureRate.CLOSED,
        ClosureRate.CLOSED_AND_INTERIM,
    )


@pytest.mark.parametrize(
    ("percent", "places", "matches"),
    [("99", 0, True), ("99.1", 1, True), ("99.09", 2, True), ("99.08", 2, False), ("98", 0, False)],
)
def test_within_the_printed_rounding(percent: str, places: int, matches: bool) -> None:
    counts = CaseCounts(total=4387, closed=4347)
    assert (ClosureRate.CLOSED in matching(counts, Decimal(percent), places)) is matches


@given(st.integers(0, 10_000), st.integers(1, 10_000), st.integers(0, 4))
def test_a_printed_rate_matches_its_own_definition(closed: int, total: int, places: int) -> None:
    counts = CaseCounts(total=total, closed=closed)
    printed = Decimal(f"{closed * 100 / total:.{places}f}")
    assert ClosureRate.CLOSED in matching(counts, printed, places)
