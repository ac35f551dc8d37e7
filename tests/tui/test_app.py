"""The dashboard as a whole: palette, help, leaving, small terminals, and stores that go missing."""

from __future__ import annotations

import shutil
from threading import Event

import pytest
from desk import LARGE, PATIENCE, SMALL, desk
from textual.widgets import Input

from rectify_tui.i18n import Language
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.programmes import programmes
from rectify_tui.tui.app import RectifyApp, run_dashboard
from rectify_tui.tui.keys import ALL_KEYS, SCOPES
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.rollup import RollupSource

pytestmark = pytest.mark.journeys

SCREENS = {
    "1": "overview", "2": "items", "3": "cases", "4": "weekly", "5": "intake", "7": "map",
    "8": "board", "6": "queue",
}  # fmt: skip


async def test_every_action_is_in_the_palette_of_its_screen(office):
    t = Language("zh")
    offered = set()
    async with desk(office) as at:
        for keys in (*SCREENS, "P", "escape M", "escape H", "escape 4 Q"):
            await at.press(*keys.split())
            entries = at.app.commands.entries()
            assert len(entries) == len({each.id for each in entries}), "nothing stands there twice"
            offered |= {each.text for each in entries}
            here = {each.id.rpartition(":")[2] for each in entries}
            held = {each.binding.id for each in at.view.active_bindings.values()}
            assert {id for id in held & ALL_KEYS.keys() if ALL_KEYS[id].palette} <= here
    # the columns of an import can be looked at only while one lies open
    apart = tuple(f"{key.id}" for key in SCOPES["mapping"])
    wanted = {id for id, key in ALL_KEYS.items() if key.palette and id not in apart}
    assert {t(f"keys.{id}") for id in wanted} <= offered
    assert {"按时限排序", "按罚款(万)排序"} <= offered


@pytest.mark.parametrize("key", SCREENS)
async def test_every_action_works_on_its_screen(office, key):
    async with desk(office) as at:
        await at.press(key)
        done = set()
        for id, action in actions(at):
            await at.app.run_action(action, at.view)
            await at.settle()
            while at.dialog or len(at.app.screen_stack) > 1:
                await at.press("escape")
            if at.app.current_mode != SCREENS[key]:
                await at.press(key)
            done.add(id)
        assert at.app.return_code is None
        own = {"2": ("ledger", "items"), "3": ("ledger",)}.get(key, (SCREENS[key],))
        assert {each.id for scope in own for each in SCOPES[scope]} <= done


def actions(at):
    """Ids and actions that hold on the screen; those that hold everywhere only on the first."""
    for active in at.view.active_bindings.values():
        id = active.binding.id or ""
        everywhere = id.startswith(("app.", "table."))
        if (
            id in ALL_KEYS
            and id != "app.quit"
            and (at.app.current_mode == "overview" or not everywhere)
        ):
            yield id, active.binding.action


async def test_the_palette_finds_and_runs(office):
    async with desk(office) as at:
        await at.press("2", "ctrl+p")
        await at.type("按时限")
        assert len(at.app.screen.shown) == 1
        await at.press("enter")
        assert at.dialog is None
        assert at.view.pane.order == "due"
        await at.press("colon")
        await at.type("没有这个")
        assert "没有找到" in at.text()
        await at.press("escape")
        assert at.dialog is None


async def test_q_leaves(office):
    async with desk(office) as at:
        at._send("q")
        await at.until(lambda: at.app.return_code is not None)
        assert at.app.return_code == 0


async def test_ctrl_c_says_how_to_leave_in_the_users_language(office):
    async with desk(office) as at:
        await at.press("ctrl+c")
        assert at.notice == "✓ 按 q 退出。"
        assert not at.app.screen.query("Toast")


@pytest.mark.parametrize("size", [(40, 12), (20, 6), (1, 1)])
async def test_small_terminals_do_no_harm(office, size):
    async with desk(office, size) as at:
        for key in SCREENS:
            await at.press(key, "j")
        for dialog in ("2 s", "e", "m", "question_mark", "ctrl+p"):
            await at.press(*dialog.split())
            assert at.dialog
            await at.press("escape")
        await at.pilot.resize_terminal(*LARGE)
        await at.settle()
        await at.pilot.resize_terminal(*SMALL)
        await at.settle()
        assert len(at.lines()) == 24


async def test_at_40_by_12_every_line_of_a_form_can_be_reached_and_seen(office):
    async with desk(office, (40, 12)) as at:
        assert "黑龙江省" in at.row()
        assert at.table.size.height > 5
        await at.press("2", "e")
        for _ in range(12):
            await at.press("tab")
            line = at.app.screen.focused
            assert isinstance(line, Input)
            assert 0 < line.region.y < 12, line.id
        await at.press("escape", "s", "tab", "tab")
        assert 0 < at.app.screen.focused.region.y < 12


