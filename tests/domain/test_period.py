"""Weeks, months, quarters and half-years, and the holidays in them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.period import (
    Period,
    PeriodKind,
    holidays_in,
    last_ended,
    period_before,
    period_of,
)

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
KINDS = st.sampled_from(list(PeriodKind))
WEEKDAYS = st.integers(0, 6)


@pytest.mark.parametrize(
    ("day", "kind", "first", "cutoff"),
    [
        ("2020-03-06", "week", "2020-02-29", "2020-03-06"),
        ("2020-03-07", "week", "2020-03-07", "2020-03-13"),
        ("2020-02-29", "month", "2020-02-01", "2020-02-29"),
        ("2019-02-01", "month", "2019-02-01", "2019-02-28"),
        ("2020-05-20", "quarter", "2020-04-01", "2020-06-30"),
        ("2020-12-31", "quarter", "2020-10-01", "2020-12-31"),
        ("2020-06-30", "half_year", "2020-01-01", "2020-06-30"),
        ("2020-07-01", "half_year", "2020-07-01", "2020-12-31"),
    ],
)
def test_period(day, kind, first, cutoff):
    period = period_of(date.fromisoformat(day), PeriodKind(kind))
    assert (period.first.isoformat(), period.cutoff.isoformat()) == (first, cutoff)


@given(DAYS, KINDS, WEEKDAYS)
def test_periods_follow_each_other_without_gap(day, kind, ends_on):
    period = period_of(day, kind, ends_on)
    assert period.first <= day <= period.cutoff
    assert (
        period_of(period.first, kind, ends_on) == period == period_of(period.cutoff, kind, ends_on)
    )
    before = period_before(period, ends_on)
    assert before.cutoff + timedelta(days=1) == period.first
    if kind is PeriodKind.WEEK:
        assert period.cutoff.weekday() == ends_on
        assert (period.cutoff - period.first).days == 6


@given(DAYS, KINDS, WEEKDAYS)
def test_the_last_period_has_ended_and_the_next_has_not(today, kind, ends_on):
    period = last_ended(today, kind, ends_on)
    following = period_of(period.cutoff + timedelta(days=1), kind, ends_on)
    assert period.cutoff <= today < following.cutoff


def test_a_week_ends_on_one_of_seven_days():
    with pytest.raises(ValueError, match="7"):
        period_of(date(2020, 3, 6), PeriodKind.WEEK, 7)


def days(*texts: str) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, texts))


def test_holidays_do_not_move_the_cutoff():
    week = period_of(date(2020, 1, 20), PeriodKind.WEEK)
    assert week.cutoff == date(2020, 1, 24)  # the eve of the festival, a day off
    found = holidays_in(week)
    assert [(each.name, each.name_en) for each in found.holidays] == [("春节", "Spring Festival")]
    assert found.holidays[0].days == days("2020-01-24")
    assert found.worked == days("2020-01-19")
    assert found.unknown_years == ()


def test_two_holidays_of_one_period_are_told_apart():
    found = holidays_in(period_of(date(2020, 1, 15), PeriodKind.MONTH)).holidays
    assert [each.name for each in found] == ["元旦", "春节"]
    assert [len(each.days) for each in found] == [1, 8]


def test_a_week_without_holidays():
    found = holidays_in(period_of(date(2020, 3, 6), PeriodKind.WEEK))
    assert (found.holidays, found.worked, found.unknown_years) == ((), (), ())


def test_years_that_nobody_announced_are_named():
    found = holidays_in(Period(PeriodKind.WEEK, date(2003, 12, 28), date(2004, 1, 3)))
    assert found.unknown_years == (2003,)
    assert found.holidays[0].days == days("2004-01-01")
    assert holidays_in(period_of(date(2150, 1, 1), PeriodKind.MONTH)).unknown_years == (2150,)
