"""What disagrees, beside the figures of the overview and on the page of an item."""

from __future__ import annotations

import pytest
from desk import LARGE, desk, put

pytestmark = pytest.mark.journeys


def count(at, index):
    """What the overview says of a line: what disagrees, or None while that is not told."""
    cell = at.table.row(index).cells.get("disagreeing")
    return cell.text if cell else None


async def test_the_count_follows_the_figures(office):
    async with desk(office, LARGE) as at:
        assert "不符" in at.text()
        await at.until(lambda: count(at, 0) is not None)
        lines = [count(at, index) for index in range(at.table.total)]
        assert at.table.pinned is not None
        total = int(at.table.pinned.cells["disagreeing"].text)
        assert sum(int(n) if n.isdecimal() else 0 for n in lines) == total > 0
        put(office, "HLJ/2", deadline="2020-03-31", status="completed")
        await at.until(lambda: count(at, 0) not in (None, lines[0]))
        assert "黑龙江省" in at.row()
        await at.press("left_curly_bracket", "b")
        await at.until(lambda: count(at, 0) is not None)


async def test_the_page_of_an_item_says_what_the_schedule_says(office):
    async with desk(office, LARGE) as at:
        await at.press("2")
        await at.filter("number:2 programme:HLJ")
        await at.until(lambda: "计划推算" in at.text())
        assert "应于 2020-03-31 完成" in at.text()
