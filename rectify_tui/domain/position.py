"""A place on the earth, as people write it and as photographs say it."""

from __future__ import annotations

import re
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from rectify_tui.domain.text import clean, narrow
from rectify_tui.errors import Problem

_EARTH_M = 6_371_000
_DEGREES = r"([+-]?\d{1,3}(?:\.\d{1,12})?)°?"
_POSITION = re.compile(
    rf"(?:北纬|N)?\s*{_DEGREES}\s*N?[\s,;、]+(?:东经|E)?\s*{_DEGREES}\s*E?", re.IGNORECASE
)


class Position(NamedTuple):
    """Degrees north and east."""

    latitude: float
    longitude: float

    def __str__(self) -> str:
        return f"{_short(self.latitude)},{_short(self.longitude)}"

    def metres_to(self, other: Position) -> float:
        """The distance along the ground (haversine on a sphere)."""
        here, there = radians(self.latitude), radians(other.latitude)
        north = sin((there - here) / 2) ** 2
        east = sin(radians(other.longitude - self.longitude) / 2) ** 2
        return 2 * _EARTH_M * asin(min(1.0, sqrt(north + cos(here) * cos(there) * east)))


def position_at(latitude: float | None, longitude: float | None) -> Position | None:
    """The place of two columns, None where either is unknown."""
    return None if latitude is None or longitude is None else Position(latitude, longitude)


def read_position(text: str) -> Position | None:
    """`45.75,126.63` as latitude and longitude, None for an empty text.

    Raises `Problem` for what is none, and where the two stand the wrong way round.
    """
    text = narrow(clean(text))
    if not text:
        return None
    found = _POSITION.fullmatch(text)
    if found is None:
        raise Problem("position.bad", text=text)
    latitude, longitude = float(found[1]), float(found[2])
    if 90 < abs(latitude) <= 180 and abs(longitude) <= 90:
        raise Problem("position.turned", text=text, turned=f"{longitude:g},{latitude:g}")
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise Problem("position.bad", text=text)
    return Position(latitude, longitude)


def _short(degrees: float) -> str:
    return f"{degrees:.6f}".rstrip("0").rstrip(".")
