"""Recording the returns that were sent out."""

from __future__ import annotations

from rectify_tui.errors import Refusal
from rectify_tui.store.draft import Draft
from rectify_tui.store.records import RETURN_SHEET
from rectify_tui.store.returns import NewReturn

KIND = "return_make"
"""The kind of a batch that records returns."""


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
