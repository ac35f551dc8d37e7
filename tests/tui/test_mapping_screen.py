"""What the columns of an import are: seen, changed, and what that makes of the rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from desk import HOSTILE, Desk, desk
from test_intake import opened

pytestmark = pytest.mark.journeys

PROBLEMS = [f"污水处理厂不运行{n}" for n in range(6)]


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def sheet(path: Path, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(headings)
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def columns(at: Desk) -> dict[str, tuple[str, str]]:
    """What each column is read as and how many of its cells can be read, by its heading."""
    source = at.table.source
    found = {}
    for row in source.rows(0, source.count()):
        cells = {key: getattr(cell, "text", cell) for key, cell in row.cells.items()}
        found[cells["heading"]] = cells["field"], cells["read"]
    return found


async def test_columns_and_words_and_the_day_are_changed_by_keys(office, tmp_path):
    rows = [
        [
            str(70 + n),
            text,
            "推进中" if n % 2 else "未达序时进度",
            "2020年6月底",
            "大庆市",
            HOSTILE[n % len(HOSTILE)],
        ]
        for n, text in enumerate(PROBLEMS)
    ]
    titles = ["序号", "存在问题", "整改状态", "计划完成", "地市", "[@click=app.quit()]补充[/]"]
    path = sheet(tmp_path / "清单.xlsx", titles, rows)
    async with desk(office) as at:
        await opened(at, path)
        await at.until(lambda: at.dialog == "ChoiceDialog")
        await at.press("1", "enter")
        await at.until(lambda: not at.view.reader.busy and at.table.total)
        await at.press("C")
        await at.until(lambda: at.view.survey is not None and not at.table.busy)
        assert "没有整改时限一列" in at.text()
        assert columns(at)["计划完成"] == ("不读", "")
        await at.press("j", "j", "j", "enter")
        await at.type("整改时限")
        await at.press("enter")
        await at.until(lambda: columns(at)["计划完成"] == ("整改时限", "6/6"))
        assert "没有整改时限一列" not in at.text()
        assert "2020-06-30" in at.text()

        assert columns(at)["整改状态"] == ("状态", "6/6")
        await at.press("k", "e")
        assert "“推进中”×3" in at.text()
        await at.press("down", "enter")
        await at.until(lambda: "是什么意思" in at.text())
        await at.press("4", "enter")
        await at.until(lambda: at.view.file.request.values and not at.table.busy)
        await at.press("at")
        await at.type("2020-02-01")
        await at.press("enter")
        await at.until(lambda: at.view.file.request.on == date(2020, 2, 1))
        assert "自 2020-02-01 起生效" in at.notice
        await at.press("escape")
        await at.until(lambda: not at.view.reader.busy)
        await at.press("w", "enter")
        await at.until(lambda: at.dialog is None and not at.view.reader.busy)
        row = office.reader().execute(
            "SELECT due_on, status_on, status FROM item WHERE problem = ?", [PROBLEMS[0]]
        )
        assert row.fetchone() == ("2020-06-30", "2020-02-01", "behind")


@pytest.mark.journeys
async def test_a_file_that_nobody_understands_can_be_told_its_columns(office, tmp_path):
    rows = [[str(80 + n), text, "大庆市"] for n, text in enumerate(PROBLEMS)]
    path = sheet(tmp_path / "谜.xlsx", ["代号", "存在问题", "地市"], rows)
    async with desk(office) as at:
        await opened(at, path)
        assert at.table.total == 0
        await at.press("C")
        await at.until(lambda: at.view.survey is not None and not at.table.busy)
        assert at.view.survey.prepared is None
        await at.press("enter")
        await at.type("number")
        await at.press("enter")
        await at.until(lambda: columns(at)["代号"][0] == "序号")
        await at.press("b")
        await at.until(lambda: at.dialog == "ChoiceDialog")
        await at.press("1", "enter")
        await at.until(lambda: at.view.survey.prepared is not None)
        assert "污水处理厂不运行0" in at.text()


async def test_a_table_without_regions_says_how_many_rows_their_units_place(office, tmp_path):
    titles = ["序号", "存在问题", "责任单位", "整改状态", "整改时限 完成"]
    units = ["大庆市水务局", "市水务局", "哈尔滨市水务局"]
    rows = [
        [str(70 + n), PROBLEMS[n], unit, "未达序时进度", "2020年6月底"]
        for n, unit in enumerate(units)
    ]
    async with desk(office) as at:
        await opened(at, sheet(tmp_path / "清单.xlsx", titles, rows))
        await at.until(lambda: at.dialog == "ChoiceDialog")
        await at.press("1", "enter")
        await at.until(lambda: not at.view.reader.busy and at.table.total)
        await at.press("C")
        await at.until(lambda: at.view.survey is not None and not at.table.busy)
        assert "2 行按责任单位的名称定地区" in at.text()
        assert columns(at)["整改时限完成"] == ("整改时限", "3/3")


async def test_another_sheet_and_another_kind_are_chosen_by_keys(office, tmp_path):
    path = sheet(tmp_path / "两张.xlsx", ["说明", "日期"], [["填表说明", "2020-03-06"]])
    book = openpyxl.load_workbook(path)
    second = book.create_sheet("清单")
    for row in (["受理编号", "举报内容", "办理状态"], ["D900", "夜间施工", "已办结"]):
        second.append(row)
    book.create_sheet("空表")
    book.save(path)
    async with desk(office) as at:
        await opened(at, path)
        await at.until(lambda: not at.view.reader.busy)
        while at.dialog:
            await at.press("escape")
        await at.press("C")
        await at.until(lambda: at.view.survey is not None and not at.table.busy)
        before = at.view.survey.sheet
        other = "清单" if before != "清单" else at.view.survey.sheets[0]
        await at.press("B")
        await at.until(lambda: at.dialog == "ChoiceDialog")
        assert f"工作表“{other}”" in at.text()
        assert "读作转办件" in at.text() or "读作整改任务" in at.text()
        await at.press("1", "enter")
        await at.until(lambda: at.view.survey.sheet == other and not at.table.busy)
        assert at.view.file.request.sheet == other
        await at.until(lambda: "属于哪个整改方案" in at.text())  # which can be asked only now
        await at.press("1", "enter")
        await at.until(lambda: not at.dialog and not at.table.busy)
        await at.press("B")
        await at.until(lambda: "空表" in at.text())
        place = [line.strip() for line in at.text().splitlines()]
        (number,) = [line.lstrip("│ ")[0] for line in place if "工作表“空表”" in line]
        await at.press(number, "enter")
        await at.until(lambda: not at.dialog)
        assert at.view.survey.sheet == other  # which an empty sheet leaves as it is


async def test_of_a_file_whose_sheets_have_no_table_another_sheet_is_offered(office, tmp_path):
    path = sheet(tmp_path / "无表.xlsx", ["请各市每周五前报送"], [["联系人：李四"]])
    book = openpyxl.load_workbook(path)
    book.create_sheet("空表")
    hidden = book.create_sheet("清单")
    hidden.sheet_state = "hidden"
    for row in (["序号", "存在问题", "整改状态"], ["90", "夜间施工", "未完成"]):
        hidden.append(row)
    book.save(path)
    async with desk(office) as at:
        await opened(at, path)
        await at.until(lambda: not at.view.reader.busy)
        assert "--sheet" not in at.text()
        assert "按 C 另选一张表" in at.notice
        await at.press("C")
        await at.until(lambda: at.dialog == "ChoiceDialog")
        await at.until(lambda: "没有找到表头" in at.text())
        await at.press("1", "enter")
        await at.until(lambda: "工作表“空表”是空的" in at.text())
        await at.press("2", "enter")
        await at.until(lambda: at.view.file.request.sheet == "清单" and not at.table.busy)
        await at.until(lambda: "属于哪个整改方案" in at.text())
        await at.press("1", "enter")
        await at.until(lambda: not at.dialog and at.view.survey.prepared is not None)
        assert "夜间施工" in at.text()


async def test_a_file_without_any_table_is_left_as_it_came(office, tmp_path):
    path = sheet(tmp_path / "无表.xlsx", ["请各市每周五前报送"], [["联系人：李四"]])
    async with desk(office) as at:
        await opened(at, path)
        await at.until(lambda: not at.view.reader.busy)
        await at.press("C")
        await at.until(lambda: "没有找到表头" in at.notice)
        assert type(at.view).__name__ == "IntakeScreen"
