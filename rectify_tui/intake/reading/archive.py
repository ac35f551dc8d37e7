"""Packed workbooks: their parts, unpacked piece by piece, with sizes counted and not believed."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from rectify_tui.errors import Problem
from rectify_tui.intake.reading.limits import MAX_PARTS, MAX_UNPACKED, MIB

_HEADER = struct.Struct("<4s22xHH")  # signature, length of the name, length of the extra field
_FEED = 2**16
_PIECE = 2**18
_START = 2**10
_ENCRYPTED = 1


class Part(NamedTuple):
    """A part: its name, and where in the file its packed bytes lie."""

    name: str
    start: int
    end: int
    size: int
    crc: int
    packed: bool


class Archive:
    """The parts of a packed workbook.

    Raises `Problem` for archives that are damaged or made to do harm: parts that overlap or have
    the same name, too many of them, or more in them than `MAX_UNPACKED`. Archives inside the
    archive are never opened.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        if data.count(b"PK\1\2") > MAX_PARTS:
            raise Problem("reading.many_parts", limit=MAX_PARTS)
        try:
            self.parts = _parts(data)
        except (BadZipFile, NotImplementedError, OSError, ValueError, struct.error) as error:
            raise Problem("reading.damaged") from error
        self._check()

    def _check(self) -> None:
        if len({part.name for part in self.parts}) < len(self.parts):
            raise Problem("reading.odd_archive")
        if sum(part.size for part in self.parts) > MAX_UNPACKED:
            raise _bomb()
        end = 0
        for part in sorted(self.parts, key=lambda each: each.start):
            if part.start < end:
                raise Problem("reading.odd_archive")
            end = part.end
        if end > len(self._data):
            raise Problem("reading.damaged")

    def start(self, part: Part, n: int) -> bytes:
        """The first bytes of a part, at most so many; none where it cannot be unpacked."""
        raw = bytes(memoryview(self._data)[part.start : min(part.end, part.start + _START)])
        if not part.packed:
            return raw[:n]
        try:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(raw, n)
        except zlib.error:
            return b""

    def pieces(self, part: Part) -> Iterator[bytes]:
        """A part's unpacked bytes; `Problem` where there are more than declared, or others."""
        size = crc = 0
        for piece in _unpacked(memoryview(self._data)[part.start : part.end], part.packed):
            size += len(piece)
            if size > part.size:
                raise _bomb()
            crc = zlib.crc32(piece, crc)
            yield piece
        if (size, crc) != (part.size, part.crc):
            raise Problem("reading.damaged")


def _bomb() -> Problem:
    return Problem("reading.bomb", limit=MAX_UNPACKED // MIB)


def _parts(data: bytes) -> tuple[Part, ...]:
    found = []
    with ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if entry.flag_bits & _ENCRYPTED:
                raise Problem("reading.password")
            if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise Problem("reading.odd_archive")
            mark, name, extra = _HEADER.unpack_from(data, entry.header_offset)
            if mark != b"PK\3\4":
                raise Problem("reading.damaged")
            start = entry.header_offset + _HEADER.size + name + extra
            end = start + entry.compress_size
            part = entry.filename.replace("\\", "/").lstrip("/")
            packed = entry.compress_type == ZIP_DEFLATED
            found.append(Part(part, start, end, entry.file_size, entry.CRC, packed))
    return tuple(found)


def _unpacked(raw: memoryview, packed: bool) -> Iterator[bytes]:
    if not packed:
        for start in range(0, len(raw), _PIECE):
            yield bytes(raw[start : start + _PIECE])
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for start in range(0, len(raw), _FEED):
            fed: memoryview | bytes = raw[start : start + _FEED]
            while fed:
                yield inflater.decompress(fed, _PIECE)
                fed = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error as error:
        raise Problem("reading.damaged") from error
