"""The dates, periods, ranges and durations in a plain text, and the days they stand for."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from rectify_tui.domain.dates import last_of_month
from rectify_tui.domain.deadline.model import UnreadableError

_CN = "一二三四五六七八九十"
_N = rf"(?:[0-9]{{1,2}}|[{_CN}]{{1,3}})"
_Y = r"(?:(?:19|20)[0-9]{2}|[一二][九〇零○Oo0][〇零○Oo0一二三四五六七八九]{2})"
_TO = r"(?: ?(?:至|到|-) ?| ?(?:to|through|until) )"
_NO_NUMBER_BEFORE = rf"(?<![0-9{_CN}〇零○.\-/])"

_IN_YEAR = (
    rf"(?P<month>{_N})月份?(?:(?P<day>{_N})(?:[日号]|(?=[之以]?前|[,;。、:()\-](?![0-9])|$))"
    r"|(?P<tenth>[上中下])旬|(?P<month_end>月?[底末]))?|"
    r"第?(?P<quarter>[1-4一二三四])季度(?P<quarter_end>[底末])?|"
    r"(?P<half>[上下])半年(?P<half_end>[底末])?|"
)
_NUMERIC = (
    r"(?P<compact>(?:19|20)[0-9]{6})(?![0-9])|"
    r"(?P<n_year>(?:19|20)[0-9]{2})(?P<sep>[-./])(?P<n_month>[0-9]{1,2})"
    r"(?:(?P=sep)(?P<n_day>[0-9]{1,2}))?(?![0-9]|[-./][0-9]{1,3}(?![0-9]))"
    r"(?:(?(n_day)日|(?:(?:月份?)?(?:(?P<n_tenth>[上中下])旬|(?P<n_end>[底末]))|月份?)))?"
)
_WITH_YEAR = (
    rf"(?:(?P<year>{_Y})(?:年度?|(?=[底末]|[上下]半年|第[1-4]季度|第?[一二三四]季度))|"
    r"(?<![说证声申])(?P<relative>[今本明次翌同当]|(?<![近年将原往])来)年度?)"
    rf"(?:{_IN_YEAR}(?P<year_end>年?[底末终]|年?内(?!部))|)"
)
_MONTH_OF_ISSUE = (
    rf"(?P<moon>本|下个?)月(?:(?P<moon_day>{_N})[日号]|(?P<moon_tenth>[上中下])旬"
    r"|(?P<moon_end>[底末])|(?=内))"
)
_PLAN = (
    r"(?P<plan>十[一二三四五六七八九])五(?:规划)?"
    r"(?:(?P<plan_end>期?末|结束)|(?:期间|时期|期内))"
)
_WITHOUT_YEAR = (
    # 三月内 may be within March or within three months
    _IN_YEAR.replace("(?P<", "(?P<bare_").replace("月份?", "月份?(?![之以]?内)", 1)
    + r"(?<![半两几数多个周来隔子丑寅卯辰巳午未申酉戌亥])(?P<bare_year_end>年[底末]|年内)"
)
_ANY = rf"(?:{_NUMERIC}|{_PLAN}|{_WITH_YEAR}|{_MONTH_OF_ISSUE}|{_WITHOUT_YEAR})"
_DATE = re.compile(_NO_NUMBER_BEFORE + _ANY)
_END_OF_RANGE = re.compile(_ANY)
_BARE_DAY = re.compile(rf"(?P<day>{_N})[日号]")
_RANGE = re.compile(rf"起?{_TO}")
_EDGE = re.compile(
    r"(?P<open>及其?(?:以后|之后|今后)(?:年度|各年)?|(?:至|到|-)(?:长期|今后)"
    r"| ?(?:and )?(?:onwards?|after|later|beyond)\b)"
    r"|(?P<by>[之以]?前(?![后期端]))|(?P<within>[之以]?内(?!部))|(?P<since>起(?![步草点]))|为?止"
)
_BY_BEFORE = re.compile(r"\bby ?$", re.IGNORECASE)

_DURATION = re.compile(
    r"(?:自?从?(?:本?(?:整改)?(?:方案|任务|意见))?(?:印发|下发|发布|公布|交办|转办)(?:之日)?[起后],?)?"
    r"(?<![0-9一二三四五六七八九十百〇零○月半上下第每近.\-/])"
    r"(?:(?P<n>[1-9][0-9]{0,2}|[一二两三四五六七八九十百]{1,5}|半)"
    r"(?P<unit>年(?P<half>半)?|个月|个季度|个?星期|周|[日天])(?:[之以]?内(?!部)))"
)
_DIGITS = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": "0", "○": "0", "两": "2"}
_MONTHS_IN = {"年": 12, "个月": 1, "个季度": 3}
_REACH = {"今": 0, "本": 0, "明": 1, "来": 1, "同": 0, "当": 0, "次": 1, "翌": 1}

_ELLIPSES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (rf"^({_Y})$", r"\1年"),
        (rf"(?<![0-9.\-/])({_Y})年?({_TO})({_Y})(?![0-9.\-/])年?", r"\1年\2\3年"),
        (rf"{_NO_NUMBER_BEFORE}({_N})({_TO})({_N}月)", r"\1月\2\3"),
        (rf"(?<=月)({_N})({_TO})({_N}[日号])", r"\1日\2\3"),
        (rf"{_NO_NUMBER_BEFORE}([1-4一二三四])({_TO})第?([1-4一二三四]季度)", r"\1季度\2\3"),
        (r"第([1-4一二三四])(-|至|到)第?([1-4一二三四]季度)", r"\1季度\2\3"),
    )
)


class Span(NamedTuple):
    """First and last day of what was written.

    `exact` where a last day is named, so that 前 can only mean "not later than": 2020年底前 is
    clear, and 2020年6月前 might end in May or in June. `ranged` where a beginning is written too.
    """

    first: date
    last: date
    exact: bool = False
    ranged: bool = False


class Mention(NamedTuple):
    """A date in the text, from `begin` to `end`; `edge` is by, within, since, open or nothing."""

    begin: int
    end: int
    span: Span
    edge: str


def number(text: str) -> int:
    """12, 十二, 一百二十 or 二〇二〇 as a number."""
    text = "".join(_DIGITS.get(c, "0" if c in "Oo" else c) for c in text)
    if text.isdecimal():
        return int(text)
    match = re.fullmatch(r"(?:([1-9])百)?(?:([1-9]?)十)?([1-9]?)", text)
    if not match or not text:
        raise UnreadableError
    hundreds, tens, ones = match.groups()
    ten = 0 if tens is None else int(tens or 1)
    return 100 * int(hundreds or 0) + 10 * ten + int(ones or 0)


def spelled_out(text: str) -> str:
    """The text with the units that a range leaves out: 2023-2025年, 6-12月, 6月1-30日."""
    for pattern, replacement in _ELLIPSES:
        text = pattern.sub(replacement, text)
    return text


def _months(year: int, first: int, last: int, *, ended: bool) -> Span:
    end = last_of_month(year, last)
    return Span(end if ended else date(year, first, 1), end, exact=ended)


def _in_month(year: int, month: int, day: str | None, tenth: str | None, *, ended: bool) -> Span:
    if day:
        only_day = date(year, month, number(day))
        return Span(only_day, only_day, exact=True)
    if tenth:
        first, last = {"上": (1, 10), "中": (11, 20), "下": (21, 31)}[tenth]
        last = min(last, monthrange(year, month)[1])
        return Span(date(year, month, first), date(year, month, last), exact=True)
    return _months(year, month, month, ended=ended)


@dataclass(slots=True)
class Calendar:
    """Finds dates from left to right, and remembers the last one: it lends its year to the next."""

    default_year: int | None = None
    issued_on: date | None = None
    year_assumed: bool = field(default=False, init=False)
    _last: date | None = field(default=None, init=False)

    def mentions(self, text: str) -> list[Mention]:
        """All dates in the text.

        Raises `UnreadableError` for one that does not exist or whose year cannot be known.
        """
        mentions = []
        at = 0
        while match := _DATE.search(text, at):
            span, end = self._range(text, match)
            edge = _EDGE.match(text, end)
            kind = (edge.lastgroup or "") if edge else ""
            end = edge.end() if edge else end
            if not kind and _BY_BEFORE.search(text, 0, match.start()):
                kind = "by"
            mentions.append(Mention(match.start(), end, span, kind))
            at = end
        return mentions

    def duration(self, text: str) -> tuple[str, date | None]:
        """The text without its duration, and the last day of it, None where there is none.

        Periods are counted as the Civil Code does (articles 201 and 202): the day of issue does
        not count, and the last day is the corresponding day, or the end of a shorter month. With
        only a year to go by, N years are that year and the N-1 after it.
        """
        match = _DURATION.search(text)
        if not match:
            return text, None
        rest = text[: match.start()] + text[match.end() :]
        unit = match["unit"].removesuffix("半")
        if match["n"] == "半":
            months = 6 if unit == "年" else 0
        else:
            months = _MONTHS_IN.get(unit, 0) * number(match["n"]) + (6 if match["half"] else 0)
        if self.issued_on and months:
            return rest, _months_after(self.issued_on, months)
        if self.issued_on and match["n"] != "半":
            days = number(match["n"]) * (1 if unit in "日天" else 7)
            return rest, self.issued_on + timedelta(days=days)
        if self.default_year is None or unit != "年" or months < 12 or months % 12:
            raise UnreadableError
        self.year_assumed = True
        return rest, date(self.default_year + months // 12 - 1, 12, 31)

    def _range(self, text: str, match: re.Match[str]) -> tuple[Span, int]:
        first = self._span(match)
        self._last = first.last
        to = _RANGE.match(text, match.end())
        if not to:
            return first, match.end()
        if end := _END_OF_RANGE.match(text, to.end()):
            last = self._span(end)
        elif end := _BARE_DAY.match(text, to.end()):
            last = _in_month(first.last.year, first.last.month, end["day"], None, ended=False)
        else:
            return first, match.end()
        self._last = last.last
        return Span(first.first, last.last, last.exact, ranged=True), end.end()

    def _span(self, match: re.Match[str]) -> Span:
        g = match.groupdict()
        if text := g["compact"]:
            return _in_month(int(text[:4]), int(text[4:6]), text[6:], None, ended=False)
        if g["plan"]:
            return _plan(number(g["plan"]), ended=bool(g["plan_end"]))
        if g["moon"]:
            return self._relative_month(g)
        if g["n_year"]:
            year, month = int(g["n_year"]), int(g["n_month"])
            return _in_month(year, month, g["n_day"], g["n_tenth"], ended=bool(g["n_end"]))
        bare = not (g["year"] or g["relative"])
        year = self._year(g["year"], g["relative"])
        span = _in_year(year, {k.removeprefix("bare_"): v for k, v in g.items() if v is not None})
        if bare and self._last and span.last < self._last:
            raise UnreadableError
        return span

    def _year(self, written: str | None, relative: str | None) -> int:
        if written:
            return number(written)
        if self._last and (relative is None or relative in "同当次翌"):
            return self._last.year + _REACH.get(relative or "同", 0)
        if relative and relative in "同当次翌":
            raise UnreadableError
        if self.default_year is not None:
            self.year_assumed = True
            return self.default_year + _REACH.get(relative or "今", 0)
        if relative and self.issued_on:
            return self.issued_on.year + _REACH[relative]
        raise UnreadableError

    def _relative_month(self, g: dict[str, str | None]) -> Span:
        if not self.issued_on:
            raise UnreadableError
        day = _months_after(self.issued_on.replace(day=1), 0 if g["moon"] == "本" else 1)
        ended = bool(g["moon_end"])
        return _in_month(day.year, day.month, g["moon_day"], g["moon_tenth"], ended=ended)


def _in_year(year: int, g: dict[str, str]) -> Span:
    if "month" in g:
        ended = "month_end" in g
        return _in_month(year, number(g["month"]), g.get("day"), g.get("tenth"), ended=ended)
    if "quarter" in g:
        last = 3 * number(g["quarter"])
        return _months(year, last - 2, last, ended="quarter_end" in g)
    if "half" in g:
        first = 1 if g["half"] == "上" else 7
        return _months(year, first, first + 5, ended="half_end" in g)
    return _months(year, 1, 12, ended="year_end" in g)


def _plan(ordinal: int, *, ended: bool) -> Span:
    """The five years of a national plan: the thirteenth, 十三五, ran from 2016 to 2020."""
    last = 2020 + 5 * (ordinal - 13)
    end = date(last, 12, 31)
    return Span(end, end, exact=True) if ended else Span(date(last - 4, 1, 1), end, ranged=True)


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))
