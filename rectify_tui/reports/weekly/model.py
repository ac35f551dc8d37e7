"""The published report as data. Every format is rendered from this and from nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from rectify_tui.domain.period import Period, PeriodKind
from rectify_tui.reports.pictures.drawn_map import DrawnMap
from rectify_tui.reports.pictures.drawn_weeks import BurnUp, Heat
from rectify_tui.reports.table import Table

__all__ = [
    "Anchor",
    "Chart",
    "Period",
    "PeriodKind",
    "Picture",
    "Point",
    "Report",
    "Section",
    "Series",
]


Picture = DrawnMap | BurnUp | Heat
"""What is drawn on the pages after the first."""


class Section(NamedTuple):
    """One table of the report with its heading. `key` names it whatever the language.

    The table of the first page is `front`; what follows are annexes. What is printed shows `most`
    rows (None: all) and says how many more there are, a workbook and whatever is for programs all.
    """

    key: str
    heading: str
    table: Table
    front: bool = False
    most: int | None = None


class Point(NamedTuple):
    """One of the things to look at first: how many of it there are, and some of them in words."""

    key: str
    heading: str
    n: int
    lines: tuple[str, ...]


class Series(NamedTuple):
    """Values of a chart by category, with a name for the legend and a tone of status groups."""

    key: str
    name: str
    values: tuple[float, ...]


class Chart(NamedTuple):
    """A stacked bar for each category (a place or a programme): how its items stand."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]


class Anchor(NamedTuple):
    """The newest row of history that a report was made from: its number and its hash."""

    seq: int
    hash: str


class Report(NamedTuple):
    """What is published: title, cut-off, signing office, prose, tables, chart, notes.

    `language` is `zh` or `en`; `paragraphs` is the prose of the figures in that language, `points`
    what to look at first, `pictures` what comes after the first page, in this order. `history` and
    `digest` are set on a frozen report; `withdrawn` says so of one that was withdrawn since, and is
    no part of what the digest covers.
    """

    language: str
    title: str
    period: Period
    period_name: str
    office: str
    paragraphs: tuple[str, ...]
    sections: tuple[Section, ...]
    chart: Chart | None
    notes: tuple[str, ...]
    digest: str | None = None
    points: tuple[Point, ...] = ()
    history: Anchor | None = None
    withdrawn: str | None = None
    pictures: tuple[Picture, ...] = ()

    def whole(self) -> Report:
        """The same with all rows of its lists read, which a report that was built reads late."""
        sections = (
            each._replace(table=replace(each.table, rows=list(each.table.rows)))
            for each in self.sections
        )
        return self._replace(sections=tuple(sections))

    @property
    def front(self) -> Section | None:
        """The table of the first page."""
        return next((section for section in self.sections if section.front), None)
