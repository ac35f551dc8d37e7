"""`rectify import`: what it shows, asks, writes and leaves alone."""

from __future__ import annotations

import csv
import json
import os
import sys
from pathlib import Path

import openpyxl
import pytest

import rectify_tui
from rectify_tui.cli.progress import Bar
from rectify_tui.domain.text import width
from rectify_tui.i18n import Language

ROOT = Path(rectify_tui.__file__).parent.parent
HEAD = ("序号", "具体问题", "责任地区", "整改状态")
GOOD = (("61", "污水直排", "大庆市", "已完成"), ("1", "", "", "未完成"))
BAD = ("62", "扬尘", "火星", "不明")


@pytest.fixture(autouse=True)
def config(monkeypatch, tmp_path):
    folder = tmp_path / "config"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    return folder


@pytest.fixture
def file(tmp_path):
    def write(*rows, name="台账.csv", head=HEAD):
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([head, *rows])
        return str(path)

    return write


PROGRAMME = ("--programme", "HLJ-2018", "--without", "deadline")


def items(rectify):
    return {row["ref"]: row["status"] for row in rectify.rows("item", "list", "programme:HLJ-2018")}


def test_it_says_what_it_came_to(rectify, file):
    result = rectify("import", file(*GOOD), *PROGRAMME, lang="zh")
    assert result.stdout.splitlines() == [
        "读入 2 行 ＝ 收入 2 行 ＋ 退回 0 行。",
        "收入的行：新增 1，改动 1，无变化 0。",
        "这是第 3 批，撤销：rectify undo 3。",
    ]
    assert "整改任务 2 行，各列和前几行读作" in result.stderr
    assert items(rectify)["HLJ-2018/1"] == "not_completed"
    again = rectify("import", file(*GOOD), *PROGRAMME).stdout
    assert "The ledger agrees with it; nothing was written." in again
    rectify("undo", "3")
    assert "HLJ-2018/61" not in items(rectify)


def test_what_is_rejected_goes_beside_the_file_once_and_what_was_saved_stays(
    rectify, file, tmp_path
):
    path = file(*GOOD, BAD)
    result = rectify("import", path, *PROGRAMME, code=1)
    assert result.stdout.startswith("3 rows read = 2 taken + 1 rejected.\n")
    assert "row 4, column C “责任地区”: There is no region “火星”." in result.stderr
    assert "row 4, column D “整改状态”: Unknown status “不明”." in result.stderr
    rejects = tmp_path / "台账-refused.xlsx"
    sheet = openpyxl.load_workbook(rejects).worksheets[0]
    assert [cell.value for cell in sheet[2]][2:] == list(BAD)
    before = rejects.read_bytes()
    rectify("import", path, *PROGRAMME, code=1)
    assert rejects.read_bytes() == before
    second = tmp_path / "台账-refused (2).xlsx"
    assert not second.exists()  # the same lines of the same file
    openpyxl.load_workbook(rejects).save(rejects)
    mine = rejects.read_bytes()
    rectify("import", file(*GOOD, BAD, BAD), *PROGRAMME, code=1)
    assert rejects.read_bytes() == mine
    assert second.exists()
    rectify("import", path, *PROGRAMME, code=1, lang="zh")
    assert (tmp_path / "台账-退回.xlsx").exists()


def test_many_rejected_rows_are_not_all_told(rectify, file):
    rows = [(str(n), "污水", "", "不明") for n in range(61, 81)]
    told = rectify("import", file(*rows), *PROGRAMME, code=1).stderr
    assert told.count("Unknown status") == 5
    assert "15 more rows are rejected." in told


