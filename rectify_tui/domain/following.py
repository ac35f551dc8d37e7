"""A record as its rows come, some at a time, without replaying all of them each time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rectify_tui.domain.case_timeline import told_timeline
from rectify_tui.domain.timeline import (
    ASSIGNED,
    DATED,
    Replayed,
    Row,
    Timeline,
    Value,
    Values,
    assign,
    assignment_of,
    decode,
    entered_with,
    put,
    replay,
)

_decode = lru_cache(maxsize=4096)(decode)
_CASE = "case"


class Following:
    """The record of a kind that the rows so far tell of; `now` is None while there is none.

    What `replay` makes of all rows is what it is after each taking. A row that says what holds from
    the last day on, or of what holds for all time, is only added, as is the one with which a record
    is entered; any other asks for a replay, and so does all that is said of close-out.
    """

    def __init__(self, entity: str) -> None:
        self._entity = entity
        self._dated = DATED[entity]
        self._rows: list[Row] = []
        self._last_on = ""
        self._said: dict[str, dict[str, Value]] | None = None
        self.now: Replayed | None = None

    def take(self, rows: Sequence[Row]) -> Replayed | None:
        """The record after further rows; what was handed out before is no longer good."""
        added = self._entered(rows) if not self._rows else self._added(self.now, rows)
        self._rows += rows
        if added is None:
            added, self._said = replay(self._rows, self._entity), None
            self._last_on = max(row.effective_on for row in self._rows)
        self.now = added
        return added

    def _entered(self, rows: Sequence[Row]) -> Replayed | None:
        """The record from the row with which it is entered on."""
        born = rows[0]
        if born.field or born.new is None or born.retracts is not None:
            return None
        values = entered_with(self._entity, born.new)
        if values.get("closure"):
            return None
        on = self._last_on = born.effective_on
        status = values.get("status")
        timeline: Timeline = ((on, str(status)),) if status is not None else ()
        if self._entity == _CASE:
            self._said = {"status": {on: status}, "closed_on": {on: values.get("closed_on")}}
            timeline = self._case_timeline(values)
        assignments = ((on, assignment_of(values)),) if self._entity == "item" else ()
        return self._added(Replayed(values, timeline, assignments), rows[1:])

    def _added(self, now: Replayed | None, rows: Sequence[Row]) -> Replayed | None:
        """The record with rows that only go on from it; None where they do not."""
        if now is None or (self._entity == _CASE and self._said is None):
            return None
        values, timeline, assignments = now.values, now.timeline, now.assignments
        last_on, said = self._last_on, self._said or {}
        for row in rows:
            _, field, _, new, on, retracts = row
            if (
                retracts is not None
                or field in ("", "closure")
                or (on < last_on and field in self._dated)
            ):
                return None
            last_on = max(last_on, on)
            value = values[field] = _decode(new)
            if field in said:
                said[field][on] = value
            elif field == "status":
                timeline = put(timeline, on, str(value))
            elif field in ASSIGNED and assignments:
                assignments = assign(assignments, on, assignment_of(values))
        self._last_on = last_on
        if said:
            timeline = self._case_timeline(values)
        return Replayed(values, timeline, assignments, now.closures)

    def _case_timeline(self, values: Values) -> Timeline:
        """The status of a case over time, of which the last one is its status."""
        assert self._said is not None
        status, closed = self._said.values()
        timeline = told_timeline(status, closed, values.get("passed_on"))
        values["status"] = timeline[-1][1]
        return timeline
