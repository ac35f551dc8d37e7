"""The screen of what is behind: gone through line by line, asked about, answered, undone."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from desk import HOSTILE, LARGE, SMALL, Said, desk, put
from docx import Document

from rectify_tui.domain.dates import coming_day
from rectify_tui.domain.ladder import EscalationStep
from rectify_tui.errors import Problem
from rectify_tui.store.commands.escalations import escalate, find_addressee
from rectify_tui.store.commands.review import keep_items
from rectify_tui.store.escalations import escalations
from rectify_tui.store.items import item_rows
from rectify_tui.store.log import record_log
from rectify_tui.store.references import item_ids
from rectify_tui.tui.dialogs.ask import read_kind
from rectify_tui.tui.screens.patterns import PatternsScreen

pytestmark = pytest.mark.journeys

TODAY = "2020-03-06"
FIRST = ("HLJ/1", "HLJ/13", "HLJ/25", "HLJ/37", "HLJ/2", "HLJ/8")


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def item(ledger, ref):
    connection = ledger.reader()
    return item_rows(connection, item_ids(connection, [ref]))[0]


def kinds(ledger):
    rows = ledger.reader().execute("SELECT kind FROM batch WHERE who <> 'rectify' ORDER BY id")
    return [kind for (kind,) in rows]


def current(at):
    key = at.table.cursor_key
    return item_rows(at.app.session.ledger.reader(), [key])[0].ref if key is not None else None


def page(at):
    return str(at.view.query_one("#detail").content)


def refs(at):
    """What stands in the list, with the word before it where a line is done."""
    top = at.table.region.y + 1
    lines = at.lines()[top : top + min(at.table.total, at.table.region.height - 1)]
    return [line[2 : at.table.region.width].split("  ")[0].strip() or line[6:22].split()[0]
            for line in lines]  # fmt: skip


# Showing


async def test_the_most_urgent_line_comes_up_with_its_page(office):
    put(office, "HLJ/3", verification="refuted", status="completed")
    async with desk(office, LARGE) as at:
        await at.press("6")
        assert "滞后待办 · 已过 0 / 12 ░░" in at.lines()[0]
        assert current(at) == "HLJ/3"
        assert "核实不属实" in at.row()
        assert "上报“已完成”，现场核实不属实" in page(at)
        facts = next(line for line in page(at).splitlines() if "上报" in line and "按计划" in line)
        assert facts.split() == ["上报", "按计划推算", "现场核实"]
        told = next(line for line in page(at).splitlines() if "✗" in line)
        assert told.startswith("✓ 已完成")
        await at.press("j")
        assert current(at) == "HLJ/1"
        assert "超期 6 天 +1" in at.row()
        assert "应于 2020-02-29 完成，已过 6 天" in page(at)
        await at.press("o")
        assert "现场核实不属实（已报完成的在前" in at.notice


async def test_the_page_has_plan_promise_steps_and_what_is_suggested(office):
    put(office, "HLJ/1", deadline="2020年2月15日", reason="设备未到货", next_step="催办")
    put(office, "HLJ/1", next_on="2020-03-01")
    with office.batch("escalate") as writing:
        connection = writing.draft.connection
        unit = find_addressee(connection, "第2水务局")
        escalate(writing.draft, unit, EscalationStep.LETTER, item_ids(connection, ["HLJ/2"]),
                 due_on=date(2020, 3, 20))  # fmt: skip
    async with desk(office, LARGE) as at:
        await at.press("6")
        text = page(at)
        assert "下一步答应 2020-03-01 完成，已过 5 天" in text
        assert "读作 2020-02-15" in text
        assert "最初时限 2020-02-29，改过 1 次" in text
        assert "✓ 开工 完成 2019-05-06" in text
        assert "原因：设备未到货" in text
        assert "下一步措施：催办（承诺 2020-03-01，已过 5 天）" in text
        assert "#1" not in text
        await at.press("j", "j", "j", "j")
        assert current(at) == "HLJ/2"
        assert f"#1 {TODAY} · 函告 · 第2水务局 · 待答复" in page(at)
        assert "建议对第2水务局采取“挂牌督办”：滞后 4 项，已是第 9 周" in Said(page(at))


async def test_what_is_hostile_is_only_text(office):
    refs = [f"ODD/{n}" for n in range(1, len(HOSTILE) + 1)]
    put(office, *refs, deadline="2020-01-31")
    put(office, "ODD/2", reason=HOSTILE[1], next_step=HOSTILE[2])
    async with desk(office, LARGE) as at:
        await at.press("6")
        for text in HOSTILE:
            assert text in page(at)
            await at.press("E", "escape", "j")
        assert at.app.return_code is None


# Going through


async def test_reason_next_step_and_promise_of_one_line_in_one_dialog_and_on(office):
    put(office, "HLJ/1", next_on="2020-03-01")
    async with desk(office) as at:
        await at.press("6", "r")
        text = at.text()
        assert at.app.screen.region.height == 24
        for told in (
            "过问 HLJ/1", "第1个问题，大龙虎泡水源地", "上报 › 按序时进度推进（自 2020-01-10）",
            "推算 超期 6 天",
            "现场核实 未核实", "承诺 2020-03-01，已过 5 天", "^S 写入并到下一项", "F9",
        ):  # fmt: skip
            assert told in text, told
        await at.type("设备未到货")
        await at.press("enter")
        await at.type("催办设备")
        await at.press("enter")
        await at.type("周一")
        await at.press("enter", "enter")
        assert at.dialog is None
        assert current(at) == "HLJ/13"
        assert "HLJ/13" in page(at)
        row = item(office, "HLJ/1")
        assert (row.reason, row.next_step, row.next_on, row.reviewed_on) == (
            "设备未到货", "催办设备", "2020-03-09", TODAY,
        )  # fmt: skip
        assert kinds(office) == ["set", "review"]
        assert "已过 1 / 11 █░" in at.lines()[0]
        assert refs(at)[:2] == ["阅", "13"]
        assert "滞后原因改为设备未到货" in at.notice


async def test_one_may_stay_on_the_line_and_begin_on_the_next_step(office):
    async with desk(office) as at:
        await at.press("6", "R")
        await at.type("再看")
        await at.press("enter")
        await at.type("昨天")
        await at.press("f9")
        assert "2020-03-05 已经过去" in at.complaint
        await at.press("ctrl+u", "f9")
        assert at.dialog is None
        assert current(at) == "HLJ/1"
        row = item(office, "HLJ/1")
        assert (row.next_step, row.next_on) == ("再看", None)
        await at.press("full_stop")
        assert current(at) == "HLJ/13"


async def test_the_same_reason_again_needs_no_typing_and_leaves_its_day(office, clock):
    put(office, "HLJ/1", reason="设备未到货")
    clock.move(7)
    async with desk(office) as at:
        await at.press("6", "r", "ctrl+s")
        row = item(office, "HLJ/1")
        assert (row.reason, row.reviewed_on) == ("设备未到货", "2020-03-13")
        await at.press("k", "r")
        await at.type("换人")
        await at.press("enter", "enter", "enter")
        await at.type("2020-03-10")
        await at.press("enter")
        (said, *_) = [e for e in record_log(office.reader(), "item", 1) if e.field == "reason"]
        assert (said.new, said.effective_on) == ('"换人"', "2020-03-10")
        assert item(office, "HLJ/1").reviewed_on == "2020-03-13"


async def test_nothing_said_is_no_review(office):
    async with desk(office) as at:
        await at.press("6")
        for key in "rRz":
            await at.press(key, "ctrl+s")
            assert "还没有写" in at.complaint
            await at.press("escape")
        assert kinds(office) == []
        assert current(at) == "HLJ/1"


async def test_it_begins_where_one_left_off(office):
    with office.batch("review") as writing:
        keep_items(writing.draft, item_ids(writing.draft.connection, FIRST[:3]))
    async with desk(office) as at:
        await at.press("6")
        assert current(at) == "HLJ/37"
        await at.press("g")
        assert current(at) == "HLJ/1"
        await at.press("1", "6")
        assert current(at) == "HLJ/1"
        await at.press("full_stop", "k", "k")
        put(office, "HLJ/40", note="x")
        await at.until(lambda: at.app.watch_ledger.batch == office.newest_batch())
        assert current(at) == "HLJ/13"


async def test_keys_typed_ahead_pass_one_line_each(office):
    async with desk(office) as at:
        await at.press("6")
        for _ in range(3):
            at._send("full_stop")
        await at.until(lambda: len(kinds(office)) == 3)
        assert [item(office, ref).reviewed_on for ref in FIRST[:4]] == [TODAY] * 3 + [None]
        assert current(at) == "HLJ/37"


async def test_a_line_that_is_being_written_does_not_come_up_again(office):
    put(office, *FIRST[:4], "HLJ/2", "HLJ/8", "HLJ/14", deadline="2021-12-31", status="on_schedule")
    async with desk(office) as at:
        await at.press("6")
        assert at.table.total == 4
        for _ in range(4):
            at._send("full_stop")
        await at.until(lambda: len(kinds(office)) == 5)
        assert current(at) == "HLJ/38"
        assert "本周滞后待办都过了一遍" in at.notice


async def test_what_is_put_off_is_done_until_its_day(office, clock):
    async with desk(office) as at:
        await at.press("6", "z")
        await at.type("今天")
        await at.press("enter")
        assert "不晚于今天" in at.complaint
        await at.press("ctrl+u")
        await at.type("+10d")
        await at.press("enter")
        assert item(office, "HLJ/1").put_off_until == "2020-03-16"
        assert current(at) == "HLJ/13"
        assert "已过 1 / 11" in at.lines()[0]
        await at.press("G")
        assert current(at) == "HLJ/1"
        assert "缓" in at.row()
        assert "暂缓至 2020-03-16" in page(at)
        clock.move(7)
        at.app.look_again()
        await at.settle()
        assert at.table.total == 10
        assert "已过 0 / 10" in at.lines()[0]
        await at.press("Z")
        assert "暂缓的 1 项也显示" in at.notice
        assert at.table.total == 11
        await at.press("g", "z", "ctrl+u", "enter")
        assert item(office, "HLJ/1").put_off_until is None


async def test_a_completed_line_leaves_the_queue_and_stays_counted(office):
    async with desk(office) as at:
        await at.press("6", "s", "1", "enter")
        assert item(office, "HLJ/1").status == "completed"
        assert item(office, "HLJ/1").reviewed_on == TODAY
        assert kinds(office) == ["review"]
        assert "已过 1 / 11" in at.lines()[0]
        assert current(at) == "HLJ/13"
        await at.press("G")
        assert current(at) == "HLJ/1"
        assert "出" in at.row()
        assert "已不在待办中" in page(at)


async def test_a_status_of_an_earlier_day_is_a_review_of_today(office):
    async with desk(office) as at:
        await at.press("6", "s", "7", "tab", "ctrl+u")
        await at.type("2020-02-20")
        await at.press("enter")
        row = item(office, "HLJ/1")
        assert (row.status, row.since, row.reviewed_on) == ("not_completed", "2020-02-20", TODAY)
        assert "已过 1 / 11" in at.lines()[0]


async def test_marked_lines_are_reviewed_in_one_batch(office):
    async with desk(office) as at:
        await at.press("6", "space", "space", "j", "space", "r")
        assert "3 项整改任务" in at.text()
        await at.type("汛期停工")
        await at.press("ctrl+s")
        assert [item(office, ref).reason for ref in FIRST[:4]] == [
            "汛期停工", "汛期停工", None, "汛期停工",
        ]  # fmt: skip
        assert kinds(office) == ["review"]
        assert at.table.marked_count == 0
        assert current(at) == "HLJ/2"
        await at.press("A", "full_stop")
        assert "已过 11 / 11" in at.lines()[0]
        assert "都过了一遍" in at.notice or "已改" in at.notice


async def test_undo_goes_back_to_the_line(office):
    async with desk(office) as at:
        await at.press("6", "r")
        await at.type("设备")
        await at.press("ctrl+s", "full_stop")
        assert current(at) == "HLJ/25"
        await at.press("u")
        assert current(at) == "HLJ/13"
        assert "已过 1 / 11" in at.lines()[0]
        await at.press("u")
        assert current(at) == "HLJ/1"
        assert item(office, "HLJ/1").reason is None
        await at.press("full_stop")
        assert current(at) == "HLJ/13"
        await at.press("t")
        assert refs(at)[0] != "1"
        await at.press("u")
        assert current(at) == "HLJ/1"


async def test_what_is_done_is_hidden_and_shown_and_the_end_is_told(office):
    async with desk(office) as at:
        await at.press("6", "full_stop", "t")
        assert refs(at)[0] == "13"
        assert at.table.total == 10
        await at.press(*["full_stop"] * 10)
        assert at.table.total == 0
        assert "本周 11 项都过了一遍。按 t 显示已过的。" in at.text()
        assert "已过 11 / 11 ██████████" in at.lines()[0]
        await at.press("t")
        assert refs(at)[:3] == ["阅", "阅", "阅"]


async def test_a_new_week_begins_with_nothing_done(office, clock):
    async with desk(office) as at:
        await at.press("6", "full_stop")
        clock.move(1)
        at.app.look_again()
        await at.settle()
        assert "已过 0 /" in at.lines()[0]


async def test_ten_lines_take_few_keys(office):
    keys = 0
    async with desk(office) as at:
        await at.press("6")

        async def work(*strokes):
            nonlocal keys
            for stroke in strokes:
                if stroke.startswith("text:"):
                    await at.type(stroke[5:])
                else:
                    await at.press(stroke)
                    keys += 1

        reason, step = (
            ("r", "text:缺设备", "ctrl+s"),
            ("R", "text:催办", "enter", "text:+7d", "ctrl+s"),
        )
        await work(*reason, *reason, *step, *step, "full_stop", "full_stop", "full_stop")
        await work("s", "7", "enter", "z", "text:+7d", "enter", "E", "enter", "escape")
        assert "已过 10 / 11" in at.lines()[0]
    assert keys == 21


# Others


async def test_what_somebody_else_wrote_meanwhile_is_shown_first(office):
    async with desk(office) as at:
        await at.press("6", "r")
        await at.type("我的原因")
        put(office, "HLJ/1", reason="他的原因")
        await at.press("ctrl+s")
        await at.until(lambda: at.dialog == "StaleDialog")
        assert "您 我的原因，对方 他的原因" in at.text()
        await at.press("down", "enter")
        await at.until(lambda: at.dialog is None)
        assert item(office, "HLJ/1").reason == "我的原因"
        assert current(at) == "HLJ/13"
        put(office, "HLJ/13", progress="77")
        at._send("full_stop")
        await at.until(lambda: "已被 somebody else 修改" in at.notice)
        assert current(at) == "HLJ/13"
        assert item(office, "HLJ/13").reviewed_on is None


async def test_the_cursor_stays_on_its_line_while_others_write(office):
    async with desk(office) as at:
        await at.press("6", "j", "j")
        put(office, "HLJ/3", verification="refuted")
        await at.until(lambda: at.table.total == 12)
        assert current(at) == "HLJ/25"
        put(office, "HLJ/25", deadline="2021-12-31")
        await at.until(lambda: at.table.total == 11)
        assert current(at) == "HLJ/37"


async def test_a_past_queue_is_only_looked_at(office):
    async with desk(office) as at:
        await at.press("6", *["left_square_bracket"] * 7)
        assert "2020-02-28" in at.lines()[0]
        assert "1 天后到期" in at.text()
        for key in ("r", "R", "z", "s", "E", "a", "full_stop"):
            await at.press(key)
            assert at.dialog is None
            assert "按 T 回到今天再办" in at.notice
        await at.press("T")
        assert current(at) is not None
        assert at.table.total == 11
        assert kinds(office) == []


# Steps


async def test_a_step_begins_with_what_is_due_and_writes_its_letter(office, own_folder):
    async with desk(office) as at:
        await at.press("6", "j", "j", "j", "j", "E")
        assert at.dialog == "EscalateDialog"
        assert "督办 HLJ/2" in at.text()
        assert "滞后 4 项，已是第 9 周" in at.text()
        values = {line.id: line.value for line in at.app.screen.query("Line")}
        assert values == {"name": "第2水务局", "due": "2020-03-21", "cause": ""}
        await at.press("2")
        assert at.app.screen.query_one("#due").value == "2020-03-13"
        await at.press("enter")
        (step,) = escalations(office.reader())
        assert (step.step, step.unit, step.items) == ("letter", "第2水务局", ("HLJ/2",))
        assert (step.issued_on, step.due_on) == (TODAY, "2020-03-13")
        assert item(office, "HLJ/2").reviewed_on == TODAY
        assert "已对第2水务局采取“函告”，涉及 1 项" in at.notice
        assert at.dialog == "SaveDialog"
        await at.press("enter")
        await at.until(lambda: at.dialog is None)
        written = Document(str(own_folder / "第2水务局-函告.docx"))
        assert "HLJ/2" in written.tables[0].rows[1].cells[0].text
        assert current(at) == "HLJ/8"
        await at.press("u")
        assert escalations(office.reader()) == []
        assert current(at) == "HLJ/2"


async def test_a_step_about_several_goes_to_whom_all_concern(office):
    async with desk(office) as at:
        await at.press("6", "j", "j", "j", "j", "space", "space", "E")
        assert at.app.screen.query_one("#name").value == "让胡路区"
        await at.press("tab", "ctrl+u")
        await at.type("没有这里")
        await at.press("enter")
        await at.until(lambda: "没有叫“没有这里”的地区或单位" in at.complaint)
        await at.press("ctrl+u")
        await at.type("大庆市")
        await at.press("enter")
        (step,) = escalations(office.reader())
        assert (step.region, step.items) == ("大庆市", ("HLJ/2", "HLJ/8"))
        await at.press("escape")
        assert current(at) == "HLJ/14"


async def test_what_a_step_leaves_out_is_told_before_its_letter_is_written(office):
    put(office, "HLJ/26", status="on_schedule", progress="90")
    async with desk(office) as at:
        await at.press("6")
        await at.filter("ref:HLJ/2,26")
        await at.press("A", "E", "2", "enter")
        await at.until(lambda: at.dialog == "SaveDialog")
        assert "未列入，因报送和推算都不滞后：HLJ/26" in Said(at.app.screen.about)
        assert "涉及 1 项" in at.notice
        (step,) = escalations(office.reader())
        assert step.items == ("HLJ/2",)
        await at.press("escape", "u", "j", "E", "2", "enter")
        await at.until(lambda: at.complaint)
        assert "没有可督办的：HLJ/26" in at.complaint


async def test_an_answer_is_kept(office):
    async with desk(office) as at:
        await at.press("6", "a")
        assert "没有待答复的督办。按 E 督办" in at.notice
        await at.press("E", "enter", "escape", "k", "a")
        assert f"#1 · {TODAY} · 挂牌督办 · 大庆市" in at.text()
        await at.press("enter")
        assert "还没有写答复内容" in at.complaint
        await at.type("四月底完工")
        await at.press("enter")
        (step,) = escalations(office.reader())
        assert (step.answer, step.answered_on) == ("四月底完工", TODAY)
        assert kinds(office) == ["escalate", "answer"]
        assert current(at) == "HLJ/13"
        await at.press("k")
        assert f"{TODAY} 答复：“四月底完工”" in page(at)


async def test_a_ladder_that_cannot_be_read_is_told(office, own_folder):
    folder = own_folder / "config" / "rectify-tui"
    folder.mkdir(parents=True)
    (folder / "escalation.toml").write_text("[steps.lettre]\n", "utf-8")
    async with desk(office, LARGE) as at:
        await at.press("6")
        assert "lettre" in page(at)
        await at.press("E")
        assert at.dialog is None
        assert "lettre" in at.notice


# Ways in and out


async def test_filter_and_programme(office):
    put(office, "SX-2019-OUTFALLS/101", deadline="2020-01-31")
    async with desk(office) as at:
        await at.press("6")
        assert not at.view.query_one("#filter").display
        await at.filter("地区:小店区")
        assert at.view.query_one("#filter").display
        assert refs(at) == ["101"]
        assert "已过 0 / 1" in at.lines()[0]
        await at.press("escape")
        assert at.table.total == 12
        assert not at.view.query_one("#filter").display
        await at.press("b")
        assert "方案：HLJ" in at.notice
        assert at.table.total == 11
        await at.press("b")
        assert at.table.total == 1
        await at.press("b")
        assert at.table.total == 0
        assert "没有符合条件的记录" in at.text()
        await at.press("b")
        assert "全部方案" in at.notice
        assert at.table.total == 12


async def test_opening_a_line_gives_the_page_all_the_room(office):
    async with desk(office) as at:
        await at.press("6", "d")
        assert at.view.query_one("#ledger").size.height == 2
        assert at.row().split()[1] == "1"
        await at.press("pagedown")
        assert at.view.query_one("#detail").scroll_y > 0
        assert current(at) == "HLJ/1"
        assert "列入台账" in page(at)
        await at.press("j")
        assert current(at) == "HLJ/13"
        await at.press("r")
        await at.type("缺设备")
        await at.press("ctrl+s")
        assert current(at) == "HLJ/25"
        await at.press("escape")
        assert at.view.focused is at.table
        await at.press("i")
        assert at.app.current_mode == "items"
        assert current(at) == "HLJ/25"


async def test_patterns_lead_to_their_items(office):
    async with desk(office) as at:
        await at.press("6", "P")
        assert "滞后待办 › 值得留意的规律" in at.lines()[0]
        assert "未完成任务连续 4 周以上没有更新" in at.row()
        n = int(at.row().split()[1])
        await at.press("enter")
        assert at.table.total == n
        assert "8 周未更新" in at.row()
        await at.press("escape", "enter", "enter")
        assert at.app.current_mode == "items"
        await at.press("6")
        assert isinstance(at.view, PatternsScreen)
        await at.press("escape", "escape")
        assert current(at) == "HLJ/1"


async def test_the_working_group_leads_to_its_lines(office):
    async with desk(office) as at:
        await at.press("6", "b", "M")
        assert "方案：HLJ" in at.notice
        assert "大庆市" in at.row()
        assert "2020-03-06" in at.text()
        await at.press("B", "B")
        assert "按责任单位" in at.lines()[0]
        await at.press("enter")
        assert at.table.total < 11
        assert at.view.programme() == "HLJ"


@pytest.mark.parametrize("ending", [".csv", ".md", ".json", ".txt"])
async def test_the_queue_is_written_as_it_is_seen(office, own_folder, ending):
    async with desk(office) as at:
        await at.press("6", "full_stop", "t", "x")
        line = at.app.screen.query_one("#path")
        assert line.value == "滞后待办-2020-03-06.csv"
        line.value = "x.docx"
        await at.press("enter")
        assert "看不出格式" in at.complaint
        line.value = f"queue{ending}"
        await at.press("enter")
        await at.until(lambda: at.dialog is None)
        text = (own_folder / f"queue{ending}").read_text("utf-8-sig")
        assert "HLJ/13" in text
        assert "HLJ/1 " not in text
        if ending == ".csv":
            assert len(list(csv.reader(io.StringIO(text)))) == 11


@pytest.mark.parametrize(("size", "language"), [(SMALL, "zh"), (LARGE, "en")])
async def test_every_line_fits(office, size, language):
    put(office, "HLJ/3", verification="refuted")
    async with desk(office, size, language, ascii=True) as at:
        await at.press("6", "full_stop", "d", "d", "P", "enter", "escape", "escape", "M")
        await at.press("escape", "k")
        assert at.view.query_one("#notice").size.height <= 2
        marks = ("[#", "阅") if language == "zh" else ("[#", "ok")
        assert all(mark in at.text() for mark in marks)


# Days


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("周五", "2020-03-05", "2020-03-06"),
        ("周五", "2020-03-06", "2020-03-06"),
        ("周四", "2020-03-06", "2020-03-12"),
        ("friday", "2020-03-07", "2020-03-13"),
        ("上周五", "2020-03-05", "2020-02-28"),
        ("本周一", "2020-03-05", "2020-03-02"),
        ("这周三", "2020-03-05", "2020-03-04"),
        ("+7d", "2020-03-05", "2020-03-12"),
        ("-7d", "2020-03-05", "2020-02-27"),
        ("昨天", "2020-03-05", "2020-03-04"),
        ("2020-03-01", "2020-03-05", "2020-03-01"),
        ("3月1日", "2020-03-05", "2020-03-01"),
    ],
)
def test_a_weekday_alone_is_the_next_one(text, today, day):
    assert coming_day(text, today=date.fromisoformat(today)).isoformat() == day


@pytest.mark.parametrize(
    ("text", "kind"), [("昨天", "coming"), ("今天", "later"), ("明天", "past"), ("x", "coming")]
)
def test_a_day_on_the_wrong_side_is_refused(text, kind):
    with pytest.raises(Problem):
        read_kind(text, kind, date(2020, 3, 6))
