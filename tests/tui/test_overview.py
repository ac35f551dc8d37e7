"""The overview: figures, drilling down and back, the as-of date, and what is behind."""

from __future__ import annotations

from datetime import date

import pytest
from desk import LARGE, desk, put
from textual.widgets import Input

from rectify_tui.store.commands.items import add_item
from rectify_tui.store.commands.places import NewProgramme, add_programme
from rectify_tui.store.commands.renaming import archive_programme
from rectify_tui.store.regions import one_region
from rectify_tui.store.rollup_read import By

pytestmark = pytest.mark.journeys


def cell(at, column):
    """What stands in a column of the line under the cursor, be it on the screen or not."""
    return at.table.row(at.table.cursor_index).cells[column].text


def behind_refs(at):
    """References in the list of what is behind."""
    region = at.view.query_one("#behind").region
    numbers = [line[2:8].strip() for line in at.lines()[region.y : region.bottom]]
    return [number for number in numbers if number.isdecimal()]


async def test_shows_provinces_with_groups_rates_and_the_change_of_a_week(office):
    async with desk(office, LARGE) as at:
        lines = at.lines()
        assert "总览 · 按省" in lines[0]
        assert "截至 2020-03-06 周五" in lines[0]
        (first,) = [line.split() for line in lines if "黑龙江省" in line and "+" in line]
        assert first[:7] == ["▌", "黑龙江省", "46", "14", "25", "7", "·"]
        assert set(first[7]) == {"⣿", "⠤", "░"}
        assert first[8:] == ["30.4%", "+2.2", "⣀⣀⣀⣸", "1", "20/30", "66.7%", "11"]
        (total,) = [n for n, line in enumerate(lines) if line.split()[:2] == ["合计", "59"]]
        assert total == at.table.region.y + 1


async def test_drills_down_to_items_and_back_with_the_cursor_kept(office):
    async with desk(office) as at:
        assert "黑龙江省" in at.row()
        await at.press("enter")
        assert "黑龙江省 · 按市" in at.text()
        assert at.table.cursor_index == 0
        await at.press("l")
        assert "大庆市 · 按县" in at.text()
        await at.press("j")
        county, counted = at.row().split()[1], int(at.row().split()[2])
        await at.press("right")
        assert at.app.current_mode == "items"
        assert at.table.total == counted
        await at.press("h")
        assert county in at.row()
        await at.press("backspace")
        assert "大庆市" in at.row()
        await at.press("left")
        assert "黑龙江省" in at.row()
        await at.press("h")
        assert "黑龙江省" in at.row()


@pytest.mark.parametrize("by", ["province", "programme"])
async def test_every_line_leads_to_as_many_items_as_it_counts(office, by):
    async with desk(office) as at:
        if by == "programme":
            await at.press("b")
        lines = at.table.total
        for index in range(lines):
            at.table.go(index)
            await at.settle()
            cells = at.table.row(index).cells
            await at.press("i")
            assert str(at.table.total) == cells["total"]
            await at.press("1")
            assert at.table.cursor_index == index


async def test_zones_of_one_name_in_two_cities_are_told_apart(office):
    async with desk(office) as at:
        for province, city in (("山西省", "太原市"), ("黑龙江省", "大庆市")):
            await at.press("1", "b", "b")
            for name in (province, city, "高新区"):
                rows = [at.table.row(i) for i in range(at.table.total)]
                index = next(i for i, r in enumerate(rows) if name in r.cells["name"])
                at.table.go(index)
                await at.press("enter")
            assert at.app.current_mode == "items"
            assert at.table.total == 1


async def test_behind_list_follows_the_line(office):
    async with desk(office) as at:
        assert "黑龙江省 滞后 7 项（HLJ）" in at.text()  # few lines above leave room for all
        assert behind_refs(at)[0] == "2"
        assert len(behind_refs(at)) == 7
        await at.press("tab", "G")
        assert at.view.behind.table.cursor_index == 6
        await at.press("shift+tab", "j")
        assert "山西省 滞后 0 项" in at.text()
        assert behind_refs(at) == []
        assert "没有滞后的整改任务" in at.text()


async def test_behind_list_opens_the_item_and_all_that_is_behind(office):
    async with desk(office) as at:
        await at.press("tab")
        assert at.view.focused.id == "behind"
        await at.press("j")
        wanted = behind_refs(at)[1]
        await at.press("enter")
        assert wanted in at.row()
        await at.press("h", "exclamation_mark")
        assert at.table.total == 7
        await at.press("h", "l")
        assert at.app.current_mode == "items"


async def test_cases_of_a_line(office):
    async with desk(office) as at:
        await at.press("c")
        assert at.app.current_mode == "cases"
        assert at.table.total == 30


async def test_programmes(office):
    async with desk(office) as at:
        await at.press("b")
        assert "HLJ  黑龙江省整改方案" in at.row()
        await at.press("enter")
        assert at.view.scope.by is By.PROVINCE
        assert "HLJ · 按省" in at.text()
        await at.press("h", "j", "j")
        assert "ODD" in at.row()
        await at.press("enter")
        assert (at.table.total, at.table.cursor_index) == (2, 0)
        await at.press("b")
        assert "按整改方案" in at.text()
        await at.press("b")
        assert "按省" in at.text()