def test_a_trial_writes_nothing_and_counts_everything(rectify, file, tmp_path, config):
    before = rectify.db.read_bytes()
    result = rectify(
        "import", file(*GOOD, BAD, ("合计", "", "", "")), *PROGRAMME, "--dry-run", code=1, lang="zh"
    )
    assert result.stdout.splitlines() == [
        "读入 3 行 ＝ 收入 2 行 ＋ 退回 1 行。",
        "收入的行：新增 1，改动 1，无变化 0。",
        "另外跳过 1 行（合计行）。",
        "试读，没有写入台账。",
    ]
    assert rectify.db.read_bytes() == before
    assert [path.name for path in tmp_path.glob("*.xlsx")] == []
    assert not config.exists()
    rectify("import", file(*GOOD), *PROGRAMME, "--dry-run")


def test_a_trial_writes_rejects_where_it_is_told_to(rectify, file, tmp_path):
    target = tmp_path / "out.xlsx"
    rectify(
        "import", file(BAD), *PROGRAMME, "--dry-run", "--rejects", str(target), code=1
    )  # fmt: skip
    assert target.exists()


def test_for_programs_there_is_one_row(rectify, file):
    result = rectify("import", file(*GOOD, BAD), *PROGRAMME, "--format", "json", code=1)
    (row,) = json.loads(result.stdout)
    assert {name: row[name] for name in row if name != "rejects"} == {
        "batch": 3, "read": 3, "taken": 2, "added": 1, "changed": 1, "unchanged": 0,
        "rejected": 1, "skipped": 0,
    }  # fmt: skip
    assert [each["row"] for each in row["rejects"]] == [4]
    assert "火星" in row["rejects"][0]["reason"]


def test_who_why_and_from_when(rectify, file):
    words = ("--on", "2020-02-28", "--who", "王工", "--reason", "补录")
    rectify("import", file(*GOOD), *PROGRAMME, *words)
    (batch,) = rectify.rows("log", "--limit", "1")
    assert (batch["on_behalf"], batch["reason"], batch["kind"]) == ("王工", "补录", "import")
    (item,) = rectify.rows("item", "show", "HLJ-2018/61")
    assert item["since"] == "2020-02-28"


