"""Words by which rows that are no records are known: totals, notes, examples, section titles.

They are held against cells in simplified characters and half-width signs, without spaces and in
lower case (`plain`).
"""

from __future__ import annotations

import re

from rectify_tui.domain.script import simplified
from rectify_tui.domain.text import clean, narrow

_LOOKED_AT = 200

_NUMERAL = "[一二三四五六七八九十百]+"
_ENDING = r"(?:\([^()]*\))?[::]?(?:[0-9.]+[项件个家人起万元%]*)?"
_TOTAL = re.compile(
    rf"(?:[\w·-]{{0,10}}(?:合计|小计|总计|共计)|累计|全[省市县区国]累计|总数){_ENDING}"
    rf"|(?:[a-z-]{{1,20}} ){{0,3}}(?:grand |sub-? ?)?totals?{_ENDING}"
)
_MAY_BE_TOTAL = re.compile("[计計数數lLｌＬ]")
_LONGEST_TOTAL = 30

_LABEL = (
    "注|备注|附注|说明|填表说明|填报说明|填写说明|备注说明"
    "|(?:填表|填报|制表|审核|审批|复核|校核|经办|报送|联系|负责|签发|分管领导|单位负责|主要负责)人?"
    "(?:单位|姓名|签字|签名|签章|盖章|电话|方式|日期|时间)?(?:\\([^()]*\\))?"
    "|填表日期|填报日期|报送日期|制表日期|联系电话|联系方式|电话|手机|传真|日期|签字|盖章|公章|数据来源|资料来源"
    "|notes?|remarks?|prepared by|filled in by|checked by|reviewed by|approved by|contact"
    "|phone|telephone|date|signature|source"
)
_NOTE = re.compile(rf"(?:\*|※)?(?:{_LABEL})[0-9]?[:：].*", re.DOTALL)
_MAY_BE_NOTE = re.compile("[:：页章字白文处]|[Pp]age|-")
_LABEL_ALONE = re.compile(
    r"\(?(?:盖章|公章|签字|以下空白|此页无正文|空白处).{0,6}"
    r"|第?[0-9]+页[/,，]?共[0-9]+页|第[0-9]+页|-[0-9]+-|page[0-9]+(?:of[0-9]+)?"
)
_SECTION = re.compile(
    rf"(?:{_NUMERAL}、|\({_NUMERAL}\)|第{_NUMERAL}[部方批类章节][分面]?).+", re.DOTALL
)
_NUMBERED = re.compile(
    rf"(?P<chapter>第{_NUMERAL}[部方批类章节][分面]?)|(?P<numeral>{_NUMERAL}、)"
    rf"|(?P<bracket>\({_NUMERAL}\))"
)
_NUMERAL_ALONE = re.compile(rf"\(?{_NUMERAL}\)?[、.]?")
_TITLE = re.compile(
    r".{1,20}(?:[省市州盟县区旗]|兵团|新区|开发区|园区|厅|局|委|办|集团)?"
    r"\((?:共|合计)?[0-9]+[项个件条]?(?:任务|问题)?\)|.{1,12}(?:省|市|自治州|州|盟|地区|县|区|自治县|旗|兵团)"
)
"""What stands over the rows of a place or a subject: 哈尔滨市, 水污染防治(9项)."""
_LONGEST_EXAMPLE = 12
_EXAMPLE = re.compile(
    r"[\[(【]?(?:示例|样例|填写示例|填报示例|例|例如|举例|example|sample|e\.g\.?)[\])】]?[:：]?"
)
_ORDINALS = "甲乙丙丁戊己庚辛壬癸"

DITTO = frozenset({"同上", "〃", "″", "同上。", "同上行", "ditto", "Ditto", "DITTO"})
"""By which a cell says that it has the value of the one above."""

FIGURE_NAMES = frozenset(
    {"指标", "指标名称", "统计指标", "统计项", "统计内容", "what", "indicator", "figure"}
)
"""Headings, folded, of columns in which 合计 is the name of a figure and not that of a total."""


def plain(text: str) -> str:
    """The beginning of a cell's text as it is held against the words."""
    return simplified(narrow(clean(text[:_LOOKED_AT], multiline=True)).casefold())


def _close(text: str) -> str:
    return re.sub(r"(?<![a-z])\s+|\s+(?![a-z])", "", text)


def is_total(text: str) -> bool:
    """Whether a cell says that its row is a total or a subtotal: 合 计, 全省合计, Subtotal."""
    if len(text) > _LONGEST_TOTAL or not _MAY_BE_TOTAL.search(text):
        return False
    return bool(_TOTAL.fullmatch(_close(plain(text))))


def is_note(text: str) -> bool:
    """Whether a cell begins a note below a table: 注：…, 填表人：…, 第1页 共3页."""
    if not _MAY_BE_NOTE.search(text):
        return False
    closed = _close(plain(text))
    return bool(_NOTE.fullmatch(closed) or _LABEL_ALONE.fullmatch(closed))


def is_section(text: str) -> bool:
    """Whether a cell that stands alone in its row is numbered like a title: 一、水污染防治."""
    return bool(_SECTION.fullmatch(_close(plain(text))))


def is_title(text: str) -> bool:
    """Whether a cell reads like the title of a section without a number: 郑州市, 水环境（9项）."""
    return bool(_TITLE.fullmatch(_close(plain(text))))


def is_numeral(text: str) -> bool:
    """Whether a cell is nothing but a Chinese numeral, as sections are counted: 一, （二）."""
    return bool(_NUMERAL_ALONE.fullmatch(_close(plain(text))))


def numbering(text: str) -> str:
    """How the title of a section is numbered: by chapter, numeral, bracket, or not at all."""
    found = _NUMBERED.match(_close(plain(text)))
    return (found.lastgroup or "") if found else ""


def is_example(text: str) -> bool:
    """Whether a cell says that its row shows how to fill in the table."""
    return len(text) <= _LONGEST_EXAMPLE and bool(_EXAMPLE.fullmatch(_close(plain(text))))


def ordinal(text: str) -> int | str | None:
    """What a row of column numbers has in a cell: 甲, 1, (2) or ③."""
    text = plain(text).strip("()")
    if len(text) == 1 and text in _ORDINALS:
        return text
    if len(text) == 1 and "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    return int(text) if text.isdecimal() and len(text) < 3 else None
