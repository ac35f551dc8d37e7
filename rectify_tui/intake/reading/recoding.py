"""Workbooks with parts in UTF-16: the library reads nothing but UTF-8."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from rectify_tui.errors import Problem
from rectify_tui.intake.reading.archive import Archive, Part

_XML = (".xml", ".rels")
_NEVER_READ = ("customxml/", "docprops/")
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UNMARKED = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_ENCODING = re.compile(r"^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*(?:\"[^\"]*\"|'[^']*')")


def in_utf_8(archive: Archive) -> bytes | None:
    """The archive with all XML in UTF-8; None where it is already.

    Parts that are damaged are left out: those that are read will be missed.
    """
    codecs_of = {part.name: codec for part in archive.parts if (codec := _codec(archive, part))}
    if not codecs_of:
        return None
    out = io.BytesIO()
    with ZipFile(out, "w") as packed:
        for part in archive.parts:
            codec = codecs_of.get(part.name)
            with suppress(Problem, UnicodeError):
                pieces = _decoded(archive, part, codec) if codec else archive.pieces(part)
                method = ZIP_DEFLATED if part.packed else ZIP_STORED
                packed.writestr(part.name, b"".join(pieces), method, compresslevel=1)
    return out.getvalue()


def _codec(archive: Archive, part: Part) -> str | None:
    name = part.name.lower()
    if not name.endswith(_XML) or name.startswith(_NEVER_READ):
        return None
    start = archive.start(part, 2)
    return "utf-16" if start in _MARKS else _UNMARKED.get(start)


def _decoded(archive: Archive, part: Part, codec: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(codec)("strict")
    first = True
    for piece in archive.pieces(part):
        text = decoder.decode(piece)
        if first and text:
            text, first = _ENCODING.sub(r"\1", text, count=1), False
        yield text.encode()
    yield decoder.decode(b"", final=True).encode()
