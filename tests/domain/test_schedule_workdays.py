"""Working days, and terms that are counted in them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.workdays import TermEnd, term_end, working_days
from rectify_tui.i18n import LANGUAGES, Language


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("first", "last", "n"),
    [
        ("2020-03-02", "2020-03-06", 5),  # an ordinary week
        ("2020-03-02", "2020-03-08", 5),
        ("2020-03-07", "2020-03-08", 0),  # a weekend
        ("2020-03-06", "2020-03-06", 1),
        ("2020-03-07", "2020-03-06", 0),
        ("2020-01-24", "2020-02-02", 0),  # Spring Festival, prolonged in the epidemic
        ("2020-01-19", "2020-01-23", 5),  # with the Sunday worked for it
        ("2020-02-28", "2020-03-02", 2),  # over a leap day, a Saturday
        ("2020-09-27", "2020-10-10", 6),  # National Day with both days worked for it
        ("2020-12-28", "2021-01-04", 5),  # over New Year
    ],
)
def test_working_days(first: str, last: str, n: int) -> None:
    found = working_days(day(first), day(last))
    assert len(found.days) == n
    assert found.assumed_years == ()


def test_a_year_without_an_announcement_is_said_to_be_assumed() -> None:
    found = working_days(day("2003-12-29"), day("2004-01-02"))
    assert found.assumed_years == (2003,)
    assert [each.isoformat() for each in found.days] == [
        "2003-12-29", "2003-12-30", "2003-12-31", "2004-01-02",
    ]  # fmt: skip
    assert len(working_days(day("2150-10-01"), day("2150-10-07")).days) == 5


@pytest.mark.parametrize(
    ("begun", "days", "working", "last"),
    [
        ("2020-03-02", 7, False, "2020-03-09"),
        ("2020-02-28", 7, False, "2020-03-06"),
        ("2019-02-28", 1, False, "2019-03-01"),
        ("2020-03-02", 10, True, "2020-03-16"),
        ("2020-03-06", 1, True, "2020-03-09"),
        ("2020-01-17", 10, True, "2020-02-07"),  # 19 January worked, then ten days off
        ("2020-01-23", 1, True, "2020-02-03"),
    ],
)
def test_the_day_on_which_a_term_begins_does_not_count(
    begun: str, days: int, working: bool, last: str
) -> None:
    assert term_end(day(begun), days, working=working) == TermEnd(day(last))


def test_a_term_names_only_the_assumed_years_that_it_reaches() -> None:
    assert term_end(day("2003-12-30"), 1, working=True) == TermEnd(day("2003-12-31"), (2003,))
    assert term_end(day("2003-12-31"), 1, working=True) == TermEnd(day("2004-01-02"))
    far = term_end(day("2150-12-30"), 10, working=True)
    assert far.assumed_years == (2150, 2151)
    for code in LANGUAGES:
        assert "2150" in Language(code)("schedule.working.assumed", years="2150")


def test_a_term_has_a_day_at_least() -> None:
    for working in (True, False):
        with pytest.raises(ValueError, match="0"):
            term_end(day("2020-03-02"), 0, working=working)


@given(st.dates(date(2000, 1, 1), date(2040, 12, 31)), st.integers(1, 120))
def test_a_term_holds_as_many_working_days_as_it_says(begun, days):
    end = term_end(begun, days, working=True)
    inside = working_days(begun + timedelta(days=1), end.day)
    assert len(inside.days) == days
    assert inside.days[-1] == end.day
    assert inside.assumed_years == end.assumed_years
