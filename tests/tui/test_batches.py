"""The list of batches: who did what, what undoing would do, and undoing it."""

from __future__ import annotations

import pytest
from desk import LARGE, desk, put, status

from rectify_tui.store.undo import undone_batches

pytestmark = pytest.mark.journeys


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_what_undoing_does_is_seen_before_it_is_done(office, language):
    put(office, "HLJ/1", status="behind", note="改了备注")
    put(office, "HLJ/3", status="behind")
    async with desk(office, LARGE, language=language) as at:
        await at.press("2", "s", "3", "enter", "H")
        rows = [at.table.row(place).cells for place in range(at.table.total)]
        assert [row["who"] for row in rows[:3]] == [office.who, "somebody else", "somebody else"]
        assert "HLJ/1" in rows[0]["about"]
        before = at.table.total
        await at.press("down", "enter")
        assert at.dialog == "UndoDialog"
        text = at.text()
        assert "somebody else" in text
        assert ("不是您" in text) == (language == "zh")
        assert ("未达序时进度 改回" in text) == (language == "zh")
        assert status(office, "HLJ/3") == "behind", "looking changes nothing"
        await at.press("enter")
        assert at.dialog is None
        assert at.table.total == before, "the first answer leaves it"
        await at.press("enter", "2", "tab")
        await at.type("误改")
        await at.press("enter")
        assert at.dialog is None
        assert status(office, "HLJ/3") != "behind"
        assert at.table.total == before + 1
        assert "误改" in at.table.row(0).cells["about"]
        await at.press("end", "home", "down", "down", "down", "enter")
        assert at.dialog is None, "a later change stands in the way"
        assert "HLJ/1" in at.notice
        await at.press("escape")
        assert at.app.current_mode == "items"
        assert len(undone_batches(office.reader())) == 1


async def test_a_frozen_report_is_never_undone(office):
    async with desk(office, LARGE) as at:
        await at.press("4", "f", "enter")
        await at.press("H")
        assert at.table.row(0).cells["state"] == "不可"
        await at.press("enter")
        assert at.dialog is None
        assert "已发布的报表不能撤销" in at.notice
