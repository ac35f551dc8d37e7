"""Opening a file of any kind as a book of sheets, and sheets as grids of cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from rectify_tui.errors import Problem
from rectify_tui.intake.reading.cells import Merged, Row, sheet_name
from rectify_tui.intake.reading.delimited import Delimited, delimited
from rectify_tui.intake.reading.encodings import encoding_of
from rectify_tui.intake.reading.kinds import (
    Container,
    check_text,
    container_of,
    ending_remarks,
)
from rectify_tui.intake.reading.packing import unpack
from rectify_tui.intake.reading.source import Source, take
from rectify_tui.intake.reading.subprocess_reader import read_workbook

_START = 4096


class SheetInfo(NamedTuple):
    """A sheet's clean name, and whether people see it."""

    name: str
    visible: bool


@dataclass(frozen=True, eq=False)
class Grid:
    """The cells of a sheet.

    `row_count` counts empty rows too and may be too high for delimited text. `source` gives the
    rows anew each time it is called. `searches` has the searches for tables in it so far, for
    `find_table`.
    """

    sheet: str
    merged: tuple[Merged, ...]
    row_count: int
    source: Callable[[], Iterator[Row]] = field(repr=False)
    searches: list[Any] = field(default_factory=list, repr=False)

    def head(self, n: int) -> list[Row]:
        """The first rows that hold something."""
        return list(islice(self.rows(), n))

    def rows(self) -> Iterator[Row]:
        """All rows that hold something, unpacked as they are asked for, as often as wanted.

        Delimited text raises `Problem` on its way where a row cannot be read.
        """
        return self.source()


@dataclass(frozen=True, eq=False)
class Book:
    """A file that was read. Nothing of it is open any more.

    `format` is what the file is, whatever its name says: xlsx, xls, ods, csv or tsv. `encoding` is
    that of delimited text. `remarks` are what a person should know, such as macros that were not
    run.
    """

    path: Path
    name: str
    digest: str
    format: str
    encoding: str | None
    sheets: tuple[SheetInfo, ...]
    remarks: tuple[Problem, ...]
    grids: Mapping[str, Grid | Problem] = field(repr=False)

    def grid(self, sheet: str | None = None) -> Grid:
        """The cells of a sheet, or of the first visible one that holds anything.

        Raises `Problem` where there is no such sheet, nothing in any visible one, or where the
        sheet cannot be read.
        """
        found = self._first() if sheet is None else self._named(sheet)
        if isinstance(found, Problem):
            raise found
        return found

    def _first(self) -> Grid | Problem:
        for each in self.sheets:
            found = self.grids[each.name]
            if each.visible and (isinstance(found, Problem) or found.row_count):
                return found
        return Problem("reading.no_content", file=self.name)

    def _named(self, sheet: str) -> Grid | Problem:
        if found := self.grids.get(sheet_name(sheet)):
            return found
        names = ", ".join(each.name for each in self.sheets)
        return Problem("reading.no_sheet", file=self.name, sheet=sheet_name(sheet), sheets=names)


def open_book(path: Path) -> Book:
    """Reads a spreadsheet or delimited text, whatever the file is called.

    Workbooks are read whole, each sheet once, in a process with limits; what a workbook of 100,000
    rows holds is kept in some 30 MB. Delimited text is decoded as its rows are asked for. Values of
    formulas are those last computed; cells that hold an error are empty. No macro is run, no link
    followed, nothing written.

    Raises `Problem` for what cannot or must not be read; a problem of a single sheet waits until
    that sheet is asked for.
    """
    source = take(path)
    with _naming(source.name):
        if container_of(source.data) is Container.TEXT:
            return _text_book(path, source)
        return _workbook(path, source)


def _workbook(path: Path, source: Source) -> Book:
    read = read_workbook(source.data)
    grids: dict[str, Grid | Problem] = {}
    for sheet in read.sheets:
        grids[sheet.name] = sheet.problem or Grid(
            sheet.name, sheet.merged, sheet.row_count, partial(unpack, sheet.lines)
        )
    sheets = tuple(SheetInfo(each.name, each.visible) for each in read.sheets)
    return _book(path, source, read.format, None, sheets, read.remarks, grids)


def _text_book(path: Path, source: Source) -> Book:
    encoding = encoding_of(source.data)
    check_text(source.data[:_START].decode(encoding.codec, "ignore"))
    text = delimited(source.data, encoding)
    sheet = sheet_name(PurePath(source.name).stem) or "?"
    remarks = [Problem("reading.guessed", encoding=encoding.name)] if encoding.guessed else []
    empty = next(text.rows(sheet), None) is None
    rows = partial(_text_rows, text, sheet, source.name)
    grid = Grid(sheet, (), 0 if empty else text.row_count(), rows)
    sheets = (SheetInfo(sheet, True),)
    return _book(path, source, text.format, encoding.name, sheets, remarks, {sheet: grid})


def _text_rows(text: Delimited, sheet: str, file: str) -> Iterator[Row]:
    with _naming(file):
        yield from text.rows(sheet)


def _book(
    path: Path,
    source: Source,
    kind: str,
    encoding: str | None,
    sheets: tuple[SheetInfo, ...],
    remarks: list[Problem],
    grids: Mapping[str, Grid | Problem],
) -> Book:
    remarks = ending_remarks(source.name, kind) + remarks
    for each in (*remarks, *grids.values()):
        if isinstance(each, Problem):
            each.params["file"] = source.name
    return Book(path, source.name, source.digest, kind, encoding, sheets, tuple(remarks), grids)


@contextmanager
def _naming(file: str) -> Iterator[None]:
    """Gives problems the name of the file, which only its opener knows."""
    try:
        yield
    except Problem as problem:
        problem.params["file"] = file
        raise
