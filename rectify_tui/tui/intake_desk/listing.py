"""The lines of the desk in the order in which they are shown, one row for each changed cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rectify_tui.intake.model import FieldChange, Finding, ProposedLine, Verdict
from rectify_tui.tui.intake_desk.paper import Reading

_PARTS = 8
_PLACES = 40
_ORDER = {verdict: verdict is Verdict.CLEAN for verdict in Verdict} | {Verdict.UNCHANGED: 2}
"""What is doubtful comes first, then what is clean, then what changes nothing."""


@dataclass(frozen=True)
class Part:
    """One row of a line: a changed cell, or a cell that is only spoken of, with what is said."""

    change: FieldChange | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def field(self) -> str:
        """The name of the field, where it is known."""
        if self.change is not None:
            return self.change.field
        return field_of(self.findings[0]) if self.findings else ""

    @property
    def column(self) -> str:
        """The letter of the column, where it is known."""
        if self.change is not None:
            return self.change.column
        return self.findings[0].column if self.findings else ""

    def about(self, finding: Finding) -> bool:
        """Whether a finding is about this cell."""
        field = field_of(finding)
        return (
            self.field == field
            if field
            else bool(finding.column) and (self.column == finding.column)
        )

    def with_(self, finding: Finding) -> Part:
        """This row, with one more thing to be said."""
        return Part(self.change, (*self.findings, finding))


def field_of(finding: Finding) -> str:
    """The name of the field that a finding is about; empty where it is about the whole line."""
    return str(finding.params.get("field", ""))


def parts_of(line: ProposedLine) -> list[Part]:
    """The rows of a line: its changes, then the cells that are only spoken of; at least one.

    What is said of the line as a whole stands in the first row. A record that would be new has one
    row, whatever it brings.
    """
    parts = [Part(change) for change in (line.changes[:1] if line.new else line.changes)]
    whole: list[Finding] = []
    for finding in line.findings:
        place = next((i for i, part in enumerate(parts) if part.about(finding)), None)
        if place is not None:
            parts[place] = parts[place].with_(finding)
        elif not line.new and (field_of(finding) or finding.column):
            parts.append(Part(None, (finding,)))
        else:
            whole.append(finding)
    parts = parts[: 1 << _PARTS] or [Part()]
    for finding in whole:
        parts[0] = parts[0].with_(finding)
    return parts


def key_of(paper: int, place: int, part: int) -> int:
    """The key of a row, from the file's key, the line's place in it, and the part's in the line."""
    return (paper << _PLACES | place) << _PARTS | part


def read_key(key: int) -> tuple[int, int, int]:
    """The file's key, the line's place, and the part's."""
    rest, part = divmod(key, 1 << _PARTS)
    paper, place = divmod(rest, 1 << _PLACES)
    return paper, place, part


@dataclass(frozen=True)
class Wanted:
    """Which lines are shown: of one file or of all, holding a text, unchanged ones or not."""

    only: int | None = None
    text: str = ""
    unchanged: bool = False


def places_of(reading: Reading, wanted: Wanted, told: Callable[[ProposedLine], str]) -> list[int]:
    """The places of the lines of a file that are shown, in their order.

    `told` is the text of a line that is searched.
    """
    text = wanted.text.casefold()
    found = [
        place
        for place, line in enumerate(reading.lines)
        if (wanted.unchanged or line.verdict is not Verdict.UNCHANGED)
        and (not text or text in told(line).casefold())
    ]
    found.sort(key=lambda place: _ORDER[reading.lines[place].verdict])
    return found


def rows_of(paper: int, reading: Reading, places: Sequence[int]) -> Iterator[int]:
    """The keys of the rows of some lines."""
    for place in places:
        for part in range(len(parts_of(reading.lines[place]))):
            yield key_of(paper, place, part)


Rule = tuple[Verdict, str]
"""A verdict and the code of a finding; without a code every line of the verdict."""


def rules_of(line: ProposedLine) -> list[Rule]:
    """The rules that a line meets: its verdict as a whole, and each of its findings."""
    codes = dict.fromkeys(finding.code for finding in line.findings)
    return [(line.verdict, ""), *((line.verdict, code) for code in codes)]


def fits(line: ProposedLine, rule: Rule) -> bool:
    """Whether a rule is about a line."""
    return rule in rules_of(line)
