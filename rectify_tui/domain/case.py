"""Vocabulary of complaint cases: pollution types and what the check found."""

from __future__ import annotations

import re
from enum import StrEnum

from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem


class PollutionType(StrEnum):
    """What a complaint is about; one case may have several (`domain.md`, Cases)."""

    WATER = "water"
    AIR = "air"
    SOIL = "soil"
    ECOLOGY = "ecology"
    NOISE = "noise"
    RADIATION = "radiation"
    MARINE = "marine"
    SOLID_WASTE = "solid_waste"
    COOKING_FUMES = "cooking_fumes"
    DUST = "dust"
    OTHER = "other"


_TYPE_WORDS = {
    "水": PollutionType.WATER, "水污染": PollutionType.WATER, "大气": PollutionType.AIR,
    "气": PollutionType.AIR, "大气污染": PollutionType.AIR, "土壤": PollutionType.SOIL,
    "生态": PollutionType.ECOLOGY, "生态破坏": PollutionType.ECOLOGY,
    "噪声": PollutionType.NOISE, "噪音": PollutionType.NOISE, "辐射": PollutionType.RADIATION,
    "海洋": PollutionType.MARINE, "固废": PollutionType.SOLID_WASTE,
    "固体废物": PollutionType.SOLID_WASTE, "垃圾": PollutionType.SOLID_WASTE,
    "油烟": PollutionType.COOKING_FUMES, "扬尘": PollutionType.DUST,
    "其他": PollutionType.OTHER, "其它": PollutionType.OTHER,
}  # fmt: skip

_SUBSTANTIATED = {
    "属实": "yes", "yes": "yes", "基本属实": "mostly", "mostly": "mostly", "部分属实": "partly",
    "partly": "partly", "不属实": "no", "no": "no",
}  # fmt: skip


def read_pollution_types(text: str) -> tuple[str, ...]:
    """The types in a cell, in their order, each once. Raises `Problem` for an unknown word."""
    found: dict[str, None] = {}
    for word in re.split(r"[、,，;；/\s]+", clean(text).casefold()):
        if not word:
            continue
        if word in _TYPE_WORDS:
            found[_TYPE_WORDS[word].value] = None
        elif word in list(PollutionType):
            found[word] = None
        else:
            raise Problem("case.bad_type", word=word, types="、".join(_TYPE_WORDS))
    return tuple(found)


def read_substantiated(text: str) -> str | None:
    """Whether the complaint proved true; None for an empty text. Raises `Problem` otherwise."""
    word = clean(text).casefold()
    if not word:
        return None
    if word not in _SUBSTANTIATED:
        raise Problem("case.bad_substantiated", text=text)
    return _SUBSTANTIATED[word]
