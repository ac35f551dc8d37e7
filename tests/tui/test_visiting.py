"""Recording a visit in the dashboard."""

from __future__ import annotations

import pytest
from desk import LARGE, desk
from textual.widgets import Input

from rectify_tui.store.item_detail import item_detail
from rectify_tui.store.references import item_ids
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
