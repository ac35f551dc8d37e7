"""The intake desk: files dropped in, each cell before and after, taken, written, undone."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path
from unicodedata import east_asian_width

import openpyxl
import pytest
from desk import HOSTILE, LARGE, SMALL, batches, desk, put, status
from moving_clock import Clock
from returned import fill, send
from source import PACKAGE, modules, said
from textual import events
from textual.widgets import Input, OptionList

from rectify_tui.domain.text import width
from rectify_tui.i18n import Language
from rectify_tui.intake.model import Verdict
from rectify_tui.intake.returns.status import return_status
from rectify_tui.store.ledger import Ledger

pytestmark = pytest.mark.journeys

TOPICS = PACKAGE / "i18n" / "messages"
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")

FILLED = {
    "HLJ/1": {"status": "已完成", "progress": 100, "on": "2020-03-05", "note": "水源已换"},
    "HLJ/4": {"progress": 1},
    "HLJ/5": {"status": "搞完了"},
    "HLJ/8": {"gone": True},
    "HLJ/10": {"reason": "资金未到位"},
}


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture(scope="session")
def sent(office_store: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A closed store from which a return was sent, and the return, filled in."""
    folder = tmp_path_factory.mktemp("sent")
    store = shutil.copy(office_store, folder / "office.db")
    ledger = Ledger(store, clock=Clock())
    path = fill(send(ledger, folder / "returns"), FILLED)
    ledger.close()
    return store, path


@pytest.fixture
def returned(sent: tuple[Path, Path], office: Ledger, tmp_path: Path) -> Path:
    """A return of Daqing: two clean lines, one suspicious, one unreadable, one row missing.

    It was sent from the office's store.
    """
    store, path = sent
    office.close()
    shutil.copy(store, office.address)
    (tmp_path / "returns").mkdir()
    return Path(shutil.copy(path, tmp_path / "returns"))


async def drop(at, *paths: Path) -> None:
    """Drop files on the terminal, which types their names."""
    text = " ".join(f"'{path}'" for path in paths)
    at.view.focused.post_message(events.Paste(text))
    await at.settle()
    await at.until(lambda: not at.view.reader.busy)


async def opened(at, *paths: Path) -> None:
    """Go to the desk and drop files on it."""
    await at.press("5")
    await drop(at, *paths)


def rows(at) -> list[list[str]]:
    """The lines on the screen: sign, mark and the rest, cell by cell."""
    source = at.view.pane.loaded
    names = ("sign", "take", "ref", "field", "before", "after", "why")
    found = source.rows(0, source.count())
    texts = [[row.cells.get(name, "") for name in names] for row in found]
    return [[getattr(cell, "text", cell) for cell in row] for row in texts]


def file_row(at, key: int = 1) -> dict[str, str]:
    """A row of the list of files."""
    row = next(at.view.pane.files.row(i) for i in range(9) if _is(at, i, key))
    return {name: getattr(cell, "text", cell) for name, cell in row.cells.items()}


def _is(at, index: int, key: int) -> bool:
    row = at.view.pane.files.row(index)
    return row is not None and row.key == key


async def go_to(at, ref: str) -> None:
    """Put the cursor on the first row of a line."""
    at.table.go([row[2] for row in rows(at)].index(ref))
    await at.settle()


def taken(at) -> set[str]:
    return {row[2] for row in rows(at) if row[1] == "[x]"}


def value(ledger: Ledger, ref: str, field: str) -> object:
    code, _, number = ref.partition("/")
    found = ledger.reader().execute(
        f"SELECT {field} FROM item JOIN programme p ON p.id = programme_id"
        " WHERE p.code = ? AND number = ?",
        [code, number],
    )
    return found.fetchone()[0]


# Opening


