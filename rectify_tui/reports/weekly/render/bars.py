"""The picture beside the lines of the first page: of each line, how large a part each group is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rectify_tui.reports.table import Table, shown
from rectify_tui.reports.weekly.model import Chart
from rectify_tui.reports.weekly.render import words


def shares(chart: Chart | None, table: Table) -> list[tuple[float, ...] | None]:
    """For each row of a table the parts of its bar, 0 to 1; None where the chart has no bar for it.

    The chart has its bars in the order of the rows, and calls them the same.
    """
    rows = list(table.rows)
    if chart is None:
        return [None] * len(rows)
    bars = {name: at for at, name in enumerate(chart.categories)}
    return [_parts(chart, bars.get(_name(row))) for row in rows]


def _name(row: Mapping[str, object]) -> str:
    return "" if row.get(words.SUM) else shown(row.get("name"))


def _parts(chart: Chart, at: int | None) -> tuple[float, ...] | None:
    if at is None:
        return None
    values = [max(series.values[at], 0.0) for series in chart.series]
    total = sum(values)
    return tuple(value / total for value in values) if total else None


def in_steps(parts: Sequence[float], steps: int) -> list[int]:
    """The parts in so many equal steps, which they fill; what there is takes one at least."""
    whole = [max(1, int(part * steps)) if part else 0 for part in parts]
    rest = [part * steps - n for part, n in zip(parts, whole, strict=True)]
    while sum(whole) < steps:
        at = max(range(len(whole)), key=rest.__getitem__)
        whole[at] += 1
        rest[at] -= 1
    while sum(whole) > steps:
        at = max(range(len(whole)), key=whole.__getitem__)
        whole[at] -= 1
    return whole
