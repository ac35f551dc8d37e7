"""Returns that came back, held against the ledger: what they would change, and what is amiss."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from return_desk import (
    CUTOFF,
    Filled,
    build,
    changes,
    check,
    check_all,
    codes,
    id_of,
    line,
    now,
    put,
    send,
    verdicts,
)

from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.intake.model import Verdict
from rectify_tui.intake.returns.lines import finding_text, returns_table, told
from rectify_tui.store.undo import undo

UNCHANGED = dict.fromkeys("12345", "unchanged")


@pytest.fixture
def office(returns_out):
    """The ledger, and the returns that went out."""
    return returns_out


@pytest.fixture
def desk(office):
    """The ledger, and Daqing's return in the hands of whoever fills it in."""
    ledger, files = office
    return ledger, Filled(files["大庆市"])


def test_a_return_that_nobody_filled_in_changes_nothing(office):
    ledger, files = office
    proposal = check(ledger, files["大庆市"])
    assert verdicts(proposal) == UNCHANGED
    assert codes(proposal) == []
    assert all(each.changes == each.findings == () for each in proposal.lines)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_of_item_comes_back_as_it_was_sent(ledger, tmp_path, language):
    build(ledger)
    put(ledger, "1", status="completed", verification="refuted", responsible="甲局", lead="乙局")
    put(ledger, "2", problem="=1+1", note="+电话", supervising="丙局", next_on="1949-10-01")
    put(ledger, "5", problem="")
    path = send(ledger, tmp_path / "out", t=Language(language))
    proposal = check(
        ledger, next(path for place, path in path.items() if place[:2] in "大庆Daqing")
    )
    assert (verdicts(proposal), codes(proposal)) == (UNCHANGED, [])


def test_a_row_is_read_whole(desk):
    ledger, filled = desk
    filled.set("1", status="已完成", progress=100, on=datetime(2020, 3, 2), note="已建成\n通水")
    filled.set("2", next_step="", next_on="2020年4月底前", reason="资金未到位 ")
    proposal = check(ledger, filled.save())
    first = line(proposal, "1")
    assert changes(first) == {
        "status": ("on_schedule", "completed"), "progress": (40, 100),
        "note": ("管网在建", "已建成\n通水"), "on": ("2020-01-10", "2020-03-02"),
    }  # fmt: skip
    assert (first.verdict, first.findings, first.row) == (Verdict.CLEAN, (), filled.row("1"))
    assert first.id == id_of(ledger, "1")
    assert {change.field: change.column for change in first.changes}["status"] == "H"
    assert changes(line(proposal, "2")) == {
        "next_step": ("申请贷款", None), "next_on": ("2020-05-01", "2020-04-30"),
    }  # fmt: skip
    assert now(ledger, "1")["status"] == "on_schedule"  # nothing was written
    assert verdicts(proposal) == UNCHANGED | {"1": "clean", "2": "clean"}


def test_a_finding_says_where_what_and_what_was_expected(desk):
    ledger, filled = desk
    path = filled.set("4", status="情况不明").save()
    proposal = check(ledger, path)
    (finding,) = line(proposal, "4").findings
    assert (finding.code, finding.column, finding.heading) == ("unknown_status", "H", "进度状态")
    assert finding.holds == "情况不明"
    assert "尚未启动" in finding_text(finding, Language("zh"))
    assert "Not started" in finding_text(finding, Language("en"))
    text = "\n".join(told(proposal, proposal.lines, Language("zh")))
    assert path.name in text
    assert f"第 {filled.row('4')} 行 P-1/4" in text
    assert "H 列“进度状态”：“情况不明”不是可用的状态" in text


