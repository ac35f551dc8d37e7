"""Spreadsheets put together by hand, above all such as no honest program writes."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def sheet_xml(rows: str, after: str = "") -> str:
    """A worksheet part around the XML of its rows."""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def text_cell(name: str, text: str) -> str:
    """A cell with its text in it."""
    return f'<c r="{name}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def xlsx_parts(
    sheets: Mapping[str, str], more: Mapping[str, str | bytes] | None = None
) -> dict[str, str | bytes]:
    """The parts of an xlsx file; `sheets` are worksheet parts by the names of sheets."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name="{escape(name, {chr(34): "&quot;"})}" sheetId="{n}" r:id="r{n}"/>'
        for n, name in enumerate(names, 1)
    )
    related = "".join(
        f'<Relationship Id="r{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _ in enumerate(names, 1)
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r0" '
        f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}'
        "</Relationships>",
    }
    for n, name in enumerate(names, 1):
        parts[f"xl/worksheets/sheet{n}.xml"] = sheets[name]
    return parts | dict(more or {})


def ods_parts(tables: str, more: Mapping[str, str | bytes] | None = None) -> dict[str, str | bytes]:
    """The parts of an ods file around the XML of its tables."""
    spaces = "".join(
        f' xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "table", "text", "manifest")
    )
    return {
        "mimetype": ODS,
        "META-INF/manifest.xml": f"<manifest:manifest{spaces}/>",
        "content.xml": f'<office:document-content{spaces} xmlns:calcext="urn:x"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>",
    } | dict(more or {})


def ods_cell(text: str, attributes: str = "") -> str:
    """A cell of text in an ods file."""
    return (
        f'<table:table-cell office:value-type="string"{attributes}>'
        f"<text:p>{escape(text)}</text:p></table:table-cell>"
    )


def packed(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def write(path: Path, parts: Mapping[str, str | bytes] | bytes) -> Path:
    """A file of bytes, or an archive of parts."""
    path.write_bytes(parts if isinstance(parts, bytes) else packed(parts))
    return path


def xlsx(path: Path, rows: str, sheet: str = "表", **more: str | bytes) -> Path:
    """An xlsx file with one sheet."""
    return write(path, xlsx_parts({sheet: sheet_xml(rows)}, more))


def lying_about_size(archive: bytes, part: str, size: int) -> bytes:
    """The archive, whose directory and headers now give another unpacked size for a part."""
    data = bytearray(archive)
    name = part.encode()
    for mark, size_at, name_at in ((b"PK\3\4", 22, 30), (b"PK\1\2", 24, 46)):
        at = data.find(mark)
        while data[at + name_at : at + name_at + len(name)] != name:
            at = data.index(mark, at + 4)
        struct.pack_into("<I", data, at + size_at, size)
    return bytes(data)


def overlapping(archive: bytes, parts: int) -> bytes:
    """An archive whose directory names its first part's bytes again and again."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        start = opened.start_dir
        size = len(opened.infolist()[0].filename) + 46
    entry = archive[start : start + size]
    length = struct.unpack_from("<H", entry, 28)[0]
    entries = b"".join(
        entry[:46] + f"{n:0{length}}".encode()[:length] + entry[46 + length :] for n in range(parts)
    )
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, parts, parts, len(entries), start, 0)
    return archive[:start] + entries + end


def compound(*streams: str) -> bytes:
    """The head of a compound file (OLE) and a directory that names these streams."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    entries = b""
    for name in streams:
        encoded = name.encode("utf-16-le") + b"\0\0"
        entries += (encoded.ljust(64, b"\0") + struct.pack("<HB", len(encoded), 2)).ljust(
            128, b"\0"
        )
    return head + entries.ljust(4096, b"\0")
