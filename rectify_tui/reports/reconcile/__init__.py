"""A published paragraph beside the ledger: each figure agrees, differs, or is not stated there."""

from rectify_tui.reports.reconcile.comparing import Compared, Reconciled, reconcile
from rectify_tui.reports.reconcile.marked import Finding, Passage, corrected, finding, passages
from rectify_tui.reports.reconcile.tables import reconcile_json, reconcile_tables

__all__ = [
    "Compared",
    "Finding",
    "Passage",
    "Reconciled",
    "corrected",
    "finding",
    "passages",
    "reconcile",
    "reconcile_json",
    "reconcile_tables",
]
