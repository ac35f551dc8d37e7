"""The look of an official document (GB/T 9704-2012): its pages, its styles and its fonts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm

TWIPS_A_POINT = 20
EMU_A_TWIP = 635
PAGE = (Mm(210), Mm(297))
TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
_NUMBER_BELOW_TEXT = Mm(12)  # 7 mm to the dashes, 5 mm for their line
_HEADER = Mm(15)

TITLE, BODY, NUMBER, FRONT, TABLE, SMALL = 22.0, 16.0, 14.0, 12.0, 10.5, 9.0
"""Sizes of letters in points: 二号, 三号, 四号, 小四, 五号, 小五."""

_LATIN = "Times New Roman"
_INSTEAD = {
    "方正小标宋简体": "FZXiaoBiaoSong-B05S,宋体,SimSun",
    "仿宋": "FangSong,仿宋_GB2312,FangSong_GB2312",
    "楷体": "KaiTi,楷体_GB2312,KaiTi_GB2312",
    "黑体": "SimHei",
    "宋体": "SimSun",
    _LATIN: "",
}


@dataclass(frozen=True)
class _Style:
    """A style of paragraphs; lengths in points, the indent in characters.

    `spaced` is whether Chinese stands a little apart from letters and digits.
    """

    name: str
    font: str
    size: float
    align: str = "left"
    indent: int = 0
    line: float | None = 28
    before: float = 0
    after: float = 0
    with_next: bool = False
    outline: int | None = None
    spaced: bool = True


_STYLES = (
    _Style("Normal", "仿宋", BODY),
    _Style("Title", "方正小标宋简体", TITLE, "center", line=36, after=8, with_next=True),
    _Style("Subtitle", "楷体", BODY, "center", after=6),
    _Style("Body Text", "仿宋", BODY, "both", indent=2),
    _Style("Heading 1", "黑体", BODY, indent=2, before=10, after=6, with_next=True, outline=0),
    _Style("Front Subtitle", "楷体", FRONT, "center", line=20, after=4, with_next=True),
    _Style("Large Front Text", "仿宋", NUMBER, "both", indent=2, line=24, after=4),
    _Style("Front Text", "仿宋", FRONT, "both", indent=2, line=20, after=4),
    _Style("Dense Front Text", "仿宋", TABLE, "both", indent=2, line=16, after=3),
    _Style("Front Gap", "仿宋", SMALL, line=5),
    _Style("Front Note", "仿宋", TABLE, line=15),
    _Style("Dense Table Heading", "黑体", SMALL, "center", line=11.5),
    _Style("Dense Table Text", "宋体", SMALL, line=11),
    _Style("Front Table Heading", "黑体", TABLE, "center", line=13.5),
    _Style("Front Table Text", "宋体", TABLE, line=13),
    _Style("Table Heading", "黑体", TABLE, "center", line=None, before=2, after=2),
    _Style("Table Text", "宋体", TABLE, line=None, before=2, after=2),
    _Style("Small Table Heading", "黑体", SMALL, "center", line=None, before=2, after=2),
    _Style("Small Table Text", "宋体", SMALL, line=None, before=2, after=2),
    _Style("Table Note", "楷体", TABLE, line=None, before=4),
    _Style("Picture", "宋体", TABLE, "center", line=None),
    _Style("Signature", "仿宋", BODY, "right", with_next=True, spaced=False),
    _Style("Header", "宋体", SMALL, "right", line=None),
    _Style("Footer", "宋体", NUMBER, line=None),
)
_NAMES_INSIDE = {"Heading 1": "heading 1", "Header": "header", "Footer": "footer"}
"""Names of built-in styles that files write otherwise than programs show them."""


def element(tag: str, *children: Any, **attributes: object) -> Any:
    """An element of the word-processing vocabulary, and its attributes of the same."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def new_document() -> Document:
    """An empty document with these styles and nothing of the library's own template."""
    document = docx.Document()
    _drop_template(document)
    _put_styles(document)
    _put_fonts(document)
    document.settings.odd_and_even_pages_header_footer = True
    settings = document.settings.element
    settings.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    return document