async def test_an_empty_desk_says_how_to_begin(office):
    async with desk(office) as at:
        await at.press("5")
        assert "按 a 打开回报表" in at.text()
        assert "按 F 盯住一个文件夹" in at.text()
        await at.press(
            "space", "A", "asterisk", "w", "delete", "b", "i", "n", "d", "t", "enter", "j"
        )
        assert at.dialog is None
        assert at.app.return_code is None


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_each_changed_cell_stands_there_before_and_after(office, returned, size):
    async with desk(office, size) as at:
        await at.press("5", "a")
        assert at.dialog == "OpenDialog"
        await at.type(str(returned))
        await at.press("enter")
        await at.until(lambda: not at.view.reader.busy and at.table.total == 8)
        assert at.dialog is None
        assert rows(at) == [
            ["?", "[ ]", "HLJ/4", "进度", "4%", "1%", "进度下降"],
            ["✗", "[-]", "HLJ/5", "状态", "", "搞完了", "状态读不出"],
            ["?", "[-]", "HLJ/8", "", "", "", "缺这一行"],
            ["✓", "[x]", "HLJ/1", "状态", "按序时进度推进", "已完成", ""],
            ["", "", "HLJ/1", "进度", "1%", "100%", ""],
            ["", "", "HLJ/1", "备注", "—", "水源已换", ""],
            ["", "", "HLJ/1", "生效日", "2020-01-10", "2020-03-05", ""],
            ["✓", "[x]", "HLJ/10", "滞后原因", "—", "资金未到位", ""],
        ]
        assert file_row(at) == {
            "file": "大庆市", "sent": "03-06", "came": "", "kind": "回报", "taken": "2",
            "clean": "2", "conflict": "·", "suspicious": "2", "unreadable": "1",
            "unchanged": "28", "remark": "待核 3",
        }  # fmt: skip
        assert "采纳 2/5 · 存疑 2 · 读不出 1" in at.notice
        assert returned.name[:3] in at.lines()[0]


async def test_the_details_name_sheet_row_and_column_and_say_what_is_wrong(office, returned):
    async with desk(office, LARGE) as at:
        await opened(at, returned)
        await go_to(at, "HLJ/5")
        page = str(at.view.query_one("#detail").content)
        assert "[-] ✗ 读不出" in page
        assert "“回报表” 第 8 行" in page
        assert "H 列“进度状态”：“搞完了”不是可用的状态" in page.replace("\n", "")
        await go_to(at, "HLJ/1")
        page = str(at.view.query_one("#detail").content)
        assert "状态：按序时进度推进 → 已完成" in page
        assert "备注：— → 水源已换" in page
        await at.press("shift+tab")
        assert at.view.pane.files.has_focus
        page = str(at.view.query_one("#detail").content)
        assert str(returned.parent) in page.replace("\n", "")
        assert "回报表 · 工作表“回报表”" in page


async def test_what_is_unchanged_is_shown_when_asked_for(office, returned):
    async with desk(office) as at:
        await opened(at, returned)
        n, unchanged = at.table.total, int(file_row(at)["unchanged"])
        await at.press("t")
        assert at.table.total == n + unchanged > n
        assert any(row[:2] == ["=", ""] for row in rows(at))
        await go_to(at, "HLJ/2")
        await at.press("space")
        assert "与台账一致" in at.notice
        await at.press("t")
        assert at.table.total == n


@pytest.mark.parametrize("typed", ["/no/such/file.xlsx", "", "{folder}"])
async def test_what_cannot_be_opened_is_told_in_the_dialog(office, tmp_path, typed):
    (tmp_path / "empty").mkdir()
    async with desk(office) as at:
        await at.press("5", "a")
        await at.type(typed.format(folder=tmp_path / "empty"))
        await at.press("enter")
        await at.until(lambda: at.complaint)
        assert at.complaint.startswith("! ")
        assert at.dialog == "OpenDialog"
        await at.press("escape")
        assert len(at.view.workspace) == 0


