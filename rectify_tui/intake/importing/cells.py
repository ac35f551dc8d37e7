"""Single cells of a file, read strictly: what might mean two things is not taken.

Unlike a command line, a file knows no "today": 周五 or 6月30日 name no day in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum
from functools import cache

from rectify_tui.domain.amount import Yuan
from rectify_tui.domain.case import PollutionType
from rectify_tui.domain.dates import read_day
from rectify_tui.domain.day_order import possible_days
from rectify_tui.domain.deadline import read_deadline
from rectify_tui.domain.deadline.mentions import number as chinese_number
from rectify_tui.domain.deadline.model import UnreadableError
from rectify_tui.domain.reference import read_number
from rectify_tui.domain.status import Verification
from rectify_tui.domain.text import clean, narrow
from rectify_tui.errors import Problem
from rectify_tui.i18n import LANGUAGES, Language
from rectify_tui.intake.reading.cells import Cell
from rectify_tui.intake.table import read_number_cell

_BLANK = frozenset({"", "-", "--", "—", "——", "―", "/", "\\", "无", "暂无", "n/a", "na", "none"})
_LONGEST_BLANK = max(map(len, _BLANK))
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}|(?<![0-9])[12][0-9]年|-[12][0-9]$")
_SERIAL = re.compile(r"[3-6][0-9]{4}(?:\.[0-9]+)?")
"""The days from 1982 to 2091 as spreadsheets count them."""
_EPOCH = date(1899, 12, 30)
_ONE_OR_TEN = re.compile(r"(?:19|20)[0-9]{2}\.1")
_NUMBER_MARK = re.compile(r"^[*★☆※▲△#]+|[*★☆※▲△]+$")
_APPROXIMATELY = re.compile(
    r"^(?:已|大?约|接近|近|将近|超过?|达到?|完成|进度|形象|总体|[:为])*|(?:左右|以上|多|余|上下)$"
)
_PERCENT_RANGE = re.compile(r".*[0-9]%?(?:[-~至到—]|或)[0-9].*")
_TENTHS = re.compile("([1-9一二三四五六七八九])成(半)?")
_COUNT_UNIT = re.compile(r"(?<=[0-9]) ?[家人件起次个名处份](?:次)?$")
_YES = frozenset({"是", "yes", "y", "true", "1", "√", "✓", "重点", "重点件"})
_NO = frozenset({"否", "no", "n", "false", "0", "×", "✗", "非重点", "一般", "普通"})
_VERIFIED = {"属实": "confirmed", "已核实": "confirmed", "不属实": "refuted"}
_BETWEEN_TYPES = re.compile(r"[、,，;；/\n]+")
_ANGLE = re.compile(
    r"(?P<d>[0-9]{1,3})[°度] ?(?:(?P<m>[0-9]{1,2})[′'分] ?)?"
    r"(?:(?P<s>[0-9]{1,2}(?:\.[0-9]+)?)[″\"秒]?)?"
)
_SIDES = {"东经": "longitude", "北纬": "latitude", "e": "longitude", "n": "latitude"}
_MOST = {"latitude": 90, "longitude": 180}
_SUBSTANTIATED = ["yes", "mostly", "partly", "no"]
_SMALL = 10**9
_BARE_NUMBER = re.compile("[0-9,. ]+")
_HUGE = 10**8
_SPACE = re.compile(r"\s+")
_LISTED = re.compile(
    r"第([0-9a-z]+(?:[-.][0-9]+)*|[零〇一二三四五六七八九十百]+)"
    r"[项条号件个](?:整改)?(?:任务|问题|事项|措施)?",
    re.IGNORECASE,
)


def blank(text: str) -> bool:
    """Whether a cell says nothing: it is empty or has one of the signs that offices put there."""
    return len(text) <= _LONGEST_BLANK and text.strip().casefold() in _BLANK


def day(text: str) -> date:
    """A day with its year. Raises `Problem` for what is none, or has none."""
    plain = clean(text)
    if not _YEAR.search(narrow(plain)):
        raise _no_day(text)
    try:
        return read_day(plain, today=date.min)
    except Problem:
        raise _no_day(text) from None


def _no_day(text: str) -> Problem:
    return doubtful_day(text) or Problem("importing.bad_day", text=text)


def doubtful_day(text: str) -> Problem | None:
    """What a text may mean that cannot be taken for a day as it stands.

    It is the number by which spreadsheets count days, whose format was lost, or a day of which
    nothing tells whether the month stands first.
    """
    plain = narrow(clean(text))
    if _SERIAL.fullmatch(plain):
        return Problem("dates.serial", text=text, day=_EPOCH + timedelta(days=int(plain[:5])))
    days = sorted(set(possible_days(plain).values()))
    if len(days) > 1:
        return Problem("dates.two_ways", text=text, one=days[0], other=days[1])
    return None


def doubtful_deadline(text: str, cell: Cell) -> Problem | None:
    """What makes a deadline doubtful: see `doubtful_day`, and a number that may have lost a zero.

    2021.10 kept as a number is 2021.1, as is January.
    """
    if isinstance(cell, float) and _ONE_OR_TEN.fullmatch(text):
        year = text[:4]
        return Problem("deadline.month_lost", text=text, one=f"{year}-01", other=f"{year}-10")
    return doubtful_day(text)


def past_day(text: str, today: date) -> date:
    """A day that has come. Raises `Problem` for any other."""
    found = day(text)
    if found > today:
        raise Problem("importing.future_day", text=text, today=today)
    return found


def last_day(text: str) -> date:
    """A day, or the last day of a time such as 2017年6月底. Raises `Problem` for anything else."""
    try:
        return day(text)
    except Problem:
        due = read_deadline(clean(text)).due_on
        if due is None or not _YEAR.search(narrow(text)):
            raise
        return due


class Scale(Enum):
    """What the bare numbers of a column of percentages mean."""

    UNKNOWN = "unknown"
    WHOLE = "whole"
    FRACTIONS = "fractions"
    BOTH = "both"
    DOUBTFUL = "doubtful"


def scale_of(cells: Iterable[Cell]) -> Scale:
    """Whether a column has 35 or 0.35 for 35%, as spreadsheets keep it; 1 and 0 tell nothing.

    It has both where somebody typed 80 among cells with a format. Few fractions among whole
    percentages are doubtful: 0.5 may be half a percent.
    """
    numbers = [number for number in map(_number, cells) if number is not None]
    fractions = sum(0 < number < 1 for number in numbers)
    whole = sum(number > 1 for number in numbers)
    if not fractions:
        return Scale.WHOLE if whole else Scale.UNKNOWN
    if not whole:
        return Scale.FRACTIONS
    return Scale.BOTH if fractions >= whole else Scale.DOUBTFUL


def percent(text: str, scale: Scale) -> str:
    """A percentage as whole digits; parts of a percent are cut off.

    约80% and 80%左右 are 80. Raises `Problem` for what is none, or might be two things.
    """
    plain = _SPACE.sub("", narrow(clean(text)))
    bare = _number(plain)
    number = _written_percent(plain, text) if bare is None else _scaled(bare, scale, text)
    if not 0 <= number <= 100:
        raise Problem("table_finding.percent.outside", text=text)
    return str(int(number))


def is_exact(text: str, percentage: str) -> bool:
    """Whether a percentage is all that a cell says, and nothing of it was cut off."""
    plain = narrow(clean(text)).replace(" ", "").removesuffix("%")
    number = _number(plain)
    return number is not None and round(number, 6) in (int(percentage), int(percentage) / 100)


def _written_percent(plain: str, text: str) -> float:
    """A number with a percent sign, or with words that leave it a percentage."""
    if _PERCENT_RANGE.fullmatch(plain):
        raise Problem("table_finding.percent.range", text=text)
    bare = _APPROXIMATELY.sub("", _APPROXIMATELY.sub("", plain))
    number = _number(bare.removesuffix("%"))
    if number is None and bare.startswith("百分之"):
        number = _spelled(bare.removeprefix("百分之"))
    if number is None and (tenths := _TENTHS.fullmatch(bare)):
        number = 10 * chinese_number(tenths[1]) + (5 if tenths[2] else 0)
    if number is None:
        raise Problem("table_finding.percent.unreadable", text=text)
    return number


def _spelled(numeral: str) -> float | None:
    try:
        return _number(numeral) or float(chinese_number(numeral))
    except UnreadableError:
        return None


def _scaled(number: float, scale: Scale, text: str) -> float:
    """What a bare number means in a column of such a scale."""
    if number == 1 and scale not in (Scale.WHOLE, Scale.FRACTIONS):
        raise Problem("importing.percent_or_whole", text=text)
    small = 0 < number < 1 and scale in (Scale.WHOLE, Scale.DOUBTFUL)
    if small or (1 < number < 2 and scale in (Scale.BOTH, Scale.DOUBTFUL)):
        one, other = f"{number:g}%", f"{number * 100:g}%"
        raise Problem("table_finding.percent.two_ways", text=text, one=one, other=other)
    fraction = 0 < number < 1 or (number == 1 and scale is Scale.FRACTIONS)
    return round(number * 100, 6) if fraction else number


def _number(cell: Cell) -> float | None:
    if isinstance(cell, bool) or not isinstance(cell, (int, float, str)):
        return None
    try:
        return float(cell)
    except ValueError:
        return None


def count(text: str) -> str:
    """A count without the unit behind it: `3家` is 3."""
    return _COUNT_UNIT.sub("", clean(text).removesuffix(".0"))


def may_be_yuan(text: str, unit: str | None, yuan: Yuan | None) -> bool:
    """Whether a bare number below 万元 is too large for that: by accident fines are in yuan."""
    bare = _BARE_NUMBER.fullmatch(narrow(clean(text)))
    return unit == "万元" and bare is not None and yuan is not None and yuan >= _HUGE


def flag(text: str) -> str:
    """`1` or `0`. Raises `Problem` for what says neither."""
    word = narrow(clean(text)).casefold()
    if word in _YES:
        return "1"
    if word in _NO:
        return "0"
    raise Problem("importing.bad_flag", text=text)


@cache
def _own_words(topic: str) -> dict[str, str]:
    """Values by what the program itself calls them, in every language: its own tables come back."""
    kinds = {"status.verification": Verification, "case.type": PollutionType}
    values = [each.value for each in kinds[topic]] if topic in kinds else _SUBSTANTIATED
    return {
        Language(code)(f"{topic}.{value}").casefold(): value
        for code in LANGUAGES
        for value in values
    }


def verification(text: str) -> str:
    """What a visit found, as commands take it; a text that is in no list as it is."""
    word = clean(text)
    return _VERIFIED.get(word) or _own_words("status.verification").get(word.casefold(), text)


def substantiated(text: str) -> str:
    """Whether a complaint proved true, as commands take it; other texts as they are."""
    return _own_words("case.substantiated").get(clean(text).casefold(), text)


def pollution_types(text: str) -> str:
    """Pollution types, as commands take them; other texts as they are."""
    words = _own_words("case.type")
    parts = (part.strip() for part in _BETWEEN_TYPES.split(clean(text, multiline=True)))
    return "、".join(words.get(part.casefold(), part) for part in parts if part)


def coordinate(text: str, name: str) -> float:
    """Degrees, written as 125.1 or 125°6′0″. `name` is latitude or longitude.

    Raises `Problem` for what is none or lies off the globe.
    """
    plain = narrow(clean(text)).casefold().strip()
    for side, of in _SIDES.items():
        if plain.startswith(side) or plain.endswith(side):
            if of != name:
                raise Problem(f"importing.bad_{name}", text=text)
            plain = plain.removeprefix(side).removesuffix(side).strip()
    degrees = _number(plain.removesuffix("°"))
    if degrees is None and (found := _ANGLE.fullmatch(plain)):
        minutes, seconds = int(found["m"] or 0), float(found["s"] or 0)
        if minutes < 60 and seconds < 60:
            degrees = round(int(found["d"]) + minutes / 60 + seconds / 3600, 7)
    if degrees is None or not -_MOST[name] <= degrees <= _MOST[name]:
        raise Problem(f"importing.bad_{name}", text=text)
    return degrees


def item_number(cell: Cell) -> str:
    """The number of an item: opaque, but `第12项` is 12, and a mark beside it is none of it.

    Raises `Problem` for what is no number.
    """
    if isinstance(cell, float) and 0 < cell < _SMALL and cell.is_integer():  # as most are
        return str(int(cell))
    plain = _NUMBER_MARK.sub("", read_number_cell(cell)).strip("、.．。 ")
    listed = _LISTED.fullmatch(plain)
    return read_number(listed[1] if listed else plain)


def case_number(cell: Cell) -> str:
    """The receipt number of a case: opaque, without a mark beside it.

    Raises `Problem` where the spreadsheet changed it.
    """
    return clean(_NUMBER_MARK.sub("", read_number_cell(cell)).strip(), limit=60)


def is_marked(text: str) -> bool:
    """Whether a mark stands beside a number, by which lists of cases tell the key ones: *D12."""
    return bool(_NUMBER_MARK.search(narrow(text.strip())))
