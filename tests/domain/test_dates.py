from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.dates import read_day, read_period, week_of
from rectify_tui.errors import Problem
from rectify_tui.i18n import LANGUAGES, Language

TODAY = date(2020, 1, 8)  # a Wednesday

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019-12-31", date(2019, 12, 31)),
        ("2019/12/31", date(2019, 12, 31)),
        ("2019.12.31", date(2019, 12, 31)),
        ("2019/2/3", date(2019, 2, 3)),
        ("20191231", date(2019, 12, 31)),
        ("2019年12月31日", date(2019, 12, 31)),
        ("2019 年 12 月 31 号", date(2019, 12, 31)),
        ("２０１９－１２－３１", date(2019, 12, 31)),
        ("  2019-12-31\n", date(2019, 12, 31)),
        ("12-31", date(2020, 12, 31)),
        ("12/31", date(2020, 12, 31)),
        ("2-29", date(2020, 2, 29)),
        ("12月31日", date(2020, 12, 31)),
        ("31 December 2019", date(2019, 12, 31)),
        ("31st Dec 2019", date(2019, 12, 31)),
        ("31-Dec-2019", date(2019, 12, 31)),
        ("December 31, 2019", date(2019, 12, 31)),
        ("Sept. 3 2019", date(2019, 9, 3)),
        ("today", TODAY),
        ("Today", TODAY),
        ("今天", TODAY),
        ("yesterday", date(2020, 1, 7)),
        ("昨天", date(2020, 1, 7)),
        ("tomorrow", date(2020, 1, 9)),
        ("明天", date(2020, 1, 9)),
        ("-7d", date(2020, 1, 1)),
        ("+7d", date(2020, 1, 15)),
        ("-2w", date(2019, 12, 25)),
        ("7天前", date(2020, 1, 1)),
        ("7日后", date(2020, 1, 15)),
        ("2周前", date(2019, 12, 25)),
        ("2个星期之前", date(2019, 12, 25)),
        ("7 days ago", date(2020, 1, 1)),
        ("1 week ago", date(2020, 1, 1)),
        ("friday", date(2020, 1, 3)),
        ("Fri", date(2020, 1, 3)),
        ("wednesday", TODAY),
        ("周五", date(2020, 1, 3)),
        ("星期三", TODAY),
        ("周日", date(2020, 1, 5)),
        ("星期天", date(2020, 1, 5)),
        ("上周五", date(2020, 1, 3)),
        ("上周一", date(2019, 12, 30)),
        ("本周五", date(2020, 1, 10)),
        ("本周一", date(2020, 1, 6)),
    ],
)
def test_a_day_is_read(text: str, day: date) -> None:
    assert read_day(text, today=TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "soon", "2019-02-29", "2019-13-01", "2019-12-32", "20190230", "2019-12", "2019",
        "2月30日", "0-1", "13-13", "19-12-31", "0019-12-31", "2019-12/31", "2019-12-31x",
        "31/12/2019", "31 Decembre 2019", "-7", "7d", "-7x", "+9999999d", "-999999d",
        "2019-12-1²", "٢٠١٩-١٢-٣١",
        "friyay", "周八", "2019-12-31 2019-12-30", "\x1b[31m", "2019\u202e-12-31",
    ],
)  # fmt: skip
def test_what_is_no_day_is_a_problem(text: str) -> None:
    with pytest.raises(Problem) as raised:
        read_day(text, today=TODAY)
    assert raised.value.key == "dates.unreadable"
    assert raised.value.params == {"text": text}


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020-07", date(2020, 7, 1), date(2020, 7, 31)),
        ("2020/7", date(2020, 7, 1), date(2020, 7, 31)),
        ("2020.7", date(2020, 7, 1), date(2020, 7, 31)),
        ("2020年7月", date(2020, 7, 1), date(2020, 7, 31)),
        ("2020年7月份", date(2020, 7, 1), date(2020, 7, 31)),
        ("7月", date(2020, 7, 1), date(2020, 7, 31)),
        ("July 2020", date(2020, 7, 1), date(2020, 7, 31)),
        ("2019-02", date(2019, 2, 1), date(2019, 2, 28)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020年", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020Q1", date(2020, 1, 1), date(2020, 3, 31)),
        ("Q4 2020", date(2020, 10, 1), date(2020, 12, 31)),
        ("2020年第三季度", date(2020, 7, 1), date(2020, 9, 30)),
        ("2020年2季度", date(2020, 4, 1), date(2020, 6, 30)),
        ("2020年上半年", date(2020, 1, 1), date(2020, 6, 30)),
        ("2020年下半年", date(2020, 7, 1), date(2020, 12, 31)),
        ("今年", date(2020, 1, 1), date(2020, 12, 31)),
        ("last year", date(2019, 1, 1), date(2019, 12, 31)),
        ("本月", date(2020, 1, 1), date(2020, 1, 31)),
        ("last month", date(2019, 12, 1), date(2019, 12, 31)),
        ("下个月", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020-07-15", date(2020, 7, 15), date(2020, 7, 15)),
        ("today", TODAY, TODAY),
        ("07-15", date(2020, 7, 15), date(2020, 7, 15)),
    ],
)
def test_a_period_is_read(text: str, first: date, last: date) -> None:
    assert read_period(text, today=TODAY) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "2020-13", "2020年0月", "20", "202007", "Q5 2020", "13月", "x"]
)
def test_what_is_no_period_is_a_problem(text: str) -> None:
    with pytest.raises(Problem) as raised:
        read_period(text, today=TODAY)
    assert raised.value.key == "dates.unreadable_period"
    assert raised.value.params == {"text": text}


