"""A look at the parts of a packed workbook before the library reads it.

Each part streams by once, and a few byte patterns are looked for. Only where one is found, the
cells of the part are gone through one by one, so that an ordinary workbook costs little more than
its unpacking.
"""

from __future__ import annotations

import posixpath
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from string import ascii_uppercase

from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem
from rectify_tui.intake.reading.archive import Archive, Part
from rectify_tui.intake.reading.cells import column_index, sheet_name
from rectify_tui.intake.reading.closer import Look, Noted, look_at_content, look_at_sheet
from rectify_tui.intake.reading.elements import Attributes, go_through, local
from rectify_tui.intake.reading.limits import MAX_CELLS, MAX_COLUMNS

_OVERLAP = 1024
_SHOWN = 5
_XML = (".xml", ".rels", ".vml")
_UTF_8_MARK = b"\xef\xbb\xbf"
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_CONTENT = "content.xml"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_OTHER = {"word/": "Word", "ppt/": "PowerPoint", "visio/": "Visio"}
_TABLES = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv")
_MACROS = re.compile(r"(?:xl/(?:vbaproject\.bin|macrosheets/)|basic/|scripts/).*")
_LINKS = re.compile(r"xl/(?:externallinks/|querytables/|connections\.xml).*")

_ROW = re.compile(rb"<row[^>]*? r=\"(\d{1,9})")
_WIDE = re.compile(rb" r=\"([A-Z]{2,3})\d")
_ODD_CELLS = (  # several patterns that begin with plain bytes are faster than one with choices
    re.compile(rb" t=\"e\""),
    re.compile(rb"</f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"),
    re.compile(rb"<f\b[^>]*/>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"),
)
_ODD_CONTENT = re.compile(
    rb"-spanned=\"(?!1\")|value-type=\"error\"|:formula=\"[^\"]*\"(?![^>]*:value-type=)[^>]*>"
)
_OUTSIDE = re.compile(rb"<table:(?:table-source|database-source-\w+)|<office:dde-source")


@dataclass(frozen=True)
class Scan:
    """What was found: the format, remarks about the file, and a closer look at odd sheets."""

    format: str
    remarks: tuple[Problem, ...]
    looks: dict[str, Look]


def scan(data: bytes) -> Scan:
    """Looks at all parts of a packed workbook, unpacking each.

    Raises `Problem` for a file that is no workbook or must not be read: packed to burst, with a
    document type declaration, behind a password.
    """
    archive = Archive(data)
    parts = {part.name.lower(): part for part in archive.parts}
    kind = _format(archive, parts)
    remarks = []
    if any(map(_MACROS.fullmatch, parts)):
        remarks.append(Problem("reading.macros"))
    outside = any(map(_LINKS.fullmatch, parts))
    sheets = _sheets(archive, parts) if kind == "xlsx" else {}
    looks: list[Look] = []
    for name, part in parts.items():
        if name in sheets:
            looks.extend(_at_sheet(archive, part, sheets[name]))
        elif kind == "ods" and name == _CONTENT:
            found, linked = _at_content(archive, part)
            looks.extend(found)
            outside |= linked
        else:
            deque(_windows(archive, part), maxlen=0)
    if outside:
        remarks.append(Problem("reading.links"))
    remarks += _about_cells("reading.error_cells", ((each.sheet, each.errors) for each in looks))
    remarks += _about_cells("reading.stale_formulas", ((each.sheet, each.stale) for each in looks))
    return Scan(kind, tuple(remarks), {look.sheet: look for look in looks})


def look_at_ods(data: bytes) -> list[Look]:
    """A closer look at every sheet of an ods file that was scanned before."""
    archive = Archive(data)
    parts = (part for part in archive.parts if part.name == _CONTENT)
    return [look for part in parts for look in look_at_content(archive.pieces(part))]


