"""The close-out board: cards by step, moved on by keys one by one and many at once."""

from __future__ import annotations

from datetime import date

import pytest
from desk import LARGE, SMALL, desk

from rectify_tui.domain.closeout import Step
from rectify_tui.store.commands.closeout import Taken, close_items
from rectify_tui.store.items import item_rows
from tests.photograph import photograph

pytestmark = pytest.mark.journeys


def take(ledger, step: Step, ids: list[int], by: str, **how) -> None:
    with ledger.batch("close_out", on_behalf=by) as writing:
        close_items(writing.draft, ids, Taken(step, **how))


def completed(ledger) -> list[int]:
    rows = ledger.reader().execute("SELECT id FROM item WHERE status = 'completed' ORDER BY id")
    return [id for (id,) in rows]


def closures(ledger, ids: list[int]) -> list[str | None]:
    return [row.closure for row in item_rows(ledger.reader(), ids)]


async def test_cards_are_moved_on_many_at_once_and_sent_back(office):
    async with desk(office, SMALL) as at:
        ledger = at.app.session.ledger
        await at.press("8")
        assert "销号" in at.lines()[0]
        assert "未申请" in at.lines()[1]
        assert at.view.board.column.key == "not_applied"
        await at.press("space", "space")
        assert "已标 2 项" in at.text()
        chosen = at.view.board.chosen()
        await at.press("greater_than_sign")
        assert "申请验收" in at.text()
        await at.press("enter")
        assert closures(ledger, chosen) == ["applied", "applied"]
        assert at.view.board.chosen() != chosen, "the marks are gone"
        await at.press("right")
        assert at.view.board.column.key == "applied"
        await at.press("greater_than_sign", "enter")
        assert "验收须由另一人办理" in at.text(), "whoever applied does not accept"
        at.app.screen.query_one("#by").value = "王局长"
        await at.press("enter")
        (accepted,) = [id for id in chosen if closures(ledger, [id]) == ["accepted"]]
        await at.press("less_than_sign")
        assert "反弹重开" in at.text()
        await at.press("escape", "u")
        assert closures(ledger, [accepted]) == ["applied"]
        await at.press("enter")
        assert at.app.current_mode == "items"
        assert at.table.total == 1


async def test_evidence_is_entered_in_the_list_and_stands_on_the_page(office, tmp_path):
    path = tmp_path / "现场.jpg"
    path.write_bytes(photograph("2020:03:01 10:00:00", 46.5, 125.1))
    async with desk(office, LARGE) as at:
        await at.press("2", "number_sign")
        dialog = at.app.screen
        await at.type(str(path))
        assert "现场.jpg" in at.text(), "what is typed is seen"
        dialog.query_one("#day").value = "2020-03-05"
        await at.press("enter")
        assert "拍摄日与所述日期相差 4 天" in at.text()
        assert "现场.jpg" in at.text()
        await at.press("u")
        assert "2020-03-05 的情况" not in at.text()


async def test_the_board_tells_days_left_and_the_list_takes_the_same_steps(office, tmp_path):
    async with desk(office, LARGE) as at:
        ledger = at.app.session.ledger
        (id, *_) = completed(ledger)
        take(ledger, Step.APPLY, [id], "市整改办")
        take(ledger, Step.ACCEPT, [id], "王局长")
        take(ledger, Step.PUBLISH, [id], "王局长")
        await at.press("8", "right")
        assert "余7天" in at.text()
        assert "公示还剩 7 天" in at.text()
        await at.press("x")
        at.app.screen.query_one("Input").value = str(tmp_path / "公示.html")
        await at.press("enter")
        assert "已完成整改并通过验收" in (tmp_path / "公示.html").read_text("utf-8")
        await at.press("L")
        assert "7d left" in at.text()
        assert "Published 1" in at.text()
        await at.press("L", "enter", "less_than_sign")
        assert at.app.current_mode == "items"
        at.app.screen.query_one("#reason").value = "有异味"
        await at.press("1", "enter")
        assert closures(ledger, [id]) == ["objected"]
        assert "提出异议" in at.text()
        assert at.app.session.today == date(2020, 3, 6)
