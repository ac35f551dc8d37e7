"""The report as JSON: the form in which a published report is kept.

Numbers, texts, truth values and null stay what they are, with all their decimals; days are ISO
texts, lists are lists, and a `Labelled` is an object of its `value` and its `label`.
"""

from __future__ import annotations

import json
import math
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from json.encoder import encode_basestring
from numbers import Real
from pathlib import PurePath
from typing import TYPE_CHECKING
from uuid import UUID

from rectify_tui.errors import Problem
from rectify_tui.reports.table import Labelled, Table
from rectify_tui.reports.weekly.render.kept_pictures import as_members
from rectify_tui.reports.weekly.render.node import SCHEMA
from rectify_tui.reports.weekly.render.reading import from_data
from rectify_tui.reports.writing.json import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rectify_tui.reports.weekly.model import Chart, Point, Report, Section

_key = cache(encode_basestring)


def pieces(report: Report) -> Iterator[bytes]:
    """The report as JSON to be kept or passed on; what cannot be seen is written as escapes.

    It is `as_data` with an indent of two. Rows are written as they are read, one after another.
    """
    return (escaped(piece).encode() for piece in _report_written(report))


def _report_written(report: Report) -> Iterator[str]:
    data = as_data(report._replace(sections=()))
    sections = _list((_section_written(each) for each in report.sections), 1)
    return _object(data, "sections", sections, 0, "\n")


def _section_written(section: Section) -> Iterator[str]:
    keys = [column.key for column in section.table.columns]
    rows = _list(([_row_written(row, keys)] for row in section.table.rows), 3)
    return _object(_section(section, []), "rows", rows, 2)


def _object(
    data: Mapping[str, object], late: str, pieces: Iterable[str], depth: int, end: str = ""
) -> Iterator[str]:
    """An object at a depth of indents, of which one member is written in pieces."""
    before = "{"
    for name, value in data.items():
        yield f"{before}{_line(depth + 1)}{_key(name)}: "
        if name == late:
            yield from pieces
        else:
            yield _indented(value, depth + 1)
        before = ","
    yield f"{_line(depth)}}}{end}"


def _list(members: Iterable[Iterable[str]], depth: int) -> Iterator[str]:
    """A list at a depth of indents, whose members are written in pieces."""
    before = "["
    for member in members:
        yield f"{before}{_line(depth + 1)}"
        yield from member
        before = ","
    yield "[]" if before == "[" else f"{_line(depth)}]"


def _line(depth: int) -> str:
    return "\n" + "  " * depth


def _indented(value: object, depth: int) -> str:
    written = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return written.replace("\n", _line(depth))


_CELL = 5
"""The depth of the cells of a row."""
_BEFORE, _INSIDE, _AFTER = _line(_CELL), _line(_CELL + 1), _line(_CELL - 1)


def _row_written(row: Mapping[str, object], keys: Sequence[str]) -> str:
    cells = [f"{_BEFORE}{_key(key)}: {_cell(row[key])}" for key in _in_order(row, keys)]
    return f"{{{','.join(cells)}{_AFTER}}}" if cells else "{}"


def _cell(value: object) -> str:
    """A cell of a row; what nearly every one is goes by the short way."""
    kind = type(value)
    if kind is Labelled:
        kept, label = value.value, value.label  # type: ignore[attr-defined]  # which it has
        if type(kept) in _PLAIN:
            label = encode_basestring(label)
            return f'{{{_INSIDE}"value": {_plain(kept)},{_INSIDE}"label": {label}{_BEFORE}}}'
    return _plain(value) if kind in _PLAIN else _indented(_value(value), _CELL)


_PLAIN = frozenset({str, int, bool, type(None)})


def _plain(value: object) -> str:
    if type(value) is str:
        return encode_basestring(value)
    if value is None:
        return "null"
    return str(value) if type(value) is int else "true" if value else "false"


