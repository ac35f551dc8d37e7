"""Tables of reports in the dashboard: their list, what each shows, and what is done from a row."""

from __future__ import annotations

from datetime import date

import pytest
from desk import HOSTILE, LARGE, desk
from icalendar import Calendar
from textual import events
from textual.widgets import Input, TextArea

from rectify_tui.domain.ladder import EscalationStep
from rectify_tui.intake.visits.again import Given, draw_again
from rectify_tui.store.commands.escalations import escalate, find_addressee
from rectify_tui.store.commands.items import set_items
from rectify_tui.store.draws import draws
from rectify_tui.store.escalations import escalations
from rectify_tui.tui.tables.all import PAGES
from rectify_tui.tui.tables.names import NAMES

pytestmark = pytest.mark.journeys


@pytest.fixture
def escalated(office):
    """The office with a step taken towards a city."""
    with office.batch("escalate", who="office") as writing:
        daqing = find_addressee(writing.draft.connection, "大庆市")
        asked, due = date(2020, 2, 21), date(2020, 3, 4)
        escalate(
            writing.draft, daqing, EscalationStep.LETTER, [3, 9], due_on=due, cause="滞后", on=asked
        )
    return office


async def paste(at, text):
    """Paste a text over whatever has the focus."""
    at.app.screen.focused.post_message(events.Paste(text))
    await at.settle()


@pytest.mark.journeys
async def test_every_table_opens_from_its_list_and_turns_its_forms(escalated):
    async with desk(escalated) as at:
        await at.press("9")
        assert at.table.total == len(NAMES)
        for place, page in enumerate(PAGES):
            assert at.table.cursor_index == place
            await at.press("enter")
            assert at.view.page is page
            for _ in page.kinds:
                whole = at.text()
                assert at.app.session.t(f"tables.{page.name}.title") in whole
                empty = "".join(at.table.empty_text.split())
                assert at.table.total or (empty and empty in "".join(whole.split()))
                if len(page.kinds) > 1:
                    await at.press("B")
            await at.press("escape", "j")
        await at.press("escape")
        assert at.app.current_mode == "overview"


async def test_an_answer_is_given_from_the_row_of_a_step(escalated):
    async with desk(escalated) as at:
        await at.press("ctrl+p")
        await at.type("督办台账")
        await at.press("enter")
        assert "函告" in at.row()
        assert "逾期未" in at.row()
        await at.press("a")
        at.app.screen.query_one("#text", Input).value = "设备已到货"
        at.app.screen.query_one("#on", Input).value = "2020-03-06"
        await at.press("enter")
        assert at.dialog is None
        assert at.table.total == 0  # nobody is waited for any more
        (step,) = escalations(escalated.reader())
        assert (step.answer, step.answered_on) == ("设备已到货", "2020-03-06")
        await at.press("B")
        assert "已答复" in at.row()
        await at.press("enter")
        assert (at.app.current_mode, at.table.total) == ("items", 2)
        await at.press("9", "u")
        assert escalations(escalated.reader())[0].answer is None


async def test_a_draft_is_checked_figure_by_figure_and_put_right(office):
    draft = (
        f"黑龙江省整改方案任务40项，已完成八项，滞后99项。{HOSTILE[0]}{HOSTILE[1]}任务3项。\x1b[31m"
    )
    async with desk(office, LARGE) as at:
        await at.press("9", "enter", "e")
        await paste(at, draft)
        assert "\x1b" not in at.app.screen.query_one(TextArea).text
        await at.press("ctrl+s")
        text = "".join(at.text().split())
        assert "任务40项✓" in text
        assert "八项!" in text
        assert "99项!" in text
        counted = {
            row.cells["what"].text: row.cells["ledger"].text
            for row in map(at.table.row, range(at.table.total))
        }
        assert f"已完成{counted['已完成']}项!" in text
        assert HOSTILE[1] in text
        await at.press("slash")
        await at.type("完成")
        await at.press("enter")
        assert 0 < at.table.total < len(counted)
        await at.press("escape", "ctrl+a")
        assert "任务40项+" in "".join(at.text().split())
        await paste(at, "一" * 100_001)
        assert "100000" in at.notice


