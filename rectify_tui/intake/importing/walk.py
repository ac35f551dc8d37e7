"""One pass over a file: what each row would do, a few hundred rows at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from rectify_tui.domain.timeline import STATE, Values
from rectify_tui.errors import Problem
from rectify_tui.intake.importing.record import Frame, Rows, Said
from rectify_tui.intake.importing.showing import changes
from rectify_tui.intake.model import FieldChange, ProposedLine, Verdict
from rectify_tui.intake.table import TableRow
from rectify_tui.store.commands.intake import Entry, standing


@dataclass(slots=True)
class Outcome:
    """What becomes of a row. `entry` is what it writes, None where nothing is to be written.

    `declined` says that it is not to be written though it might be.
    """

    said: Said
    id: int | None = None
    now: Values | None = None
    entry: Entry | None = None
    declined: bool = False

    @property
    def verdict(self) -> Verdict:
        """Whether the row can be taken, and whether it changes anything."""
        if self.said.unreadable:
            return Verdict.UNREADABLE
        return Verdict.UNCHANGED if self.entry is None else Verdict.CLEAN


@dataclass
class Walk:
    """Reads rows and holds them against the ledger.

    Whoever writes does so for each chunk before asking for the next one, and then calls `wrote`.
    """

    frame: Frame
    rows: Rows
    _seen: dict[Any, int] = field(default_factory=dict)
    _waiting: list[Outcome] = field(default_factory=list)
    _ids: dict[int, int] = field(default_factory=dict)

    def chunks(self, rows: Iterable[TableRow], *, whole: bool = True) -> Iterator[list[Outcome]]:
        """What each row would do. Rows that wait for a later row come last.

        Where the rows are not the whole file, what they wait for may still come.
        """
        source = iter(rows)
        while chunk := list(islice(source, self.rows.chunk)):
            yield from self._settled(self._ready([self._begun(row) for row in chunk]))
        if not whole:
            self._hold(self._waiting)
            yield self._waiting
            return
        while self._waiting:
            waiting, self._waiting = self._waiting, []
            ready = self._ready(waiting)
            if len(self._waiting) == len(waiting):
                yield self._lost()
                return
            yield from self._settled(ready)

    def wrote(self, outcome: Outcome, id: int) -> None:
        """Take note of the id that a new record got."""
        self._ids[outcome.said.row] = id

    def _settled(self, outcomes: list[Outcome]) -> Iterator[list[Outcome]]:
        self._hold(outcomes)
        yield outcomes
        for outcome in outcomes:
            if not (outcome.declined or outcome.said.unreadable):
                self.rows.settled(outcome.said, outcome.id or self._ids.pop(outcome.said.row, None))

    def _begun(self, row: TableRow) -> Outcome:
        said = self.rows.read(row)
        if said.key is not None:
            first = self._seen.setdefault(said.key, said.row)
            if first != said.row:
                said.findings.append(
                    self.frame.finding(
                        "repeated",
                        expected=Problem("importing.repeated", ref=said.ref, first=first),
                    )
                )
        return Outcome(said)

    def _ready(self, outcomes: list[Outcome]) -> list[Outcome]:
        """Those that wait for no other row; the others are put off."""
        ready: list[Outcome] = []
        for outcome in outcomes:
            waits = not outcome.said.unreadable and self.rows.waits_for(outcome.said) is not None
            (self._waiting if waits else ready).append(outcome)
        return ready

    def _lost(self) -> list[Outcome]:
        """Those that wait for what never comes."""
        lost, self._waiting = self._waiting, []
        for outcome in lost:
            key = self.rows.waits_for(outcome.said)
            assert key is not None
            ref = f"{self.frame.plans[key[0]].code}/{key[1]}"
            missing = Problem("importing.not_there", ref=ref)
            outcome.said.findings.append(self.frame.finding("cell", expected=missing))
        return lost

    def _hold(self, outcomes: list[Outcome]) -> None:
        """Hold rows against the ledger, all with a question or two."""
        days: dict[int, str] = {}
        state_days: dict[int, str] = {}
        for outcome in outcomes:
            said = outcome.said
            if said.unreadable or (id := self.rows.id_of(said)) is None:
                continue
            outcome.id = id
            days[id] = said.on
            if said.state_on is not None:
                state_days[id] = said.state_on
        columns = self.rows.columns
        held = standing(self.frame.connection, self.rows.entity, days, columns)
        state = standing(self.frame.connection, self.rows.entity, state_days, columns & STATE)
        for outcome in outcomes:
            if outcome.said.unreadable:
                continue
            if outcome.id is not None:
                outcome.now = {**held[outcome.id], **state.get(outcome.id, {})}
            entry = self.rows.entry(outcome.said, outcome.id, outcome.now)
            if entry:
                outcome.entry = entry


def line_of(outcome: Outcome, frame: Frame) -> ProposedLine:
    """A row as people are told of it."""
    said = outcome.said
    verdict = outcome.verdict
    changed: tuple[FieldChange, ...] = ()
    if outcome.entry is not None and verdict is Verdict.CLEAN:
        changed = changes(frame, said, outcome.entry, outcome.now)
    return ProposedLine(
        said.row, said.ref, outcome.id, verdict, changed, tuple(said.findings), said.cells
    )
