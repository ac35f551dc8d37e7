"""Help pages laid out by terminal cells, since click counts a Chinese character as one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import click

from rectify_tui.domain.text import pad, width

_WIDE = (
    r"\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
)
_OPENING = "（《〈「『【“‘"
_CLOSING = "。，、；：？！）》〉」』】”’…"


@cache
def _piece() -> re.Pattern[str]:
    """What is never broken; only pages of help need it."""
    return re.compile(
        rf"\[[^\[\]\n]{{1,20}}\][{_CLOSING}]*"
        rf"|[{_OPENING}]*(?:[^\s{_WIDE}{_OPENING}{_CLOSING}]+|[{_WIDE}])[{_CLOSING}]*"
        rf"|[{_OPENING}{_CLOSING}]+|\s+"
    )


def wrap(text: str, cells: int) -> list[str]:
    """Lines of at most so many cells, broken at spaces and between Chinese characters.

    No line begins with closing punctuation or ends with an opening one. A word that is longer than
    a line gets one of its own.
    """
    lines, line = [], ""
    for piece in _piece().findall(text):
        if line and width(line + piece.rstrip()) > cells:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


class HelpFormatter(click.HelpFormatter):
    """click's formatter with widths in cells; headings bring their own colon."""

    def write_heading(self, heading: str) -> None:
        """Write a heading as it is."""
        self.write(f"{'':>{self.current_indent}}{heading}\n")

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line, its arguments in a column of their own."""
        start = f"{prefix or ''}{prog} "
        room = max(self.width - width(start), 20)
        self.write(start + f"\n{' ' * width(start)}".join(wrap(args, room)) + "\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs, which blank lines separate."""
        indent = " " * self.current_indent
        paragraphs = (
            "".join(f"{indent}{line}\n" for line in wrap(paragraph, self.width - len(indent)))
            for paragraph in text.split("\n\n")
        )
        self.write("\n".join(paragraphs))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write terms on the left, and what they mean on the right."""
        rows = list(rows)
        left = min(max(width(term) for term, _ in rows), col_max) + col_spacing
        indent = " " * self.current_indent
        start = indent + " " * left
        room = max(self.width - width(start), 10)
        for term, meaning in rows:
            lines = [line for part in meaning.split("\n") for line in wrap(part, room)]
            if width(term) + col_spacing > left:
                self.write(f"{indent}{term}\n{start}")
            else:
                self.write(indent + pad(term, left))
            self.write(f"\n{start}".join(lines) + "\n")
