"""What queries need to know of a milestone `s`; `asked.day` is the day asked about."""

from __future__ import annotations

HELD_STEP = "(COALESCE(s.from_on <= asked.day, TRUE) AND COALESCE(s.until_on > asked.day, TRUE))"
"""It was planned so on the day: not added later, nor dropped or moved by then."""

_NOT_DONE = "COALESCE(s.done_on > asked.day, s.done IS NULL)"

OPEN_STEP = f"(s.due_on IS NOT NULL AND {_NOT_DONE} AND {HELD_STEP})"
"""It has a day and is not done by the day asked about; as `Step.done_by`."""

DONE_STEP = f"(NOT {_NOT_DONE} AND {HELD_STEP})"
"""It is done by the day asked about."""

_OF_ITEM = "FROM measure m JOIN milestone s ON s.measure_id = m.id WHERE m.item_id = item.id"

NEXT_DUE = f"(SELECT MIN(s.due_on) {_OF_ITEM} AND {OPEN_STEP})"
"""The day on which the oldest step of an item falls due that is not done."""


def count_steps(condition: str) -> str:
    """How many steps of an item meet a condition; NULL where it has none."""
    return (
        f"(SELECT CASE WHEN COUNT(*) > 0 THEN COUNT(*) FILTER (WHERE {condition}) END"
        f" {_OF_ITEM} AND {HELD_STEP})"
    )