async def test_tab_completes_a_path(office, returned):
    async with desk(office) as at:
        await at.press("5", "a")
        await at.type(f"{returned.parent}/{returned.name[:2]}")
        await at.press("tab")
        assert at.app.screen.value("path") == str(returned)
        await at.press("tab", "enter")
        await at.until(lambda: at.table.total)
        await at.press("a")
        assert at.app.screen.value("path") == f"{returned.parent}/"
        await at.type("x")
        assert at.app.screen.value("path") == "x"
        await at.press("tab")
        assert "没有这样开头" in at.text()


async def test_a_folder_brings_all_its_files_and_one_is_shown_after_the_other(office, tmp_path):
    first = send(office, tmp_path / "returns")
    fill(first, {"HLJ/10": {"reason": "资金未到位"}})
    other = fill(send(office, tmp_path / "returns", "SX-2019-OUTFALLS"), {})
    (first.parent / "扫描件.pdf").write_bytes(b"%PDF")
    async with desk(office) as at:
        await opened(at, first.parent)
        assert len(at.view.workspace) >= 2
        assert "全部" in at.lines()[0]
        assert "1 个不是表格的文件，没有读取：扫描件.pdf" in at.notice
        await at.press("n")
        keys = [key for key in at.view.pane.files.source.keys if key > 0]
        names = [at.view.workspace.files[key].name for key in keys]
        assert names[0][:3] in at.lines()[0]
        for _ in names:
            await at.press("n")
        assert "全部" in at.lines()[0]
        await at.press("shift+tab", "j", "j")
        assert names[1][:3] in at.lines()[0]
        n = len(at.view.workspace)
        await at.press("delete")
        assert len(at.view.workspace) == n - 1
        assert "已撤下" in at.notice
        assert other.exists()


async def test_junk_is_told_and_harms_nothing(office, tmp_path, returned):
    junk, broken = tmp_path / "junk.csv", tmp_path / "broken.xlsx"
    junk.write_text("a,b\n1,2\n")
    broken.write_bytes(b"PK\x03\x04 nothing")
    async with desk(office, LARGE) as at:
        await opened(at, junk, broken, returned)
        assert taken(at) == {"HLJ/1", "HLJ/10"}
        assert file_row(at, 1)["remark"]
        assert file_row(at, 2)["remark"]
        await at.press("n")
        assert "没有找到表头" in at.text()
        await at.press("shift+tab")
        assert "✗ " in str(at.view.query_one("#detail").content)


# Deciding


async def test_space_takes_and_refuses_a_line_and_goes_on_to_the_next(office, returned):
    async with desk(office) as at:
        await opened(at, returned)
        await at.press("space")
        assert taken(at) == {"HLJ/1", "HLJ/10", "HLJ/4"}
        assert rows(at)[at.table.cursor_index][2] == "HLJ/5"
        await at.press("space")
        assert "读不出，不能采纳" in at.notice
        await go_to(at, "HLJ/1")
        await at.press("j", "space")
        assert taken(at) == {"HLJ/10", "HLJ/4"}
        assert rows(at)[at.table.cursor_index][2] == "HLJ/10"
        assert file_row(at)["taken"] == "2"
        await go_to(at, "HLJ/8")
        await at.press("space")
        assert "没有可写的内容" in at.notice


async def test_a_whole_file_goes_from_clean_to_all_to_none(office, returned):
    async with desk(office) as at:
        await opened(at, returned)
        await at.press("A")
        assert taken(at) == {"HLJ/1", "HLJ/10", "HLJ/4"}
        assert "采纳 3/3 行（存疑 1）" in at.notice
        await at.press("A")
        assert taken(at) == set()
        await at.press("A")
        assert taken(at) == {"HLJ/1", "HLJ/10"}


async def test_only_what_is_found_is_decided_about(office, returned):
    async with desk(office) as at:
        await opened(at, returned)
        await at.press("slash")
        await at.type("hlj/10")
        await at.until(lambda: at.table.total == 1)
        await at.press("enter", "A")
        assert taken(at) == set()
        await at.press("escape")
        assert taken(at) == {"HLJ/1"}
        await at.press("slash")
        await at.type("水源已换")
        await at.until(lambda: at.table.total == 4)
        await at.type("没有")
        await at.until(lambda: "没有符合的行" in at.text())
        await at.press("escape", "escape")
        assert at.table.total == 8


