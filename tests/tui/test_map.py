"""The map on the screen: every place under its figure, gone into and out of."""

from __future__ import annotations

import pytest
from desk import LARGE, SMALL, desk
from textual.geometry import Offset

pytestmark = pytest.mark.journeys


async def test_the_map_tells_a_tile_goes_in_and_comes_back(office):
    for size in (SMALL, LARGE):
        async with desk(office, size) as at:
            await at.press("7")
            assert "地图 · 完成率" in at.lines()[0]
            for name in ("黑龙江", "山西", "台湾", "香港", "澳门"):
                assert any(name in line for line in at.lines()), name
            grid = at.view.grid
            assert grid.tile.name == "山西省"  # stands worst
            assert "[山西]" in at.text()
            assert any("山西省" in line and "13 项" in line for line in at.lines())
            await at.press("up")
            assert any("黑龙江省" in line and "46 项" in line for line in at.lines())
            assert "30.4%   一周 +2.2" in at.text()
            await at.press("tab")
            assert "地图 · 滞后项数" in at.lines()[0]
            await at.press("enter")
            assert "地图 › 黑龙江省" in at.lines()[0]
            assert any("哈尔滨" in line and "大庆" in line for line in at.lines())
            await at.press("escape")
            assert grid.tile.name == "黑龙江省"
            await at.press("escape")
            assert at.app.current_mode == "overview"


async def test_a_place_without_parts_opens_its_items_and_one_without_figures_says_so(office):
    async with desk(office) as at:
        await at.press("7", "enter", "enter")
        county = at.view.grid.tile
        assert "地图 › 山西省 › 太原市" in at.lines()[0]
        await at.press("enter")
        assert at.app.current_mode == "items"
        assert at.table.total == county.line.tally.total
        await at.press("7", "escape", "escape")
        taiwan = next(one for one in at.view.grid.found.tiles if one.short == "台湾")
        grid = at.view.grid.region
        await at.pilot.click(offset=Offset(grid.x + taiwan.column * 9, grid.y + taiwan.row * 2))
        await at.settle()
        assert at.view.grid.tile.short == "台湾"
        await at.press("enter")
        assert "没有这里的数字" in at.notice
        await at.press("b")
        assert " · " in at.lines()[0].partition("地图 · ")[2].partition("  ")[0]
        await at.press("i")
        assert at.app.current_mode == "items"


async def test_the_map_of_one_province_begins_with_its_cities(province):
    async with desk(province) as at:
        await at.press("7")
        assert "地图 › 黑龙江省" in at.lines()[0]
        assert any("哈尔滨" in line and "大庆" in line for line in at.lines())
        await at.press("escape")
        assert at.view.grid.tile.name == "黑龙江省"


async def test_a_name_too_long_for_its_tile_says_so(province):
    async with desk(province, language="en") as at:
        await at.press("7")
        assert "Da Hing…" in at.text()
