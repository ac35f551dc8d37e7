"""What is found out about a file before it is taken: its table, its columns, its first rows."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path

from rectify_tui.domain.text import clean, shorten
from rectify_tui.errors import Problem
from rectify_tui.intake.importing.by_cells import told_by_cells
from rectify_tui.intake.importing.cases import CaseRows
from rectify_tui.intake.importing.city_table import CityTable, city_table
from rectify_tui.intake.importing.context import ImportContext, named_codes
from rectify_tui.intake.importing.coverage import CoverageRows
from rectify_tui.intake.importing.figures import FigureRows
from rectify_tui.intake.importing.items import ItemRows
from rectify_tui.intake.importing.missing import MissingColumns, missing_columns
from rectify_tui.intake.importing.numbered import names_its_programme
from rectify_tui.intake.importing.other_deadlines import DeadlinesOfFile
from rectify_tui.intake.importing.regions import RegionRows
from rectify_tui.intake.importing.request import ImportRequest, Learned, PreparedImport, SampleRow
from rectify_tui.intake.importing.row_import import RecordRows, RowImport, line_of
from rectify_tui.intake.importing.showing import read_values
from rectify_tui.intake.mapping import (
    MapFile,
    Mapping,
    Synonyms,
    map_name,
    read_map_file,
    read_synonyms,
    remembered,
    values_by_field,
    with_rules,
)
from rectify_tui.intake.model import Finding, IntakeKind, Origin, Verdict
from rectify_tui.intake.reading.book import Book, Grid
from rectify_tui.intake.record_fields import title_problem
from rectify_tui.intake.table import Table, TableRow, find_table
from rectify_tui.reports.extensions import FILE as MAY_ALLOW
from rectify_tui.reports.extensions import read_may_allow
from rectify_tui.store.commands.intake import ProgrammeKey, programme_keys
from rectify_tui.store.connection import Connection

FIRST = 3
"""How many rows are shown as they will be read."""

SYNONYMS = "synonyms.toml"
MAPS = "maps"
"""Names in the folder of settings: the office's headings, and the maps of earlier imports."""

_ROWS: dict[
    IntakeKind,
    type[ItemRows] | type[CaseRows] | type[RegionRows] | type[FigureRows] | type[CoverageRows],
] = {
    IntakeKind.ITEMS: ItemRows, IntakeKind.CASES: CaseRows, IntakeKind.REGIONS: RegionRows,
    IntakeKind.FIGURES: FigureRows, IntakeKind.COVERAGE: CoverageRows,
}  # fmt: skip
_NEEDED: dict[IntakeKind, tuple[tuple[str, ...], ...]] = {
    IntakeKind.ITEMS: (("number", "ref"),),
    IntakeKind.CASES: (("number", "ref"),),
    IntakeKind.REGIONS: (("name", "code"),),
    IntakeKind.FIGURES: (("subject",), ("what",), ("value",)),
    IntakeKind.COVERAGE: (("region",), ("done", "due")),
}
"""Fields without which a file of a kind makes no sense; of each group one."""

_SHOWN = 120
_NAMED = 12
_LOOKED_AT = 50


def prepare(
    connection: Connection, book: Book, request: ImportRequest, today: date
) -> PreparedImport:
    """Find the table of a file, which column is which field, and how the first rows read.

    Raises `Problem` for a file without such a table, for a kind that does not fit it, where it
    remains unclear which programme the rows belong to, and for a day in the future.
    """
    if request.on is not None and request.on > today:
        raise Problem("change.future", on=request.on, today=today)
    table, mapping, learned = mapped(book, request)
    origin = Origin(book.path, book.name, table.sheet, book.digest)
    prepared = PreparedImport(request, mapping.kind, origin, table, mapping, learned)
    _require_columns(prepared)
    row_import = row_import_of(connection, prepared, today)
    _require_programme(prepared, row_import.context)
    lacks = _missing_columns(row_import, table)
    wide = table.findings() if isinstance(table, CityTable) else ()
    about_file = [
        Finding("file", Verdict.CLEAN, expected=problem)
        for problem in (*book.remarks, *_other_sheets(book, table), *table.remarks)
    ]
    first = tuple(_sample_rows(row_import, islice(table.rows(), FIRST)))
    remarks = (
        *lacks.remarks,
        *_remembered(prepared),
        *wide,
        *_kept_as_sent(row_import.context),
        *about_file,
        *row_import.rows.remarks,
    )
    return replace(prepared, first=first, remarks=remarks, missing=lacks.names)


