"""The list of items: window, filter, order, marks, changes in one batch, details."""

from __future__ import annotations

import pytest
from desk import LARGE, SMALL, Said, batches, desk, put, status
from textual.widgets import Input, OptionList

from rectify_tui.domain.fields import ITEM
from rectify_tui.domain.text import width
from rectify_tui.store.commands.items import set_items
from rectify_tui.store.items import ITEMS
from rectify_tui.store.listing import ListQuery
from rectify_tui.tui.widgets.filter_line import TYPING_PAUSE

pytestmark = pytest.mark.journeys


async def items(at, *keys):
    await at.press("2", *keys)


async def test_three_key_presses_set_a_status(office):
    async with desk(office) as at:
        await items(at)
        await at.press("s", "6", "enter")
        assert at.dialog is None
        assert status(office, "HLJ/1") == "behind"
        assert at.row().split()[2:][:2] == ["!", "未达序时"]
        assert at.notice.startswith("✓ 已改 HLJ/1（")
        assert batches(office) == [(4, "set", 1)]


async def test_keys_typed_ahead_of_the_dialog_still_choose_the_status(office):
    async with desk(office) as at:
        await items(at)
        for key in ("s", "6", "enter"):
            at._send(key)
        await at.until(lambda: status(office, "HLJ/1") == "behind")


async def test_a_change_of_the_past_asks_what_becomes_of_what_was_said_since(office):
    async with desk(office) as at:
        await items(at, "j", "j")
        for answer, now, told in (("1", "completed", "现在仍为另一说法"), ("2", "behind", "")):
            await at.press("s", "6", "tab")
            await at.type("2020-02-01")
            await at.press("enter")
            assert at.dialog == "LaterDialog"
            assert "自 2020-03-02 起另有说法" in Said(at.text())
            assert "现在仍为状态已完成" in Said(at.text())
            assert "现在为状态未达序时进度" in Said(at.text())
            await at.press(answer, "enter")
            assert at.dialog is None
            assert status(office, "HLJ/3") == now
            assert told in at.notice
            await at.press("u")
            assert status(office, "HLJ/3") == "completed"
        await at.press("s", "6", "tab")
        await at.type("2020-02-01")
        await at.press("enter", "escape")
        assert at.dialog == "StatusDialog"
        assert "尚未选择" in at.complaint


async def test_marks_and_ranges_are_set_in_one_batch(office):
    async with desk(office) as at:
        await items(at)
        await at.press("space", "j", "v", "j", "j", "space", "J", "J")
        marked = at.table.marked_count
        await at.press("s")
        assert f"{marked} 项整改任务改为" in at.text()
        await at.press("1", "enter")
        assert "等" in at.notice
        assert at.table.marked_count == 0
        ((_, kind, n),) = batches(office)
        assert (kind, n) == ("set", len([1 for i in (1, 3, 4, 5, 6, 7, 8) if i not in (3, 6)]))


async def test_a_range_with_v_marks_what_lies_between(office):
    async with desk(office) as at:
        await items(at)
        await at.press("j", "v", "j", "j", "v")
        assert at.table.marked_count == 3
        assert "已标记 3" in at.notice
        lines = [line[:8] for line in at.lines() if "✓HLJ" in line]
        assert [line.split("✓")[1].strip() for line in lines] == ["HLJ/2", "HLJ/3", "HLJ/4"]


async def test_all_that_match_are_set_in_one_batch_and_undone_in_one(office):
    async with desk(office) as at:
        await items(at)
        await at.filter("状态:未达序时进度")
        assert at.table.total == 7
        await at.press("A")
        assert "已标记 7" in at.notice
        await at.press("s", "4", "enter")
        assert at.table.total == 0
        assert "没有符合条件的记录。按 escape 清除筛选。" in at.text()
        assert [(kind, n) for _, kind, n in batches(office)] == [("set", 7)]
        await at.press("u")
        assert at.notice.startswith("✓ 已撤销第 4 批：HLJ/2 等 7 条（")
        assert at.table.total == 7
        await at.press("U")
        assert at.notice.startswith("✓ 已重做第 4 批：HLJ/2 等 7 条（")
        assert at.table.total == 0
        await at.press("u", "u")
        assert "自己的改动可以撤销" in at.notice
        await at.press("escape")
        assert at.table.total == 59


