"""Steps and extensions of an item in the dashboard."""

from __future__ import annotations

from datetime import date

import pytest
from desk import LARGE, desk
from textual.widgets import Input, OptionList

from rectify_tui.store.cards import cards
from rectify_tui.store.commands.items import set_items
from rectify_tui.store.extensions import extensions
from rectify_tui.store.item_detail import item_detail
from rectify_tui.store.references import item_ids

pytestmark = pytest.mark.journeys


def detail(office):
    connection = office.reader()
    return item_detail(connection, item_ids(connection, ["HLJ/3"])[0])


async def test_a_step_is_entered_done_and_moved_and_the_deadline_extended(office):
    async with desk(office, LARGE) as at:
        await at.press("2", "slash")
        await at.type("ref:HLJ/3")
        await at.press("enter", "S")
        await at.type("管网验收")
        at.app.screen.query_one("#field-due", Input).value = "2020年4月底"
        at.app.screen.query_one("#on", Input).value = "2020-02-01"
        await at.press("ctrl+s")
        assert at.dialog is None
        await at.press("S")
        assert "管网验收" in at.text()
        await at.press("enter")
        at.app.screen.query_one("#field-due", Input).value = "2020年5月底"
        await at.press("ctrl+s")
        page = str(at.view.query_one("#detail").content)
        assert "2020年5月底（原定 2020年4月底）" in page
        assert "步骤 0/1" in page
        await at.press("S", "enter")
        at.app.screen.query_one("#field-done", Input).value = "2020-03-05"
        await at.press("ctrl+s")
        assert detail(office).row.steps_done == 1

        await at.press("X")
        at.app.screen.query_one("#to", Input).value = "2020年12月底前"
        at.app.screen.query_one("#asked_by", Input).value = "李工"
        at.app.screen.query_one("#decided_by", Input).value = "李工"
        at.app.screen.query_one("#reason", Input).value = "汛期"
        await at.press("ctrl+s")
        assert "自己的申请" in at.complaint
        at.app.screen.query_one("#decided_by", Input).value = "王局长"
        await at.press("ctrl+s")
        assert at.dialog is None
        found = detail(office)
        assert (found.row.due_on, found.row.first_due_on) == ("2020-12-31", "2020-04-30")
        (kept,) = extensions(office.reader(), [found.row.id], date.max)
        assert kept.decided_by == "王局长"
        assert "王局长批准李工的申请" in str(at.view.query_one("#detail").content)
        await at.press("X")
        at.app.screen.query_one("#to", Input).value = "2021年3月底前"
        at.app.screen.query_one("#asked_by", Input).value = "李工"
        at.app.screen.query_one("#decided_by", Input).value = "王局长"
        at.app.screen.query_one("#reason", Input).value = "资金"
        at.app.screen.query_one(OptionList).highlighted = 1
        await at.press("ctrl+s")
        assert "不批准" in at.notice
        assert detail(office).row.due_on == "2020-12-31"


async def test_the_queue_is_seen_by_person(office):
    with office.batch("set") as writing:
        ids = item_ids(office.reader(), ["HLJ/1-4"])
        set_items(writing.draft, ids, {"person": "王局长", "status": "behind"})
    async with desk(office) as at:
        await at.press("6", "I")
        assert "王局长" in at.text()
        assert at.row().split()[-5:-2] == ["4", "4", "4"]
        await at.press("enter")
        assert "王局长" in at.view.query_one("#filter", Input).value
        assert "HLJ/1" in at.text()


@pytest.mark.journeys
async def test_a_unit_is_given_a_card_with_its_letter(office, tmp_path):
    with office.batch("set") as writing:
        ids = item_ids(office.reader(), ["HLJ/3-4"])
        set_items(writing.draft, ids[:1], {"responsible": "市水务局", "status": "behind"})
        set_items(writing.draft, ids[1:], {"responsible": "市住建局", "status": "behind"})
    async with desk(office, LARGE) as at:
        await at.press("2", "slash")
        await at.type("ref:HLJ/3-4")
        await at.press("enter", "A", "ampersand")
        assert "同一责任单位" in at.notice
        await at.press("escape", "g", "ampersand")
        assert "现有 12 分" in at.text()
        await at.press("tab")
        at.app.screen.query_one("#given_by", Input).value = "王局长"
        await at.press("shift+tab", "3", "ctrl+s")
        assert at.app.screen.query_one("#path", Input).value == "市水务局-红牌.docx"
        letter = tmp_path / "red.docx"
        at.app.screen.query_one("#path", Input).value = str(letter)
        await at.press("ctrl+s")
        assert letter.exists()
        (card,) = cards(office.reader(), date.max)
        assert (card.colour, card.unit, card.given_by) == ("red", "市水务局", "王局长")
