"""Recording a visit in the dashboard."""

from __future__ import annotations

from desk import LARGE, desk
from textual.widgets import Input

from rectify_tui.store.items import item_detail
from rectify_tui.store.references import item_ids


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
        assert "李工现场核实：不属实" in str(at.view.query_one("#detail-text").content)
        await at.press("u", "enter")
        assert detail(office).row.status == "completed"
