"""Files that lie open: what they are taken for, how they are checked, and writing them."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from return_desk import ZH, Filled, codes, line, now, put, verdicts
from taking import open_files

from rectify_tui.errors import Problem
from rectify_tui.intake.importing.request import ImportRequest
from rectify_tui.intake.model import IntakeKind
from rectify_tui.intake.workspace.accepting import UNASKED, accept_words
from rectify_tui.intake.workspace.applying import IntakeOrder, apply_order, plan_order
from rectify_tui.intake.workspace.recognising import Welcome
from rectify_tui.intake.workspace.send_back import refused_now, send_back
from rectify_tui.intake.workspace.steps import next_step, run_steps, waiting
from rectify_tui.store.check import run_checks
from rectify_tui.store.log import batches
from rectify_tui.store.undo import undo


@pytest.fixture
def office(returns_out, tmp_path):
    ledger, files = returns_out
    return ledger, files["大庆市"], tmp_path


def table(path: Path, *rows: tuple[str, ...]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(rows)
    return path


HEAD = ("编号", "问题", "状态", "进度")
HOME_MADE = (HEAD, ("P-1/1", "问题1", "已完成", "100"), ("P-1/2", "问题2", "未达序时进度", "30"))
LEDGER = (("整改方案", "序号", "问题", "状态"), ("P-1", "1", "问题1", "已完成"),
          ("P-1", "61", "新问题", "未达序时进度"))  # fmt: skip


def kinds(workspace) -> list[IntakeKind | None]:
    files = workspace.chosen()
    return [file.checked.proposal.kind if file.checked else None for file in files]


def request(tmp_path, **asked) -> ImportRequest:
    asked.setdefault("without", frozenset({"deadline", "region"}))
    return ImportRequest(tmp_path / "config", **asked)


# What a file is


def test_a_table_that_a_city_made_itself_is_a_return_and_doubted_as_a_whole(office):
    ledger, _, folder = office
    path = table(folder / "自制.csv", *HOME_MADE)
    for welcome in (Welcome.ALL, Welcome.RETURNS):
        (file,) = open_files(ledger, path, welcome=welcome).chosen()
        assert file.checked.proposal.kind is IntakeKind.RETURN
        assert verdicts(file.checked.proposal) == {"1": "suspicious", "2": "suspicious"}
        codes = {finding.code for line in file.checked.lines for finding in line.findings}
        assert codes == {"completed_without_date", "whole_file"}
        assert file.n_accepted == 0
    with pytest.raises(Problem, match=r"importing\.is_return"):
        open_files(ledger, path, welcome=Welcome.IMPORTS)


def test_who_says_what_a_table_brings_has_it_imported(office):
    ledger, _, folder = office
    path = table(folder / "自制.csv", *HOME_MADE)
    asked = request(folder, kind=IntakeKind.ITEMS)
    for welcome in (Welcome.ALL, Welcome.IMPORTS):
        workspace = open_files(ledger, path, request=asked, welcome=welcome)
        assert kinds(workspace) == [IntakeKind.ITEMS]
        assert workspace.chosen()[0].n_accepted == 2
    workspace = open_files(ledger, path)
    assert kinds(workspace) == [IntakeKind.RETURN]
    workspace.chosen()[0].import_into("P-1")
    run_steps(workspace, ledger)
    assert kinds(workspace) == [IntakeKind.ITEMS]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (LEDGER, "no_return"),
        ((("整改方案", *HEAD), ("P-1", "P-1/1", "问题1", "已完成", "100")), "names_programme"),
        ((HEAD, ("P-1/99", "新问题", "已完成", "100")), "names_no_item"),
        ((HEAD, ("1", "问题1", "已完成", "100")), "names_no_item"),
    ],
)
def test_a_ledger_is_imported_and_is_no_return(office, rows, why):
    ledger, _, folder = office
    path = table(folder / "台账.csv", *rows)
    asked = request(folder, programme="P-1")
    assert kinds(open_files(ledger, path, request=asked)) == [IntakeKind.ITEMS]
    assert kinds(open_files(ledger, path, request=asked, welcome=Welcome.IMPORTS)) == [
        IntakeKind.ITEMS
    ]
    with pytest.raises(Problem, match=rf"return_check\.{why}"):
        open_files(ledger, path, request=asked, welcome=Welcome.RETURNS)


def test_a_return_is_one_whatever_it_lost(office):
    ledger, path, folder = office
    lost = [
        Filled(path).drop_hidden().save(folder / "1.xlsx"),
        Filled(path).save_csv(folder / "2.csv"),
        Filled(path).drop_hidden().delete_column("mark").save(folder / "3.xlsx"),
    ]
    for file in (path, *lost):
        assert kinds(open_files(ledger, file)) == [IntakeKind.RETURN]
        with pytest.raises(Problem, match=r"importing\.is_return"):
            open_files(ledger, file, welcome=Welcome.IMPORTS)


# Steps


def test_steps_leave_the_workspace_alone_until_what_they_found_is_taken_note_of(office):
    ledger, path, folder = office
    workspace = open_files(ledger, path, table(folder / "台账.csv", *LEDGER), check=False)
    assert kinds(workspace) == [None, None]
    assert [file.prepared is None for file in workspace.chosen()] == [True, False]
    while step := next_step(workspace):
        before = kinds(workspace)
        take_note = step.work(ledger, _Silent())
        assert kinds(workspace) == before
        take_note()
    assert kinds(workspace) == [IntakeKind.RETURN, IntakeKind.ITEMS]
    assert not waiting(workspace)


class _Silent:
    def start(self, phase, total):
        pass

    def advance(self, n):
        pass

    def finish(self):
        pass


def test_what_is_put_away_while_it_is_read_does_not_come_back(office):
    ledger, path, _ = office
    workspace = open_files(ledger)
    file = workspace.add(path)
    take_note = next_step(workspace).work(ledger, _Silent())
    workspace.remove(file.key)
    take_note()
    assert (len(workspace), file.received) == (0, None)


def test_files_are_checked_anew_when_the_ledger_has_moved_on(office):
    ledger, path, folder = office
    Filled(path).set("1", progress=50).save()
    workspace = open_files(ledger, path, table(folder / "台账.csv", *LEDGER))
    workspace.age(ledger.newest_batch(), ledger.today())
    assert not waiting(workspace)
    put(ledger, "1", progress="45", status="completed")
    workspace.age(ledger.newest_batch(), ledger.today())
    assert waiting(workspace)
    run_steps(workspace, ledger)
    returned, imported = workspace.chosen()
    assert "conflict" in codes(line(returned.checked.proposal, "1"))
    assert verdicts(imported.checked.proposal) == {"1": "unchanged", "61": "clean"}


# Writing


def test_returns_and_imports_are_one_batch_and_one_undo(office):
    ledger, path, folder = office
    Filled(path).set("2", progress=50).save()
    ledger_file = table(folder / "台账.csv", *LEDGER)
    other = table(folder / "另一份.csv", LEDGER[0], ("P-1", "62", "又一个", "未启动"))
    newest = ledger.newest_batch()
    workspace = open_files(ledger, path, ledger_file, other, request=request(folder))
    result = apply_order(ledger, IntakeOrder(tuple(workspace.chosen())))
    assert (result.receipt.batch, result.n_written, result.left) == (newest + 1, 4, 0)
    assert next(batches(ledger.reader())).kind == "intake"
    assert ZH("history.kind.intake")
    assert now(ledger, "62")["problem"] == "又一个"
    assert (now(ledger, "1")["status"], now(ledger, "2")["progress"]) == ("completed", 50)
    assert all(finding.ok for finding in run_checks(ledger.reader()))
    undo(ledger)
    assert (now(ledger, "1")["status"], now(ledger, "2")["progress"]) == ("on_schedule", 20)
    assert all(finding.ok for finding in run_checks(ledger.reader()))


def test_what_one_file_has_changed_another_does_not_change_back_unseen(office):
    ledger, _, folder = office
    one = table(folder / "一.csv", LEDGER[0], ("P-1", "61", "新问题", "未达序时进度"))
    two = table(folder / "二.csv", LEDGER[0], ("P-1", "61", "另一个问题", "未达序时进度"))
    workspace = open_files(ledger, one, two, request=request(folder))
    result = apply_order(ledger, IntakeOrder(tuple(workspace.chosen())))
    assert (result.n_written, result.left) == (1, 1)
    assert now(ledger, "61")["problem"] == "新问题"
    assert [line.ref for file in result.files for line in file.refused] == ["P-1/61"]


def test_nothing_is_written_where_one_file_was_changed_after_it_was_opened(office):
    ledger, path, folder = office
    Filled(path).set("1", progress=50).save()
    other = table(folder / "台账.csv", *LEDGER)
    workspace = open_files(ledger, path, other, request=request(folder))
    newest = ledger.newest_batch()
    table(other, *LEDGER[:2])
    with pytest.raises(Problem, match=r"intake_screen\.file_changed"):
        apply_order(ledger, IntakeOrder(tuple(workspace.chosen()), accept_words(["all"])))
    assert (ledger.newest_batch(), now(ledger, "1")["progress"]) == (newest, 40)


def counts(file):
    return file.added, file.changed, file.unchanged, [line.ref for line in file.refused]


def test_a_plan_is_what_comes_of_it(office):
    ledger, path, folder = office
    Filled(path).set("1", progress=50).set("2", progress=5).set("3", status="快了").save()
    files = open_files(
        ledger, path, table(folder / "台账.csv", *LEDGER[:1], LEDGER[2]), request=request(folder)
    ).chosen()
    for rule in (UNASKED, accept_words(["all"]), None):
        order = IntakeOrder(tuple(files), rule)
        plan = plan_order(order)
        result = apply_order(ledger, order)
        assert list(map(counts, plan.files)) == list(map(counts, result.files))
        undo(ledger)


def test_workbooks_of_what_is_not_taken_are_never_written_over_what_somebody_saved(office):
    ledger, path, folder = office
    Filled(path).set("2", progress=5).save()
    files = open_files(ledger, path).chosen()
    result = refused_now(files)
    (first,), (again,) = send_back(result, ZH), send_back(result, ZH)
    assert (first.n, first.path.name) == (1, f"{path.stem}-退回.xlsx")
    assert (again.path, first.written, again.written) == (first.path, True, False)
    Filled(path).set("2", progress=5).set("4", progress=1).save()
    more = refused_now(open_files(ledger, path).chosen())
    book = openpyxl.load_workbook(first.path)
    book.save(first.path)
    (second,) = send_back(more, ZH)
    assert second.path.name == f"{path.stem}-退回 (2).xlsx"
    files = open_files(ledger, path).chosen()
    (folder / "file").write_text("x")
    (lost,) = send_back(result, ZH, folder=folder / "file")
    assert lost.error is not None
    assert (
        send_back(apply_order(ledger, IntakeOrder(tuple(files), accept_words(["all"]))), ZH) == ()
    )
