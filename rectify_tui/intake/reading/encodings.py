"""Telling the encoding of plain text, by its marks and by what the text would then be."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from rectify_tui.errors import Problem

_CHUNK = 2**18
_START = 4096
_CONTROL = re.compile("[\0-\x08\x0e-\x1f]")
_MANY_CONTROLS = 0.05
_MANY_ZEROS = 0.1
_PAIR = re.compile(rb"[\x81-\xfe].", re.DOTALL)
_CERTAIN = 0.9
_LIKELY = 0.6
_EURO = 0x80


class Encoding(NamedTuple):
    """An encoding: its name for people, the codec, whether it was guessed, and how errors go."""

    name: str
    codec: str
    guessed: bool = False
    errors: str = "strict"


def _euro(error: UnicodeError) -> tuple[str, int]:
    """The one byte that code page 936 has beyond GBK. Raises all other errors."""
    if isinstance(error, UnicodeDecodeError) and error.object[error.start] == _EURO:
        return "€", error.start + 1
    raise error


codecs.register_error("rectify.euro", _euro)

_UTF_8 = Encoding("UTF-8", "utf-8-sig")
_UTF_16 = Encoding("UTF-16", "utf-16")
_UTF_16_LE = Encoding("UTF-16", "utf-16-le")
_UTF_16_BE = Encoding("UTF-16", "utf-16-be")
_GB18030 = Encoding("GB18030", "gb18030", guessed=True)
_CP936 = Encoding("GBK", "gb18030", guessed=True, errors="rectify.euro")
_BIG5 = Encoding("Big5", "cp950", guessed=True)


def encoding_of(data: bytes) -> Encoding:
    """The encoding in which all of the text can be read.

    Unicode is taken by its byte order mark, or where everything is valid UTF-8. What remains is
    GB18030 (GBK and GB 2312 are parts of it, code page 936 but for its €), or Big5 where nearly all
    characters are common ones in Big5 and few of them are in GB 2312.

    Raises `Problem` for anything else.
    """
    encoding = _marked(data) or _unmarked(data)
    failed = _failure(data, encoding)
    if failed is not None:
        raise Problem("reading.encoding", line=failed)
    start = data[:_START].decode(encoding.codec, "ignore")
    if len(_CONTROL.findall(start)) > len(start) * _MANY_CONTROLS:
        raise Problem("reading.unknown_kind")
    return encoding


def _marked(data: bytes) -> Encoding | None:
    if data.startswith(codecs.BOM_UTF8):
        return _UTF_8
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _UTF_16
    return None


def _unmarked(data: bytes) -> Encoding:
    start = data[:_START]
    zeros = start.count(0)
    if zeros > len(start) * _MANY_ZEROS:
        return _by_zeros(data)
    if (line := _failure(data, _UTF_8)) is None:
        return _UTF_8
    if zeros:
        return _by_zeros(data)
    gb, big5 = _common_shares(data[:_CHUNK])
    if big5 >= _CERTAIN and gb <= _LIKELY and _failure(data, _BIG5) is None:
        return _BIG5
    if gb >= _LIKELY:
        return _GB18030 if _failure(data, _GB18030) is None else _CP936
    raise Problem("reading.encoding", line=line)


def _by_zeros(data: bytes) -> Encoding:
    """UTF-16 without a mark: the upper byte of ASCII is zero, and the lower one of few others."""
    even, odd = data[:_START:2].count(0), data[1:_START:2].count(0)
    encoding = _UTF_16_LE if odd > even else _UTF_16_BE
    if _failure(data, encoding) is not None:
        raise Problem("reading.unknown_kind")
    return encoding


def _common_shares(sample: bytes) -> tuple[float, float]:
    """Which part of the two-byte characters would be common ones in GB 2312 and in Big5.

    Both standards keep frequently used characters apart from rare ones: level 1 of GB 2312 is rows
    B0 to D7, that of Big5 rows A4 to C6; punctuation is in rows A1 to A3 of both.
    """
    pairs = _PAIR.findall(sample) or [b"\0\0"]
    gb = sum(a in range(0xB0, 0xD8) or a in range(0xA1, 0xA4) for a, b in pairs if b >= 0xA1)
    big5 = sum(0xA1 <= a <= 0xC6 for a, b in pairs if 0x40 <= b <= 0x7E or b >= 0xA1)
    return gb / len(pairs), big5 / len(pairs)


def _failure(data: bytes, encoding: Encoding) -> int | None:
    """The line, counted from 1, in which text cannot be decoded; None where all of it can."""
    decoder = codecs.getincrementaldecoder(encoding.codec)(encoding.errors)
    for start in range(0, len(data), _CHUNK):
        chunk = data[start : start + _CHUNK]
        try:
            decoder.decode(chunk, final=start + _CHUNK >= len(data))
        except UnicodeDecodeError as error:
            at = max(0, start + error.start)
            return data.count(b"\n", 0, at) + 1
    return None
