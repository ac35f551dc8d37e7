"""The registry of keys and the user's key map."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import desk

from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.tui.keys import (
    ALL_KEYS,
    DAILY,
    ONE_SCREEN,
    SCOPES,
    Key,
    keys_text,
    read_keymap,
    refuse_clash,
)
from rectify_tui.tui.keys_page import keys_page
from rectify_tui.tui.textual_private import key_name


@pytest.fixture
def keymap(tmp_path):
    def write(text):
        path = tmp_path / "keys.toml"
        path.write_text(text, "utf-8")
        return path

    return write


def test_a_letter_is_one_verb_everywhere():
    for pressed in ("x", "ctrl+x"):
        clash = Key("overview.other", pressed, "other")
        with pytest.raises(ValueError, match=r"overview\.other"):
            refuse_clash(SCOPES | {"another": (clash,)})
    refuse_clash(SCOPES | {"another": (Key("another.export", "x", "export"),)})


def test_what_is_done_daily_needs_no_letter():
    """An input method keeps letters and signs, and lets these through."""
    typed = {name for each in ALL_KEYS.values() for name in each.keys.split(",")}
    typing = {name for name in typed if len(name) == 1 or "_" in name or name in "slash colon"}
    for verb in DAILY:
        keys = [key for key in ALL_KEYS.values() if key.does == verb]
        assert keys, verb
        for key in keys:
            assert set(key.keys.split(",")) - typing, key.id


def test_keys_of_an_older_map_go_before_the_usual_ones(keymap):
    """Which may be other ones by now; what loses a key keeps its others."""
    assert read_keymap(keymap('[ledger]\nstatus = "e"')) == {
        "ledger.status": "e", "ledger.edit": "ctrl+e",
    }  # fmt: skip
    assert read_keymap(keymap('[queue]\nstatus = "q"'))["app.quit"] == "ctrl+q"


def test_the_page_of_keys_is_the_registry():
    page = Path(__file__).parents[2] / "docs" / "keys.md"
    assert page.read_text("utf-8") == keys_page(), "python -m rectify_tui.tui.keys_page writes it"


async def test_an_input_method_leaves_no_key_dead(office):
    """Full-width letters and Chinese signs are keys, a Chinese character gets a hint."""
    async with desk(office) as at:
        await at.press("２", "ｊ", "ｊ")
        assert at.app.current_mode == "items"
        assert at.table.cursor_index == 2
        await at.press("我")
        assert "请切换到英文输入" in at.notice
        await at.press("、")
        await at.type("问题：ｊ")
        assert at.view.pane.filter_line.value == "问题：ｊ", "what is typed into a text stays"
        await at.press("escape", "escape", "　", "】", "【")
        assert at.table.marked_count == 1
        assert at.app.session.as_of is None or at.app.session.as_of < at.app.session.today
        await at.press("Ｔ", "ｓ", "我")
        assert "请切换到英文输入" in at.complaint
        await at.press("３", "enter")
        assert at.notice.startswith("✓ 已改")
        await at.press("？")
        assert at.dialog == "Finder"
        await at.press("escape", "：")
        assert at.dialog


def test_no_key_is_given_twice_on_one_screen():
    for scopes in ONE_SCREEN:
        taken = [each for scope in scopes for key in SCOPES[scope] for each in key.keys.split(",")]
        assert len(taken) == len(set(taken))
    assert len(ALL_KEYS) == sum(map(len, SCOPES.values()))


def test_every_action_has_its_words():
    for code in ("zh", "en"):
        t = Language(code)
        assert all(t(f"keys.{id}") for id in ALL_KEYS)
        assert all(t(f"keys.scope.{scope}") for scope in SCOPES)


@pytest.mark.parametrize(
    "text",
    [
        '"ledger.status" = "s,f9"',
        'ledger.status = "s,f9"',
        '[ledger]\nstatus = " s , f9 "',
        '\ufeff[ledger]\nstatus = "s,f9"',
    ],
)
def test_a_good_map(keymap, text):
    assert read_keymap(keymap(text)) == {"ledger.status": "s,f9"}


def test_a_map_may_name_actions_as_older_versions_did(keymap):
    text = '"app.behind" = "f9"\n[behind]\nreason = "f10"\n[aside]\nby = "f11"'
    keys = {"app.queue": "f9", "queue.reason": "f10", "side_list.by": "f11"}
    keys["queue.escalate"] = "E"  # which gives way
    assert read_keymap(keymap(text)) == keys


def test_no_map_is_no_trouble(tmp_path):
    assert read_keymap(tmp_path / "none.toml") == {}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[ledger\n", "tui.keymap_unreadable"),
        ('"items.status" = "s"', "tui.keymap_unknown"),
        ('[ledger]\nstatus = ""', "tui.keymap_no_keys"),
        ('[ledger]\nstatus = " , "', "tui.keymap_no_keys"),
        ("[ledger]\nstatus = 5", "tui.keymap_no_keys"),
        ('[ledger]\nstatus = "v"', "tui.keymap_double"),
        ('[ledger]\nstatus = "D"', "tui.keymap_double"),
        ('[ledger]\nstatus = " "', "tui.keymap_no_keys"),
        ('[app]\nquit = "f"', "tui.keymap_double"),
        ('[ledger]\nstatus = "x"\nedit = "x"', "tui.keymap_double"),
    ],
)
def test_a_bad_map_is_refused_in_both_languages(keymap, text, key):
    path = keymap(text)
    with pytest.raises(Problem) as caught:
        read_keymap(path)
    assert caught.value.key == key
    for code in ("zh", "en"):
        assert str(path) in Language(code).problem(caught.value)


def test_a_map_that_is_no_text(tmp_path):
    path = tmp_path / "keys.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Problem, match="unreadable"):
        read_keymap(path)
    with pytest.raises(Problem, match="unreadable"):
        read_keymap(tmp_path)


def test_two_scopes_that_never_meet_may_share_a_key(keymap):
    assert read_keymap(keymap('[overview]\nitems = "s"')) == {"overview.items": "s"}


def test_swapping_two_keys_is_no_double(keymap):
    text = '[ledger]\nstatus = "e"\nedit = "s"'
    assert read_keymap(keymap(text)) == {"ledger.status": "e", "ledger.edit": "s"}


async def test_other_keys_hold_everywhere_they_are_told(office, keymap):
    path = keymap('[ledger]\nstatus = "f9"\nleave = "x"\n[app]\nundo = "y"\nday_back = "<"')
    async with desk(office, keymap=path) as at:
        await at.press("less_than_sign")
        assert at.app.session.as_of is not None
        assert "< ] 日" in at.notice
        await at.press("T", "2", "s")
        assert at.dialog is None
        assert "f9 改状态" in at.text()
        assert "y 撤销" in at.text()
        await at.press("f9", "6", "enter")
        assert "按 y 撤销" in at.notice
        await at.press("y")
        assert "已撤销" in at.notice
        await at.filter("没有这样的")
        assert "按 x 清除筛选" in at.text()
        await at.press("x")
        assert at.table.total == 59
        helps = {each.text: each.keys for each in at.app.commands.entries() if not each.where}
        assert helps["改状态"] == "f9"
        await at.press("question_mark")
        assert any("f9" in line and "改状态" in line for line in at.lines())


async def test_a_bad_map_is_told_and_the_usual_keys_hold(office, keymap):
    async with desk(office, keymap=keymap('"items.status" = "f9"')) as at:
        assert at.notice.startswith("! 键位文件")
        assert "“items.status”不存在" in at.notice
        await at.press("2", "s")
        assert at.dialog == "StatusDialog"


def test_keys_are_named_as_they_are_written():
    assert keys_text("question_mark,f1") == "? f1"
    assert keys_text("ctrl+p,colon") == "^p :"
    for key in ALL_KEYS.values():
        for name in key.keys.split(","):
            assert key_name(name) == name


def test_it_is_known_of_every_key_whether_it_is_about_a_row() -> None:
    """So that no key acts on a row that is left for another at that moment."""
    needs = {key.needs: key.acts_on_row for key in ALL_KEYS.values()}
    assert {need for need, of_row in needs.items() if not of_row} == {
        "", "asks", "files", "frozen", "kinds", "report", "round",
    }  # fmt: skip
