"""What returns propose, row by row; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from rectify_tui.domain.fields import ITEM
from rectify_tui.domain.text import shorten
from rectify_tui.domain.timeline import Value, Values
from rectify_tui.intake.model import (
    FieldChange,
    Finding,
    IntakeKind,
    Proposal,
    ProposedLine,
    Verdict,
)
from rectify_tui.intake.returns.columns import OPEN_FIELDS
from rectify_tui.intake.returns.match import MatchedRow, Matcher, make_matcher
from rectify_tui.intake.returns.recognise import RecognisedReturn, recognise
from rectify_tui.intake.returns.rows import ReceivedReturn, ReturnRow
from rectify_tui.intake.returns.rules import DAY, compare, day_of, verdict_of
from rectify_tui.intake.returns.step_check import CheckedSteps, SaidOfSteps, check_steps
from rectify_tui.intake.returns.told_deadlines import NAME as DEADLINE
from rectify_tui.intake.returns.told_deadlines import ToldDeadline, change_of, told_deadline
from rectify_tui.store.commands.intake import programme_keys
from rectify_tui.store.connection import Connection
from rectify_tui.store.returned import ItemSides

if TYPE_CHECKING:
    from rectify_tui.intake.table import Heading

_SHOWN_CELLS = 80


@dataclass(frozen=True)
class CheckedReturn:
    """A return held against the ledger.

    `origin` tells which return it is, `columns` has the headings of its columns. `days` has, by row
    and field, the day from which a change would hold; `deadlines`, by row, the other deadline that
    a row tells.
    """

    proposal: Proposal
    origin: RecognisedReturn
    columns: Mapping[str, Heading]
    days: Mapping[int, Mapping[str, date]]
    deadlines: Mapping[int, ToldDeadline] = field(default_factory=dict)


def check_return(connection: Connection, received: ReceivedReturn, today: date) -> CheckedReturn:
    """A return that was read, held against the ledger as a connection sees it.

    Several are held against one another too, by `together.check_received`.
    """
    origin = recognise(connection, received)
    matcher = make_matcher(connection, received, origin)
    matches = matcher.rows()
    steps = check_steps(connection, received.steps, matcher, today)
    years = {programme.id: programme.year for programme in programme_keys(connection)}
    check = _ReturnCheck(received, origin, matcher.sides, today, steps.by_item, years)
    silent = {match.row.number for match in matches if _says_nothing(match)}
    lines = [check.line(match) for match in matches if match.row.number not in silent]
    missing = _missing(matcher, matches)
    lines += [check.missing_line(id, matcher) for id in missing]
    lines += [check.steps_line(id) for id in _only_steps(steps, matches, missing)]
    skipped = dict(received.skipped) | dict.fromkeys(silent, "return_check.skipped.no_item")
    proposal = Proposal(
        received.origin, IntakeKind.RETURN, received.headings, tuple(lines),
        tuple(check.placed(remark) for remark in (*origin.remarks, *steps.remarks)), skipped,
    )  # fmt: skip
    return CheckedReturn(proposal, origin, received.columns, check.days, check.deadlines)


def _says_nothing(match: MatchedRow) -> bool:
    """Whether a row below or between the items only looks like one: who filled it in, and so on."""
    row = match.row
    return match.id is None and not row.mark and not any(row.answers.values())


def _missing(matcher: Matcher, matches: Iterable[MatchedRow]) -> list[int]:
    """The items of a return that no row is about and that the ledger still has."""
    sent = None if matcher.origin.partial else matcher.origin.sent
    there = {match.id for match in matches}
    return [
        id
        for id in (sent.item_ids if sent else ())
        if id not in there and id in matcher.sides and matcher.sides[id].now is not None
    ]


def _only_steps(
    steps: CheckedSteps, matches: Iterable[MatchedRow], missing: Iterable[int]
) -> list[int]:
    """The items of which nothing but the steps is told, as in a part of a return."""
    told = {match.id for match in matches}.union(missing)
    return [id for id in steps.by_item if id not in told]


class _ReturnCheck:
    """What all rows of a file are judged in. `days` fills while lines are made."""

    def __init__(
        self, received: ReceivedReturn, origin: RecognisedReturn, sides: Mapping[int, ItemSides],
        today: date, steps: Mapping[int, SaidOfSteps], years: Mapping[int, int],
    ) -> None:  # fmt: skip
        self.steps = steps
        self.years = years
        self.deadlines: dict[int, ToldDeadline] = {}
        self.received = received
        self.cutoff = origin.cutoff
        self.sides = sides
        self.today = today
        self.days: dict[int, Mapping[str, date]] = {}
        self.doubtful = any(remark.verdict is Verdict.SUSPICIOUS for remark in origin.remarks)

    def line(self, match: MatchedRow) -> ProposedLine:
        """The line of a row."""
        row, findings = match.row, list(match.findings)
        side = self.sides[match.id] if match.id is not None else None
        changes: tuple[FieldChange, ...] = ()
        if side is not None and side.now is None:
            findings.append(Finding("item_gone", Verdict.UNREADABLE))
        elif side is not None:
            changes, about_cells = self._compared(row, side, side.now or {})
            findings += about_cells
            changes += self._deadline(row, side.now or {}, changes, findings)
            changes += self._of_steps(side, match.id, findings)
        if changes and self.doubtful:
            findings.append(Finding("whole_file", Verdict.SUSPICIOUS))
        ref = side.ref if side else shorten(row.locked.get("ref", ""), _SHOWN_CELLS)
        return ProposedLine(
            row.number, ref, match.id, verdict_of(changes, findings), changes,
            tuple(self.placed(finding, row) for finding in findings), row.cells,
        )  # fmt: skip

    def _compared(
        self, row: ReturnRow, side: ItemSides, now: Values
    ) -> tuple[tuple[FieldChange, ...], tuple[Finding, ...]]:
        changes, findings = compare(
            _by_field(side.sent or now), _by_field(now), row.answers, today=self.today,
            deadline=side.deadline, as_of=min(self.cutoff or self.today, self.today),
            since=side.said_on.get("status"),
        )  # fmt: skip
        day = day_of(changes, self.today, self.cutoff)
        # A word of the office that holds from a later day would hide the change: it then holds
        # from that day, since the return is what was said last.
        self.days[row.number] = {
            change.field: max(day, side.said_on.get(ITEM[change.field].column, day))
            for change in changes
            if change.field != DAY
        }
        placed = (replace(change, column=self._letter(change.field)) for change in changes)
        return tuple(placed), findings

    def _deadline(
        self, row: ReturnRow, now: Values, changes: Iterable[FieldChange], findings: list[Finding]
    ) -> tuple[FieldChange, ...]:
        """The change of the deadline, where that is decided; else what is found of it says more."""
        for at, finding in enumerate(findings):
            year = self.years.get(int(now["programme_id"] or 0))
            told = told_deadline(finding, now, year, self.received.deadlines)
            if isinstance(told, ToldDeadline):
                del findings[at]
                self.deadlines[row.number] = told
                day = day_of(changes, self.today, self.cutoff)
                self.days[row.number] = {**self.days[row.number], DEADLINE: day}
                return (replace(change_of(told, now), column=self._letter(DEADLINE)),)
            findings[at] = told
        return ()

    def missing_line(self, id: int, matcher: Matcher) -> ProposedLine:
        """The line of an item whose row is not in the file, with the cells that were sent."""
        sent = matcher.locked.cells(id)
        cells = [""] * len(self.received.headings)
        for name, heading in self.received.columns.items():
            cells[heading.index] = sent.get(name, "")
        findings = [Finding("row_missing", Verdict.SUSPICIOUS)]
        changes = self._of_steps(self.sides[id], id, findings)
        return ProposedLine(
            0, self.sides[id].ref, id, verdict_of(changes, findings), changes, tuple(findings),
            tuple(cells),
        )  # fmt: skip

    def steps_line(self, id: int) -> ProposedLine:
        """The line of an item of which a file has only the steps."""
        findings: list[Finding] = []
        changes = self._of_steps(self.sides[id], id, findings)
        if changes and self.doubtful:
            findings.append(Finding("whole_file", Verdict.SUSPICIOUS))
        verdict = verdict_of(changes, findings)
        return ProposedLine(0, self.sides[id].ref, id, verdict, changes, tuple(findings))

    def _of_steps(
        self, side: ItemSides, id: int | None, findings: list[Finding]
    ) -> tuple[FieldChange, ...]:
        """The changes of an item's steps; what was found about them is added to the findings."""
        said = self.steps.get(id or 0)
        if said is None or side.now is None:
            return ()
        findings += said.findings
        return tuple(said.changes)

    def placed(self, finding: Finding, row: ReturnRow | None = None) -> Finding:
        """A finding with the column that it is about, and with what the cell holds."""
        name = str(finding.params.get("field", ""))
        heading = self.received.columns.get(name)
        if heading is None:
            return finding
        holds = finding.holds or (row.answers.get(name, "") if row else "")
        return replace(
            finding, column=heading.letter, heading=heading.text, holds=shorten(holds, _SHOWN_CELLS)
        )

    def _letter(self, name: str) -> str:
        heading = self.received.columns.get(name)
        return heading.letter if heading else ""


def _by_field(values: Values) -> dict[str, Value]:
    """What an item holds that a return may be about, by field.

    A field that is younger than what history says of the item is empty.
    """
    fields = (*OPEN_FIELDS, ITEM["verification"])
    return {field.name: values.get(field.column) for field in fields}
