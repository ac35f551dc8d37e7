"""Programmes as a table, with how far each has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from rectify_tui.domain.fields import PROGRAMME, Shown
from rectify_tui.domain.figures import Tally
from rectify_tui.i18n import Language
from rectify_tui.reports import fields, labels
from rectify_tui.reports.table import Table
from rectify_tui.store.programmes import Programme


def programme_table(
    programmes: Iterable[Programme], tallies: Mapping[int, Tally], t: Language, *, as_of: date
) -> Table:
    """All programmes; `tallies` are the lines of a rollup by programme id."""
    shown = PROGRAMME.shown(Shown.LIST)
    cells = fields.cells(PROGRAMME.shown(Shown.EXPORT), t)
    rows = [fields.line(each, cells) | _figures(tallies.get(each.id)) for each in programmes]
    figures = labels.columns(
        t, ("total", "count"), ("completion_rate", "percent"), ("cases_total", "count")
    )
    notes = () if rows else (t("report.nothing"),)
    title = labels.dated(t, t("report.programmes"), as_of)
    return Table(title, fields.columns(shown, t) + figures, rows, notes)


def _figures(tally: Tally | None) -> dict[str, object]:
    return {
        "total": tally.total if tally else 0,
        "completion_rate": tally.completion_rate if tally else None,
        "cases_total": tally.cases_total if tally else 0,
    }