def test_what_is_suspicious_says_so_in_both_languages(desk):
    ledger, filled = desk
    filled.set("1", status="已完成", progress=90).set("2", progress=10, next_on="2020-02-01")
    filled.set("3", status="未达序时进度", on="2020-01-05").set("4", progress=30)
    filled.set("5", status="", progress=None)
    proposal = check(ledger, filled.save())
    assert {each.ref: codes(each) for each in proposal.lines} == {
        "P-1/1": ["completed_without_date", "completed_below_100"],
        "P-1/2": ["progress_falls", "promise_past"],
        "P-1/3": ["went_backwards", "day_before_status"],
        "P-1/4": ["on_schedule_past_deadline"],
        "P-1/5": ["emptied", "emptied"],
    }
    assert set(verdicts(proposal).values()) == {"suspicious"}
    for code in ("zh", "en"):
        t = Language(code)
        sentences = [finding_text(found, t) for each in proposal.lines for found in each.findings]
        assert len(set(sentences)) == len(sentences)
        assert not any("{" in sentence or "None" in sentence for sentence in sentences)
    assert finding_text(line(proposal, "2").findings[0], Language("en")) == (
        "column I “进度（%）”: falls from 20% to 10%."
    )


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"status": "并入"}, "merged_by_return"),
        ({"progress": 101}, "bad_progress"),
        ({"progress": 33.5}, "bad_progress"),
        ({"on": "2020-02-30"}, "unreadable_date"),
        ({"on": date(2020, 3, 7)}, "future_date"),
        ({"note": "长" * 4001}, "text_too_long"),
    ],
)
def test_what_cannot_be_read(desk, cells, code):
    ledger, filled = desk
    found = line(check(ledger, filled.set("5", **cells).save()), "5")
    assert codes(found) == [code]
    assert found.verdict is Verdict.UNREADABLE
    assert found.findings[0].column
    assert not found.verdict.applicable


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (date(2020, 3, 1), "2020-03-01"), (datetime(2020, 3, 1, 15, 30), "2020-03-01"),
        (43891, "2020-03-01"), ("43891", "2020-03-01"), ("2020年3月1日", "2020-03-01"),
        ("2020.3.1", "2020-03-01"), ("2020-3-1", "2020-03-01"), (20200301, "2020-03-01"),
    ],
)  # fmt: skip
def test_days_in_cells_of_any_kind(desk, cell, day):
    ledger, filled = desk
    filled.set("1", note="新", on=cell)
    assert changes(line(check(ledger, filled.save()), "1"))["on"][1] == day


def test_percentages_that_a_program_keeps_as_fractions(desk):
    ledger, filled = desk
    filled.set("1", progress=0.55).set("2", progress="60%")
    proposal = check(ledger, filled.save())
    assert changes(line(proposal, "1")) == {"progress": (40, 55)}
    assert changes(line(proposal, "2")) == {"progress": (20, 60)}


def test_what_the_ledger_learnt_meanwhile(desk, clock):
    ledger, filled = desk
    clock.move(days=2)
    put(ledger, "1", progress="60", note="办公室改的")
    put(ledger, "2", status="on_schedule")
    put(ledger, "3", note="只有台账改了")
    filled.set("1", progress=70).set("2", status="按序时进度推进")
    proposal = check(ledger, filled.save())
    first = line(proposal, "1")
    assert (codes(first), first.verdict) == (["conflict"], Verdict.CONFLICT)
    assert (first.changes[0].sent, first.changes[0].before, first.changes[0].after) == (40, 60, 70)
    assert finding_text(first.findings[0], Language("zh")) == (
        "I 列“进度（%）”：发出时为“40%”，报回“70%”，而台账其间已改为“60%”。"
    )
    assert verdicts(proposal) == UNCHANGED | {"1": "conflict"}


def test_an_item_that_is_gone_or_merged_since(desk):
    ledger, filled = desk
    from rectify_tui.store.commands.items import merge_items
    from rectify_tui.store.references import Target

    with ledger.batch("merge") as writing:
        merge_items(writing.draft, [id_of(ledger, "1")], Target(1, id_of(ledger, "2")))
    path = filled.set("1", status="未达序时进度", note="还在做").save()
    found = line(check(ledger, path), "1")
    assert (codes(found), found.verdict) == (["merged_already"], Verdict.UNREADABLE)


def test_an_item_that_was_taken_back(ledger, tmp_path):
    from rectify_tui.store.commands.items import add_item
    from rectify_tui.store.log import batches

    build(ledger)
    with ledger.batch("add") as writing:
        add_item(writing.draft, 1, "8", {"region": "大庆市", "status": "behind"})
    filled = Filled(send(ledger, tmp_path / "out")["大庆市"])
    added = next(each.id for each in batches(ledger.reader()) if each.kind == "add")
    undo(ledger, added)
    found = line(check(ledger, filled.set("8", note="x").save()), "8")
    assert (codes(found), found.verdict) == (["item_gone"], Verdict.UNREADABLE)
    assert check(ledger, Filled(filled.path).save()).counts()[Verdict.UNREADABLE] == 1


# --- the shape of the file ---


def test_sorted_rows_and_moved_or_deleted_columns_are_understood(desk):
    ledger, filled = desk
    filled.set("1", progress=50)
    filled.order(lambda row: str(row[0])[::-1]).reverse_columns()
    filled.delete_column("problem", "lead", "on", "ref")
    proposal = check(ledger, filled.save())
    assert verdicts(proposal) == UNCHANGED | {"1": "clean"}
    assert changes(line(proposal, "1")) == {"progress": (40, 50)}
    assert codes(proposal) == ["column_missing"]
    assert finding_text(proposal.remarks[0], Language("zh")).startswith("没有“状态日期”一栏")


