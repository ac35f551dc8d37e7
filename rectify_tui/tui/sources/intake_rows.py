"""The lines of files in the order in which they are shown, one row for each changed cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rectify_tui.intake.model import FieldChange, Finding, ProposedLine, Verdict
from rectify_tui.intake.workspace.checked_file import CheckedFile

_PART_BITS = 8
_INDEX_BITS = 40
_ORDER = {verdict: verdict is Verdict.CLEAN for verdict in Verdict} | {Verdict.UNCHANGED: 2}
"""What is doubtful comes first, then what is clean, then what changes nothing."""


@dataclass(frozen=True)
class LinePart:
    """One row of a line: a changed cell, or a cell that is only spoken of, with what is said."""

    change: FieldChange | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def field(self) -> str:
        """The name of the field, where it is known."""
        if self.change is not None:
            return self.change.field
        return about_field(self.findings[0]) if self.findings else ""

    @property
    def column(self) -> str:
        """The letter of the column, where it is known."""
        if self.change is not None:
            return self.change.column
        return self.findings[0].column if self.findings else ""

    def about(self, finding: Finding) -> bool:
        """Whether a finding is about this cell."""
        field = about_field(finding)
        return (
            self.field == field
            if field
            else bool(finding.column) and (self.column == finding.column)
        )

    def with_(self, finding: Finding) -> LinePart:
        """This row, with one more thing to be said."""
        return LinePart(self.change, (*self.findings, finding))


def about_field(finding: Finding) -> str:
    """The name of the field that a finding is about; empty where it is about the whole line."""
    return str(finding.params.get("field", ""))


def parts_of(line: ProposedLine) -> list[LinePart]:
    """The rows of a line: its changes, then the cells that are only spoken of; at least one.

    What is said of the line as a whole stands in the first row. A record that would be new has one
    row, whatever it brings.
    """
    parts = [LinePart(change) for change in (line.changes[:1] if line.new else line.changes)]
    whole: list[Finding] = []
    for finding in line.findings:
        at = next((i for i, part in enumerate(parts) if part.about(finding)), None)
        if at is not None:
            parts[at] = parts[at].with_(finding)
        elif not line.new and (about_field(finding) or finding.column):
            parts.append(LinePart(None, (finding,)))
        else:
            whole.append(finding)
    parts = parts[: 1 << _PART_BITS] or [LinePart()]
    for finding in whole:
        parts[0] = parts[0].with_(finding)
    return parts


def key_of(file: int, index: int, part: int) -> int:
    """The key of a row, from the file's key, the line's index in it, and the part's in the line."""
    return (file << _INDEX_BITS | index) << _PART_BITS | part


def read_key(key: int) -> tuple[int, int, int]:
    """The file's key, the line's index, and the part's."""
    rest, part = divmod(key, 1 << _PART_BITS)
    file, index = divmod(rest, 1 << _INDEX_BITS)
    return file, index, part


@dataclass(frozen=True)
class LineFilter:
    """Which lines are shown: of one file or of all, holding a text, unchanged ones or not.

    With `folded` one row stands for all clean lines of returns, where those are many.
    """

    only: int | None = None
    text: str = ""
    unchanged: bool = False
    folded: bool = True


def indexes_of(
    checked: CheckedFile, shown: LineFilter, text_of: Callable[[ProposedLine], str]
) -> list[int]:
    """The indexes of the lines of a file that are shown, in their order.

    `text_of` is the text of a line that is searched.
    """
    text = shown.text.casefold()
    indexes = [
        index
        for index, line in enumerate(checked.lines)
        if (shown.unchanged or line.verdict is not Verdict.UNCHANGED)
        and (not text or text in text_of(line).casefold())
    ]
    indexes.sort(key=lambda index: _ORDER[checked.lines[index].verdict])
    return indexes


def rows_of(file: int, checked: CheckedFile, indexes: Sequence[int]) -> Iterator[int]:
    """The keys of the rows of some lines."""
    for index in indexes:
        for part in range(len(parts_of(checked.lines[index]))):
            yield key_of(file, index, part)
