"""Words of close-out: levels, lengths of notices, and stages as other ledgers tell them."""

from __future__ import annotations

import re

from rectify_tui.domain.closeout import Level, Notice, Stage
from rectify_tui.domain.text import clean, narrow
from rectify_tui.errors import Problem

_WORDS = {
    "县级": Level.COUNTY, "县": Level.COUNTY, "区县": Level.COUNTY, "市级": Level.CITY,
    "市": Level.CITY, "行业主管部门": Level.DEPARTMENT, "主管部门": Level.DEPARTMENT,
    "部门": Level.DEPARTMENT, "省级": Level.PROVINCE, "省": Level.PROVINCE,
    "国家": Level.NATION, "国家级": Level.NATION,
}  # fmt: skip
_DAYS = re.compile(
    r"([1-9][0-9]?) ?(个?工作日|个?自然日|天|日|working days?|days?|w)?", re.IGNORECASE
)


def read_level(text: str) -> Level:
    """A level by its word in any language. Raises `Problem` for what is none."""
    word = clean(text).casefold()
    try:
        return _WORDS.get(word) or Level(word)
    except ValueError:
        raise Problem("closeout.bad_level", text=text, levels=", ".join(Level)) from None


def read_levels(text: str) -> tuple[Level, ...]:
    """One to five levels from below upwards, as `county,city,province` or 县级、市级、省级.

    Raises `Problem` for what is no level, or not in that order.
    """
    parts = [part for part in re.split(r"[,，、→›>\s]+", clean(text)) if part]
    levels = tuple(read_level(part) for part in parts)
    order = list(Level)
    places = [order.index(level) for level in levels]
    if not levels or places != sorted(set(places)):
        raise Problem("closeout.bad_levels", text=text)
    return levels


def read_notice(text: str) -> Notice:
    """How long a notice stands, as `7`, `7天`, `10w` or 10个工作日. Raises `Problem` for else."""
    found = _DAYS.fullmatch(narrow(clean(text)))
    if found is None:
        raise Problem("closeout.bad_notice", text=text)
    unit = (found[2] or "").lower()
    return Notice(int(found[1]), "工作" in unit or unit.startswith("w"))


_OTHER_WORDS = re.compile("销账|消号")
_APPLIED = re.compile(
    r"(?:待|等待|申请|报请|提请|提交|上报|报送|正在|拟)(?:\w{0,4}?)(?:验收|销号)|验收中|销号中"
)
_STRUCK = re.compile(r"(?:已|完成|予以|同意|准予|通过|全部|全面|均)\w{0,4}?销号|^销号$")
_ACCEPTED = re.compile(r"(?:已|通过|完成)\w{0,4}?验收|验收(?:通过|合格)")
_NOT = re.compile(r"[未没不]\w{0,3}(?:验收|销号|申请)|^[否无]$")


def told_stage(text: str) -> Stage | None:
    """The stage that a cell of another ledger tells, such as 已销号 or 待验收; None for none."""
    word = _OTHER_WORDS.sub("销号", narrow(clean(text)))
    if _NOT.search(word):
        return Stage.NOT_APPLIED
    if "公示" in word:
        return Stage.PUBLISHED
    if _APPLIED.search(word):
        return Stage.APPLIED
    if _STRUCK.search(word):
        return Stage.STRUCK
    return Stage.ACCEPTED if _ACCEPTED.search(word) else None
