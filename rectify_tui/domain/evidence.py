"""Files as evidence: which are taken, and where what they say differs from what was stated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from rectify_tui.domain.position import Position
from rectify_tui.errors import Problem

SIGNATURES = {
    "jpg": (b"\xff\xd8\xff",), "jpeg": (b"\xff\xd8\xff",), "png": (b"\x89PNG\r\n\x1a\n",),
    "tif": (b"II*\x00", b"MM\x00*"), "tiff": (b"II*\x00", b"MM\x00*"), "webp": (b"RIFF",),
    "heic": (b"\x00\x00\x00",), "pdf": (b"%PDF-",), "docx": (b"PK\x03\x04",),
    "xlsx": (b"PK\x03\x04",), "doc": (b"\xd0\xcf\x11\xe0",), "xls": (b"\xd0\xcf\x11\xe0",),
    "wps": (b"\xd0\xcf\x11\xe0",), "ofd": (b"PK\x03\x04",), "zip": (b"PK\x03\x04",),
    "mp4": (b"\x00\x00\x00",), "txt": (b"",),
}  # fmt: skip
"""How files begin, by the endings that may be allowed at all: nothing that a system would run."""

PHOTOGRAPHS = frozenset({"jpg", "jpeg", "png", "tif", "tiff", "webp", "heic"})
"""The endings of photographs."""


@dataclass(frozen=True)
class EvidenceRules:
    """What an office takes: endings, bytes of one file, and from how many metres two places differ.

    Days of a photograph and of what it shows may be `days_apart`.
    """

    types: tuple[str, ...] = (
        "jpg", "jpeg", "png", "webp", "heic", "pdf", "docx", "xlsx", "doc", "xls", "wps", "ofd",
    )  # fmt: skip
    largest: int = 20 * 2**20
    far_m: int = 500
    days_apart: int = 0


class Seen(NamedTuple):
    """A day and a place, as somebody stated them or as a photograph says; None for unknown."""

    day: date | None = None
    position: Position | None = None


NOTHING_STATED = Seen()


class Differs(StrEnum):
    """What a photograph says otherwise than was stated."""

    DAY = "day"
    PLACE = "place"


def differences(stated: Seen, says: Seen, rules: EvidenceRules) -> dict[Differs, int]:
    """How far apart both are, in days and in metres; what either does not tell is no difference."""
    apart: dict[Differs, int] = {}
    if stated.day and says.day and (days := abs((says.day - stated.day).days)) > rules.days_apart:
        apart[Differs.DAY] = days
    if stated.position and says.position:
        metres = round(stated.position.metres_to(says.position))
        if metres > rules.far_m:
            apart[Differs.PLACE] = metres
    return apart


def require_allowed(name: str, content: bytes, rules: EvidenceRules) -> None:
    """See that a file may be taken.

    Raises `Problem` for an ending that is not allowed, for what does not begin as its ending says,
    and for what is empty or too large.
    """
    ending = ending_of(name)
    if ending not in rules.types:
        raise Problem("evidence.bad_type", name=name, types=known_types(rules.types))
    if not content:
        raise Problem("evidence.empty", name=name)
    if len(content) > rules.largest:
        raise Problem("evidence.too_large", name=name, size=mib(len(content)),
                      most=mib(rules.largest))  # fmt: skip
    if not content.startswith(SIGNATURES[ending]):
        raise Problem("evidence.not_what_it_says", name=name, ending=ending)


def ending_of(name: str) -> str:
    """The ending of a file's name in small letters, empty where it has none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def is_photograph(name: str) -> bool:
    """Whether a file is one, by its name; what is taken as evidence begins as its name says."""
    return ending_of(name) in PHOTOGRAPHS


def known_types(types: Iterable[str]) -> str:
    """Endings of files in one line."""
    return ", ".join(types)


def mib(size: int) -> str:
    """Bytes in MiB, with one decimal."""
    return f"{size / 2**20:.1f}"
