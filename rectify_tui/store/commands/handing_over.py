"""One unit or region of items that stands for another from a day on, or for ever."""

from __future__ import annotations

import json
from collections.abc import Iterable

from rectify_tui.domain.timeline import Later, Row, decode, live_rows
from rectify_tui.store.draft import Draft
from rectify_tui.store.history import histories
from rectify_tui.store.records import ITEM


def hand_over(
    draft: Draft, id: int, columns: Iterable[str], old: int, new: int, since: str | None
) -> bool:
    """Say the new id in columns of an item for every day of which the old one was said.

    `since` (ISO text) leaves out the days before it. Says whether anything differs now.
    """
    ((_, rows),) = histories(draft.connection, ITEM, [id])
    moved = False
    for column in columns:
        days = set(_said(rows, column, old))
        if any(row.field == "" for row in rows if row.effective_on in days):
            days.update(draft.first_days(ITEM, id))
        if since is not None:
            since = max(since, draft.first_days(ITEM, id)[0])
            held = draft.value_on(ITEM, id, column, since) == old
            days = {day for day in days if day > since} | ({since} if held else set())
        for day in sorted(days):
            if draft.value_on(ITEM, id, column, day) == old:
                moved |= draft.change(ITEM, id, {column: new}, day, Later.UNTIL_NEXT)
    return moved


def _said(rows: Iterable[Row], column: str, value: int) -> Iterable[str]:
    """The days of which a value was said of a column."""
    for row in live_rows(rows):
        if row.field == "" and row.new is not None:
            if json.loads(row.new).get(column) == value:
                yield row.effective_on
        elif row.field == column and decode(row.new) == value:
            yield row.effective_on
