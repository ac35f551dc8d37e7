"""A table as aligned columns for a terminal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, TextIO

from rectify_tui.domain.text import safe_text, shorten
from rectify_tui.domain.text import width as cells
from rectify_tui.domain.wrapping import wrapped
from rectify_tui.reports.table import NUMBERS, Column, Table, shown

_NARROWEST = 8
_NARROWEST_NAME = 14
"""The first column says what a line is about."""
_NARROWEST_TITLE = 8
_UNIT = 4
"""Cells that a title may be wider than its figures, so that a unit in brackets stays whole."""

_Style = Literal["plain", "lines"]
_GAPS: Mapping[_Style, str] = {"plain": " | ", "lines": "  "}
_RULES: Mapping[_Style, tuple[str, str]] = {"plain": ("-", "-|-"), "lines": ("─", "  ")}
_ELLIPSES: Mapping[_Style, str] = {"plain": "...", "lines": "…"}


def write_text(table: Table, out: TextIO, room: int | None, *, ascii: bool) -> None:
    """Write the title, aligned columns and the notes.

    Text columns give way, the widest first, until a line takes no more than `room` in cells.
    """
    style: _Style = "plain" if ascii else "lines"
    columns = table.columns
    titles = [[safe_text(column.title) for column in columns]]
    rows = [
        [safe_text(shown(row.get(column.key), column.kind)) for column in columns]
        for row in table.rows
    ]
    if room is not None:
        free = room - cells(_GAPS[style]) * (len(columns) - 1)
        if _width([*titles, *rows]) > free:
            titles = _wrapped_titles(titles[0], rows, columns)
        lines = [*titles, *rows]
        _narrow(lines, columns, free, _ELLIPSES[style])
        titles, rows = lines[: len(titles)], lines[len(titles) :]
    out.write(f"{safe_text(table.title)}\n\n")
    out.write(f"{_aligned(titles, rows, columns, style)}\n")
    if table.notes:
        out.write("\n")
        out.writelines(f"{safe_text(note)}\n" for note in table.notes)


def _width(lines: list[list[str]]) -> int:
    """The cells that columns take together, without what stands between them."""
    return sum(max(map(cells, column)) for column in zip(*lines, strict=True))


def _wrapped_titles(
    titles: list[str], rows: list[list[str]], columns: tuple[Column, ...]
) -> list[list[str]]:
    """Titles in several lines, as narrow as the figures below them need; the last line is full."""
    broken = []
    for at, (title, column) in enumerate(zip(titles, columns, strict=True)):
        below = max((cells(row[at]) for row in rows), default=0)
        room = max(below, _NARROWEST_TITLE)
        number = column.kind in NUMBERS
        broken.append(_title_lines(title, room) if number else [title])
    height = max(map(len, broken), default=1)
    padded = [[""] * (height - len(each)) + each for each in broken]
    return [list(line) for line in zip(*padded, strict=True)]


def _title_lines(title: str, room: int) -> list[str]:
    """A title in lines: what stands in brackets on its own, and no line with a lone character."""
    lines = []
    for part in re.split("(?=（)", title):
        whole = cells(part) <= room + (_UNIT if part.startswith("（") else 0)
        count = 1 if whole else wrapped(part, room).count("\n") + 1
        narrower = range(1, max(room, cells(part)) + 1)
        even = (wrapped(part, each).split("\n") for each in narrower)
        lines += next(each for each in even if len(each) <= count)
    return lines


def _narrow(lines: list[list[str]], columns: tuple[Column, ...], room: int, ellipsis: str) -> None:
    """Shorten text columns in place, always the widest, until all columns fit or none can give."""
    widths = [max(cells(line[at]) for line in lines) for at in range(len(columns))]
    texts = [at for at, column in enumerate(columns) if column.kind == "text"]
    least = {at: _NARROWEST if at else _NARROWEST_NAME for at in texts}
    before = list(widths)
    while sum(widths) > room:
        giving = [at for at in texts if widths[at] > least[at]]
        if not giving:
            break
        widths[max(giving, key=widths.__getitem__)] -= 1
    for at in texts:
        if widths[at] < before[at]:
            for line in lines:
                line[at] = shorten(line[at], widths[at], ellipsis)


def _aligned(
    titles: list[list[str]], rows: list[list[str]], columns: tuple[Column, ...], style: _Style
) -> str:
    """Titles, a rule and rows; titles are rows too, as tabulate gives headers two cells more."""
    from tabulate import SEPARATING_LINE, DataRow, Line, TableFormat, tabulate

    rule, crossing = _RULES[style]
    drawn = tabulate(
        [*titles, SEPARATING_LINE, *rows],
        tablefmt=TableFormat(
            lineabove=None,
            linebelowheader=Line("", rule, crossing, ""),
            linebetweenrows=None,
            linebelow=None,
            headerrow=None,
            datarow=DataRow("", _GAPS[style], ""),
            padding=0,
            with_header_hide=None,
        ),
        colalign=["right" if column.kind in NUMBERS else "left" for column in columns],
        disable_numparse=True,
    )
    return "\n".join(line.rstrip() for line in drawn.split("\n"))
