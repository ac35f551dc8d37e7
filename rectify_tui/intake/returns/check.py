"""What returns propose, row by row; nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from rectify_tui.domain.text import shorten
from rectify_tui.domain.timeline import Values
from rectify_tui.intake.model import FieldChange, FileKind, Finding, Proposal, ProposedLine, Verdict
from rectify_tui.intake.returns.match import Matched, Matcher, make_matcher
from rectify_tui.intake.returns.recognise import Recognised, recognise
from rectify_tui.intake.returns.rows import Received, Row, read_return
from rectify_tui.intake.returns.rules import DAY, compare, day_of, in_words, verdict_of
from rectify_tui.store.connection import Connection
from rectify_tui.store.returned import Sides

if TYPE_CHECKING:
    from rectify_tui.intake.reading import Book
    from rectify_tui.intake.table import Heading


_SHOWN_CELLS = 80


@dataclass(frozen=True)
class Checked:
    """A return held against the ledger.

    `found` tells which return it is, `places` has the headings of its columns. `days` has, by row
    and field, the day from which a change would hold.
    """

    proposal: Proposal
    found: Recognised
    places: Mapping[str, Heading]
    days: Mapping[int, Mapping[str, date]]


def check_returns(
    connection: Connection, books: Iterable[Book], today: date
) -> tuple[Proposal, ...]:
    """What several returns propose, also held against one another.

    A file that is there twice counts once. Raises `Problem` where a file is no return.
    """
    received = read_returns(books)
    return tuple(checked.proposal for checked in check_received(connection, received, today))


def read_returns(books: Iterable[Book]) -> list[Received]:
    """The returns in files, each content once. Raises `Problem` where a file is no return."""
    found: dict[str, Received] = {}
    for book in books:
        if book.digest not in found:
            found[book.digest] = read_return(book)
    return list(found.values())


def check_received(
    connection: Connection, received: Sequence[Received], today: date
) -> list[Checked]:
    """Returns that were read, held against the ledger as a connection sees it."""
    checked = [_checked(connection, each, today) for each in received]
    return checked if len(checked) < 2 else _held_together(checked)


def _checked(connection: Connection, received: Received, today: date) -> Checked:
    found = recognise(connection, received)
    matcher = make_matcher(connection, received, found)
    matched = matcher.rows()
    frame = _Frame(received, found, matcher.sides, today)
    silent = {each.row.number for each in matched if _says_nothing(each)}
    lines = [frame.line(each) for each in matched if each.row.number not in silent]
    lines += [frame.missing_line(id, matcher) for id in _missing(matcher, matched)]
    skipped = dict(received.skipped) | dict.fromkeys(silent, "return_check.skipped.no_item")
    proposal = Proposal(
        received.origin, FileKind.RETURN, received.headings, tuple(lines),
        tuple(frame.placed(remark) for remark in found.remarks), skipped,
    )  # fmt: skip
    return Checked(proposal, found, received.places, frame.days)


def _says_nothing(matched: Matched) -> bool:
    """Whether a row below or between the items only looks like one: who filled it in, and so on."""
    row = matched.row
    return matched.id is None and not row.mark and not any(row.said.values())


def _missing(matcher: Matcher, matched: Iterable[Matched]) -> list[int]:
    """The items of a return that no row is about and that the ledger still has."""
    sent = None if matcher.found.partial else matcher.found.sent
    there = {each.id for each in matched}
    return [
        id
        for id in (sent.item_ids if sent else ())
        if id not in there and id in matcher.sides and matcher.sides[id].now is not None
    ]


class _Frame:
    """What all rows of a file are judged in. `days` fills while lines are made."""

    def __init__(
        self, received: Received, found: Recognised, sides: Mapping[int, Sides], today: date
    ) -> None:
        self.received = received
        self.cutoff = found.cutoff
        self.sides = sides
        self.today = today
        self.days: dict[int, Mapping[str, date]] = {}
        self.doubtful = any(remark.verdict is Verdict.SUSPICIOUS for remark in found.remarks)

    def line(self, matched: Matched) -> ProposedLine:
        """The line of a row."""
        row, findings = matched.row, list(matched.findings)
        side = self.sides[matched.id] if matched.id is not None else None
        changes: tuple[FieldChange, ...] = ()
        if side is not None and side.now is None:
            findings.append(Finding("item_gone", Verdict.UNREADABLE))
        elif side is not None:
            changes, found = self._compared(row, side, side.now or {})
            findings += found
        if changes and self.doubtful:
            findings.append(Finding("whole_file", Verdict.SUSPICIOUS))
        ref = side.ref if side else shorten(row.identity.get("ref", ""), _SHOWN_CELLS)
        return ProposedLine(
            row.number, ref, matched.id, verdict_of(changes, findings), changes,
            tuple(self.placed(finding, row) for finding in findings), row.cells,
        )  # fmt: skip

    def _compared(
        self, row: Row, side: Sides, now: Values
    ) -> tuple[tuple[FieldChange, ...], tuple[Finding, ...]]:
        changes, findings = compare(
            side.sent or now, now, row.said, today=self.today, deadline=side.deadline,
            as_of=min(self.cutoff or self.today, self.today), since=side.said_on.get("status"),
        )  # fmt: skip
        day = day_of(changes, self.today, self.cutoff)
        self.days[row.number] = {
            change.field: max(day, side.said_on.get(change.field, day))
            for change in changes
            if change.field != DAY
        }
        placed = (replace(change, column=self._letter(change.field)) for change in changes)
        return tuple(placed), findings

    def missing_line(self, id: int, matcher: Matcher) -> ProposedLine:
        """The line of an item whose row is not in the file, with the cells that were sent."""
        sent = matcher.identities.cells(id)
        cells = [""] * len(self.received.headings)
        for name, heading in self.received.places.items():
            cells[heading.index] = sent.get(name, "")
        finding = Finding("row_missing", Verdict.SUSPICIOUS)
        return ProposedLine(
            0, self.sides[id].ref, id, finding.verdict, findings=(finding,), cells=tuple(cells)
        )

    def placed(self, finding: Finding, row: Row | None = None) -> Finding:
        """A finding with the column that it is about, and with what the cell holds."""
        name = str(finding.params.get("field", ""))
        heading = self.received.places.get(name)
        if heading is None:
            return finding
        holds = finding.holds or (row.said.get(name, "") if row else "")
        return replace(
            finding, column=heading.letter, heading=heading.text, holds=shorten(holds, _SHOWN_CELLS)
        )

    def _letter(self, name: str) -> str:
        heading = self.received.places.get(name)
        return heading.letter if heading else ""


# --- several files ---

_Said = tuple[Checked, ProposedLine, FieldChange]


def _held_together(checked: Sequence[Checked]) -> list[Checked]:
    """Files that bring different values for the same field of an item say so, each of the other."""
    said: defaultdict[tuple[int | None, str], list[_Said]] = defaultdict(list)
    for each in checked:
        for line in each.proposal.lines:
            for change in line.changes:
                said[line.id, change.field].append((each, line, change))
    return [replace(each, proposal=_beside_others(each, said)) for each in checked]


def _beside_others(
    checked: Checked, said: Mapping[tuple[int | None, str], Sequence[_Said]]
) -> Proposal:
    lines = []
    for line in checked.proposal.lines:
        found = [
            _differs(checked, change, other)
            for change in line.changes
            for other in said[line.id, change.field]
            if other[0] is not checked and other[2].after != change.after
        ]
        findings = (*line.findings, *found)
        verdict = verdict_of(line.changes, findings)
        lines.append(replace(line, findings=findings, verdict=verdict) if found else line)
    return replace(checked.proposal, lines=tuple(lines))


def _differs(checked: Checked, change: FieldChange, other: _Said) -> Finding:
    file, line, theirs = other
    heading = checked.places[change.field]
    params = {
        "field": change.field, "said": in_words(change.field, change.after),
        "theirs": in_words(change.field, theirs.after),
        "file": file.proposal.origin.name, "row": line.row,
    }  # fmt: skip
    return Finding("files_differ", Verdict.CONFLICT, heading.letter, heading.text, params=params)