@pytest.mark.parametrize("code", LANGUAGES)
def test_problems_can_be_told(code: str) -> None:
    for read in (read_day, read_period):
        with pytest.raises(Problem) as raised:
            read("soon", today=TODAY)
        assert "soon" in Language(code).problem(raised.value)


@given(day=DAYS, today=DAYS)
def test_every_spelling_reads_back(day: date, today: date) -> None:
    y, m, d = day.year, day.month, day.day
    for text in (
        day.isoformat(), f"{y}/{m}/{d}", f"{y}.{m:02}.{d:02}", f"{y}{m:02}{d:02}",
        f"{y}年{m}月{d}日", day.strftime("%d %B %Y"), day.strftime("%b %d, %Y"),
    ):  # fmt: skip
        assert read_day(text, today=today) == day
        assert read_period(text, today=today) == (day, day)


@given(day=DAYS, today=DAYS)
def test_the_month_and_the_year_of_a_day_hold_it(day: date, today: date) -> None:
    for text in (f"{day.year}-{day.month:02}", f"{day.year}年{day.month}月", f"{day.year}"):
        first, last = read_period(text, today=today)
        assert first <= day <= last
        assert first.day == 1
        assert (last + timedelta(days=1)).day == 1


@given(text=st.text() | st.from_regex(r"[0-9年月日/.+\-dw ]{0,12}"), today=DAYS)
def test_only_problems_are_raised(text: str, today: date) -> None:
    for read in (read_day, read_period):
        with suppress(Problem):
            read(text, today=today)


def test_weeks_end_on_friday() -> None:
    assert week_of(date(2020, 1, 3)) == (date(2019, 12, 28), date(2020, 1, 3))
    assert week_of(date(2020, 1, 4)) == (date(2020, 1, 4), date(2020, 1, 10))
    assert week_of(date(2020, 1, 8), ends_on=6) == (date(2020, 1, 6), date(2020, 1, 12))


@given(day=DAYS, ends_on=st.integers(0, 6))
def test_a_week_holds_its_day(day: date, ends_on: int) -> None:
    first, last = week_of(day, ends_on)
    assert first <= day <= last
    assert last - first == timedelta(days=6)
    assert last.weekday() == ends_on


@pytest.mark.parametrize("ends_on", [-1, 7])
def test_a_week_ends_on_a_weekday(ends_on: int) -> None:
    with pytest.raises(ValueError, match=str(ends_on)):
        week_of(TODAY, ends_on)
