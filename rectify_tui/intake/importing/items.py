"""Rows of items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from rectify_tui.domain.answers import in_words, says_no_change
from rectify_tui.domain.closeout import Stage
from rectify_tui.domain.closeout_words import told_stage
from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.domain.fields import ITEM as ITEM_FIELDS
from rectify_tui.domain.fields import FieldKind
from rectify_tui.domain.status import Status
from rectify_tui.domain.status_words import leading_status_of
from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import CLOSEOUT, Values
from rectify_tui.errors import Problem
from rectify_tui.intake.importing import cells
from rectify_tui.intake.importing.closing import settle_closure
from rectify_tui.intake.importing.columns import ColumnHints
from rectify_tui.intake.importing.context import ImportContext
from rectify_tui.intake.importing.known_steps import KnownSteps
from rectify_tui.intake.importing.measures import numbered_measures, planned_steps, with_steps
from rectify_tui.intake.importing.merging import MERGED_INTO, Merges, merged_into
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
from rectify_tui.intake.importing.other_deadlines import moves_deadline, without_deadline
from rectify_tui.intake.importing.parsed_row import CellReader, ParsedRow, differing, often
from rectify_tui.intake.importing.ticks import Ticks
from rectify_tui.intake.importing.years import settle_years
from rectify_tui.intake.mapping.fields import CITY, EXTENSION, MEASURES, ON, STEPS
from rectify_tui.intake.model import Finding, Verdict
from rectify_tui.intake.reading.cells import Cell
from rectify_tui.intake.table import Table, TableRow
from rectify_tui.store.commands.deadlines import DeadlineMove
from rectify_tui.store.commands.intake import MeasureEntry, RecordEntry
from rectify_tui.store.commands.items import field_values, new_item
from rectify_tui.store.records import ITEM
from rectify_tui.store.units import unit_ids

_STATUS = Problem("importing.expected_status")
_NOT_MERGED: Values = dict.fromkeys(ITEM_FIELDS[MERGED_INTO].kept_in)
_DEADLINE = ITEM_FIELDS["deadline"].kept_in
_LAST = frozenset({"start", "region", MERGED_INTO})
"""Fields that have the last word over deadlines, cities and statuses."""

_STAGED = "，,；;。\n"
"""Signs between the stages of a deadline."""

_STATUS_FIELDS = ("status", MERGED_INTO)
"""Fields that say how it stands with an item."""


class ItemRows(NumberedRows):
    """Rows of items: a known number changes what differs, a new number adds an item."""

    entity = ITEM
    chunk = 500
    read_number = staticmethod(cells.item_number)

    def __init__(self, context: ImportContext, table: Table) -> None:
        super().__init__(context, Numbers(context, ITEM))
        self.context = context
        self.merges = Merges(context)
        self.remarks: list[Finding] = []
        self.columns = changed_columns(ITEM_FIELDS) | CLOSEOUT
        self._read_status_word = often(self._status)
        self._read_deadline_text = often(partial(self._plain, "deadline"))
        self._read_start_text = often(partial(self._plain, "start"))
        self._hints = ColumnHints(table, ITEM_FIELDS, context.at, context.order)
        self._ticks = Ticks(context) if "status" not in context.at else None
        self._readers = [
            (name, index, self._reader(name))
            for name, index in sorted(context.at.items(), key=lambda column: column[0] in _LAST)
            if name not in NAMING
        ]
        self._unit_ids = unit_ids(context.connection)
        told = not context.at.keys().isdisjoint(_STATUS_FIELDS)
        self.tells_status = told or bool(self._ticks)
        if self._ticks:
            self.remarks.append(self._ticks.remark)
        self._known_steps = KnownSteps(context.connection)
        self._tells_steps = not context.at.keys().isdisjoint((MEASURES, STEPS))

    # reading

    def read(self, row: TableRow) -> ParsedRow:
        """What a row says of an item."""
        parsed = self.context.begin(row)
        identify_row(self.context, parsed, row, self.numbers, cells.item_number)
        if parsed.programme is not None:
            self.context.read_cells(parsed, row, self._readers)
            if self._ticks:
                self._ticks.read(parsed, row, self._read_status)
            if "start" in parsed.given:
                settle_years(self.context, parsed, self._steps_text(row))
            self.read_beside(parsed, row)
            self._tell_mark(parsed, number_text(self.context, row))
        return parsed

    def _steps_text(self, row: TableRow) -> str:
        at = self.context.at.get(STEPS)
        return "" if at is None else clean(row.cells[at], multiline=True)

    def _tell_mark(self, parsed: ParsedRow, number: str) -> None:
        if cells.is_marked(number):
            mark = Problem("table_finding.number.mark", holds=number)
            finding = self.context.finding("cell", "number", number, mark, verdict=Verdict.CLEAN)
            parsed.findings.append(finding)

    def _reader(self, name: str) -> CellReader:
        own: dict[str, CellReader] = {
            ON: self._read_day, CITY: self._read_city, MEASURES: self._read_measures,
            STEPS: self._read_steps,
            **{name: partial(self._read_extension, name) for name in EXTENSION},
        }  # fmt: skip
        if name in own:
            return own[name]
        field = ITEM_FIELDS[name]
        match field.kind:
            case FieldKind.STATUS:
                return self._read_status
            case FieldKind.REFERENCE:
                return self._read_merged_into
            case FieldKind.REGION:
                return self._read_region
            case FieldKind.UNIT:
                return partial(self._read_unit, field.column)
            case FieldKind.DEADLINE:
                return self._read_deadline
            case FieldKind.START:
                return self._read_start
            case FieldKind.PERCENT:
                return partial(self._read_percent, name, often(partial(self._percent, name)))
            case FieldKind.CLOSURE:
                return self._read_closure
            case FieldKind.VERIFICATION:
                return often(partial(self._verification, name))
            case FieldKind.FLAG:
                return often(partial(self._flag, name))
            case FieldKind.COMING_DAY:
                return often(partial(self._last_day, name))
            case FieldKind.TEXT | FieldKind.LONG_TEXT | FieldKind.PEOPLE:
                return partial(self._read_text, name)
        return often(partial(self._plain, name))

    def _plain(self, name: str, parsed: ParsedRow, text: str) -> Values:
        assert parsed.programme is not None
        return field_values(name, text, year=parsed.programme.year, today=self.context.today)

    def _percent(self, name: str, parsed: ParsedRow, text: str) -> Values:
        return self._plain(name, parsed, cells.percent(text, self._hints.scales[name]))

    def _read_percent(
        self, name: str, read: CellReader, parsed: ParsedRow, text: str, cell: Cell
    ) -> None:
        read(parsed, text, cell)
        kept = str(parsed.values[name])
        if not cells.is_exact(text, kept):
            about = Problem("table_finding.percent.about", text=text, kept=kept)
            parsed.findings.append(
                self.context.finding("cell", name, text, about, verdict=Verdict.CLEAN)
            )

    def _read_day(self, parsed: ParsedRow, text: str, cell: Cell) -> None:
        self.context.read_day(parsed, self._hints.day_text(ON, text), cell)

    def _verification(self, name: str, parsed: ParsedRow, text: str) -> Values:
        return self._plain(name, parsed, cells.verification(text))

    def _flag(self, name: str, parsed: ParsedRow, text: str) -> Values:
        return self._plain(name, parsed, cells.flag(text))

    def _last_day(self, name: str, _: ParsedRow, text: str) -> Values:
        day = cells.last_day(self._hints.day_text(name, text))
        return {ITEM_FIELDS[name].column: day.isoformat()}

    def _read_text(self, name: str, parsed: ParsedRow, text: str, _: Cell) -> None:
        if ITEM_FIELDS[name].dated and says_no_change(text):
            return
        parsed.values |= self._plain(name, parsed, text)

    def _read_status(self, parsed: ParsedRow, text: str, cell: Cell) -> None:
        try:
            self._read_status_word(parsed, text, cell)
            if "closure" not in self.context.at:
                self._tell_stage(parsed, told_stage(text))
        except Problem:
            if into := merged_into(text):
                self._merge_as_said(parsed, text, into)
            elif said := leading_status_of(text):
                self._read_status(parsed, said, said)
                self._keep_what_goes_on(parsed, text, said)
            else:
                raise

    def _keep_what_goes_on(self, parsed: ParsedRow, text: str, said: str) -> None:
        """Keep the words that go on after a status; where a column has notes it has the word."""
        key = "importing.status_goes_on"
        if "note" not in self.context.at:
            key = "importing.status_goes_on_in_note"
            parsed.values |= self._plain("note", parsed, text)
        parsed.findings.append(
            self.context.finding(
                "cell", "status", text, Problem(key, said=said), verdict=Verdict.CLEAN
            )
        )

    def _read_closure(self, parsed: ParsedRow, text: str, _: Cell) -> None:
        """A column of its own: a stage in words, or yes and no to 是否销号."""
        stage = told_stage(in_words(text, self._heading("closure")))
        if stage is None:
            raise Problem("closeout.bad_stage", text=text)
        self._tell_stage(parsed, stage)

    def _tell_stage(self, parsed: ParsedRow, stage: Stage | None) -> None:
        if stage is not None and stage is not Stage.NOT_APPLIED:
            parsed.values["closure"] = stage.value
            if "status" not in self.context.at:  # what is in close-out is completed
                parsed.values |= {"status": Status.COMPLETED.value, **_NOT_MERGED}

    def _heading(self, name: str) -> str:
        at = self.context.at.get(name)
        return "" if at is None else self.context.headings[at].last

    @property
    def _status_heading(self) -> str:
        return self._heading("status")

    def _status(self, parsed: ParsedRow, text: str) -> Values:
        values = self._plain("status", parsed, in_words(text, self._status_heading))
        return values if values["status"] == Status.MERGED else {**values, **_NOT_MERGED}

    def _read_merged_into(self, parsed: ParsedRow, text: str, _: Cell) -> None:
        if parsed.values.get("status", Status.MERGED) != Status.MERGED:
            raise Problem("importing.merged_or_not", text=text)
        self._merge(parsed, text)

    def _merge_as_said(self, parsed: ParsedRow, text: str, into: str) -> None:
        """Merge a row by the words of its status; without what carries it on it makes no sense."""
        try:
            self._merge(parsed, into)
        except Problem as problem:
            parsed.findings.append(self.context.finding("cell", "status", text, problem))

    def _merge(self, parsed: ParsedRow, text: str) -> None:
        target = self.merges.target(parsed, text)
        parsed.values |= {"status": Status.MERGED.value, **_NOT_MERGED}
        if isinstance(target, int):
            parsed.values["merged_programme_id"] = target
        else:
            parsed.link = ("merged_item_id", target)

    def _read_city(self, parsed: ParsedRow, text: str, cell: Cell) -> None:
        city_of(self.context, parsed, text)
        self._read_region(parsed, text, cell)

    def _read_region(self, parsed: ParsedRow, text: str, _: Cell) -> None:
        regions = regions_of(self.context, parsed, text)
        if not regions:
            return
        region = regions[0] if len(regions) == 1 else self.context.regions.common(regions)
        parsed.values["region_id"] = region.id
        if len(regions) > 1:
            parsed.findings.append(
                self.context.finding(
                    "several_regions",
                    "region",
                    text,
                    Problem("importing.counted_with", region=region.name),
                    verdict=Verdict.CLEAN,
                )
            )

    def _read_unit(self, column: str, parsed: ParsedRow, text: str, _: Cell) -> None:
        parsed.units[column] = clean(text, limit=200)

    def _read_start(self, parsed: ParsedRow, text: str, cell: Cell) -> None:
        self._read_start_text(parsed, self._hints.day_text("start", text), cell)

    def _read_deadline(self, parsed: ParsedRow, text: str, cell: Cell) -> None:
        meant = self._hints.day_text("deadline", text)
        self._read_deadline_text(parsed, meant, cell)
        parsed.values["deadline"] = clean(text)
        doubt = cells.doubtful_deadline(meant, cell)
        if doubt:
            parsed.values |= {"deadline_kind": DeadlineKind.UNREADABLE.value, "due_on": None}
        if parsed.values["deadline_kind"] == DeadlineKind.UNREADABLE:
            why = doubt or Problem("deadline.unreadable", text=text)
            parsed.findings.append(
                self.context.finding("deadline_kept", "deadline", text, why, verdict=Verdict.CLEAN)
            )

    def _read_extension(self, name: str, parsed: ParsedRow, text: str, _: Cell) -> None:
        parsed.extension[name] = clean(text, multiline=True)

    def _read_measures(self, parsed: ParsedRow, text: str, _: Cell) -> None:
        parsed.measures = numbered_measures(clean(text, multiline=True))

    def _read_steps(self, parsed: ParsedRow, text: str, cell: Cell) -> None:
        """Where there is no column of deadlines the last step says by when all is done."""
        assert parsed.programme is not None
        text = clean(text, multiline=True)
        parsed.steps = planned_steps(text, parsed.programme.year)
        for step in parsed.steps:
            if step.due_on is None:
                why = Problem("deadline.unreadable", text=step.text)
                parsed.findings.append(
                    self.context.finding("step_kept", STEPS, text, why, verdict=Verdict.CLEAN)
                )
        if "deadline" not in self.context.at and any(step.due_on for step in parsed.steps):
            self._read_deadline(parsed, max(step.due_on or "" for step in parsed.steps), None)

    def _measures(self, parsed: ParsedRow) -> tuple[MeasureEntry, ...]:
        """Measures with their steps; the stages of a deadline are steps where no column has any."""
        assert parsed.programme is not None
        year, steps = parsed.year or parsed.programme.year, parsed.steps
        deadline = str(parsed.values.get("deadline") or "")
        if not steps and any(mark in deadline for mark in _STAGED):
            stages = planned_steps(deadline, year)
            steps = stages if len(stages) > 1 and all(step.due_on for step in stages) else ()
        return with_steps(parsed.measures, steps, year)

    # holding against the ledger

    def entry(self, parsed: ParsedRow, id: int | None, now: Values | None) -> RecordEntry:
        """The item to be added, or the fields that differ."""
        assert parsed.programme is not None
        values = dict(parsed.values)
        self.merges.check(parsed, values, now)
        settle_closure(self.context, parsed, values, now)
        self.place(parsed, values, now)
        self.keep_beside(parsed, values, now)
        if now is not None and _says_again(values, now):
            again = (*_DEADLINE, *(() if "start" in parsed.given else ("start_on",)))
            values = {name: value for name, value in values.items() if name not in again}
        if now is not None and now["due_on"] and "deadline" not in self.context.at:
            values = without_deadline(values)  # that of the last step says nothing against its own
        link = self.follow_link(parsed, values)
        units = self._place_units(parsed, values, now)
        if now is not None:
            changes = differing(values, now)
            check_day(self.context, parsed, changes, now)
            changes, move = self._deadline_moved(parsed, changes, now)
            steps = self._new_steps(parsed, id)
            return RecordEntry(
                id, changes, parsed.on, parsed.state_on, units, link, steps, move=move
            )
        values = self._new(parsed, values)
        return RecordEntry(
            None, values, parsed.state_on or parsed.on, None, units, link, self._measures(parsed)
        )

    def _deadline_moved(
        self, parsed: ParsedRow, changes: Values, now: Values
    ) -> tuple[Values, DeadlineMove | None]:
        """The changes, and how the deadline comes to be another, where it does and may."""
        if not moves_deadline(changes, now):
            return changes, None
        move = self.context.deadlines.move(changes, now, parsed.extension)
        if isinstance(move, DeadlineMove):
            return changes, move
        place = self.context.finding(move.code, "deadline")
        parsed.findings.append(
            replace(move, column=place.column, heading=place.heading, holds=place.holds)
        )
        return without_deadline(changes), None

    def look_up(self, ids: Sequence[int]) -> None:
        """Read the steps of items, where the file tells any."""
        if self._tells_steps:
            self._known_steps.look_up(ids)

    def _new_steps(self, parsed: ParsedRow, id: int | None) -> tuple[MeasureEntry, ...]:
        """The measures and steps that a known item does not have yet.

        What it has for another day is told and stays: moving a step is an act of its own.
        """
        if id is None or not (parsed.measures or parsed.steps):
            return ()
        held = self._known_steps.held_against(id, self._measures(parsed))
        name = STEPS if STEPS in self.context.at else MEASURES
        for step, known in held.moved:
            other = Problem("importing.step_planned", step=step.text, due=step.due_on,
                            known=known.due or known.due_on or Problem("report.missing"),
                            ref=parsed.ref)  # fmt: skip
            parsed.findings.append(self.context.finding("cell", name, "", other,
                                                        verdict=Verdict.CLEAN))  # fmt: skip
        if held.all_other:
            parsed.findings.append(
                self.context.finding("other_steps", name, verdict=Verdict.SUSPICIOUS)
            )
        return held.new

    def _new(self, parsed: ParsedRow, values: Values) -> Values:
        assert parsed.programme is not None
        if "status" not in values and self.tells_status:
            self.require_status(parsed, "no_status", _STATUS)
        number = parsed.ref.partition("/")[2]
        return {
            **new_item(parsed.programme.id, number, parsed.programme.region_id), **values,
            "source": self.source(parsed),
        }  # fmt: skip

    def _place_units(self, parsed: ParsedRow, values: Values, now: Values | None) -> dict[str, str]:
        """Put the ids of known units among the values; returns the names of the others."""
        new: dict[str, str] = {}
        for column, name in parsed.units.items():
            holds = now[column] if now else None
            if holds is not None and self.context.unit_names.get(int(holds)) == name:
                continue
            if name in self._unit_ids:
                values[column] = self._unit_ids[name]
            else:
                new[column] = name
        return new


def _says_again(values: Values, now: Values) -> bool:
    """Whether a deadline is the known one in the same words; one that nobody could read is not."""
    known = now["deadline"] == values.get("deadline")
    return known and now["deadline_kind"] != DeadlineKind.UNREADABLE
