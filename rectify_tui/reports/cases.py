"""Complaint cases as tables: a list, and everything about one case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rectify_tui.domain.fields import CASE, Shown
from rectify_tui.i18n import Language
from rectify_tui.reports import fields, labels
from rectify_tui.reports.table import Labelled, Table
from rectify_tui.store.cases import CaseRow


def case_table(
    rows: Iterable[CaseRow], t: Language, *, as_of: date, full: bool = False,
    notes: tuple[str, ...] = (),
) -> Table:  # fmt: skip
    """A list of cases; `full` has a column for every field. Fines are shown in 万元.

    Unless `full`, the complaint says first where the line comes from.
    """
    title = labels.dated(t, t("report.cases"), as_of)
    shown = CASE.shown(Shown.EXPORT) if full else CASE.listed()
    cells = fields.cells(shown, t)
    if not full:
        cells |= {"complaint": lambda row: _complaint(row, t)}
    lines = (fields.line(row, cells) for row in rows)
    return Table(title, fields.columns(shown, t), lines, notes)


def _complaint(row: CaseRow, t: Language) -> Labelled:
    return labels.marked(t, row.complaint, reconstructed=row.reconstructed, simulated=row.simulated)


def case_record(row: CaseRow, t: Language) -> dict[str, object]:
    """Everything about a case, for programs."""
    return fields.line(row, fields.cells(CASE.shown(Shown.EXPORT), t))


def case_sheet(row: CaseRow, t: Language) -> Iterable[tuple[str, str]]:
    """Everything about a case as names and values, both as people read them; no empty ones."""
    composed = {
        "complaint": _complaint(row, t).label,
        "status": t("report.since", value=t(f"status.case.{row.status}"), day=row.since),
    }
    return fields.pairs(row, CASE.shown(Shown.DETAILS), t, composed)
