"""Folded text to tokens: numbers with their units, words that say what is counted, punctuation."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import IntEnum, auto
from typing import TYPE_CHECKING, NamedTuple

from rectify_tui.domain.paragraph.model import Kind, Reason, What
from rectify_tui.domain.paragraph.numbers import (
    NUMERALS,
    Number,
    Unit,
    compact_date_end,
    is_part_of_word,
    number_at,
    range_mark_end,
    spoken_percent,
    unit_after,
)
from rectify_tui.domain.paragraph.phrases import CHARACTERS, Says, words_at

if TYPE_CHECKING:
    from rectify_tui.domain.paragraph.folding import Folded


class Sort(IntEnum):
    """Sorts of token. `WHOLE` is the 33 of 26/33项, the count before it is the 26."""

    COUNT = auto()
    WHOLE = auto()
    PERCENT = auto()
    OTHER = auto()
    SAYS = auto()
    RATE = auto()
    MODAL = auto()
    REST = auto()
    AMONG = auto()
    OF = auto()
    ALL = auto()
    RESPECTIVELY = auto()
    COMMA = auto()
    PAUSE = auto()
    COLON = auto()
    SEMICOLON = auto()
    STOP = auto()
    OPEN = auto()
    CLOSE = auto()


class Token(NamedTuple):
    """A token at `start:end` of the folded text. Of long texts there are very many."""

    sort: Sort
    start: int
    end: int
    says: Says | None = None
    value: Decimal | None = None
    places: int = 0
    margin: Decimal = Decimal(0)
    measure: str = ""
    kind: Kind | None = None
    problem: Reason | None = None
    chinese: bool = False


NOUNS = re.compile(
    r"任务|问题|事项|项目|工程|案件|信访件?|举报件?|投诉件?|交办件|转办件|点位|排污口|水体|隐患|线索|措施"
    r"|水源地|企业|图斑|矿山|尾矿库|加油站|污染源|信件"
)
"""Nouns that items and cases go by."""

_MARKS = {
    ",": Sort.COMMA,
    "—": Sort.COMMA,
    "、": Sort.PAUSE,
    ":": Sort.COLON,
    "︰": Sort.COLON,
    ";": Sort.SEMICOLON,
    "。": Sort.STOP,
    ".": Sort.STOP,
    "!": Sort.STOP,
    "?": Sort.STOP,
    "…": Sort.STOP,
    "(": Sort.OPEN,
    "[": Sort.OPEN,
    "【": Sort.OPEN,
    "〔": Sort.OPEN,
    ")": Sort.CLOSE,
    "]": Sort.CLOSE,
    "】": Sort.CLOSE,
    "〕": Sort.CLOSE,
}
_WORDS: tuple[tuple[Sort, Says | None, re.Pattern[str]], ...] = (
    (Sort.AMONG, None, re.compile(r"其中")),
    (
        Sort.REST,
        None,
        re.compile(r"其余|其他(?=[0-9])|剩余|余下|剩下|还剩|尚余|尚剩|仅剩|剩(?=[0-9])"),
    ),
    (
        Sort.ALL,
        None,
        re.compile(r"全部|悉数|全都|(?<!平|户|人)均(?![为值衡匀])|(?<!首|成)都(?=已|完成|达到|按)"),
    ),
    (Sort.RESPECTIVELY, None, re.compile(r"分别")),
    (
        Sort.MODAL,
        What.DUE,
        re.compile(
            r"应当|应该|(?<![相响供反适效对])应(?!急|对|用|收|邀)|(?<![必急亟军内])需要?(?!求)|(?<!得)须"
        ),
    ),
    (
        Sort.MODAL,
        Reason.PLAN,
        re.compile(
            r"确保|力争|争取|务必|务求|预计|预期|拟(?!定)|将|继续|尽快|努力|力求"
            r"|(?<![动年度作施展])计划(?!的|明确|确定|中|安排|下达)"
            r"|(?<=[年度])计划(?=(?:于|在|内|全部)*(?:整改|整治|治理)?(?:完成|办结))"
        ),
    ),
)
_LISTED = re.compile(r"、[0-9]")
_OF = re.compile(r"(?:之)?中(?![央心国期型小间部长等层游旬转介药]|共(?!有|计))|里(?=[,、:]|有)")
_OF_AFTER = re.compile(rf"(?:{NOUNS.pattern}|[项件个处家座起])$")


_ANY_WORD = re.compile("|".join(pattern.pattern for _, _, pattern in _WORDS))
_STARTS = "".join(
    sorted(
        CHARACTERS
        | NUMERALS
        | frozenset(_MARKS)
        | frozenset(re.findall("[一-鿿]", _ANY_WORD.pattern + _OF.pattern))
    )
)
_GOES_ON = frozenset("-–—~～至到/.:")
"""With one of these behind it a number may be part of a date, a fraction or a range."""

_PLAIN = re.compile(f"[^{re.escape(_STARTS)}]+")
"""What no token can begin in."""


def lex(folded: Folded) -> list[Token]:
    """All tokens in reading order; text between them is plain."""
    text = folded.text
    tokens: list[Token] = []
    place = 0
    while place < len(text):
        character = text[place]
        if mark := _MARKS.get(character):
            tokens.append(Token(mark, place, place + 1))
            place += 1
            continue
        if plain := _PLAIN.match(text, place):
            place = plain.end()
            continue
        if character == "百" and (spoken := spoken_percent(text, place)):
            tokens.append(_token(*spoken))
            place = tokens[-1].end
            continue
        number = number_at(folded, place) if character in NUMERALS else None
        found = _numbers(folded, number, tokens) if number else None
        if found is None:
            found, end = _word(text, place)
            place = max(end, number.end) if number and not found else end
        tokens.extend(found)
        place = found[-1].end if found else place
    return tokens


def _word(text: str, place: int) -> tuple[list[Token], int]:
    """The word at a place, and where to go on: past 完成情况, which only looks like one."""
    status, rate = words_at(text, place)
    if rate and (not status or rate[1] >= status[1]):
        return [Token(Sort.RATE, place, place + rate[1], says=rate[0])], place
    if status and status[0] is not None:
        return [Token(Sort.SAYS, place, place + status[1], says=status[0])], place
    if _ANY_WORD.match(text, place):
        for sort, says, pattern in _WORDS:
            if match := pattern.match(text, place):
                return [Token(sort, place, match.end(), says=says)], place
    if (match := _OF.match(text, place)) and _OF_AFTER.search(text[max(0, place - 4) : place]):
        return [Token(Sort.OF, place, match.end())], place
    return [], place + (status[1] if status else 1)


def _numbers(folded: Folded, number: Number, before: list[Token]) -> list[Token] | None:
    goes_on = (
        number.places
        or number.value is None
        or folded.text[number.end : number.end + 1] in _GOES_ON
    )
    if goes_on and not number.chinese:
        if end := compact_date_end(folded.text, number.start):
            return [Token(Sort.OTHER, number.start, end, kind=Kind.DATE)]
        if fraction := _fraction(folded, number):
            return fraction
    unit = unit_after(folded.text, number)
    if number.chinese and _no_number(folded.text, number, unit):
        return None
    unitless = unit.kind in (Kind.BARE, Kind.ORDINAL) and unit.end == number.end
    if goes_on and not number.chinese and unitless and (tokens := _range(folded, number)):
        return tokens
    token = _token(number, unit)
    if unit.kind is Kind.BARE and _lacks_measure(folded.text, token, before):
        return [token._replace(sort=Sort.COUNT, kind=None, problem=Reason.NO_MEASURE)]
    return [_after_ordinal(folded.text, token, before)]


def _fraction(folded: Folded, number: Number) -> list[Token] | None:
    """26/33项: so many of so many."""
    if folded.text[number.end : number.end + 1] != "/":
        return None
    whole = number_at(folded, number.end + 1)
    if whole is None or whole.chinese or None in (number.value, whole.value):
        return None
    token = _token(whole, unit_after(folded.text, whole))
    assert number.value is not None
    if token.sort is not Sort.COUNT or token.problem or number.value > (token.value or 0):
        return None
    part = token._replace(start=number.start, end=number.end, value=number.value)
    return [part, token._replace(sort=Sort.WHOLE)]


def _lacks_measure(text: str, token: Token, before: list[Token]) -> bool:
    """已完成24。 and 24、7项 are counts whose measure word is missing."""
    after = text[token.end : token.end + 2]
    said = bool(before) and before[-1].sort is Sort.SAYS and before[-1].end == token.start
    return (said and after[:1] in _MARKS) or (said and not after) or bool(_LISTED.match(after))


def _no_number(text: str, number: Number, unit: Unit) -> bool:
    unknown = unit.kind is Kind.BARE or (number.value is None and unit.kind is not None)
    return unknown or is_part_of_word(text, number)


def _token(number: Number, unit: Unit) -> Token:
    sort, problem = Sort.COUNT, number.problem
    if unit.kind:
        sort = Sort.OTHER
    elif unit.percent:
        sort = Sort.PERCENT
    if not unit.kind and unit.about:
        problem = problem or Reason.APPROXIMATE
    if sort is Sort.COUNT and number.value is not None and number.value != int(number.value):
        problem = problem or Reason.NOT_WHOLE
    return Token(
        sort,
        number.start,
        unit.end,
        value=number.value,
        places=number.places,
        margin=number.margin,
        measure=unit.measure,
        kind=unit.kind,
        problem=problem,
        chinese=number.chinese,
    )


def _range(folded: Folded, number: Number) -> list[Token] | None:
    """3-5项 is no count; 2023-2025年 and 1-11批 are one date or ordinal."""
    mark = range_mark_end(folded.text, number.end)
    last = number_at(folded, mark) if mark is not None else None
    if last is None or last.chinese:
        return None
    token = _token(last, unit_after(folded.text, last))
    if token.sort is not Sort.OTHER:
        token = token._replace(problem=Reason.RANGE, value=None)
    return [token._replace(start=number.start)]


def _after_ordinal(text: str, token: Token, before: list[Token]) -> Token:
    """In 第17、18件 the second number is an ordinal too."""
    if not text.startswith("、", token.start - 1):
        return token
    last = next((t for t in reversed(before) if t.sort is not Sort.PAUSE), None)
    listed = last is not None and last.kind is Kind.ORDINAL and text[last.end : token.start] == "、"
    if listed and last is not None and text[last.start - 1 : last.start] in ("第", "、"):
        return token._replace(sort=Sort.OTHER, kind=Kind.ORDINAL)
    return token
