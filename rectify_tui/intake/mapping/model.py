"""What was made of the headings of a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from rectify_tui.intake.model import IntakeKind


class Certainty(StrEnum):
    """How a column came to its field."""

    GIVEN = "given"
    """Somebody said so."""
    CERTAIN = "certain"
    """The heading is one of the field's."""
    LIKELY = "likely"
    """The heading ends in one of the field's, or its lower line is one."""


@dataclass(frozen=True)
class Mapping:
    """Which heading, by its index, is which field of a kind of table.

    `unknown` are the headings that no field was found for, or whose field a better column has;
    `rivals` says for the latter which column that is. `ignored` are those that are understood and
    bring nothing: numbers of rows, telephones, and what a person told to leave out. `values` has
    what words in the cells of a field mean, by the words folded; an empty meaning says nothing.
    """

    kind: IntakeKind
    fields: dict[int, str]
    unknown: tuple[int, ...] = ()
    ignored: tuple[int, ...] = ()
    certainty: dict[int, Certainty] = field(default_factory=dict)
    rivals: dict[int, int] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)

    def column(self, name: str) -> int | None:
        """The index of the heading that is a field, None where no column is."""
        return next((index for index, each in self.fields.items() if each == name), None)
