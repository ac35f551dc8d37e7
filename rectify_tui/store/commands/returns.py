"""Recording the returns that were sent out, and those that came back another way than as a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store.commands.dates import effective
from rectify_tui.store.draft import Draft
from rectify_tui.store.records import RETURN_SHEET
from rectify_tui.store.returns import NewReturn, sent_on

KIND = "return_make"
"""The kind of a batch that records returns."""

RECEIVED = "return_received"
"""The kind of a batch that notes returns as received."""

_HOW = 200


def record_return(draft: Draft, new: NewReturn) -> int:
    """Record a return; returns its id.

    Raises `Refusal` where somebody else took its code meanwhile.
    """
    same = draft.connection.execute("SELECT 1 FROM return_sheet WHERE code = ?", [new.code])
    if same.fetchone():
        raise Refusal("returns.made_meanwhile")
    values = {
        "code": new.code, "programme_id": new.programme_id, "region_id": new.region_id,
        "unit_id": new.unit_id, "cutoff": new.cutoff.isoformat(),
        "due_on": new.due_on.isoformat(), "item_ids": ",".join(map(str, new.item_ids)),
        "head_seq": new.head_seq, "head_hash": new.head_hash,
    }  # fmt: skip
    return draft.create(RETURN_SHEET, values, draft.batch.recorded_on)


def mark_received(
    draft: Draft, ids: Iterable[int], *, how: str = "", on: date | None = None
) -> None:
    """Note returns as received on a day (default: today), with how they came; no item changes.

    Raises `Problem` for a day to come or before the return was made.
    """
    day = effective(draft, on)
    for id in ids:
        sheet = draft.get(RETURN_SHEET, id)
        made = sent_on(draft.connection, id)
        if day < made:
            raise Problem("returns.received_before", code=sheet["code"], day=day, made=made)
        values = {"received_on": day, "received_how": clean(how, limit=_HOW) or None}
        draft.change(RETURN_SHEET, id, values, draft.batch.recorded_on)
