"""What a file proposes, as it was held against the ledger at one moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rectify_tui.intake.model import Proposal, ProposedLine, Verdict
from rectify_tui.intake.workspace.accepting import accepted_unasked

LineName = tuple[str, int]
"""What a line is called whenever its file is read: its reference, and which one of that it is."""

ColumnFields = tuple[tuple[str, str], ...]
"""Headings, each with the name of its field; empty where the column is not read."""


@dataclass(frozen=True)
class CheckedFile:
    """A file as it was read and checked: after which batch of the ledger, and on which day.

    `names` has the lines by their index, `indexes` the other way round; `by_default` lines are
    accepted unless somebody says otherwise, and `new_by_default` of them add a record. `columns`
    and `missing` are those of an import, `code` that of the return that a file answers.
    """

    proposal: Proposal
    batch: int
    day: date
    names: tuple[LineName, ...]
    indexes: Mapping[LineName, int]
    by_default: int
    new_by_default: int
    counts: Counter[Verdict]
    columns: ColumnFields = ()
    missing: tuple[str, ...] = ()
    code: str = ""

    @classmethod
    def of(
        cls, proposal: Proposal, batch: int, day: date, columns: ColumnFields = (),
        missing: tuple[str, ...] = (), code: str = "",
    ) -> CheckedFile:  # fmt: skip
        """A checked file, with all that takes longer where there are many lines."""
        times: Counter[str] = Counter()
        names = []
        for line in proposal.lines:
            called = line.ref or f"\n{line.row}"
            names.append((called, times[called]))
            times[called] += 1
        unasked = [line for line in proposal.lines if accepted_unasked(line)]
        n_new = sum(line.new for line in unasked)
        indexes = {name: index for index, name in enumerate(names)}
        return cls(
            proposal, batch, day, tuple(names), indexes, len(unasked), n_new, proposal.counts(),
            columns, missing, code,
        )  # fmt: skip

    @property
    def n_doubtful(self) -> int:
        """How many lines somebody has to look at."""
        return self.counts.total() - self.counts[Verdict.CLEAN] - self.counts[Verdict.UNCHANGED]

    @property
    def lines(self) -> tuple[ProposedLine, ...]:
        """The lines of the file."""
        return self.proposal.lines
