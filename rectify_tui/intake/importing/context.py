"""What all rows of a file share: its columns, the day, the regions, and how to find fault."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from rectify_tui.domain.day_order import Order
from rectify_tui.domain.text import clean, shorten
from rectify_tui.domain.timeline import Later
from rectify_tui.errors import Problem
from rectify_tui.intake.importing.cells import blank, past_day
from rectify_tui.intake.importing.other_deadlines import DeadlinesOfFile
from rectify_tui.intake.importing.parsed_row import CellReader, ParsedRow
from rectify_tui.intake.importing.region_index import RegionIndex
from rectify_tui.intake.importing.request import KEPT
from rectify_tui.intake.mapping import model
from rectify_tui.intake.mapping.fields import CITY
from rectify_tui.intake.mapping.values import fold_word
from rectify_tui.intake.model import LOST_CELL, Finding, IntakeKind, Verdict
from rectify_tui.intake.reading.cells import Cell
from rectify_tui.intake.record_fields import may_stay_unread
from rectify_tui.intake.table import Heading, TableRow
from rectify_tui.store.commands.intake import ProgrammeKey, units_by_id
from rectify_tui.store.connection import Connection
from rectify_tui.store.regions import all_regions

_STANDS_FOR = {CITY: "region"}
_SHOWN = 60
_NAMED = 12


class ImportContext:
    """What all rows of a file share: its columns, the day, the places, and how to find fault."""

    def __init__(
        self, connection: Connection, headings: tuple[Heading, ...], mapping: model.Mapping, *,
        programmes: Iterable[ProgrammeKey], under: str | None,
        programme: ProgrammeKey | None, on: date, today: date, origin: str,
        unit: str | None = None, order: Order | None = None, later: Later | None = None,
        deadlines: DeadlinesOfFile | None = None,
    ) -> None:  # fmt: skip
        self.connection = connection
        self.kind = kind = mapping.kind
        self.headings = headings
        self.unknown = mapping.unknown if kind in KEPT else ()
        self._words = mapping.values
        self.at: dict[str, int] = {}
        for index, name in sorted(mapping.fields.items()):
            self.at.setdefault(name, index)
        self.programmes = {programme.id: programme for programme in programmes}
        self._by_name: dict[str, ProgrammeKey] = {}
        for key in self.programmes.values():
            for name in filter(None, (key.name_en, key.name, key.code)):
                self._by_name[clean(name).casefold()] = key
        self.programme = programme
        self.unit_names: dict[int, str] = (
            units_by_id(connection) if kind is IntakeKind.ITEMS else {}
        )
        self.deadlines = deadlines or DeadlinesOfFile()
        self.on = on
        self.under = self.regions.find(under, self.regions.nation).id if under else None
        self.today = today
        self.origin = origin
        self.unit = unit
        self.order = order
        self.later = later

    @cached_property
    def regions(self) -> RegionIndex:
        """All regions by name. Many files name none, and then nothing waits for these."""
        return RegionIndex(all_regions(self.connection), self.on.isoformat())

    def cell(self, row: TableRow, name: str) -> str:
        """The text of the cell of a field, empty where there is no such column."""
        index = self.at.get(name)
        return "" if index is None else row.cells[index]

    def finding(
        self, code: str, name: str = "", holds: str = "", expected: str | Problem = "",
        *, verdict: Verdict = Verdict.UNREADABLE, **params: object,
    ) -> Finding:  # fmt: skip
        """Something to be said about the cell of a field, or about a row as a whole."""
        index = self.at.get(name)
        heading = None if index is None else self.headings[index]
        return Finding(
            code, verdict, heading.letter if heading else "", heading.text if heading else "",
            shorten(holds.replace("\n", " "), _SHOWN), expected, params,
        )  # fmt: skip

    def letter(self, name: str) -> str:
        """The letter of the column of a field, empty where there is no such column."""
        index = self.at.get(name)
        return "" if index is None else self.headings[index].letter

    def begin(self, row: TableRow) -> ParsedRow:
        """A row of which nothing has been read yet."""
        return ParsedRow(row.number, row.cells, self.on.isoformat())

    def read_cells(
        self, parsed: ParsedRow, row: TableRow, readers: Iterable[tuple[str, int, CellReader]]
    ) -> None:
        """Read the filled cells; what cannot be read is found."""
        cells, raw, given = row.cells, row.raw, parsed.given
        for name, index, read in readers:
            text = cells[index]
            if not text or blank(text):
                continue
            cell: Cell = raw[index]
            if (
                name in self._words
                and (means := self._words[name].get(fold_word(text))) is not None
            ):
                cell = text = means
                if not means:
                    continue
            try:
                read(parsed, text, cell)
                given.add(name)
            except Problem as problem:
                self._cannot_read(parsed, name, text, problem)
        if len(parsed.findings) > 1:  # columns that have the last word are read last
            parsed.findings.sort(key=lambda finding: (len(finding.column), finding.column))

    def _cannot_read(self, parsed: ParsedRow, name: str, text: str, problem: Problem) -> None:
        """A cell that cannot be read costs the field, or the row where that makes no sense."""
        field = _STANDS_FOR.get(name, name)
        if self.kind in KEPT and may_stay_unread(self.kind, field):
            parsed.unread[field] = text
            finding = self.finding(
                LOST_CELL, name, text, problem, verdict=Verdict.CLEAN, field=field
            )
        else:
            finding = self.finding("cell", name, text, problem)
        parsed.findings.append(finding)

    def as_sent(self, row: TableRow) -> dict[str, str]:
        """The filled cells of columns that are no field, by their headings."""
        cells: dict[str, str] = {}
        for index in self.unknown:
            if not blank(row.cells[index]):
                heading = self.headings[index]
                name = heading.text if heading.text not in cells else ""
                cells[name or f"{heading.text} {heading.letter}".strip()] = row.cells[index]
        return cells

    def base_of(self, parsed: ParsedRow) -> int:
        """The region below which the regions of a row are looked for."""
        assert parsed.programme is not None
        return parsed.programme.region_id if self.under is None else self.under

    def read_day(self, parsed: ParsedRow, text: str, _: Cell) -> None:
        """Read the day from which the row holds."""
        parsed.state_on = past_day(text, self.today).isoformat()

    def programme_of(self, text: str) -> ProgrammeKey | None:
        """The programme with a code or a name; for no text the one that was asked for."""
        if not text:
            return self.programme
        return self._by_name.get(clean(text).casefold())

    def read_programme(self, parsed: ParsedRow, text: str, _: Cell) -> None:
        """The programme that a cell names, into a row. Raises `Problem` where there is none."""
        programme = self.programme_of(text)
        if programme is None:
            raise Problem("programme.not_found", code=clean(text), codes=self.codes())
        parsed.values["programme_id"] = programme.id

    def codes(self) -> str:
        """The codes of the first programmes, as messages name them."""
        return named_codes(self.programmes.values())


def named_codes(programmes: Iterable[ProgrammeKey]) -> str:
    """The codes of the first programmes, and a sign where there are more."""
    codes = [programme.code for programme in programmes]
    return ", ".join(codes[:_NAMED]) + ("…" if len(codes) > _NAMED else "")
