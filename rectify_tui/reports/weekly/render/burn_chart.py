"""The burn-up as a chart of office programs, over the cells of a sheet.

Weeks that have passed are columns of groups, one on another and without a gap between them. Those
to come have a column that nobody sees as high as the band begins, and on it the band; the middle is
a line, and the deadline a point that hangs from the top to the bottom.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from rectify_tui.i18n import Language
from rectify_tui.reports.pictures.drawn_weeks import BurnUp
from rectify_tui.reports.table import Kind
from rectify_tui.reports.weekly.model import Series
from rectify_tui.reports.weekly.render import words
from rectify_tui.reports.weekly.render.tones import Tone, tones

_DATES = 9
_BAND = {"pattern": "wide_upward_diagonal", "fg_color": "#5B8FC4", "bg_color": "#F4F8FC"}
_MIDDLE, _DEADLINE, _GRID = "#17497F", "#C2410C", "#DFE3E7"


def titles(found: BurnUp, t: Language) -> list[str]:
    """The headings of the cells: the week, each group, and what is expected where anything is."""
    names = [t("render.week"), *(words.line(stack.name) for stack in found.stacks)]
    if found.expected:
        names += [t(f"render.expected.{key}") for key in ("low", "width", "middle", "high")]
    if found.deadline is not None:
        names.append(words.line(found.words.deadline))
    return names


def kinds(found: BurnUp, t: Language) -> list[Kind]:
    """What is in the cells."""
    first: list[Kind] = ["date"]
    return first + ["count"] * (len(titles(found, t)) - 1)


def rows(found: BurnUp) -> Iterator[list[object]]:
    """The cells: a row for each week that has passed, and for each to come."""
    for at, week in enumerate(found.weeks):
        yield [week, *(stack.counts[at] for stack in found.stacks), *_to_come(found, None)]
    for week in found.coming_weeks:
        yield [week, *(None for _ in found.stacks), *_to_come(found, week)]


def _to_come(found: BurnUp, week: date | None) -> Iterator[object]:
    """What is expected in a week to come, and the top of the chart where all is due in it."""
    if found.expected:
        each = found.expected_on(week) if week else None
        yield from (each.low, each.high - each.low, each.middle, each.high) if each else [None] * 4
    if found.deadline is not None:
        yield found.edges[1] if week == _week_of(found, found.deadline) else None


def _week_of(found: BurnUp, day: date) -> date:
    return next(week for week in found.coming_weeks if week >= day)


def drawn(book: Any, sheet: str, found: BurnUp, t: Language, first: int) -> Any:
    """The chart, over a sheet whose rows of cells begin with the one numbered `first`.

    `book` is a workbook of xlsxwriter; names are taken from the cells above, never read as code.
    """
    return _Chart(book, sheet, found, t, first).drawn()


class _Chart:
    def __init__(self, book: Any, sheet: str, found: BurnUp, t: Language, first: int) -> None:
        self.book = book
        self.sheet = sheet
        self.found = found
        self.t = t
        self.first = first
        self.last = first + len(found.weeks) + len(found.coming_weeks) - 1
        self.low, self.high = found.edges

    def drawn(self) -> Any:
        columns = self.book.add_chart({"type": "column", "subtype": "stacked"})
        groups = [Series(stack.group.value, "", ()) for stack in self.found.stacks]
        for at, tone in enumerate(tones(groups), 1):
            columns.add_series({**self._cells(at), "gap": 0, **_filling(tone)})
        at = len(groups) + 1
        hidden = []
        lines = self.book.add_chart({"type": "line"})
        if self.found.expected:
            hidden = [len(groups)]
            columns.add_series({**self._cells(at), "gap": 0, "fill": {"none": True}})
            columns.add_series({**self._cells(at + 1), "gap": 0, "pattern": _BAND})
            lines.add_series({**self._cells(at + 2), "line": {"color": _MIDDLE, "width": 2.25}})
            at += 4
        if self.found.deadline is not None:
            lines.add_series({**self._cells(at), **self._hanging(self.found.deadline)})
        if self.found.expected or self.found.deadline:
            columns.combine(lines)
        self._dress(columns, hidden)
        return columns

    def _cells(self, at: int) -> dict[str, object]:
        return {
            "name": [self.sheet, self.first - 1, at],
            "categories": [self.sheet, self.first, 0, self.last, 0],
            "values": [self.sheet, self.first, at, self.last, at],
        }

    def _hanging(self, deadline: date) -> Mapping[str, object]:
        line = {"color": _DEADLINE, "width": 1.75, "dash_type": "dash"}
        weeks = self.found.coming_weeks
        coming = weeks.index(_week_of(self.found, deadline))
        at = len(self.found.weeks) + coming
        side = "left" if coming * 2 > len(weeks) else "right"
        labels: Sequence[object] = [*({"delete": True} for _ in range(at)),
                                    {"value": deadline.isoformat()}]  # fmt: skip
        return {
            "line": {"none": True},
            "marker": {"type": "diamond", "size": 6, "fill": {"color": _DEADLINE},
                       "border": {"color": _DEADLINE}},
            "y_error_bars": {"type": "fixed", "value": self.high - self.low, "direction": "minus",
                             "end_style": 0, "line": line},
            "data_labels": {"value": True, "position": side, "custom": labels,
                            "font": {"bold": True, "color": _DEADLINE}},
        }  # fmt: skip

    def _dress(self, chart: Any, hidden: Sequence[int]) -> None:
        font = {"name": self.t("render.font"), "size": 9}
        bare = {"num_font": font, "major_tick_mark": "none", "minor_tick_mark": "none"}
        every = -(-(self.last - self.first + 1) // _DATES)
        chart.set_title({"none": True})
        chart.set_legend({"position": "top", "font": font, "delete_series": list(hidden)})
        chart.set_x_axis({
            "text_axis": True, "num_format": "yyyy-mm-dd", "interval_unit": every,
            "interval_tick": every, **bare,
        })  # fmt: skip
        chart.set_y_axis({
            "min": self.low, "num_format": "#,##0", **bare,
            "major_gridlines": {"visible": True, "line": {"color": _GRID}},
        })  # fmt: skip


def _filling(tone: Tone) -> dict[str, object]:
    if not tone.pattern:
        return {"fill": {"color": tone.ground}}
    return {"pattern": {"pattern": tone.pattern, "fg_color": tone.ink, "bg_color": tone.ground}}