async def test_a_rule_decides_about_every_line_that_meets_it(office, returned):
    async with desk(office) as at:
        await opened(at, returned)
        await at.press("asterisk")
        assert at.dialog == "ChoiceDialog"
        shown = [str(each.prompt) for each in at.app.screen.query_one(OptionList).options]
        assert shown == [
            "1 [x] ✓ 凡可采纳的，2 行", "2 [ ] ? 凡存疑的，1 行", "3 [ ] ? 进度下降，1 行",
        ]  # fmt: skip
        await at.press("3", "enter")
        assert "已采纳“进度下降”1 行" in at.notice
        assert taken(at) == {"HLJ/1", "HLJ/10", "HLJ/4"}
        await at.press("asterisk", "1", "enter")
        assert taken(at) == {"HLJ/4"}
        assert "已不采纳“可采纳”2 行" in at.notice


async def test_two_files_that_contradict_one_another(office, returned, tmp_path):
    other = fill(returned, {"HLJ/10": {"reason": "征地未完成"}}, tmp_path / "other.xlsx")
    async with desk(office) as at:
        await opened(at, returned, other)
        assert [row[6] for row in rows(at) if row[2] == "HLJ/10"] == ["两份不一致"] * 2
        await go_to(at, "HLJ/10")
        await at.press("space")
        marks = [row[1] for row in rows(at) if row[2] == "HLJ/10"]
        assert marks == ["[x]", "[ ]"]
        await at.press("n", "n")
        await go_to(at, "HLJ/10")
        await at.press("space")
        assert "说法不同" in at.notice
        await at.press("n")
        assert [row[1] for row in rows(at) if row[2] == "HLJ/10"] == ["[ ]", "[x]"]


# Writing


async def test_what_is_taken_is_written_as_one_batch_and_undone_by_a_key(office, returned):
    async with desk(office) as at:
        await opened(at, returned)
        await at.press("space", "w")
        assert at.dialog == "ApplyDialog"
        text = at.text()
        assert "把 1 份文件的 3 行写入台账" in text
        assert "可采纳 2、存疑 1" in text
        assert "不采纳 2 行" in text
        at.app.screen.query_one("#reason", Input).value = "第十周"
        await at.press("enter")
        await at.until(lambda: at.dialog is None and not at.view.reader.busy)
        (batch,) = batches(office)[-1:]
        assert batch[1:] == ("return", 3)
        assert at.notice == f"✓ 已写入 3 行。第 {batch[0]} 批，按 u 撤销。"
        assert (value(office, "HLJ/1", "status"), value(office, "HLJ/1", "progress")) == (
            "completed", 100,
        )  # fmt: skip
        assert value(office, "HLJ/1", "status_on") == "2020-03-05"
        assert value(office, "HLJ/10", "reason") == "资金未到位"
        assert value(office, "HLJ/4", "progress") == 1
        assert {row[2] for row in rows(at)} == {"HLJ/5", "HLJ/8"}
        assert file_row(at)["remark"] == "已收，余 2 行"
        await at.press("u")
        await at.until(lambda: not at.view.reader.busy and at.table.total == 8)
        assert value(office, "HLJ/1", "status") == "on_schedule"
        assert taken(at) == {"HLJ/1", "HLJ/10", "HLJ/4"}


async def test_leaving_with_lines_taken_and_not_written_asks(office, returned):
    async with desk(office) as at:
        await opened(at, returned)
        n = at.view.workspace.tally(at.view.workspace.chosen()).total()
        await at.press("1", "q")
        assert at.dialog == "ChoiceDialog"
        assert f"1 份文件有 {n} 行已采纳、还没有写入台账" in at.app.screen.about
        await at.press("enter")
        assert at.dialog is None
        await at.press("5", "delete", "q")
        assert at.app.return_code == 0


