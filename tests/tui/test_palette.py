"""The palette: everything that can be done or gone to, by name."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest
from desk import LARGE, desk, put

from rectify_tui.domain.pinyin import Speller
from rectify_tui.i18n import Language
from rectify_tui.seeding.files import rows
from rectify_tui.tui.keys import ALL_KEYS
from rectify_tui.tui.palette.entry import Entry, find

pytestmark = pytest.mark.journeys


@pytest.fixture(scope="module")
def speller():
    return Speller((row["name"], row["name_en"]) for row in rows("regions") if row["name_en"])


def test_places_are_spelled_as_people_there_say_them(speller):
    for name, typed in {
        "重庆市": "cq chongqing", "厦门市": "xm xiamen", "六安市": "la luan",
        "长治市": "cz changzhi",
        "漯河市": "lh luohe", "蚌埠市": "bb bengbu", "亳州市": "bz bozhou", "台州市": "tz taizhou",
        "丽水市": "ls lishui", "东阿县": "de donge", "番禺区": "py panyu", "六合区": "lh luhe",
        "长治市生态环境局": "czs changzhishi", "大庆市": "dq daqing", "吕梁市": "ll luliang",
    }.items():  # fmt: skip
        initials, full = typed.split()
        spelling = speller.spell(name)
        assert spelling.initials.startswith(initials), spelling
        assert spelling.full.startswith(full), spelling


def test_the_nearest_comes_first_and_of_equals_what_was_used_lately(speller):
    def entry(id, text, where="", **more):
        return Entry(id, text, print, where, **more)

    entries = [
        entry("a", "导出", also=("Export",)), entry("b", "大庆市", "地区", quiet=True),
        entry("c", "大庆市水务局", "单位", quiet=True), entry("d", "撤销"), entry("e", "筛选"),
    ]  # fmt: skip

    def ids(text, recent=()):
        return "".join(each.id for each in find(entries, text, recent, speller))

    assert ids("") == "ade", "what is quiet waits until something is typed"
    assert ids("", ["e", "b"]) == "ebad"
    assert ids("dq") == ids("ＤＱ") == ids("daqing") == "bc"
    assert ids("dq", ["c"]) == "cb"
    assert ids("大庆 单位") == "c"
    assert ids("水务 大庆") == "c", "words in any order"
    assert ids("exp") == ids("dc") == "a"
    assert ids("lvx") == ""
    assert "".join(each.id for each in find(entries, "dq")) == "", "no pinyin before it is read"


def test_pinyin_is_read_only_when_the_palette_opens():
    code = "import rectify_tui.tui.app, sys; sys.exit('pypinyin' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=False).returncode == 0
    )


async def asked(at, text):
    await at.press("ctrl+p")
    await at.type(text)
    return [f"{each.where}/{each.text}" for each in at.app.screen.shown]


async def test_it_goes_anywhere(office):
    async with desk(office) as at:
        shown = await asked(at, "dq")
        assert "方案/ODD" not in shown[0]
        assert "地区/大庆市" in shown
        place = shown.index("地区/大庆市")
        await at.press(*["down"] * place, "enter")
        assert at.app.current_mode == "items"
        assert at.view.pane.filter_line.value == "地区:大庆市"

        shown = await asked(at, "HLJ/7")
        assert shown[0].startswith("整改任务/HLJ/7")
        await at.press("enter")
        assert at.row().split()[1] == "7"
        shown = await asked(at, "D007")
        assert shown[0].startswith("转办件/HLJ/D007")
        await at.press("enter")
        assert at.app.current_mode == "cases"
        assert "D007" in at.row()

        assert (await asked(at, "shuiwuju"))[0].endswith("水务局")
        await at.press("escape")
        for typed in ("存档", "cundang", "freeze"):
            assert "周报/存档" in await asked(at, typed)
            await at.press("escape")
        await asked(at, "cundang")
        await at.press("enter")
        await at.until(lambda: at.dialog == "ReasonDialog")  # goes there first, then does it
        assert at.app.current_mode == "weekly"
        await at.press("escape", "ctrl+p")
        assert [each.id for each in at.app.screen.shown[:2]] == [
            "weekly:weekly.freeze", "record:case:7",
        ]  # fmt: skip


async def test_it_says_why_something_cannot_be_done_now(office):
    async with desk(office, LARGE) as at:
        await at.press("4", "1", "ctrl+p")
        assert "没有可撤销的改动" in at.text() or "undo" not in at.text()
        await at.type("撤回存档")
        assert "没有" in at.text()
        await at.press("enter")
        assert "现在不能" in at.complaint
        await at.press("escape")
        put(office, "HLJ/1", note="x")
        await at.press("2")
        await at.filter("没有这样的")
        await at.press("question_mark")
        line = next(line for line in at.lines() if "改状态" in line)
        assert "没有选中任何记录" in line


async def test_help_has_this_screens_keys_first_and_runs_them(office):
    t = Language("zh")
    async with desk(office) as at:
        await at.press("2", "question_mark")
        lines = at.lines()
        titles = [t(f"keys.scope.{scope}") for scope in ("ledger", "items", "table", "app")]
        assert titles[0] in lines[5]
        assert "ledger." not in "".join(lines[5:20]), "no names for programs among the keys"
        shown = {each.id.rpartition(":")[2] for each in at.app.screen.shown}
        own = {id for id in ALL_KEYS if id.partition(".")[0] in ("ledger", "items", "table", "app")}
        assert shown == own
        await at.type("paixu")
        await at.press("enter")
        assert "按状态" in at.notice
        await at.press("question_mark", "down")
        assert "在 keys.toml 里叫 ledger.status" in at.text()
        await at.press("end", *["pagedown"] * 9)
        assert at.app.return_code is None


async def test_the_initials_of_a_place_find_it_before_whatever_else_begins_with_them(office):
    async with desk(office) as at:
        await at.press("ctrl+p")
        await at.type("dq")
        await at.until(lambda: "大庆市" in at.text())
        assert at.app.screen.shown[0].text == "大庆市"
        await at.press("enter")
        assert at.app.current_mode == "items"
        assert "地区:大庆市" in at.text()