def test_a_sheet_without_marks_is_known_by_its_references(desk):
    ledger, filled = desk
    filled.set("1", progress=50).set("2", ref="P-1/2 ").set("3", ref="p-1／３")
    filled.delete_column("mark")
    proposal = check(ledger, filled.save())
    assert verdicts(proposal) == UNCHANGED | {"1": "clean", "3": "suspicious"}
    assert codes(line(proposal, "3")) == ["identity_altered"]
    assert codes(proposal) == ["column_missing"]


def test_an_english_return_without_marks_is_known_too(ledger, tmp_path):
    build(ledger)
    put(ledger, "1", status="completed", verification="refuted")
    (path,) = [p for p in send(ledger, tmp_path, t=Language("en")).values() if "Daqing" in p.name]
    proposal = check(ledger, Filled(path).set("2", progress=50).delete_column("mark").save())
    assert verdicts(proposal) == UNCHANGED | {"2": "clean"}


def test_a_new_sheet_in_front_and_a_renamed_file(desk, tmp_path):
    ledger, filled = desk
    filled.set("1", progress=50)
    front = filled.book.create_sheet("封面", 0)
    front["A1"] = "大庆市"
    filled.sheet.title = "3月上报"
    proposal = check(ledger, filled.save(tmp_path / "a.xlsx"))
    assert (verdicts(proposal), proposal.origin.sheet) == (UNCHANGED | {"1": "clean"}, "3月上报")


def test_a_row_of_names_below_the_table_is_no_item(desk):
    ledger, filled = desk
    last = filled.sheet.max_row + 1
    filled.sheet.cell(last, 1).value = "填表人：张三"
    filled.sheet.cell(last, 5).value = "电话 0459-1234567"
    for column, text in enumerate(["环保科", "李四", "水务科", "王五", "住建科", "赵六"], 1):
        filled.sheet.cell(last + 1, column).value = text
    proposal = check(ledger, filled.save())
    assert verdicts(proposal) == UNCHANGED
    assert set(proposal.skipped) == {last, last + 1}


def test_a_saved_csv_is_understood_and_every_change_looked_at(desk, tmp_path):
    ledger, filled = desk
    filled.set("1", progress=50).set("2", next_on=datetime(2020, 5, 1))
    proposal = check(ledger, filled.save_csv(tmp_path / "大庆.csv"))
    assert verdicts(proposal) == UNCHANGED | {"1": "suspicious"}
    assert codes(line(proposal, "1")) == ["whole_file"]
    assert codes(proposal) == ["no_fingerprint"]


def test_a_csv_without_its_title_is_known_by_its_marks(desk, tmp_path, clock):
    ledger, filled = desk
    clock.move(days=1)
    put(ledger, "2", progress="30")
    filled._unmerge()
    filled.sheet.delete_rows(1, filled.head - 1)
    filled.head = 1
    filled.set("1", progress=50)
    proposal = check(ledger, filled.save_csv(tmp_path / "大庆.csv"))
    assert verdicts(proposal) == UNCHANGED | {"1": "suspicious"}  # what was sent is known


def test_a_hand_made_table_is_held_against_the_ledger_as_it_is_now(desk, tmp_path):
    ledger, _ = desk
    path = tmp_path / "手工.csv"
    path.write_text("编号,进度状态,进度\nP-1/1,已完成,100\nP-1/9,滞后,1\nP-1/2,未达序时进度,20\n")
    proposal = check(ledger, path)
    assert verdicts(proposal) == {"1": "suspicious", "9": "unreadable", "2": "unchanged"}
    assert codes(line(proposal, "9")) == ["unknown_item"]
    assert codes(proposal)[0] == "no_fingerprint"


def test_a_lost_or_altered_hidden_sheet(desk, tmp_path):
    ledger, filled = desk
    filled.set("1", progress=50).save()
    lost = Filled(filled.path).drop_hidden().save(tmp_path / "lost.xlsx")
    proposal = check(ledger, lost)
    assert (codes(proposal), verdicts(proposal)["1"]) == (["no_fingerprint"], "suspicious")

    def altered(name: str, value: object):
        hands = Filled(filled.path)
        for row in hands.book["_rectify"].iter_rows():
            if row[0].value == name:
                row[1].value = value
        return check(ledger, hands.save(tmp_path / "altered.xlsx"))

    for name, value in (("cutoff", "2021-01-01"), ("rows", "4"), ("digest", "x"), ("head_seq", "")):
        proposal = altered(name, value)
        assert codes(proposal) == ["fingerprint_damaged"], name
        assert verdicts(proposal) == UNCHANGED | {"1": "suspicious"}
    proposal = altered("head_hash", "0" * 64)
    assert codes(proposal) == ["other_ledger"]
    assert verdicts(proposal) == UNCHANGED | {"1": "suspicious"}
    with pytest.raises(Problem, match=r"return_check\.newer"):
        altered("rectify-return", "2")


