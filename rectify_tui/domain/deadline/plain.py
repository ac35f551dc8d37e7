"""One plain form for the many ways in which the same characters are typed."""

from __future__ import annotations

import re
import unicodedata

from rectify_tui.domain.dates import MONTH_WORD
from rectify_tui.domain.deadline.model import UnreadableError
from rectify_tui.domain.script import simplified

_LONGEST = 1000
_LATIN = re.compile("[A-Za-z]")

# What is shown would differ from what is read: text that runs from right to left, or is made to.
_TURNING = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI", "LRO", "FSI"})

_YEAR = "(?:19|20)[0-9]{2}"
_DAY = rf"{_YEAR}(?:([-./])[0-9]{{1,2}}\2|年[0-9]{{1,2}}月)[0-9]{{1,2}}[日号]?"
_CLOCK = (
    r"[ T]?(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.0+)?)?(?: ?[AaPp][Mm])?(?![0-9:.])"
)
_HOUR = r"(?:上午|中午|下午|晚上?)?(?:[01]?[0-9]|2[0-4])[时点](?:整|半|[0-5]?[0-9]分)?"

_REWRITES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[\r\n\v\f\u0085\u2028\u2029]+", ";"),
        (r"\s+", " "),
        (r"[‐‑‒–—―−─~〜∼-]+", "-"),
        (r"《[^《》]*》", "《》"),
        (r"[\"'“”‘’「」『』]", ""),
        # 2021. 12. 31 and 2021、12、31
        (
            rf"({_YEAR}) ?([./、,]) ?([0-9]{{1,2}})(?: ?\2 ?([0-9]{{1,2}}))(?![0-9年月])",
            r"\1.\3.\4",
        ),
        (rf"({_YEAR})(?: ?([./]) | ([./]))([0-9]{{1,2}})(?![0-9年月])", r"\1.\4"),
        # A cell that holds a date is often exported with the time of day.
        (rf"({_DAY})(?:(?<=[日号])|(?=[ T])){_CLOCK}", r"\1"),
        (r"(?<=[日号])24:00", ""),
        (
            rf"(?<=[日号]){_HOUR}(?!前后|左右|[间起后])",
            "",
        ),
        (r"(?<=[日号])(?:\((?:周|星期)[一二三四五六日天]\)|星期[一二三四五六日天])", ""),
        # 21年底, 31-Dec-21: a year of two digits beside a month or an end is one of this century.
        (
            r"(?<![0-9])([12][0-9])年(?=[底末终]|年底|年末|[0-9]{1,2}月|第?[1-4一二三四]季度|[上下]半年)",
            r"20\1年",
        ),
        (rf"(?i)\b([0-9]{{1,2}})[- ]({MONTH_WORD})[- ]([12][0-9])(?![0-9])", r"\1 \2 20\3"),
        # Numbers of steps, as in (1)6月底前…；(2)12月底前….
        (r"(?:^|(?<=[;。]))\s*(?:\([1-9][0-9]?\)|[①-⑳])", ""),
        (r"(?:^|(?<=[;。]))\s*[1-9][.、](?=(?:19|20)[0-9]{2}年)", ""),
    )
)
_SPACE_BESIDE_CHINESE = re.compile(r"(?<![0-9A-Za-z]) | (?![0-9A-Za-z])")
_SENTENCE_END = re.compile(r"\.(?= |$)")


def plain(text: str) -> str:
    """The text with one kind of digit, dash, bracket and space, and English dates in Chinese.

    Invisible characters and quotation marks are dropped, and the titles of documents (《…》) are
    emptied, since the years in them are not deadlines. Raises `UnreadableError` for text that could
    be shown differently from how it is read, and for text too long to be a deadline.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        raise UnreadableError
    text = simplified("".join(_plain_character(character) for character in text))
    for pattern, replacement in _REWRITES:
        text = pattern.sub(replacement, text)
    if _LATIN.search(text):
        from rectify_tui.domain.deadline.english import chinese_dates

        text = chinese_dates(text)
    return _SPACE_BESIDE_CHINESE.sub("", _SENTENCE_END.sub(";", text))


def _plain_character(character: str) -> str:
    if character.isascii():
        return character
    if unicodedata.bidirectional(character) in _TURNING:
        raise UnreadableError
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    # A footnote mark such as ² would turn into one more digit.
    return character if category == "No" else unicodedata.normalize("NFKC", character)
