"""A photograph as a telephone takes it: a JPEG whose EXIF says when and where."""

from __future__ import annotations

import struct


def photograph(taken: str, latitude: float, longitude: float, *, what: bytes = b"") -> bytes:
    """The bytes of one taken at `2020:03:05 10:00:00`, in degrees; `what` tells it from others."""
    text = taken.encode() + b"\0"
    gps = [
        (1, 2, 2, b"N\0\0\0"), (2, 5, 3, _degrees(latitude)),
        (3, 2, 2, b"E\0\0\0"), (4, 5, 3, _degrees(longitude)),
    ]  # fmt: skip
    exif = [(0x9003, 2, len(text), text)]
    first = 8 + 2 + 2 * 12 + 4  # the directories follow one another
    second_at = first
    exif_part = _directory(exif, second_at)
    gps_at = second_at + len(exif_part)
    main = _directory(
        [(0x8769, 4, 1, struct.pack("<I", second_at)), (0x8825, 4, 1, struct.pack("<I", gps_at))], 8
    )
    tiff = b"II*\0" + struct.pack("<I", 8) + main + exif_part + _directory(gps, gps_at)
    app1 = b"Exif\0\0" + tiff
    comment = b"\xff\xfe" + struct.pack(">H", len(what) + 2) + what
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(app1) + 2) + app1 + comment + b"\xff\xd9"


def _degrees(value: float) -> bytes:
    minutes = (value - int(value)) * 60
    seconds = round((minutes - int(minutes)) * 60 * 100)
    return struct.pack("<6I", int(value), 1, int(minutes), 1, seconds, 100)


def _directory(entries: list[tuple[int, int, int, bytes]], at: int) -> bytes:
    head = struct.pack("<H", len(entries))
    data_at = at + 2 + 12 * len(entries) + 4
    rows, data = b"", b""
    for tag, kind, count, value in entries:
        if len(value) <= 4:
            rows += struct.pack("<HHI", tag, kind, count) + value.ljust(4, b"\0")
        else:
            rows += struct.pack("<HHII", tag, kind, count, data_at + len(data))
            data += value
    return head + rows + struct.pack("<I", 0) + data
