"""The first screen of one province, what the week needs, and beginning where one left off."""

from __future__ import annotations

import json

import pytest
from desk import SMALL, desk, put

from rectify_tui.tui.left_off import LeftOff
from rectify_tui.tui.widgets.table.columns import most_passed, place_columns
from rectify_tui.tui.widgets.table.source import Column

pytestmark = pytest.mark.journeys


async def test_a_province_opens_on_its_cities_and_leads_to_one_need_after_another(province):
    async with desk(province) as at:
        assert "总览 › 黑龙江省 · 按市" in at.text()
        assert at.table.pinned is not None
        assert "4 项滞后未写原因 · 1 项承诺到期 · 3 项时限到期 +1  n 去办" in at.text()
        places = []
        for _ in range(4):
            await at.press("n")
            places.append((at.app.current_mode, at.app.current_mode == "queue" and at.table.total))
            await at.press("1")
        assert places == [("queue", 4), ("queue", 1), ("queue", 3), ("weekly", False)]
        put(
            province, "HLJ-2020/2", "HLJ-2020/17", "HLJ-2020/27", "HLJ-2020/32", reason="资金未落实"
        )
        at.app.look_again()
        await at.until(lambda: "未写原因" not in at.text())
        await at.press("left_square_bracket")
        assert "还缺" not in at.text()
        await at.press("backspace", "backspace")
        assert "总览 · 按省" in at.text()


async def test_columns_are_chosen_kept_and_held_on_the_way_sideways(province, tmp_path):
    path = tmp_path / "left-off" / "x.json"
    async with desk(province, left_off=LeftOff(path)) as at:
        await at.press("2", "C")
        await at.press("j", "space", "j", "J", "right", "enter")
        shown = [column.title for column in at.table.columns]
        assert shown[:4] == ["编号", "地区", "时限", "问题"]
        assert [column.width for column in at.table.columns][2] == 11
        await at.press("shift+right", "shift+right")
        places = [place.column.title for place in at.table.layout_of_line().places]
        assert places[0] == "编号"
        assert "地区" not in places
        assert places[-1] == shown[-1]
        await at.press("C")
        for n, column in enumerate(at.app.screen.columns):
            if column.seen:
                await at.press("home", *["j"] * n, "space")
        await at.press("enter")
        assert "至少要显示一列" in at.complaint
        await at.press("escape")
    async with desk(province, left_off=LeftOff(path, home=True)) as at:
        assert at.app.current_mode == "overview"
        await at.press("2")
        assert [column.title for column in at.table.columns] == shown
        await at.press("C", "delete")
        assert at.table.columns[1].title == "状态"


async def test_one_begins_where_one_left_off_but_never_in_the_past(province, tmp_path):
    path = tmp_path / "x.json"
    async with desk(province, left_off=LeftOff(path)) as at:
        await at.press("O", "k", "2")
        await at.filter("地区:绥化")
        await at.press("o", "O", "j", "j", "left_square_bracket")
        kept = at.row()
        at.app.keep_place()
    async with desk(province, left_off=LeftOff(path)) as at:
        assert at.app.current_mode == "items"
        assert at.app.session.as_of is None
        assert at.row() == kept
        assert "倒序" in at.notice
        await at.press("1")
        assert at.view.order == ("g_behind", False)
        assert at.table.cursor_index == 4


BROKEN = ("", "{", "[]", '{"version": 2, "kept": {"app": {}}}', "[" * 100_000, '{"version": 1}')
NONSENSE = {
    "app": {"screen": "items"}, "items": {"filter": 3, "order": "x", "row": "y"},
    "overview": {"way": [{"by": "city", "programme": 77, "under": 999, "chosen": None}],
                 "order": [[], True]},
    "columns": {"keys.app.items": [1, ["ref", True, 10**9]]},
}  # fmt: skip


async def test_a_broken_file_counts_as_none(province, tmp_path):
    path = tmp_path / "x.json"
    for text in BROKEN:
        path.write_text(text, "utf-8")
        assert LeftOff(path).of("app") == {}, text[:40]
    path.write_text(json.dumps({"version": 1, "kept": NONSENSE}), "utf-8")
    async with desk(province, SMALL, left_off=LeftOff(path)) as at:
        assert at.app.current_mode == "items"
        assert at.table.total == 36
        await at.press("1")
        assert "总览 › 黑龙江省 · 按市" in at.text()


async def test_what_is_marked_is_summed_up(province):
    async with desk(province) as at:
        await at.press("2", "space", "j", "j", "j", "j", "space")
        assert "已标记 2" in at.notice
        assert "最长超期 66 天" in at.notice
        assert "平均进度" in at.notice
        await at.press("3", "space", "space")
        assert "罚款 3 万元" in at.notice


def test_the_first_column_is_held_until_the_last_one_is_seen():
    columns = tuple(Column(str(n), "t", 10, priority=n) for n in range(6))
    assert most_passed(columns, 100) == 0
    passed = most_passed(columns, 35)
    places = [place.column.key for place in place_columns(columns, 35, passed)]
    assert places == ["0", "4", "5"]
