"""Lines past their first deadline beside those past the present one."""

from __future__ import annotations

from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.reports.rollup import line_name
from rectify_tui.reports.table import Column, Table
from rectify_tui.store.overdue import Overdue
from rectify_tui.store.rollup_read import By, Rollup


def overdue_table(rollup: Rollup, found: Overdue, t: Language) -> Table:
    """For each line of a rollup how many items there are, and how many are past each deadline."""
    by = rollup.query.by
    rows: list[dict[str, object]] = [
        {"key": row.key, "name": line_name(by, row, t), "total": row.tally.total,
         **_both(*found.get(row.id, (0, 0)))}
        for row in rollup.rows
    ]  # fmt: skip
    if len(rows) > 1:
        sums = (sum(each) for each in zip(*found.values(), strict=True)) if found else (0, 0)
        rows.append({"name": t("report.sum"), "total": rollup.sum.total, **_both(*sums)})
    columns = (
        *([] if by is By.UNIT else [Column("key", t("field.code.title"), labels.WHOLE)]),
        Column("name", t(f"report.by.{by}")),
        *labels.columns(t, ("total", "count"), ("past_first", "count"), ("past_present", "count"),
                        ("past_granted", "count")),
    )  # fmt: skip
    title = labels.dated(t, t("report.overdue"), rollup.query.as_of)
    return Table(title, columns, rows, () if rows else (t("report.nothing"),))


def _both(first: int, present: int) -> dict[str, object]:
    return {"past_first": first, "past_present": present, "past_granted": first - present}