async def test_nothing_to_redo_says_so(office):
    async with desk(office) as at:
        await items(at, "U")
        assert "没有可重做的改动" in at.notice


async def test_the_list_filters_while_one_types(office):
    async with desk(office) as at:
        await items(at, "slash")
        await at.type("排污口")
        await at.until(lambda: at.table.total == 12)
        assert at.view.focused.id == "filter"
        await at.type("3")
        await at.until(lambda: at.table.total == 1)
        assert at.row().split()[1] == "103"
        assert "SX-2019-OUTFALLS" in at.lines()[0]
        await at.press("escape")
        assert at.view.focused.id == "main"
        await at.press("escape")
        assert at.table.total == 59
        assert at.view.query_one("#filter", Input).value == ""


async def test_a_bad_filter_says_what_is_wrong_until_it_is_right_and_leaves_the_list(office):
    async with desk(office) as at:
        await items(at, "s", "6", "enter", "slash")
        await at.type("statu:behind")
        await at.until(lambda: "没有字段“statu”" in at.text())
        assert "是否为“status”" in at.text()
        assert at.notice.startswith("✓ 已改 HLJ/1")
        assert at.table.total == 59
        await at.press("enter")
        assert at.view.focused.id == "filter"
        await at.press("escape", "u")
        assert "没有字段" in at.text()
        at.view.query_one("#filter", Input).value = "status:behind"
        await at.until(lambda: at.table.total == 7)
        assert "没有字段" not in at.text()
        assert at.notice.startswith("✓ 已撤销第 4 批")


async def test_what_is_typed_comes_after_a_filter_that_was_handed_over(office):
    async with desk(office) as at:
        await at.press("i", "slash")
        line = at.view.query_one("#filter", Input)
        assert line.value == "-状态:并入 地区:黑龙江省 "
        await at.type("第3个")
        await at.press("enter", "slash")
        assert line.value == "-状态:并入 地区:黑龙江省 第3个"
        assert at.table.total == 1


async def test_an_unfinished_filter_waits(office):
    async with desk(office) as at:
        await items(at, "slash")
        await at.type("status:")
        assert at.table.total == 59
        assert "缺少值" not in at.text()
        await at.press("enter")
        await at.pilot.pause(2 * TYPING_PAUSE)
        assert "缺少值" in at.text()


async def test_a_day_that_stands_in_a_line_is_replaced_by_what_is_typed(office):
    async with desk(office) as at:
        await at.press("D")
        await at.type("2020-03-01")
        assert at.app.screen.value("on") == "2020-03-01"
        await at.press("escape", "2", "s", "tab")
        await at.type("3-1")
        assert at.app.screen.value("on") == "3-1"
        await at.press("escape", "6", "E", "tab", "tab")
        await at.type("+3d")
        assert at.app.screen.value("due") == "+3d"


async def test_arrows_move_in_the_list_while_the_filter_has_the_focus(office):
    async with desk(office) as at:
        await items(at, "slash", "down", "down")
        assert at.table.cursor_index == 2
        assert at.view.focused.id == "filter"


def ids(at, query):
    return at.view.pane.subject.rows(query).listing.ids(0, 59)


def keys(at):
    return [at.table.row(index).key for index in range(at.table.total)]


async def test_every_order_by_key_and_backwards(office):
    async with desk(office, LARGE) as at:
        await items(at)
        for order in ITEMS.orders:
            assert at.view.pane.order == order
            expected = at.view.pane.subject.rows(ListQuery(order=order)).listing.ids(0, 59)
            assert keys(at) == expected
            await at.press("O")
            expected = at.view.pane.subject.rows(
                ListQuery(order=order, descending=True)
            ).listing.ids(0, 59)
            assert keys(at) == expected
            assert "倒序" in at.notice
            await at.press("o")
        assert at.view.pane.order == "number"


