"""Days and periods as people type them on the command line and in filters."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta

from rectify_tui.errors import Problem

MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
MONTH_WORD = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
"""Pattern of an English month, full or short; to be used with `re.IGNORECASE`."""

_YEAR = r"(?P<y>(?:19|20|21)[0-9]{2})"
_SHORT_YEAR = r"(?P<yy>[12][0-9])"
_MONTH = r"(?P<m>[0-9]{1,2})"
_DAY = r"(?P<d>[0-9]{1,2})"
_ORDINAL = r"(?:st|nd|rd|th)?"

_DAY_FORMS = (
    rf"{_YEAR}(?P<sep>[-/.]){_MONTH}(?P=sep){_DAY}",
    rf"{_YEAR}(?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}})",
    rf"{_YEAR} ?年 ?{_MONTH} ?月 ?{_DAY} ?[日号]",
    rf"{_SHORT_YEAR} ?年 ?{_MONTH} ?月 ?{_DAY} ?[日号]",
    rf"{_DAY}-(?P<name>{MONTH_WORD})-{_SHORT_YEAR}",
    rf"{_MONTH}[-/]{_DAY}",
    rf"{_MONTH} ?月 ?{_DAY} ?[日号]",
    rf"{_DAY}{_ORDINAL}[ -](?P<name>{MONTH_WORD}),?[ -]{_YEAR}",
    rf"(?P<name>{MONTH_WORD}) {_DAY}{_ORDINAL},? {_YEAR}",
)
_MONTH_FORMS = (
    rf"{_YEAR}[-/.]{_MONTH}",
    rf"{_YEAR} ?年 ?{_MONTH} ?月份?",
    rf"{_MONTH} ?月份?",
    rf"(?P<name>{MONTH_WORD}),? {_YEAR}",
)
_YEAR_FORM = rf"{_YEAR} ?年?"
_QUARTER_FORMS = (
    rf"{_YEAR}[ -]?q(?P<q>[1-4])",
    rf"q(?P<q>[1-4])[ -]{_YEAR}",
    rf"{_YEAR}年第?(?P<q>[1-4一二三四])季度",
)
_HALF_FORM = rf"{_YEAR}年(?P<half>[上下])半年"

_NAMED_DAYS = {
    "today": 0, "今天": 0, "今日": 0,
    "yesterday": -1, "昨天": -1, "昨日": -1, "前天": -2,
    "tomorrow": 1, "明天": 1, "明日": 1, "后天": 2,
}  # fmt: skip
_NAMED_MONTHS = {
    "this month": 0, "本月": 0, "last month": -1, "上月": -1, "上个月": -1,
    "next month": 1, "下月": 1, "下个月": 1,
}  # fmt: skip
_THIS_WEEK = "本这"
_NAMED_YEARS = {
    "this year": 0, "今年": 0, "本年": 0, "last year": -1, "去年": -1,
    "next year": 1, "明年": 1,
}  # fmt: skip

_OFFSET = r"(?P<sign>[+-])(?P<n>[0-9]{1,6})(?P<unit>[dw天周日])"
_AGO = r"(?P<n>[0-9]{1,6}) ?(?P<unit>[天日周]|个?星期)之?(?P<side>[前后])"
_AGO_EN = r"(?P<n>[0-9]{1,6}) (?P<unit>day|week)s? ago"

_WEEKDAY_EN = (
    r"(?P<name>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)"
)
_WEEKDAY_ZH = r"(?P<week>本|这|上)?个?(?:周|星期|礼拜)(?P<name>[一二三四五六日天])"
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def month_number(name: str) -> int:
    """1 to 12 for an English month name that `MONTH_WORD` matched."""
    short = name[:3].lower()
    return next(n for n, full in enumerate(MONTH_NAMES, 1) if full.startswith(short))


def last_of_month(year: int, month: int) -> date:
    """The last day of a month. Raises `ValueError` where there is no such month."""
    if not 1 <= month <= 12:
        raise ValueError(month)
    return date(year, month, monthrange(year, month)[1])


def read_day(text: str, *, today: date) -> date:
    """The day that a text names.

    - `2019-12-31` with `-`, `/` or `.`, `20191231`, `2019年12月31日`, `31 December 2019`, all
      with a time of day behind it; `19年12月31日`, `31-Dec-19`; without a year (`12-31`,
      `12月31日`) the year of `today`.
    - `today`, `yesterday`, `tomorrow`, `今天`, `昨天` …; `-7d`, `+2w`, `7天前`, `7 days ago`.
    - `friday` or `周五` is the latest such day, `today` included; `上周五` and `本周五` go by weeks
      from Monday to Sunday.

    Raises `Problem` for anything else, and for days that do not exist.
    """
    plain = _plain(text)
    try:
        day = _relative_day(plain, today) or _calendar_day(plain, today)
    except (ValueError, OverflowError):
        day = None
    if day is None:
        raise Problem("dates.unreadable", text=text)
    return day


def coming_day(text: str, *, today: date) -> date:
    """As `read_day`, but a weekday alone is the next such day, today included.

    For what is promised or planned: 周五 is the Friday to come.
    """
    day = read_day(text, today=today)
    week = timedelta(days=7)
    alone = read_day(text, today=day + week) == day + week and text.strip()[0] not in _THIS_WEEK
    return day + week if day < today and alone else day


def read_period(text: str, *, today: date) -> tuple[date, date]:
    """The first and the last day of the day, month, quarter, half-year or year a text names.

    Beside what `read_day` reads: `2020-07`, `2020/7`, `2020年7月`, `7月`, `July 2020`; `2020Q3`,
    `2020年第三季度`, `2020年上半年`; `2020`, `2020年`; `this month`, `上月`, `last year`, `今年` …

    Raises `Problem` for anything else.
    """
    plain = _plain(text)
    try:
        return _long_period(plain, today) or _one_day(plain, today)
    except (Problem, ValueError, OverflowError):
        raise Problem("dates.unreadable_period", text=text) from None


def week_of(day: date, ends_on: int = 4) -> tuple[date, date]:
    """The first and the last day of the reporting week that holds `day`.

    `ends_on` is the weekday of the last day, 0 for Monday to 6 for Sunday; weeks end on Friday
    unless told otherwise. Raises `ValueError` for any other number.
    """
    if not 0 <= ends_on <= 6:
        raise ValueError(ends_on)
    last = day + timedelta(days=(ends_on - day.weekday()) % 7)
    return last - timedelta(days=6), last


_CLOCK = re.compile(
    r"(?<=[0-9日号])(?:[ t]|(?<=[日号]))(?:[01]?[0-9]|2[0-3]):[0-5][0-9]"
    r"(?::[0-5][0-9](?:\.[0-9]+)?)?(?: ?[ap]m)?$"
)
_SPACED = re.compile(r"(?<=[0-9]) ?([./-]) ?(?=[0-9])")


def _plain(text: str) -> str:
    # a footnote mark such as ² would turn into one more digit
    kept = (
        c if unicodedata.category(c) == "No" else unicodedata.normalize("NFKC", c) for c in text
    )
    plain = " ".join("".join(kept).casefold().split())
    return _SPACED.sub(r"\1", _CLOCK.sub("", plain))


def _relative_day(plain: str, today: date) -> date | None:
    if plain in _NAMED_DAYS:
        return today + timedelta(days=_NAMED_DAYS[plain])
    if match := re.fullmatch(_OFFSET, plain):
        return _moved(today, match["n"], match["unit"], back=match["sign"] == "-")
    if match := re.fullmatch(_AGO, plain):
        return _moved(today, match["n"], match["unit"], back=match["side"] == "前")
    if match := re.fullmatch(_AGO_EN, plain):
        return _moved(today, match["n"], match["unit"], back=True)
    return _weekday(plain, today)


def _moved(today: date, count: str, unit: str, *, back: bool) -> date:
    days = int(count) * (1 if unit in {"d", "day", "天", "日"} else 7)
    return today + timedelta(days=-days if back else days)


def _weekday(plain: str, today: date) -> date | None:
    if match := re.fullmatch(_WEEKDAY_EN, plain):
        weekday, week = _WEEKDAYS.index(match["name"][:3]), None
    elif match := re.fullmatch(_WEEKDAY_ZH, plain):
        weekday, week = "一二三四五六日".index(match["name"].replace("天", "日")), match["week"]
    else:
        return None
    if week is None:
        return today - timedelta(days=(today.weekday() - weekday) % 7)
    monday = today - timedelta(days=today.weekday() + (7 if week == "上" else 0))
    return monday + timedelta(days=weekday)


def _first_match(forms: tuple[str, ...], plain: str) -> dict[str, str] | None:
    for form in forms:
        if match := re.fullmatch(form, plain):
            return match.groupdict()
    return None


def _year_and_month(parts: dict[str, str], today: date) -> tuple[int, int]:
    year = int(parts["y"]) if "y" in parts else 2000 + int(parts.get("yy") or today.year - 2000)
    return year, month_number(parts["name"]) if "name" in parts else int(parts["m"])


def _calendar_day(plain: str, today: date) -> date | None:
    parts = _first_match(_DAY_FORMS, plain)
    return date(*_year_and_month(parts, today), int(parts["d"])) if parts else None


def _one_day(plain: str, today: date) -> tuple[date, date]:
    day = read_day(plain, today=today)
    return day, day


def _long_period(plain: str, today: date) -> tuple[date, date] | None:
    if plain in _NAMED_YEARS:
        return _months(today.year + _NAMED_YEARS[plain], 1, 12)
    if plain in _NAMED_MONTHS:
        year, month = divmod(today.year * 12 + today.month - 1 + _NAMED_MONTHS[plain], 12)
        return _months(year, month + 1, month + 1)
    if match := re.fullmatch(_YEAR_FORM, plain):
        return _months(int(match["y"]), 1, 12)
    if half := re.fullmatch(_HALF_FORM, plain):
        first = 1 if half["half"] == "上" else 7
        return _months(int(half["y"]), first, first + 5)
    if quarter := _first_match(_QUARTER_FORMS, plain):
        last = 3 * ("一1二2三3四4".index(quarter["q"]) // 2 + 1)
        return _months(int(quarter["y"]), last - 2, last)
    if named := _first_match(_MONTH_FORMS, plain):
        year, month = _year_and_month(named, today)
        return _months(year, month, month)
    return None


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), last_of_month(year, last)
