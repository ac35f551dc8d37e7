"""Rows of coverage: how many are done of how many due in a place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from rectify_tui.domain.text import clean, narrow
from rectify_tui.domain.timeline import Values
from rectify_tui.errors import Problem
from rectify_tui.intake.importing import cells
from rectify_tui.intake.importing.context import ImportContext
from rectify_tui.intake.importing.numbered import tell_of_time
from rectify_tui.intake.importing.parsed_row import CellReader, ParsedRow, differing
from rectify_tui.intake.model import Finding
from rectify_tui.intake.reading.cells import Cell
from rectify_tui.intake.table import Table, TableRow
from rectify_tui.store.commands.intake import Numbered, RecordEntry, coverage_keys
from rectify_tui.store.records import COVERAGE

_COUNT = re.compile("[0-9]+")


class CoverageRows:
    """Rows of coverage, all as of the day of the import. A place of a day is one record."""

    entity = COVERAGE
    chunk = 500

    def __init__(self, context: ImportContext, table: Table) -> None:
        self.context = context
        self.ids: dict[Numbered, int | None] = {}
        self.remarks: list[Finding] = []
        self.columns = frozenset({"done", "due", "note"})
        self._ids = coverage_keys(context.connection)
        self._readers = [(name, index, self._reader(name)) for name, index in context.at.items()]

    def read(self, row: TableRow) -> ParsedRow:
        """What a row says of a place."""
        parsed = self.context.begin(row)
        programme = self.context.programme
        parsed.values = {
            "programme_id": programme.id if programme else None, "region_id": self.context.under,
            "stated_on": parsed.on, "done": None, "due": None, "source": self.context.origin,
        }  # fmt: skip
        self.context.read_cells(parsed, row, self._readers)
        if parsed.values["programme_id"] is None:
            parsed.findings.append(self.context.finding("no_programme", "programme"))
        done, due = parsed.values["done"], parsed.values["due"]
        if done is None and due is None:
            expected = Problem("coverage.nothing_said")
            parsed.findings.append(self.context.finding("cell", "done", expected=expected))
        elif done is not None and due is not None and int(done) > int(due):
            expected = Problem("coverage.more_than_due", done=done, due=due)
            parsed.findings.append(self.context.finding("cell", "done", expected=expected))
        names = ("programme_id", "region_id", "stated_on")
        parsed.key = tuple(parsed.values[name] for name in names)
        parsed.ref = self.context.cell(row, "region")
        return parsed

    def _reader(self, name: str) -> CellReader:
        own: dict[str, CellReader] = {
            "programme": self.context.read_programme, "region": self._read_region,
            "note": self._read_note,
        }  # fmt: skip
        return own.get(name) or partial(self._read_count, name)

    def _read_region(self, parsed: ParsedRow, text: str, _: Cell) -> None:
        under = self.context.under
        within = self.context.regions.nation if under is None else under
        region = self.context.regions.find(text, within)
        parsed.values["region_id"] = region.id
        tell_of_time(self.context, parsed, text, [region])

    def _read_count(self, name: str, parsed: ParsedRow, text: str, _: Cell) -> None:
        number = cells.count(narrow(text)).replace(",", "")
        if not _COUNT.fullmatch(number):
            raise Problem("coverage.no_count", text=clean(text))
        parsed.values[name] = int(number)

    def _read_note(self, parsed: ParsedRow, text: str, _: Cell) -> None:
        parsed.values["note"] = clean(text, multiline=True)

    def id_of(self, parsed: ParsedRow) -> int | None:
        """The record of that place and day."""
        return self._ids.get(parsed.key)

    def look_up(self, ids: Sequence[int]) -> None:
        """Nothing else has to be known."""

    def waits_for(self, parsed: ParsedRow) -> Numbered | None:
        """No place points to another."""
        return None

    def settled(self, parsed: ParsedRow, id: int | None) -> None:
        """No row looks for another one."""

    def entry(self, parsed: ParsedRow, id: int | None, now: Values | None) -> RecordEntry:
        """What is stated of the place, or what differs from what was stated for that day."""
        if now is None:
            return RecordEntry(None, dict(parsed.values), parsed.on)
        given = {name: value for name, value in parsed.values.items() if name in self.columns}
        said = {name: value for name, value in given.items() if value is not None}
        return RecordEntry(id, differing(said, now), parsed.on)
