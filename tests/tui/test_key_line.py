"""The line of keys: it stays while the same keys hold, and follows when others do."""

from __future__ import annotations

import pytest
from desk import LARGE, desk

from rectify_tui.domain.text import width
from rectify_tui.tui.widgets.key_line import KeyLine

pytestmark = pytest.mark.journeys


def keys(at):
    return at.view.query_one(KeyLine).keys


async def test_it_is_not_made_anew_for_moves_dialogs_and_screens_that_come_back(office):
    async with desk(office, LARGE) as at:
        await at.press("2", "j")
        before = keys(at)
        assert before
        for move in ("k", "s", "escape", "e", "escape", "space", "escape", "3", "2"):
            await at.press(move)
        assert keys(at) == before


async def test_it_follows_the_focus_and_the_language(office):
    async with desk(office, LARGE) as at:
        await at.press("2")
        last = at.lines()[-1]
        for change in ("slash", "escape", "L"):
            before, shown = keys(at), at.lines()[-1]
            await at.press(change)
            assert keys(at) != before, change
            assert at.lines()[-1] != shown, change
        await at.press("L")
        assert at.lines()[-1] == last


async def test_it_comes_up_with_what_was_turned_while_another_screen_was_shown(office):
    async with desk(office, LARGE) as at:
        await at.press("2", "3", "L", "2")
        assert "Quit" in at.lines()[-1]
        await at.press("1", "L", "2")
        assert "退出" in at.lines()[-1]


async def test_a_click_presses_the_key_under_the_mouse(office):
    async with desk(office, LARGE) as at:
        line = at.view.query_one(KeyLine)
        place = width(at.lines()[-1].partition("? 帮助")[0])
        await at.pilot.hover(line, (place, 0))
        await at.settle()
        drawn = {segment.text.strip(): segment.style for segment in at.strips()[-1]}
        assert drawn["?"].bgcolor != drawn["q"].bgcolor
        before = at.app.screen
        await at.pilot.click(line, (place, 0))
        await at.until(lambda: at.app.screen is not before)