def _format(archive: Archive, parts: dict[str, Part]) -> str:
    if "xl/workbook.bin" in parts:
        raise Problem("reading.other_kind", kind="xlsb")
    if any(name.startswith("xl/") for name in parts):
        return "xlsx"
    if "encrypted-package" in parts:
        raise Problem("reading.password")
    if (kind := parts.get("mimetype")) and next(archive.pieces(kind), b"").startswith(_ODS):
        manifest = parts.get("meta-inf/manifest.xml")
        if manifest and b"encryption-data" in b"".join(archive.pieces(manifest)):
            raise Problem("reading.password")
        return "ods"
    for folder, kind_name in _OTHER.items():
        if any(name.startswith(folder) for name in parts):
            raise Problem("reading.other_kind", kind=kind_name)
    if any(name.endswith(_TABLES) for name in parts):
        raise Problem("reading.zipped")
    raise Problem("reading.other_kind", kind="ZIP")


def _sheets(archive: Archive, parts: dict[str, Part]) -> dict[str, str]:
    """The names of sheets by the parts that hold them, as the workbook says."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(name: str, attributes: Attributes) -> None:
        if local(name) == "Relationship":
            target = attributes.get("Target", "").replace("\\", "/")
            targets[attributes.get("Id", "")] = posixpath.join("/xl", target)

    def sheet(name: str, attributes: Attributes) -> None:
        if local(name) == "sheet":
            ids = (value for key, value in attributes.items() if key.endswith(":id"))
            target = posixpath.normpath(targets.get(next(ids, ""), "")).lstrip("/").lower()
            sheets[target] = attributes.get("name", "")

    for part, start in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet)):
        if part in parts:
            go_through(archive.pieces(parts[part]), start)
    return sheets


def _at_sheet(archive: Archive, part: Part, sheet: str) -> list[Look]:
    """A closer look at a worksheet, where anything odd passes by."""
    rows, columns, odd = 1, len(ascii_uppercase), False
    for window in _windows(archive, part):
        rows = max(rows, *map(int, _ROW.findall(window)), 0)
        columns = max(columns, *map(_column, set(_WIDE.findall(window))), 0)
        odd = odd or any(each.search(window) for each in _ODD_CELLS)
    far = columns > MAX_COLUMNS or rows * columns > MAX_CELLS
    return [look_at_sheet(sheet, archive.pieces(part))] if odd or far else []


def _column(letters: bytes) -> int:
    return column_index(letters.decode()) + 1


def _at_content(archive: Archive, part: Part) -> tuple[list[Look], bool]:
    """A closer look at the sheets of an ods file, and whether they draw on other files."""
    odd = linked = False
    for window in _windows(archive, part):
        odd = odd or _ODD_CONTENT.search(window) is not None
        linked = linked or _OUTSIDE.search(window) is not None
    return look_at_content(archive.pieces(part)) if odd else [], linked


def _about_cells(key: str, noted: Iterable[tuple[str, Noted]]) -> list[Problem]:
    """A remark on all cells noted, with the names of the first few."""
    n, cells = 0, list[str]()
    for sheet, each in noted:
        n += each.n
        cells += [f"{sheet_name(sheet)}!{cell}" for cell in each.cells]
    return [Problem(key, n=n, cells=", ".join(cells[:_SHOWN]))] if n else []


def _windows(archive: Archive, part: Part) -> Iterator[bytes]:
    """A part piece by piece, each with the end of the one before; no declarations in XML."""
    window = b""
    is_xml = part.name.lower().endswith(_XML)
    for piece in archive.pieces(part):
        if not window:
            start = piece.removeprefix(_UTF_8_MARK).lstrip()
            is_xml |= start.startswith(b"<")
            if is_xml and not start.startswith(b"<"):
                raise Problem("reading.damaged")  # another encoding would hide what is looked for
        window = window[-_OVERLAP:] + piece
        if is_xml and _DECLARATION.search(window):
            raise Problem("reading.doctype", part=clean(part.name)[:80])
        yield window
