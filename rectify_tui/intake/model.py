"""What a file proposes: its lines, how each would change the ledger, and what is said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from rectify_tui.domain.timeline import Value
from rectify_tui.errors import Problem


class IntakeKind(StrEnum):
    """What a file brings."""

    RETURN = "return"
    ITEMS = "items"
    CASES = "cases"
    REGIONS = "regions"
    FIGURES = "figures"
    COVERAGE = "coverage"
    VISITS = "visits"


class Verdict(StrEnum):
    """What becomes of a line, from harmless to impossible."""

    UNCHANGED = "unchanged"
    CLEAN = "clean"
    CONFLICT = "conflict"
    SUSPICIOUS = "suspicious"
    UNREADABLE = "unreadable"

    @property
    def applicable(self) -> bool:
        """Whether a person may take the line as it is."""
        return self is not Verdict.UNREADABLE


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to be said about a line or a file.

    `code` names the rule and the message `intake.finding.{code}`; `column` is the letter of the
    column (empty where no single cell is meant), `holds` what the cell holds, `expected` a problem
    or text telling what should stand there. `verdict` is what the finding makes of its line.
    """

    code: str
    verdict: Verdict
    column: str = ""
    heading: str = ""
    holds: str = ""
    expected: str | Problem = ""
    params: Mapping[str, object] = field(default_factory=dict)


OUT_OF_TIME = "region_time"
"""The finding about a region that is not there on the day of a row, which is taken anyway."""


def names_out_of_time(findings: Iterable[Finding]) -> bool:
    """Whether a row names a region that is not there on its day."""
    return any(finding.code == OUT_OF_TIME for finding in findings)


def lost_cells(findings: Iterable[Finding]) -> int:
    """How many cells a line is taken without, since they could not be read."""
    return sum(finding.code == LOST_CELL for finding in findings)


LOST_CELL = "unread"
"""The code of what is found about a cell that its line can do without."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a record, by the name that commands use: the text before and after.

    `before` is what the ledger holds now. Where both sides changed a field, `sent` is what the
    file was sent out with.
    """

    field: str
    before: Value
    after: Value
    column: str = ""
    sent: Value = None


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """A row of a file. `id` is its record, None where it would be new or is not known.

    `row` is the row's number in the sheet, counted from 1; 0 for a row that is missing from it.
    `cells` are the original cells as text, in the order of the file's headings.
    """

    row: int
    ref: str
    id: int | None
    verdict: Verdict
    changes: tuple[FieldChange, ...] = ()
    findings: tuple[Finding, ...] = ()
    cells: tuple[str, ...] = ()

    @property
    def new(self) -> bool:
        """Whether the line would add a record."""
        return self.id is None and self.verdict is not Verdict.UNREADABLE


@dataclass(frozen=True, slots=True)
class Origin:
    """The file and the sheet from which lines come; `digest` is the SHA-256 of the file."""

    path: Path
    name: str
    sheet: str
    digest: str


@dataclass(frozen=True)
class Proposal:
    """Everything that a file proposes.

    `remarks` are findings about the file as a whole, `headings` the titles of its columns. Rows
    that are no records (totals, notes) are in `skipped`, by their row number, with a message key.
    """

    origin: Origin
    kind: IntakeKind
    headings: tuple[str, ...]
    lines: tuple[ProposedLine, ...]
    remarks: tuple[Finding, ...] = ()
    skipped: Mapping[int, str] = field(default_factory=dict)

    def counts(self) -> Counter[Verdict]:
        """How many lines each verdict has."""
        return Counter(line.verdict for line in self.lines)
