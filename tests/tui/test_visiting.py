"""Recording a visit in the dashboard."""

from __future__ import annotations

import openpyxl
import pytest
from desk import LARGE, desk
from textual.widgets import Input

from rectify_tui.store.item_detail import item_detail
from rectify_tui.store.references import item_ids
from rectify_tui.store.scope import Scope
from rectify_tui.store.visits import incomplete_visits
from tests.photograph import photograph

pytestmark = pytest.mark.journeys


def detail(office):
    connection = office.reader()
    return item_detail(connection, item_ids(connection, ["HLJ/2"])[0])


async def test_a_visit_says_what_it_lacks_and_a_whole_one_takes_a_completion_back(office):
    async with desk(office, LARGE) as at:
        await at.press("2", "slash")
        await at.type("ref:HLJ/2")
        await at.press("enter", "s", "1", "ctrl+s")
        before = detail(office)
        assert before.row.status == "completed"
        await at.press("semicolon", "2", "ctrl+s")
        assert "缺核实人、位置、检查情况" in at.complaint
        for id, text in (("person", "李工"), ("position", "126.63,45.75"), ("findings", "直排")):
            at.app.screen.query_one(f"#{id}", Input).value = text
        await at.press("ctrl+s")
        assert "45.75,126.63" in at.complaint
        at.app.screen.query_one("#position", Input).value = "45.75,126.63"
        await at.press("ctrl+s")
        assert at.dialog is None
        found = detail(office)
        assert found.row.verification == "refuted"
        assert found.row.status in ("in_progress", "not_completed")
        assert [visit.person for visit in found.visits] == ["李工"]
        assert "李工现场核实：不属实" in str(at.view.query_one("#detail").content)
        await at.press("u", "enter")
        assert detail(office).row.status == "completed"


async def test_photographs_of_a_visit_are_kept_and_held_against_it(office, tmp_path):
    (tmp_path / "现场.jpg").write_bytes(photograph("2020:03:01 10:00:00", 45.75, 126.63))
    async with desk(office, LARGE) as at:
        await at.press("2")
        await at.filter("ref:HLJ/2")
        await at.press("semicolon")
        told = {"person": "李工", "position": "45.75,126.63", "findings": "已整改"}
        for id, text in {**told, "files": str(tmp_path / "没有.jpg"), "on": "2020-03-03"}.items():
            at.app.screen.query_one(f"#{id}", Input).value = text
        await at.press("ctrl+s")
        assert "没有.jpg" in at.complaint
        at.app.screen.query_one("#files", Input).value = str(tmp_path / "现场.jpg")
        await at.press("ctrl+s")
        assert at.dialog is None
        (file,) = detail(office).evidence
        assert (file.about, file.day, str(file.stated.position)) == (
            "visit", "2020-03-03", "45.75,126.63",
        )  # fmt: skip
        assert "2 天" in at.text()


async def test_a_sheet_is_made_for_what_is_marked_and_taken_back(office, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with desk(office, LARGE) as at:
        await at.press("2")
        await at.filter("ref:HLJ/2-4")
        await at.press("A", "ctrl+p")
        await at.type("制作核实表")
        await at.press("enter", "enter")
        (path,) = tmp_path.glob("*.xlsx")
        book = openpyxl.load_workbook(path)
        page = book.worksheets[0]
        head = next(r for r in range(1, 9) if page.cell(r, 1).value == "编号")
        columns = {page.cell(head, c).value: c for c in range(1, page.max_column + 1)}
        for row, result, position in ((1, "属实", "45.75,126.63"), (2, "不属实", "")):
            told = {
                "核实结论": result,
                "核实人": "李工",
                "核实日期": "2020-03-05",
                "检查情况": "看过",
            }
            for name, text in {**told, "位置（北纬,东经）": position}.items():
                page.cell(head + row, columns[name]).value = text
        refs = [page.cell(head + row, 1).value for row in (1, 2)]
        book.save(path)
        await at.press("ctrl+p")
        await at.type("收回核实表")
        await at.press("enter")
        await at.type(str(path))
        await at.press("enter")
        assert "写入没有疑问的 1 行" in at.text()
        await at.press("2", "enter")
        assert at.dialog is None
        connection = office.reader()
        whole, lacking = (item_ids(connection, [ref])[0] for ref in refs)
        assert [item_detail(connection, whole).row.verification] == ["confirmed"]
        (visit,) = incomplete_visits(connection, office.today(), Scope())
        assert (visit.item_id, visit.missing) == (lacking, ("position",))
