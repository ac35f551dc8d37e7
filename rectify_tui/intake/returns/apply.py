"""Taking returns in: what was accepted is written in one batch, with the files it came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rectify_tui.domain.timeline import Value
from rectify_tui.intake.model import FieldChange, Proposal, ProposedLine, Verdict
from rectify_tui.intake.returns.accept import Accept
from rectify_tui.intake.returns.check import CheckedReturn
from rectify_tui.intake.returns.rules import DAY
from rectify_tui.intake.returns.together import check_received, read_returns
from rectify_tui.store.commands.intake import IntakeFile, record_file
from rectify_tui.store.commands.items import set_items
from rectify_tui.store.connection import Connection
from rectify_tui.store.draft import Draft
from rectify_tui.store.ledger import Ledger, Receipt
from rectify_tui.store.records import ITEM
from rectify_tui.store.returned import last_taken

if TYPE_CHECKING:
    from rectify_tui.intake.reading import Book

KIND = "return"
"""The kind of a batch that takes returns in."""

Refused = tuple[tuple[Proposal, tuple[ProposedLine, ...]], ...]


@dataclass(frozen=True)
class Applied:
    """What taking returns in came to.

    `taken` counts the lines whose changes were written, `refused` has those that were not taken, by
    file; files of which everything was taken are there too, without any.
    """

    receipt: Receipt
    taken: int
    unchanged: int
    refused: Refused


@dataclass(frozen=True)
class _Choice:
    """What becomes of the lines of one file."""

    checked: CheckedReturn
    taken: tuple[ProposedLine, ...]
    refused: tuple[ProposedLine, ...]

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return sum(line.row > 0 for line in self.checked.proposal.lines)


def apply_returns(
    ledger: Ledger, books: Iterable[Book], accept: Accept, who: str | None = None,
    reason: str | None = None,
) -> Applied:  # fmt: skip
    """Check returns once more, and write the lines that are accepted: all of them or none.

    Each file is recorded, also one that changes nothing, so that it is known to have come; one that
    was recorded before is so again only where it brings something new. Unreadable lines are never
    taken, nor are two that bring different values for one item. Raises `Problem` where a file is no
    return.
    """
    received = read_returns(books)
    with ledger.batch(KIND, who=who, reason=reason) as writing:
        draft = writing.draft
        today = date.fromisoformat(draft.batch.recorded_on)
        choices = _choices(check_received(draft.connection, received, today), accept)
        draft.load(ITEM, [line.id for each in choices for line in each.taken if line.id])
        new = [_is_new(draft.connection, each) for each in choices]
        for each in choices:
            for line in each.taken:
                _write(draft, each.checked, line)
        for each, is_new in zip(choices, new, strict=True):
            if is_new or each.taken:
                _record(draft, each)
    return _applied(choices, writing.receipt)


def plan_returns(
    connection: Connection, books: Iterable[Book], accept: Accept, today: date
) -> Applied:
    """What `apply_returns` would do, without writing anything; nothing has a batch."""
    choices = _choices(check_received(connection, read_returns(books), today), accept)
    return _applied(choices, Receipt(None, 0))


def _applied(choices: Sequence[_Choice], receipt: Receipt) -> Applied:
    lines = [line for each in choices for line in each.checked.proposal.lines]
    return Applied(
        receipt,
        sum(len(each.taken) for each in choices),
        sum(line.verdict is Verdict.UNCHANGED for line in lines),
        tuple((each.checked.proposal, each.refused) for each in choices),
    )


def _choices(checked: Sequence[CheckedReturn], accept: Accept) -> list[_Choice]:
    wanted = {
        (at, line.row, line.ref): line
        for at, each in enumerate(checked)
        for line in each.proposal.lines
        if line.verdict.applicable and accept(each.proposal, line)
    }
    clashing = set(_clashing(wanted.values()))
    choices = []
    for at, each in enumerate(checked):
        taken, refused = [], []
        for line in each.proposal.lines:
            if (at, line.row, line.ref) in wanted and line.id not in clashing:
                taken += [line] if line.changes else []
            elif line.verdict is not Verdict.UNCHANGED:
                refused.append(line)
        choices.append(_Choice(each, tuple(taken), tuple(refused)))
    return choices


def _clashing(lines: Iterable[ProposedLine]) -> Iterator[int]:
    """The items for which lines that were accepted bring different values."""
    said: defaultdict[tuple[int | None, str], set[Value]] = defaultdict(set)
    for line in lines:
        for change in line.changes:
            said[line.id, change.field].add(change.after)
    return (id for (id, _), values in said.items() if len(values) > 1 and id is not None)


def _write(draft: Draft, checked: CheckedReturn, line: ProposedLine) -> None:
    """Write the changes of a line, each with effect from its own day."""
    assert line.id is not None
    by_day: defaultdict[date, dict[str, str]] = defaultdict(dict)
    for change in line.changes:
        if change.field != DAY:
            by_day[checked.days[line.row][change.field]][change.field] = _text(change)
    for day, fields in sorted(by_day.items()):
        set_items(draft, [line.id], fields, on=day)


def _text(change: FieldChange) -> str:
    return "" if change.after is None else str(change.after)


def _is_new(connection: Connection, choice: _Choice) -> bool:
    return last_taken(connection, KIND, choice.checked.proposal.origin.digest) is None


def _record(draft: Draft, choice: _Choice) -> None:
    origin = choice.checked.proposal.origin
    refused = sum(line.row > 0 for line in choice.refused)
    sent = choice.checked.origin.sent
    file = IntakeFile(
        KIND, origin.name, origin.sheet, origin.digest, choice.rows - refused, refused,
        sent.id if sent else None,
    )  # fmt: skip
    record_file(draft, file)