async def test_a_click_on_a_title_sorts_and_another_turns_it_round(office):
    async with desk(office) as at:
        await items(at)
        for place in at.table.layout_of_line().places:
            key = place.column.key
            if key not in at.view.pane.subject.orders:
                continue
            for descending in (False, True):
                await at.pilot.click("#main", offset=(place.x + 3, 0))
                await at.settle()
                assert (at.view.pane.order, at.view.pane.descending) == (
                    key,
                    descending,
                ) or key == "number"
            assert ("▼" in at.lines()[2]) == at.view.pane.descending


async def test_sorting_keeps_the_cursor_on_its_row(office):
    async with desk(office) as at:
        await items(at, "j", "j", "j")
        key = at.table.cursor_key
        await at.press("o", "o", "O")
        assert at.table.cursor_key == key


async def test_editing_a_field_writes_only_what_was_changed(office):
    async with desk(office) as at:
        await items(at, "e")
        assert "编辑 HLJ/1" in at.text()
        screen = at.app.screen
        assert screen.query_one("#field-region", Input).value == "萨尔图区"
        assert screen.query_one("#field-verification", Input).value == "未核实"
        screen.query_one("#field-note", Input).focus()
        await at.type("现场已看过，正在施工")
        screen.query_one("#field-verification", Input).value = "现场核实属实"
        await at.press("enter")
        assert at.dialog is None
        rows = office.reader().execute(
            "SELECT field, new FROM history WHERE batch_id = 4 AND entity = 'item' ORDER BY field"
        )
        assert rows.fetchall() == [
            ("note", '"现场已看过，正在施工"'),
            ("verification", '"confirmed"'),
            ("visit_id", "1"),
        ]


async def test_chinese_can_be_typed_into_every_field(office):
    async with desk(office, LARGE) as at:
        await items(at, "e")
        fields = list(at.app.screen.query(Input))
        assert len(fields) == sum(field.form for field in ITEM.values()) + 2
        for line in fields:
            line.value = ""
            line.focus()
            await at.type("大庆x")
            assert line.value == "大庆x"
        await at.press("escape", "m")
        for line in at.app.screen.query(Input):
            line.value = ""
            line.focus()
            await at.type("大庆")
            assert line.value == "大庆"
        await at.press("escape", "s", "tab", "tab")
        await at.type("原因")
        assert at.app.screen.value("reason") == "原因"
        await at.press("6", "shift+tab", "shift+tab", "6", "enter")
        reason = office.reader().execute("SELECT reason FROM batch WHERE id = 4")
        assert reason.fetchone() == ("原因6",)
        assert status(office, "HLJ/1") == "behind"


async def test_fields_of_many_are_set_at_once(office):
    async with desk(office) as at:
        await items(at, "space", "space", "e")
        assert "编辑 2 项整改任务" in at.text()
        at.app.screen.query_one("#field-progress", Input).value = "77"
        await at.press("ctrl+s")
        assert at.dialog is None
        progress = office.reader().execute("SELECT progress FROM item WHERE id IN (1, 2)")
        assert progress.fetchall() == [(77,), (77,)]


UNREADABLE = (
    ("progress", "150", "进度“150”"),
    ("region", "没有这个地方", "没有"),
    ("region", "高新区", "高新区"),
    ("start", "不是日期", "读不出日期"),
    ("verification", "随便", "现场核实“随便”应为 未核实、现场核实属实、现场核实不属实"),
    ("verification", "", "现场核实“”应为"),
    ("problem", "字" * 4001, "文字过长"),
)


async def test_the_form_stays_open_for_what_cannot_be_read(office):
    async with desk(office) as at:
        await items(at, "e")
        screen = at.app.screen
        for field, typed, said in UNREADABLE:
            line = screen.query_one(f"#field-{field}", Input)
            line.value = typed
            await at.press("enter")
            assert at.app.screen is screen
            assert said in at.complaint
            assert line.value == typed
            assert batches(office) == []
            line.value = screen.now[field]
        screen.query_one("#field-note", Input).value = "改好了"
        await at.press("enter")
        assert at.dialog is None
        assert len(batches(office)) == 1


BAD_LINES = (
    ("on", "某天", "看不懂日期"),
    ("on", "2020-03-07", "晚于今天"),
    ("reason", "字" * 4001, "文字过长"),
)


