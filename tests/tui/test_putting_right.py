"""Putting the ledger right in the dashboard: deadlines, what was withdrawn, units, programmes."""

from __future__ import annotations

import pytest
from desk import LARGE, desk
from textual.widgets import Input

from rectify_tui.store.item_detail import item_detail
from rectify_tui.store.programmes import programmes
from rectify_tui.store.references import item_ids
from rectify_tui.store.regions import one_region
from rectify_tui.store.units import units
from rectify_tui.store.withdrawals import withdrawn

pytestmark = pytest.mark.journeys


def fill(at, **texts: str) -> None:
    for name, text in texts.items():
        at.app.screen.query_one(f"#{name}", Input).value = text


def detail(office, ref: str = "HLJ/3"):
    return item_detail(office.reader(), item_ids(office.reader(), [ref])[0])


async def test_a_form_moves_a_deadline_as_an_extension_or_a_correction(office):
    async with desk(office, LARGE) as at:
        await at.press("2")
        await at.filter("ref:HLJ/3")
        await at.press("e")
        fill(at, **{"field-deadline": "2020年9月底前", "field-note": "汛期"})
        await at.press("ctrl+s")
        assert "2020-04-30" in at.text()
        await at.press("1", "enter")
        assert at.app.screen.query_one("#to", Input).value == "2020年9月底前"
        fill(at, asked_by="李工", decided_by="王局长", reason="汛期")
        await at.press("ctrl+s")
        assert at.dialog is None
        found = detail(office)
        assert (found.row.due_on, found.row.note) == ("2020-09-30", "汛期")
        assert [each.decided_by for each in found.extensions] == ["王局长"]
        await at.press("u")
        await at.press("e")
        fill(at, **{"field-deadline": "2020年5月底前"})
        await at.press("ctrl+s", "2", "enter")
        assert at.complaint
        fill(at, reason="录错")
        await at.press("ctrl+s", "2", "enter")
        assert at.dialog is None
        found = detail(office)
        assert (found.row.due_on, found.row.first_due_on) == ("2020-05-31", "2020-05-31")


async def test_what_was_entered_by_mistake_is_withdrawn_and_had_back(office):
    async with desk(office, LARGE) as at:
        await at.press("2")
        await at.filter("ref:HLJ/3")
        await at.press("W", "ctrl+s")
        assert at.complaint
        fill(at, reason="重复登记")
        await at.press("ctrl+s")
        assert at.dialog is None
        assert [each.ref for each in withdrawn(office.reader(), "item")] == ["HLJ/3"]
        await at.press("Y", "3", "enter")
        assert "重复登记" in at.text()
        await at.press("enter")
        assert withdrawn(office.reader(), "item") == []
        assert detail(office).row.ref == "HLJ/3"


async def test_units_are_merged_and_programmes_put_away(office):
    names = [each.name for each in units(office.reader())][:2]
    async with desk(office, LARGE) as at:
        await at.press("Y", "1", "enter")
        fill(at, old=names[0], into=names[1])
        await at.press("ctrl+s")
        assert at.complaint
        fill(at, reason="同一单位")
        await at.press("ctrl+s")
        assert at.dialog is None
        merged = {each.name: each.merged_into for each in units(office.reader())}
        assert merged[names[0]] == names[1]
        await at.press("Y", "2", "enter", "enter")
        first, *_ = programmes(office.reader())
        assert first.archived_on
        await at.press("Y", "2", "enter")
        assert "归档" in at.text()
        await at.press("enter")
        assert not programmes(office.reader())[0].archived_on


async def test_a_region_is_abolished_and_its_open_items_move(office):
    async with desk(office, LARGE) as at:
        await at.press("Y", "4", "enter", "1", "enter")
        fill(at, name="新区", code="2306", under="大庆市", since="2020-01-01", reason="批复")
        await at.press("ctrl+s")
        assert at.complaint
        fill(at, code="230699")
        await at.press("ctrl+s")
        assert at.dialog is None
        new = one_region(office.reader(), "230699")
        assert (new.name, new.from_on) == ("新区", "2020-01-01")
        before = detail(office).row
        await at.press("Y", "4", "enter", "2", "enter")
        fill(at, region=before.region, into="新区", on="2020-02-01", reason="批复")
        await at.press("ctrl+s")
        assert at.dialog is None
        assert detail(office).row.region == "新区"
        await at.press("u")
        assert detail(office).row.region == before.region


async def test_who_accepts_in_a_programme_is_said_in_the_dashboard(office):
    def procedure() -> tuple[str | None, str | None]:
        return next((one.acceptance, one.notice) for one in programmes(office.reader()))

    async with desk(office, LARGE) as at:
        await at.press("Y", "5", "enter", "enter")
        fill(at, acceptance="省级、县级")
        await at.press("ctrl+s")
        assert "由下到上" in at.complaint
        fill(at, acceptance="县级、市级", notice="10个工作日")
        await at.press("ctrl+s")
        assert at.dialog is None
        assert procedure() == ("county,city", "10w")
        await at.press("Y", "5", "enter", "enter")
        assert at.app.screen.query_one("#acceptance", Input).value == "县级→市级"
        fill(at, notice="")
        await at.press("ctrl+s")
        assert procedure() == ("county,city", None)
