"""What was withdrawn, as a table."""

from __future__ import annotations

from collections.abc import Iterable

from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.reports.table import Column, Table
from rectify_tui.store.withdrawals import Withdrawn


def withdrawn_table(found: Iterable[Withdrawn], subject: str, t: Language) -> Table:
    """Items or cases that were withdrawn, with the reason and the batch that undoing names."""
    own = [Column(key, t(f"withdrawal.column.{key}")) for key in ("text", "reason", "on", "who")]
    ref, batch = labels.columns(t, ("ref", labels.WHOLE), ("batch", "count"))
    rows = [
        {
            "ref": each.ref, "text": each.text, "reason": each.reason, "on": each.on,
            "who": each.who, "batch": each.batch,
        }
        for each in found
    ]  # fmt: skip
    title = t("withdrawal.title", what=t(f"withdrawal.what.{subject}"))
    notes = () if rows else (t("report.nothing"),)
    return Table(title, (ref, *own, batch), rows, notes)
