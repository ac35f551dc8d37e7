"""A record that a batch has in hand: as it was, and as it is becoming."""

from __future__ import annotations

from dataclasses import dataclass

from rectify_tui.domain.timeline import (
    ASSIGNED,
    Assignments,
    Replayed,
    Row,
    Timeline,
    Value,
    Values,
    assign,
    assignment_of,
    put,
)


@dataclass
class RecordInHand:
    """A record in hand: as it was before the batch (`kept` is its row), and as it is becoming.

    `rows` is its history, where that has to be known to tell what a change makes of it; `changed`
    tells that the batch says something about it, be it only about its past.
    """

    rev: int
    before: Replayed | None
    values: Values | None
    timeline: Timeline
    assignments: Assignments
    last_on: str
    kept: tuple[Value, ...] = ()
    rows: list[Row] | None = None
    changed: bool = False
    closures: Timeline = ()

    @property
    def moved(self) -> bool:
        """Whether a case belongs to other regions than before."""
        if self.before is None or self.values is None:
            return True
        return self.before.values["regions"] != self.values["regions"]

    @property
    def now(self) -> Replayed | None:
        """What it is becoming; None where it goes."""
        if self.values is None:
            return None
        return Replayed(self.values, self.timeline, self.assignments, self.closures)

    @property
    def either(self) -> list[Values]:
        """What it was and what it is becoming, as far as it is there."""
        before = self.before.values if self.before else None
        return [values for values in (before, self.values) if values is not None]

    def say(self, name: str, value: Value, on: str) -> None:
        """Become what a word makes of it that is the newest of all, and holds from its last day on.

        That is what a replay of all rows would tell.
        """
        assert self.values is not None
        self.values[name] = value
        if name == "status":
            self.timeline = put(self.timeline, on, str(value))
        if name == "closure":
            self.closures = put(self.closures, on, str(value or ""))
        if name in ASSIGNED:
            self.assignments = assign(self.assignments, on, assignment_of(self.values))

    def take(self, now: Replayed | None) -> None:
        """Become what its history tells."""
        self.values = now.values if now else None
        self.timeline = now.timeline if now else ()
        self.assignments = now.assignments if now else ()
        self.closures = now.closures if now else ()
