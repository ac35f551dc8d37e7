"""What rows of items and of cases have in common: a programme, a number, a region."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rectify_tui.domain.fields import Fields
from rectify_tui.domain.region import Region
from rectify_tui.domain.sent_cells import read_cells, write_cells
from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Values
from rectify_tui.errors import Problem
from rectify_tui.intake.importing.context import ImportContext
from rectify_tui.intake.importing.named_places import NamedPlaces
from rectify_tui.intake.importing.parsed_row import NamedPlace, ParsedRow
from rectify_tui.intake.mapping.fields import CITY
from rectify_tui.intake.model import LOST_CELL, OUT_OF_TIME, Finding, Verdict
from rectify_tui.intake.reading.cells import Cell
from rectify_tui.intake.table import TableRow
from rectify_tui.store.commands.intake import Numbered, ProgrammeKey, numbered
from rectify_tui.store.records import AS_SENT, ITEM, UNREAD
from rectify_tui.store.references import item_ref

NAMING = ("programme", "number", "ref")
"""The fields that tell which record a row is about; they are read before all others."""


def changed_columns(fields: Fields) -> frozenset[str]:
    """The columns of the store that rows of some records may change."""
    read = (field for field in fields.values() if field.imported and field.name not in NAMING)
    return frozenset((AS_SENT, UNREAD, *(column for field in read for column in field.kept_in)))


class Numbers:
    """Which items or which cases there are, those that the file adds included."""

    def __init__(self, context: ImportContext, entity: str) -> None:
        self._context = context
        self._entity = entity
        self._loaded: set[int] = set()
        self._plain: dict[Numbered, list[str]] = {}
        self.told = False
        """Whether it was said that the file fills numbers up with zeros."""
        self.ids: dict[Numbered, int | None] = {}
        """Ids by programme and number; None for a record that is new and not written yet."""

    def known(self, programme_id: int, number: str) -> bool:
        """Whether a programme has a number."""
        if programme_id not in self._loaded:
            self._loaded.add(programme_id)
            ids = numbered(self._context.connection, self._entity, programme_id)
            self.ids.update({(programme_id, number): id for number, id in ids.items()})
            for known in filter(_is_count, ids):
                self._plain.setdefault((programme_id, known.lstrip("0")), []).append(known)
        return (programme_id, number) in self.ids

    def called(self, programme_id: int, number: str) -> str:
        """The number as the programme has it: 001 is its item 1, unless it has both.

        Numbers of cases are receipts, in which every character counts.
        """
        if self._entity != ITEM or self.known(programme_id, number) or not _is_count(number):
            return number
        alike = self._plain.get((programme_id, number.lstrip("0")), [])
        return alike[0] if len(alike) == 1 else number

    def id(self, key: Numbered) -> int | None:
        """The id of a record, None where there is none yet."""
        return self.ids.get(key) if self.known(*key) else None


def _is_count(number: str) -> bool:
    return number.isascii() and number.isdecimal()


class NumberedRows:
    """What rows of items and of cases do alike about the records they are."""

    def __init__(self, context: ImportContext, numbers: Numbers) -> None:
        self.numbers = numbers
        self.ids = numbers.ids
        lacks_region = context.at.keys().isdisjoint(("region", CITY))
        self._places = NamedPlaces(context) if lacks_region else None
        self._context = context

    def read_beside(self, parsed: ParsedRow, row: TableRow) -> None:
        """Read what no column of a field has: where the row belongs, and what is kept as sent."""
        parsed.as_sent = self._context.as_sent(row)
        if self._places is not None:
            try:
                parsed.place = self._places.of(row, self._context.base_of(parsed))
            except Problem as problem:
                parsed.place = problem

    def place(self, parsed: ParsedRow, values: Values, now: Values | None) -> None:
        """Put the region that is named for a row among its values, unless the record has one.

        A record that is counted with the region of its programme has none of its own.
        """
        assert parsed.programme is not None
        if parsed.place is None:
            return
        if now is not None and now["region_id"] != parsed.programme.region_id:
            return
        if isinstance(parsed.place, Problem):
            parsed.unread["region"] = str(parsed.place.params.get("text", ""))
            finding = self._context.finding(
                LOST_CELL, expected=parsed.place, verdict=Verdict.CLEAN, field="region"
            )
            parsed.findings.append(finding)
            return
        region = self.region_values(parsed.place.region.id)
        values |= region
        if now is None:
            parsed.values |= region

    def region_values(self, id: int) -> Values:
        """The columns of a record that keep its region."""
        return {"region_id": id}

    def keep_beside(self, parsed: ParsedRow, values: Values, now: Values | None) -> None:
        """Keep with a record what was sent and not read; a cell that is read now was not."""
        none: set[str] = set()
        kept = ((AS_SENT, parsed.as_sent, none), (UNREAD, parsed.unread, parsed.given))
        for name, cells, read in kept:
            held = read_cells(now[name]) if now is not None else {}
            if cells or held:
                still = {key: cell for key, cell in held.items() if key not in read}
                values[name] = write_cells({**still, **cells})

    def require_status(self, parsed: ParsedRow, code: str, expected: Problem) -> None:
        """A new record has to have a status that can be read: none is guessed."""
        if "status" in parsed.unread:  # which is what keeps the row from being taken
            parsed.findings.append(
                self._context.finding("unread_needed", verdict=Verdict.UNREADABLE)
            )
        else:
            parsed.findings.append(self._context.finding(code, "status", expected=expected))

    def source(self, parsed: ParsedRow) -> str:
        """Where a new record comes from, and which words tell its region where no column does."""
        source = f"{self._context.origin} / {parsed.row}"
        place = parsed.place
        return f"{source} ← {place.words}" if isinstance(place, NamedPlace) else source

    def look_up(self, ids: Sequence[int]) -> None:
        """Read what else has to be known of records that rows are about; here nothing."""

    def id_of(self, parsed: ParsedRow) -> int | None:
        """The record that a row is about."""
        return self.ids.get(parsed.key)

    def waits_for(self, parsed: ParsedRow) -> Numbered | None:
        """The record that this one points to, where it is not there yet."""
        return (
            None if parsed.link is None or self.numbers.known(*parsed.link[1]) else parsed.link[1]
        )

    def settled(self, parsed: ParsedRow, id: int | None) -> None:
        """Count with the record from now on."""
        self.ids[parsed.key] = id

    def follow_link(self, parsed: ParsedRow, values: Values) -> tuple[str, Numbered] | None:
        """Put the record that a row points to among its values; the link where it is not there."""
        if parsed.link is None:
            return None
        target = self.numbers.id(parsed.link[1])
        if target is None:
            return parsed.link
        values[parsed.link[0]] = target
        return None


def identify_row(
    context: ImportContext,
    parsed: ParsedRow,
    row: TableRow,
    numbers: Numbers,
    read_number: Callable[[Cell], str],
) -> None:
    """Find out which programme and which number a row is about; else that is found."""
    name = _number_column(context, row)
    text = context.cell(row, name)
    try:
        programme, written = _split(context, text)
        number = read_number(written if programme else row.raw[context.at[name]]) if text else ""
    except Problem as problem:
        parsed.findings.append(context.finding("cell", name, text, problem))
        return
    if not text:
        parsed.findings.append(context.finding("no_number", name))
    programme = _programme_of_row(context, parsed, row, programme)
    if programme is None or not number:
        return
    parsed.programme = programme
    called = numbers.called(programme.id, number)
    if called != number and not numbers.told:  # once for a file, whose numbers are all like that
        numbers.told = True
        as_kept = Problem("table_finding.number.as_kept", number=number, kept=called)
        parsed.findings.append(context.finding("cell", name, text, as_kept, verdict=Verdict.CLEAN))
    number = called
    parsed.key = (programme.id, number)
    parsed.ref = item_ref(programme.code, number)
    numbers.known(programme.id, number)


def _split(context: ImportContext, text: str) -> tuple[ProgrammeKey | None, str]:
    """Programme and number of a full reference; a text without a programme is a number."""
    code, stroke, number = text.partition("/")
    return (context.programme_of(code.strip()), number) if stroke and code.strip() else (None, text)


def _programme_of_row(
    context: ImportContext, parsed: ParsedRow, row: TableRow, named: ProgrammeKey | None
) -> ProgrammeKey | None:
    """The programme of a row: that of its reference, of its column, or the one asked for."""
    text = context.cell(row, "programme")
    if not (text or named or context.programme):  # 专项 may be what a programme is called
        text = context.cell(row, "campaign")
    if named is not None and not text:
        return named
    programme = context.programme_of(text)
    if programme is None:
        parsed.findings.append(_no_programme(context, text))
    elif named is not None and named is not programme:
        two = Problem("importing.two_programmes", one=named.code, other=programme.code)
        parsed.findings.append(context.finding("cell", "programme", text, two))
        return None
    return programme


def number_text(context: ImportContext, row: TableRow) -> str:
    """The cell that tells the number, as text."""
    return context.cell(row, _number_column(context, row))


def _number_column(context: ImportContext, row: TableRow) -> str:
    """The column that tells the number: that of numbers, or of references where it is empty."""
    names = [name for name in ("number", "ref") if name in context.at]
    return next((name for name in names if context.cell(row, name)), names[0])


def _no_programme(context: ImportContext, text: str) -> Finding:
    if not text:
        expected = Problem("importing.name_programme", codes=context.codes())
        return context.finding("no_programme", "programme", expected=expected)
    unknown = Problem("programme.not_found", code=clean(text), codes=context.codes())
    return context.finding("cell", "programme", text, unknown)


def names_its_programme(context: ImportContext, row: TableRow) -> bool:
    """Whether a row has a full reference."""
    return any(_split(context, context.cell(row, name))[0] for name in ("number", "ref"))


def check_day(context: ImportContext, parsed: ParsedRow, changes: Values, now: Values) -> None:
    """See that the day of a new status is not that of the old one, left standing in its cell."""
    stale = parsed.state_on is not None and parsed.state_on == now["status_on"]
    if stale and "status" in changes:
        known = Problem("importing.day_of_old_status", on=parsed.state_on)
        parsed.findings.append(context.finding("old_day", "on", str(parsed.state_on), known))


def regions_of(context: ImportContext, parsed: ParsedRow, text: str) -> tuple[Region, ...]:
    """The regions in a cell; looked for below the region asked for, else the programme's."""
    under = context.base_of(parsed)
    if parsed.city_id is None:
        regions = context.regions.several(text, under)
        tell_of_time(context, parsed, text, regions)
        return regions
    regions = context.regions.several(text, parsed.city_id)
    if any(parsed.city_id not in context.regions.chain(region.id) for region in regions):
        raise Problem("importing.not_in_city", text=text, city=context.regions[parsed.city_id].name)
    tell_of_time(context, parsed, text, regions)
    return regions


def tell_of_time(
    context: ImportContext, parsed: ParsedRow, text: str, regions: Iterable[Region]
) -> None:
    """Say of a region that it is not there on the day of the file; the row is taken anyway."""
    for region in regions:
        if told := context.regions.out_of_time(region):
            parsed.findings.append(
                context.finding(OUT_OF_TIME, "region", text, told, verdict=Verdict.CLEAN)
            )


def city_of(context: ImportContext, parsed: ParsedRow, text: str) -> None:
    """Read a column of cities: the region of the row is looked for in that city from then on."""
    cities = regions_of(context, parsed, text)
    if len(cities) == 1:
        parsed.city_id = cities[0].id
