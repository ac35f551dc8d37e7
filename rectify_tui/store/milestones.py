"""The dated steps of items."""

from __future__ import annotations

from dataclasses import dataclass

from rectify_tui.store.connection import Connection, fetch_chunks


@dataclass(frozen=True)
class OpenStep:
    """A step that is not done yet, with the day it is due as ISO text."""

    id: int
    rev: int
    item_id: int
    measure: str
    text: str
    due_on: str


_OPEN = (
    "SELECT s.id, s.rev, m.item_id, m.text, s.text, s.due_on FROM milestone s"
    " JOIN measure m ON m.id = s.measure_id"
    " WHERE m.item_id IN ({marks}) AND s.due_on IS NOT NULL AND s.done IS NULL"
    " AND s.done_on IS NULL ORDER BY m.item_id, s.due_on, s.id"
)


def open_steps(connection: Connection, item_ids: list[int]) -> dict[int, list[OpenStep]]:
    """The steps of each item that are still to be done, by the day they are due."""
    steps: dict[int, list[OpenStep]] = {}
    for row in fetch_chunks(connection, _OPEN, item_ids):
        step = OpenStep(*row)
        steps.setdefault(step.item_id, []).append(step)
    return steps