def test_a_return_of_another_ledger(desk, tmp_path, regions_store, clock):
    import shutil

    from rectify_tui.store.ledger import Ledger

    _, filled = desk
    path = tmp_path / "other.db"
    shutil.copy(regions_store, path)
    other = Ledger(path, clock=clock)
    clock.move(days=1)
    build(other)
    proposal = check(other, filled.set("1", progress=50).save())
    assert codes(proposal) == ["other_ledger"]
    assert verdicts(proposal) == UNCHANGED | {"1": "suspicious"}
    other.close()


def test_a_return_whose_sending_was_undone(office):
    ledger, files = office
    path = Filled(files["大庆市"]).set("1", progress=50).save()
    undo(ledger)
    put(ledger, "2", progress="30")
    proposal = check(ledger, path)
    assert codes(proposal) == ["unknown_return"]
    assert verdicts(proposal) == UNCHANGED | {"1": "suspicious"}


def test_an_older_return_than_the_newest(office, tmp_path, clock):
    ledger, files = office
    clock.move(days=7)
    newer = send(ledger, tmp_path / "next", date(2020, 3, 13))
    proposal = check(ledger, Filled(files["大庆市"]).set("1", progress=50).save())
    assert codes(proposal) == ["old_sheet"]
    assert verdicts(proposal)["1"] == "suspicious"
    fresh = check(ledger, Filled(newer["大庆市"]).set("1", progress=50).save())
    assert (codes(fresh), verdicts(fresh)["1"]) == ([], "clean")


# --- the rows ---


def test_a_copied_row(desk):
    ledger, filled = desk
    filled.copy_row("1", progress=50)
    proposal = check(ledger, filled.save())
    doubles = [each for each in proposal.lines if each.ref == "P-1/1"]
    assert [(codes(each), each.verdict) for each in doubles] == [
        (["duplicate_row"], Verdict.UNREADABLE), (["duplicate_row"], Verdict.UNREADABLE),
    ]  # fmt: skip
    assert doubles[0].findings[0].params["rows"] == str(doubles[1].row)


def test_of_copies_that_say_the_same_the_first_counts(desk):
    ledger, filled = desk
    filled.set("1", progress=50).copy_row("1")
    first, second = (e for e in check(ledger, filled.save()).lines if e.ref == "P-1/1")
    assert (first.verdict, first.findings) == (Verdict.CLEAN, ())
    assert (second.verdict, codes(second)) == (Verdict.UNREADABLE, ["duplicate_row"])


def test_a_deleted_row_is_missing(desk):
    ledger, filled = desk
    filled.sheet.delete_rows(filled.row("3"))
    proposal = check(ledger, filled.save())
    lost = line(proposal, "3")
    assert (lost.row, lost.verdict, codes(lost)) == (0, Verdict.SUSPICIOUS, ["row_missing"])
    assert (lost.changes, lost.id, lost.cells[0]) == ((), id_of(ledger, "3"), "P-1/3")
    assert codes(proposal) == []  # the others are certain


def test_a_row_of_another_return(office):
    ledger, files = office
    harbin, daqing = Filled(files["哈尔滨市"]), Filled(files["大庆市"])
    source, last = harbin.row("6"), daqing.sheet.max_row + 1
    for column in range(1, harbin.sheet.max_column + 1):
        daqing.sheet.cell(last, column).value = harbin.sheet.cell(source, column).value
    found = line(check(ledger, daqing.save()), "6")
    assert (codes(found), found.verdict) == (["foreign_row"], Verdict.UNREADABLE)
    daqing.set("6", mark=None)
    assert codes(line(check(ledger, daqing.save()), "6")) == ["not_in_return"]


def test_a_row_of_last_weeks_return_is_looked_at(office, tmp_path, clock):
    ledger, files = office
    clock.move(days=7)
    old, new = Filled(files["大庆市"]), Filled(send(ledger, tmp_path / "n", CUTOFF)["大庆市"])
    for column in range(1, old.sheet.max_column + 1):
        new.sheet.cell(new.row("1"), column).value = old.sheet.cell(old.row("1"), column).value
    found = line(check(ledger, new.set("1", progress=50).save()), "1")
    assert (codes(found), found.verdict) == (["older_row"], Verdict.SUSPICIOUS)


