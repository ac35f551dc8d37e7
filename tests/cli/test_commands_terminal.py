"""Commands on a real terminal: what fits is shown, what is missing is offered."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

import rectify_tui
from rectify_tui.domain.text import width

pytestmark = pytest.mark.journeys

pexpect = pytest.importorskip("pexpect")

ROOT = Path(rectify_tui.__file__).parent.parent


@pytest.fixture
def terminal(rectify, tmp_path):
    """Start the program on a pseudo-terminal so many cells wide."""
    started = []

    def start(*words, cells=80, lang="zh"):
        environment = {
            "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TERM": "xterm-256color",
            "LANG": "C.UTF-8", "RECTIFY_LANG": lang, "RECTIFY_DB": str(rectify.db),
            "XDG_CONFIG_HOME": str(tmp_path / "config"), "TMPDIR": str(tmp_path),
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
        }  # fmt: skip
        child = pexpect.spawn(
            sys.executable, ["-m", "rectify_tui", *words], env=environment, encoding="utf-8",
            dimensions=(30, cells), timeout=30,
        )  # fmt: skip
        started.append(child)
        return child

    yield start
    for child in started:
        child.close(force=True)


def finish(child, code=0):
    """Everything printed from here on, as lines."""
    child.expect(pexpect.EOF)
    child.close()
    assert (child.exitstatus, child.signalstatus) == (code, None), child.before
    return child.before.splitlines()


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (80, ("滞后",)),
        (140, ("未启",)),
        (200, ("未达序时进度", "黑龙江省2016年中央环保督察整改方案")),
    ],
)
def test_the_rollup_fits(terminal, cells, words):
    lines = finish(terminal("rollup", "--as-of", "2019-12-31", cells=cells))
    assert max(map(width, lines)) <= cells
    text = "\n".join(lines)
    assert all(word in text for word in (*words, "SX-2019-PROJECTS"))
    assert ("按四组显示" in text) == (cells == 80)


def test_the_rollup_by_place_fits(terminal):
    lines = finish(terminal("rollup", "--by", "city", lang="en"))
    assert max(map(width, lines[:8])) <= 80
    assert any(line.startswith("Shanxi") for line in lines)


def test_a_long_list_stops_after_a_screenful(terminal, rectify):
    lines = finish(terminal("item", "list"))
    assert "显示前 200 项，共 9049 项。" in lines
    assert len(lines) < 210
    assert max(map(width, lines)) <= 80
    assert not any("…" in line.split()[0] for line in lines if line)
    lines = finish(terminal("item", "list", "--format", "csv"))
    assert len([line for line in lines if line]) == 9050


def test_a_long_log_stops_after_a_screenful(terminal):
    assert "只显示 50 行，用 --limit 增加行数。" in finish(terminal("log", "--batch", "2"))
    assert not any("只显示" in line for line in finish(terminal("log")))


def test_a_sheet_cuts_nothing(terminal, rectify):
    problem = "大庆市某企业厂区雨水口直排，" * 12
    rectify("item", "set", "HLJ-2018/1", "--problem", problem)
    lines = finish(terminal("item", "show", "HLJ-2018/1"))
    sheet = lines[: lines.index("HLJ-2018/1 变更记录")]
    assert max(map(width, sheet)) <= 80
    shown = "".join(line.removeprefix("问题").strip() for line in sheet)
    assert problem in shown


def test_a_missing_store_is_offered(terminal, rectify):
    rectify.db.unlink()
    child = terminal()
    child.expect("还是退出（q）？")
    child.sendline("nonsense")
    child.expect("还是退出（q）？")
    child.sendline("q")
    finish(child)
    assert not rectify.db.exists()


def test_other_commands_offer_nothing(terminal, rectify):
    rectify.db.unlink()
    assert "没有台账文件" in "".join(finish(terminal("item", "list"), code=2))


def test_filling_says_how_far_it_is(terminal, rectify):
    rectify.db.unlink()
    child = terminal("init", "--national", "--items", "20000")
    child.expect(r"已生成 \d+ / 104 周的历史，每秒 [\d.]+ 周，还需 \d+:\d\d")
    child.sendintr()
    finish(child, code=130)
    assert not rectify.db.exists()


KEYS = "帮助"
"""Of the line of keys, which comes with the first whole screen; the greeting has no such words."""


def quit_dashboard(child, holds=lambda: True):
    """Wait for the dashboard, see that something holds, and leave with its key."""
    child.expect(KEYS)
    assert holds()
    child.send("q")
    finish(child)


@pytest.mark.parametrize("answer", ["e", "s"])
def test_the_dashboard_opens_on_a_store_made_on_the_spot(terminal, rectify, answer):
    rectify.db.unlink()
    child = terminal(cells=120)
    child.expect("还是退出（q）？")
    child.sendline(answer)
    quit_dashboard(child)
    assert len(rectify.rows("item", "list")) == (9049 if answer == "s" else 0)


def test_the_demo_opens_the_dashboard_and_leaves_nothing(terminal, tmp_path):
    child = terminal("demo", cells=120)
    quit_dashboard(child, lambda: list(tmp_path.glob("rectify-demo-*")))
    assert not list(tmp_path.glob("rectify-demo-*"))


def test_a_demo_that_is_told_to_stop_leaves_nothing(terminal, tmp_path):
    child = terminal("demo", cells=120)
    child.expect(KEYS)
    child.kill(signal.SIGTERM)
    child.expect(r"\x1b\[\?1049l")
    finish(child)
    assert not list(tmp_path.glob("rectify-demo-*"))
