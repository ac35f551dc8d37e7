"""The report's screen: what will be published, periods, freezing, comparing, exporting."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from desk import LARGE, Said, desk, put

from rectify_tui.errors import Refusal
from rectify_tui.i18n import Language
from rectify_tui.reports.weekly.build import Request, build
from rectify_tui.reports.weekly.freeze import freeze
from rectify_tui.reports.weekly.render import render
from rectify_tui.reports.weekly.settings import Settings
from rectify_tui.store.commands.items import add_item, set_items
from rectify_tui.store.commands.places import NewProgramme, add_programme
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.references import item_ids
from rectify_tui.store.regions import one_region
from rectify_tui.store.reports import frozen_reports
from rectify_tui.tui.weekly_report import for_screen

pytestmark = pytest.mark.journeys


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def page(at) -> str:
    return at.view.query_one("#page").text


async def test_shows_what_will_be_published(office):
    async with desk(office, LARGE) as at:
        await at.press("4")
        wanted = build(office, Settings(), at.app.session.t, Request()).report
        room = LARGE[0] - 4
        written = render(for_screen(wanted), "table", width=room).decode()
        assert "".join(page(at).split()) == "".join(written.split())
        assert "未存档" in at.lines()[0]
        assert "截至 2020-03-06" in at.lines()[0]


async def test_goes_through_periods_and_programmes(office):
    async with desk(office) as at:
        await at.press("4", "p")
        assert at.view.shown.period.cutoff == date(2020, 2, 28)
        await at.press("p", "n", "n")
        assert at.view.shown.period.cutoff == date(2020, 3, 6)
        await at.press("n")
        assert at.view.shown.period.cutoff == date(2020, 3, 6)
        await at.press("B")
        assert at.view.shown.period.kind.value == "month"
        await at.press("B", "B", "B", "b")
        assert at.view.shown.period.kind.value == "week"
        assert "HLJ" in at.notice


async def test_a_period_without_figures_says_so_and_leads_back(office):
    async with desk(office) as at:
        await at.press("4", "B", *["p"] * 10)  # months, to before the first case was passed on
        assert at.view.shown is None
        assert "台账里还没有数据" in page(at)
        await at.press(*["n"] * 10)
        assert at.view.shown is not None


async def test_freezing_keeps_the_report_whatever_is_learned_later(office):
    async with desk(office, LARGE) as at:
        await at.press("4")
        before = page(at)
        await at.press("f")
        assert at.dialog == "ReasonDialog"
        await at.type("已核对")
        await at.press("enter")
        await at.until(lambda: at.dialog is None)
        assert "校验码" in at.notice
        assert not re.search("[0-9a-f]{20}", at.notice)
        assert "已存档" in at.lines()[0]
        (frozen,) = frozen_reports(office.reader())
        assert frozen.cutoff == "2020-03-06"
        with office.batch("set") as writing:
            ids = item_ids(writing.draft.connection, ["HLJ/1"])
            set_items(writing.draft, ids, {"status": "behind"}, on=date(2020, 3, 1))
        await at.until(lambda: at.app.watch_ledger.batch == office.newest_batch())
        kept = page(at)
        assert before.splitlines()[4:8] == kept.splitlines()[4:8]
        await at.press("equals_sign")
        assert "HLJ/1" in page(at)
        await at.press("equals_sign")
        assert "没有存档" in page(at)
        await at.press("equals_sign", "f", "enter")
        await at.until(lambda: at.complaint)
        await at.until(lambda: "已由" in at.complaint)


async def test_a_frozen_report_is_withdrawn_with_a_reason_and_not_undone(office):
    freeze(office, Settings(), Language("zh"), Request(date(2020, 3, 6)))
    frozen = office.newest_batch()
    async with desk(office) as at:
        await at.press("4")
        assert "W 撤回" in at.notice
        await at.press("W", "enter")
        await at.until(lambda: "请写明为什么撤回" in at.complaint)
        assert f"第 {frozen} 批" in at.app.screen.about
        await at.type("漏报一项")
        await at.press("enter")
        await at.until(lambda: at.dialog is None)
        assert "已撤回截至 2020-03-06 的报表" in at.notice
        assert "未存档" in at.lines()[0]
        (kept,) = frozen_reports(office.reader())
        assert kept.withdrawn == "漏报一项"
        await at.press("W")
        assert "没有存档的报表可撤回" in at.notice
        told = at.app.session.words(Refusal("undo.published", batch=frozen))
        assert "到周报（4）选中那一期，按 W" in told
        assert "rectify" not in told


async def test_right_after_an_import_the_period_that_has_it_is_shown_and_one_key_away(
    regions_store, tmp_path, clock
):
    shutil.copy(regions_store, tmp_path / "new.db")
    ledger = Ledger(tmp_path / "new.db", clock=clock)
    clock.set(date(2020, 3, 10))
    with ledger.batch("import") as writing:
        nation = one_region(writing.draft.connection, "000000").id
        code = add_programme(writing.draft, NewProgramme("NEW", "新方案", nation, 2020))
        add_item(writing.draft, code, "1", {"problem": "x", "status": "behind"})
    async with desk(ledger) as at:
        await at.press("4")
        assert at.view.shown.period.cutoff == date(2020, 3, 13)
        await at.press("p")
        assert "最早的数据从 2020-03-10 起生效" in Said(page(at))
        assert "rectify" not in page(at)
        await at.press("enter")
        assert at.view.shown.period.cutoff == date(2020, 3, 13)
    ledger.close()


async def test_a_week_is_set_beside_the_one_before_without_being_frozen(office):
    async with desk(office) as at:
        await at.press("4", "equals_sign")
        assert "未存档，与上期对照" in at.lines()[0]
        assert "截至 2020-02-28 的台账与截至 2020-03-06 的周报" in " ".join(page(at).split())
        assert "HLJ/3" in page(at)
        await at.press("equals_sign")
        assert "与上期对照" not in at.lines()[0]
        columns = for_screen(at.view.shown.report).sections[0].table.columns
        keys = [column.key for column in columns]
        assert keys[:4] == ["name", "total", "completion_rate", "rate_change"]


@pytest.mark.journeys
async def test_the_list_of_frozen_reports_says_what_today_would_say(office):
    freeze(office, Settings(), Language("zh"), Request(date(2020, 2, 28)))
    freeze(office, Settings(), Language("zh"), Request(date(2020, 3, 6)))
    put(office, "HLJ/2", status="completed")
    async with desk(office, LARGE) as at:
        await at.press("4", "Q")
        texts = [line for line in at.lines() if line.startswith(("▌ 2020", "  2020"))]
        assert "现在不同" in texts[0]
        assert "1 项" in texts[0]
        assert "相符" in texts[1]
        await at.press("equals_sign")
        await at.until(lambda: at.view.choice is not None and at.view.shown is not None)
        assert "存档与现在对照" in at.lines()[0]
        assert at.view.shown.period.cutoff == date(2020, 3, 6)
        await at.press("Q", "j", "enter")
        await at.until(lambda: at.view.shown is not None)
        assert at.view.shown.period.cutoff == date(2020, 2, 28)


async def test_two_frozen_reports_are_set_side_by_side(office):
    for day in (date(2020, 2, 28), date(2020, 3, 6)):
        freeze(office, Settings(), Language("zh"), Request(day))
    async with desk(office, LARGE) as at:
        await at.press("4", "equals_sign", "equals_sign")
        assert "与上期存档对照" in at.lines()[0]
        assert "HLJ/3" in page(at)


async def test_exports_to_the_format_of_the_ending(office, tmp_path):
    async with desk(office) as at:
        await at.press("4", "x")
        assert at.dialog == "SaveDialog"
        path = at.app.screen.query_one("#path")
        path.value = str(tmp_path / "周报.pdf")
        await at.press("enter")
        assert "看不出格式" in at.complaint
        path.value = str(tmp_path / "no" / "folder.json")
        await at.press("enter")
        await at.until(lambda: "写不了" in at.complaint)
        path.value = str(tmp_path / "周报.json")
        await at.press("enter")
        await at.until(lambda: at.dialog is None)
        data = json.loads((tmp_path / "周报.json").read_text("utf-8"))
        assert data["period"]["cutoff"] == "2020-03-06"
        built = build(office, Settings(), Language("zh"), Request()).report
        assert data == json.loads(render(built, "json"))
        assert "burn_up" in data  # which the page has not
        assert "已写入" in at.notice


async def test_scrolls_and_survives_a_language_and_a_style(office):
    async with desk(office) as at:
        await at.press("4", "pagedown", "j", "G", "g", "shift+right", "shift+left", "L")
        assert "Weekly" in at.lines()[0]
        await at.press("ctrl+a")
        assert at.app.session.ascii
        assert "─" not in page(at)


async def test_the_names_of_a_table_are_held_on_the_way_sideways(office):
    async with desk(office) as at:
        await at.press("4")
        page = at.view.query_one("#page")
        titles = "市　  完成  " + "很宽的列" * 20
        page.show(f"头一行散文\n\n{titles}\n────  ────  ──\n太原     3  末尾\n\n说明\n")
        await at.settle()
        before = at.lines()[1:8]
        page.scroll_to(x=6, animate=False)
        await at.settle()
        after = at.lines()[1:8]
        assert after[0] == before[0] == " 头一行散文"
        assert after[4].startswith(" 太原  末尾")
        assert after[6] == " 说明"
        await at.press("shift+left")
        assert at.lines()[1:8] == before


async def test_the_report_is_drawn_in_the_colours_of_the_theme(office):
    async with desk(office) as at:
        await at.press("4")
        page = at.view.query_one("#page")
        for strip in at.strips()[page.region.y : page.region.bottom - 1]:
            for piece in strip:
                assert piece.style is not None
                assert piece.style.bgcolor is not None, piece


async def test_what_is_frozen_beside_another_day_is_still_the_report(office):
    async with desk(office) as at:
        await at.press("4", "=", "f")
        assert "与上期对照（按现在所知）”？" not in Said(at.text())
        assert "“周报”" in Said(at.text())
