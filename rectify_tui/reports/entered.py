"""What the ledger did not have yet on a day, in words."""

from __future__ import annotations

from collections.abc import Sequence

from rectify_tui.i18n import Language
from rectify_tui.store.entered import EnteredLater


def later_text(later: Sequence[EnteredLater], t: Language) -> str:
    """Of which programmes items were entered from after the day on; empty where of none."""
    parts = [
        t("weekly.note.later_one", code=each.programme, n=each.n, day=each.first_on)
        for each in later
    ]
    return t("weekly.note.later", parts=t("report.semicolon").join(parts)) if parts else ""
