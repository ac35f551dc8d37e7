"""What a filled sheet proposes, row by row; nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from rectify_tui.domain.dates import read_day
from rectify_tui.domain.position import read_position
from rectify_tui.domain.status import GROUP_OF, Group, Status, Verification
from rectify_tui.domain.text import clean
from rectify_tui.domain.visits import Need, missing_of
from rectify_tui.errors import Problem
from rectify_tui.i18n import keys_below, values_by_word
from rectify_tui.intake.model import (
    FieldChange,
    Finding,
    IntakeKind,
    Proposal,
    ProposedLine,
    Verdict,
)
from rectify_tui.intake.visits.received import ReceivedVisits, VisitRow
from rectify_tui.store.commands.visits import VisitNote
from rectify_tui.store.connection import Connection
from rectify_tui.store.items import ItemRow, item_rows
from rectify_tui.store.returned import find_items, last_taken
from rectify_tui.store.visits import Visit, visits

_SHOWN = 80


@dataclass(frozen=True)
class CheckedVisits:
    """A sheet held against the ledger, and by row what would be recorded, and of which day."""

    proposal: Proposal
    notes: Mapping[int, tuple[date, VisitNote]]


def result_words() -> dict[str, str]:
    """The results by the words for them, in every language, and as programs know them."""
    words = (values_by_word(keys_below(key, _RESULTS)) for key in _WORDS)
    return {word: value for each in words for word, value in each.items()}


_WORDS = ("visit.result", "status.verification")
_RESULTS = (Verification.CONFIRMED.value, Verification.REFUTED.value)


def check_visits(
    connection: Connection, received: ReceivedVisits, today: date, needs: Iterable[Need]
) -> CheckedVisits:
    """A sheet that was read, held against the ledger as a connection sees it."""
    pairs = {row.ref: tuple(clean(row.ref).rpartition("/")[::2]) for row in received.rows}
    ids = find_items(connection, [(code, number) for code, number in pairs.values()])
    by_id = {row.id: row for row in item_rows(connection, sorted(ids.values()))}
    known: dict[int, list[Visit]] = defaultdict(list)
    for visit in visits(connection, by_id, today):
        known[visit.item_id].append(visit)
    check = _Check(received, today, tuple(needs), known)
    lines = []
    for row in received.rows:
        if any(row.answers.values()):
            id = ids.get(clean(row.ref))
            lines.append(check.line(row, by_id.get(id) if id is not None else None))
    remarks = tuple(_taken_before(connection, received.origin.digest))
    if remarks:
        lines = [
            replace(each, verdict=Verdict.SUSPICIOUS) if each.verdict is Verdict.CLEAN else each
            for each in lines
        ]
    proposal = Proposal(
        received.origin, IntakeKind.VISITS, received.headings, tuple(lines), remarks
    )
    return CheckedVisits(proposal, check.notes)


def _taken_before(connection: Connection, digest: str) -> Iterator[Finding]:
    earlier = last_taken(connection, IntakeKind.VISITS, digest)
    if earlier is not None:
        told = {"batch": earlier.batch, "on": earlier.on, "who": earlier.who}
        yield Finding("already_applied", Verdict.SUSPICIOUS, params=told)


class _Check:
    """What all rows of a sheet are judged in. `notes` fills while lines are made."""

    def __init__(
        self, received: ReceivedVisits, today: date, needs: tuple[Need, ...],
        known: Mapping[int, list[Visit]],
    ) -> None:  # fmt: skip
        self.received = received
        self.today = today
        self.needs = needs
        self.known = known
        self.notes: dict[int, tuple[date, VisitNote]] = {}
        self.words = result_words()

    def line(self, row: VisitRow, item: ItemRow | None) -> ProposedLine:
        """The line of a row."""
        if item is None:
            lost = Finding("unknown_item", Verdict.UNREADABLE, params={"field": "ref"})
            return self._made(row, None, [replace(lost, holds=row.ref)])
        findings: list[Finding] = []
        note = self._note(row, findings)
        day = self._day(row, findings)
        if note is None or day is None:
            return self._made(row, item, findings)
        findings += self._doubts(item, note, day)
        if any(finding.verdict is Verdict.UNCHANGED for finding in findings):
            return self._made(row, item, findings)
        self.notes[row.number] = (day, note)
        return self._made(row, item, findings, self._changes(item, note, day))

    def _made(
        self, row: VisitRow, item: ItemRow | None, findings: list[Finding],
        changes: tuple[FieldChange, ...] = (),
    ) -> ProposedLine:  # fmt: skip
        order = list(Verdict)
        verdict = max((f.verdict for f in findings), key=order.index, default=Verdict.CLEAN)
        return ProposedLine(
            row.number, item.ref if item else row.ref[:_SHOWN], item.id if item else None, verdict,
            changes, tuple(self._placed(finding, row) for finding in findings), row.cells,
        )  # fmt: skip

    def _placed(self, finding: Finding, row: VisitRow) -> Finding:
        heading = self.received.columns.get(str(finding.params.get("field", "")))
        if heading is None:
            return finding
        holds = finding.holds or row.answers.get(str(finding.params["field"]), "")
        return replace(finding, column=heading.letter, heading=heading.text, holds=holds[:_SHOWN])

    def _note(self, row: VisitRow, findings: list[Finding]) -> VisitNote | None:
        text = row.answers.get("result", "")
        if not text:
            findings.append(Finding("visit_no_result", Verdict.UNREADABLE))
            return None
        result = self.words.get(clean(text).casefold())
        if result is None:
            expected = Problem("visit.sheet.bad_result")
            findings.append(_about("visit_bad_result", "result", expected))
            return None
        try:
            position = read_position(row.answers.get("position", ""))
        except Problem as problem:
            findings.append(_about("visit_bad_position", "position", problem, Verdict.SUSPICIOUS))
            position = None
        person, team, told = (row.answers.get(name, "") for name in ("person", "team", "findings"))
        return VisitNote(Verification(result), person, team, position, told)

    def _day(self, row: VisitRow, findings: list[Finding]) -> date | None:
        text = row.answers.get("on", "")
        if not text:
            findings.append(_about("visit_no_day", "on", ""))
            return None
        try:
            day = read_day(text, today=self.today)
        except Problem:
            findings.append(_about("unreadable_date", "on", Problem("return_check.expected.day")))
            return None
        if day > self.today:
            expected = Problem("return_check.expected.past_day", today=self.today)
            findings.append(_about("future_date", "on", expected))
            return None
        return day

    def _doubts(self, item: ItemRow, note: VisitNote, day: date) -> Iterator[Finding]:
        same = [v for v in self.known.get(item.id, ()) if v.visited_on == day.isoformat()]
        for visit in same:
            if visit.result == note.result and visit.person == (clean(note.person) or None):
                yield Finding("visit_known", Verdict.UNCHANGED, params={"on": day})
                return
            if visit.result != note.result:
                params = {
                    "on": day, "known": Problem(f"visit.result.{visit.result}"),
                    "said": Problem(f"visit.result.{note.result}"),
                }  # fmt: skip
                yield Finding("visit_differs", Verdict.CONFLICT, params=params)
        missing = missing_of(
            self.needs, person=note.person, position=note.position, findings=note.findings,
            photographs=0,
        )  # fmt: skip
        if missing:
            words = tuple(Problem(f"visit.need.{need}") for need in missing)
            to_come = missing == (Need.PHOTOGRAPHS,)  # no sheet can hold them
            verdict = Verdict.CLEAN if to_come else Verdict.SUSPICIOUS
            yield Finding("visit_lacks", verdict, params={"missing": words})
        status = Problem(f"status.item.{item.status}")
        if GROUP_OF[Status(item.status)] is not Group.COMPLETED:
            yield Finding("visit_not_reported", Verdict.SUSPICIOUS, params={"status": status})
        elif note.result is Verification.REFUTED and not missing:
            yield Finding("visit_takes_back", Verdict.CLEAN, params={"status": status})

    def _changes(self, item: ItemRow, note: VisitNote, day: date) -> tuple[FieldChange, ...]:
        letters = {name: heading.letter for name, heading in self.received.columns.items()}
        return (
            FieldChange("verification", item.verification, note.result.value,
                        letters.get("result", "")),
            FieldChange("visited_on", item.visited_on, day.isoformat(), letters.get("on", "")),
        )  # fmt: skip


def _about(
    code: str, field: str, expected: str | Problem, verdict: Verdict = Verdict.UNREADABLE
) -> Finding:
    return Finding(code, verdict, expected=expected, params={"field": field})
