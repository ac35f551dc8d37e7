"""What is shown before anything is written, and what is remembered for next time."""

from __future__ import annotations

from collections import Counter

import pytest
from import_files import ZH, open_desk

from rectify_tui.errors import Problem
from rectify_tui.intake.importing.preview import preview_table
from rectify_tui.intake.lines import change_sentence, line_sentences, outcome
from rectify_tui.intake.model import IntakeKind, Verdict
from rectify_tui.reports.table import shown

HEAD = ("序号", "具体问题", "责任地区", "整改时限", "整改状态", "完成进度（%）", "电话")
ROWS = (
    ("61", "污水直排", "大庆市", "2020年底前", "已完成", "100%", "8"),
    ("62", "扬尘", "南岗区", "尽快", "按序时进度推进", "50%", "8"),
    ("63", "垃圾", "", "立行立改", "不明", "", "8"),
    ("合计", "", "", "", "", "", ""),
)


@pytest.fixture
def desk(regions_store, tmp_path, clock):
    desk = open_desk(regions_store, tmp_path, clock)
    yield desk
    desk.ledger.close()


def cells(table):
    return [
        tuple(shown(row.get(column.key), column.kind) for column in table.columns)
        for row in table.rows
    ]


def test_the_preview_has_each_column_and_the_first_rows_as_read(desk):
    table = preview_table(desk.prepare(HEAD, *ROWS), ZH)
    assert "台账.csv “台账”：整改任务 3 行" in table.title
    found = cells(table)
    assert found[0] == ("A", "序号", "序号", "", "HLJ-2018/61", "HLJ-2018/62", "HLJ-2018/63")
    assert found[2][4:] == ("大庆市", "南岗区", "")
    assert found[3][4:] == ("2020年底前（2020-12-31）", "尽快（读不出，照原文存）", "立行立改")
    assert found[4][2:] == ("状态", "", "已完成", "按序时进度推进", "不明")
    assert found[5][3:6] == ("%", "100%", "50%")
    assert found[6][2] == "联系电话"
    assert "第 4 行会退回，见 E 列。" in table.notes
    assert "各列按表头推定；不对的用 --map-column 指明，如 --map-column I=deadline。" in table.notes


def test_the_preview_does_not_miss_what_stands_further_down(desk):
    rows = [("61", "", "", "", "并入第70项", "", "")]
    rows += [(str(n), "", "", "", "未完成", "", "") for n in range(62, 71)]
    assert desk.prepare(HEAD, *rows).first[0].line.verdict is Verdict.CLEAN


def test_what_is_confirmed_is_remembered(desk):
    assert desk.prepare(HEAD, *ROWS).learned == "guessed"
    taken = desk.take(HEAD, *ROWS)
    assert taken.file.mapping_kept
    (kept,) = (desk.config / "maps").iterdir()
    text = kept.read_text("utf-8")
    kept.write_text(text.replace('"具体问题" = "problem"', '"具体问题" = "goal"'), "utf-8")
    again = desk.prepare(HEAD, *ROWS)
    assert (again.learned, again.mapping.fields[1]) == ("remembered", "goal")


def test_a_map_goes_before_what_is_remembered_and_knows_any_heading(desk):
    head = ("甲", "乙", "丙")
    map_ = desk.folder / "map.toml"
    map_.write_text('kind = "items"\n[columns]\n"甲" = "number"\n"丙" = "status"\n', "utf-8")
    rows = (("61", "污水", "未完成"),)
    with pytest.raises(Problem):
        desk.prepare(head, *rows)
    first = desk.take(head, *rows, map=map_)
    assert (first.added, first.prepared.learned) == (1, "map")
    assert desk.item("61")["problem"] == ""
    assert desk.prepare(head, *rows).learned == "remembered"


def test_a_map_of_another_kind_is_refused(desk):
    map_ = desk.folder / "map.toml"
    map_.write_text('kind = "cases"\n[columns]\n"序号" = "number"\n', "utf-8")
    with pytest.raises(Problem) as caught:
        desk.prepare(HEAD, *ROWS, map=map_, kind=IntakeKind.ITEMS)
    assert caught.value.key == "importing.other_kind"


def test_a_folder_that_cannot_be_written_does_not_stop_anybody(desk):
    desk.config.write_text("no folder")
    taken = desk.take(HEAD, *ROWS)
    assert (taken.added, taken.file.mapping_kept) == (2, False)


def test_totals_are_passed_over_and_said_so(desk):
    taken = desk.take(HEAD, *ROWS)
    assert (taken.taken + len(taken.rejected), list(taken.skipped)) == (3, [5])
    assert ZH(taken.skipped[5])


def test_lines_say_what_they_change_and_why_they_are_rejected(desk):
    proposal = desk.propose(HEAD, *ROWS, ("45", "", "", "", "已完成", "", ""))
    assert proposal.counts() == Counter({Verdict.CLEAN: 3, Verdict.UNREADABLE: 1})
    new, _, rejected, known = proposal.lines
    assert (new.row, new.ref, outcome(new, proposal.kind, ZH).label) == (2, "HLJ-2018/61", "新增")
    told = [change_sentence(change, proposal.kind, ZH) for change in new.changes]
    assert "状态 已完成" in told
    assert outcome(rejected, proposal.kind, ZH).label == "退回"
    assert "E 列“整改状态”：不认识的进度状态“不明”" in line_sentences(rejected, ZH, row=False)
    assert outcome(known, proposal.kind, ZH).label == "改动"
    assert [change_sentence(change, proposal.kind, ZH) for change in known.changes] == [
        "状态 按序时进度推进 → 已完成"
    ]


def test_progress_is_told(desk):
    told = []

    class Listening:
        def start(self, phase, total):
            told.append((phase, total))

        def advance(self, n):
            told.append(n)

        def finish(self):
            told.append("finish")

    from rectify_tui.intake.importing.propose import propose

    prepared = desk.prepare(HEAD, *ROWS)
    propose(desk.ledger.reader(), prepared, desk.ledger.today(), Listening())
    assert told == [("rows", 3), 3, "finish"]
