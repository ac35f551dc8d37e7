"""A picture in characters: lines of pieces, each with a tone, and the colours of the tones.

Good is blue and bad is orange, which people who tell no red from green can tell apart; and every
tone has a sign of its own, so that nothing is said by colour alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from rectify_tui.domain.status import Group
from rectify_tui.reports.pictures.figure import Level

Tone = Level | Group | Literal["band", "middle", "by", "chosen", "quiet"] | None


class Piece(NamedTuple):
    """Some text in a tone."""

    text: str
    tone: Tone = None


Line = Sequence[Piece]
Colours = Literal["none", "16", "256", "true"]


class Look(NamedTuple):
    """How a tone looks: letters and ground as hex, of 256 and of 16 colours; without any, `bare`.

    `signs` are drawn for it, the second where only ASCII is.
    """

    letters: str
    ground: str
    of_256: tuple[int, int]
    of_16: tuple[int, int]
    signs: tuple[str, str]
    bare: str = ""


_BLACK, _WHITE = "#1C2024", "#FFFFFF"
LOOKS: Mapping[Tone, Look] = {
    Level.WORST: Look(_WHITE, "#A6460B", (231, 130), (97, 41), ("‼", "X"), "1"),
    Level.BAD: Look(_BLACK, "#F2B27A", (16, 216), (30, 43), ("!", "!")),
    Level.EVEN: Look(_BLACK, "#DDE1E6", (16, 253), (30, 47), ("=", "=")),
    Level.GOOD: Look(_BLACK, "#9CC4E8", (16, 153), (30, 46), ("›", ">")),
    Level.BEST: Look(_WHITE, "#1F5FA8", (231, 25), (97, 44), ("✓", "+")),
    Group.COMPLETED: Look(_WHITE, "#1F5FA8", (231, 25), (97, 44), ("⣿", "#")),
    Group.ON_SCHEDULE: Look(_BLACK, "#9CC4E8", (16, 153), (30, 46), ("⠤", "=")),
    Group.BEHIND: Look(_WHITE, "#A6460B", (231, 130), (97, 41), ("✗", "X"), "1"),
    Group.MERGED: Look(_BLACK, "#DDE1E6", (16, 253), (30, 47), ("⠒", "-")),
    Group.UNCLEAR: Look(_BLACK, "#FFFFFF", (16, 231), (30, 107), ("?", "?")),
    "band": Look(_BLACK, "#E4ECF5", (16, 255), (30, 47), ("░", ":")),
    "middle": Look(_WHITE, "#5B8FC4", (231, 68), (97, 100), ("▸", "*")),
    "by": Look("#C2410C", "", (166, -1), (33, -1), ("⢸", "|"), "1"),
}  # fmt: skip


def sign(tone: Tone, *, ascii: bool) -> str:
    """The sign of a tone."""
    return LOOKS[tone].signs[1 if ascii else 0]


def colours_of(environment: Mapping[str, str] = os.environ) -> Colours:
    """How many colours a terminal says that it has; none where nobody wants any."""
    term = environment.get("TERM", "")
    if environment.get("NO_COLOR") or term in ("", "dumb"):
        return "none"
    if environment.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return "true"
    return "256" if "256" in term else "16"


def text_of(lines: Iterable[Line], *, colours: Colours = "none", bold: bool = False) -> str:
    """A picture for a terminal; with `bold` what is worst is bold where there are no colours."""
    return "\n".join(
        "".join(_painted(piece, colours, bold) for piece in line).rstrip() for line in lines
    )


def _painted(piece: Piece, colours: Colours, bold: bool) -> str:
    look = LOOKS.get(piece.tone) if piece.tone is not None else None
    if look is None:
        return piece.text
    code = look.bare if colours == "none" else _code(look, colours)
    if not code or (colours == "none" and not bold):
        return piece.text
    return f"\x1b[{code}m{piece.text}\x1b[0m"


def _code(look: Look, colours: Colours) -> str:
    if colours == "16":
        parts = [str(n) for n in look.of_16 if n >= 0]
    elif colours == "256":
        parts = [f"{on};5;{n}" for on, n in zip((38, 48), look.of_256, strict=True) if n >= 0]
    else:
        pairs = zip((38, 48), (look.letters, look.ground), strict=True)
        parts = [f"{on};2;{_rgb(hex)}" for on, hex in pairs if hex]
    return ";".join(parts)


def _rgb(hex: str) -> str:
    return ";".join(str(int(hex[at : at + 2], 16)) for at in (1, 3, 5))
