"""What one heading says: its text in one form, and its unit."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rectify_tui.domain.script import simplified
from rectify_tui.domain.text import clean, narrow

LONGEST_HEADING = 60
"""Longer cells are no headings, brackets with instructions included."""

_ANY = 10**6
"""Cells of any length are looked at, though long ones are nothing here."""

_CJK = "[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]"
_WRAPPED = re.compile(rf"(?<={_CJK})[ \n]+(?=[\x21-\x7e]|{_CJK})|(?<=[\x21-\x7e])[ \n]+(?={_CJK})")
_NUMBERING = re.compile(r"\(?[0-9]{1,2}\)?[.、)](?=[^0-9])")
_SIGNS = re.compile(r"[\W_]+")
_BRACKETS = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*(?:[)\]】〕]|$)")
_UNIT_TAIL = re.compile(r"(?:[/,:;、]|单位:?) *([^/,:;、()]{1,12})$")
_MONEY_TAIL = re.compile("(百万元|[千万亿]元|%|(?<=_)(?:yuan|wan|rmb|cny))$")
_SAID = re.compile("单位[:：] *([^ \n:：]{1,12})")

_UNIT_WORDS = {
    "元": "元 人民币 人民币元 元人民币 rmb cny yuan",
    "千元": "千元",
    "万元": "万元 万 万元人民币 人民币万元 10,000yuan 10000yuan tenthousandyuan wan wanyuan",
    "百万元": "百万元 millionyuan",
    "亿元": "亿元 亿 亿元人民币",
    "%": "% percent 百分比 百分数",
    "人": "人 名 persons people",
    "人次": "人次",
    "家": "家 户 firms companies enterprises",
    "件": "件 宗 起 cases",
    "项": "项 items",
    "个": "个 处",
    "次": "次",
    "天": "天 日 days",
}
_UNITS = {word: unit for unit, words in _UNIT_WORDS.items() for word in words.split()}


def one_line(text: str) -> str:
    """A heading's cell without the line breaks and spaces that only fill it: 序 号 is 序号."""
    return clean(_WRAPPED.sub("", clean(text, multiline=True, limit=_ANY)), limit=_ANY)


def fold(text: str) -> str:
    """A heading in the form in which headings are compared.

    Case, width, script, spaces, punctuation, underscores, and a number in front of it do not count.
    """
    plain = simplified(narrow(clean(text, limit=_ANY)).casefold())
    return _SIGNS.sub("", _NUMBERING.sub("", plain, count=1) if plain[:1] in _DIGITS else plain)


_DIGITS = frozenset("(0123456789")


def bare(text: str) -> str:
    """A heading without what stands in brackets, and without its unit."""
    text = _BRACKETS.sub("", simplified(narrow(text))).strip()
    tail = _UNIT_TAIL.search(text)
    if tail and _unit(tail[1]):
        text = text[: tail.start()]
    return _MONEY_TAIL.sub("", text).strip(" */:_")


def read_unit(lines: Iterable[str]) -> str | None:
    """The unit that a heading names; of several lines, the lowest that names one counts.

    A unit stands in brackets, after a slash or comma, or, for money and %, at the end. Where a
    heading names two units there is none.
    """
    for line in reversed(tuple(lines)):
        text = simplified(narrow(line).casefold())
        found = {unit for part in _BRACKETS.findall(text) if (unit := _unit_in(part))}
        if not found:
            rest = _BRACKETS.sub("", text).strip()
            tail = _UNIT_TAIL.search(rest) or _MONEY_TAIL.search(rest)
            found = {unit for unit in [_unit(tail[1])] if unit} if tail else set()
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def is_unit(line: str) -> bool:
    """Whether a line of a heading is nothing but its unit: （万元）."""
    return read_unit([line]) is not None and not bare(line)


def said_unit(text: str) -> str | None:
    """The unit that a note above a table names for all of it: 单位：万元."""
    found = {
        unit
        for part in _SAID.findall(simplified(narrow(text)))
        if (unit := _unit(part.strip("()")))
    }
    return found.pop() if len(found) == 1 else None


def _unit(text: str) -> str | None:
    return _UNITS.get(text.replace(" ", ""))


def _unit_in(brackets: str) -> str | None:
    inner = brackets.strip("()[]【】〔〕 ").removeprefix("单位").strip(": ")
    if whole := _unit(inner):
        return whole
    found = {unit for part in re.split("[,，、;；/]", inner) if (unit := _unit(part))}
    return found.pop() if len(found) == 1 else None
