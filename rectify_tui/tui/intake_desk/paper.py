"""One file on the desk: what it proposes, and what was decided about its lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from rectify_tui.errors import Problem
from rectify_tui.intake.model import FieldChange, FileKind, Proposal, ProposedLine, Verdict
from rectify_tui.intake.reading import Book
from rectify_tui.intake.returns.rows import ReceivedReturn

Name = tuple[str, int]
"""What a line is called whenever its file is read: its reference, and which one of that it is."""

Seen = tuple[Verdict, tuple[FieldChange, ...]]
"""What stood on the screen when something was decided."""


Mapped = tuple[tuple[str, str], ...]
"""Headings, each with the name of its field; empty where the column is not read."""


@dataclass(frozen=True)
class Decision:
    """Whether a line is to be taken. A yes is said of what was seen, a no of whatever comes."""

    taken: bool
    seen: Seen


@dataclass(frozen=True)
class Reading:
    """A file as it was read and checked: after which batch of the ledger, and on which day.

    `mapping` has the headings of an import, each with the field that it was taken for.
    """

    proposal: Proposal
    batch: int
    day: date
    names: tuple[Name, ...]
    places: Mapping[Name, int]
    by_default: int
    counts: Counter[Verdict]
    mapping: Mapped = ()

    @classmethod
    def of(cls, proposal: Proposal, batch: int, day: date, mapping: Mapped = ()) -> Reading:
        """A reading, with all that takes longer where there are many lines."""
        times: Counter[str] = Counter()
        names = []
        for line in proposal.lines:
            called = line.ref or f"\n{line.row}"
            names.append((called, times[called]))
            times[called] += 1
        by_default = sum(_by_default(line) for line in proposal.lines)
        places = {name: place for place, name in enumerate(names)}
        return cls(
            proposal, batch, day, tuple(names), places, by_default, proposal.counts(), mapping
        )

    @property
    def lines(self) -> tuple[ProposedLine, ...]:
        """The lines of the file."""
        return self.proposal.lines


def can_take(line: ProposedLine) -> bool:
    """Whether a line may be taken: it can be read, and there is something to write."""
    return line.verdict.applicable and line.verdict is not Verdict.UNCHANGED and bool(line.changes)


def _by_default(line: ProposedLine) -> bool:
    return line.verdict is Verdict.CLEAN and can_take(line)


@dataclass
class Paper:
    """A file on the desk.

    `stale` says that it has to be read, for the first time or anew, `aged` that what was read of it
    has to be held against another ledger. `received` is what it holds where it is a return, `book`
    where it is an import. `programme` is the one that an import belongs to, where somebody has
    chosen it. `asked` says that somebody waits for the file. `edits` rises with every change.
    """

    key: int
    path: Path
    programme: str | None = None
    stale: bool = True
    aged: bool = False
    asked: bool = False
    book: Book | None = None
    received: ReceivedReturn | None = None
    reading: Reading | None = None
    problem: Problem | None = None
    decisions: dict[Name, Decision] = field(default_factory=dict)
    tally: Counter[Verdict] = field(default_factory=Counter)
    edits: int = 0
    before: int = 0

    @property
    def name(self) -> str:
        """The name of the file, as it was cleaned where that has happened."""
        return self.reading.proposal.origin.name if self.reading else self.path.name

    def copy(self) -> Paper:
        """This file as it is now, whatever is decided later; `before` keeps its `edits`."""
        decisions, tally = dict(self.decisions), Counter(self.tally)
        return replace(self, decisions=decisions, tally=tally, before=self.edits)

    @property
    def n_taken(self) -> int:
        """How many lines are taken."""
        return sum(self.tally.values())

    @property
    def n_refused(self) -> int:
        """How many lines say something and are not taken."""
        if self.reading is None:
            return 0
        counts = self.reading.counts
        said = sum(counts.values()) - counts[Verdict.UNCHANGED]
        return said - self.n_taken

    def put(self, reading: Reading) -> None:
        """Take a new reading; what was decided stays where it still means something."""
        self.reading, self.problem = reading, None
        self.edits += 1
        self.tally = Counter({Verdict.CLEAN: reading.by_default})
        for name in self.decisions:
            place = reading.places.get(name)
            if place is not None:
                self._count(reading.lines[place], self.is_taken(place))

    def fail(self, problem: Problem) -> None:
        """The file cannot be read; what it proposed before is gone."""
        self.received, self.book, self.reading, self.problem = None, None, None, problem
        self.tally = Counter()

    def is_taken(self, place: int) -> bool:
        """Whether the line at a place is taken."""
        assert self.reading is not None
        line = self.reading.lines[place]
        if not can_take(line):
            return False
        decision = self.decisions.get(self.reading.names[place])
        if decision is None:
            return line.verdict is Verdict.CLEAN
        same = decision.seen == (line.verdict, line.changes) or line.verdict is Verdict.CLEAN
        return decision.taken and same

    def decide(self, places: Iterable[int], taken: bool) -> int:
        """Take or refuse the lines at some places; how many could be decided."""
        assert self.reading is not None
        self.edits += 1
        n = 0
        for place in places:
            line = self.reading.lines[place]
            if not can_take(line):
                continue
            n += 1
            if self.is_taken(place) != taken:
                self.tally[line.verdict] += 1 if taken else -1
            decision = Decision(taken, (line.verdict, line.changes))
            self.decisions[self.reading.names[place]] = decision
        return n

    def _count(self, line: ProposedLine, taken: bool) -> None:
        """Put right what was counted by default."""
        self.tally[line.verdict] += taken - _by_default(line)

    @property
    def awaited(self) -> bool:
        """Whether it is a return of which the ledger does not know yet that it has come."""
        if self.reading is None or self.reading.proposal.kind is not FileKind.RETURN:
            return False
        return all(each.code != "already_applied" for each in self.reading.proposal.remarks)

    def taken(self) -> list[int]:
        """The places of the lines that are taken."""
        found = self.reading
        return [i for i in range(len(found.lines)) if self.is_taken(i)] if found else []

    def refused(self) -> list[int]:
        """The places of the lines that say something and are not taken."""
        if self.reading is None:
            return []
        lines = self.reading.lines
        return [
            i
            for i, line in enumerate(lines)
            if line.verdict is not Verdict.UNCHANGED and not self.is_taken(i)
        ]