async def test_what_is_refused_goes_into_a_workbook_beside_the_file(office, returned):
    async with desk(office) as at:
        await opened(at, returned)
        await at.press("w", "2", "enter")
        await at.until(lambda: at.dialog is None and not at.view.reader.busy)
        path = returned.with_name(f"{returned.stem}-退回.xlsx")
        assert path.name in at.notice
        (sheet,) = openpyxl.load_workbook(path).worksheets
        told = {row[2]: str(row[1]) for row in sheet.iter_rows(min_row=2, values_only=True)}
        assert set(told) == {"HLJ/4", "HLJ/5", "HLJ/8"}
        assert "搞完了" in told["HLJ/5"]
        assert not any(re.search("[a-z]+_[a-z]+", text) for text in told.values())
        await at.press("w", "enter")
        await at.until(lambda: at.dialog is None)
        assert len(list(returned.parent.glob("*退回*"))) == 1  # the same lines


async def test_a_return_that_says_nothing_is_noted_as_received(office, tmp_path):
    path = send(office, tmp_path / "returns")
    async with desk(office) as at:
        await opened(at, path)
        assert "没有要处理的行" in at.text()
        await at.press("w")
        assert "登记 1 份回报表已收到" in at.text()
        await at.press("enter")
        await at.until(lambda: at.dialog is None and not at.view.reader.busy)
        assert "已登记收到" in at.notice
        states = return_status(office.reader(), office.today())
        assert [each.state for each in states if each.file == path.name] == ["received"]
        await at.press("w")
        assert at.dialog is None
        assert "没有要写入的行" in at.notice


async def test_a_file_that_was_changed_after_it_was_opened_is_not_written(office, returned):
    async with desk(office) as at:
        await opened(at, returned)
        fill(returned, {"HLJ/10": {"reason": "另一个原因"}})
        await at.press("w", "enter")
        await at.until(lambda: at.complaint and not at.view.reader.busy)
        assert "打开之后又改过" in at.complaint
        assert value(office, "HLJ/1", "status") == "on_schedule"
        await at.press("escape")
        assert ["滞后原因", "—", "另一个原因"] in [row[3:6] for row in rows(at)]
        await at.press("w", "enter")
        await at.until(lambda: at.dialog is None and not at.view.reader.busy)
        assert value(office, "HLJ/10", "reason") == "另一个原因"


async def test_a_file_that_is_gone_is_told(office, returned):
    async with desk(office) as at:
        await opened(at, returned)
        returned.unlink()
        await at.press("w", "enter")
        await at.until(lambda: at.complaint)
        assert at.complaint.startswith("! ")
        await at.press("escape")
        assert taken(at) == {"HLJ/1", "HLJ/10"}


# What others do meanwhile


async def test_a_change_of_the_ledger_is_seen_and_decisions_stay(office, returned):
    async with desk(office) as at:
        await opened(at, returned)
        await at.press("space")
        await go_to(at, "HLJ/10")
        await at.press("space")
        assert taken(at) == {"HLJ/1", "HLJ/4"}
        put(office, "HLJ/1", note="别人写的")
        await at.until(lambda: "台账已另改" in at.text() and not at.view.reader.busy)
        assert taken(at) == {"HLJ/4"}
        line = next(row for row in rows(at) if row[2] == "HLJ/1")
        assert line[:3] == ["≠", "[ ]", "HLJ/1"]
        assert ["备注", "别人写的", "水源已换"] in [row[3:6] for row in rows(at)]
        await go_to(at, "HLJ/1")
        await at.press("space", "w")
        assert "盖过台账里后来的改动" in at.text()
        await at.press("enter")
        await at.until(lambda: at.dialog is None)
        assert value(office, "HLJ/1", "note") == "水源已换"


