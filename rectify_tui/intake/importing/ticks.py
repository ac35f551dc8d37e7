"""A status that is ticked: √ in one of several columns that are named after statuses."""

from __future__ import annotations

from dataclasses import replace

from rectify_tui.domain.answers import is_tick
from rectify_tui.errors import Problem
from rectify_tui.intake.importing.cells import blank
from rectify_tui.intake.importing.context import ImportContext
from rectify_tui.intake.importing.parsed_row import CellReader, ParsedRow
from rectify_tui.intake.mapping.state_headings import ticked_columns
from rectify_tui.intake.model import Finding, Verdict
from rectify_tui.intake.table import TableRow


class Ticks:
    """The columns that are named after statuses and are no field; falsy where there are none."""

    def __init__(self, context: ImportContext) -> None:
        self._context = context
        taken = set(context.at.values())
        self._columns = {
            index: context.headings[index].last
            for index in ticked_columns(context.headings)
            if index not in taken
        }

    @property
    def remark(self) -> Finding:
        """That these columns are read together."""
        letters = "、".join(self._context.headings[index].letter for index in self._columns)
        expected = Problem("table_finding.ticked", columns=letters)
        return self._context.finding("file", expected=expected, verdict=Verdict.CLEAN)

    def __bool__(self) -> bool:
        return bool(self._columns)

    def read(self, parsed: ParsedRow, row: TableRow, read: CellReader) -> None:
        """Read the status of a row by its tick; several ticks, and other words there, are found."""
        filled = [index for index in self._columns if not blank(row.cells[index])]
        ticked = [index for index in filled if is_tick(row.cells[index])]
        if len(filled) > 1:
            names = "、".join(self._columns[index] for index in filled)
            self._doubt(parsed, row, filled[0], Problem("table_finding.several_ticks", names=names))
        elif ticked:
            read(parsed, self._columns[ticked[0]], row.raw[ticked[0]])
        elif filled:
            self._doubt(parsed, row, filled[0], Problem("table_finding.no_tick"))

    def _doubt(self, parsed: ParsedRow, row: TableRow, index: int, problem: Problem) -> None:
        finding = self._context.finding("cell", holds=row.cells[index], expected=problem)
        heading = self._context.headings[index]
        parsed.findings.append(replace(finding, column=heading.letter, heading=heading.text))
