"""History in the words of its readers, and what checks came to."""

from __future__ import annotations

import pytest

from rectify_tui.errors import Problem
from rectify_tui.i18n import LANGUAGES, Language
from rectify_tui.reports.check import check_table
from rectify_tui.reports.history import batch_table, entry_table, kind_of_batch, told_changes
from rectify_tui.reports.words import Words
from rectify_tui.store.check import Finding
from rectify_tui.store.commands.cases import set_cases
from rectify_tui.store.commands.items import merge_items, set_items
from rectify_tui.store.log import batch_log, batches, record_log
from rectify_tui.store.records import CASE, ITEM
from rectify_tui.store.references import case_ids, item_ids, target
from rectify_tui.store.undo import undo

ZH, EN = Language("zh"), Language("en")


def change(ledger, ref, **fields):
    with ledger.batch("set", who="王工") as writing:
        ids = item_ids(writing.draft.connection, [ref])
        set_items(writing.draft, ids, fields)
    return ids[0]


def test_values_are_told_in_words(seeded):
    words = Words(seeded.reader(), ZH)
    for name, value, told in (
        ("status", "behind", "未达序时进度"), ("progress", 35, "35%"),
        ("verification", "refuted", "现场核实不属实"), ("deadline_kind", "at_once", "立行立改"),
        ("merged_programme_id", 2, "HLJ-2018"), ("merged_item_id", 57, "HLJ-2018/1"),
        ("reconstructed", 1, "是"), ("note", "原文", "原文"), ("note", None, ""),
    ):  # fmt: skip
        assert words.value(ITEM, name, value) == told
    for name, value, told in (
        ("status", "interim", "阶段性办结"), ("fined_yuan", 125_000, "12.5"),
        ("types", "water,dust", "水、扬尘"), ("substantiated", "no", "不属实"),
        ("key_case", 0, "否"),
    ):  # fmt: skip
        assert words.value(CASE, name, value) == told
    place = seeded.reader().execute("SELECT id FROM region WHERE code = '230600'").fetchone()[0]
    assert words.value(ITEM, "region_id", place) == "大庆市"
    assert Words(seeded.reader(), EN).value(CASE, "regions", f"{place},{place}") == "Daqing, Daqing"


def test_the_history_of_an_item(seeded, clock):
    id = change(seeded, "HLJ-2018/12", status="behind", responsible="大庆市水务局")
    clock.move(1)
    with seeded.batch("merge", reason="同一问题") as writing:
        merge_items(writing.draft, [id], target(writing.draft.connection, "HLJ-2018/7"))
    undo(seeded)
    connection = seeded.reader()
    entries = record_log(connection, ITEM, id)
    rows = list(entry_table(entries, Words(connection, ZH), "t").rows)
    told = {
        (row["field"].label, row["old"].label, row["new"].label, row["batch"].label) for row in rows
    }
    assert ("状态", "未达序时进度", "并入", "4（被 5 撤销）") in told
    assert ("状态", "并入", "未达序时进度", "5（撤销 4）") in told
    assert ("责任单位", "", "大庆市水务局", "3") in told
    assert ("（新增）", "", "基本完成", "2") in told
    assert {row["record"] for row in rows} == {"HLJ-2018/12"}
    merged = next(row for row in rows if row["field"].value == "merged_item_id")
    assert "HLJ-2018/7" in (merged["old"].value, merged["new"].value)


def test_one_line_for_a_change(seeded):
    connection = seeded.reader()
    change(seeded, "HLJ-2018/12", status="behind", progress="40", note="甲" * 100)
    told = told_changes(batch_log(connection, 3), Words(connection, ZH), alone=True)
    assert told.startswith("状态 基本完成 → 未达序时进度；进度改为40%；备注改为甲甲")
    assert told.endswith("…")
    assert told_changes(batch_log(connection, 3), Words(connection, ZH), alone=False).startswith(
        "状态改为未达序时进度；"
    )
    with seeded.batch("set") as writing:
        ids = case_ids(writing.draft.connection, ["4350"])
        fields = {
            "findings": "a",
            "measures": "b",
            "note": "c",
            "batch": "d",
            "types": "水",
            "ordered": "1",
        }
        set_cases(writing.draft, ids, fields)
    told = told_changes(batch_log(connection, 4), Words(connection, EN), alone=True)
    assert told.endswith("; 2 more")


def test_batches(seeded):
    change(seeded, "HLJ-2018/12", status="behind")
    undo(seeded, seeded.newest_batch(), on_behalf="李工", reason="填错")
    rows = list(batch_table(batches(seeded.reader()), ZH).rows)
    assert [row["batch"] for row in rows] == [4, 3, 2, 1]
    assert rows[0]["kind"].label == "撤销第 3 批"
    assert (rows[0]["on_behalf"], rows[0]["reason"], rows[1]["undone_by"]) == ("李工", "填错", 4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_kinds_of_batches(language):
    t = Language(language)
    for kind in ("regions", "seed", "simulate", "add", "set", "merge", "import", "undo"):
        assert kind_of_batch(t, kind, 3).label != kind or language == "en"
    assert kind_of_batch(t, "of another version", None).label == "of another version"


def test_what_checks_came_to():
    fine = Finding("chain", 10, ())
    bad = Finding("state", 5, (Problem("check.unexplained", ref="P/1"),), more=7)
    table = check_table([fine, bad], EN)
    rows = list(table.rows)
    assert [row["result"].value for row in rows] == ["ok", "wrong"]
    assert rows[1]["result"].label == "8 faults"
    assert rows[1]["count"] == 8
    assert rows[1]["faults"][-1] == "and 7 more"
    assert any("P/1" in note for note in table.notes)
    assert table.notes[-1].startswith("1 check found faults, but history itself holds")
    assert check_table([fine], EN).notes == ("All is well.",)
    assert [column.key for column in check_table([fine], EN, spell_out=True).columns][
        -1
    ] == "faults"