def lay_out(section: Section, *, landscape: bool = False) -> None:
    """Give a section its page; a wide one is the same page turned, its binding edge on top."""
    width, height = PAGE
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        width, height = height, width
        margins = LEFT, RIGHT, BOTTOM, TOP
    else:
        section.orientation = WD_ORIENT.PORTRAIT
        margins = TOP, BOTTOM, LEFT, RIGHT
    section.page_width, section.page_height = width, height
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = margins
    section.header_distance = _HEADER
    section.footer_distance = Mm(margins[1].mm - _NUMBER_BELOW_TEXT.mm)


def text_height() -> float:
    """How high the text of an upright page is, in points."""
    return (PAGE[1] - TOP - BOTTOM) / EMU_A_TWIP / TWIPS_A_POINT


def text_width(*, landscape: bool) -> int:
    """How wide the text of a page is, in twips."""
    width, height = PAGE
    free = height - TOP - BOTTOM if landscape else width - LEFT - RIGHT
    return round(free / EMU_A_TWIP)


def _drop_template(document: Document) -> None:
    for holder in (document.part.package, document.part):
        for key, relation in list(holder.rels.items()):
            if relation.reltype.rpartition("/")[2] in {
                "thumbnail", "extended-properties", "customXml", "stylesWithEffects",
                "fontTable", "numbering",
            }:  # fmt: skip
                del holder.rels[key]


def _put_styles(document: Document) -> None:
    styles = document.styles.element
    for child in list(styles):
        styles.remove(child)
    languages = element("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    styles.append(
        element(
            "docDefaults",
            element("rPrDefault", element("rPr", *_letters(_STYLES[0]), languages)),
            element("pPrDefault", element("pPr")),
        )
    )
    styles.extend(_style(style) for style in _STYLES)


def _style(style: _Style) -> Any:
    first = style is _STYLES[0]
    made = element(
        "style", element("name", val=_NAMES_INSIDE.get(style.name, style.name)), type="paragraph",
        styleId=style.name.replace(" ", ""),
    )  # fmt: skip
    if first:
        made.set(qn("w:default"), "1")
    else:
        made.append(element("basedOn", val=_STYLES[0].name))
    made.append(element("qFormat"))
    made.append(element("pPr", *_paragraph(style)))
    made.append(element("rPr", *_letters(style)))
    return made


def _paragraph(style: _Style) -> Iterable[Any]:
    if style.with_next:
        yield element("keepNext")
    if not style.spaced:
        yield element("autoSpaceDE", val=0)
        yield element("autoSpaceDN", val=0)
    spacing = element("spacing", before=_twips(style.before), after=_twips(style.after))
    if style.line:
        spacing.set(qn("w:line"), str(_twips(style.line)))
        spacing.set(qn("w:lineRule"), "exact")
    else:
        spacing.set(qn("w:line"), "240")
        spacing.set(qn("w:lineRule"), "auto")
    yield spacing
    if style.indent:
        yield element(
            "ind", firstLineChars=style.indent * 100, firstLine=_twips(style.indent * style.size)
        )
    yield element("jc", val=style.align)
    if style.outline is not None:
        yield element("outlineLvl", val=style.outline)


def _letters(style: _Style) -> Iterable[Any]:
    yield element("rFonts", ascii=_LATIN, hAnsi=_LATIN, eastAsia=style.font, cs=_LATIN)
    yield element("sz", val=round(style.size * 2))
    yield element("szCs", val=round(style.size * 2))


def _twips(points: float) -> int:
    return round(points * TWIPS_A_POINT)


def _put_fonts(document: Document) -> None:
    """Say which fonts may stand in where an office lacks the prescribed ones."""
    fonts = element("fonts")
    for name, others in _INSTEAD.items():
        charset = element("charset", val="00" if name == _LATIN else "86")
        instead = (element("altName", val=others),) if others else ()
        fonts.append(element("font", *instead, charset, name=name))
    name, kind = PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE
    part = Part(name, kind, serialize_part_xml(fonts), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)
