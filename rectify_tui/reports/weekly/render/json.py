"""The report as JSON: the form in which a published report is kept.

Numbers, texts, truth values and null stay what they are, with all their decimals; days are ISO
texts, lists are lists, and a `Labelled` is an object of its `value` and its `label`.
"""

from __future__ import annotations

import hashlib
import json
import math
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from numbers import Real
from pathlib import PurePath
from typing import TYPE_CHECKING
from uuid import UUID

from rectify_tui.errors import Problem
from rectify_tui.reports.table import Labelled
from rectify_tui.reports.weekly.render.kept_pictures import as_members
from rectify_tui.reports.weekly.render.node import SCHEMA
from rectify_tui.reports.weekly.render.reading import from_data
from rectify_tui.reports.writing.json import escaped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rectify_tui.reports.weekly.model import Chart, Point, Report, Section


def write(report: Report) -> bytes:
    """The report as JSON to be kept or passed on; what cannot be seen is written as escapes."""
    written = json.dumps(as_data(report), ensure_ascii=False, indent=2, allow_nan=False)
    safe = escaped(written)
    return f"{safe}\n".encode()


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
        "sections": [_section(section) for section in report.sections],
        "chart": None if report.chart is None else _chart(report.chart),
        "notes": list(report.notes),
        "digest": report.digest,
        **{name: value for name, value in later.items() if value},
    }


def _point(point: Point) -> dict[str, object]:
    return {
        "key": point.key, "heading": point.heading, "n": point.n, "lines": list(point.lines),
    }  # fmt: skip


def _section(section: Section) -> dict[str, object]:
    table = section.table
    keys = [column.key for column in table.columns]
    later = {"front": section.front, "most": section.most}
    return {
        "key": section.key,
        "heading": section.heading,
        "title": table.title,
        "columns": [
            {"key": column.key, "title": column.title, "kind": column.kind}
            for column in table.columns
        ],
        "rows": [_row(row, keys) for row in table.rows],
        "notes": list(table.notes),
        **{name: value for name, value in later.items() if value},
    }


def _row(row: Mapping[str, object], keys: Sequence[str]) -> dict[str, object]:
    """Values of the columns in their order, then what is for programs by name."""
    further = sorted(set(row).difference(keys))
    return {key: _value(row[key]) for key in (*keys, *further) if key in row}


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