def _missing_columns(row_import: RowImport, table: Table) -> MissingColumns:
    rows = row_import.rows
    if not isinstance(rows, ItemRows | CaseRows):
        return MissingColumns()
    told = ("status",) if rows.tells_status else ()
    return missing_columns(row_import.context, told, table.rows(), rows.read_number, rows.numbers)


def _remembered(prepared: PreparedImport) -> Iterator[Finding]:
    if prepared.learned == "remembered":
        name = map_name(prepared.table.headings, prepared.kind)
        remembered = Problem("importing.learned.remembered", name=name)
        yield Finding("file", Verdict.CLEAN, expected=remembered)


def _kept_as_sent(context: ImportContext) -> Iterator[Finding]:
    """Which columns are no field and are kept with the records as they were sent."""
    headings = [context.headings[index] for index in context.unknown]
    if headings:
        names = [heading.text or heading.letter for heading in headings]
        shown = "、".join(names[:_NAMED]) + ("…" if len(names) > _NAMED else "")
        kept = Problem("importing.kept_as_sent", n=len(names), columns=shown)
        yield Finding("file", Verdict.CLEAN, expected=kept)


def row_import_of(connection: Connection, prepared: PreparedImport, today: date) -> RowImport:
    """A pass over the file that a request is about, held against a ledger as it is now."""
    request, table = prepared.request, prepared.table
    on = request.on or today
    programmes = programme_keys(connection)
    context = ImportContext(
        connection, table.headings, prepared.mapping, programmes=programmes,
        programme=_programme_asked_for(request, programmes), under=request.under,
        on=on, today=today, unit=table.unit,
        order=request.order, later=request.later, deadlines=deadlines_of(request),
        origin=f"{prepared.origin.name} / {prepared.origin.sheet}",
    )  # fmt: skip
    rows: RecordRows = _ROWS[prepared.kind](context, table)
    return RowImport(context, rows)


def deadlines_of(request: ImportRequest) -> DeadlinesOfFile:
    """What a request says of deadlines that the ledger has otherwise."""
    return DeadlinesOfFile(request.deadlines, read_may_allow(request.config / MAY_ALLOW))


def _other_sheets(book: Book, table: Table) -> Iterator[Problem]:
    """What is to be said of sheets that people see and that are not read."""
    names = []
    for sheet in book.sheets:
        with contextlib.suppress(Problem):
            if sheet.visible and sheet.name != table.sheet and book.grid(sheet.name).row_count:
                names.append(sheet.name)
    if names:
        sheets = "、".join(names[:_NAMED]) + ("…" if len(names) > _NAMED else "")
        yield Problem("importing.other_sheets", sheets=sheets)


def mapped(
    book: Book, request: ImportRequest, *, lenient: bool = False
) -> tuple[Table, Mapping, Learned]:
    """The table, and which column is which: as somebody says, as it was last time, or guessed.

    A `lenient` mapping may lack whatever an import needs. Raises `Problem` for a file without a
    table, and unless it is lenient for one whose columns fit no kind.
    """
    synonyms = read_synonyms(request.config / SYNONYMS)
    given = read_map_file(request.map) if request.map else None
    if given and request.kind not in (None, given.kind):
        raise Problem("importing.other_kind", path=given.path, map=given.kind, kind=request.kind)
    grid, knows = book.grid(request.sheet), _knows(synonyms, given, request)
    if given is None and not request.columns and request.kind in (None, IntakeKind.FIGURES):
        wide = city_table(grid, synonyms, knows, request.on)
        if wide is not None:
            return wide, wide.mapping, "guessed"
    table = _table(book, request, grid, knows)
    mapping, learned = _columns(table, synonyms, given, request, lenient=lenient)
    if learned == "guessed":
        mapping = told_by_cells(mapping, table)
    mapping = with_rules(mapping, table.headings, request.columns)
    values = values_by_field(request.values, mapping, table.headings)
    return table, replace(mapping, values=values), learned