@pytest.mark.parametrize("key", ["s", "e", "m"])
async def test_every_dialog_stays_open_for_a_bad_day_or_reason(office, key):
    async with desk(office) as at:
        await items(at, key)
        screen = at.app.screen
        for name, text in (("field-note", "新备注"), ("into", "SX-2019-OUTFALLS/101")):
            for box in screen.query(f"#{name}").results(Input):
                box.value = text
        if key == "s":
            await at.press("1")
        for name, typed, said in BAD_LINES:
            line = screen.query_one(f"#{name}", Input)
            before, line.value = line.value, typed
            await at.press("ctrl+s")
            assert at.app.screen is screen
            assert said in at.complaint
            assert batches(office) == []
            line.value = before
        await at.press("ctrl+s")
        assert at.dialog is None
        assert len(batches(office)) == 1


async def test_a_form_in_which_nothing_was_changed_says_so(office):
    async with desk(office) as at:
        await items(at, "e", "enter")
        assert at.dialog == "FormDialog"
        assert "没有改动任何一项" in at.complaint


async def test_merging(office):
    async with desk(office) as at:
        await items(at, "m")
        await at.type("SX-2019-OUTFALLS/101")
        await at.press("enter")
        assert at.dialog is None
        assert status(office, "HLJ/1") == "merged"
        assert "→SX-2019-OUTFALLS" in at.row() or "并入" in at.row()
        await at.press("u")
        assert status(office, "HLJ/1") == "on_schedule"


CANNOT_CARRY_ON = (
    ("", "没有写编号"),
    ("HLJ/999", "没有整改任务 HLJ/999"),
    ("HLJ/2-4", "应指一项"),
    ("HLJ/1", "并入自己"),
    ("HLJ", "自己所在的整改方案"),
    ("没有/3", "没有"),
)


async def test_merge_dialog_stays_open_for_what_cannot_carry_on(office):
    async with desk(office) as at:
        await items(at, "m")
        for typed, said in CANNOT_CARRY_ON:
            at.app.screen.query_one("#into", Input).value = typed
            await at.press("enter")
            assert at.dialog == "MergeDialog"
            assert said in at.complaint
            assert batches(office) == []


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_details_show_measures_milestones_and_the_whole_history(office, size):
    put(office, "HLJ/1", responsible="萨尔图区生态环境局", note="第一次")
    put(office, "HLJ/1", note="第二次")
    async with desk(office, size) as at:
        await items(at)
        if size == SMALL:
            await at.press("enter")
        page = str(at.view.query_one("#detail").content)
        for text in (
            "HLJ/1", "新建替代水源地", "开工", "2019年5月6日", "2020年2月底前", "读作 2020-02-29",
            "全国 › 黑龙江省 › 大庆市 › 萨尔图区", "列入台账", "“台账建立”",
            "备注：第一次 → 第二次",
            "责任单位：第1水务局 → 萨尔图区生态环境局", "somebody else #5", "时间轴", "上报状态",
        ):  # fmt: skip
            assert text in page, text
        line = page.partition("时间轴\n")[2].partition("\n\n历史")[0].splitlines()
        assert any(each.endswith("2020-02-29") for each in line), line
        assert max(map(width, line)) <= at.view.query_one("#detail").scrollable_content_region.width
        assert "responsible_id" not in page
        await at.press("d")
        assert not at.view.query_one("#detail").display


async def test_details_follow_the_cursor_and_scroll(office):
    async with desk(office) as at:
        await items(at, "d", "j")
        detail = at.view.query_one("#detail")
        assert "第2个问题" in str(at.view.query_one("#detail").content)
        await at.press("ctrl+f")
        assert detail.scroll_y > 0
        at_rest = detail.scroll_y
        put(office, "HLJ/9", note="别处")
        await at.until(lambda: at.app.watch_ledger.batch == 4)
        assert detail.scroll_y == at_rest
        await at.press("ctrl+b")
        assert detail.scroll_y == 0


async def test_what_is_marked_on_a_page_can_be_copied(office):
    async with desk(office) as at:
        await items(at, "d", "j")
        await at.pilot.mouse_down("#detail", offset=(2, 1))
        await at.pilot.hover("#detail", offset=(6, 2))
        await at.pilot.mouse_up("#detail", offset=(6, 2))
        assert at.app.screen.get_selected_text().startswith("LJ/2\n第2")


