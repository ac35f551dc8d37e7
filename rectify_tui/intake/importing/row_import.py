"""One pass over a file: what each row would do, a few hundred rows at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, Protocol

from rectify_tui.domain.timeline import STATE, Values
from rectify_tui.errors import Problem
from rectify_tui.intake.importing.context import ImportContext
from rectify_tui.intake.importing.parsed_row import ParsedRow
from rectify_tui.intake.importing.showing import changes
from rectify_tui.intake.model import LOST_CELL, FieldChange, Finding, ProposedLine, Verdict
from rectify_tui.intake.table import TableRow
from rectify_tui.store.commands.intake import Numbered, RecordEntry, first_later, standing


class RecordRows(Protocol):
    """The rows of one kind of file."""

    entity: str
    chunk: int
    """How many rows are looked up together; 1 where a row may need the one before it."""
    columns: frozenset[str]
    """Fields of the record that rows may change."""
    remarks: list[Finding]
    ids: dict[Numbered, int | None]
    """Ids of the items or cases that there are, None for those that are new and not written."""

    def read(self, row: TableRow) -> ParsedRow:
        """What a row says."""

    def id_of(self, parsed: ParsedRow) -> int | None:
        """The record that a row is about, None for a new one."""

    def look_up(self, ids: Sequence[int]) -> None:
        """Take note of the records that the next rows are about, all at once."""

    def entry(self, parsed: ParsedRow, id: int | None, now: Values | None) -> RecordEntry:
        """What the row would write; `now` are the values that hold on the row's day.

        What keeps it from being written is added to the findings of the row.
        """

    def waits_for(self, parsed: ParsedRow) -> Numbered | None:
        """A record that has to be there before this row can be read, and is not there yet."""

    def settled(self, parsed: ParsedRow, id: int | None) -> None:
        """Take note that a row will be written (or, with an id, that it was)."""


@dataclass(slots=True)
class RowOutcome:
    """What becomes of a row. `entry` is what it writes, None where nothing is to be written.

    `declined` says that it is not to be written though it might be.
    """

    parsed: ParsedRow
    id: int | None = None
    now: Values | None = None
    entry: RecordEntry | None = None
    declined: bool = False

    @property
    def verdict(self) -> Verdict:
        """Whether the row can be taken, and whether it changes anything."""
        if self.parsed.unreadable:
            return Verdict.UNREADABLE
        if any(it.verdict is Verdict.SUSPICIOUS for it in self.parsed.findings):
            return Verdict.SUSPICIOUS
        return Verdict.UNCHANGED if self.entry is None else Verdict.CLEAN


@dataclass
class RowImport:
    """Reads rows and holds them against the ledger.

    Whoever writes does so for each chunk before asking for the next one, and then calls `wrote`.
    """

    context: ImportContext
    rows: RecordRows
    _seen: dict[Any, int] = field(default_factory=dict)
    _waiting: list[RowOutcome] = field(default_factory=list)
    _ids: dict[int, int] = field(default_factory=dict)

    def chunks(self, rows: Iterable[TableRow], *, whole: bool = True) -> Iterator[list[RowOutcome]]:
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

    def wrote(self, outcome: RowOutcome, id: int) -> None:
        """Take note of the id that a new record got."""
        self._ids[outcome.parsed.row] = id

    def _settled(self, outcomes: list[RowOutcome]) -> Iterator[list[RowOutcome]]:
        self._hold(outcomes)
        yield outcomes
        for outcome in outcomes:
            if not (outcome.declined or outcome.parsed.unreadable):
                self.rows.settled(
                    outcome.parsed, outcome.id or self._ids.pop(outcome.parsed.row, None)
                )

    def _begun(self, row: TableRow) -> RowOutcome:
        parsed = self.rows.read(row)
        if parsed.key is not None:
            first = self._seen.setdefault(parsed.key, parsed.row)
            if first != parsed.row:
                parsed.findings.append(
                    self.context.finding(
                        "repeated",
                        expected=Problem("importing.repeated", ref=parsed.ref, first=first),
                    )
                )
        return RowOutcome(parsed)

    def _ready(self, outcomes: list[RowOutcome]) -> list[RowOutcome]:
        """Those that wait for no other row; the others are put off."""
        ready: list[RowOutcome] = []
        for outcome in outcomes:
            waits = (
                not outcome.parsed.unreadable and self.rows.waits_for(outcome.parsed) is not None
            )
            (self._waiting if waits else ready).append(outcome)
        return ready

    def _lost(self) -> list[RowOutcome]:
        """Those that wait for what never comes."""
        lost, self._waiting = self._waiting, []
        for outcome in lost:
            key = self.rows.waits_for(outcome.parsed)
            assert key is not None
            ref = f"{self.context.programmes[key[0]].code}/{key[1]}"
            missing = Problem("importing.not_there", ref=ref)
            outcome.parsed.findings.append(self.context.finding("cell", expected=missing))
        return lost

    def _hold(self, outcomes: list[RowOutcome]) -> None:
        """Hold rows against the ledger, all with a question or two."""
        days: dict[int, str] = {}
        state_days: dict[int, str] = {}
        for outcome in outcomes:
            parsed = outcome.parsed
            if parsed.unreadable or (id := self.rows.id_of(parsed)) is None:
                continue
            outcome.id = id
            days[id] = parsed.on
            if parsed.state_on is not None:
                state_days[id] = parsed.state_on
        self.rows.look_up(list(days))
        columns = self.rows.columns
        held = standing(self.context.connection, self.rows.entity, days, columns)
        state = standing(self.context.connection, self.rows.entity, state_days, columns & STATE)
        for outcome in outcomes:
            if outcome.parsed.unreadable:
                continue
            if outcome.id is not None:
                outcome.now = {**held[outcome.id], **state.get(outcome.id, {})}
            entry = self.rows.entry(outcome.parsed, outcome.id, outcome.now)
            if entry:
                outcome.entry = entry
        self._see_what_was_said_later(outcomes)

    def _see_what_was_said_later(self, outcomes: list[RowOutcome]) -> None:
        """A row about a day after which something else was said is in doubt until that is decided.

        Taken as it is, it holds until then.
        """
        entries = [outcome.entry for outcome in outcomes if outcome.entry is not None]
        if self.context.later is not None:
            for entry in entries:
                entry.later = self.context.later
            return
        first = first_later(self.context.connection, self.rows.entity, entries)
        for outcome in outcomes:
            if outcome.entry is not None and (day := first.get(outcome.entry.id or 0)):
                until = Problem("importing.said_later", until=day)
                doubt = self.context.finding("later", expected=until, verdict=Verdict.SUSPICIOUS)
                outcome.parsed.findings.append(doubt)


def line_of(outcome: RowOutcome, context: ImportContext) -> ProposedLine:
    """A row as people are told of it."""
    parsed = outcome.parsed
    verdict = outcome.verdict
    changed: tuple[FieldChange, ...] = ()
    if outcome.entry is not None and verdict.applicable:
        changed = changes(context, parsed, outcome.entry, outcome.now)
    return ProposedLine(
        parsed.row, parsed.ref, outcome.id, verdict, changed, tuple(_told(parsed)), parsed.cells
    )


def _told(parsed: ParsedRow) -> Iterator[Finding]:
    """What was found in a row; where it is not taken, cells that it could do without count too."""
    for finding in parsed.findings:
        if finding.code == LOST_CELL and parsed.unreadable:
            yield replace(finding, code="cell", verdict=Verdict.UNREADABLE)
        elif finding.code != "unread_needed":
            yield finding
