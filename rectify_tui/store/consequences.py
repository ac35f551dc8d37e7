"""What changes come to beside the records themselves: figures, and when items disagree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rectify_tui.domain.region import Step
from rectify_tui.store.connection import Connection
from rectify_tui.store.rollup_write import RollupDelta

ALWAYS = ""
"""Comes before every day: since then, all of an item's life is judged."""

BEARING = frozenset((
    "", "status", "progress", "deadline_kind", "due_on", "start_on", "region_id", "responsible_id",
))  # fmt: skip
"""The columns of an item on which it depends when it disagrees, and "" for its entry."""

MOST_HELD = 200_000
"""Differences of figures that are held back, where anything may be."""


class Consequences:
    """Gathers what follows from changes until it is written, once the records are."""

    def __init__(self) -> None:
        self.figures = RollupDelta()
        self._judged_from: dict[int, str] = {}

    def said(self, item_id: int, column: str, on: str) -> None:
        """Note that something was said of an item with effect from a day."""
        if column in BEARING:
            day = on if column else ALWAYS
            self._judged_from[item_id] = min(self._judged_from.get(item_id, day), day)

    def planned_anew(self, item_ids: Iterable[int]) -> None:
        """Note that something was said of the steps of items, or of what belongs to no day."""
        self._judged_from |= dict.fromkeys(item_ids, ALWAYS)

    def write(self, connection: Connection, gone: Mapping[int, tuple[Step, ...]]) -> None:
        """Write everything, and begin anew; `gone` as `RollupDelta.write` has it."""
        if self._judged_from:
            from rectify_tui.store.disagreement_spans import judge_anew

            judge_anew(connection, self._judged_from, gone)
            self._judged_from.clear()
        self.figures.write(connection, gone)

    def make_room(self, connection: Connection, gone: Mapping[int, tuple[Step, ...]]) -> None:
        """Write what figures come to, where they are many."""
        if len(self.figures) >= MOST_HELD:
            self.figures.write(connection, gone)
