"""A look at the parts of a packed workbook before the library reads it.

Each part streams by once. In those that the library reads a few byte patterns are looked for, and
only where one is found, the cells of the part are gone through one by one, so that an ordinary
workbook costs little more than its unpacking. Of all others only the size matters.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from string import ascii_uppercase
from typing import NamedTuple

from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem
from rectify_tui.intake.reading.archive import Archive, Part
from rectify_tui.intake.reading.cell_scan import Noted, SheetScan, scan_content, scan_sheet
from rectify_tui.intake.reading.cells import column_index, sheet_name
from rectify_tui.intake.reading.limits import MAX_CELLS, MAX_COLUMNS
from rectify_tui.intake.reading.package import ODS_CONTENT, package_of

_OVERLAP = 1024
_SHOWN = 5
_XML = (".xml", ".rels")
_UTF_8_MARK = b"\xef\xbb\xbf"
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_MACROS = re.compile(r"(?:xl/)?(?:vbaproject\.bin|macrosheets/).*|(?:basic|scripts)/.*")
_LINKS = re.compile(r"(?:xl/)?(?:externallinks/|querytables/|connections\.xml).*")

_ROW = re.compile(rb"<row[^>]*? r=\"(\d{1,9})")
_WIDE = re.compile(rb" r=\"([A-Z]{2,3})\d")
_ODD_CELLS = (  # several patterns that begin with plain bytes are faster than one with choices
    re.compile(rb" t=\"e\""),
    re.compile(rb"</f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"),
    re.compile(rb"<f\b[^>]*/>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"),
    re.compile(rb"<row\b[^>]*? hidden=\"(?:1|true)\""),
)
_ODD_CONTENT = re.compile(
    rb"-spanned=\"(?!1\")|value-type=\"error\"|:formula=\"[^\"]*\"(?![^>]*:value-type=)[^>]*>"
    rb"|:visibility=\"(?:filter|collapse)\""
)
_OUTSIDE = re.compile(rb"<table:(?:table-source|database-source-\w+)|<office:dde-source")


class WorkbookScan(NamedTuple):
    """What was found: the format, remarks about the file, and what stands on odd sheets."""

    format: str
    remarks: tuple[Problem, ...]
    sheets: dict[str, SheetScan]


def scan(archive: Archive) -> WorkbookScan:
    """Looks at all parts of a packed workbook, unpacking each.

    Raises `Problem` for a file that is no workbook or must not be read: packed to burst, with a
    document type declaration, behind a password.
    """
    package = package_of(archive)
    outside = any(map(_LINKS.fullmatch, package.parts))
    scans: list[SheetScan] = []
    for name, part in package.parts.items():
        if name in package.sheets:
            scans += _scan_sheet(archive, part, package.sheets[name])
        elif name == ODS_CONTENT and package.format == "ods":
            found, linked = _scan_content(archive, part)
            scans += found
            outside |= linked
        else:
            _pass_by(archive, part, read=name in package.read)
    remarks = [Problem("reading.macros")] if any(map(_MACROS.fullmatch, package.parts)) else []
    remarks += [Problem("reading.links")] if outside else []
    remarks += _about_cells("reading.error_cells", ((each.sheet, each.errors) for each in scans))
    remarks += _about_cells("reading.stale_formulas", ((each.sheet, each.stale) for each in scans))
    remarks += _about_hidden_rows(scans)
    return WorkbookScan(package.format, tuple(remarks), {each.sheet: each for each in scans})


def scan_ods(archive: Archive) -> list[SheetScan]:
    """A closer look at every sheet of an ods file that was scanned before."""
    parts = (part for part in archive.parts if part.name == ODS_CONTENT)
    return [found for part in parts for found in scan_content(archive.pieces(part))]


def _pass_by(archive: Archive, part: Part, *, read: bool) -> None:
    """Unpack a part without keeping anything; damage to one that nobody reads does no harm."""
    if read:
        deque(_windows(archive, part), maxlen=0)
        return
    try:
        deque(archive.pieces(part), maxlen=0)
    except Problem as problem:
        if problem.key != "reading.damaged":
            raise


def _scan_sheet(archive: Archive, part: Part, sheet: str) -> list[SheetScan]:
    """A closer look at a worksheet, where anything odd passes by."""
    rows, columns, odd = 1, len(ascii_uppercase), False
    for window in _windows(archive, part):
        rows = max(rows, *map(int, _ROW.findall(window)), 0)
        columns = max(columns, *map(_column, set(_WIDE.findall(window))), 0)
        odd = odd or any(each.search(window) for each in _ODD_CELLS)
    far = columns > MAX_COLUMNS or rows * columns > MAX_CELLS
    return [scan_sheet(sheet, archive.pieces(part))] if odd or far else []


def _column(letters: bytes) -> int:
    return column_index(letters.decode()) + 1


def _scan_content(archive: Archive, part: Part) -> tuple[list[SheetScan], bool]:
    """A closer look at the sheets of an ods file, and whether they draw on other files."""
    odd = linked = False
    for window in _windows(archive, part):
        odd = odd or _ODD_CONTENT.search(window) is not None
        linked = linked or _OUTSIDE.search(window) is not None
    return scan_content(archive.pieces(part)) if odd else [], linked


def _about_cells(key: str, noted: Iterable[tuple[str, Noted]]) -> list[Problem]:
    """A remark on all cells noted, with the names of the first few."""
    n, cells = 0, list[str]()
    for sheet, each in noted:
        n += each.n
        cells += [f"{sheet_name(sheet)}!{cell}" for cell in each.cells]
    return [Problem(key, n=n, cells=", ".join(cells[:_SHOWN]))] if n else []


def _about_hidden_rows(scans: Iterable[SheetScan]) -> Iterator[Problem]:
    for each in scans:
        if each.hidden_rows:
            how = "filtered_rows" if each.filtered else "hidden_rows"
            yield Problem(f"reading.{how}", sheet=sheet_name(each.sheet), n=each.hidden_rows)


def _windows(archive: Archive, part: Part) -> Iterator[bytes]:
    """A part piece by piece, each with the end of the one before; no declarations in XML."""
    window = b""
    is_xml = part.name.lower().endswith(_XML)
    for piece in archive.pieces(part):
        if not piece:
            continue
        if not window:
            start = piece.removeprefix(_UTF_8_MARK).lstrip()
            is_xml |= start.startswith(b"<")
            if is_xml and not start.startswith(b"<"):
                raise Problem("reading.damaged")  # another encoding would hide what is looked for
        window = window[-_OVERLAP:] + piece
        if is_xml and _DECLARATION.search(window):
            raise Problem("reading.doctype", part=clean(part.name)[:80])
        yield window
