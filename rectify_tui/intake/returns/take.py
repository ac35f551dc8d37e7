"""Writing the lines of a return that were accepted, into an open batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from rectify_tui.domain.timeline import Later
from rectify_tui.intake.model import FieldChange, IntakeKind, ProposedLine
from rectify_tui.intake.returns.check import CheckedReturn
from rectify_tui.intake.returns.rules import DAY
from rectify_tui.intake.returns.told_deadlines import NAME as DEADLINE
from rectify_tui.intake.step_cells import step_cell
from rectify_tui.store.commands.deadlines import DEADLINE as COLUMNS
from rectify_tui.store.commands.deadlines import move_deadline
from rectify_tui.store.commands.intake import IntakeFile, record_file
from rectify_tui.store.commands.items import set_items
from rectify_tui.store.commands.steps import StepKey, find_step, move_step, set_step
from rectify_tui.store.connection import Connection
from rectify_tui.store.draft import Draft
from rectify_tui.store.records import ITEM
from rectify_tui.store.returned import last_taken, return_about
from rectify_tui.store.returns import SentReturn


def take_lines(draft: Draft, checked: CheckedReturn, lines: Sequence[ProposedLine]) -> None:
    """Write the changes of lines, each with effect from its own day."""
    draft.load(ITEM, [line.id for line in lines if line.id is not None])
    for line in lines:
        assert line.id is not None
        by_day: defaultdict[date, dict[str, str]] = defaultdict(dict)
        for change in line.changes:
            if change.field == DEADLINE:
                _move_deadline(draft, checked, line)
            elif change.field != DAY and step_cell(change.field) is None:
                by_day[checked.days[line.row][change.field]][change.field] = _text(change)
        for day, fields in sorted(by_day.items()):
            set_items(draft, [line.id], fields, on=day)
        _take_steps(draft, line.id, line.changes)


def _move_deadline(draft: Draft, checked: CheckedReturn, line: ProposedLine) -> None:
    assert line.id is not None
    told, day = checked.deadlines[line.row], checked.days[line.row][DEADLINE]
    values = {name: value for name, value in told.values.items() if name in COLUMNS}
    move_deadline(draft, line.id, values, told.move, day.isoformat(), Later.UNTIL_NEXT)


def _take_steps(draft: Draft, item_id: int, changes: Iterable[FieldChange]) -> None:
    """Write what is said of steps. A planned day is moved where there was one, else filled in."""
    by_step: defaultdict[int, dict[str, FieldChange]] = defaultdict(dict)
    for change in changes:
        if cell := step_cell(change.field):
            by_step[cell.number][cell.field] = change
    for number, fields in by_step.items():
        key = find_step(draft, item_id, str(number))
        due = fields.get("due")
        if due is not None and due.before is not None:
            moved = move_step(draft, item_id, key, _text(due))
            key = StepKey(key.measure_id, moved)
            del fields["due"]
        if fields:
            set_step(draft, item_id, key, {name: _text(each) for name, each in fields.items()})


def _text(change: FieldChange) -> str:
    return "" if change.after is None else str(change.after)


def is_new(draft: Draft, checked: CheckedReturn) -> bool:
    """Whether no file with this content was taken in before."""
    digest = checked.proposal.origin.digest
    return last_taken(draft.connection, IntakeKind.RETURN, digest) is None


def answered(connection: Connection, checked: CheckedReturn) -> SentReturn | None:
    """The return that a file answers; None where that cannot be told.

    A table that a city made itself is the answer to the newest return that asks all it is about.
    """
    ids = {line.id for line in checked.proposal.lines if line.row > 0 and line.id is not None}
    return checked.origin.sent or return_about(connection, ids)


def record(draft: Draft, checked: CheckedReturn, refused: Sequence[ProposedLine]) -> None:
    """Record that a return has come, and how many of its rows were not taken."""
    origin, lines = checked.proposal.origin, checked.proposal.lines
    ids = {line.id for line in lines if line.row > 0 and line.id is not None}
    sent = answered(draft.connection, checked)
    n_rows = sum(line.row > 0 for line in lines)
    n_refused = sum(line.row > 0 for line in refused)
    missing = None
    if sent is not None and not checked.origin.partial:
        missing = len(set(sent.item_ids) - ids)
    file = IntakeFile(
        IntakeKind.RETURN, origin.name, origin.sheet, origin.digest, n_rows - n_refused, n_refused,
        sent.id if sent else None, missing,
    )  # fmt: skip
    record_file(draft, file)
