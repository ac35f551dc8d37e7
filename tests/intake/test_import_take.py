"""An import as a whole: all or nothing, in few queries, the same however often it is repeated."""

from __future__ import annotations

import random
from datetime import date

import pytest
from import_files import ITEMS, ZH, open_desk, write_xlsx
from taking import open_files, take_import

from rectify_tui.intake.importing.propose import propose
from rectify_tui.intake.importing.request import OtherDeadlines
from rectify_tui.intake.lines import finding_sentence
from rectify_tui.intake.workspace.accepting import UNASKED
from rectify_tui.intake.workspace.applying import IntakeOrder, apply_order
from rectify_tui.store import draft
from rectify_tui.store.commands.extensions import Request
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.undo import undo

HEAD = ("序号", "具体问题", "责任地区", "责任单位", "整改时限", "整改状态", "进度", "状态日期")
NUMBERS = (*ITEMS, *(str(n) for n in range(61, 90)), "12-2", "", "7/7")
PLACES = ("", "大庆市", "哈尔滨市、大庆市", "郊区", "火星")
UNITS = ("", "市水务局", "市住建局")
DEADLINES = ("", "2020年底前", "立行立改", "尽快", "2019年9月底前，并长期坚持")
STATUSES = (
    "已完成", "未完成", "按序时进度推进", "", "不明", "并入第12项", "并入第70项", "并入HLJ-2016",
    "并入HLJ-2016/1", "已转入第二轮",
)  # fmt: skip
DAYS = ("", "", "", "2020-02-01", "2020-01-15", "2020-05-01")


@pytest.fixture
def desk(regions_store, tmp_path, clock):
    desk = open_desk(regions_store, tmp_path, clock)
    yield desk
    desk.ledger.close()


def some_rows(seed, n=80):
    chosen = random.Random(seed)
    for _ in range(n):
        yield (
            chosen.choice(NUMBERS), f"第{chosen.randrange(9)}号问题", chosen.choice(PLACES),
            chosen.choice(UNITS), chosen.choice(DEADLINES), chosen.choice(STATUSES),
            f"{chosen.randrange(102)}%", chosen.choice(DAYS),
        )  # fmt: skip


def state(desk):
    tables = ("item", "measure", "unit", "status_span", "intake_file")
    return {name: desk.rows(f"SELECT * FROM {name} ORDER BY 1, 2, 3") for name in tables}


@pytest.mark.journeys
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("buffer", [7, 20_000])
def test_any_file_adds_up_repeats_into_nothing_and_is_undone(desk, seed, buffer, monkeypatch):
    monkeypatch.setattr(draft, "BUFFER", buffer)
    desk.take(HEAD, *some_rows(seed + 100), on=date(2020, 2, 20))
    mistakes = OtherDeadlines(True, Request("", "", "", ""))
    before = state(desk)
    rows = list(some_rows(seed))
    proposal = desk.propose(HEAD, *rows, deadlines=mistakes)
    taken = desk.take(HEAD, *rows, deadlines=mistakes)
    assert taken.taken + len(taken.rejected) == len(rows)
    assert proposal.counts()["unreadable"] == len(taken.rejected)
    assert proposal.counts()["unchanged"] == taken.unchanged
    assert sum(line.new for line in proposal.lines) == taken.added
    assert desk.sound()
    again = desk.take(HEAD, *rows, deadlines=mistakes)
    assert (again.receipt.batch, again.unchanged) == (None, taken.taken)
    undo(desk.ledger)
    after = state(desk)
    assert [row["status"] for row in after["item"]] == [row["status"] for row in before["item"]]
    assert after["status_span"] == before["status_span"]
    assert desk.sound()


class _StoppedAt:
    def __init__(self, n):
        self.left = n
        self.finished = False

    def start(self, phase, total):
        if phase == "writing" and self.left == 0:
            raise KeyboardInterrupt

    def advance(self, n):
        self.left -= n
        if self.left < 0:
            raise KeyboardInterrupt

    def finish(self):
        self.finished = True


@pytest.mark.parametrize("rows", [700, 1200])
def test_stopping_leaves_nothing_behind(desk, rows):
    path = desk.file(HEAD, *((str(n), "", "", "新局", "", "未完成") for n in range(1200)))
    before = state(desk)
    stop = _StoppedAt(rows)
    with pytest.raises(KeyboardInterrupt):
        take_import(desk.ledger, path, desk.request(), progress=stop)
    assert stop.finished
    assert state(desk) == before
    assert not (desk.config / "maps").exists()


def test_the_ledger_is_asked_a_few_times_for_hundreds_of_rows(desk):
    rows = [
        (
            str(n),
            "污水",
            f"大庆市{'' if n % 2 else '、哈尔滨市'}",
            f"局{n % 9}",
            "2020年底前",
            "未完成",
        )
        for n in range(100, 1600)
    ]
    desk.take(HEAD, *rows)
    prepared = desk.prepare(HEAD, *((*row[:5], "已完成") for row in rows))
    asked = []
    connection = desk.ledger.reader()
    connection.set_trace_callback(asked.append)
    proposal = propose(connection, prepared, desk.ledger.today())
    connection.set_trace_callback(None)
    assert proposal.counts()["clean"] == 1500
    assert len(asked) < 20, asked[:20]


class _Counting(Ledger):
    """Counts what a writer asks."""

    asked = 0

    def _connect(self, *, write=False):
        connection = super()._connect(write=write)
        if write:
            connection.set_trace_callback(self._count)
        return connection

    def _count(self, statement):
        self.asked += statement.startswith("SELECT")


def test_nor_is_it_when_they_are_written(desk, clock):
    rows = [(str(n), "", "", "", "", "未完成") for n in range(100, 1600)]
    desk.take(HEAD, *rows)
    path = desk.file(HEAD, *((*row[:5], "已完成") for row in rows))
    ledger = _Counting(desk.ledger.address, clock=clock)
    assert take_import(ledger, path, desk.request()).changed == 1500
    assert 0 < ledger.asked < 60
    ledger.close()


def test_sheets_that_are_not_read_are_told_of(desk):
    path = write_xlsx(desk.folder / "两张.xlsx", [HEAD, ("61", "", "", "", "", "未完成")])
    import openpyxl

    workbook = openpyxl.load_workbook(path)
    workbook.create_sheet("转办件").append(["受理编号", "办理状态"])
    workbook.create_sheet("空")
    workbook.save(path)
    taken = take_import(desk.ledger, path, desk.request())
    told = [finding_sentence(finding, ZH) for finding in taken.prepared.remarks]
    assert "还有工作表没有读：转办件。要导入时用 --sheet 指明。" in told


def test_what_was_shown_is_held_against_the_ledger_once_more(desk):
    rows = (("45", "", "", "", "", "已完成"),)
    workspace = open_files(desk.ledger, desk.file(HEAD, *rows), request=desk.request())
    assert [file.n_accepted for file in workspace.chosen()] == [1]
    desk.take(HEAD, *rows)  # somebody else was faster
    by_rule = apply_order(desk.ledger, IntakeOrder(tuple(workspace.chosen()), UNASKED))
    assert (by_rule.n_unchanged, by_rule.receipt.batch) == (1, None)
    by_hand = apply_order(desk.ledger, IntakeOrder(tuple(workspace.chosen())))
    assert (by_hand.left, by_hand.receipt.batch) == (1, None)


def test_a_file_of_which_nothing_is_taken_is_not_remembered(desk):
    taken = desk.take(HEAD, ("61", "", "", "", "", "不明"))
    assert (len(taken.rejected), taken.receipt.batch) == (1, None)
    assert not (desk.config / "maps").exists()
