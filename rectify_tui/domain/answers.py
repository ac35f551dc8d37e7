"""Questions that headings ask, and what yes and no then mean: 是 under 是否办结 is 已办结."""

from __future__ import annotations

import re

from rectify_tui.domain.script import simplified
from rectify_tui.domain.text import clean, narrow

_YES = frozenset(
    {"是", "有", "对", "yes", "y", "true", "t", "1", "√", "✓", "✔", "☑", "v", "⊙", "●"}
)
_NO = frozenset({"否", "无", "非", "no", "n", "false", "f", "0", "×", "✗", "✘", "☒", "x"})
_TICKS = frozenset({"√", "✓", "✔", "☑", "●", "是", "1", "yes", "y", "v"})
_NO_CHANGE = frozenset(
    {
        "无变化", "没有变化", "未变化", "无变动", "没有变动", "同上期", "同上周", "同上月",
        "同上次", "同前", "no change", "nochange", "unchanged", "same as before", "as before",
    }
)  # fmt: skip
_LONGEST = max(map(len, _YES | _NO))
_LONGEST_NO_CHANGE = max(map(len, _NO_CHANGE)) + 2

_ASIDE = re.compile(r"[(\[【][^()\[\]【】]*(?:[)\]】]|$)")
_WHETHER = re.compile(
    "是否(?:已经?|能够?|可以?)?(?P<asked>.+)|(?P<or_not>.+?)与?否$|(?P<state>已.+)"
)


def yes_or_no(text: str) -> bool | None:
    """Whether a cell says yes or no; None where it says neither."""
    word = _word(text)
    return True if word in _YES else False if word in _NO else None


def is_tick(text: str) -> bool:
    """Whether a cell marks its column as the one that applies: √, ✓, ☑, 是 or 1."""
    return _word(text) in _TICKS


def says_no_change(text: str) -> bool:
    """Whether a text only says that nothing is new, so that it is no news itself: 无变化."""
    word = simplified(narrow(clean(text[: _LONGEST_NO_CHANGE * 2]))).casefold()
    return word.strip(" 。.!") in _NO_CHANGE


def in_words(text: str, heading: str) -> str:
    """What a cell says under a heading: yes or no to a question in words, all else as it is.

    否 under 是否办结 is 未办结. Where the heading asks nothing, 是 says nothing.
    """
    answer = yes_or_no(text)
    if answer is None:
        return text
    asked = question(heading)
    if asked is None:
        return text
    if asked.isascii():
        return asked if answer else f"not {asked}"
    return f"已{asked}" if answer else f"未{asked}"


def question(heading: str) -> str | None:
    """What a heading asks about: 完成整改 of 是否完成整改（是/否）; None where it asks nothing."""
    plain = simplified(_ASIDE.sub("", narrow(clean(heading)))).strip().casefold()
    if plain.isascii():
        return plain.rstrip("? ").removeprefix("is it ") if plain.endswith("?") else None
    match = _WHETHER.search(plain.replace(" ", "").rstrip("?"))
    if match is None:
        return None
    return match["asked"] or match["or_not"] or match["state"].removeprefix("已")


def _word(text: str) -> str:
    return "" if len(text) > _LONGEST + 2 else narrow(clean(text)).casefold()