@pytest.fixture
def bare(tmp_path, clock):
    """A store with nothing in it."""
    ledger = Ledger.create(tmp_path / "bare.db", clock=clock)
    yield ledger
    ledger.close()


async def test_an_empty_store_says_what_to_do_on_each_screen(bare):
    async with desk(bare) as at:
        for key in "123":
            await at.press(key)
            assert "台账里还没有数据" in at.text()
            assert "按 N 登记一个：" in at.text()
            await at.press("j", "enter", "G")
        await at.press("2", "s", "e", "m", "u", "d")
        assert at.dialog is None
        await at.press("4")
        assert at.lines()[0].startswith(" 周")


async def test_an_empty_ledger_gets_its_first_programme_without_being_left(
    regions_store, tmp_path, clock
):
    shutil.copy(regions_store, tmp_path / "new.db")
    ledger = Ledger(tmp_path / "new.db", clock=clock)
    async with desk(ledger) as at:
        await at.press("N")
        await at.type("hlj-2020")
        await at.press("enter")
        await at.type("黑龙江省方案")
        await at.press("enter")
        await at.type("没有这里")
        await at.press("enter", "enter", "enter")
        await at.until(lambda: "没有这里" in at.complaint)
        at.app.screen.query_one("#region", Input).value = "黑龙江"
        await at.press("ctrl+s")
        await at.until(lambda: at.dialog is None)
        assert "已登记整改方案 HLJ-2020。接着按 5 到收件，按 a" in at.notice
        (programme,) = programmes(ledger.reader())
        assert (programme.code, programme.year, programme.kind) == ("HLJ-2020", 2020, "campaign")
    ledger.close()


async def test_a_store_that_is_removed_is_missed(office):
    async with desk(office) as at:
        await at.press("2")
        office.address.unlink()
        at.app.look_again()
        await at.until(lambda: "没有台账文件" in at.notice)
        await at.press("s", "1", "enter")
        await at.until(lambda: at.complaint)
        assert "没有台账文件" in at.complaint
        await at.press("escape", "1", "3", "4", "2", "j", "d", "e")
        assert at.app.return_code is None


async def test_a_store_that_is_damaged_is_told_of(office):
    async with desk(office) as at:
        await at.press("2")
        size = office.address.stat().st_size
        with office.address.open("r+b") as file:
            file.write(b"\xff" * size)
        await at.press("o")
        await at.until(lambda: "!" in at.notice)
        assert "读取失败" in at.notice or "无法打开" in at.notice
        await at.press("s", "1", "enter", "escape", "1", "enter", "3", "4", "2", "d", "e", "escape")
        assert at.app.return_code is None


@pytest.mark.parametrize("place", [(RectifyApp, "action_undo"), (Session, "_turn_back")])
def test_the_return_code_of_a_crash_is_handed_on(office, monkeypatch, capsys, place):
    async def press(pilot):
        await pilot.press("u")
        await pilot.app.workers.wait_for_complete()

    def fail(*_, **__):
        raise ZeroDivisionError("on purpose")

    run = RectifyApp.run
    monkeypatch.setattr(*place, fail)
    monkeypatch.setattr(RectifyApp, "run", lambda self: run(self, headless=True, auto_pilot=press))
    assert run_dashboard(office, language=Language("zh")) == 1
    assert "on purpose" in capsys.readouterr().err


def test_leaving_returns_nought(office, monkeypatch):
    async def press(pilot):
        await pilot.press("q")

    run = RectifyApp.run
    monkeypatch.setattr(RectifyApp, "run", lambda self: run(self, headless=True, auto_pilot=press))
    assert run_dashboard(office, language=Language("zh")) == 0


async def test_what_is_read_slowly_does_not_hold_back_the_first_screen(office, monkeypatch):
    gate, read = Event(), RollupSource.count

    def slowly(self):
        gate.wait(PATIENCE)
        return read(self)

    monkeypatch.setattr(RollupSource, "count", slowly)
    app = RectifyApp(office, language=Language("zh"))
    try:
        async with app.run_test(size=SMALL) as pilot:
            while not app.painting:
                await pilot.pause(0.01)
            assert app.view().main_table().busy
            gate.set()
    finally:
        gate.set()


async def test_what_is_read_at_once_is_on_the_first_screen(office, monkeypatch):
    monkeypatch.setattr("rectify_tui.tui.app.UNPAINTED", 1000)
    app = RectifyApp(office, language=Language("zh"))
    async with app.run_test(size=SMALL) as pilot:
        while not app.painting:
            await pilot.pause(0.01)
        assert app.view().ready
        assert app.view().main_table().total
