"""Breaking sentences into lines where Chinese, too, fills the line."""

from __future__ import annotations

import re

from rectify_tui.domain.text import width

_WIDE, _NOT_FIRST = "\u2e80-\uffef", "[，。、；：！？）」》”]*"
_PIECES = re.compile(rf" +|\n|[{_WIDE}]{_NOT_FIRST}|[^\s{_WIDE}]+{_NOT_FIRST}")
"""Spaces, a wide character or a word, each with the signs that must not begin a line."""


def wrapped(text: str, cells: int) -> str:
    """Text in lines of at most so many cells, broken at spaces and between Chinese characters.

    A word that is wider than a line stays whole. Without room the text stays as it is.
    """
    if cells <= 0:
        return text
    lines = [""]
    for piece in _PIECES.findall(text):
        if piece == "\n" or width(lines[-1] + piece.rstrip(" ")) > cells:
            lines[-1] = lines[-1].rstrip(" ")
            lines.append("")
        if lines[-1] or not piece.isspace():
            lines[-1] += piece
    return "\n".join(lines)
