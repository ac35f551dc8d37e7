"""The list of cases: what differs from items."""

from __future__ import annotations

import pytest
from desk import LARGE, batches, desk
from textual.widgets import Input

from rectify_tui.store.cases import CASES
from rectify_tui.store.listing import ListQuery

pytestmark = pytest.mark.journeys


def kept(ledger, number, column):
    row = ledger.reader().execute(f"SELECT {column} FROM complaint_case WHERE number = ?", [number])
    return row.fetchone()[0]


async def test_a_case_is_closed_by_three_keys_and_brought_back_by_one(office):
    async with desk(office) as at:
        await at.press("3", "j", "j")
        assert "! 未办结" in at.row()
        await at.press("s", "1", "enter")
        assert "✓ 已办结" in at.row()
        assert kept(office, "D003", "closed_on") == "2020-03-06"
        assert at.notice.startswith("✓ 已改 HLJ/D003（")
        await at.press("u")
        assert "! 未办结" in at.row()
        assert kept(office, "D003", "closed_on") is None


async def test_filter_marks_and_a_batch(office):
    async with desk(office) as at:
        await at.press("3")
        await at.filter("状态:未办结 噪声")
        total = at.table.total
        await at.press("A", "space", "s", "2", "enter")
        assert [(kind, n) for _, kind, n in batches(office)] == [("set", total - 1)]


async def test_every_order(office):
    async with desk(office, LARGE) as at:
        await at.press("3")
        for order in CASES.orders:
            expected = at.view.pane.subject.rows(ListQuery(order=order)).listing.ids(0, 30)
            assert [at.table.row(index).key for index in range(30)] == expected
            await at.press("o")


async def test_the_form_speaks_the_words_of_the_office(office):
    async with desk(office) as at:
        await at.press("3")
        await at.filter("no:D007")
        await at.press("e")
        screen = at.app.screen
        assert screen.value("field-region") == "萨尔图区、让胡路区"
        assert screen.value("field-types") == "水、噪声"
        for field, typed, said in (
            ("types", "水、说不清", "不认识的污染类型"),
            ("substantiated", "也许", "是否属实“也许”应为 属实、基本属实、部分属实、不属实"),
            ("fined_wan", "很多", "罚款"),
            ("fined_wan", "1.0000001", "罚款"),
            ("ordered", "几家", "责令整改（家） 应为整数"),
            ("closed_on", "某天", "看不懂日期"),
            ("region", "没有这个地方", "没有"),
        ):
            line = screen.query_one(f"#field-{field}", Input)
            before, line.value = line.value, typed
            await at.press("enter")
            assert at.app.screen is screen
            assert said in at.complaint
            line.value = before
        screen.query_one("#field-types", Input).value = "大气，油烟"
        screen.query_one("#field-substantiated", Input).value = "部分属实"
        screen.query_one("#field-fined_wan", Input).value = "123.4567"
        await at.press("enter")
        assert at.dialog is None
        assert kept(office, "D007", "types") == "air,cooking_fumes"
        assert kept(office, "D007", "substantiated") == "partly"
        assert kept(office, "D007", "fined_yuan") == 1_234_567
        await at.press("d")
        page = str(at.view.query_one("#detail").content)
        for text in (
            "萨尔图区、让胡路区", "大气、油烟", "部分属实", "123.4567",
            "污染类型：水、噪声 → 大气、油烟",
        ):  # fmt: skip
            assert text in page, text


async def test_fines_are_exact_to_the_yuan(office):
    async with desk(office, LARGE) as at:
        await at.press("3")
        await at.filter("no:D008")
        assert "1234.5678" in str(at.view.query_one("#detail").content)
        await at.press("d")
        assert "1234.5678" in at.row()


async def test_what_is_done_with_cases_by_keys(office):
    async with desk(office, LARGE) as at:
        await at.press("3")
        await at.filter("no:D003")
        await at.press("S", "1")
        assert "拆成几件" in at.text()
        await at.press("enter")
        screen = at.app.screen
        screen.query_one("#field-substantiated", Input).value = "部分属实"
        screen.query_one("#field-fined_wan", Input).value = "0.5元"
        await at.press("ctrl+s")
        assert at.dialog is None
        assert kept(office, "D003", "status") == "closed"
        assert kept(office, "D003", "fined_fen") == 50
        await at.press("S", "3", "enter", "ctrl+s")
        assert "理由" in at.complaint
        at.app.screen.query_one("#reason", Input).value = "又响了"
        await at.press("ctrl+s")
        assert kept(office, "D003", "status") == "open"
        await at.press("S", "4", "enter")
        screen = at.app.screen
        screen.query_one("#field-part1", Input).value = "萨尔图区=噪声"
        screen.query_one("#field-part2", Input).value = "让胡路区=扬尘"
        await at.press("ctrl+s")
        assert kept(office, "D003-2", "letter") == "D003"
        await at.press("S", "6", "enter")
        at.app.screen.query_one("#field-of", Input).value = "D003-2"
        await at.press("ctrl+s")
        assert kept(office, "D003", "duplicate_of") == kept(office, "D003-2", "id")
        await at.press("u", "u")
        assert kept(office, "D003", "letter") is None
