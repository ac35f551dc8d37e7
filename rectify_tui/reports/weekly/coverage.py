"""The table of programmes that are counted by place."""

from __future__ import annotations

from rectify_tui.i18n import Language
from rectify_tui.reports import coverage as tables
from rectify_tui.reports.weekly.columns import require_filled
from rectify_tui.reports.weekly.model import Section
from rectify_tui.reports.weekly.parts import Body, columns, section, wanted
from rectify_tui.reports.weekly.settings import Settings

_KEY = "coverage"


def coverage(body: Body, settings: Settings, t: Language) -> Section | None:
    """How far each programme of coverage has come, and who lags; None where there is none."""
    if not body.coverage:
        return None
    rows = [tables.programme_row(each, t) for each in body.coverage]
    require_filled(_KEY, rows[0])
    titles = {
        name: t(f"coverage.column.{name}") for name in rows[0] if name not in ("key", "name")
    } | {"name": t("report.by.programme")}
    spread = columns(_KEY, wanted(_KEY, settings), t, titles, {})
    return section(_KEY, t("coverage.all"), spread, rows, (t("coverage.note.rate"),))