async def test_what_changes_between_the_question_and_the_answer_is_not_written(office, returned):
    async with desk(office) as at:
        await opened(at, returned)
        await at.press("w")
        put(office, "HLJ/1", status="behind")
        await at.press("enter")
        await at.until(lambda: at.dialog is None and not at.view.reader.busy)
        assert status(office, "HLJ/1") == "behind"
        assert value(office, "HLJ/10", "reason") == "资金未到位"
        assert "1 行没有写入" in at.notice


# Watching


async def test_files_that_come_into_a_folder_are_read_by_themselves(office, returned, tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    async with desk(office) as at:
        await at.press("5", "F")
        await at.type(str(folder))
        await at.press("enter")
        await at.until(lambda: at.view.reader.watching)
        assert "盯住" in at.notice
        whole = returned.read_bytes()
        path = folder / "大庆.xlsx"
        path.write_bytes(whole[: len(whole) // 2])
        path.write_bytes(whole)
        await at.until(lambda: at.table.total == 8)
        assert taken(at) == {"HLJ/1", "HLJ/10"}
        fill(path, {"HLJ/4": {"progress": 60}})
        await at.until(lambda: "HLJ/4" in taken(at))
        assert len(at.view.workspace) == 1
        await at.press("w", "2", "enter")
        await at.until(lambda: at.dialog is None and not at.view.reader.busy)
        assert len(list(folder.iterdir())) == 2
        await at.press("F")
        assert "不再盯住" in at.notice
        assert at.view.reader.watching is None
        assert len(at.view.workspace) == 1


async def test_a_folder_that_goes_away_is_told_once(office, tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    async with desk(office) as at:
        await at.press("5", "F")
        await at.type(str(folder))
        await at.press("enter")
        await at.until(lambda: at.view.reader.watching)
        folder.rmdir()
        await at.until(lambda: at.view.reader.watching is None)
        assert "不是文件夹" in at.notice


# Imports


LEDGER = """序号,问题,责任单位,整改时限,状态,进度,联系电话
1,大龙虎泡水源地旅游餐饮,第1水务局,2020年2月底前,已完成,100%,1
201,新的问题,省水利厅,2021年底前,未达序时进度,10%,2
202,又一个,省水利厅,2021年底前,不明,10%,3
合计,,,,,,
"""


async def test_a_ledger_from_elsewhere_is_imported_into_the_programme_that_is_chosen(
    office, tmp_path
):
    path = tmp_path / "台账.csv"
    path.write_text(LEDGER, "utf-8-sig")
    async with desk(office, LARGE) as at:
        await opened(at, path)
        assert at.dialog == "ChoiceDialog"
        assert "1 HLJ 黑龙江省整改方案" in at.text()
        await at.press("escape")
        assert "按 b 选一个" in at.text()
        await at.press("w")
        assert "没有要写入的行" in at.notice
        await at.press("b", "1", "enter")
        await at.until(lambda: not at.view.reader.busy and at.table.total)
        assert "没有地区列" in file_row(at)["remark"]
        await go_to(at, "HLJ/201")
        await at.press("space")
        assert "没有写明地区的新行计入方案所属的地区" in at.text()
        assert "仍要收入 1 条新记录？" in at.text()
        await at.press("escape")
        assert "HLJ/201" not in taken(at)
        await at.press("space", "2", "enter")
        shown = rows(at)
        assert shown[0][:4] == ["✗", "[-]", "HLJ/202", "状态"]
        assert shown[-1][:6] == ["✓", "[x]", "HLJ/201", "新增", "", "新的问题"]
        assert ["状态", "按序时进度推进", "已完成"] in [row[3:6] for row in shown]
        await at.press("shift+tab")
        page = str(at.view.query_one("#detail").content)
        assert "“责任单位” → 责任单位" in page
        assert "第 5 行：合计行" in page
        await at.press("tab", "w", "1", "enter")
        await at.until(lambda: at.dialog is None and not at.view.reader.busy)
        assert "已写入 2 行" in at.notice
        assert value(office, "HLJ/201", "problem") == "新的问题"
        assert status(office, "HLJ/1") == "completed"
        await at.press("u")
        await at.until(lambda: not at.view.reader.busy and at.table.total > 3)
        assert status(office, "HLJ/1") == "on_schedule"


async def test_a_table_that_a_city_made_itself_is_doubted_until_it_is_called_a_ledger(
    office, tmp_path
):
    path = tmp_path / "自制.csv"
    path.write_text("编号,状态,进度\nHLJ/2,已完成,100\nHLJ/3,未达序时进度,50\n", "utf-8-sig")
    async with desk(office) as at:
        await opened(at, path)
        assert file_row(at)["kind"] == "回报"
        assert {row[0] for row in rows(at) if row[0]} == {"?"}
        assert taken(at) == set()
        assert all("文件有疑问" in row[6] for row in rows(at) if row[0])
        await at.press("b", "1", "enter")
        await at.until(lambda: not at.view.reader.busy and taken(at))
        assert file_row(at)["kind"] == "任务"
        assert taken(at) == {"HLJ/2", "HLJ/3"}


async def test_lines_of_an_import_are_refused_one_by_one(office, tmp_path):
    path = tmp_path / "台账.csv"
    path.write_text(LEDGER, "utf-8-sig")
    async with desk(office) as at:
        await opened(at, path)
        await at.press("enter")
        await at.until(lambda: not at.view.reader.busy and at.table.total)
        await at.press("e")
        assert "“不明”在“状态”这一列里是什么意思？" in at.text()
        await at.press("2", "enter")
        await at.until(lambda: not at.view.reader.busy and file_row(at)["unreadable"] == "·")
        await at.press("w", "1", "enter", "enter")
        await at.until(lambda: at.dialog is None and not at.view.reader.busy)
        assert status(office, "HLJ/1") == "completed"
        found = office.reader().execute("SELECT COUNT(*) FROM item WHERE number = '201'")
        assert found.fetchone() == (0,)
        assert [row[1:3] for row in rows(at)] == [["[ ]", "HLJ/201"], ["[ ]", "HLJ/202"]]


# Looks


async def test_the_record_of_a_line_is_shown_in_the_ledger(office, returned):
    async with desk(office) as at:
        await opened(at, returned)
        await go_to(at, "HLJ/10")
        await at.press("i")
        assert at.app.current_mode == "items"
        assert at.row().split()[1] == "10"
        await at.press("5")
        assert taken(at) == {"HLJ/1", "HLJ/10"}


async def test_a_past_day_changes_nothing_here(office, returned):
    async with desk(office) as at:
        await opened(at, returned)
        await at.press("left_curly_bracket")
        assert "截至 2020-03-06" in at.lines()[0]
        assert "历史" not in at.lines()[0]
        assert taken(at) == {"HLJ/1", "HLJ/10"}


async def test_hostile_names_and_cells_are_drawn_as_they_are(office, returned, tmp_path):
    evil = tmp_path / "[@click=app.quit()] [red]\u202e\x1b[31m.xlsx"
    fill(returned, {"HLJ/1": {"note": HOSTILE[1]}, "HLJ/10": {"reason": HOSTILE[2]}}, evil)
    async with desk(office, LARGE) as at:
        await opened(at, evil)
        assert "[@click=app.quit()] [red]" in at.lines()[0]
        for ref in ("HLJ/1", "HLJ/10"):
            await go_to(at, ref)
            page = at.view.query_one("#detail")
            for y, text in enumerate(str(page.content).splitlines()):
                if "[" in text and y < at.view.query_one("#detail").size.height:
                    await at.pilot.click("#detail", offset=(text.index("[") + 2, y))
        assert HOSTILE[1] in str(at.view.query_one("#detail").content) or HOSTILE[1] in at.text()
        assert HOSTILE[2] in at.text()
        await at.press("w", "2", "enter")
        await at.until(lambda: at.dialog is None and not at.view.reader.busy)
        assert at.text().replace("\n", "").isprintable()
        await at.press("delete")
        assert "已撤下" in at.notice
        assert at.app.return_code is None


@pytest.mark.parametrize("size", [(40, 12), (20, 6), (1, 1)])
async def test_small_terminals_do_no_harm(office, returned, size):
    async with desk(office, size) as at:
        await opened(at, returned)
        for keys in (
            "j",
            "d",
            "space",
            "A",
            "asterisk",
            "escape",
            "w",
            "escape",
            "a",
            "escape",
            "n",
            "t",
        ):
            await at.press(keys)
        await at.pilot.resize_terminal(*LARGE)
        await at.settle()
        assert len(at.view.workspace) == 1


KNOWN = {
    "HLJ", "xlsx", "root", "tmp", "pytest", "test", "every", "text", "lang", "returns", "return",
    "problem", "office", "other", "meanwhile", "done", "space", "Enter", "Esc", "Tab", "water",
    "note",
}  # fmt: skip
"""Latin words that are data, names of keys or parts of the path."""


@pytest.mark.parametrize(("language", "ascii"), [("zh", False), ("zh", True), ("en", True)])
async def test_every_text_is_in_the_language_and_style(english, tmp_path, language, ascii):
    path = send(english, tmp_path / "returns", language=language)
    path = path.rename(path.with_name("return.xlsx"))
    done = {"zh": "已完成", "en": "Completed"}[language]
    fill(path, {
        "HLJ/1": {"status": done, "progress": 100}, "HLJ/2": {"status": "done"},
        "HLJ/4": {"gone": True}, "HLJ/5": {"note": "other"},
    })  # fmt: skip
    put(english, "HLJ/5", note="meanwhile")
    seen = []
    async with desk(english, LARGE, language=language, ascii=ascii) as at:
        await opened(at, path)
        for keys in (
            "",
            "G",
            "d",
            "asterisk",
            "escape",
            "t",
            "shift+tab",
            "tab",
            "w",
            "2 enter",
            "F",
        ):
            await at.press(*keys.split())
            seen.append(at.text())
        await at.until(lambda: not at.view.reader.busy and at.view.reader.meter is None)
        await at.press("escape")
        seen.append(at.text())
    text = "\n".join(seen)
    if language == "en":
        assert not CHINESE.search(text), text
        assert text.isascii()
        return
    odd = {each for each in text if not each.isascii() and east_asian_width(each) not in "WF"}
    assert not (ascii and odd), odd
    plain = "\n".join(line for line in text.splitlines() if "/returns" not in line)
    words = {word for word in re.findall("[A-Za-z]{3,}", plain) if word not in KNOWN}
    assert not words, (words, text)


def test_no_sentence_of_the_screen_is_left_over():
    words = set().union(*(said(path).words for path in modules()))
    found = tomllib.loads(TOPICS.joinpath("intake_screen.toml").read_text("utf-8"))
    messages = found["intake_screen"]
    for name, message in messages.items():
        for key in [f"{name}.{part}" for part in message if part not in ("zh", "en")] or [name]:
            made = f"intake_screen.{key}" in words or key.rpartition(".")[2] in words
            assert made or name in ("unchanged_shown", "unchanged_hidden"), key


def test_every_rule_has_a_short_name():
    """What is found about returns has a word or two; imports say it in a sentence."""
    for code in ("zh", "en"):
        found = tomllib.loads(TOPICS.joinpath("return_check.toml").read_text("utf-8"))
        for rule in found["return_check"]["finding"]:
            text = Language(code)(f"intake_screen.rule.{rule}")
            assert width(text) <= 14, text


def test_every_verdict_looks_different_without_colours():
    from rectify_tui.tui.sources.intake_words import SIGNS

    for ascii in (0, 1):
        assert len({signs[ascii] for signs in SIGNS.values()}) == len(Verdict)
    assert all(signs[1].isascii() for signs in SIGNS.values())
