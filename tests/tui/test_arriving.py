"""Who comes for the first time: a greeting, a tour, and the looks that are kept."""

from __future__ import annotations

import pytest
from desk import LARGE, desk

from rectify_tui.errors import Problem
from rectify_tui.tui.looks import FILE, Looks, read_looks, write_looks
from rectify_tui.tui.tour import STEPS

pytestmark = pytest.mark.journeys


async def test_a_greeting_leads_to_a_tour_that_can_be_left(office):
    async with desk(office, greet=True) as at:
        assert "欢迎" in at.text()
        await at.press("colon", *"daolan", "enter")
        for n, mode in enumerate(STEPS, 1):
            await at.until(lambda n=n: f"导览 {n}/5" in at.text())
            assert at.app.current_mode == mode
            await at.press("h" if n == 3 else "enter")
            if n == 3:
                await at.until(lambda: "导览 2/5" in at.text())
                await at.press("enter")
                await at.until(lambda: "导览 3/5" in at.text())
                await at.press("right")
        assert not at.dialog
        assert "导览到此" in at.text()
        await at.press("colon", *"tour", "enter")
        await at.until(lambda: "导览 1/5" in at.text())
        await at.press("escape")
        assert not at.dialog


async def test_looks_are_kept_and_the_terminal_is_heard(office, tmp_path):
    path = tmp_path / "settings" / FILE
    async with desk(office, LARGE, looks=path, narrow=False) as at:
        assert "▌" not in at.text()  # the terminal has not said that it draws this in one cell
        at.app.appearance.signs_are_narrow()
        await at.press("ctrl+t", "ctrl+t")
        assert "▌" in at.text()
        assert at.app.has_class("contrast")
        assert "主题：高对比" in at.text()
        await at.press("ctrl+a")
        assert "▌" not in at.text()
    assert read_looks(path) == Looks("contrast", "ascii")
    async with desk(office, LARGE, looks=path) as at:
        assert at.app.has_class("contrast")
        assert "▌" not in at.text()


def test_settings_that_cannot_be_meant_are_told(tmp_path):
    path = tmp_path / FILE
    assert read_looks(path) == Looks()
    write_looks(path, Looks("light"))
    assert read_looks(path) == Looks("light")
    for text in ('theme = "pink"', "signs = 3", 'colour = "red"', "theme ="):
        path.write_text(text, "utf-8")
        with pytest.raises(Problem, match="looks"):
            read_looks(path)


async def test_the_line_of_keys_keeps_help_and_the_way_out(office):
    async with desk(office, (60, 15), language="en") as at:
        for key in "12346":
            await at.press(key)
            keys = at.lines()[-1]
            assert "? Help" in keys
            assert keys.rstrip().endswith("q Quit")
