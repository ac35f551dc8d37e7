"""The desk of returns: made, chased, noted as received, taken in, and the report frozen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from desk import LARGE, Desk, desk
from moving_clock import Clock
from thirteen import CITIES, FRIDAY, MONDAY, build, send_back

from rectify_tui.intake.returns.status import read_round
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.reports import frozen_reports

MOST_KEYS = 60


@pytest.fixture(autouse=True)
def own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Settings, copies and files of this test alone."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY)


@pytest.fixture
def province(tmp_path: Path, clock: Clock) -> Ledger:
    ledger = build(tmp_path / "province.db", clock)
    yield ledger
    ledger.close()


class Counted:
    """Counts what is pressed; a character of a path counts as a key."""

    def __init__(self, at: Desk) -> None:
        self.at = at
        self.keys = 0

    async def press(self, *keys: str) -> None:
        self.keys += len(keys)
        await self.at.press(*keys)

    async def type(self, text: str) -> None:
        self.keys += len(text)
        await self.at.type(text)


def states(ledger: Ledger) -> dict[str, str]:
    found = read_round(ledger.reader(), ledger.today())
    return {each.place: each.state for each in found.states} if found else {}


def rest(at: Desk) -> Callable[[], bool]:
    return lambda: not at.view.reader.busy and not at.table.busy


@pytest.mark.journeys
async def test_returns_are_made_chased_and_noted_as_received(province, clock, tmp_path):
    async with desk(province) as at:
        await at.press("5", "E")
        assert "还没有发出回报表。按 + 制作。" in at.notice
        await at.press("plus")
        assert at.dialog == "AskDialog"
        await at.press("ctrl+s")
        await at.until(lambda: at.dialog is None and at.view.pane.round is not None)
        assert len(list(Path("回报表-2020-03-06").glob("*.xlsx"))) == 13
        assert "13 份 · 已收 0 · 未报 13 · 期限 03-06，余 4 天" in at.text()
        names = [row[2:].split()[0] for row in at.lines()[3:13]]
        assert names == [name for _, name, _ in CITIES[:10]]

        await at.press("j", "s")
        assert "登记收到 齐齐哈尔市 的回报？" in at.text()
        await at.press("enter", "enter")
        await at.until(lambda: at.dialog is None and states(province)["齐齐哈尔市"] == "received")
        assert "已收 1 · 未报 12" in at.text()
        await at.press("s")
        assert "齐齐哈尔市 的回报表已经收到" in at.notice

        clock.set(date(2020, 3, 9))
        await at.press("4", "5", "E")
        text = at.text()
        assert "复制催报文字：全部未报的 12 家" in text
        await at.press("enter")
        await at.until(lambda: (tmp_path / "data" / "rectify-tui" / "copied.tsv").exists())
        message = (tmp_path / "data" / "rectify-tui" / "copied.tsv").read_text("utf-8")
        assert "大庆市：3 项，应于3月6日前报回，已逾期 3 天（编号 R20200306-006）" in message
        assert "齐齐哈尔市" not in message
        await at.press("E", "2", "enter", "enter")
        await at.until(lambda: at.dialog is None)
        assert len(list(Path("催报函-2020-03-09").glob("*.docx"))) == 12
        await at.press("u")
        await at.until(lambda: states(province)["齐齐哈尔市"] == "late")

        await at.press("plus", "ctrl+s")
        await at.until(lambda: at.dialog is None and "2020年第11周 · 13 份" in at.text())
        await at.press("Q")
        assert "2020年第10周 · 13 份 · 已收 0 · 未报 13" in at.text()
        await at.press("2", "enter")
        await at.until(lambda: "2020年第10周 · 13 份 · 往期（Q 换） · 已收 0" in at.text())
        await at.press("s", "enter", "enter")
        await at.until(lambda: at.dialog is None and "往期（Q 换） · 已收 1" in at.text())
        await at.press("Q", "enter")
        await at.until(lambda: "2020年第11周 · 13 份 · 已收 0" in at.text())


@pytest.mark.journeys
async def test_files_stand_under_their_cities_and_clean_lines_are_folded(province):
    async with desk(province, LARGE) as at:
        await at.press("5", "plus", "ctrl+s")
        await at.until(lambda: at.dialog is None and at.view.pane.round is not None)
        cells = {"大庆市": {"status": "搞完了"}, "鸡西市": {}, "绥化市": {"progress": 5}}
        send_back(Path("回报表-2020-03-06"), Path("收到"), cells)
        await at.press("F")
        await at.type("收到")
        await at.press("enter")
        await at.until(lambda: len(at.view.workspace) == 3 and rest(at)())
        text = at.text()
        assert "待核 3（2 行存疑） · 未报 10" in text
        rows = {row.split()[0]: row for row in at.lines() if row[2:4].strip()}
        assert "待核 1" in rows["大庆市"]
        assert "可写入 3" in rows["鸡西市"]
        assert "✓ [x]  7 行可采" in text
        assert "Enter 展开" in text
        await at.press("G", "space")
        assert "✓ [ ]  7 行可采" in at.text()
        await at.press("space", "enter")
        assert "鸡西市本周推进到第7段" in at.text()
        await at.press("n")
        assert at.lines()[0].strip().startswith("收件 · 鸡西市报来.xlsx")


async def test_the_worst_city_and_its_items_are_a_key_away(province):
    async with desk(province) as at:
        assert "黑河市" in at.row()
        await at.press("i")
        assert at.app.current_mode == "items"
        assert at.table.total == 3
        assert "黑河市问题" in at.text()


@pytest.mark.journeys
async def test_the_week_from_making_returns_to_the_frozen_report(province, clock, tmp_path):
    async with desk(province) as at:
        monday = Counted(at)
        await monday.press("5", "plus", "ctrl+s")
        await at.until(lambda: at.dialog is None and at.view.pane.round is not None)
    clock.set(FRIDAY)
    cities = [name for _, name, _ in CITIES]
    cells: dict[str, dict[str, object]] = {city: {} for city in cities[:11]}
    cells["大庆市"] = {"progress": 5}
    cells["鹤岗市"] = {"status": "搞完了"}
    cells["哈尔滨市"] = {"status": "已完成", "progress": 100, "on": date(2020, 3, 5)}
    made = Path("回报表-2020-03-06")
    async with desk(province) as at:
        friday = Counted(at)
        await friday.press("5", "F")
        send_back(made, Path("收到"), cells)
        await friday.type("收到")
        await friday.press("enter")
        await at.until(lambda: len(at.view.workspace) == 11 and rest(at)())
        await friday.press("E", "enter")  # a message to the two that are awaited
        send_back(made, Path("收到"), {"绥化市": {}})  # one of them answers
        await at.until(lambda: len(at.view.workspace) == 12 and rest(at)())
        await friday.press("shift+tab", "G", "s", "enter", "enter")  # the other telephones
        await at.until(lambda: states(province)["大兴安岭地区"] == "received")
        await friday.press("home", "tab", "j", "j", "space")  # a lower progress that is right
        await friday.press("w", "enter")
        await at.until(lambda: at.dialog is None and set(states(province).values()) == {"received"})
        await at.until(rest(at))
        await friday.press("4", "f", "enter")
        await at.until(lambda: at.dialog is None and list(frozen_reports(province.reader())))
        (report,) = frozen_reports(province.reader())
        assert report.cutoff == FRIDAY.isoformat()
    total = monday.keys + friday.keys
    print(f"keys: {monday.keys} on Monday, {friday.keys} on Friday")
    assert total <= MOST_KEYS
