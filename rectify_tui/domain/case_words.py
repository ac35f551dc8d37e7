"""What offices write for pollution types and for what the check of a complaint found."""

from __future__ import annotations

import re

from rectify_tui.domain.case import PollutionType
from rectify_tui.domain.script import simplified
from rectify_tui.domain.text import clean, narrow
from rectify_tui.errors import Problem

_TYPE_WORDS = {
    PollutionType.WATER: "水 废水 污水 水体 黑臭水体 地表水 地下水 饮用水 饮用水源 水源",
    PollutionType.AIR: "大气 气 空气 废气 烟尘 恶臭 异味 臭气 恶臭异味 挥发性有机物",
    PollutionType.SOIL: "土壤 土",
    PollutionType.ECOLOGY: "生态 生态破坏 自然生态 自然保护地 自然保护区",
    PollutionType.NOISE: "噪声 噪音 声 噪声扰民 噪音扰民",
    PollutionType.RADIATION: "辐射 电磁辐射 核辐射 核与辐射 电磁",
    PollutionType.MARINE: "海洋 海洋生态 近岸海域 海域",
    PollutionType.SOLID_WASTE: "固废 固体废物 固体废弃物 废物 废弃物 垃圾 危废 危险废物 渣 废渣",
    PollutionType.COOKING_FUMES: "油烟",
    PollutionType.DUST: "扬尘 粉尘 尘",
    PollutionType.OTHER: "其他 其它 重金属 光 其他类型",
}  # fmt: skip
"""Names of what is polluted or pollutes.

Odour is air pollution by law (大气污染防治法); for heavy metals and light there is no type.
"""

_TYPE_OF = {word: type for type, words in _TYPE_WORDS.items() for word in words.split()}
_TYPE_OF |= {type.value: type for type in PollutionType}
_SHOWN = "水、大气、土壤、生态、噪声、辐射、海洋、固废、油烟、扬尘、其他"

_BETWEEN_TYPES = re.compile(r"[、,;/|+&\s]+|(?<=[^中])[和及与兼](?!辐射)")
_ASIDE = re.compile(r"\(([^()]*)\)")
_AFTER_TYPE = re.compile("(?:污染|环境|问题|类型?|方面|要素|等|扰民)$")
_BEFORE_TYPE = re.compile(
    "^(?:餐饮业?|饮食业?|厨房|生活|工业|工地|建筑|施工|道路|交通|社会生活|农村|农业|城市|城镇|企业|机动车|铁路|商业"
    "|娱乐|养殖|医疗|一般|危险|涉|环境)+(?=..)"
)

_FINDING = re.compile(
    "(?:经查|经|已|现场|调查|核实|核查|查证|反映|举报|信访|投诉|转办|问题|情况|内容|案件|该件?|所|群众|部门|[的,:])*"
    "(?:(?P<yes>全部|完全|全|均|都|确实)?|(?P<mostly>基本上?|大部分|大部|多数|绝大部分|主要)"
    "|(?P<partly>部分|个别|少部分|小部分|局部|一部分)不?|(?P<no>不|并不|均不|都不|非|未(?!查)))"
    "(?:情况|内容|问题)?(?:属实|查实|属真)"
)
_UNFOUNDED = frozenset({"不实", "失实", "不存在", "查无实据", "查无此事"})
_SUBSTANTIATED = ("yes", "mostly", "partly", "no")
_LONGEST_FINDING = 30


def read_pollution_types(text: str) -> tuple[str, ...]:
    """The types in a cell, in their order, each once; X污染, X环境 and X类 are X.

    What stands in brackets behind a type only says more of it. Raises `Problem` for a word that is
    no type, and for brackets that name another one.
    """
    plain = simplified(narrow(clean(text)).casefold())
    outside = _ASIDE.sub("", plain).replace(" pollution", "")
    words = [word for word in _BETWEEN_TYPES.split(outside) if word and word != "等"]
    types = dict.fromkeys(map(_type_called, words))
    for aside in _ASIDE.findall(plain):
        other = _type_of(aside)
        if other and other not in types and PollutionType.OTHER not in types:
            raise Problem("case.bad_type", word=clean(text), types=_SHOWN)
    return tuple(type.value for type in types)


def _type_called(word: str) -> PollutionType:
    pollution_type = _type_of(word)
    if pollution_type is None:
        raise Problem("case.bad_type", word=word, types=_SHOWN)
    return pollution_type


def _type_of(word: str) -> PollutionType | None:
    """The type that a word names, without what only says that it is one."""
    while word not in _TYPE_OF:
        shorter = _AFTER_TYPE.sub("", word)
        if shorter == word:
            shorter = _BEFORE_TYPE.sub("", word)
        if shorter == word:
            return None
        word = shorter
    return _TYPE_OF[word]


def read_substantiated(text: str) -> str | None:
    """Whether the complaint proved true; None for an empty text. Raises `Problem` otherwise."""
    word = simplified(narrow(clean(text)).casefold()).replace(" ", "")
    if not word or word in _SUBSTANTIATED:
        return word or None
    if word in _UNFOUNDED:
        return "no"
    match = _FINDING.fullmatch(word) if len(word) <= _LONGEST_FINDING else None
    if match is None:
        raise Problem("case.bad_substantiated", text=text)
    return next((degree for degree in _SUBSTANTIATED[1:] if match[degree]), "yes")
