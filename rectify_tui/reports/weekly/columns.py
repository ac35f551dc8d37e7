"""The sections of the report and their columns: all that there are, and those shown by default."""

from __future__ import annotations

from collections.abc import Mapping

from rectify_tui.domain.status import Group, Status
from rectify_tui.reports.table import Kind

STATUSES, GROUPS, TYPES = "statuses", "groups", "types"
"""Words that stand for several columns: each status, group or pollution type that occurs."""

_PROGRESS: Mapping[str, Kind] = {
    "key": "text", "name": "text", "total": "count", STATUSES: "count", GROUPS: "count",
    **{status.value: "count" for status in Status},
    **{f"group_{group}": "count" for group in Group},
    "completion_rate": "percent", "completed_change": "count", "rate_change": "points",
    "rank_by_rate": "count", "rank_by_count": "count", "against_average": "text",
    "carried": "count",
}  # fmt: skip
_ITEM: Mapping[str, Kind] = {
    "ref": "text", "programme": "text", "number": "text", "problem": "text", "region": "text",
    "responsible": "text", "lead": "text", "supervising": "text", "deadline": "text",
    "due_on": "date",
}  # fmt: skip

COLUMNS: Mapping[str, Mapping[str, Kind]] = {
    "programmes": _PROGRESS,
    "progress": _PROGRESS,
    "cases": {
        "key": "text", "name": "text", "cases_total": "count", "cases_closed": "count",
        "cases_interim": "count", "cases_open": "count", "closure_rate": "percent",
        "cases_change": "count", "closed_change": "count", "closure_change": "points",
        "substantiated": "count", "rectified": "count",
    },
    "case_types": {
        "key": "text", "name": "text", "cases_total": "count", TYPES: "count", "untyped": "count",
    },
    "behind": {
        **_ITEM, "status": "text", "since": "date", "days_behind": "count", "days_overdue": "count",
        "note": "text", "reason": "text", "next_step": "text",
    },
    "changes": {
        "change": "text", **_ITEM, "before": "text", "after": "text", "effective_on": "date",
        "recorded_on": "date", "who": "text", "reason": "text",
    },
}  # fmt: skip
"""Sections in their usual order, each with all columns it can have."""

DEFAULTS: Mapping[str, tuple[str, ...]] = {
    "programmes": ("key", "name", "total", STATUSES, "completion_rate", "completed_change",
                   "rate_change"),
    "progress": ("name", "total", STATUSES, "completion_rate", "completed_change", "rate_change",
                 "rank_by_rate", "rank_by_count", "against_average"),
    "cases": ("name", "cases_total", "cases_closed", "cases_interim", "cases_open",
              "closure_rate"),
    "case_types": ("name", "cases_total", TYPES, "untyped"),
    "behind": ("ref", "problem", "responsible", "region", "deadline", "days_behind",
               "days_overdue", "reason", "next_step"),
    "changes": ("change", "ref", "problem", "responsible", "region", "before", "after",
                "effective_on", "reason"),
}  # fmt: skip
"""The columns that are shown where an office chose none."""

NEED_PREVIOUS = frozenset({"completed_change", "rate_change"})
NEED_SEVERAL = frozenset({"rank_by_rate", "rank_by_count", "against_average"})
"""Columns that, unless an office chose them, are left out where there is nothing to compare."""
