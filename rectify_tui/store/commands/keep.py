"""Noting that lines of the queue were gone through although nothing new came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from rectify_tui.store.commands.dates import effective
from rectify_tui.store.commands.stale import require_fresh
from rectify_tui.store.draft import Draft
from rectify_tui.store.labels import label
from rectify_tui.store.records import ITEM


def keep_items(
    draft: Draft, ids: Iterable[int], *, on: date | None = None,
    seen: Mapping[int, int] | None = None,
) -> None:  # fmt: skip
    """Note that items were gone through on a day, and leave everything else as it is.

    Raises `Stale` where one has another revision than was `seen`.
    """
    ids = list(ids)
    day = effective(draft, on)
    draft.load(ITEM, ids)
    values = {"reviewed_on": day}
    for id in ids:
        if seen and id in seen:
            require_fresh(draft, ITEM, id, label(draft.connection, ITEM, id), seen[id], values)
        draft.change(ITEM, id, values, day)
