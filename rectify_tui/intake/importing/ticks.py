"""A status told by several columns: √ below one that is named after it, or 是 below questions."""

from __future__ import annotations

from dataclasses import replace

from rectify_tui.domain.answers import in_words, is_tick, yes_or_no
from rectify_tui.domain.status import CaseStatus, Status, read_case_status, read_status
from rectify_tui.errors import Problem
from rectify_tui.intake.importing.cells import blank
from rectify_tui.intake.importing.context import ImportContext
from rectify_tui.intake.importing.parsed_row import CellReader, ParsedRow
from rectify_tui.intake.mapping.state_headings import asks_for_status, ticked_columns
from rectify_tui.intake.model import Finding, IntakeKind, Verdict
from rectify_tui.intake.table import TableRow

_TOGETHER = (
    (Status.COMPLETED, Status.ON_SCHEDULE), (Status.ON_SCHEDULE, Status.NOT_COMPLETED),
    (Status.BEHIND, Status.NOT_COMPLETED), (CaseStatus.INTERIM, CaseStatus.OPEN),
    (CaseStatus.CLOSED, CaseStatus.OPEN),
)  # fmt: skip
"""Two answers that go together, first the one that says more: 未完成 and 达到序时进度."""


class Ticks:
    """The columns that tell the status together and are no field; falsy where there are none."""

    def __init__(self, context: ImportContext) -> None:
        self._context = context
        taken = set(context.at.values())
        self._columns = {
            index: context.headings[index].last
            for index in ticked_columns(context.headings)
            if index not in taken
        }
        self._asking = all(map(asks_for_status, self._columns.values()))

    @property
    def remark(self) -> Finding:
        """That these columns are read together."""
        letters = "、".join(self._context.headings[index].letter for index in self._columns)
        key = "table_finding.asking" if self._asking else "table_finding.ticked"
        expected = Problem(key, columns=letters)
        return self._context.finding("file", expected=expected, verdict=Verdict.CLEAN)

    def __bool__(self) -> bool:
        return bool(self._columns)

    def read(self, parsed: ParsedRow, row: TableRow, read: CellReader) -> None:
        """Read the status of a row by its tick; several ticks, and other words there, are found."""
        filled = [index for index in self._columns if not blank(row.cells[index])]
        if self._asking:
            self._read_answers(parsed, row, read, filled)
            return
        ticked = [index for index in filled if is_tick(row.cells[index])]
        if len(filled) > 1:
            names = "、".join(self._columns[index] for index in filled)
            self._doubt(parsed, row, filled[0], Problem("table_finding.several_ticks", names=names))
        elif ticked:
            read(parsed, self._columns[ticked[0]], row.raw[ticked[0]])
        elif filled:
            self._doubt(parsed, row, filled[0], Problem("table_finding.no_tick"))

    def _read_answers(
        self, parsed: ParsedRow, row: TableRow, read: CellReader, filled: list[int]
    ) -> None:
        """Read yes and no together: what is not completed may still be on schedule."""
        told = {index: in_words(row.cells[index], self._columns[index]) for index in filled}
        unsaid = [index for index in filled if yes_or_no(row.cells[index]) is None]
        if unsaid:
            problem = Problem("table_finding.no_answer", heading=self._columns[unsaid[0]])
            self._doubt(parsed, row, unsaid[0], problem)
            return
        try:
            states = {index: self._state(text) for index, text in told.items()}
        except Problem as problem:
            self._doubt(parsed, row, filled[0], problem)
            return
        for one, other in _TOGETHER:
            if set(states.values()) == {one, other}:
                states = {index: state for index, state in states.items() if state == one}
        if len(set(states.values())) > 1:
            said = "、".join(told.values())
            self._doubt(parsed, row, filled[0], Problem("table_finding.answers_apart", said=said))
        elif states:
            index = next(iter(states))
            read(parsed, told[index], row.raw[index])

    def _state(self, text: str) -> str:
        if self._context.kind == IntakeKind.CASES:
            return read_case_status(text).value
        return read_status(text).value

    def _doubt(self, parsed: ParsedRow, row: TableRow, index: int, problem: Problem) -> None:
        finding = self._context.finding("cell", holds=row.cells[index], expected=problem)
        heading = self._context.headings[index]
        parsed.findings.append(replace(finding, column=heading.letter, heading=heading.text))