async def test_days_and_weeks_go_back_and_on(office):
    async with desk(office) as at:
        await at.press("left_square_bracket")
        assert at.app.session.as_of == date(2020, 3, 5)
        assert "历史 · 截至 2020-03-05 周四" in at.lines()[0]
        await at.press("left_curly_bracket")
        assert at.app.session.as_of == date(2020, 2, 27)
        assert cell(at, "g_completed") == "13"
        await at.press("right_curly_bracket", "right_square_bracket")
        assert at.app.session.as_of is None
        assert "历史" not in at.text()
        assert cell(at, "g_completed") == "14"
        await at.press("right_square_bracket")
        assert at.app.session.as_of is None


async def test_lists_show_the_past(office):
    async with desk(office) as at:
        await at.press("2")
        await at.filter("number:3")
        assert "已完成" in at.row()
        await at.press("left_curly_bracket")
        assert "未启动" in at.row()
        await at.press("T")
        assert "已完成" in at.row()


async def test_a_day_before_everything_says_how_to_come_back(office):
    async with desk(office) as at:
        at.app.show_day(date(2019, 1, 1))
        await at.settle()
        assert "这一天台账里没有数据。按 T 回到今天。" in at.text()
        await at.press("2")
        assert "这一天没有记录。按 T 回到今天。" in at.text()
        await at.press("T")
        assert at.table.total == 59


@pytest.mark.parametrize(
    ("typed", "said"),
    [("不是日期", "看不懂日期"), ("2020-03-07", "还没有到"), ("1800-01-01", "看不懂日期")],
)
async def test_date_dialog_stays_open_for_what_is_no_day(office, typed, said):
    async with desk(office) as at:
        await at.press("D")
        at.app.screen.query_one("#on", Input).value = ""
        await at.type(typed)
        await at.press("enter")
        assert at.dialog == "DateDialog"
        assert said in at.complaint
        await at.press("escape")
        assert at.dialog is None
        assert at.app.session.as_of is None


async def test_date_dialog_reads_days_as_people_write_them(office):
    async with desk(office) as at:
        await at.press("D")
        at.app.screen.query_one("#on", Input).value = ""
        await at.type("2020年1月31日")
        await at.press("enter")
        assert at.app.session.as_of == date(2020, 1, 31)
        at.app.show_day(date(1900, 1, 3))
        await at.press("left_curly_bracket")
        assert at.app.session.as_of == date(1900, 1, 1)


async def test_midnight_moves_the_figures_on(office, clock):
    days: list[int] = []
    async with desk(office, new_day=lambda: days.append(1)) as at:
        clock.move(days=1)
        at.app.look_again()
        await at.until(lambda: "2020-03-07" in at.lines()[0])
    assert days == [1]


async def test_keys_are_about_the_line_in_sight_while_figures_are_read(office):
    async with desk(office) as at:
        at.view.renew()
        at.view.action_list_items()
        await at.settle()
        assert at.table.total == 46


async def test_the_sum_stays_above_whatever_the_order_and_the_place(office):
    async with desk(office) as at:
        names = []
        for keys in ("g", "G", "O"):
            await at.press(*keys.split())
            top = at.table.region.y
            assert at.lines()[top + 1].split()[:2] == ["合计", "59"]
            assert "合计" not in at.row()
            names.append([at.table.row(n).cells["name"] for n in range(at.table.total)])
        assert names[0] == names[1] == names[2][::-1]
        await at.pilot.click("#main", offset=(4, 0))
        await at.settle()
        assert at.view.order == ("name", False)
        assert "名称▲" in at.text()


async def test_figures_of_others_appear_without_moving_the_cursor(office):
    async with desk(office) as at:
        put(office, "HLJ/2", status="completed")
        await at.until(lambda: cell(at, "g_completed") == "15")
        assert "黑龙江省" in at.row()


async def test_a_click_on_the_day_asks_for_another_and_on_the_place_leads_back(office):
    async with desk(office) as at:
        await at.press("j", "enter")
        await at.pilot.click("#top", offset=(75, 0))
        await at.settle()
        assert at.dialog == "DateDialog"
        await at.press("escape")
        await at.pilot.click("#top", offset=(3, 0))
        await at.settle()
        assert len(at.view.scopes) == 1


async def test_what_stands_under_a_line_is_that_lines_and_names_it(office):
    put(office, "HLJ/1", region="000000", status="completed")
    async with desk(office, LARGE) as at:
        await at.press("G")
        assert "未分到下级" in at.row()
        assert "全国（未分到下级） 滞后 0 项" in at.text()
        assert "全国（未分到下级）没有滞后的整改任务；合计滞后 7 项" in at.text()


async def test_what_the_ledger_did_not_have_yet_on_a_day_is_told(office, clock):
    with office.batch("add") as writing:
        programme = add_programme(
            writing.draft,
            NewProgramme("NEW", "新方案", one_region(writing.draft.connection, "230000").id, 2020),
        )
        add_item(
            writing.draft,
            programme,
            "1",
            {"problem": "x", "status": "completed"},
            on=date(2020, 3, 4),
        )
        for n in range(2, 5):
            add_item(writing.draft, programme, str(n), {"problem": "x", "status": "behind"})
    async with desk(office, LARGE) as at:
        assert "未计入" not in at.notice
        await at.press("left_square_bracket")
        assert "NEW 3 项（最早自 2020-03-06）" in at.notice
        assert "未计入" in at.notice


async def test_an_archived_programme_says_so(office):
    with office.batch("archive", who="office") as writing:
        archive_programme(writing.draft, 1)
    async with desk(office) as at:
        await at.press("b")
        assert "HLJ  [归档] 黑龙江省整改" in at.row()
        assert at.table.row(at.table.cursor_index).style == "window-table--muted"
        assert at.text().count("[归档]") == 2  # the line, and the title of what is behind in it
