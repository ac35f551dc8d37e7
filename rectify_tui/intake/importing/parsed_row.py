"""What a row says of a record, and how its cells are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from rectify_tui.domain.region import Region
from rectify_tui.domain.timeline import Value, Values
from rectify_tui.errors import Problem
from rectify_tui.intake.model import Finding, Verdict
from rectify_tui.intake.reading.cells import Cell
from rectify_tui.store.commands.intake import Numbered, ProgrammeKey, StepEntry

_MOST_KNOWN = 20_000
"""Texts of cells that a reader keeps, so that a million rows pass in bounded memory."""


class NamedPlace(NamedTuple):
    """A region that no column of regions names, the words that do, and whose words they are."""

    region: Region
    words: str
    by_section: bool


@dataclass(slots=True)
class ParsedRow:
    """What a row says of a record: typed values of the cells that are filled.

    `key` tells which record it is, `ref` what it is called; `id` is that of a record found while
    reading. `given` are the fields whose cells were read. `units` names units by the field that
    holds their id, `link` is a field that points to another record. `city_id` is the city of a
    column of its own, in which the region is looked for; `place` is what is named where there is no
    column of regions, or why that is in doubt. `unread` has the cells that could not be read, by
    their fields, `as_sent` those of columns that are no field, by their headings. `on` is the day
    from which all of it holds, `state_on` that from which its status does, where the row tells one.
    `year` is the one of days without a year, where that is not the programme's.
    """

    row: int
    cells: tuple[str, ...]
    on: str
    state_on: str | None = None
    key: Any = None
    id: int | None = None
    ref: str = ""
    given: set[str] = field(default_factory=set)
    values: Values = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    link: tuple[str, Numbered] | None = None
    measures: tuple[str, ...] = ()
    steps: tuple[StepEntry, ...] = ()
    year: int | None = None
    extension: dict[str, str] = field(default_factory=dict)
    programme: ProgrammeKey | None = None
    city_id: int | None = None
    place: NamedPlace | Problem | None = None
    unread: dict[str, str] = field(default_factory=dict)
    as_sent: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def unreadable(self) -> bool:
        """Whether something in the row keeps it from being taken."""
        if not self.findings:  # as in nearly all rows
            return False
        return any(finding.verdict is Verdict.UNREADABLE for finding in self.findings)


CellReader = Callable[[ParsedRow, str, Cell], None]
"""Reads a filled cell, given its text and its raw value. Raises `Problem`."""


def often(read: Callable[[ParsedRow, str], Values]) -> CellReader:
    """A reader for cells whose texts come again and again: each is read once for a programme."""
    known: dict[tuple[str, int], Values] = {}

    def reader(parsed: ParsedRow, text: str, _: Cell) -> None:
        assert parsed.programme is not None
        key = text, parsed.programme.id
        values = known.get(key)
        if values is None:
            if len(known) >= _MOST_KNOWN:
                known.clear()
            values = known[key] = read(parsed, text)
        parsed.values.update(values)

    return reader


def differing(parsed: Mapping[str, Value], now: Values | None) -> Values:
    """The values that differ from those that hold."""
    if now is None:
        return dict(parsed)
    return {name: value for name, value in parsed.items() if now.get(name) != value}
