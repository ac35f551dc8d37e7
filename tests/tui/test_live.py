"""What others write meanwhile: it appears by itself, moves nothing, and is never overwritten."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from desk import LARGE, Desk, batches, desk, put, status
from textual.widgets import Input

from rectify_tui.i18n import Language
from rectify_tui.store.commands.items import add_item
from rectify_tui.store.ledger import Ledger
from rectify_tui.tui.app import POLL, RectifyApp

pytestmark = pytest.mark.journeys

WRITER = """
import pathlib, sys
from datetime import datetime, timezone
from rectify_tui.store.commands.items import set_items
from rectify_tui.store.ledger import Ledger

ledger = Ledger(pathlib.Path(sys.argv[1]), clock=lambda: datetime(2020, 3, 6, tzinfo=timezone.utc))
with ledger.batch("set", who="another process") as writing:
    set_items(writing.draft, [2], {"status": "completed"})
ledger.close()
"""


async def test_another_process_is_seen_within_two_seconds(office):
    async with desk(office) as at:
        await at.press("2", "j")
        assert "未达序时" in at.row()
        subprocess.run([sys.executable, "-c", WRITER, str(office.address)], check=True)
        written = time.monotonic()
        await at.until(lambda: "已完成" in at.row())
        assert time.monotonic() - written < 2 * POLL
        assert at.table.cursor_index == 1


async def test_rows_that_come_before_leave_the_cursor_on_its_row(office):
    async with desk(office, (80, 16)) as at:
        await at.press("2", "G", "k", "k")
        key, line = at.table.cursor_key, at.row()
        top = at.table.cursor_index - at.table.scroll_offset.y
        other = Ledger(office.address, clock=office.clock)
        with other.batch("add") as writing:
            for n in range(50):
                add_item(writing.draft, 1, f"0{n:02}", {"problem": "插进来的", "region": "230602"})
        other.close()
        await at.until(lambda: at.table.total == 109)
        assert at.table.cursor_key == key
        assert at.row() == line
        assert at.table.cursor_index - at.table.scroll_offset.y == top


async def test_a_row_that_no_longer_matches_leaves_the_cursor_in_its_place(office):
    async with desk(office) as at:
        await at.press("2")
        await at.filter("status:behind")
        await at.press("j", "j")
        put(office, "HLJ/14", status="completed")
        await at.until(lambda: at.table.total == 6)
        assert at.table.cursor_index == 2
        assert at.row().split()[1] == "20"


async def test_marks_stay_on_their_rows(office):
    async with desk(office) as at:
        await at.press("2", "o", "space", "space")
        marked = at.table.marked
        put(office, "HLJ/9", status="completed")
        await at.until(lambda: at.app.watch_ledger.batch == 4)
        assert at.table.marked == marked


async def test_it_is_seen_below_an_open_dialog_and_on_other_screens(office):
    async with desk(office) as at:
        await at.press("1", "2", "s")
        put(office, "HLJ/1", note="别人写的", status="behind")
        await at.until(lambda: at.app.watch_ledger.batch == 4)
        assert at.dialog == "StatusDialog"
        await at.press("escape")
        assert "未达序时" in at.row()
        put(office, "HLJ/2", status="completed")
        await at.press("1")
        assert at.row().split()[3] == "7"


async def test_what_is_written_while_it_opens_is_seen(office):
    app = RectifyApp(office, language=Language("zh"))
    async with app.run_test(size=LARGE) as pilot:
        at = Desk(app, pilot)
        put(office, "HLJ/2", status="completed")
        await at.until(lambda: app.view() is not None and at.table.total)
        await at.until(lambda: at.row().split()[5] == "6")


async def stale(at, office):
    await at.press("2", "e")
    batch = put(office, "HLJ/1", note="对方的备注", responsible="对方的单位", region="让胡路区")
    screen = at.app.screen
    screen.query_one("#field-note", Input).value = "我的备注"
    screen.query_one("#field-responsible", Input).value = "我的单位"
    screen.query_one("#field-region", Input).value = "道里区"
    screen.query_one("#field-verification", Input).value = "现场核实属实"
    await at.press("ctrl+s")
    await at.until(lambda: at.dialog == "StaleDialog")
    return batch


def note(office):
    return office.reader().execute("SELECT note FROM item WHERE id = 1").fetchone()[0]


async def test_an_edit_of_what_somebody_changed_shows_both_versions(office):
    async with desk(office, LARGE) as at:
        await stale(at, office)
        text = at.text()
        for line in (
            "HLJ/1 在您打开之后已被 somebody else 修改（2020-03-06",
            "备注：您 我的备注，对方 对方的备注",
            "责任单位：您 我的单位，对方 对方的单位",
            "地区：您 道里区，对方 让胡路区",
            "现场核实：您 现场核实属实，对方 未核实",
            "保留对方的改动",
            "仍按我的写入",
        ):
            assert line in text, line
        assert len(batches(office)) == 1


async def test_keeping_theirs(office):
    async with desk(office) as at:
        await stale(at, office)
        await at.press("enter")
        assert at.dialog is None
        assert note(office) == "对方的备注"
        assert len(batches(office)) == 1
        await at.press("e")
        assert at.app.screen.value("field-note") == "对方的备注"


@pytest.mark.parametrize("key", ["down", "2"])
async def test_writing_mine_all_the_same(office, key):
    async with desk(office) as at:
        await stale(at, office)
        await at.press(key, "enter")
        assert at.dialog is None
        assert note(office) == "我的备注"
        assert len(batches(office)) == 2
        assert at.notice.startswith("✓ 已改 HLJ/1（")


async def test_looking_again_before_deciding(office):
    async with desk(office) as at:
        await stale(at, office)
        await at.press("escape")
        assert at.dialog == "FormDialog"
        assert "已被 somebody else 修改" in at.complaint
        assert at.app.screen.value("field-note") == "我的备注"
        assert note(office) == "对方的备注"


async def test_a_status_that_somebody_else_has_set_meanwhile(office):
    async with desk(office) as at:
        await at.press("2", "s")
        put(office, "HLJ/1", status="completed")
        await at.press("6", "enter")
        await at.until(lambda: at.dialog == "StaleDialog")
        assert "状态：您 未达序时进度，对方 已完成" in at.text()
        await at.press("enter")
        assert at.dialog is None
        assert status(office, "HLJ/1") == "completed"


async def test_what_somebody_else_did_is_not_undone(office):
    office.who = "me"
    async with desk(office) as at:
        put(office, "HLJ/1", status="completed")
        await at.press("2", "u")
        assert "没有 me 自己的改动可以撤销。最近的是 somebody else 的第 4 批" in at.notice
        assert status(office, "HLJ/1") == "completed"


async def test_an_undo_that_others_built_on_is_refused_with_their_names(office):
    async with desk(office) as at:
        await at.press("2", "s", "6", "enter")
        put(office, "HLJ/1", status="completed")
        await at.press("u")
        assert at.notice.startswith("! 第 4 批之后又有改动")
        assert "somebody else" in at.notice
        assert status(office, "HLJ/1") == "completed"


@pytest.mark.parametrize("key", ["s", "e"])
async def test_a_locked_store_is_told_and_can_be_tried_again(office, key, monkeypatch):
    from rectify_tui.store.sqlite import opening

    monkeypatch.setattr(opening, "WAIT_MS", 50)
    async with desk(office) as at:
        await at.press("2", key)
        lock = opening.connect(office.address, write=True)
        lock.execute("BEGIN IMMEDIATE")
        if key == "e":
            at.app.screen.query_one("#field-note", Input).value = "等一等"
        else:
            await at.press("6")
        await at.press("ctrl+s")
        await at.until(lambda: at.complaint)
        assert "!" in at.complaint
        lock.execute("ROLLBACK")
        lock.close()
        await at.press("ctrl+s")
        assert at.dialog is None
        assert len(batches(office)) == 1
