"""Rows of cases, in the words of the user."""

from __future__ import annotations

from rectify_tui.domain.fields import CASE
from rectify_tui.i18n import Language
from rectify_tui.store.cases import CaseRow
from rectify_tui.tui.sources.look import REF_CELLS
from rectify_tui.tui.sources.records import FieldColumn, with_marks


def complaint_text(t: Language, case: CaseRow) -> str:
    """The complaint, with marks for what was reconstructed or simulated."""
    return with_marks(t, case, case.complaint)


CASE_COLUMNS = (
    FieldColumn(CASE["ref"], REF_CELLS, order="number"),
    FieldColumn(CASE["status"], 14),
    FieldColumn(CASE["passed_on"], 10, priority=3),
    FieldColumn(CASE["closed_on"], 10, priority=2),
    FieldColumn(CASE["region"], 12, stretch=1, priority=1),
    FieldColumn(CASE["types"], 10, stretch=1, priority=4),
    FieldColumn(CASE["complaint"], 12, stretch=4, text=complaint_text),
    FieldColumn(CASE["fined_wan"], 10, "right", priority=5),
)
"""The columns of the list of cases."""
