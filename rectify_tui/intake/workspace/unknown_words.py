"""Words in the cells of a line that mean nothing yet, and what they may be said to mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rectify_tui.domain.case import PollutionType
from rectify_tui.domain.fields import Field, FieldKind
from rectify_tui.domain.status import CaseStatus, Status, Verification
from rectify_tui.intake.importing.survey import UNREAD
from rectify_tui.intake.mapping import ValueRule
from rectify_tui.intake.model import ProposedLine
from rectify_tui.intake.record_fields import field_of
from rectify_tui.intake.workspace.opened_file import OpenedFile

_MEANINGS: Mapping[FieldKind, tuple[str, ...]] = {
    FieldKind.STATUS: tuple(each for each in Status if each is not Status.MERGED),
    FieldKind.CASE_STATUS: tuple(CaseStatus),
    FieldKind.VERIFICATION: tuple(Verification),
    FieldKind.SUBSTANTIATED: ("yes", "mostly", "partly", "no"),
    FieldKind.TYPES: tuple(PollutionType),
}
"""What fields with words of their own may be said to be."""


def meanings_of(field: Field) -> tuple[str, ...]:
    """All that a word under a field may mean; none where that is open."""
    return _MEANINGS.get(field.kind, ())


@dataclass(frozen=True)
class UnknownWord:
    """A word under a field; `meanings` are all that it may mean, none where that is open."""

    field: Field
    word: str
    meanings: tuple[str, ...]

    def means(self, meaning: str) -> ValueRule:
        """The rule that it means something; nothing for an empty text."""
        return ValueRule(self.field.name, self.word, meaning)


def unknown_word(file: OpenedFile, line: ProposedLine, column: str = "") -> UnknownWord | None:
    """A word of a line that cannot be read: that of a column, or the first; None without any."""
    if file.prepared is None:
        return None
    kind, headings = file.prepared.kind, file.prepared.table.headings
    letters = {heading.letter: heading.index for heading in headings}
    for finding in sorted(line.findings, key=lambda finding: finding.column != column):
        index = letters.get(finding.column) if finding.code in UNREAD else None
        field = field_of(kind, file.prepared.mapping.fields.get(-1 if index is None else index, ""))
        if index is not None and field is not None and line.cells[index]:
            return UnknownWord(field, line.cells[index], meanings_of(field))
    return None
