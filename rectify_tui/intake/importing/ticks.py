"""A status that is ticked: √ in one of several columns that are named after statuses."""

from __future__ import annotations

from dataclasses import replace

from rectify_tui.domain.answers import is_tick
from rectify_tui.errors import Problem
from rectify_tui.intake.importing.cells import blank
from rectify_tui.intake.importing.record import Frame, Read, Said
from rectify_tui.intake.mapping.state_headings import ticked_columns
from rectify_tui.intake.model import Finding, Verdict
from rectify_tui.intake.table import TableRow


class Ticks:
    """The columns that are named after statuses and are no field; falsy where there are none."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        taken = set(frame.at.values())
        self._columns = {
            index: frame.headings[index].last
            for index in ticked_columns(frame.headings)
            if index not in taken
        }

    @property
    def remark(self) -> Finding:
        """That these columns are read together."""
        letters = "、".join(self._frame.headings[index].letter for index in self._columns)
        expected = Problem("table_finding.ticked", columns=letters)
        return self._frame.finding("file", expected=expected, verdict=Verdict.CLEAN)

    def __bool__(self) -> bool:
        return bool(self._columns)

    def read(self, said: Said, row: TableRow, read: Read) -> None:
        """Read the status of a row by its tick; several ticks, and other words there, are found."""
        filled = [index for index in self._columns if not blank(row.cells[index])]
        ticked = [index for index in filled if is_tick(row.cells[index])]
        if len(filled) > 1:
            names = "、".join(self._columns[index] for index in filled)
            self._doubt(said, row, filled[0], Problem("table_finding.several_ticks", names=names))
        elif ticked:
            read(said, self._columns[ticked[0]], row.raw[ticked[0]])
        elif filled:
            self._doubt(said, row, filled[0], Problem("table_finding.no_tick"))

    def _doubt(self, said: Said, row: TableRow, index: int, problem: Problem) -> None:
        finding = self._frame.finding("cell", holds=row.cells[index], expected=problem)
        heading = self._frame.headings[index]
        said.findings.append(replace(finding, column=heading.letter, heading=heading.text))
