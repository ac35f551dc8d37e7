"""One file that lies open: what it proposes, and what was decided about its lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from rectify_tui.errors import Problem
from rectify_tui.intake.importing.request import ImportRequest, OtherDeadlines, PreparedImport
from rectify_tui.intake.mapping import ColumnRule, ValueRule
from rectify_tui.intake.model import IntakeKind, Origin, ProposedLine, Verdict
from rectify_tui.intake.reading.book import Book
from rectify_tui.intake.returns.rows import ReceivedReturn
from rectify_tui.intake.workspace.accepting import (
    SeenLine,
    accepted_unasked,
    can_accept,
    seen,
)
from rectify_tui.intake.workspace.checked_file import CheckedFile, LineName


class Decision(NamedTuple):
    """Whether a line is accepted. A yes is said of what was seen, a no of whatever comes."""

    accepted: bool
    seen: SeenLine


@dataclass
class OpenedFile:
    """A file that lies open.

    `request` says how it is read where it is imported. `stale` says that it has to be read, for the
    first time or anew, `aged` that what was read of it has to be held against another ledger.
    `received` is what it holds where it is a return, `book` and `prepared` where it is an import.
    `asked` says that somebody waits for the file. `edits` rises with every change.
    """

    key: int
    path: Path
    request: ImportRequest
    stale: bool = True
    aged: bool = False
    asked: bool = False
    book: Book | None = None
    received: ReceivedReturn | None = None
    prepared: PreparedImport | None = None
    checked: CheckedFile | None = None
    problem: Problem | None = None
    decisions: dict[LineName, Decision] = field(default_factory=dict)
    tally: Counter[Verdict] = field(default_factory=Counter)
    edits: int = 0
    before: int = 0

    @property
    def name(self) -> str:
        """The name of the file, as it was cleaned where that has happened."""
        return self.checked.proposal.origin.name if self.checked else self.path.name

    @property
    def origin(self) -> Origin | None:
        """Where its lines come from, None for a file that was not read yet."""
        source = self.received or self.prepared
        return source.origin if source else None

    def copy(self) -> OpenedFile:
        """This file as it is now, whatever is decided later; `before` keeps its `edits`."""
        decisions, tally = dict(self.decisions), Counter(self.tally)
        return replace(self, decisions=decisions, tally=tally, before=self.edits)

    def import_into(self, programme: str) -> None:
        """Have the file read as items or cases of a programme, whatever it looks like."""
        kind = self.request.kind
        if self.received is not None:
            kind, self.received, self.stale = IntakeKind.ITEMS, None, True
        self.request = replace(self.request, programme=programme, kind=kind)
        self.prepared, self.aged = None, True

    # what was read

    def put(self, checked: CheckedFile) -> None:
        """Take what was found now; what was decided stays where it still means something."""
        self.checked, self.problem = checked, None
        self._count(checked)

    def _count(self, checked: CheckedFile) -> None:
        self.edits += 1
        held_back = checked.new_by_default if self.unconfirmed else 0
        self.tally = Counter({Verdict.CLEAN: checked.by_default - held_back})
        for name in self.decisions:
            index = checked.indexes.get(name)
            if index is not None:
                line = checked.lines[index]
                self.tally[line.verdict] += self.accepts(index) - self._by_default(line)

    @property
    def unconfirmed(self) -> tuple[str, ...]:
        """Missing columns without which new records are taken only after somebody has said yes."""
        found = self.prepared or self.checked
        missing = found.missing if found else ()
        return tuple(name for name in missing if name not in self.request.without)

    @property
    def held_back(self) -> int:
        """How many new records nobody can take before that is said."""
        if self.checked is None or not self.unconfirmed:
            return 0
        return sum(line.new and can_accept(line) for line in self.checked.lines)

    def confirm_missing(self) -> None:
        """Somebody has said that what is missing may be missing."""
        without = self.request.without.union(self.unconfirmed)
        self.request = replace(self.request, without=without)
        if self.checked is not None:
            self._count(self.checked)

    def map_value(self, rule: ValueRule) -> None:
        """Have the file read once more, with a word that means something from now on."""
        self.request = replace(self.request, values=(*self.request.values, rule))
        self.prepared, self.aged = None, True

    def map_column(self, rule: ColumnRule, kind: IntakeKind) -> None:
        """Have the file read once more as a table of a kind, with a column that is told apart."""
        columns = tuple(each for each in self.request.columns if each.column != rule.column)
        self.request = replace(self.request, columns=(*columns, rule), kind=kind)
        self._read_again()

    def read_as(self, sheet: str | None, kind: IntakeKind | None) -> None:
        """Have a sheet of the file read, as a table of a kind; None leaves it to the file.

        What was said of the columns and words of another table is said no more.
        """
        self.request = replace(self.request, sheet=sheet, kind=kind, columns=(), values=())
        self._read_again()

    def hold_from(self, on: date | None) -> None:
        """Have what the file says hold from a day, None for today."""
        self.request = replace(self.request, on=on)
        self._read_again()

    def decide_deadlines(self, deadlines: OtherDeadlines) -> None:
        """Have the file read once more, now that it is said what other deadlines are."""
        self.request = replace(self.request, deadlines=deadlines)
        self._read_again()

    def _read_again(self) -> None:
        self.prepared, self.aged = None, True
        if self.book is None:
            self.stale = True

    def fail(self, problem: Problem) -> None:
        """The file cannot be read; what it proposed before is gone."""
        self.received, self.book, self.prepared, self.checked = None, None, None, None
        self.problem = problem
        self.tally = Counter()

    @property
    def awaited(self) -> bool:
        """Whether it is a return of which the ledger does not know yet that it has come."""
        if self.checked is None or self.checked.proposal.kind is not IntakeKind.RETURN:
            return False
        remarks = self.checked.proposal.remarks
        return all(remark.code != "already_applied" for remark in remarks)

    # what is accepted

    def accepts(self, index: int) -> bool:
        """Whether the line at an index is accepted."""
        assert self.checked is not None
        line = self.checked.lines[index]
        if not can_accept(line):
            return False
        if line.new and self.unconfirmed:
            return False
        decision = self.decisions.get(self.checked.names[index])
        if decision is None:
            return accepted_unasked(line)
        return decision.accepted and (decision.seen == seen(line) or accepted_unasked(line))

    def _by_default(self, line: ProposedLine) -> bool:
        return accepted_unasked(line) and not (line.new and self.unconfirmed)

    def decide(self, indexes: Iterable[int], accepted: bool) -> int:
        """Accept or refuse the lines at some indexes; how many could be decided."""
        assert self.checked is not None
        self.edits += 1
        n = 0
        for index in indexes:
            line = self.checked.lines[index]
            if not can_accept(line) or (accepted and line.new and self.unconfirmed):
                continue
            n += 1
            if self.accepts(index) != accepted:
                self.tally[line.verdict] += 1 if accepted else -1
            self.decisions[self.checked.names[index]] = Decision(accepted, seen(line))
        return n

    def accepted(self) -> list[int]:
        """The indexes of the lines that are accepted."""
        lines = self.checked.lines if self.checked else ()
        return [index for index in range(len(lines)) if self.accepts(index)]

    def refused(self) -> list[int]:
        """The indexes of the lines that say something and are not accepted."""
        lines = self.checked.lines if self.checked else ()
        return [
            index
            for index, line in enumerate(lines)
            if line.verdict is not Verdict.UNCHANGED and not self.accepts(index)
        ]

    def accepted_lines(self) -> list[ProposedLine]:
        """The lines that are accepted."""
        return [self.checked.lines[index] for index in self.accepted()] if self.checked else []

    @property
    def n_accepted(self) -> int:
        """How many lines are accepted."""
        return sum(self.tally.values())

    @property
    def n_refused(self) -> int:
        """How many lines say something and are not accepted."""
        if self.checked is None:
            return 0
        counts = self.checked.counts
        return counts.total() - counts[Verdict.UNCHANGED] - self.n_accepted


def distinct(files: Iterable[OpenedFile]) -> list[OpenedFile]:
    """The files that were read; a content that is there twice in the same reading counts once."""
    by_content: dict[object, OpenedFile] = {}
    for file in files:
        if file.origin is not None:
            read_as = file.request if file.received is None else None
            by_content.setdefault((file.origin.digest, read_as), file)
    return list(by_content.values())
