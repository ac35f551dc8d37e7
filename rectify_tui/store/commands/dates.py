"""The date from which a change holds."""

from __future__ import annotations

from datetime import date

from rectify_tui.errors import Problem
from rectify_tui.store.draft import Draft


def effective(draft: Draft, on: date | None) -> str:
    """The effective date as ISO text: the one given, else the day on which the batch is recorded.

    Raises `Problem` for a day that has not come yet: what is planned has no status.
    """
    recorded = draft.batch.recorded_on
    if on is None:
        return recorded
    if on.isoformat() > recorded:
        raise Problem("change.future", on=on, today=recorded)
    return on.isoformat()
