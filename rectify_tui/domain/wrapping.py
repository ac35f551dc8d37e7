"""Breaking sentences into lines where Chinese, too, fills the line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rectify_tui.domain.text import width

_WIDE = "\u2e80-\uffef\U00020000-\U0003fffd"
_SPACE = " \\t\u3000"
CLOSING = "，。、；：！？）］｝〕】〗》〉」』”’…·—％～,.;:!?)]}%‰°℃"
"""Signs that begin no line."""
_OPENING = "（［｛〔【〖《〈「『“‘(["
_CLOSERS = f"(?:[{_SPACE}]*[{re.escape(CLOSING)}])*"
_COUNTED = "天周项件份个次行批号人家分"
"""What may be counted after a blank."""
_FIGURE = (
    rf"[+\-±−]?\d[\d.,:/\-]*(?:[{_SPACE}]?[%％‰])?(?:个百分点|[{_SPACE}]?[{_COUNTED}]|[{_WIDE}])?"
)
"""A number with the sign before it and what it counts, as far as one character says so."""


@cache
def _piece() -> re.Pattern[str]:
    """What lines are made of. Compiling it takes 10 ms, which few commands need."""
    return re.compile(
        rf"\n|[{_SPACE}]+(?![{_SPACE}{re.escape(CLOSING)}])"
        rf"|[{re.escape(_OPENING)}]*(?:{_FIGURE}|[{_WIDE}]|[^\n{_SPACE}{_WIDE}]+|.){_CLOSERS}",
        re.DOTALL,
    )


_HAN = (("\u3400", "\u9fff"), ("\U00020000", "\U0003fffd"))
_CLAUSE_END = tuple("，、。；：！？,;:!?")


def wrapped(text: str, cells: int) -> str:
    """Text in lines of at most so many cells, broken at spaces and between Chinese characters.

    A word or a number with its unit that is wider than a line stays whole, and so does a clause
    with a figure in it that takes at most half a line; of a longer one the characters before the
    figure do, as many as take half a line: what is counted stays beside its count.
    Without room the text stays as it is. Nothing but spaces where a line breaks is lost.
    """
    if cells <= 0 or _is_a_line(text, cells):
        return text
    lines = [""]
    for piece in _with_counts(_piece().findall(text), cells // 2):
        full = lines[-1] and width(lines[-1] + piece.rstrip()) > cells
        if piece == "\n" or full:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        if lines[-1] or not piece.isspace():
            lines[-1] += piece
    return "\n".join(lines)


def _is_a_line(text: str, cells: int) -> bool:
    """Whether a text is one line as it is; most are, and need not be taken apart."""
    return "\n" not in text and not text[:1].isspace() and width(text) <= cells


def _with_counts(pieces: list[str], room: int) -> Iterator[str]:
    """The pieces, those of a clause with a figure as one where they take no more than the room."""
    clause: list[str] = []
    for piece in pieces:
        if not piece.isspace():
            clause.append(piece)
        if piece.isspace() or piece.endswith(_CLAUSE_END):
            yield from _clause(clause, room)
            clause = []
        if piece.isspace():
            yield piece
    yield from _clause(clause, room)


def _clause(pieces: list[str], room: int) -> list[str]:
    text = "".join(pieces)
    if not any(character.isdigit() for character in text):
        return pieces
    return [text] if width(text.rstrip()) <= room else _counts_with_words(pieces, room)


def _counts_with_words(pieces: list[str], room: int) -> list[str]:
    """The pieces, each figure as one with the characters right before it that the room allows."""
    joined: list[str] = []
    for piece in pieces:
        if any(character.isdigit() for character in piece):
            while joined and _is_han(joined[-1]) and width(joined[-1] + piece) <= room:
                piece = joined.pop() + piece
        joined.append(piece)
    return joined


def _is_han(piece: str) -> bool:
    """Whether a piece is one Chinese character."""
    return len(piece) == 1 and any(first <= piece <= last for first, last in _HAN)
