"""The sheet of steps in a return: what goes out, what comes back, and what becomes of it."""

from __future__ import annotations

from datetime import date, datetime

import openpyxl
import pytest
from return_desk import build, check, codes, id_of, line, now, send
from taking import take_returns

from rectify_tui.i18n import Language
from rectify_tui.intake.lines import change_sentence
from rectify_tui.intake.model import IntakeKind, Verdict
from rectify_tui.intake.returns.columns import column_called
from rectify_tui.intake.returns.step_columns import STEP_COLUMNS
from rectify_tui.intake.workspace.accepting import accept_words
from rectify_tui.store.commands.items import add_measure
from rectify_tui.store.commands.steps import add_step, done_step, find_step
from rectify_tui.store.milestones import measures, numbered_steps
from rectify_tui.store.undo import undo

ZH = Language("zh")


@pytest.fixture
def office(ledger, tmp_path):
    """Items of Daqing with steps: two under one measure, a bare measure, and one that is done."""
    build(ledger)
    with ledger.batch("step", who="甲") as writing:
        draft, item = writing.draft, id_of(ledger, "1")
        for text, due in (("完成招标", "1月底"), ("管网验收", "2020-06-30")):
            fields = {"text": text, "due": due}
            add_step(draft, item, fields, measure="管网改造", on=date(2020, 1, 10))
            draft.flush()
        add_measure(draft, item, 2, "加强巡查")
        done_step(draft, item, find_step(draft, item, "完成招标"), on=date(2020, 1, 20))
        add_step(draft, id_of(ledger, "2"), {"text": "清淤", "due": "3月底"})
    return ledger, Steps(send(ledger, tmp_path / "out")["大庆市"])


class Steps:
    """The sheet of steps in the hands of whoever fills it in."""

    def __init__(self, path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)
        self.sheet = self.book.worksheets[1]
        self.head = 4
        self.columns = {
            column_called(str(cell.value), STEP_COLUMNS): cell.column
            for cell in self.sheet[self.head]
        }

    def row(self, text: str) -> int:
        return next(
            row
            for row in range(self.head + 1, self.sheet.max_row + 1)
            if self.cell(row, "step_text").value == text
        )

    def cell(self, row: int, name: str):
        return self.sheet.cell(row, self.columns[name])

    def set(self, text: str, **values: object):
        for name, value in values.items():
            self.cell(self.row(text), f"step_{name}").value = value
        return self

    def save(self):
        self.book.save(self.path)
        return self.path


def steps_of(ledger, number: str):
    return {
        each.text: each.step
        for each in numbered_steps(measures(ledger.reader(), id_of(ledger, number)))
    }


def test_steps_go_out_with_their_days_and_only_answers_are_open(office):
    _, steps = office
    rows = [steps.row(text) for text in ("完成招标", "管网验收", "加强巡查", "清淤")]
    assert rows == [5, 6, 7, 8]
    assert [steps.cell(row, "ref").value for row in rows] == ["P-1/1"] * 3 + ["P-1/2"]
    assert steps.cell(5, "step_done").value == datetime(2020, 1, 20)
    assert steps.cell(6, "measure").value == "管网改造"
    locked = [[steps.cell(row, name).protection.locked for row in rows]
              for name in ("step_text", "step_due", "step_done", "step_evidence")]  # fmt: skip
    assert locked == [[True] * 4, [True, True, False, True], [False] * 4, [False] * 4]


def test_nothing_filled_in_says_nothing(office):
    ledger, steps = office
    proposal = check(ledger, steps.save())
    assert {each.verdict for each in proposal.lines} == {Verdict.UNCHANGED}
    assert codes(proposal) == []


