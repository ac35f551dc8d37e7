"""Journeys through the real program in a real pseudo-terminal."""

from __future__ import annotations

import sqlite3

import pytest
from terminal import terminal

LEFT_ALONE = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?2004l")
"""Back from the other screen, cursor shown, mouse and pasting no longer reported."""


def batches(store):
    connection = sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)
    try:
        return [kind for (kind,) in connection.execute("SELECT kind FROM batch ORDER BY id")]
    finally:
        connection.close()


def underlined(at):
    """The lines in which one types."""
    buffer, columns = at.screen.buffer, range(at.screen.columns)
    return [
        line for y, line in enumerate(at.lines) if any(buffer[y][x].underscore for x in columns)
    ]


def left_as_found(at):
    before, after = at.settings()
    assert before == after
    assert b"echo" in after
    end = at.written.rpartition(b"\x1b[?1049h")[2]
    assert all(sequence in end for sequence in LEFT_ALONE)


def test_demo_set_a_status_undo_and_leave(tmp_path):
    with terminal(tmp_path, "--lang", "zh", "demo") as at:
        at.sees("总览 · 按省")
        at.sees("黑龙江省")
        assert "演示" in at.lines[0]
        at.send("2")
        at.sees("HLJ-2016/1 ")
        at.send("s6\r")
        at.sees("! 未达序时")
        at.sees("按 u 撤销")
        at.send("u")
        at.sees("已撤销第 3 批：HLJ-2016/1")
        at.until(lambda: "✓ 已完成" in at.lines[3])
        at.send("q")
        assert at.ends() == 0
        left_as_found(at)
    (kept,) = tmp_path.rglob("*.db")  # which the next start of the week opens
    assert kept.match(".cache/rectify-tui/demo-*.db")


@pytest.mark.journeys
def test_all_that_is_typed_in_one_go_is_done_and_told(tmp_path, store):
    with terminal(tmp_path, "--db", str(store), "--lang", "zh", "--home") as at:
        at.sees("总览 · 按省")
        at.send("2s6\rjs6\r")
        at.sees("已改 HLJ-2016/2（状态")
        at.send("us\t2020-01-0\x7f")
        at.sees("生效日期             2020-01-")
        at.send("\x1b")
        at.until(lambda: "生效日期" not in at.text)
        at.send("q")
        assert at.ends() == 0
    assert batches(store)[2:] == ["set", "set", "undo"]


@pytest.mark.journeys
def test_chinese_typed_as_bytes_filters_and_is_written(tmp_path, store):
    with terminal(tmp_path, "--db", str(store), "--lang", "zh") as at:
        at.sees("总览 · 按省")
        at.send("2")
        at.sees("HLJ-2016/1 ")
        at.send("/")
        at.until(lambda: at.screen.cursor.y == 1)
        for character in "地区:大庆":
            at.send(character.encode())
        at.sees("地区:大庆")
        at.sees("/ 5 行")
        at.send("\r")
        at.send("e")
        at.sees("编辑 DQ-DALONGHUPAO")
        at.until(lambda: "区内经营已停" in at.text.split("编辑")[1])
        at.until(lambda: underlined(at) and "原因" in at.text)
        while not any("备注" in line for line in underlined(at)):
            before = underlined(at)
            at.send("\t")
            at.until(lambda before=before: underlined(at) not in ([], before))
        at.send("水源已更换".encode())
        at.sees("水源已更换")
        at.send("\r")
        at.sees("已改 DQ-DALONGHUPAO/1（备注")
        at.sees("按 u 撤销")
        at.send("q")
        assert at.ends() == 0
    assert batches(store)[-1] == "set"
    connection = sqlite3.connect(store)
    (found,) = connection.execute(
        "SELECT new FROM history WHERE field = 'note' ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    connection.close()
    assert found.endswith('水源已更换"')


@pytest.mark.journeys
def test_ctrl_c_says_how_to_leave_and_harms_nothing(tmp_path, store):
    with terminal(tmp_path, "--db", str(store), "--lang", "en", "--ascii") as at:
        at.sees("Overview | by province")
        at.send("\x03")
        at.sees("q leaves.")
        assert at.text.isascii()
        at.send("2")
        at.sees("HLJ-2016/1 ")
        at.send("s")
        at.sees("Set the status of 1 item")
        at.send("\x03\x1b")
        at.until(lambda: "Set the status" not in at.text)
        at.send("q")
        assert at.ends() == 0
        left_as_found(at)
    assert batches(store) == ["regions", "seed"]


@pytest.mark.journeys
@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"TERM": "vt100"}])
def test_terminals_with_little_to_offer(tmp_path, store, environ):
    with terminal(tmp_path, "--db", str(store), size=(40, 12), **environ) as at:
        at.sees("Shanxi")
        at.send("jj")
        at.send("\r")
        at.sees("Heilongjiang")
        at.send("q")
        assert at.ends() == 0


@pytest.mark.journeys
@pytest.mark.parametrize("answer", ["\x1b[1;3R", ""])
def test_a_terminal_that_draws_wide_or_says_nothing_gets_ascii(tmp_path, store, answer):
    with terminal(tmp_path, "--db", str(store), "--lang", "en", answer=answer) as at:
        at.sees("Overview | by province")
        at.sees("Heilongjiang")
        assert at.lines[1].isascii()
        at.send("q")
        assert at.ends() == 0
        left_as_found(at)


@pytest.mark.journeys
def test_a_key_map_of_the_users_own(tmp_path, store):
    folder = tmp_path / "config" / "rectify-tui"
    folder.mkdir(parents=True)
    (folder / "keys.toml").write_text('[app]\nquit = "0"\n', "utf-8")
    with terminal(tmp_path, "--db", str(store), "--lang", "zh") as at:
        at.sees("0 退出")
        at.send("q2")
        at.sees("HLJ-2016/1 ")
        at.send("0")
        assert at.ends() == 0