async def test_a_double_click_opens_details_and_clicks_mark(office):
    async with desk(office) as at:
        await items(at)
        await at.pilot.click("#main", offset=(10, 3), times=2)
        await at.settle()
        assert at.view.pane.has_class("detail")
        assert at.table.cursor_index == 2
        await at.press("d")
        await at.pilot.click("#main", offset=(10, 1), control=True)
        await at.pilot.click("#main", offset=(10, 4), shift=True)
        await at.settle()
        assert at.table.marked_count >= 4


async def test_the_status_dialog_begins_on_what_harms_nothing(office):
    async with desk(office) as at:
        await items(at, "j", "s")
        assert at.app.screen.query_one(OptionList).highlighted == 5
        await at.press("enter")
        assert "内容相同" in at.notice
        await at.press("space", "space", "s")
        assert at.app.screen.query_one(OptionList).highlighted is None
        await at.press("enter")
        assert at.dialog == "StatusDialog"
        assert "还没有选状态" in at.complaint
        assert batches(office) == []
        await at.press("down", "enter")
        assert status(office, "HLJ/2") == status(office, "HLJ/3") == "completed"


async def test_an_edit_that_changes_nothing_says_so(office):
    async with desk(office) as at:
        await items(at, "s", "4", "enter")
        assert at.dialog is None
        assert "内容相同" in at.notice
        assert batches(office) == []


async def test_enter_and_space_on_an_empty_list_do_no_harm(office):
    async with desk(office) as at:
        await items(at)
        await at.filter("没有这样的文字")
        for key in ("s", "e", "m"):
            await at.press(key)
            assert at.dialog is None
            assert "没有选中任何记录" in at.notice
        await at.press("space", "v", "A", "s", "d", "enter", "J", "G", "ctrl+d")
        assert at.dialog is None


async def test_every_dialog_says_which_item_it_is_about_and_what_that_says_now(office):
    async with desk(office) as at:
        await items(at, "j")
        for key in ("s", "e", "m"):
            await at.press(key)
            about = at.app.screen.about
            assert about.splitlines()[0] == "HLJ/2 · 让胡路区", key
            assert "第2个问题，大龙虎泡水源地" in about
            assert "! 未达序时进度（自 2020-01-10）" in about
            assert "进度 2%" in about
            assert about.splitlines()[0] in at.text()
            await at.press("escape")
        await at.press("space", "j", "space", "s")
        assert at.app.screen.about == "HLJ/2,4\n! 未达序时进度 1 · ✓ 基本完成 1"


async def test_the_page_of_an_item_says_who_wrote_on_whose_behalf(office):
    with office.batch("set", who="countyA", on_behalf="省长") as writing:
        set_items(writing.draft, [1], {"note": "x"})
    async with desk(office, LARGE) as at:
        await items(at)
        assert "countyA（代省长） #4" in str(at.view.query_one("#detail").content)


async def test_an_item_is_added_with_a_form_of_all_its_fields(office):
    async with desk(office) as at:
        await at.press("2")
        await at.filter("programme:HLJ")
        await at.press("a")
        await at.until(lambda: at.app.screen.query_one("#field-number").value)
        assert at.app.screen.query_one("#field-programme").value == "HLJ"
        number = at.app.screen.query_one("#field-number").value
        await at.press("ctrl+s")
        assert "没有改动任何一项" in at.complaint
        await at.type("新发现的污水直排")
        at.app.screen.query_one("#field-region").value = "大庆市"
        at.app.screen.query_one("#field-deadline").value = "2020年底前"
        await at.press("ctrl+s")
        await at.until(lambda: at.dialog is None)
        row = office.reader().execute(
            "SELECT r.name, due_on FROM item JOIN region r ON r.id = region_id"
            " WHERE number = ? AND problem = '新发现的污水直排'",
            [number],
        )
        assert row.fetchone() == ("大庆市", "2020-12-31")
        await at.press("a")
        await at.until(lambda: at.app.screen.query_one("#field-number").value)
        at.app.screen.query_one("#field-number").value = number
        await at.type("又一项")
        await at.press("ctrl+s")
        await at.until(lambda: at.complaint)
        assert f"HLJ/{number}" in at.complaint
