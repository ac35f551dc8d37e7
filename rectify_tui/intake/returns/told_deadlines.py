"""Deadlines that came back from a unit otherwise than they were sent: the office says what it is.

The column is locked, so a unit cannot move a deadline. What it wrote there is an extension, whose
names somebody has to give, or the mistake of the ledger put right; until that is said it stays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rectify_tui.domain.timeline import Values
from rectify_tui.intake.importing.other_deadlines import DeadlinesOfFile, moves_deadline
from rectify_tui.intake.model import FieldChange, Finding
from rectify_tui.store.commands.deadlines import DeadlineMove
from rectify_tui.store.commands.typed import deadline_values

ALTERED = "identity_altered"
"""The finding about a locked cell that is not as it was sent."""

NAME = "deadline"


@dataclass(frozen=True)
class ToldDeadline:
    """Another deadline as its columns keep it, and how it comes to be another."""

    values: Values
    move: DeadlineMove


def told_deadline(
    finding: Finding, now: Values, year: int | None, deadlines: DeadlinesOfFile
) -> ToldDeadline | Finding:
    """What an altered cell of deadlines asks for, or what is to be said of it instead.

    A cell without a day, or with that of the ledger, is only an altered cell.
    """
    if finding.code != ALTERED or finding.params.get("field") != NAME:
        return finding
    values = deadline_values(finding.holds, year)
    if values["due_on"] in (None, now["due_on"]) or not moves_deadline(values, now):
        return finding
    move = deadlines.move(values, now, {})
    if isinstance(move, DeadlineMove):
        return ToldDeadline(values, move)
    return replace(move, holds=finding.holds)


def change_of(told: ToldDeadline, now: Values) -> FieldChange:
    """The change that people are shown."""
    return FieldChange(NAME, now["deadline"], told.values["deadline"])
