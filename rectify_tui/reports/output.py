"""A table written as text for the terminal, JSON, CSV for spreadsheets, or Markdown."""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from functools import cache
from json.encoder import encode_basestring
from pathlib import PurePath
from typing import Literal, TextIO

from rectify_tui.domain.text import clean, shorten
from rectify_tui.domain.text import width as cells
from rectify_tui.domain.wrapping import wrapped
from rectify_tui.errors import Problem
from rectify_tui.reports.formats import FORMATS, Format
from rectify_tui.reports.table import NUMBERS, Column, Labelled, Table, shown

_NARROWEST = 8
_NARROWEST_NAME = 14
"""The first column says what a line is about."""
_NARROWEST_TITLE = 8
_UNIT = 4
"""Cells that a title may be wider than its figures, so that a unit in brackets stays whole."""
_DECIMALS = 6
_ENCODER = json.JSONEncoder(ensure_ascii=False)
_BY_LINES = json.JSONEncoder(ensure_ascii=False, separators=(",\n    ", ": "))
_PLAIN = frozenset({str, int, bool, type(None)})
"""Values that JSON has as they are, and on one line."""
UNSAFE_IN_JSON = re.compile(
    "[\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_MARKDOWN = re.compile(r"[\\`*_\[\]|~]")


def write(
    table: Table,
    format: Format,
    out: TextIO,
    *,
    width: int | None = None,
    ascii: bool = False,
) -> None:
    """Write a table in one of the formats; no text in it can steer a terminal.

    - `table`: aligned columns under the title, notes below. `width` is that of the terminal in
      cells: text columns give way, the widest first. `ascii` draws with `-` and `|` only.
    - `json`: an array of objects with the rows' keys and raw values; rates have six decimals, dates
      are ISO, missing values null. Invisible and control characters are written as escapes.
    - `csv`: for spreadsheets, so it begins with a byte order mark; `out` must keep the CR LF line
      ends. A text that a spreadsheet would take for a formula gets a leading apostrophe.
    - `md`: a Markdown table in which text is only text.

    JSON and CSV are written row by row. Raises `Problem` for another format.
    """
    if format not in FORMATS:
        raise Problem("table.unknown_format", format=format, known=", ".join(FORMATS))
    if format == "json":
        _write_json(table, out)
    elif format == "csv":
        _write_csv(table, out)
    elif format == "md":
        _write_markdown(table, out)
    else:
        _write_text(table, out, width, "plain" if ascii else "lines")


def safe_text(text: str, *, multiline: bool = False) -> str:
    """Cleaned text of any length."""
    return clean(text, multiline=multiline, limit=max(len(text), 1) * 3)


# --- text ---

_Style = Literal["plain", "lines"]
_GAPS: Mapping[_Style, str] = {"plain": " | ", "lines": "  "}
_RULES: Mapping[_Style, tuple[str, str]] = {"plain": ("-", "-|-"), "lines": ("─", "  ")}
_ELLIPSES: Mapping[_Style, str] = {"plain": "...", "lines": "…"}


def _write_text(table: Table, out: TextIO, room: int | None, style: _Style) -> None:
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


# --- JSON ---


def _write_json(table: Table, out: TextIO) -> None:
    before = "[\n  {"
    for row in table.rows:
        members = escaped(_members(row))
        out.write(f"{before}\n    {members}\n  }}" if members else f"{before}}}")
        before = ",\n  {"
    out.write("[]\n" if before.startswith("[") else "\n]\n")


def _members(row: Mapping[str, object]) -> str:
    """The members of a row, a line each. The encoder is quicker, where it is told enough."""
    values = {key: value.value if type(value) is Labelled else value for key, value in row.items()}
    if _PLAIN.issuperset(map(type, values.values())):
        return _BY_LINES.encode(values)[1:-1]
    return ",\n    ".join([f"{_json_key(str(key))}: {_json(row[key])}" for key in row])


def _json(value: object) -> str:
    """A value as JSON, in which what is unsafe is not escaped yet."""
    kind = type(value)
    if kind is Labelled:
        return _json(value.value)  # type: ignore[attr-defined]  # which it has
    if kind is str:
        return encode_basestring(value)  # type: ignore[arg-type]  # which it is
    if kind is int:
        return str(value)
    return "null" if value is None else _ENCODER.encode(_raw(value))


_json_key = cache(encode_basestring)


_SAFE = re.compile("[\n -~\xb7\u2010-\u2027\u3001-\u3163\u4e00-\u9fff\uff01-\uff5e]*").fullmatch
"""What nearly every row is made of; to see that takes a fifth of looking for what is unsafe."""


def escaped(written: str) -> str:
    """JSON with what cannot be seen, or could steer a terminal, as escapes."""
    if _SAFE(written):
        return written
    return UNSAFE_IN_JSON.sub(lambda found: json.dumps(found[0])[1:-1], written)


def _raw(value: object) -> object:
    """A value as JSON has it. Raises `TypeError` for one that no report should hold."""
    if isinstance(value, (Enum, Labelled)):
        return _raw(value.value)
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return round(value, _DECIMALS) if math.isfinite(value) else None
    if isinstance(value, date):  # a datetime too
        return value.isoformat()
    if isinstance(value, PurePath):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _raw(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_raw(one) for one in value]
    return _raw_rarely(value)


def _raw_rarely(value: object) -> object:
    """What next to no table holds; its modules need not be loaded for all others."""
    from decimal import Decimal
    from uuid import UUID

    if isinstance(value, Decimal):
        return _raw(float(value))
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


# --- CSV ---


def _write_csv(table: Table, out: TextIO) -> None:
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow([_no_formula(column.title) for column in table.columns])
    writer.writerows(_csv_rows(table))


def _csv_rows(table: Table) -> Iterable[list[str]]:
    for row in table.rows:
        yield [_csv_cell(row.get(column.key), column) for column in table.columns]


def _csv_cell(value: object, column: Column) -> str:
    text = shown(value, column.kind)
    is_text = column.kind == "text" or isinstance(value, (str, Labelled))
    return _no_formula(text) if is_text else text


def _no_formula(text: str) -> str:
    """Text with an apostrophe before what a spreadsheet would run: `= + - @`, a tab or a CR."""
    guard = "'" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else ""
    text = safe_text(text, multiline=True)
    return f"'{text}" if guard or text.startswith(("=", "+", "-", "@")) else text


# --- Markdown ---


def _write_markdown(table: Table, out: TextIO) -> None:
    columns = table.columns
    out.write(f"## {markdown_text(safe_text(table.title))}\n\n")
    out.write(_bars(markdown_text(column.title) for column in columns))
    out.write(_bars("---:" if column.kind in NUMBERS else "---" for column in columns))
    out.writelines(
        _bars(markdown_text(shown(row.get(each.key), each.kind)) for each in columns)
        for row in table.rows
    )
    if table.notes:
        out.write("\n")
        out.writelines(f"- {markdown_text(note)}\n" for note in table.notes)


def _bars(cells_of_row: Iterable[str]) -> str:
    return f"| {' | '.join(cells_of_row)} |\n"


def markdown_text(text: str) -> str:
    """Text in which Markdown and HTML find nothing to act on."""
    from html import escape

    text = escape(safe_text(text, multiline=True), quote=False)
    return _MARKDOWN.sub(r"\\\g<0>", text).replace("\n", "<br>")
