"""Rows of complaint cases."""

from __future__ import annotations

from functools import partial

from rectify_tui.domain.amount import read_amount
from rectify_tui.domain.answers import in_words
from rectify_tui.domain.status import CaseStatus
from rectify_tui.domain.timeline import Values
from rectify_tui.errors import Problem
from rectify_tui.intake.importing import cells
from rectify_tui.intake.importing.columns import ColumnHints
from rectify_tui.intake.importing.numbered import (
    NumberedRows,
    Numbers,
    check_day,
    city_of,
    number_text,
    place_row,
    regions_of,
)
from rectify_tui.intake.importing.record import Frame, Read, Said, differing, often
from rectify_tui.intake.importing.ticks import Ticks
from rectify_tui.intake.model import Finding, Verdict
from rectify_tui.intake.reading.cells import Cell
from rectify_tui.intake.table import Table, TableRow
from rectify_tui.store.commands.cases import COUNTS, TEXTS, field_values, new_case
from rectify_tui.store.commands.intake import Entry
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

    def __init__(self, frame: Frame, table: Table) -> None:
        super().__init__(Numbers(frame, CASE))
        self.frame = frame
        self.remarks: list[Finding] = []
        self.columns = frozenset(
            {"status", "regions", "region_id", "types", "substantiated", "passed_on", "closed_on",
             "fined_yuan", "key_case", "duplicate_of", "latitude", "longitude", *TEXTS, *COUNTS}
        )  # fmt: skip
        self._hints = ColumnHints(table, frame.at)
        self._ticks = Ticks(frame) if "status" not in frame.at else None
        self._read_status = often(partial(self._plain, "status"))
        self._readers = [
            (name, index, self._reader(name))
            for name, index in sorted(frame.at.items(), key=lambda column: column[0] == "region")
            if name not in ("programme", "number", "ref")
        ]
        self._tells_status = "status" in frame.at or bool(self._ticks)
        if self._ticks:
            self.remarks.append(self._ticks.remark)
        if not self._tells_status:
            self.remarks.append(frame.finding("no_case_status_column", verdict=Verdict.CLEAN))

    # reading

    def read(self, row: TableRow) -> Said:
        """What a row says of a case."""
        said = self.frame.begin(row)
        place_row(self.frame, said, row, self.numbers, cells.case_number)
        if said.plan is not None:
            self.frame.read_cells(said, row, self._readers)
            if self._ticks:
                self._ticks.read(said, row, self._read_status)
            if "key_case" not in self.frame.at and cells.is_marked(number_text(self.frame, row)):
                said.values["key_case"] = 1
        return said

    def _reader(self, name: str) -> Read:
        own: dict[str, Read] = {
            "status": self._read_status,
            "on": self.frame.read_day,
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

    def _plain(self, name: str, _: Said, text: str) -> Values:
        if name in ("status", "substantiated") and name in self.frame.at:
            text = in_words(text, self.frame.headings[self.frame.at[name]].last)
        if name in COUNTS:
            text = cells.count(text)
        elif name in _READ_FIRST:
            text = _READ_FIRST[name](text)
        return field_values(name, text, today=self.frame.today)

    def _day(self, name: str, _: Said, text: str) -> Values:
        text = self._hints.day_text(name, text)
        return {name: cells.past_day(text, self.frame.today).isoformat()}

    def _read_text(self, name: str, said: Said, text: str, _: Cell) -> None:
        said.values |= field_values(name, text, today=self.frame.today)

    def _read_city(self, said: Said, text: str, cell: Cell) -> None:
        city_of(self.frame, said, text)
        self._read_regions(said, text, cell)

    def _read_regions(self, said: Said, text: str, _: Cell) -> None:
        ids = [region.id for region in regions_of(self.frame, said, text)]
        if ids:
            said.values |= {"regions": ",".join(map(str, ids)), "region_id": ids[0]}

    def _read_fine(self, said: Said, text: str, _: Cell) -> None:
        unit = self.frame.headings[self.frame.at["fined_wan"]].unit or self.frame.unit
        said.values["fined_yuan"] = read_amount(text, unit)

    def _read_duplicate(self, said: Said, text: str, cell: Cell) -> None:
        assert said.plan is not None
        key = (said.plan.id, cells.case_number(cell))
        if key == said.key:
            raise Problem("importing.own_duplicate", ref=said.ref)
        said.link = ("duplicate_of", key)

    def _read_coordinate(self, name: str, said: Said, text: str, _: Cell) -> None:
        said.values[name] = cells.coordinate(text, name)

    # holding against the ledger

    def entry(self, said: Said, id: int | None, now: Values | None) -> Entry:
        """The case to be added, or the fields that differ."""
        values = dict(said.values)
        self._close(said, values, now)
        link = self.follow_link(said, values)
        if now is not None:
            changes = differing(values, now)
            check_day(self.frame, said, changes, now)
            return Entry(id, changes, said.on, said.state_on, link=link)
        assert said.plan is not None
        if "status" not in values and self._tells_status:
            said.findings.append(self.frame.finding("no_case_status", "status", expected=_STATUS))
        new = {
            **new_case(said.plan.id, said.key[1], said.plan.region_id), **values,
            "source": f"{self.frame.origin} / {said.row}",
        }  # fmt: skip
        return Entry(None, new, said.state_on or said.on, link=link)

    def _close(self, said: Said, values: Values, now: Values | None) -> None:
        """Keep state and day of closing in step: a day of closing says that a case is closed."""
        if "status" not in values:
            if "closed_on" in values:
                values["status"] = CaseStatus.CLOSED.value
        elif values["status"] == CaseStatus.CLOSED:
            closed = now is not None and now["status"] == CaseStatus.CLOSED
            if "closed_on" not in values and not closed:
                values["closed_on"] = said.state_on or said.on
        elif "closed_on" in values:
            holds = said.cells[self.frame.at["closed_on"]]
            said.findings.append(self.frame.finding("closed_or_not", "closed_on", holds, _CLOSING))
        else:
            values["closed_on"] = None
