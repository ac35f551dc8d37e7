"""Views under a name: kept from a list, opened by their key or name, shared as a file."""

from __future__ import annotations

import pytest
from desk import LARGE, desk

from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.paths import config_folder
from rectify_tui.tui.saved_views import FILE, read_views

pytestmark = pytest.mark.journeys


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    config_folder().mkdir(parents=True)
    return config_folder()


async def test_a_list_is_kept_and_opened_again(office, folder):
    path = folder / FILE
    path.write_text(
        '# 处里的视图\n["大庆"]\nfilter = "地区:大庆"\ncolumns = ["due", "number"]\nkey = "0"\n',
        "utf-8",
    )
    async with desk(office, LARGE) as at:
        await at.press("0")
        assert at.app.current_mode == "items"
        assert at.view.pane.filter_line.value == "地区:大庆"
        assert [column.key for column in at.table.columns] == ["due", "number"]
        assert "视图：大庆" in at.notice
        await at.press("o", "O", "V")
        await at.type("大庆")
        await at.press("tab")
        await at.type("s")
        await at.press("enter")
        assert "“大庆”已经有了" in at.complaint
        await at.press("shift+tab", "end")
        await at.type("倒序")
        await at.press("enter")
        assert "s 键已用于" in at.complaint
        await at.press("tab", "ctrl+u")
        await at.type("f11")
        await at.press("enter")
        assert at.dialog is None
        assert "已存入" in at.notice
        text = path.read_text("utf-8")
        assert text.startswith("# 处里的视图\n"), "what stood there stays"
        kept = read_views(path, at.app.session.today, {})[1]
        assert (kept.name, kept.sort, kept.descending) == ("大庆倒序", "status", True)
        await at.press("1", "f11")
        assert (at.view.pane.order, at.view.pane.descending) == ("status", True)
        await at.press("3", "colon")
        await at.type("dqdx")
        assert at.app.screen.shown[0].id == "view:大庆倒序"
        await at.press("enter")
        assert at.app.current_mode == "items"


WRONG = {
    '[a]\nkey = "s"': "s 键已用于", '[a]\nkey = "0"\n[b]\nkey = "0"': "b.key",
    '[a]\nfilter = "没有:x"': "a.filter", '[a]\nsort = "x"': "a.sort", "[a\n": FILE,
    '[a]\nplace = "weekly"': "a.place", '[a]\ncolumns = ["x"]': "a.columns",
    '[a]\nfiltre = "x"': "a.filtre",
}  # fmt: skip


async def test_what_cannot_be_used_is_named(office, folder):
    for text, named in WRONG.items():
        (folder / FILE).write_text(text, "utf-8")
        with pytest.raises(Problem) as caught:
            read_views(folder / FILE, office.today(), {})
        assert named in Language("zh").problem(caught.value)
    async with desk(office, LARGE) as at:
        assert "a.filtre" in at.notice
