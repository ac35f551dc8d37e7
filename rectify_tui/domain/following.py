"""A record as its rows come, one batch after another, without replaying all of them each time."""

from __future__ import annotations

from collections.abc import Sequence

from rectify_tui.domain.timeline import (
    ASSIGNED,
    DATED,
    Replayed,
    Row,
    assign,
    assignment_of,
    decode,
    put,
    replay,
)


class Following:
    """The record of a kind that the rows so far tell of; `now` is None while there is none.

    What `replay` makes of all rows is what it is after each batch. A row that says what holds from
    the last day on, or of what holds for all time, is only added; any other asks for a replay, and
    so does all that is said of close-out, and of a case, whose statuses follow from several fields.
    """

    def __init__(self, entity: str) -> None:
        self._entity = entity
        self._dated = DATED[entity]
        self._rows: list[Row] = []
        self._last_on = ""
        self.now: Replayed | None = None

    def take(self, rows: Sequence[Row]) -> Replayed | None:
        """The record after further rows; what was handed out before is no longer good."""
        added = self._added(rows)
        self._rows += rows
        self.now = added or replay(self._rows, self._entity)
        self._last_on = max(self._last_on, *(row.effective_on for row in rows))
        return self.now

    def _added(self, rows: Sequence[Row]) -> Replayed | None:
        """The record with rows that only go on from it; None where they do not."""
        if self.now is None or self._entity == "case":
            return None
        values, timeline, assignments = self.now.values, self.now.timeline, self.now.assignments
        last_on = self._last_on
        for row in rows:
            dated = row.field in self._dated
            if (
                row.retracts is not None
                or row.field in ("", "closure")
                or (dated and row.effective_on < last_on)
            ):
                return None
            last_on = max(last_on, row.effective_on)
            values[row.field] = decode(row.new)
            if row.field == "status":
                timeline = put(timeline, row.effective_on, str(values["status"]))
            elif row.field in ASSIGNED and assignments:
                assignments = assign(assignments, row.effective_on, assignment_of(values))
        return Replayed(values, timeline, assignments, self.now.closures)