def test_what_is_said_of_steps_is_taken_with_the_item(office):
    ledger, steps = office
    steps.set("管网验收", done=datetime(2020, 3, 3), evidence="验收单")
    steps.set("加强巡查", due="2020-09-30")
    proposal = check(ledger, steps.save())
    found = line(proposal, "1")
    assert found.verdict is Verdict.CLEAN
    said = [change_sentence(each, IntakeKind.RETURN, ZH) for each in found.changes]
    assert said == [
        "步骤 2 完成时间 2020-03-03", "步骤 2 完成依据 验收单", "步骤 3 计划时间 2020-09-30",
    ]  # fmt: skip
    take_returns(ledger, steps.path)
    after = steps_of(ledger, "1")
    assert (after["管网验收"].done_on, after["管网验收"].evidence) == ("2020-03-03", "验收单")
    assert (after["加强巡查"].due_on, after["加强巡查"].done) == ("2020-09-30", None)
    assert now(ledger, "1")["rev"] == 1  # nothing was said of the item itself
    undo(ledger)
    assert steps_of(ledger, "1")["管网验收"].done is None


@pytest.mark.parametrize(
    ("text", "cells", "code", "verdict"),
    [
        ("管网验收", {"done": "2020-13-01"}, "step_cell", Verdict.UNREADABLE),
        ("管网验收", {"done": "2099-01-01"}, "step_cell", Verdict.UNREADABLE),
        ("管网验收", {"due": "2020-08-31"}, "step_moved", Verdict.SUSPICIOUS),
        ("完成招标", {"due": "2020-08-31"}, "step_moved", Verdict.UNREADABLE),
        ("完成招标", {"done": None}, "step_emptied", Verdict.SUSPICIOUS),
        ("管网验收", {"text": "别的", "done": "2020-03-01"}, "step_altered", Verdict.SUSPICIOUS),
    ],
)
def test_what_is_in_doubt_waits_for_somebody(office, text, cells, code, verdict):
    ledger, steps = office
    row = steps.row(text)
    for name, value in cells.items():
        steps.cell(row, f"step_{name}").value = value
    proposal = check(ledger, steps.save())
    assert codes(line(proposal, "1")) == [code]
    assert line(proposal, "1").verdict is verdict


def test_a_day_that_a_city_moved_is_moved_where_the_office_takes_it(office):
    ledger, steps = office
    path = steps.set("管网验收", due="2020-08-31").save()
    take_returns(ledger, path, accept=accept_words(["all"]))
    step = steps_of(ledger, "1")["管网验收"]
    assert (step.due_on, step.first_due) == ("2020-08-31", "2020-06-30")


def test_both_sides_changed_a_step(office):
    ledger, steps = office
    path = steps.set("管网验收", done="2020-03-03").save()
    with ledger.batch("step", who="乙") as writing:
        key = find_step(writing.draft, id_of(ledger, "1"), "管网验收")
        done_step(writing.draft, id_of(ledger, "1"), key, on=date(2020, 3, 1))
    found = line(check(ledger, path), "1")
    assert (codes(found), found.verdict) == (["step_conflict"], Verdict.CONFLICT)
    assert (found.changes[0].before, found.changes[0].after) == ("2020-03-01", "2020-03-03")


def test_a_sheet_without_marks_is_known_by_items_and_texts(office):
    ledger, steps = office
    steps.sheet.delete_cols(len(STEP_COLUMNS) + 1)
    strange = steps.sheet.max_row + 1
    for name, value in (("ref", "P-1/77"), ("step_text", "什么"), ("step_done", "2020-03-01")):
        steps.cell(strange, name).value = value
    for name, value in (("ref", "P-1/2"), ("step_text", "新"), ("step_done", "2020-03-01")):
        steps.cell(strange + 1, name).value = value
    proposal = check(ledger, steps.set("管网验收", done="2020-03-03").save())
    assert line(proposal, "1").verdict is Verdict.CLEAN
    assert codes(line(proposal, "2")) == ["step_unknown"]
    assert codes(proposal) == ["step_rows_strange"]


def test_a_file_without_its_sheet_of_steps_says_so(office):
    ledger, steps = office
    del steps.book[steps.sheet.title]
    assert codes(check(ledger, steps.save())) == ["steps_missing"]
