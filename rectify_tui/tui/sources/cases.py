"""Rows of cases, in the words of the user."""

from __future__ import annotations

from collections.abc import Sequence

from rectify_tui.i18n import Language
from rectify_tui.reports.labels import wan
from rectify_tui.store.cases import CaseList, CaseRow
from rectify_tui.tui.sources.look import REF_CELLS, short_ref, status_cell
from rectify_tui.tui.widgets.table.source import Cell, Column, Row


def case_columns(t: Language) -> tuple[Column, ...]:
    """The columns of the list of cases. A column's key names its order, where it has one."""
    return (
        Column("number", t("tui.column.case"), REF_CELLS),
        Column("status", t("tui.column.state"), 14),
        Column("passed", t("tui.column.passed"), 10, priority=3),
        Column("closed", t("tui.column.closed"), 10, priority=2),
        Column("region", t("tui.column.region"), 12, stretch=1, priority=1),
        Column("types", t("tui.column.types"), 10, stretch=1, priority=4),
        Column("complaint", t("tui.column.complaint"), 12, stretch=4),
        Column("fined", t("tui.column.fined"), 10, "right", priority=5),
    )


class CaseSource:
    """The rows of a list of cases."""

    def __init__(self, cases: CaseList, t: Language, *, ascii: bool) -> None:
        self.cases = cases
        self.t = t
        self.ascii = ascii

    def count(self) -> int:
        """How many cases there are."""
        return self.cases.count()

    def position(self, key: int) -> int | None:
        """The index of a case."""
        return self.cases.position(key)

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        """Cases by index, as the table draws them."""
        return [self._row(case) for case in self.cases.rows(start, stop)]

    def _row(self, case: CaseRow) -> Row:
        cells: dict[str, str | Cell] = {
            "number": short_ref(case.ref, REF_CELLS, self.t("tui.sign.cut")),
            "status": status_cell(self.t, "case", case.status, ascii=self.ascii),
            "passed": case.passed_on or "",
            "closed": case.closed_on or "",
            "region": region_text(self.t, case),
            "types": types_text(self.t, case),
            "complaint": complaint_text(self.t, case),
            "fined": fine_text(case),
        }
        return Row(case.id, cells)


def region_text(t: Language, case: CaseRow) -> str:
    """The regions of a case."""
    zh = t.code == "zh"
    return ("、" if zh else ", ").join(case.regions if zh else case.regions_en)


def fine_text(case: CaseRow) -> str:
    """The fine in 万元, exact to the yuan."""
    return wan(case.fined_yuan)


def types_text(t: Language, case: CaseRow) -> str:
    """The pollution types of a case."""
    names = [t(f"case.type.{name}") for name in (case.types or "").split(",") if name]
    return ("、" if t.code == "zh" else ", ").join(names)


def complaint_text(t: Language, case: CaseRow) -> str:
    """The complaint, with marks for what was reconstructed or simulated."""
    marks = []
    if case.reconstructed:
        marks.append(t("tui.reconstructed"))
    if case.simulated:
        marks.append(t("tui.simulated"))
    mark = f"[{' '.join(marks)}] " if marks else ""
    return (mark + case.complaint).replace("\n", " ").strip()
