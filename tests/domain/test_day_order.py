"""Days with the year last."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.day_order import Order, day_in, order_of, possible_days

DAYS = st.dates(date(2010, 1, 1), date(2029, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/12/2021", "2021-12-31"), ("12/31/2021", "2021-12-31"), ("31.12.2021", "2021-12-31"),
        ("13-6-2021", "2021-06-13"), ("5/5/2021", "2021-05-05"), ("12/31/2021 0:00", "2021-12-31"),
        ("12/31/21", "2021-12-31"), ("３１/１２/２０２１", "2021-12-31"),
    ],
)  # fmt: skip
def test_a_day_that_makes_sense_in_one_order_only_is_read(text: str, day: str) -> None:
    assert day_in(text, None) == date.fromisoformat(day)


@pytest.mark.parametrize("text", ["03/04/2021", "21/12/31", "01-02-2021", "10/11/12"])
def test_a_day_that_may_be_two_is_not(text: str) -> None:
    assert len(possible_days(text)) > 1
    assert day_in(text, None) is None


@pytest.mark.parametrize(
    "text", ["", "2021-12-31", "31/13/2021", "3/4", "2021年12月31日", "1/2/3", "3.14", "32/1/2021"]
)
def test_other_texts_are_no_such_days(text: str) -> None:
    assert not possible_days(text)
    assert day_in(text, Order.DAY_FIRST) is None


def test_a_day_over_12_tells_how_its_column_is_written() -> None:
    assert order_of(["03/04/2021", "12/31/2021", "立行立改", ""]) is Order.MONTH_FIRST
    assert order_of(["03/04/2021", "31/12/2021"]) is Order.DAY_FIRST
    assert order_of(["03/04/2021", "05/06/2021"]) is None
    assert order_of(["31/12/2021", "12/31/2021", "03/04/2021"]) is None
    assert order_of(["2021-12-31", "长期坚持"]) is None
    assert day_in("03/04/2021", Order.MONTH_FIRST) == date(2021, 3, 4)
    assert day_in("03/04/2021", Order.DAY_FIRST) == date(2021, 4, 3)


@given(st.lists(DAYS, min_size=1), st.booleans())
def test_what_is_read_in_a_column_is_what_was_written(days: list[date], month_first: bool) -> None:
    form = "%m/%d/%Y" if month_first else "%d/%m/%Y"
    texts = [day.strftime(form) for day in days]
    order = order_of(texts)
    for day, text in zip(days, texts, strict=True):
        assert day_in(text, order) in (day, None)
        if order is not None or day.month == day.day:
            assert day_in(text, order) == day