def test_an_added_row_is_no_item_that_is_known(desk):
    ledger, filled = desk
    last = filled.sheet.max_row + 1
    filled.sheet.cell(last, filled.columns["problem"]).value = "新问题"
    filled.sheet.cell(last, filled.columns["status"]).value = "未达序时进度"
    added = check(ledger, filled.save()).lines[-1]
    assert (codes(added), added.verdict, added.id) == (["unknown_item"], Verdict.UNREADABLE, None)
    assert not added.new


def test_altered_identity_names_the_cell(desk):
    ledger, filled = desk
    filled.set("1", lead="省住建厅", progress=50).set("2", region="大庆市 ")
    proposal = check(ledger, filled.save())
    (finding,) = line(proposal, "1").findings
    assert (finding.code, finding.holds) == ("identity_altered", "省住建厅")
    assert changes(line(proposal, "1")) == {"progress": (40, 50)}
    assert verdicts(proposal) == UNCHANGED | {"1": "suspicious"}


def test_a_damaged_or_missing_mark(desk):
    ledger, filled = desk
    filled.set("1", mark="x").set("2", mark=None).set("3", mark="3.aaaaaaaaaa", progress=96)
    proposal = check(ledger, filled.save())
    assert codes(line(proposal, "1")) == ["mark_damaged"]
    assert codes(line(proposal, "2")) == ["no_mark"]
    assert codes(line(proposal, "3")) == ["mark_damaged"]
    assert changes(line(proposal, "3")) == {"progress": (95, 96)}
    filled.set("1", mark="x", ref=None)
    assert "unknown_item" in [code for each in check(ledger, filled.save()).lines
                              for code in codes(each)]  # fmt: skip


def test_rows_sorted_without_their_hidden_column(desk):
    ledger, filled = desk
    marks = [filled.get(number, "mark") for number in "12345"]
    for number, moved in zip("12345", [*marks[1:], marks[0]], strict=True):
        filled.set(number, mark=moved)
    proposal = check(ledger, filled.set("1", progress=50).save())
    assert {tuple(codes(each)) for each in proposal.lines} == {("mark_moved",)}
    assert changes(line(proposal, "1")) == {"progress": (40, 50)}


def test_a_row_of_which_nobody_can_tell_what_it_is(desk):
    ledger, filled = desk
    filled.set("1", ref="P-1/2", progress=50)
    proposal = check(ledger, filled.save())
    (mixed,) = [each for each in proposal.lines if each.row == filled.head + 1]
    assert (codes(mixed), mixed.verdict, mixed.changes) == (["two_items"], Verdict.UNREADABLE, ())
    assert codes(line(proposal, "1")) == ["row_missing"]


# --- several files, tables ---


def test_files_that_contradict_each_other_say_so_on_both_sides(office, tmp_path):
    ledger, files = office
    one = Filled(files["大庆市"]).set("1", progress=50).set("2", progress=30).save()
    two = Filled(one).set("1", progress=60).set("3", note="新").save(tmp_path / "二.xlsx")
    first, second = check_all(ledger, one, two)
    for proposal, other in ((first, "二.xlsx"), (second, one.name)):
        found = line(proposal, "1")
        assert (codes(found), found.verdict) == (["files_differ"], Verdict.CONFLICT)
        assert found.findings[0].params["file"] == other
        assert found.findings[0].column == "I"
        assert line(proposal, "2").verdict is Verdict.CLEAN  # the same in both
    assert line(second, "3").verdict is Verdict.CLEAN


def test_a_table_of_lines_for_programs_and_people(desk):
    ledger, filled = desk
    proposal = check(ledger, filled.set("1", progress=30).save())
    (row,) = returns_table([(proposal, [line(proposal, "1")])], Language("en")).rows
    assert row["verdict"].value == "suspicious"
    assert row["changes"].value == [
        {"field": "progress", "before": 40, "after": 30, "sent": None, "column": "I"}
    ]
    assert row["changes"].label == "Progress 40% → 30%"
    assert row["findings"].value[0]["code"] == "progress_falls"


def test_what_is_no_return(desk, tmp_path):
    ledger, _ = desk
    path = tmp_path / "别的.csv"
    path.write_text("甲,乙\n1,2\n")
    with pytest.raises(Problem, match=r"return_check\.no_return"):
        check(ledger, path)
