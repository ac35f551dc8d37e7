"""Rows of complaint cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from rectify_tui.domain.amount import read_amount
from rectify_tui.domain.answers import in_words
from rectify_tui.domain.fields import CASE as CASE_FIELDS
from rectify_tui.domain.fields import FieldKind
from rectify_tui.domain.status import CaseStatus
from rectify_tui.domain.timeline import Values
from rectify_tui.errors import Problem
from rectify_tui.intake.importing import cells
from rectify_tui.intake.importing.columns import ColumnHints
from rectify_tui.intake.importing.context import ImportContext
from rectify_tui.intake.importing.numbered import (
    NAMING,
    NumberedRows,
    Numbers,
    changed_columns,
    check_day,
    city_of,
    identify_row,
    number_text,
    regions_of,
)
from rectify_tui.intake.importing.parsed_row import CellReader, ParsedRow, differing, often
from rectify_tui.intake.importing.ticks import Ticks
from rectify_tui.intake.mapping.fields import CITY
from rectify_tui.intake.model import Finding
from rectify_tui.intake.reading.cells import Cell
from rectify_tui.intake.table import Table, TableRow
from rectify_tui.store.commands.cases import field_values, new_case
from rectify_tui.store.commands.intake import RecordEntry
from rectify_tui.store.commands.typed import money_values
from rectify_tui.store.records import CASE

_IN_COMMANDS_WORDS: Mapping[FieldKind, Callable[[str], str]] = {
    FieldKind.FLAG: cells.flag, FieldKind.TYPES: cells.pollution_types,
    FieldKind.COUNT: cells.count,
}  # fmt: skip
"""What files write otherwise than commands take it, by kind of field."""
_STATUS = Problem("importing.expected_case_status")
_CLOSING = Problem("importing.expected_closing")


class CaseRows(NumberedRows):
    """Rows of cases: a known number changes what differs, a new number adds a case."""

    entity = CASE
    chunk = 500
    read_number = staticmethod(cells.case_number)

    def __init__(self, context: ImportContext, table: Table) -> None:
        super().__init__(context, Numbers(context, CASE))
        self.context = context
        self.remarks: list[Finding] = []
        self.columns = changed_columns(CASE_FIELDS)
        self._hints = ColumnHints(table, CASE_FIELDS, context.at, context.order)
        self._ticks = Ticks(context) if "status" not in context.at else None
        self._read_status = often(self._status)
        self._readers = [
            (name, index, self._reader(name))
            for name, index in sorted(context.at.items(), key=lambda column: column[0] == "region")
            if name not in NAMING
        ]
        self.tells_status = "status" in context.at or bool(self._ticks)
        if self._ticks:
            self.remarks.append(self._ticks.remark)

    # reading

    def read(self, row: TableRow) -> ParsedRow:
        """What a row says of a case."""
        parsed = self.context.begin(row)
        identify_row(self.context, parsed, row, self.numbers, cells.case_number)
        if parsed.programme is not None:
            self.context.read_cells(parsed, row, self._readers)
            if self._ticks:
                self._ticks.read(parsed, row, self._read_status)
            self.read_beside(parsed, row)
            if "key_case" not in self.context.at and cells.is_marked(
                number_text(self.context, row)
            ):
                parsed.values["key_case"] = 1
        return parsed

    def _reader(self, name: str) -> CellReader:
        if name == CITY:
            return self._read_city
        kind = CASE_FIELDS[name].kind
        match kind:
            case FieldKind.CASE_STATUS:
                return self._read_status
            case FieldKind.SUBSTANTIATED:
                return often(partial(self._answer, name, cells.substantiated))
            case FieldKind.REGIONS:
                return self._read_regions
            case FieldKind.MONEY:
                return partial(self._read_money, name)
            case FieldKind.REFERENCE:
                return partial(self._read_case, name)
            case FieldKind.PAST_DAY:
                return often(partial(self._day, name))
            case FieldKind.COMING_DAY:
                return often(partial(self._coming_day, name))
            case FieldKind.COORDINATE:
                return partial(self._read_coordinate, name)
            case FieldKind.TEXT | FieldKind.LONG_TEXT | FieldKind.PEOPLE:
                return partial(self._read_text, name)
        return often(partial(self._plain, name, _IN_COMMANDS_WORDS.get(kind, str)))

    def _plain(
        self, name: str, in_commands_words: Callable[[str], str], _: ParsedRow, text: str
    ) -> Values:
        return field_values(name, in_commands_words(text), today=self.context.today)

    def _status(self, parsed: ParsedRow, text: str) -> Values:
        return self._answer("status", str, parsed, text)

    def _answer(
        self, name: str, in_commands_words: Callable[[str], str], parsed: ParsedRow, text: str
    ) -> Values:
        """是 and 否 say what the heading asks."""
        at = self.context.at.get(name)
        asked = text if at is None else in_words(text, self.context.headings[at].last)
        return self._plain(name, in_commands_words, parsed, asked)

    def _day(self, name: str, _: ParsedRow, text: str) -> Values:
        text = self._hints.day_text(name, text)
        return {name: cells.past_day(text, self.context.today).isoformat()}

    def _coming_day(self, name: str, _: ParsedRow, text: str) -> Values:
        text = self._hints.day_text(name, text)
        return {CASE_FIELDS[name].column: cells.last_day(text).isoformat()}

    def _read_text(self, name: str, parsed: ParsedRow, text: str, _: Cell) -> None:
        parsed.values |= field_values(name, text, today=self.context.today)

    def _read_city(self, parsed: ParsedRow, text: str, cell: Cell) -> None:
        city_of(self.context, parsed, text)
        self._read_regions(parsed, text, cell)

    def _read_regions(self, parsed: ParsedRow, text: str, _: Cell) -> None:
        ids = [region.id for region in regions_of(self.context, parsed, text)]
        if ids:
            parsed.values |= {"regions": ",".join(map(str, ids)), "region_id": ids[0]}

    def _read_money(self, name: str, parsed: ParsedRow, text: str, _: Cell) -> None:
        unit = self.context.headings[self.context.at[name]].unit or self.context.unit
        yuan = read_amount(text, unit)
        if cells.may_be_yuan(text, unit, yuan):
            raise Problem("table_finding.amount.wan_or_yuan", text=text, yuan=yuan)
        parsed.values |= money_values(CASE_FIELDS[name], yuan)

    def _read_case(self, name: str, parsed: ParsedRow, text: str, cell: Cell) -> None:
        assert parsed.programme is not None
        key = (parsed.programme.id, cells.case_number(cell))
        if key == parsed.key:
            raise Problem("importing.own_duplicate", ref=parsed.ref)
        parsed.link = (CASE_FIELDS[name].column, key)

    def _read_coordinate(self, name: str, parsed: ParsedRow, text: str, _: Cell) -> None:
        parsed.values[name] = cells.coordinate(text, name)

    # holding against the ledger

    def entry(self, parsed: ParsedRow, id: int | None, now: Values | None) -> RecordEntry:
        """The case to be added, or the fields that differ."""
        values = dict(parsed.values)
        self._close(parsed, values, now)
        self.place(parsed, values, now)
        self.keep_beside(parsed, values, now)
        link = self.follow_link(parsed, values)
        if now is not None:
            changes = differing(values, now)
            check_day(self.context, parsed, changes, now)
            return RecordEntry(id, changes, parsed.on, parsed.state_on, link=link)
        assert parsed.programme is not None
        if "status" not in values and self.tells_status:
            self.require_status(parsed, "no_case_status", _STATUS)
        new = {
            **new_case(parsed.programme.id, parsed.key[1], parsed.programme.region_id), **values,
            "source": self.source(parsed),
        }  # fmt: skip
        return RecordEntry(None, new, parsed.state_on or parsed.on, link=link)

    def region_values(self, id: int) -> Values:
        """The columns of a case that keep its regions."""
        return {"regions": str(id), "region_id": id}

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