def from_json(text: str | bytes) -> Report:
    """The report that `write` wrote. Raises `Problem` for anything else, naming the place."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise Problem("render.not_a_report", where="$", schema=SCHEMA) from None
    return from_data(data)


def digest(report: Report) -> str:
    """SHA-256 in hexadecimal over the report's JSON without its digest.

    Nor does it cover that the report was withdrawn since. The members are sorted by name, without
    spaces, all but ASCII as escapes: in Python `json.dumps(data, sort_keys=True,
    separators=(",", ":"))`. So whoever has the JSON can check it.
    """
    import hashlib  # which takes 3 ms, and is needed for frozen reports alone

    data = as_data(report)
    for name in ("digest", "withdrawn"):
        data.pop(name, None)
    canonical = json.dumps(data, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def as_data(report: Report) -> dict[str, object]:
    """The report as plain data. Raises `TypeError` for a value that no report should hold.

    Members that came later than others are left out where they say nothing: so the digest of a
    report from before stays what it was.
    """
    period, anchor = report.period, report.history
    later: dict[str, object] = {
        "points": [_point(point) for point in report.points],
        "history": None if anchor is None else {"seq": anchor.seq, "hash": anchor.hash},
        "withdrawn": report.withdrawn,
        **as_members(report.pictures),
    }
    return {
        "schema": SCHEMA,
        "language": report.language,
        "title": report.title,
        "period": {
            "kind": period.kind.value,
            "first": period.first.isoformat(),
            "cutoff": period.cutoff.isoformat(),
            "name": report.period_name,
        },
        "office": report.office,
        "paragraphs": list(report.paragraphs),
        "sections": [_section(each, _rows(each.table)) for each in report.sections],
        "chart": None if report.chart is None else _chart(report.chart),
        "notes": list(report.notes),
        "digest": report.digest,
        **{name: value for name, value in later.items() if value},
    }


def _point(point: Point) -> dict[str, object]:
    return {
        "key": point.key, "heading": point.heading, "n": point.n, "lines": list(point.lines),
    }  # fmt: skip


def _rows(table: Table) -> list[dict[str, object]]:
    keys = [column.key for column in table.columns]
    return [row_as_data(row, keys) for row in table.rows]


def _section(section: Section, rows: list[dict[str, object]]) -> dict[str, object]:
    table = section.table
    later = {"front": section.front, "most": section.most}
    return {
        "key": section.key,
        "heading": section.heading,
        "title": table.title,
        "columns": [
            {"key": column.key, "title": column.title, "kind": column.kind}
            for column in table.columns
        ],
        "rows": rows,
        "notes": list(table.notes),
        **{name: value for name, value in later.items() if value},
    }


def row_as_data(row: Mapping[str, object], keys: Sequence[str]) -> dict[str, object]:
    """A row as plain data, of a table with columns of these keys."""
    return {key: _value(row[key]) for key in _in_order(row, keys)}


def _in_order(row: Mapping[str, object], keys: Sequence[str]) -> list[str]:
    """Values of the columns in their order, then what is for programs by name."""
    return [*(key for key in keys if key in row), *sorted(row.keys() - keys)]


def _chart(chart: Chart) -> dict[str, object]:
    return {
        "title": chart.title,
        "categories": list(chart.categories),
        "series": [
            {
                "key": series.key,
                "name": series.name,
                "values": [_whole(float(value)) for value in series.values],
            }
            for series in chart.series
        ],
    }


def _whole(value: float) -> float | int:
    return int(value) if value.is_integer() else value


def _value(value: object) -> object:
    if isinstance(value, Labelled):
        return {"value": _value(value.value), "label": value.label}
    if isinstance(value, Enum):
        return _value(value.value)
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (Real, Decimal)):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (UUID, PurePath)):
        return str(value)
    if isinstance(value, (list, tuple)):
        return [_value(one) for one in value]
    raise TypeError(f"no JSON for {type(value).__name__}")