def _table(book: Book, request: ImportRequest, grid: Grid, knows: Callable[[str], bool]) -> Table:
    """The table of a sheet, or of the next one that has any where nobody named a sheet.

    Many workbooks begin with a sheet that says how to fill them in.
    """
    try:
        return find_table(grid, knows)
    except Problem:
        for sheet in book.sheets if request.sheet is None else ():
            if sheet.visible:
                with contextlib.suppress(Problem):
                    return find_table(book.grid(sheet.name), knows)
        raise


def _columns(
    table: Table, synonyms: Synonyms, given: MapFile | None, request: ImportRequest, *,
    lenient: bool,
) -> tuple[Mapping, Learned]:  # fmt: skip
    if given:
        return synonyms.complete(table.headings, given.mapping(table.headings)), "map"
    kept = remembered(request.config, table.headings, request.kind)
    if kept is not None:
        return synonyms.complete(table.headings, kept), "remembered"
    try:
        return synonyms.guess(table.headings, request.kind), "guessed"
    except Problem:
        if not (lenient or request.columns):
            raise
    nothing = Mapping(request.kind or IntakeKind.ITEMS, {})
    return synonyms.complete(table.headings, nothing), "guessed"


def _knows(
    synonyms: Synonyms, given: MapFile | None, request: ImportRequest
) -> Callable[[str], bool]:
    """Whether a heading means anything: to everybody, in the map given, or in an earlier import."""
    maps = [given] if given else list(_earlier(request.config))
    return lambda heading: (
        synonyms.knows(heading, request.kind) or any(map_.knows(heading) for map_ in maps)
    )


def _earlier(config: Path) -> Iterator[MapFile]:
    """The maps of earlier imports; one that cannot be read is told of where it is needed."""
    for path in sorted((config / MAPS).glob("*.toml")):
        with contextlib.suppress(Problem):
            yield read_map_file(path)


def _require_columns(prepared: PreparedImport) -> None:
    have = set(prepared.mapping.fields.values())
    for names in _NEEDED[prepared.kind]:
        if have.isdisjoint(names):
            shown = "、".join(heading.text for heading in prepared.table.headings if heading.text)
            raise Problem(
                "importing.missing_column", kind=Problem(f"intake.kind.{prepared.kind}"),
                field=title_problem(prepared.kind, names[0]), headings=shorten(shown, _SHOWN),
            )  # fmt: skip


def _require_programme(prepared: PreparedImport, context: ImportContext) -> None:
    if prepared.kind not in (IntakeKind.ITEMS, IntakeKind.CASES):
        return
    if not context.programmes:
        raise Problem("importing.no_programmes")
    if context.programme is not None or {"programme", "campaign"} & context.at.keys():
        return
    first = islice(prepared.table.rows(), _LOOKED_AT)
    if not any(names_its_programme(context, row) for row in first):
        raise Problem("importing.no_programme", codes=context.codes())


def _programme_asked_for(
    request: ImportRequest, programmes: Sequence[ProgrammeKey]
) -> ProgrammeKey | None:
    if request.programme is None:
        return None
    code = clean(request.programme).upper()
    programme = next((key for key in programmes if key.code == code), None)
    if programme is None:
        if not programmes:
            raise Problem("programme.none", code=code)
        raise Problem("programme.not_found", code=code, codes=named_codes(programmes))
    return programme


def _sample_rows(row_import: RowImport, rows: Iterable[TableRow]) -> Iterator[SampleRow]:
    outcomes = [outcome for chunk in row_import.chunks(rows, whole=False) for outcome in chunk]
    for outcome in sorted(outcomes, key=lambda outcome: outcome.parsed.row):
        yield SampleRow(
            line_of(outcome, row_import.context), read_values(row_import.context, outcome.parsed)
        )