def test_kinds_and_places(rectify, file):
    path = file(("D1", "异味", "矿区", "未办结"), head=("受理编号", "信访内容", "地区", "办理状态"))
    rectify("import", path, "--kind", "cases", *PROGRAMME, "--under", "阳泉市")
    (case,) = rectify.rows("case", "list", "D1")
    assert case["status"] == "open"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "Name the programme with --programme. There are HLJ-2016"),
        (("--programme", "NO"), "There is no programme NO"),
        ((*PROGRAMME, "--under", "火星"), "There is no region “火星”"),
        ((*PROGRAMME, "--on", "2099-01-01"), "is after today"),
        ((*PROGRAMME, "--sheet", "另一张"), "另一张"),
        ((*PROGRAMME, "--kind", "figures"), "figure"),
        ((*PROGRAMME, "--map", "/nowhere/map.toml"), "/nowhere/map.toml"),
        ((*PROGRAMME, "--rejects", "out.csv"), "Rejected rows go into an .xlsx file"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_written(rectify, file, words, told):
    before = rectify.db.read_bytes()
    assert told in rectify.refused("import", file(*GOOD), *words, code=2)
    assert rectify.db.read_bytes() == before


def test_a_missing_file_and_a_workbook_that_exists(rectify, file, tmp_path):
    assert "nothing.xlsx" in rectify.refused("import", "nothing.xlsx", *PROGRAMME, code=2)
    there = tmp_path / "there.xlsx"
    there.write_bytes(b"mine")
    told = rectify.refused(
        "import", file(*GOOD), *PROGRAMME, "--rejects", str(there), code=2
    )  # fmt: skip
    assert "not overwritten" in told
    assert there.read_bytes() == b"mine"


@pytest.mark.skipif(os.name != "posix" or not os.geteuid(), reason="root may write anywhere")
def test_a_folder_without_a_place_for_rejects(rectify, file, tmp_path):
    path = Path(file(BAD))
    folder = tmp_path / "locked"
    folder.mkdir()
    path = path.rename(folder / path.name)
    folder.chmod(0o500)
    try:
        told = rectify.refused("import", str(path), *PROGRAMME, code=2)
    finally:
        folder.chmod(0o700)
    assert "Name one with --rejects" in told


# --- on a terminal ---


@pytest.fixture
def terminal(rectify, tmp_path, config):
    pexpect = pytest.importorskip("pexpect")
    started = []

    def start(*words, cells=100):
        environment = {
            "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TERM": "xterm-256color",
            "LANG": "C.UTF-8", "RECTIFY_LANG": "zh", "RECTIFY_DB": str(rectify.db),
            "XDG_CONFIG_HOME": str(config), "TMPDIR": str(tmp_path),
        }  # fmt: skip
        child = pexpect.spawn(
            sys.executable, ["-m", "rectify_tui", *words], env=environment, encoding="utf-8",
            dimensions=(40, cells), timeout=60,
        )  # fmt: skip
        started.append(child)
        return child

    yield start
    for child in started:
        child.close(force=True)


def finish(child, code):
    import pexpect

    child.expect(pexpect.EOF)
    child.close()
    assert (child.exitstatus, child.signalstatus) == (code, None), child.before
    return child.before


def test_a_person_is_asked(terminal, rectify, file):
    path = file(*GOOD)
    child = terminal("import", path, "--programme", "HLJ-2018")
    child.expect(r"注意：表里没有整改时限一列[^$]*没有上述各列，仍要导入？ \[y/N\]")
    assert max(map(width, child.before.splitlines())) <= 100
    child.sendline("n")
    assert "已取消" in finish(child, 130)
    assert "HLJ-2018/61" not in items(rectify)
    child = terminal("import", path, *PROGRAMME)
    child.expect("按此导入？")
    child.sendline("y")
    assert "读入 2 行" in finish(child, 0)
    assert "HLJ-2018/61" in items(rectify)


def test_a_person_who_said_yes_is_not(terminal, file):
    assert "按此导入" not in finish(terminal("import", file(*GOOD), *PROGRAMME, "--yes"), 0)


@pytest.mark.journeys
def test_stopping_leaves_the_store_as_it_was(terminal, rectify, file):
    rows = ((f"N{n}", f"第{n}号问题", "大庆市", "未完成") for n in range(40_000))
    before = rectify("log", "--format", "json").stdout
    child = terminal("import", file(*rows), *PROGRAMME, "--yes", "--ascii")
    child.expect(r"读取 \[[#.]{24}\] [\d,]+/40,000 行，还需 \d+:\d\d")
    child.sendintr()
    told = finish(child, 130)
    assert "已停止，台账没有变。" in told
    assert "已取消" in told
    assert rectify("log", "--format", "json").stdout == before
    rectify("check")


class _Terminal:
    def __init__(self):
        self.written = ""

    def isatty(self):
        return True

    def write(self, text):
        self.written += text

    def flush(self):
        pass


def watched(monkeypatch):
    stream = _Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    return stream


def test_short_work_shows_no_bar(monkeypatch):
    stderr = watched(monkeypatch)
    now = [0.0]
    bar = Bar(Language("zh"), clock=lambda: now[0])
    bar.start("rows", 100)
    for _ in range(9):
        now[0] += 0.1
        bar.advance(10)
    bar.finish()
    assert stderr.written == ""


def test_the_bar_tells_rows_and_time_left(monkeypatch):
    stderr = watched(monkeypatch)
    now = [0.0]
    bar = Bar(Language("en"), ascii=True, clock=lambda: now[0])
    bar.start("rows", 100_000)
    now[0] = 30.0
    bar.advance(25_000)
    bar.start("writing", 0)
    bar.finish()
    first, second, wiped = stderr.written.split("\r\x1b[K")[1:]
    assert first == "reading [######..................] 25,000/100,000 rows, 1:30 left"
    assert (second, wiped) == ("writing...", "")
