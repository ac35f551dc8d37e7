"""What a row says, and the frame in which all rows of a file are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from rectify_tui.domain.text import clean, shorten
from rectify_tui.domain.timeline import Value, Values
from rectify_tui.errors import Problem
from rectify_tui.intake.importing.cells import blank, past_day
from rectify_tui.intake.importing.places import Places
from rectify_tui.intake.model import FileKind, Finding, Verdict
from rectify_tui.intake.reading.cells import Cell
from rectify_tui.intake.table import Heading, TableRow
from rectify_tui.store.commands.intake import Entry, Numbered, Plan, units_by_id
from rectify_tui.store.connection import Connection

_SHOWN = 60
_NAMED = 12
_MOST_KNOWN = 20_000


@dataclass(slots=True)
class Said:
    """What a row says of a record: typed values of the cells that are filled.

    `key` tells which record it is, `ref` what it is called; `id` is that of a record found while
    reading. `given` are the fields whose cells were read. `units` names units by the field that
    holds their id, `link` is a field that points to another record. `city_id` is the city of a
    column of its own, in which the region is looked for. `on` is the day from which all
    of it holds, `state_on` that from which its status does, where the row tells one.
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
    plan: Plan | None = None
    city_id: int | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def unreadable(self) -> bool:
        """Whether something in the row keeps it from being taken."""
        if not self.findings:  # as in nearly all rows
            return False
        return any(finding.verdict is Verdict.UNREADABLE for finding in self.findings)


Read = Callable[[Said, str, Cell], None]
"""Reads a filled cell, given its text and its raw value. Raises `Problem`."""


def often(read: Callable[[Said, str], Values]) -> Read:
    """A reader for cells whose texts come again and again: each is read once for a programme."""
    known: dict[tuple[str, int], Values] = {}

    def reader(said: Said, text: str, _: Cell) -> None:
        assert said.plan is not None
        key = text, said.plan.id
        values = known.get(key)
        if values is None:
            if len(known) >= _MOST_KNOWN:
                known.clear()
            values = known[key] = read(said, text)
        said.values.update(values)

    return reader


class Rows(Protocol):
    """The rows of one kind of file."""

    entity: str
    chunk: int
    """How many rows are looked up together; 1 where a row may need the one before it."""
    columns: frozenset[str]
    """Fields of the record that rows may change."""
    remarks: list[Finding]
    ids: dict[Numbered, int | None]
    """Ids of the items or cases that there are, None for those that are new and not written."""

    def read(self, row: TableRow) -> Said:
        """What a row says."""

    def id_of(self, said: Said) -> int | None:
        """The record that a row is about, None for a new one."""

    def entry(self, said: Said, id: int | None, now: Values | None) -> Entry:
        """What the row would write; `now` are the values that hold on the row's day.

        What keeps it from being written is added to the findings of the row.
        """

    def waits_for(self, said: Said) -> Numbered | None:
        """A record that has to be there before this row can be read, and is not there yet."""

    def settled(self, said: Said, id: int | None) -> None:
        """Take note that a row will be written (or, with an id, that it was)."""


class Frame:
    """What all rows of a file share: its columns, the day, the places, and how to find fault."""

    def __init__(
        self, connection: Connection, kind: FileKind, headings: tuple[Heading, ...],
        fields: Mapping[int, str], *, plans: Iterable[Plan], places: Places, under: int | None,
        plan: Plan | None, on: date, today: date, origin: str, unit: str | None = None,
    ) -> None:  # fmt: skip
        self.connection = connection
        self.kind = kind
        self.headings = headings
        self.at: dict[str, int] = {}
        for index, name in sorted(fields.items()):
            self.at.setdefault(name, index)
        self.plans = {plan.id: plan for plan in plans}
        self._plan_called: dict[str, Plan] = {}
        for one in self.plans.values():
            for called in filter(None, (one.name_en, one.name, one.code)):
                self._plan_called[clean(called).casefold()] = one
        self.places = places
        self.under = under
        self.plan = plan
        self.unit_names: dict[int, str] = units_by_id(connection) if kind is FileKind.ITEMS else {}
        self.on = on
        self.today = today
        self.origin = origin
        self.unit = unit

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

    def begin(self, row: TableRow) -> Said:
        """A row of which nothing has been read yet."""
        return Said(row.number, row.cells, self.on.isoformat())

    def read_cells(
        self, said: Said, row: TableRow, readers: Iterable[tuple[str, int, Read]]
    ) -> None:
        """Read the filled cells; what cannot be read is found."""
        cells, raw, given = row.cells, row.raw, said.given
        for name, index, read in readers:
            text = cells[index]
            if not text or blank(text):
                continue
            try:
                read(said, text, raw[index])
                given.add(name)
            except Problem as problem:
                said.findings.append(self.finding("cell", name, text, problem))
        if len(said.findings) > 1:  # columns that have the last word are read last
            said.findings.sort(key=lambda finding: (len(finding.column), finding.column))

    def read_day(self, said: Said, text: str, _: Cell) -> None:
        """Read the day from which the row holds."""
        said.state_on = past_day(text, self.today).isoformat()

    def plan_of(self, text: str) -> Plan | None:
        """The programme with a code or a name; for no text the one that was asked for."""
        if not text:
            return self.plan
        return self._plan_called.get(clean(text).casefold())

    def codes(self) -> str:
        """The codes of the first programmes, as messages name them."""
        return named_codes(self.plans.values())


def named_codes(plans: Iterable[Plan]) -> str:
    """The codes of the first programmes, and a sign where there are more."""
    codes = [plan.code for plan in plans]
    return ", ".join(codes[:_NAMED]) + ("…" if len(codes) > _NAMED else "")


def differing(said: Mapping[str, Value], now: Values | None) -> Values:
    """The values that differ from those that hold."""
    if now is None:
        return dict(said)
    return {name: value for name, value in said.items() if now.get(name) != value}
