"""The public case sheet (办理情况公开表): what was complained of, found and done, case by case.

Its columns are those of the sheets that provinces publish of the cases handed on to them. Who
complained is never in it; what texts say of people is masked unless the office asks otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from rectify_tui.domain.fields import CASE
from rectify_tui.domain.masking import masked
from rectify_tui.domain.period import Period, PeriodKind
from rectify_tui.i18n import Language
from rectify_tui.reports import fields, labels
from rectify_tui.reports.table import Column, Kind, Table, shown
from rectify_tui.reports.weekly.model import Report, Section
from rectify_tui.store.cases import CaseRow

FORMATS = ("xlsx", "docx", "html")
"""The formats of the sheet; files end in their names."""

_FIELDS = (
    "number", "complaint", "region", "types", "findings", "substantiated", "measures", "status",
)  # fmt: skip
_FREE = frozenset({"complaint", "findings", "measures"})
"""Fields in which people write what they like."""
_COUNTS = (
    "ordered", "fined_wan", "investigated", "detained_administrative", "detained_criminal",
    "interviewed", "held_accountable",
)  # fmt: skip


def case_sheet_report(
    rows: Iterable[CaseRow], t: Language, *, day: date, office: str, batch: str | None = None,
    unmasked: bool = False,
) -> Report:  # fmt: skip
    """The sheet of cases as of a day, as a report that every format is written from."""
    rows = list(rows)
    lines = [_line(n, row, t, unmasked=unmasked) for n, row in enumerate(rows, 1)]
    columns = [Column("serial", t("case_sheet.column.serial"), "count")]
    columns += [Column(name, _title(name, t), _kind(name)) for name in _FIELDS]
    if any(line["penalties"] for line in lines):
        columns.append(Column("penalties", t("case_sheet.column.penalties")))
    note = t("case_sheet.note.unmasked" if unmasked else "case_sheet.note.masked")
    table = Table(t("case_sheet.heading"), tuple(columns), lines, ())
    title = t("case_sheet.title_of_batch", batch=batch) if batch else t("case_sheet.title")
    closed = sum(row.status == "closed" for row in rows)
    interim = sum(row.status == "interim" for row in rows)
    text = t(
        "case_sheet.text", n=len(rows), closed=closed, interim=interim,
        open=len(rows) - closed - interim,
    )  # fmt: skip
    period = Period(PeriodKind.WEEK, _first(rows, day), day)
    return Report(
        t.code, title, period, batch or "", office, (text,),
        (Section("cases", t("case_sheet.heading"), table),), None, (note,),
    )  # fmt: skip


def _first(rows: Iterable[CaseRow], day: date) -> date:
    """The day on which the first of the cases was passed on."""
    days = [row.passed_on for row in rows if row.passed_on]
    return min(date.fromisoformat(min(days)), day) if days else day


def _title(name: str, t: Language) -> str:
    return t("case_sheet.column.number") if name == "number" else fields.title(CASE[name], t)


def _kind(name: str) -> Kind:
    return fields.column_kind(CASE[name])


def _line(n: int, row: CaseRow, t: Language, *, unmasked: bool) -> dict[str, object]:
    known = (row.complainant, row.complainant_phone, row.complainant_address)
    hide: Callable[[str], str] = str if unmasked else lambda text: masked(text, known)
    cells: Mapping[str, fields.Cell] = {name: fields.cell(CASE[name], t) for name in _FIELDS}
    line: dict[str, object] = {"serial": n}
    for name, cell in cells.items():
        line[name] = hide(shown(cell(row))) if name in _FREE else cell(row)
    return line | {"penalties": _penalties(row, t)}


def _penalties(row: CaseRow, t: Language) -> str:
    """What was ordered, fined and who was held to account, in a sentence; empty without any."""
    return labels.joined(
        t,
        [
            t(f"case_sheet.penalty.{name}", n=shown(fields.cell(CASE[name], t)(row)))
            for name in _COUNTS
            if row[CASE[name]]
        ],
    )
