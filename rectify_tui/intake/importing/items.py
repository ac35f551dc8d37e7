"""Rows of items."""

from __future__ import annotations

from functools import partial

from rectify_tui.domain.answers import in_words
from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.domain.status import Status
from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Values
from rectify_tui.errors import Problem
from rectify_tui.intake.importing import cells
from rectify_tui.intake.importing.columns import ColumnHints
from rectify_tui.intake.importing.measures import numbered_measures
from rectify_tui.intake.importing.merging import INTO, Merges, merged_into
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
from rectify_tui.store.commands.intake import Entry
from rectify_tui.store.commands.items import TEXTS, UNITS, field_values, new_item
from rectify_tui.store.records import ITEM

_STATUS = Problem("importing.expected_status")
_NOT_MERGED: Values = {"merged_item_id": None, "merged_programme_id": None}
_DEADLINE = ("deadline", "deadline_kind", "due_on")
_LAST = frozenset({"start", "region", INTO})
"""Columns that have the last word over those of deadlines, cities and statuses."""


class ItemRows(NumberedRows):
    """Rows of items: a known number changes what differs, a new number adds an item."""

    entity = ITEM
    chunk = 500

    def __init__(self, frame: Frame, table: Table) -> None:
        super().__init__(Numbers(frame, ITEM))
        self.frame = frame
        self.merges = Merges(frame)
        self.remarks: list[Finding] = []
        self.columns = frozenset(
            {"status", "region_id", *_DEADLINE, "start_on", "progress", "verification", "next_on",
             *_NOT_MERGED, *TEXTS, *UNITS.values()}
        )  # fmt: skip
        self._hints = ColumnHints(table, frame.at)
        self._ticks = Ticks(frame) if "status" not in frame.at else None
        self._read_status_word = often(self._status)
        self._read_deadline_text = often(partial(self._plain, "deadline"))
        self._read_progress_text = often(self._progress)
        self._read_start_text = often(partial(self._plain, "start"))
        self._readers = [
            (name, index, self._reader(name))
            for name, index in sorted(frame.at.items(), key=lambda column: column[0] in _LAST)
            if name not in ("programme", "number", "ref")
        ]
        self._unit_ids = {name: id for id, name in reversed(frame.unit_names.items())}
        self._tells_status = "status" in frame.at or INTO in frame.at or bool(self._ticks)
        if self._ticks:
            self.remarks.append(self._ticks.remark)
        if not self._tells_status:
            self.remarks.append(frame.finding("no_status_column", verdict=Verdict.CLEAN))
        if "measures" in frame.at:
            self.remarks.append(
                frame.finding("measures_of_new_items", "measures", verdict=Verdict.CLEAN)
            )

    # reading

    def read(self, row: TableRow) -> Said:
        """What a row says of an item."""
        said = self.frame.begin(row)
        place_row(self.frame, said, row, self.numbers, cells.item_number)
        if said.plan is not None:
            self.frame.read_cells(said, row, self._readers)
            if self._ticks:
                self._ticks.read(said, row, self._read_status)
            self._tell_mark(said, number_text(self.frame, row))
        return said

    def _tell_mark(self, said: Said, number: str) -> None:
        if cells.is_marked(number):
            mark = Problem("table_finding.number.mark", holds=number)
            finding = self.frame.finding("cell", "number", number, mark, verdict=Verdict.CLEAN)
            said.findings.append(finding)

    def _reader(self, name: str) -> Read:
        own: dict[str, Read] = {
            "on": self._read_day,
            "status": self._read_status,
            INTO: self._read_into,
            "city": self._read_city,
            "region": self._read_region,
            "progress": self._read_progress,
            "verification": often(self._verification),
            "deadline": self._read_deadline,
            "start": self._read_start,
            "next_on": often(self._next_on),
            "measures": self._read_measures,
        }
        if name in UNITS:
            return partial(self._read_unit, UNITS[name])
        if name in TEXTS:
            return partial(self._read_text, name)
        return own.get(name) or often(partial(self._plain, name))

    def _plain(self, name: str, said: Said, text: str) -> Values:
        assert said.plan is not None
        return field_values(name, text, year=said.plan.year, today=self.frame.today)

    def _progress(self, said: Said, text: str) -> Values:
        return self._plain("progress", said, cells.percent(text, self._hints.scale))

    def _read_progress(self, said: Said, text: str, cell: Cell) -> None:
        self._read_progress_text(said, text, cell)
        kept = str(said.values["progress"])
        if not cells.is_exact(text, kept):
            about = Problem("table_finding.percent.about", text=text, kept=kept)
            said.findings.append(
                self.frame.finding("cell", "progress", text, about, verdict=Verdict.CLEAN)
            )

    def _read_day(self, said: Said, text: str, cell: Cell) -> None:
        self.frame.read_day(said, self._hints.day_text("on", text), cell)

    def _verification(self, said: Said, text: str) -> Values:
        return self._plain("verification", said, cells.verification(text))

    def _next_on(self, said: Said, text: str) -> Values:
        return {"next_on": cells.last_day(self._hints.day_text("next_on", text)).isoformat()}

    def _read_text(self, name: str, said: Said, text: str, _: Cell) -> None:
        said.values |= self._plain(name, said, text)

    def _read_status(self, said: Said, text: str, cell: Cell) -> None:
        try:
            self._read_status_word(said, text, cell)
        except Problem:
            into = merged_into(text)
            if into is None:
                raise
            self._merge(said, into)

    @property
    def _status_heading(self) -> str:
        at = self.frame.at.get("status")
        return "" if at is None else self.frame.headings[at].last

    def _status(self, said: Said, text: str) -> Values:
        values = self._plain("status", said, in_words(text, self._status_heading))
        return values if values["status"] == Status.MERGED else {**values, **_NOT_MERGED}

    def _read_into(self, said: Said, text: str, _: Cell) -> None:
        if said.values.get("status", Status.MERGED) != Status.MERGED:
            raise Problem("importing.merged_or_not", text=text)
        self._merge(said, text)

    def _merge(self, said: Said, text: str) -> None:
        target = self.merges.target(said, text)
        said.values |= {"status": Status.MERGED.value, **_NOT_MERGED}
        if isinstance(target, int):
            said.values["merged_programme_id"] = target
        else:
            said.link = ("merged_item_id", target)

    def _read_city(self, said: Said, text: str, cell: Cell) -> None:
        city_of(self.frame, said, text)
        self._read_region(said, text, cell)

    def _read_region(self, said: Said, text: str, _: Cell) -> None:
        regions = regions_of(self.frame, said, text)
        if not regions:
            return
        place = regions[0] if len(regions) == 1 else self.frame.places.common(regions)
        said.values["region_id"] = place.id
        if len(regions) > 1:
            said.findings.append(
                self.frame.finding(
                    "several_regions",
                    "region",
                    text,
                    Problem("importing.counted_with", place=place.name),
                    verdict=Verdict.CLEAN,
                )
            )

    def _read_unit(self, column: str, said: Said, text: str, _: Cell) -> None:
        said.units[column] = clean(text, limit=200)

    def _read_start(self, said: Said, text: str, cell: Cell) -> None:
        self._read_start_text(said, self._hints.day_text("start", text), cell)

    def _read_deadline(self, said: Said, text: str, cell: Cell) -> None:
        meant = self._hints.day_text("deadline", text)
        self._read_deadline_text(said, meant, cell)
        said.values["deadline"] = clean(text)
        doubt = cells.doubtful_deadline(meant, cell)
        if doubt:
            said.values |= {"deadline_kind": DeadlineKind.UNREADABLE.value, "due_on": None}
        if said.values["deadline_kind"] == DeadlineKind.UNREADABLE:
            why = doubt or Problem("deadline.unreadable", text=text)
            said.findings.append(
                self.frame.finding("deadline_kept", "deadline", text, why, verdict=Verdict.CLEAN)
            )

    def _read_measures(self, said: Said, text: str, _: Cell) -> None:
        said.measures = numbered_measures(clean(text, multiline=True))

    # holding against the ledger

    def entry(self, said: Said, id: int | None, now: Values | None) -> Entry:
        """The item to be added, or the fields that differ."""
        assert said.plan is not None
        values = dict(said.values)
        self.merges.check(said, values, now)
        if now is not None and now["deadline"] == values.get("deadline"):
            again = (*_DEADLINE, *(() if "start" in said.given else ("start_on",)))
            values = {name: value for name, value in values.items() if name not in again}
        link = self.follow_link(said, values)
        units = self._place_units(said, values, now)
        if now is not None:
            changes = differing(values, now)
            check_day(self.frame, said, changes, now)
            return Entry(id, changes, said.on, said.state_on, units, link)
        values = self._new(said, values)
        return Entry(None, values, said.state_on or said.on, None, units, link, said.measures)

    def _new(self, said: Said, values: Values) -> Values:
        assert said.plan is not None
        if "status" not in values and self._tells_status:
            said.findings.append(self.frame.finding("no_status", "status", expected=_STATUS))
        number = said.ref.partition("/")[2]
        return {
            **new_item(said.plan.id, number, said.plan.region_id), **values,
            "source": f"{self.frame.origin} / {said.row}",
        }  # fmt: skip

    def _place_units(self, said: Said, values: Values, now: Values | None) -> dict[str, str]:
        """Put the ids of known units among the values; returns the names of the others."""
        new: dict[str, str] = {}
        for column, name in said.units.items():
            holds = now[column] if now else None
            if holds is not None and self.frame.unit_names.get(int(holds)) == name:
                continue
            if name in self._unit_ids:
                values[column] = self._unit_ids[name]
            else:
                new[column] = name
        return new
