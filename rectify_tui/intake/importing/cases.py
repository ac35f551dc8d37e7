"""Rows of complaint cases."""

from __future__ import annotations

from functools import partial

from rectify_tui.domain.amount import read_amount
from rectify_tui.domain.status import CaseStatus
from rectify_tui.domain.timeline import Values
from rectify_tui.errors import Problem
from rectify_tui.intake.importing import cells
from rectify_tui.intake.importing.context import ImportContext
from rectify_tui.intake.importing.numbered import (
    NumberedRows,
    Numbers,
    check_day,
    city_of,
    identify_row,
    regions_of,
)
from rectify_tui.intake.importing.parsed_row import CellReader, ParsedRow, differing, often
from rectify_tui.intake.model import Finding, Verdict
from rectify_tui.intake.reading.cells import Cell
from rectify_tui.intake.table import Table, TableRow
from rectify_tui.store.commands.cases import COUNTS, TEXTS, field_values, new_case
from rectify_tui.store.commands.intake import RecordEntry
from rectify_tui.store.records import CASE

_READ_FIRST = {
    "key_case": cells.flag, "types": cells.pollution_types, "substantiated": cells.substantiated,
}  # fmt: skip
_STATUS = Problem("importing.expected_case_status")
_CLOSING = Problem("importing.expected_closing")


class CaseRows(NumberedRows):
    """Rows of cases: a known number changes what differs, a new number adds a case."""

    entity = CASE
    chunk = 500

    def __init__(self, context: ImportContext, table: Table) -> None:
        super().__init__(Numbers(context, CASE))
        self.context = context
        self.remarks: list[Finding] = []
        self.columns = frozenset(
            {"status", "regions", "region_id", "types", "substantiated", "passed_on", "closed_on",
             "fined_yuan", "key_case", "duplicate_of", "latitude", "longitude", *TEXTS, *COUNTS}
        )  # fmt: skip
        self._readers = [
            (name, index, self._reader(name))
            for name, index in sorted(context.at.items(), key=lambda column: column[0] == "region")
            if name not in ("programme", "number", "ref")
        ]
        if "status" not in context.at:
            self.remarks.append(context.finding("no_case_status_column", verdict=Verdict.CLEAN))

    # reading

    def read(self, row: TableRow) -> ParsedRow:
        """What a row says of a case."""
        parsed = self.context.begin(row)
        identify_row(self.context, parsed, row, self.numbers, cells.case_number)
        if parsed.programme is not None:
            self.context.read_cells(parsed, row, self._readers)
        return parsed

    def _reader(self, name: str) -> CellReader:
        own: dict[str, CellReader] = {
            "on": self.context.read_day,
            "city": self._read_city,
            "region": self._read_regions,
            "fined_wan": self._read_fine,
            "duplicate_of": self._read_duplicate,
        }
        if name in ("passed_on", "closed_on"):
            return often(partial(self._day, name))
        if name in ("latitude", "longitude"):
            return partial(self._read_coordinate, name)
        if name in TEXTS:
            return partial(self._read_text, name)
        return own.get(name) or often(partial(self._plain, name))

    def _plain(self, name: str, _: ParsedRow, text: str) -> Values:
        if name in COUNTS:
            text = cells.count(text)
        elif name in _READ_FIRST:
            text = _READ_FIRST[name](text)
        return field_values(name, text, today=self.context.today)

    def _day(self, name: str, _: ParsedRow, text: str) -> Values:
        return {name: cells.past_day(text, self.context.today).isoformat()}

    def _read_text(self, name: str, parsed: ParsedRow, text: str, _: Cell) -> None:
        parsed.values |= field_values(name, text, today=self.context.today)

    def _read_city(self, parsed: ParsedRow, text: str, cell: Cell) -> None:
        city_of(self.context, parsed, text)
        self._read_regions(parsed, text, cell)

    def _read_regions(self, parsed: ParsedRow, text: str, _: Cell) -> None:
        ids = [region.id for region in regions_of(self.context, parsed, text)]
        if ids:
            parsed.values |= {"regions": ",".join(map(str, ids)), "region_id": ids[0]}

    def _read_fine(self, parsed: ParsedRow, text: str, _: Cell) -> None:
        unit = self.context.headings[self.context.at["fined_wan"]].unit or self.context.unit
        parsed.values["fined_yuan"] = read_amount(text, unit)

    def _read_duplicate(self, parsed: ParsedRow, text: str, cell: Cell) -> None:
        assert parsed.programme is not None
        key = (parsed.programme.id, cells.case_number(cell))
        if key == parsed.key:
            raise Problem("importing.own_duplicate", ref=parsed.ref)
        parsed.link = ("duplicate_of", key)

    def _read_coordinate(self, name: str, parsed: ParsedRow, text: str, _: Cell) -> None:
        parsed.values[name] = cells.coordinate(text, name)

    # holding against the ledger

    def entry(self, parsed: ParsedRow, id: int | None, now: Values | None) -> RecordEntry:
        """The case to be added, or the fields that differ."""
        values = dict(parsed.values)
        self._close(parsed, values, now)
        link = self.follow_link(parsed, values)
        if now is not None:
            changes = differing(values, now)
            check_day(self.context, parsed, changes, now)
            return RecordEntry(id, changes, parsed.on, parsed.state_on, link=link)
        assert parsed.programme is not None
        if "status" not in values and "status" in self.context.at:
            parsed.findings.append(
                self.context.finding("no_case_status", "status", expected=_STATUS)
            )
        new = {
            **new_case(parsed.programme.id, parsed.key[1], parsed.programme.region_id), **values,
            "source": f"{self.context.origin} / {parsed.row}",
        }  # fmt: skip
        return RecordEntry(None, new, parsed.state_on or parsed.on, link=link)

    def _close(self, parsed: ParsedRow, values: Values, now: Values | None) -> None:
        """Keep state and day of closing in step: a day of closing says that a case is closed."""
        if "status" not in values:
            if "closed_on" in values:
                values["status"] = CaseStatus.CLOSED.value
        elif values["status"] == CaseStatus.CLOSED:
            closed = now is not None and now["status"] == CaseStatus.CLOSED
            if "closed_on" not in values and not closed:
                values["closed_on"] = parsed.state_on or parsed.on
        elif "closed_on" in values:
            holds = parsed.cells[self.context.at["closed_on"]]
            parsed.findings.append(
                self.context.finding("closed_or_not", "closed_on", holds, _CLOSING)
            )
        else:
            values["closed_on"] = None
