"""Cleaning, measuring and ordering of text.

All text of files and users passes through `clean` once, on its way in. What comes out carries
nothing that could steer a terminal, hide, or reorder what stands beside it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Literal

from rectify_tui.errors import Problem

_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_SPACES = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_PLAIN_SIGN = "[!-~、-】一-龥！-～]"
_PLAIN = re.compile(f"(?! )(?: ?{_PLAIN_SIGN}++)++")  # the signs once, which take long to compile
"""What nearly all text is made of and nothing has to be done about."""
_UNWANTED = frozenset({"Cc", "Cf", "Cs", "Co"})
_MANY_SIGNS = re.compile(r"[^\w\s]{31,}")
_MARKS = 30  # as in the stream-safe text of UAX #15; composing longer runs takes quadratic time

_NARROW = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}

_DIGITS = re.compile("[0-9]+")
_KEY_DIGITS = 9


@cache
def _sequence() -> re.Pattern[str]:
    return re.compile(
        r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI: colours, cursor, modes
        r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\|\x9c)"  # OSC
        r"|\x1b[ -/]*[0-~]?"
    )


@cache
def _invisible() -> re.Pattern[str]:
    return re.compile(  # default-ignorable, yet neither control nor format characters
        "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
        "\U000e0000-\U000e0fff]+"
    )


def _wanted(character: str) -> bool:
    if character == "\n":
        return True
    noncharacter = ord(character) & 0xFFFE == 0xFFFE or "\ufdd0" <= character <= "\ufdef"
    return not noncharacter and unicodedata.category(character) not in _UNWANTED


def _without_unwanted(text: str) -> str:
    """Text without control, format, private and invisible characters; line ends become `\\n`."""
    if not text.isprintable():
        text = _LINE_END.sub("\n", _sequence().sub("", text).replace("\t", " "))
        text = "".join(filter(_wanted, text))
    return _invisible().sub("", text)


def _with_single_spaces(text: str, multiline: bool) -> str:
    if not multiline:
        return _SPACES.sub(" ", text.replace("\n", " ")).strip(" ")
    return "\n".join(_SPACES.sub(" ", line).strip(" ") for line in text.split("\n")).strip("\n")


def _without_piles(signs: re.Match[str]) -> str:
    kept, marks = [], 0
    for character in signs[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MARKS:
            kept.append(character)
    return "".join(kept)


def _composed(text: str) -> str:
    """Text in NFC with at most so many combining marks in a row."""
    text = unicodedata.normalize("NFC", _MANY_SIGNS.sub(_without_piles, text))
    return _MANY_SIGNS.sub(_without_piles, text)


def clean(text: str, *, multiline: bool = False, limit: int = 4000) -> str:
    """Text that is safe to store and to show; cleaning it again changes nothing.

    Control characters and escape sequences, bidi marks, zero-width and other format characters,
    variation selectors, private use, noncharacters and lone surrogates are removed. Tabs and line
    ends become spaces, or stay as `\\n` when `multiline`; runs of spaces become one. The rest is
    composed (NFC), with no more than 30 combining marks in a row; full-width punctuation stays.

    Raises `Problem` when more than `limit` characters are left.
    """
    if text and not _PLAIN.fullmatch(text):
        text = _composed(_with_single_spaces(_without_unwanted(text), multiline))
    if len(text) > limit:
        raise Problem("text.too_long", length=len(text), limit=limit)
    return text


def safe_text(text: str, *, multiline: bool = False) -> str:
    """Cleaned text of any length."""
    return clean(text, multiline=multiline, limit=max(len(text), 1) * 3)


def narrow(text: str) -> str:
    """Text with full-width letters, digits and punctuation as ASCII, character for character."""
    return text if text.isascii() else text.translate(_NARROW)


@lru_cache(maxsize=4096)
def natural_key(number: str) -> str:
    """A key that sorts numbers of items by value where text is compared byte by byte.

    Every run of digits is filled up with zeros to nine places, so that 12-2 follows 12 and
    precedes 13. Longer runs stay as they are.
    """
    return _DIGITS.sub(lambda run: run[0].zfill(_KEY_DIGITS), narrow(number))


_WIDEST = 2
"""Cells that a character takes at most."""

_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")


_SURELY_WIDE = (("、", "】"), ("一", "龥"), ("！", "～"))
"""Ranges of what Chinese text is made of, for which no table of widths need be loaded."""

_SURELY_NARROW = (
    (" ", "~"), ("¡", "¬"), ("®", "ʯ"), ("‐", "‧"), ("‰", "⁞"), ("←", "⋿"), ("─", "◼"),
    ("⠀", "⣿"), ("✓", "✗"),
)  # fmt: skip
"""Ranges of the signs that texts and screens have beside that."""


@cache
def _cells(character: str) -> int:
    if any(first <= character <= last for first, last in _SURELY_WIDE):
        return _WIDEST
    if any(first <= character <= last for first, last in _SURELY_NARROW):
        return 1
    from wcwidth import wcwidth

    return max(0, wcwidth(character))


def width(text: str) -> int:
    """How many terminal cells the text takes; characters of ambiguous width count one."""
    if text.isascii() and text.isprintable():
        return len(text)
    if _FLAG.search(text):  # two of these letters are one flag
        from wcwidth import wcswidth

        return max(0, wcswidth(text))
    return sum(map(_cells, text))


def _fitting(text: str, cells: int) -> str:
    for index, character in enumerate(text):
        cells -= _cells(character)
        if cells < 0:
            return text[:index]
    return text


def shorten(text: str, cells: int, ellipsis: str = "…") -> str:
    """Text that takes at most so many cells, ending in the ellipsis where something was cut.

    A double-width character is never cut in half, so the result may be one cell narrower.
    """
    if len(text) <= cells // _WIDEST or width(text) <= cells:
        return text
    room = cells - width(ellipsis)
    return _fitting(text, room) + ellipsis if room >= 0 else _fitting(ellipsis, cells)


def pad(text: str, cells: int, align: Literal["left", "right"] = "left") -> str:
    """Text filled up with spaces to a width in cells; wider text stays as it is."""
    filling = " " * (cells - width(text))
    return text + filling if align == "left" else filling + text
