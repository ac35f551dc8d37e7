"""Withdrawing items and cases that were entered by mistake: no day counts them any more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Row, live_rows
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store.connection import fetch_chunks
from rectify_tui.store.draft import Draft
from rectify_tui.store.history import histories
from rectify_tui.store.labels import labels
from rectify_tui.store.records import (
    CASE,
    CLOSING,
    EVIDENCE,
    EXTENSION,
    ITEM,
    MEASURE,
    MILESTONE,
    VISIT,
    WITHDRAWAL,
)

KIND = "withdraw_record"
"""The kind of batch."""

_TEXT = {ITEM: "problem", CASE: "complaint"}
_POINTING: Mapping[str, tuple[str, str]] = {
    ITEM: ("item", "merged_item_id"), CASE: ("complaint_case", "duplicate_of"),
}  # fmt: skip
_STEPS = (
    "SELECT s.id FROM milestone s JOIN measure m ON m.id = s.measure_id"
    " WHERE m.item_id IN ({marks})"
)
_OWNED: Mapping[str, Sequence[tuple[str, str]]] = {
    CASE: (),
    ITEM: (
        (EXTENSION, "SELECT id FROM extension WHERE item_id IN ({marks})"),
        (EVIDENCE, "SELECT id FROM evidence WHERE item_id IN ({marks})"),
        (CLOSING, "SELECT id FROM closing WHERE item_id IN ({marks})"),
        (VISIT, "SELECT id FROM visit WHERE item_id IN ({marks})"),
        (MILESTONE, _STEPS),
        (MEASURE, "SELECT id FROM measure WHERE item_id IN ({marks})"),
    ),
}
"""What goes with a record."""


def withdraw(draft: Draft, entity: str, ids: Iterable[int], reason: str) -> list[int]:
    """Withdraw items or cases; returns the ids of what is kept of them.

    Everything that was said of them is retracted, and stays in history. Raises `Problem` without a
    reason, `Refusal` for a record that another one points to.
    """
    ids = list(dict.fromkeys(ids))
    why = clean(reason, multiline=True)
    if not why:
        raise Problem("withdrawal.no_reason")
    _require_unused(draft, entity, ids)
    kept = [_keep(draft, entity, id, why) for id in ids]
    draft.flush()
    for owned, query in _OWNED[entity]:
        _retract(draft, owned, [id for (id,) in fetch_chunks(draft.connection, query, ids)])
    _retract(draft, entity, ids)
    return kept


def _require_unused(draft: Draft, entity: str, ids: Sequence[int]) -> None:
    table, column = _POINTING[entity]
    query = f"SELECT {column}, id FROM {table} WHERE {column} IN ({{marks}})"
    going = set(ids)
    for id, other in fetch_chunks(draft.connection, query, ids):
        if other not in going:
            names = labels(draft.connection, entity, [id, other])
            raise Refusal(f"withdrawal.points.{entity}", ref=names[id], other=names[other])


def _keep(draft: Draft, entity: str, id: int, why: str) -> int:
    values = draft.get(entity, id)
    day = draft.batch.recorded_on
    return draft.create(
        WITHDRAWAL,
        {
            "subject": entity, "subject_id": id, "programme_id": values["programme_id"],
            "number": values["number"], "text": str(values[_TEXT[entity]] or ""), "reason": why,
            "withdrawn_on": day,
        },
        day,
    )  # fmt: skip


def _retract(draft: Draft, entity: str, ids: Sequence[int]) -> None:
    rows: dict[int, list[Row]] = {
        id: list(live_rows(known)) for id, known in histories(draft.connection, entity, list(ids))
    }
    if rows:
        draft.retract(entity, rows)
