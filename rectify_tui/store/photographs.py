"""When and where a photograph was taken, as the file itself says (EXIF)."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rectify_tui.domain.position import Position

_MOMENTS = ("EXIF DateTimeOriginal", "EXIF DateTimeDigitized")


@dataclass(frozen=True)
class Taken:
    """The moment, in the camera's own time, and the place; None for what the file does not say."""

    at: datetime | None = None
    position: Position | None = None


def read_taken(content: bytes) -> Taken:
    """What a file says of when and where it was taken; nothing where it is no photograph.

    Whatever is wrong with it, it is kept all the same: what it does not say is not guessed.
    """
    import logging

    import exifread

    logging.getLogger("exifread").setLevel(logging.CRITICAL)
    try:
        tags = exifread.process_file(io.BytesIO(content), details=False, extract_thumbnail=False)
        return Taken(_moment(tags), _position(tags))
    except Exception:  # a reader of many formats meets files of any kind; each fails its own way
        return Taken()


def _moment(tags: Mapping[str, Any]) -> datetime | None:
    for name in _MOMENTS:
        if name in tags:
            try:
                return datetime.strptime(str(tags[name]).strip("\0 "), "%Y:%m:%d %H:%M:%S")
            except ValueError:
                continue
    return None


def _position(tags: Mapping[str, Any]) -> Position | None:
    latitude = _degrees(tags, "Latitude", "S")
    longitude = _degrees(tags, "Longitude", "W")
    if latitude is None or longitude is None or (latitude, longitude) == (0, 0):
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return Position(round(latitude, 6), round(longitude, 6))


def _degrees(tags: Mapping[str, Any], name: str, negative: str) -> float | None:
    if f"GPS GPS{name}" not in tags:
        return None
    degrees, minutes, seconds = (float(part) for part in tags[f"GPS GPS{name}"].values)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if str(tags.get(f"GPS GPS{name}Ref", "")).strip().upper() == negative else value
