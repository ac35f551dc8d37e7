"""Numbers in running text, and what stands after them: counts, percentages, dates, money …

4387, ４３８７, 4,387, 4 387, 28.7万, 一百四十八, 两千零三十九; the unit tells what the number is.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from rectify_tui.domain.paragraph.folding import Folded
from rectify_tui.domain.paragraph.model import Kind, Reason

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


STRONG_MEASURES = frozenset("项件")
"""Measure words of items and cases; the others count many other things too."""
_COUNT = re.compile(
    r"项(?!目(?!标))|个|件|处(?!罚|以)|家(?!庭|长)|[座起宗封]|条(?!例)|口(?!径|岸)|[户台眼段块片艘套]"
)
_ABOUT_BEFORE = re.compile(
    r"(?:(?<![最附邻靠临就])近|(?<![制节契条公签违预合])约|逾|超过?|不足|不到|至少|最多|[接将]近"
    r"|不?(?:少|多|低|高)于)$"
)
_SOME_BEFORE = re.compile(r"(?:(?<![总件个项题务量])数|几)$")
_ABOUT_AFTER = re.compile(r"以上|以下|以内|左右|上下|多(?!年)|余")
_ABOUT_WITHIN = re.compile(r"[余多几来]")
_PERCENT = re.compile(r"%")
_SPOKEN_PERCENT = re.compile(
    r"百分之(?:(百|[零一二三四五六七八九十]+)(?:点([零一二三四五六七八九]+))?|([0-9]+(?:\.[0-9]+)?))"
)
_PLACE = (
    r"(?:自治[区州县]|直辖市|省会|省份|省直|城市|地市|市州|县市|街道|乡镇|社区|园区|开发区"
    r"|国家(?=[,。;:、及和等中]|$)|地区|片区|设区|地级|县级市|省辖市|直管[市县]|[省市县区州盟旗乡镇村])"
)
_PLACES = re.compile(
    rf"[个座]?(?:(?:地级|县级|设区)(?:及以上)?|沿江|沿海)?{_PLACE}"
    r"(?![级属直管控域内际外辖]|重点|黑臭|污水|水|饮用|生活|垃圾|环境|建成|集中)"
)
_BODIES = re.compile(
    r"[个家支](?:(?!问题|任务|项目|已|未|均)[^,。;:、()0-9]){0,10}?(?:部门|单位|[督巡]察组|督查组|巡视组|工作组|小组|专班|分队|现场组|办公室|机构)"
    r"(?!的?(?:问题|任务|项目|整改))"
)
_OTHERS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.CHANGE, re.compile(r"个?百分点")),
    (Kind.MONEY, re.compile(r"[余多]?[百千万亿]*[余多]?(?:元|美元|欧元)")),
    (
        Kind.DATE,
        re.compile(
            r"[余多]?(?:年|个?[余多]?月|日|天|周(?!边)|季度|世纪|小时|分钟|秒|旬"
            r"|个[余多]?(?:工作日|小时|季度|星期|昼夜|年))"
        ),
    ),
    (Kind.PEOPLE, re.compile(r"[余多]?[万千]?[余多]?(?:人次|人|名|位|个人)")),
    (Kind.PLACES, _PLACES),
    (Kind.BODIES, _BODIES),
    (Kind.SHARE, re.compile(r"成(?!立|为|效|果|员)|分之[一二三四五六七八九十百千0-9]+|/[0-9]+")),
    (Kind.ORDINAL, re.compile(r"[余多]?(?:批次?|轮次?|届|期(?!限)|级|类|章|版|次|号)")),
    (
        Kind.QUANTITY,
        re.compile(
            r"[余多]?(?:个?方面|亿|公里|千米|[万千百余多]*平方|立方|公顷|亩|吨|蒸吨|[微毫千]?克|毫?升|[千兆]?瓦"
            r"|千伏|[厘毫]?米|度(?!过)|℃|°|倍|分(?!别)|种|辆|元|头|只|株|棵|行|级|万[亩吨]|[a-zA-Zμµ]|㎡|㎥)"
        ),
    ),
)
_NO_UNIT = frozenset((",", "、", "。", ";", ""))
"""What no unit begins with."""

_ARABIC_DATE = re.compile(r"[点时](?![位源序])")
_COMPACT_DATE = re.compile(
    r"[0-9]{4}[-/.][0-9]{1,2}(?:[-/.][0-9]{1,2})?(?![0-9%万.]|[项个件处家座起])|[0-9]{1,2}:[0-9]{2}"
)
_RANGE_MARK = re.compile(r"[-–—~～至到]")
_ONE_OF_WORD = re.compile(r"(?:[统唯单逐每某任这那同另哪无]|没有)$")


class Number(NamedTuple):
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
            in_order = smaller * 10 < unit if zero else smaller * 10 == unit or not total
            bare_ten = digit is None and smaller == 10 and (zero or not total)
            if not in_order or smaller >= unit or (digit is None and not bare_ten):
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
    if end - start == 1:  # as in long lists
        return Number(start, end, Decimal(folded.text[start]))
    inside = range(start + 1, end)
    split = [place for place in inside if place in folded.gaps] if folded.gaps else []
    grouped = [place for place in inside if place in folded.thin] if folded.thin else []
    written = folded.text[start:end]
    if split or (grouped and not _grouped_by_spaces(start, end, grouped, written)):
        return Number(start, end, None, problem=Reason.UNREADABLE)
    if _GROUPED.fullmatch(written):
        return _thousands(folded, start, end)
    digits = _DECIMAL.fullmatch(written) or _WHOLE.match(written)
    assert digits is not None
    broken = "." in written[digits.end() : digits.end() + 1] or _GROUPED.match(written)
    if broken or digits.end() > _LONGEST:
        return Number(start, end, None, problem=Reason.UNREADABLE)
    places = len(digits[0].partition(".")[2])
    return Number(start, start + digits.end(), Decimal(digits[0]), places)


def _cut_at_loose_mark(folded: Folded, start: int, end: int) -> int:
    """A point or comma with a space beside it ends the number: "1. 24 项" is a list mark first."""
    if not (folded.gaps or folded.thin):
        return end
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


class Unit(NamedTuple):
    """How a number goes on, up to `end`.

    `measure` is the measure word of a count, `percent` is set for a percentage; `kind` is set for
    anything that is neither. `about` marks words such as 近, 余 and 以上.
    """

    end: int
    measure: str = ""
    percent: bool = False
    kind: Kind | None = None
    about: bool = False


def unit_after(text: str, number: Number) -> Unit:
    """What follows `number` in the folded text; a number with nothing known after it is bare."""
    before = text[max(0, number.start - 4) : number.start]
    if before.endswith("第"):
        return Unit(_end_of_any(text, number.end), kind=Kind.ORDINAL)
    if not number.chinese and before[-1:].isascii() and before[-1:].isalpha():
        return Unit(number.end, kind=Kind.BARE)
    if text[number.end : number.end + 1] in _NO_UNIT:  # as in long lists
        return Unit(number.end, kind=Kind.BARE)
    about = bool(_ABOUT_BEFORE.search(before))
    about = about or (number.chinese and bool(_SOME_BEFORE.search(before)))
    if text[number.end : number.end + 1] in STRONG_MEASURES:
        return _count(text, number.end, about=about) or Unit(number.end, kind=Kind.BARE)
    if match := _PERCENT.match(text, number.end):
        about = about or bool(_ABOUT_AFTER.match(text, match.end()))
        return Unit(match.end(), percent=True, about=about)
    for kind, pattern in _OTHERS:
        if match := pattern.match(text, number.end):
            return Unit(match.end(), kind=kind)
    if not number.chinese and (match := _ARABIC_DATE.match(text, number.end)):
        return Unit(match.end(), kind=Kind.DATE)
    return _count(text, number.end, about=about) or Unit(number.end, kind=Kind.BARE)


def spoken_percent(text: str, start: int) -> tuple[Number, Unit] | None:
    """百分之九十八点七, 百分之百 or 百分之98.7 at `start`, or `None`."""
    match = _SPOKEN_PERCENT.match(text, start)
    if match is None:
        return None
    whole, after, arabic = match.groups()
    high = 100 if whole == "百" else chinese_value(whole) if whole else None
    decimals = "".join(str(_DIGITS[digit]) for digit in after or "")
    written = arabic or (f"{high}.{decimals}".rstrip(".") if high is not None else "")
    number = Number(
        start,
        match.end(),
        Decimal(written) if written else None,
        places=len(written.partition(".")[2]),
        problem=None if written else Reason.UNREADABLE,
        chinese=True,
    )
    about = _ABOUT_BEFORE.search(text[max(0, start - 4) : start])
    about = about or _ABOUT_AFTER.match(text, match.end())
    return number, Unit(match.end(), percent=True, about=bool(about))


def compact_date_end(text: str, start: int) -> int | None:
    """The end of 2020-06-30, 2020/6, 2020.6.30 or 8:30 at `start`, or `None`."""
    match = _COMPACT_DATE.match(text, start)
    return match.end() if match else None


def range_mark_end(text: str, start: int) -> int | None:
    """The end of a range mark (3-5, 3至5) at `start`, or `None`."""
    match = _RANGE_MARK.match(text, start)
    return match.end() if match else None


def is_part_of_word(text: str, number: Number) -> bool:
    """Whether a Chinese numeral is only a syllable: 统一, 唯一, 十分, 一起, 千家万户."""
    numeral = text[number.start : number.end]
    if not set(numeral) & set("一二两三四五六七八九十零〇"):
        return True
    if numeral[0] == "一" and _ONE_OF_WORD.search(text[max(0, number.start - 2) : number.start]):
        return True
    return text.startswith(("十分", "一起", "一家人", "一口气"), number.start)


def _count(text: str, start: int, *, about: bool) -> Unit | None:
    within = _ABOUT_WITHIN.match(text, start)
    match = _COUNT.match(text, within.end() if within else start)
    if match is None:
        return None
    about = about or within is not None or bool(_ABOUT_AFTER.match(text, match.end()))
    return Unit(match.end(), measure=match[0], about=about)


def _end_of_any(text: str, start: int) -> int:
    match = re.compile(r"[批轮届期级类章版次号项件个]").match(text, start)
    return match.end() if match else start
