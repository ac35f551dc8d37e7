"""English dates rewritten as Chinese ones, so that one grammar reads both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rectify_tui.domain.dates import MONTH_WORD, month_number

if TYPE_CHECKING:
    from collections.abc import Callable

_YEAR = r"(?P<y>(?:19|20)[0-9]{2})(?![0-9])"
_DAY = r"(?<![0-9.])(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?"
_MONTH = rf"(?<![a-z])(?P<m>{MONTH_WORD})"
_PERIOD = r"(?:(?:19|20)[0-9]{2}年|[今明]年)?(?:[0-9]{1,2}月|第[1-4]季度|[上下]半年|(?<=年))"
_ORDINALS = ("first", "second", "third", "fourth")
_COUNTS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
_NTH = "|".join((*_ORDINALS, "1st", "2nd", "3rd", "4th"))
_COUNT = rf"(?P<n>[0-9]{{1,3}}|{'|'.join(_COUNTS)})"
_UNITS = {"year": "年", "month": "个月", "week": "周", "day": "日"}


def _month(match: re.Match[str]) -> str:
    parts = match.groupdict()
    year = f"{parts['y']}年" if parts.get("y") else ""
    day = f"{parts['d']}日" if parts.get("d") else ""
    return f"{year}{month_number(parts['m'])}月{day}"


def _quarter(match: re.Match[str]) -> str:
    word = match["q"].lower()
    number = _ORDINALS.index(word) + 1 if word in _ORDINALS else int(word[0])
    return f"{match['y']}年第{number}季度"


def _half(match: re.Match[str]) -> str:
    return f"{match['y']}年{'上' if match['h'].lower() in {'first', '1st', '1'} else '下'}半年"


def _within(match: re.Match[str]) -> str:
    word = match["n"].lower()
    count = _COUNTS.index(word) + 1 if word in _COUNTS else int(word)
    return f"{count}{_UNITS[match['unit'].lower()]}内"


_REWRITES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        (rf"{_DAY}(?: of)?[ -]?{_MONTH},?[ -]?{_YEAR}", _month),
        (rf"{_MONTH} ?{_DAY}(?:, ?| ){_YEAR}", _month),
        (rf"{_MONTH},?(?: of)?[ -]?{_YEAR}", _month),
        (rf"{_DAY}(?: of)? {_MONTH}", _month),
        (rf"{_MONTH} {_DAY}(?![0-9a-z])", _month),
        (rf"\bend of {_MONTH}", lambda found: f"end of {_month(found)}"),
        (rf"\bQ(?P<q>[1-4])(?: of)?[ ,/-]*{_YEAR}", _quarter),
        (rf"(?<![0-9]){_YEAR}年?[ -]?Q(?P<q>[1-4])\b", _quarter),
        (rf"\b(?:the )?(?P<q>{_NTH}) quarter(?: of)? {_YEAR}", _quarter),
        (rf"\bH(?P<h>[12])(?: of)?[ ,/-]*{_YEAR}", _half),
        (rf"(?<![0-9]){_YEAR}[ -]?H(?P<h>[12])\b", _half),
        (rf"\b(?:the )?(?P<h>first|second|1st|2nd) half(?: of)? {_YEAR}", _half),
        (rf"\bwithin {_COUNT} (?P<unit>year|month|week|day)s?\b(?: of (?:the )?issue)?", _within),
        (r"\bbetween ((?:19|20)[0-9]{2}) and ((?:19|20)[0-9]{2})(?![-./年0-9])", r"\1-\2"),
        (r"\bend of (?:the )?year\b(?! [0-9])", "年底"),
        (r"\bnext year\b", "明年"),
        (r"\bthis year\b", "今年"),
        (rf"\b(?:in|during) {_YEAR}(?![-./年])", lambda m: f"{m['y']}年"),
        (
            rf"(?<![0-9]){_YEAR} (?:and )?(?:onwards?|after|later|beyond)\b",
            lambda m: f"{m['y']}年起",
        ),
        (r"\b(?:no|not) later than\b", "by"),
        # "before 2020-06-30" might leave that day out; "before the end of" cannot.
        (r"\bbefore (?=(?:the )?end\b)", "by "),
        (rf"\b(?:the )?year[ -]end(?: of)? {_YEAR}", lambda m: f"{m['y']}年底"),
        (rf"\b(?:the )?end(?: of)?(?: the)?(?: year)? {_YEAR}(?!年)", lambda m: f"{m['y']}年底"),
        (rf"\b(?:the )?end of (?P<period>{_PERIOD})(?![0-9])", lambda m: f"{m['period']}底"),
    )
)


def chinese_dates(text: str) -> str:
    """The text with its English dates and durations written in Chinese; all else stays."""
    for pattern, replacement in _REWRITES:
        text = pattern.sub(replacement, text)
    return text
