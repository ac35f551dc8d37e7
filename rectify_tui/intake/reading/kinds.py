"""Telling from its bytes what a file is; the name only counts for a remark."""

from __future__ import annotations

import re
import struct
from enum import Enum, auto
from pathlib import PurePath

from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem


class Container(Enum):
    """How a file is built."""

    ZIP = auto()
    OLE = auto()
    TEXT = auto()


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"SQLite format 3\0", "SQLite"),
    (b"{\\rtf", "RTF"),
)
_BOF = b"\x09\x08\x10\x00\x00\x06\x05\x00"  # of the workbook, in Excel 97 and later
_FILEPASS = 0x2F
_FIRST_RECORDS = 4  # nothing but write protection may stand before it
_OLE_ENTRY = 128
_OLE_NAME = 64
_XML_2003 = re.compile(
    r"<\?xml[^>]*>.{0,400}(?:progid=.Excel|office:spreadsheet)", re.IGNORECASE | re.DOTALL
)
_MARKUP = re.compile(
    r"<(?:!doctype|\?xml|html|head|meta|title|style|body|table|div|script|center|font)\b|<!--"
    r"|mime-version:",
    re.IGNORECASE,
)
_ENDINGS = {
    "xlsx": {".xlsx", ".xlsm", ".xltx", ".xltm"},
    "xls": {".xls", ".xlt", ".et", ".ett"},
    "ods": {".ods", ".ots"},
    "csv": {".csv", ".txt"},
    "tsv": {".tsv", ".tab", ".csv", ".txt"},
}


def container_of(data: bytes) -> Container:
    """Whether a file is packed (xlsx, ods), a compound file (xls), or perhaps text.

    Raises `Problem` for a kind that is known and holds no table.
    """
    if data.startswith((b"PK\3\4", b"PK\5\6", b"PK\7\x08")):
        return Container.ZIP
    if data.startswith(_OLE):
        return Container.OLE
    for signature, kind in _OTHER:
        if data.startswith(signature):
            raise Problem("reading.other_kind", kind=kind)
    return Container.TEXT


def check_ole(data: bytes) -> None:
    """Raises `Problem` unless a compound file is a workbook that needs no password."""
    if _ole_entry(data, "EncryptedPackage"):
        raise Problem("reading.password")
    if _ole_entry(data, "Workbook") or _ole_entry(data, "Book"):
        return
    for stream, kind in (("WordDocument", "Word"), ("PowerPoint Document", "PowerPoint")):
        if _ole_entry(data, stream):
            raise Problem("reading.other_kind", kind=kind)
    raise Problem("reading.damaged")


def has_macros(data: bytes) -> bool:
    """Whether a compound file carries macros."""
    return _ole_entry(data, "_VBA_PROJECT_CUR") or _ole_entry(data, "_VBA_PROJECT")


def is_encrypted_xls(data: bytes) -> bool:
    """Whether a record that announces encryption follows the beginning of a stream of records."""
    at = data.find(_BOF)
    while at >= 0:
        record = at
        for _ in range(_FIRST_RECORDS):
            kind, length = struct.unpack("<HH", data[record : record + 4].ljust(4, b"\0"))
            if kind == _FILEPASS:
                return True
            record += 4 + length
        at = data.find(_BOF, at + 2)
    return False


def _ole_entry(data: bytes, name: str) -> bool:
    """Whether the directory of a compound file has an entry of this name.

    Entries stand at multiples of their size, with the length of the name behind it and then the
    kind of entry, which cannot be taken for text in a cell.
    """
    needle = name.encode("utf-16-le") + b"\0\0"
    at = data.find(needle)
    while at >= 0:
        tail = data[at + _OLE_NAME : at + _OLE_NAME + 3]
        if at % _OLE_ENTRY == 0 and tail[:2] == len(needle).to_bytes(2, "little"):
            return True
        at = data.find(needle, at + 2)
    return False


def check_text(start: str) -> None:
    """Raises `Problem` where the beginning of a text is a web page or other markup."""
    start = start.lstrip()
    if _XML_2003.match(start):
        raise Problem("reading.xml_2003")
    if _MARKUP.match(start):
        raise Problem("reading.web_page")


def ending_remarks(name: str, kind: str) -> list[Problem]:
    """A remark where the name of a file promises another format than it has."""
    ending = PurePath(name).suffix
    if not ending or ending.lower() in _ENDINGS[kind]:
        return []
    return [Problem("reading.other_ending", ending=clean(ending), format=kind)]
