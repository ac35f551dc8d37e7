"""The sections of the report and their columns: all that there are, and those shown by default."""

from __future__ import annotations

from collections.abc import Mapping

from rectify_tui.domain.mark import Mark
from rectify_tui.domain.status import Group, Status
from rectify_tui.reports.table import Kind
from rectify_tui.reports.weekly import item_columns

STATUSES, GROUPS, TYPES = "statuses", "groups", "types"
"""Words that stand for several columns: each status, group or pollution type that occurs."""
SEVERAL = frozenset({STATUSES, GROUPS, TYPES})

FRONT = "progress"
"""The section of the first page."""

_PROGRESS: Mapping[str, Kind] = {
    "key": "text", "name": "text", "total": "count", STATUSES: "count", GROUPS: "count",
    **{status.value: "count" for status in Status},
    **{f"group_{group}": "count" for group in Group},
    "completion_rate": "percent", "completed_change": "count", "rate_change": "points",
    "rank_by_rate": "count", "rank_by_count": "count", "against_average": "text",
    **{mark.value: "count" for mark in Mark},
    "carried": "count", "struck_off": "count", "awaiting": "count", "not_applied": "count",
}  # fmt: skip


def _kinds(columns: item_columns.Columns) -> Mapping[str, Kind]:
    return {name: column.kind for name, column in columns.items()}


COLUMNS: Mapping[str, Mapping[str, Kind]] = {
    FRONT: _PROGRESS,
    "programmes": _PROGRESS,
    "campaigns": {
        "name": "text", "total": "count", STATUSES: "count", GROUPS: "count",
        **{status.value: "count" for status in Status},
        **{f"group_{group}": "count" for group in Group},
        "completion_rate": "percent", "carried": "count",
    },
    "cases": {
        "key": "text", "name": "text", "cases_total": "count", "cases_closed": "count",
        "cases_interim": "count", "cases_open": "count", "closure_rate": "percent",
        "cases_change": "count", "closed_change": "count", "closure_change": "points",
        "substantiated": "count", "rectified": "count",
    },
    "case_types": {
        "key": "text", "name": "text", "cases_total": "count", TYPES: "count", "untyped": "count",
    },
    "coverage": {
        "key": "text", "name": "text", "done": "count", "due": "count", "rate": "percent",
        "target": "text", "lagging": "count", "names": "text", "stated_on": "date",
    },
    "statuses": _PROGRESS,
    "behind": _kinds(item_columns.BEHIND),
    "past_due": _kinds(item_columns.PAST_DUE),
    "changes": _kinds(item_columns.CHANGES),
}  # fmt: skip
"""Sections in their usual order, each with all columns it can have."""

DEFAULTS: Mapping[str, tuple[str, ...]] = {
    FRONT: ("name", "total", GROUPS, "completion_rate", "rate_change", "rank_by_rate"),
    "programmes": ("key", "name", "total", GROUPS, "completion_rate", "rate_change"),
    "campaigns": ("name", "total", GROUPS, "completion_rate"),
    "statuses": ("name", "total", STATUSES, "past_due", "completion_rate", "completed_change",
                 "rate_change", "rank_by_rate", "rank_by_count", "against_average"),
    "cases": ("name", "cases_total", "cases_closed", "cases_interim", "cases_open",
              "closure_rate"),
    "case_types": ("name", "cases_total", TYPES, "untyped"),
    "coverage": ("name", "done", "due", "rate", "target", "names"),
    "behind": ("ref", "problem", "responsible", "region", "deadline", "days_behind",
               "days_overdue", "reason", "next_step", "promise", "escalation"),
    "past_due": ("ref", "problem", "responsible", "region", "status", "progress", "deadline",
                 "days_overdue", "next_step", "promise", "escalation"),
    "changes": ("change", "ref", "problem", "responsible", "region", "before", "after",
                "effective_on", "change_note"),
}  # fmt: skip
"""The columns that are shown where an office chose none."""

NEED_PREVIOUS = frozenset({"completed_change", "rate_change"})
NEED_SEVERAL = frozenset({"rank_by_rate", "rank_by_count", "against_average"})
"""Columns that, unless an office chose them, are left out where there is nothing to compare."""


def require_filled(section: str, filled: Mapping[str, object]) -> None:
    """Raise `LookupError` for a column of a section that nothing fills: it would print blank."""
    missing = COLUMNS[section].keys() - filled.keys() - SEVERAL
    if missing:
        raise LookupError(f"nothing fills {', '.join(sorted(missing))} of the section {section}")
