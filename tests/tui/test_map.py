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


async def test_a_wide_screen_has_the_map_beside_its_lines(office):
    async with desk(office, (200, 30)) as at:
        assert "[黑龙江]" in at.text()
        assert at.view.map.region.x == at.table.region.right
        await at.press("j")
        assert "[山西]" in at.text()
        await at.press("7", "tab", "1")
        assert "地图：滞后项数" in at.text()
        grid = at.view.map.query_one("#tiles")
        for name in ("黑龙江", "台湾"):  # the ledger has nothing of the second
            tile = next(one for one in grid.found.tiles if one.short == name)
            offset = Offset(grid.region.x + tile.column * 9, grid.region.y + tile.row * 2)
            await at.pilot.click(offset=offset)
            await at.settle()
            assert "黑龙江省" in at.row()
        assert "没有这里的数字" in at.notice
        await at.press("enter")
        assert "[大庆]" in at.text()
        await at.press("b")
        assert "地图：" not in at.text()


async def test_a_tall_screen_has_the_map_below_its_lines_and_a_small_one_none(province):
    for size, there in ((LARGE, True), (SMALL, False), ((120, 34), True), ((80, 31), False)):
        async with desk(province, size) as at:
            assert ("[绥化]" in at.text()) is there, size
            if there:
                assert at.view.map.region.y == at.view.behind.table.region.bottom
                await at.pilot.resize_terminal(*SMALL)
                await at.settle()
                assert "地图：" not in at.text()


async def test_a_tall_map_tells_what_is_behind_in_the_place(province):
    async with desk(province, LARGE) as at:
        await at.press("7")
        name = at.view.grid.tile.name
        assert f"{name} 滞后 " in at.text()
        assert at.view.behind.table.total == at.view.grid.tile.line.tally.groups["behind"]
        await at.press("right")
        assert f"{at.view.grid.tile.name} 滞后 " in at.text()