@pytest.mark.journeys
async def test_known_on_asks_for_a_day_and_a_calendar_is_written(office, tmp_path):
    async with desk(office) as at:
        await at.press("9", "G", "enter", "e")
        await at.type("2020-02-28")
        await at.press("enter")
        assert "2020-02-28" in at.notice
        known = at.table.row(0).cells["completed"].text
        await at.press("e")
        await at.type("2020-03-06")
        await at.press("enter")
        assert int(at.table.row(0).cells["completed"].text) == int(known) + 1
        await at.press("escape", "g", "j", "j", "j", "enter")
        assert "2020-03-31" in at.row()
        await at.press("x")
        at.app.screen.query_one(Input).value = str(tmp_path / "days.ics")
        await at.press("enter")
        assert at.dialog is None
        found = Calendar.from_ical((tmp_path / "days.ics").read_bytes()).events
        assert len(found) == at.table.total
        ref = at.table.row(at.table.cursor_index).cells["ref"].text
        await at.press("enter")
        assert at.app.current_mode == "items"
        assert ref.partition("/")[2] in at.row()


async def test_the_line_below_the_list_says_in_full_what_a_table_shows(office):
    async with desk(office) as at:
        await at.press("9")
        for page in PAGES:
            assert at.view.t(f"tables.{page.name}.about") in at.notice
            await at.press("enter", "escape", "down")


async def test_a_place_is_counted_from_the_keyboard(office):
    async with desk(office) as at:
        at.app.open_list("tables", "coverage", None)
        await at.settle()
        assert "按 a 填报" in at.text()
        await at.press("a")
        for text in ("HLJ", "大庆市", "三"):
            await at.type(text)
            await at.press("enter")
        await at.press("ctrl+s")
        assert "三" in at.complaint
        at.app.screen.query_one("#done", Input).value = "3"
        at.app.screen.query_one("#due", Input).value = "7"
        await at.press("ctrl+s")
        assert at.dialog is None
        assert "42.9%" in at.text()


async def test_a_visit_that_lacks_something_is_completed(office):
    async with desk(office, LARGE) as at:
        await at.press("2", "semicolon", "ctrl+s", "ctrl+s")
        assert at.dialog is None
        at.app.open_list("tables", "verification", None)
        await at.settle()
        assert "按 B 换到“记录不全”补齐" in "".join(at.text().split("\n"))
        assert at.view.lacks("answers")
        await at.press("B", "B", "B", "B", "B")
        assert "缺核实人、位置、检查情况" in at.row()
        await at.press("a", "ctrl+s")
        assert "没有" in at.complaint
        for text in ("李工", "二组", "已整改", "45.75,126.63"):
            await at.type(text)
            await at.press("enter")
        await at.press("ctrl+s")
        assert at.dialog is None
        assert at.table.total == 0
        await at.press("enter")


async def test_a_population_is_frozen_drawn_from_and_made_into_a_sheet(office, tmp_path):
    with office.batch("set", who="office") as writing:
        set_items(writing.draft, [1, 2, 4, 5], {"status": "completed"})
    async with desk(office, LARGE) as at:
        at.app.open_list("tables", "verification", None)
        await at.settle()
        await at.press("B", "B", "B", "B")
        assert "按 a 冻结总体" in "".join(at.text().split("\n"))
        await at.press("a")
        at.app.screen.query_one("#tolerable", Input).value = "很多"
        await at.press("ctrl+s")
        assert "很多" in at.complaint
        at.app.screen.query_one("#tolerable", Input).value = "5%"
        at.app.screen.query_one("#place", Input).value = "大庆市"
        await at.press("ctrl+s")
        (drawn,) = draws(office.reader(), office.today())
        told = "".join(at.text().split())
        assert drawn.head in told
        assert drawn.digest in told
        await at.press("1", "enter")
        assert drawn.head in at.app.clipboard
        assert "等种子数" in at.row()
        await at.press("a", "1", "enter", "ctrl+s")
        assert "种子数不能为空" in at.complaint
        await at.type("福彩3D 481")
        await at.press("enter")
        (drawn,) = draws(office.reader(), office.today())
        assert drawn.sample is not None
        at.app.screen.query_one("#path", Input).value = str(tmp_path / "核实表.xlsx")
        await at.press("enter")
        assert at.dialog is None
        made = draw_again(tmp_path / "核实表.xlsx", Given(None, None, None, None))
        assert set(made.sample.refs) == set(drawn.sample.refs)
        await at.press("a", "2", "enter")
        assert at.app.screen.query_one("#place", Input).value == ""
        await at.press("2", "ctrl+s")
        assert [each.whole for each in draws(office.reader(), office.today())] == [True, False]
