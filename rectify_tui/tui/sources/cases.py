"""Rows of cases, in the words of the user."""

from __future__ import annotations

from rectify_tui.domain.fields import CASE
from rectify_tui.store.cases import CaseRow
from rectify_tui.tui.sources.look import REF_CELLS
from rectify_tui.tui.sources.records import FieldColumn, RowStyle, further, with_marks


def complaint_text(style: RowStyle, case: CaseRow) -> str:
    """The complaint, with marks for what was reconstructed or simulated."""
    return with_marks(style.t, case, case.complaint)


_LISTED = (
    FieldColumn(CASE["ref"], REF_CELLS, alone=12, order="number"),
    FieldColumn(CASE["status"], 12),
    FieldColumn(CASE["passed_on"], 10, priority=3),
    FieldColumn(CASE["closed_on"], 10, priority=2),
    FieldColumn(CASE["region"], 10, priority=1),
    FieldColumn(CASE["types"], 10, priority=4),
    FieldColumn(CASE["complaint"], 24, stretch=4, text=complaint_text),
    FieldColumn(CASE["fined_wan"], 10, "right", priority=5),
)

CASE_COLUMNS = (*_LISTED, *further(CASE, _LISTED))
"""The columns of the list of cases."""
