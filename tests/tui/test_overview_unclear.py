"""What says nothing of the schedule, in the overview and among the items."""

from __future__ import annotations

import pytest
from desk import LARGE, SMALL, desk, put

pytestmark = pytest.mark.journeys


async def test_a_column_of_its_own_stands_there_only_where_there_is_any(office):
    async with desk(office, LARGE) as at:
        assert "未明" not in at.text()
        put(office, "HLJ/2", status="正在整改")
        await at.until(lambda: "未明" in at.text())
        assert at.table.pinned is not None
        counts = [at.table.row(n).cells["g_unclear"].text for n in range(at.table.total)]
        assert at.table.pinned.cells["g_unclear"].text == "1"
        assert counts.count("1") == 1


async def test_it_is_seen_on_a_small_terminal_and_without_colour(office):
    put(office, "HLJ/2", status="正在整改")
    async with desk(office, SMALL) as at:
        await at.until(lambda: "未明" in at.text())
        await at.press("2")
        await at.filter("group:unclear")
        await at.until(lambda: "? 正在整改" in at.text())
