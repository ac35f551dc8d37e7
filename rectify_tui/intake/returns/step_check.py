"""What the sheet of steps of a return says, held against what was sent and what the ledger has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from rectify_tui.domain.answers import says_no_change
from rectify_tui.domain.text import clean, shorten
from rectify_tui.domain.timeline import Value, Values
from rectify_tui.errors import Problem
from rectify_tui.intake.model import FieldChange, Finding, Verdict
from rectify_tui.intake.returns.answers import UnreadableAnswer, read_cell
from rectify_tui.intake.returns.locked import same_text
from rectify_tui.intake.returns.mark import read_step_mark
from rectify_tui.intake.returns.match import Matcher, plain_ref
from rectify_tui.intake.returns.rules import in_words
from rectify_tui.intake.returns.step_columns import DAYS, STEP_COLUMNS
from rectify_tui.intake.returns.step_rows import StepRow, StepSheet
from rectify_tui.intake.step_cells import StepCell
from rectify_tui.store.connection import Connection
from rectify_tui.store.milestones import NumberedStep, measures_of, numbered_steps
from rectify_tui.store.returned import read_steps_as_sent

_KINDS = {column.name.removeprefix("step_"): column.kind for column in STEP_COLUMNS}
_SHOWN = 40


@dataclass
class SaidOfSteps:
    """What is said of the steps of one item."""

    changes: list[FieldChange] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class CheckedSteps:
    """What is said of steps, by item; and what is to be said of the file besides."""

    by_item: Mapping[int, SaidOfSteps] = field(default_factory=dict)
    remarks: tuple[Finding, ...] = ()


def check_steps(
    connection: Connection, sheet: StepSheet | None, matcher: Matcher, today: date
) -> CheckedSteps:
    """The changes of steps that a return asks for, by the item that they belong to."""
    if sheet is None:
        return CheckedSteps()
    known = measures_of(connection, list(matcher.sides))
    steps = {id: numbered_steps(of_item) for id, of_item in known.items()}
    ids = (each.step.id for of_item in steps.values() for each in of_item if each.step)
    sent = read_steps_as_sent(connection, ids, matcher.origin.head_seq)
    return _StepCheck(sheet, matcher, steps, sent, today).run()


@dataclass
class _StepCheck:
    sheet: StepSheet
    matcher: Matcher
    steps: Mapping[int, list[NumberedStep]]
    sent: Mapping[int, Values]
    today: date
    said: defaultdict[int, SaidOfSteps] = field(default_factory=lambda: defaultdict(SaidOfSteps))
    seen: dict[tuple[int, int], StepRow] = field(default_factory=dict)

    def run(self) -> CheckedSteps:
        """All rows; those of no item of the return are named in a remark."""
        strange = [row.number for row in self.sheet.rows if not self._row(row)]
        remarks = []
        if strange:
            rows = ", ".join(map(str, strange[:5])) + (", …" if len(strange) > 5 else "")
            params = {"sheet": self.sheet.name, "rows": rows}
            remarks.append(Finding("step_rows_strange", Verdict.UNCHANGED, params=params))
        return CheckedSteps(dict(self.said), tuple(remarks))

    def _row(self, row: StepRow) -> bool:
        """Take what a row says; False for one that says something and is of no item."""
        speaks = bool(row.answers.get("done") or row.answers.get("evidence"))
        item_id = self.matcher.by_ref.get(plain_ref(row.ref))
        if item_id is None:
            return not speaks
        found = self._found(row, item_id)
        if found is None:
            if speaks:
                self._find(item_id, "step_unknown", Verdict.SUSPICIOUS, row)
            return True
        first = self.seen.setdefault((item_id, found.number), row)
        if first is not row:
            if row.answers != first.answers:
                self._find(item_id, "step_twice", Verdict.UNREADABLE, row, first=first.number)
            return True
        self._compare(row, item_id, found)
        return True

    def _found(self, row: StepRow, item_id: int) -> NumberedStep | None:
        """The step of a row: by its mark, else by its text where only one has it."""
        of_item = self.steps.get(item_id, [])
        code, ref = self.matcher.origin.code, self.matcher.sides[item_id].ref
        key = read_step_mark(code, ref, row.mark) if code else None
        if key is not None:
            measure, step = key
            of_measure = [each for each in of_item if each.measure.id == measure]
            if step is None:  # a measure that was a step itself may have got one since
                return of_measure[0] if of_measure else None
            return next((each for each in of_measure if each.step and each.step.id == step), None)
        named = [each for each in of_item if same_text(each.text, row.text)]
        return named[0] if len(named) == 1 else None

    def _compare(self, row: StepRow, item_id: int, found: NumberedStep) -> None:
        step = found.step
        now: Values = {} if step is None else {name: getattr(step, name) for name in _STORED}
        sent = self.sent.get(step.id, now) if step else now
        if not same_text(_told(sent.get("text", found.text)), row.text):
            self._find(item_id, "step_altered", Verdict.SUSPICIOUS, row, sent=found.text)
        for name, text in row.answers.items():
            cell = StepCell(found.number, name)
            was, holds = _shown(name, sent), _shown(name, now)
            if same_text(text, _told(was)) or same_text(text, _told(sent.get(name))):
                continue
            if says_no_change(text):
                continue
            try:
                answer = read_cell(_KINDS[name], text, self.today)
            except UnreadableAnswer as error:
                self._unread(row, item_id, cell, text, error)
                continue
            if not _same(answer, was) and not _same(answer, holds):
                self._change(row, item_id, cell, was, holds, answer)

    def _unread(
        self, row: StepRow, item_id: int, cell: StepCell, text: str, error: UnreadableAnswer
    ) -> None:
        said = Problem(
            f"return_check.finding.{error.code}", holds=shorten(text, _SHOWN),
            expected=error.expected,
        )  # fmt: skip
        self._find(item_id, "step_cell", Verdict.UNREADABLE, row, cell, said=said)

    def _change(
        self, row: StepRow, item_id: int, cell: StepCell, was: Value, now: Value, answer: Value
    ) -> None:
        if cell.field == "due" and was is not None:
            done = self._is_done(item_id, cell.number)
            verdict = Verdict.UNREADABLE if done else Verdict.SUSPICIOUS
            self._find(item_id, "step_moved", verdict, row, cell, sent=was, said=answer)
            if answer is None:  # a plan without any day is no plan
                return
        elif answer is None:
            self._find(item_id, "step_emptied", Verdict.SUSPICIOUS, row, cell, sent=was)
        sent = None if _same(was, now) else was
        if not _same(was, now):
            self._find(
                item_id, "step_conflict", Verdict.CONFLICT, row, cell, sent=was, now=now,
                said=answer,
            )  # fmt: skip
        self.said[item_id].changes.append(FieldChange(str(cell), now, answer, sent=sent))

    def _is_done(self, item_id: int, number: int) -> bool:
        step = self.steps[item_id][number - 1].step
        return step is not None and step.done is not None

    def _find(
        self, item_id: int, code: str, verdict: Verdict, row: StepRow,
        cell: StepCell | None = None, **params: object,
    ) -> None:  # fmt: skip
        told = {
            name: value if isinstance(value, Problem) else in_words("", value)
            for name, value in params.items()
        }
        about: dict[str, object] = {"field": str(cell)} if cell else {}
        told |= {"sheet": self.sheet.name, "row": row.number, "step": shorten(row.text, _SHOWN)}
        if cell:
            told["cell"] = Problem(f"field.step_{cell.field}.title")
        self.said[item_id].findings.append(Finding(code, verdict, params={**about, **told}))


_STORED = ("text", "due", "due_on", "done", "done_on", "evidence")


def _shown(name: str, values: Values) -> Value:
    """A field as it goes out: a day that was read as a day, else as it was written."""
    day = values.get(f"{name}_on") if name in DAYS else None
    return day or values.get(name)


def _told(value: Value) -> str:
    return clean(str(value or ""), multiline=True)


def _same(one: Value, other: Value) -> bool:
    return same_text(str(one or ""), str(other or ""))
