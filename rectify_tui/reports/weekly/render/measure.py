"""How much room the columns of a table want, in cells: a Chinese character takes two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from rectify_tui.domain.text import width
from rectify_tui.reports.table import NUMBERS, Column, Table
from rectify_tui.reports.weekly.render import words

_SHORTEST_TITLE = 4
_LONG_TITLE = 8
_NARROWEST_TEXT = 12
_WIDEST_NUMBER = 24
_LONGEST_CODE, _CAPITALS = 20, 1.2
_BOLD = 1.1  # how much wider letters of a heading are
_WIDE_SIGN = 1  # the per-cent sign is nearly as wide as two digits


@dataclass(frozen=True)
class Room:
    """The widths that become a column, widest first.

    The first breaks no value, and a title once at most. The others break texts further, and titles
    between their words; they break no number and no day.
    """

    widths: tuple[int, ...]

    @property
    def want(self) -> int:
        """The width in which no value is broken, in cells."""
        return self.widths[0]

    @property
    def least(self) -> int:
        """The width below which numbers, days or words would be broken."""
        return self.widths[-1]


def rooms(table: Table) -> list[Room]:
    """The room for each column."""
    contents = [0] * len(table.columns)
    codes = [True] * len(table.columns)
    for row in table.rows:
        for at, column in enumerate(table.columns):
            text = words.cell(row, column)
            contents[at] = max(contents[at], *map(width, text.split("\n")))
            codes[at] = codes[at] and (text.isascii() or bool(row.get(words.SUM)))
    return list(map(_room, table.columns, contents, codes))


def _room(column: Column, content: int, code: bool) -> Room:
    titles = _title_widths(words.line(column.title))
    content += _WIDE_SIGN if column.kind == "percent" and content else 0
    if (column.kind in NUMBERS or column.kind == "date") and content <= _WIDEST_NUMBER:
        return Room(tuple(dict.fromkeys(max(content, title) for title in titles)))
    least = titles[-1]
    if code and content <= _LONGEST_CODE:  # a reference is one word, and capitals are wide
        least = content = ceil(content * _CAPITALS)
    want = max(content, titles[0])
    least = max(least, min(want, _NARROWEST_TEXT))
    return Room(tuple(range(want, least - 1, -1)))


def _title_widths(title: str) -> list[int]:
    """Widths in which a title breaks between words; a long one begins with two lines."""
    pieces = title_pieces(title)
    longest = max([width(piece.rstrip()) for piece in pieces] + [_SHORTEST_TITLE])
    if title.isascii():
        return [ceil(longest * _BOLD)]
    layouts = (broken(title, room) for room in range(width(title), longest - 1, -1))
    wide = dict.fromkeys(max(map(width, layout.split("\n"))) for layout in layouts)
    short = [each for each in wide if each <= _LONG_TITLE or "\n" in broken(title, each)]
    return [max(each, _SHORTEST_TITLE) for each in short] or [longest]


_WORDS = (
    "与平均比", "百分点", "按序时", "按计划", "比上期", "不属实", "到期日", "登记人", "登记日",
    "阶段性", "起始日", "启动日", "且办结", "任务数", "生效日", "完成率", "完成数", "未兑现",
    "未到期", "下一步", "已兑现", "已办结", "已完成", "办结率", "未办结", "未完成", "责任人",
    "联系人", "滞后自",
)  # fmt: skip
"""Words of headings that are not two characters long; the rest is taken to be of two each."""
_HAN = "\u3400-\u9fff"
_PIECE = re.compile(rf"（[^）]*）\s?|(?:{'|'.join(_WORDS)})\s?|[{_HAN}]\s?|[^\s{_HAN}（]+\s?|（|\s")


def title_pieces(title: str) -> list[str]:
    """The words of a heading, each with the space after it, between which it may break."""
    pieces: list[str] = []
    run = ""
    for piece in [*_PIECE.findall(title), ""]:
        han = re.match(f"[{_HAN}]", piece) and len(piece.rstrip()) == 1
        if han:
            run += piece.rstrip()
        if not han or piece != piece.rstrip():
            pieces += _pairs(run)
            run = ""
        if not han and piece:
            pieces.append(piece)
        elif piece != piece.rstrip():
            pieces[-1] += " "
    return pieces


def _pairs(run: str) -> list[str]:
    """Characters in twos, the last of an odd number in a three."""
    if len(run) < 2:
        return [run] if run else []
    pairs = [run[at : at + 2] for at in range(0, len(run) - 1, 2)]
    if len(run) % 2:
        pairs[-1] += run[-1]
    return pairs


def broken(title: str, room: float) -> str:
    """A heading in lines of at most so many cells, as far as its words allow."""
    lines: list[str] = []
    for piece in title_pieces(title):
        if lines and width((lines[-1] + piece).rstrip()) <= room:
            lines[-1] += piece
        else:
            lines.append(piece)
    return "\n".join(line.rstrip() for line in lines)


def lines_needed(text: str, room: int) -> int:
    """About how many lines a text takes in so many cells."""
    return sum(max(1, ceil(width(line) / room)) for line in text.split("\n"))


def narrowed(columns: Sequence[Room], room: float) -> list[int]:
    """Widths that fit the room: what is wanted, or less of it, down to the least.

    What gives way is what then breaks into the fewest lines, so that rows stay low.
    """
    steps = [0] * len(columns)

    def wide(at: int) -> int:
        return columns[at].widths[steps[at]]

    while sum(map(wide, range(len(columns)))) > room:
        giving = [at for at, column in enumerate(columns) if steps[at] + 1 < len(column.widths)]
        if not giving:
            break
        steps[min(giving, key=lambda at: columns[at].want / columns[at].widths[steps[at] + 1])] += 1
    return [wide(at) for at in range(len(columns))]


def fitted(columns: Sequence[Room], room: float) -> list[float]:
    """Widths that fill the room: all grow alike, or give way as in `narrowed` and then alike."""
    widths = narrowed(columns, room)
    return [wide * room / sum(widths) for wide in widths]
