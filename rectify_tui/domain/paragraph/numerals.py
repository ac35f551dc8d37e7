"""Numbers in running text: 4387, ４３８７, 4,387, 4 387, 28.7万, 一百四十八, 两千零三十九."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from rectify_tui.domain.paragraph.model import Reason

if TYPE_CHECKING:
    from rectify_tui.domain.paragraph.folding import Folded

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIAD = 10_000
_CHINESE = re.compile("[零〇一二两三四五六七八九十百千万]+")
NUMERALS = frozenset("0123456789零〇一二两三四五六七八九十百千万")
"""Characters that a number can begin with."""

_RUN = re.compile(r"[0-9]+(?:[.,][0-9]+){0,6}")  # more groups are a list, not a number
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_WHOLE = re.compile(r"[0-9]+")
_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
_LONGEST = 15
_LONGEST_CHINESE = 16


@dataclass(frozen=True, slots=True)
class Number:
    """A number at `start:end` of the folded text.

    `value` is `None` when it cannot be read for certain, and `problem` says why. `places` counts
    printed decimals; `margin` is half a unit of the last printed place of a number with 万.
    """

    start: int
    end: int
    value: Decimal | None
    places: int = 0
    margin: Decimal = Decimal(0)
    problem: Reason | None = None
    chinese: bool = False


def number_at(folded: Folded, start: int) -> Number | None:
    """The number that begins at `start`, or `None`."""
    character = folded.text[start : start + 1]
    if character and character in "0123456789":
        return _with_myriad(folded.text, _arabic(folded, start))
    return _chinese(folded.text, start)


def chinese_value(numeral: str) -> int | None:
    """The value of a Chinese numeral below one hundred million, or `None` when it is not one.

    Shortened forms (一百二 for 120) and runs of digits (五六 for "five or six") are not read.
    """
    head, myriad, tail = numeral.partition("万")
    if not myriad:
        return _section(numeral)
    high = _section(head)
    if not high:
        return None
    if not tail:
        return high * _MYRIAD
    low = _section(tail.lstrip("零〇"))
    if not low or (low < 1000 and tail[0] not in "零〇"):
        return None
    return high * _MYRIAD + low


def _section(numeral: str) -> int | None:
    if numeral in _DIGITS:
        return _DIGITS[numeral]
    total, digit, unit, zero = 0, None, 10_000, False
    for character in numeral:
        if character in "零〇":
            if digit is not None or zero or unit <= 10 or not total:
                return None
            zero = True
        elif character in _UNITS:
            smaller = _UNITS[character]
            skipped = smaller * (10 if zero else 1) < unit
            if not skipped or (digit is None and (smaller != 10 or (total and not zero))):
                return None
            total, digit, unit, zero = total + (digit or 1) * smaller, None, smaller, False
        elif character in _DIGITS and digit is None:
            digit = _DIGITS[character]
        else:
            return None
    if digit is None:
        return None if zero or not total else total
    return total + digit if total and (unit == 10 or zero) else None


def _chinese(text: str, start: int) -> Number | None:
    match = _CHINESE.match(text, start)
    if match is None:
        return None
    value = chinese_value(match[0]) if len(match[0]) <= _LONGEST_CHINESE else None
    if value is None:
        return Number(start, match.end(), None, problem=Reason.UNREADABLE, chinese=True)
    return Number(start, match.end(), Decimal(value), chinese=True)


def _arabic(folded: Folded, start: int) -> Number:
    match = _RUN.match(folded.text, start)
    assert match is not None
    end = _cut_at_loose_mark(folded, start, match.end())
    if end < match.end() and _could_be_one(folded.text, start, match.end()):
        return Number(start, match.end(), None, problem=Reason.UNREADABLE)
    split = [place for place in range(start + 1, end) if place in folded.gaps]
    grouped = [place for place in range(start + 1, end) if place in folded.thin]
    written = folded.text[start:end]
    if split or (grouped and not _grouped_by_spaces(start, end, grouped, written)):
        return Number(start, end, None, problem=Reason.UNREADABLE)
    if _GROUPED.fullmatch(written):
        return _thousands(folded, start, end)
    found = _DECIMAL.fullmatch(written) or _WHOLE.match(written)
    assert found is not None
    broken = "." in written[found.end() : found.end() + 1] or _GROUPED.match(written)
    if broken or found.end() > _LONGEST:
        return Number(start, end, None, problem=Reason.UNREADABLE)
    places = len(found[0].partition(".")[2])
    return Number(start, start + found.end(), Decimal(found[0]), places)


def _cut_at_loose_mark(folded: Folded, start: int, end: int) -> int:
    """A point or comma with a space beside it ends the number: "1. 24 项" is a list mark first."""
    for place in range(start + 1, end):
        if folded.text[place] in ".," and (
            _is_spaced(folded, place) or _is_spaced(folded, place + 1)
        ):
            return place
    return end


def _is_spaced(folded: Folded, place: int) -> bool:
    return place in folded.gaps or place in folded.thin


def _could_be_one(text: str, start: int, end: int) -> bool:
    """Whether "4, 387" or "99. 09%" may be one number with a stray space."""
    return bool(_GROUPED.match(text, start)) or text[end : end + 1] == "%"


def _grouped_by_spaces(start: int, end: int, breaks: list[int], written: str) -> bool:
    ends = [*breaks, end]
    groups = [right - left for left, right in zip(breaks, ends[1:], strict=True)]
    return written.isdigit() and 1 <= breaks[0] - start <= 3 and set(groups) == {3}


def _thousands(folded: Folded, start: int, end: int) -> Number:
    written = folded.text[start:end]
    commas = [start + place for place, character in enumerate(written) if character == ","]
    list_comma = any(comma in folded.wide for comma in commas) and start not in folded.wide
    if list_comma or len(written) > _LONGEST:  # "24，100项" may be a list
        return Number(start, end, None, problem=Reason.UNREADABLE)
    places = len(written.partition(".")[2])
    return Number(start, end, Decimal(written.replace(",", "")), places)


def _with_myriad(text: str, number: Number) -> Number:
    unit = text[number.end : number.end + 1]
    if unit not in ("万", "千", "百") or not unit:
        return number
    end = number.end + 1
    odd = unit != "万" or _CHINESE.match(text, end) or text[end : end + 1].isdigit()
    if number.value is None or odd:
        return Number(number.start, end, None, problem=Reason.UNREADABLE)
    step = Decimal(_MYRIAD) / 10**number.places
    return Number(number.start, end, number.value * _MYRIAD, margin=step / 2)
