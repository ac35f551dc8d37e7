"""The published report as data. Every format is rendered from this and from nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from rectify_tui.domain.period import Period, PeriodKind
from rectify_tui.reports.table import Table

__all__ = ["Chart", "Period", "PeriodKind", "Report", "Section", "Series"]


@dataclass(frozen=True)
class Section:
    """One table of the report with its heading. `key` names it whatever the language."""

    key: str
    heading: str
    table: Table


@dataclass(frozen=True)
class Series:
    """Values of a chart by category, with a name for the legend and a tone of status groups."""

    key: str
    name: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class Chart:
    """A stacked bar for each category (a place or a programme): how its items stand."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True)
class Report:
    """What is published: title, cut-off, signing office, prose, tables, chart, notes.

    `language` is `zh` or `en`; `paragraphs` is the prose of the figures in that language, one
    paragraph a programme (or one for all). `digest` is set on a frozen report.
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
