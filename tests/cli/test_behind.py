"""`rectify behind`: the queue as people and programs get it."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest

from rectify_tui.domain.text import width
from rectify_tui.i18n import LANGUAGES, Language
from rectify_tui.reports.output import write
from rectify_tui.reports.queue import queue_notes, short_queue_table
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.queue import QueueQuery, read_entries, read_queue

DAY = ("--as-of", "2019-12-31")
ASOF = ("--as-of", "2020-03-06")


def test_the_queue_of_the_seed(rectify):
    rows = rectify.rows("behind", *DAY)
    assert len(rows) == 1 + 3 + 16 + 105
    assert {row["why"] for row in rows} == {"behind"}
    assert [row["ref"] for row in rows if row["differs"] == "worse"] == [
        "HLJ-2016/32", "HLJ-2018/58", "HLJ-2018/59", "HLJ-2018/60",
    ]  # fmt: skip


@pytest.fixture
def queued(small_after):
    """Four lines: refuted, overdue and reported better, behind by a milestone, due soon."""
    items = {
        "2": ("--status", "completed", "--verified", "refuted", "--problem", "黑臭水体"),
        "3": ("--status", "on_schedule", "--deadline", "2020-02-01", "--region", "让胡路区"),
        "4": ("--status", "behind", "--responsible", "大庆市水务局", "--why", "资金\n未到位"),
        "5": ("--status", "on_schedule", "--deadline", "2020-03-20"),
    }
    return small_after(
        *(
            ("item", "add", f"P-1/{number}", *fields, "--on", "2020-01-10")
            for number, fields in items.items()
        ),
        ("item", "set", "P-1/1", "--status", "on_schedule", "--on", "2020-01-10"),
    )


def test_as_json_it_has_every_sentence(queued):
    rows = queued.rows("behind", *ASOF)
    assert [(row["ref"], row["why"], row["days"]) for row in rows] == [
        ("P-1/2", "refuted", 0), ("P-1/3", "overdue", 34), ("P-1/4", "behind", 56),
        ("P-1/5", "due_30", 14),
    ]  # fmt: skip
    refuted, overdue, behind, due = rows
    assert refuted["verification"] == "refuted"
    assert refuted["reasons"] == [
        {"reason": "refuted", "days": 0, "sentence": "Reported “Completed”, refuted on site"}
    ]
    assert (overdue["status"], overdue["schedule"], overdue["schedule_days"]) == (
        "on_schedule", "overdue", 34,
    )  # fmt: skip
    assert overdue["rule"] == "Was due on 2020-02-01, 34 days ago"
    assert overdue["differs"] == "better"
    assert overdue["disagreement"].startswith("Reported “On schedule”, which is better")
    assert [reason["reason"] for reason in overdue["reasons"]] == ["overdue", "disagreeing"]
    assert (overdue["region"], overdue["region_code"]) == ("让胡路区", "230604")
    assert (behind["reason"], behind["responsible"]) == ("资金\n未到位", "大庆市水务局")
    assert (due["schedule"], due["milestones"], due["escalation"]) == ("on_schedule", [], None)
    assert {row["reviewed"] for row in rows} == {False}


def test_as_csv_it_has_every_field_in_a_column(queued):
    out = queued("behind", *ASOF, "--format", "csv", lang="zh").stdout
    lines = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert [line["缘由"] for line in lines] == [
        "核实不属实", "超期 34 天", "滞后 56 天", "14 天后到期",
    ]  # fmt: skip
    assert lines[1]["计划推算"] == "应于 2020-02-01 完成，已过 34 天"
    assert (lines[1]["上报"], lines[1]["按计划"], lines[1]["不符"]) == (
        "按序时进度推进", "超期 34 天", "报高",
    )  # fmt: skip
    assert lines[2]["问题"] == ""


def test_notes_tell_the_order_and_how_far_one_has_come(queued):
    out = queued("behind", *ASOF, lang="zh").stdout
    assert "待办队列（截至 2020-03-06）" in out
    assert "共 4 项。" in out
    assert "自 2020-02-29 起已复核 0 项，共 4 项。" in out
    assert "次序：现场核实不属实" in out
    assert "暂缓" not in out
    out = queued("behind", *ASOF, "--limit", "2").stdout
    assert "The first 2 of 4 items." in out
    assert "P-1/4" not in out


def test_a_filter_as_in_lists(queued):
    assert [row["ref"] for row in queued.rows("behind", "region:让胡路", *ASOF)] == ["P-1/3"]
    refs = [
        row["ref"] for row in queued.rows("behind", "-status:completed", "-region:让胡路", *ASOF)
    ]
    assert refs == ["P-1/4", "P-1/5"]
    assert "There is no region" in queued.refused("behind", "region:亚特兰蒂斯", code=2)
    out = queued("behind", "number:9", *ASOF).stdout
    assert "Nothing needs anybody." in out
    assert "Order:" not in out


def test_what_is_put_off_is_counted_and_can_be_seen(queued):
    today = date.today()
    until = (today + timedelta(days=9)).isoformat()
    before = len(queued.rows("behind"))
    queued("review", "P-1/4", "--next", "省级验收", "--put-off", until)
    assert len(queued.rows("behind")) == before - 1
    assert "1 more is put off" in queued("behind").stdout
    rows = {row["ref"]: row for row in queued.rows("behind", "--put-off")}
    assert len(rows) == before
    assert (rows["P-1/4"]["put_off"], rows["P-1/4"]["put_off_until"]) == (True, until)
    assert rows["P-1/4"]["reviewed"] is True
    out = queued("behind", "--put-off").stdout
    assert "1 of them is put off." in out
    assert f"1 of {before} reviewed since" in out


def test_an_escalation_is_told(queued):
    queued("escalate", "大庆", "--step", "letter", "--items", "P-1/4", "--on", "2020-03-02",
           "--due", "2020-03-05")  # fmt: skip
    (row,) = [row for row in queued.rows("behind", *ASOF) if row["ref"] == "P-1/4"]
    assert (row["escalation"]["step"], row["escalation"]["state"]) == ("letter", "late")
    assert "函告 2020-03-02（逾期未答复）" in queued("behind", *ASOF, lang="zh").stdout
    assert "函告" not in queued("behind", "--as-of", "2020-03-01", lang="zh").stdout


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("cells", [80, 100, 140, 200])
def test_it_fits_a_terminal(queued, language, cells):
    ledger, t = Ledger(queued.db), Language(language)
    day = date(2020, 3, 6)
    query = QueueQuery(day, day)
    queue = read_queue(ledger.reader(), query)
    entries = read_entries(ledger.reader(), query, queue.ids)
    ledger.close()
    table = short_queue_table(entries, query, t, cells=cells, notes=queue_notes(queue, t, listed=4))
    out = io.StringIO()
    write(table, "table", out, width=cells)
    lines = out.getvalue().split("\n\n")[1].splitlines()
    assert max(map(width, lines)) <= cells
    keys = [column.key for column in table.columns]
    assert keys[:3] == ["ref", "why", "status"]
    assert {"differs", "region", "schedule"} <= {*keys}
    assert cells < 140 or "reason" in keys
    assert "escalation" not in keys
    overdue = t("schedule.days.overdue", n=34)
    assert sum(overdue in line for line in lines) == 1


def test_the_item_page_says_the_same(queued):
    out = queued("item", "show", "P-1/3", *ASOF, lang="zh").stdout
    assert "计划推算" in out
    assert "超期：应于 2020-02-01 完成，已过 34 天（与上报不符：报高）" in out
    (row,) = queued.rows("item", "show", "P-1/3", *ASOF)
    assert (row["schedule"], row["schedule_days"], row["differs"]) == ("overdue", 34, "better")


def test_the_rollup_counts_what_differs(queued):
    rows = {row["key"]: row for row in queued.rows("rollup", "--by", "city", *ASOF)}
    assert rows["230600"]["disagreeing"] == 1
    (row,) = queued.rows("rollup", "--known-on", date.today().isoformat())
    assert row["disagreeing"] is None
