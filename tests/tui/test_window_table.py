import asyncio
import sqlite3
import threading
from contextlib import closing
from typing import ClassVar

import pytest
from desk import turn_wheel
from textual.app import App
from textual.binding import Binding
from textual.events import Key
from textual.widgets import Input

from rectify_tui.tui.widgets.table.marks import Marks
from rectify_tui.tui.widgets.table.source import Cell, Column, Row
from rectify_tui.tui.widgets.table.table import WindowTable

COLUMNS = (
    Column("number", "序号", 6, align="right"),
    Column("title", "整改任务", 20, stretch=1),
    Column("status", "状态", 12),
    Column("unit", "责任单位", 16, priority=1),
    Column("deadline", "时限", 12, priority=2),
    Column("note", "备注", 20, priority=3),
)
PATIENCE = 10


class ListSource:
    """Rows of a plain list; answers named in `hold` wait until `gate` is opened."""

    def __init__(self, keys, text="第{}项", hold=()):
        self.keys = list(keys)
        self.text = text
        self.hold = hold
        self.gate = threading.Event()
        self.threads = set()
        self.reads = []

    def _answer(self, what, answer):
        self.threads.add(threading.get_ident())
        if what in self.hold:
            assert self.gate.wait(PATIENCE)
        return answer

    def count(self):
        return self._answer("count", len(self.keys))

    def rows(self, start, stop):
        self.reads.append((start, stop))
        found = [
            Row(key, {"number": str(key), "title": self.text.format(key), "status": "未完成"})
            for key in self.keys[start:stop]
        ]
        return self._answer("rows", found)

    def position(self, key):
        return self._answer("position", self.keys.index(key) if key in self.keys else None)


class SqliteSource:
    def __init__(self, path):
        self.path = path

    def _all(self, sql, *parameters):
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(sql, parameters).fetchall()

    def count(self):
        return self._all("SELECT count(*) FROM item")[0][0]

    def rows(self, start, stop):
        found = self._all(
            "SELECT id, title FROM item ORDER BY place, id LIMIT ? OFFSET ?", stop - start, start
        )
        return [Row(key, {"number": str(key), "title": title}) for key, title in found]

    def position(self, key):
        found = self._all(
            "SELECT (SELECT count(*) FROM item b WHERE (b.place, b.id) < (a.place, a.id))"
            " FROM item a WHERE id = ?",
            key,
        )
        return found[0][0] if found else None


class TableApp(App):
    BINDINGS: ClassVar = [
        Binding("space", "focused.toggle_mark"),
        Binding("shift+up", "focused.extend_up"),
        Binding("shift+down", "focused.extend_down"),
        Binding("v", "focused.range"),
        Binding("j", "focused.cursor_down"),
        Binding("k", "focused.cursor_up"),
        Binding("g", "focused.first"),
        Binding("G", "focused.last"),
        Binding("ctrl+d", "focused.half_page_down"),
        Binding("ctrl+u", "focused.half_page_up"),
        Binding("escape", "focused.drop_range"),
        Binding("asterisk", "focused.mark_all"),
        Binding("exclamation_mark", "focused.invert_marks"),
        Binding("f12", "app.typed"),
    ]

    def __init__(self, source=None, keep=None, columns=COLUMNS, **options):
        super().__init__()
        self.table = WindowTable(columns, id="table", **options)
        self.table.empty_text = "没有整改任务\n按 n 新建"
        self.seen = []
        self.typed = 0
        if source is not None:
            self.table.show(source, keep)

    def compose(self):
        yield self.table

    def action_typed(self):
        self.typed += 1

    def on_window_table_moved(self, event):
        self.seen.append(("moved", event.key, event.index))

    def on_window_table_chosen(self, event):
        self.seen.append(("chosen", event.key))

    def on_window_table_header_chosen(self, event):
        self.seen.append(("header", event.column_key))

    def on_window_table_absent(self, event):
        self.seen.append(("absent", event.key))

    def on_window_table_failed(self, event):
        self.seen.append(("failed", str(event.error)))

    def on_window_table_marks_changed(self, event):
        self.seen.append(("marks", event.count))

    def saw(self, kind):
        return [rest for name, *rest in self.seen if name == kind]


def run(app, size=(80, 24)):
    return app.run_test(size=size, notifications=True, tooltips=True)


async def until(pilot, condition):
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await pilot.pause(0)


async def drawn(pilot):
    """Wait until messages, and what waits for a refresh, have come from the table to the app."""
    await pilot.pause(0)
    refreshed = asyncio.Event()
    pilot.app.screen.call_after_refresh(refreshed.set)
    async with asyncio.timeout(PATIENCE):
        await refreshed.wait()
    for _ in ("table", "screen", "app"):
        await pilot.pause(0)


async def settled(pilot):
    """Wait until nothing is being read and everything is drawn, seen so twice running."""
    quiet = 0
    async with asyncio.timeout(PATIENCE):
        while quiet < 2:
            waits = [worker.wait() for worker in pilot.app.workers if not worker.is_finished]
            await asyncio.gather(*waits, return_exceptions=True)
            quiet = 0 if waits or pilot.app.table.busy else quiet + 1
            await drawn(pilot)


async def typed(pilot, *keys):
    """Press keys one right after the other, and wait until the last one was acted upon."""
    app = pilot.app
    goal = app.typed + 1
    for key in (*keys, "f12"):
        app.post_message(Key(key, key if len(key) == 1 else None))
    await until(pilot, lambda: app.typed == goal)
    await drawn(pilot)


async def press(pilot, *keys):
    await typed(pilot, *keys)
    await settled(pilot)


def screen(table):
    """The lines as the compositor gets them, so that a forgotten refresh shows."""
    return [strip.text for strip in table.render_lines(table.size.region)]


def line_of(table):
    return table.cursor_index - table.scroll_offset.y


# What is shown


async def test_rows_under_a_fixed_header():
    async with run(TableApp(ListSource(range(1000)))) as pilot:
        await settled(pilot)
        table = pilot.app.table
        assert table.total == 1000
        assert screen(table)[0].startswith("    序号 整改任务")
        assert screen(table)[1].startswith("▌      0 第0项")
        assert screen(table)[23].startswith("      22 第22项")
        await press(pilot, "end")
        assert screen(table)[0].startswith("    序号 整改任务")
        assert screen(table)[23].startswith("▌    999 第999项")
        assert table.cursor_key == 999


async def test_nothing_is_read_on_the_event_loop():
    source = ListSource(range(1000))
    async with run(TableApp(source)) as pilot:
        await settled(pilot)
        await press(pilot, "end", "home", "pagedown")
        pilot.app.table.reload()
        pilot.app.table.move_to(500)
        await settled(pilot)
        assert source.threads
        assert threading.get_ident() not in source.threads


async def test_only_what_is_near_is_read():
    source = ListSource(range(1_000_000))
    async with run(TableApp(source, keep=500_000)) as pilot:
        await settled(pilot)
        assert pilot.app.table.cursor_key == 500_000
        assert sum(stop - start for start, stop in source.reads) <= 400


async def test_rows_of_a_sqlite_file(tmp_path):
    path = tmp_path / "store.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, place INTEGER, title TEXT)")
        connection.executemany(
            "INSERT INTO item VALUES (?, ?, ?)", [(n, -n, f"问题{n}") for n in range(1, 3001)]
        )
        connection.commit()
        async with run(TableApp(SqliteSource(path), keep=1500)) as pilot:
            await settled(pilot)
            table = pilot.app.table
            assert (table.cursor_key, table.cursor_index) == (1500, 1500)
            line = line_of(table)
            connection.execute("INSERT INTO item VALUES (9000, -9000, '新问题')")
            connection.commit()
            table.reload()
            await settled(pilot)
            assert (table.cursor_key, table.cursor_index, line_of(table)) == (1500, 1501, line)
            await press(pilot, "home")
            assert "新问题" in screen(table)[1]


@pytest.mark.parametrize(
    "text", ["[/附件]", "[OK] 好", "[@click=app.quit()]x", "[red]红[/red]", "见[a=1]", "\\[b]"]
)
async def test_markup_is_drawn_as_it_stands(text):
    columns = (Column("title", text, 30), Column("status", "状态", 30))
    source = ListSource(range(3), text=text + "{}")
    app = TableApp(source, columns=columns)
    app.table.empty_text = text
    async with run(app) as pilot:
        await settled(pilot)
        table = app.table
        assert text in screen(table)[0]
        assert text + "1" in screen(table)[2]
        await pilot.click(table, offset=(2, 2))
        await settled(pilot)
        assert app.is_running
        table.show(ListSource([]))
        await settled(pilot)
        assert any(text in line for line in screen(table)[1:])


async def test_nothing_in_a_cell_can_steer_the_terminal():
    source = ListSource(range(2), text="a\x1b]0;x\x07\x9b31m\u202e\u200b\nb\ud800{}")
    async with run(TableApp(source)) as pilot:
        await settled(pilot)
        line = screen(pilot.app.table)[1]
        assert not {"\x1b", "\x07", "\x9b", "\u202e", "\u200b", "\n", "\ud800"} & set(line)
        assert "a b0" in line


async def test_wide_text_is_cut_between_characters():
    async with run(TableApp(ListSource(range(2), text="大" * 60))) as pilot:
        await settled(pilot)
        table = pilot.app.table
        assert "大…" in screen(table)[1]
        assert all(strip.cell_length == 80 for strip in table.render_lines(table.size.region))


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        (50, ["序号", "整改任务", "状态"]),
        (80, ["序号", "整改任务", "状态", "责任单位", "时限"]),
        (120, ["序号", "整改任务", "状态", "责任单位", "时限", "备注"]),
    ],
)
async def test_columns_that_do_not_fit_go_by_priority(columns, shown):
    async with run(TableApp(ListSource(range(3))), size=(columns, 24)) as pilot:
        await settled(pilot)
        assert screen(pilot.app.table)[0].split() == shown


async def test_a_narrower_terminal_drops_columns_and_keeps_the_cursor_in_sight():
    async with run(TableApp(ListSource(range(100))), size=(120, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *["down"] * 20)
        await pilot.resize_terminal(50, 10)
        await settled(pilot)
        table = pilot.app.table
        assert screen(table)[0].split() == ["序号", "整改任务", "状态"]
        (line,) = (line for line in screen(table) if line.startswith("▌     20"))
        assert line.split() == ["▌", "20", "第20项", "未完成"]


async def test_a_cell_has_its_own_tone_and_alignment():
    class Toned(ListSource):
        def rows(self, start, stop):
            cells = {"number": "1", "title": Cell("右", tone="bad", align="right"), "status": "好"}
            return [Row(key, cells, style="window-table--muted") for key in self.keys[start:stop]]

    async with run(TableApp(Toned(range(3)))) as pilot:
        await settled(pilot)
        table = pilot.app.table
        segments = {segment.text.strip(): segment.style for segment in table.render_line(2)}
        assert segments["右"].bold
        assert segments["右"].color != segments["好"].color
        assert segments["好"].color != table.rich_style.color
        assert "      右 好" in screen(table)[2]


async def test_the_empty_table_says_so():
    async with run(TableApp(ListSource([]))) as pilot:
        await settled(pilot)
        lines = [line.strip() for line in screen(pilot.app.table)]
        assert lines[11:14] == ["没有整改任务", "按 n 新建", ""]
        assert pilot.app.saw("moved") == [[None, -1]]
        assert pilot.app.table.cursor_index == -1
        await press(pilot, "down", "end", "pageup", "enter", "space", "v", "shift+down")
        assert pilot.app.saw("chosen") == []


async def test_before_the_first_rows_it_says_that_it_reads():
    source = ListSource(range(3), hold={"count"})
    app = TableApp(source)
    app.table.loading_text = "正在读取"
    async with run(app) as pilot:
        assert any("正在读取" in line for line in screen(app.table))
        assert app.table.busy
        source.gate.set()
        await settled(pilot)
        assert not any("正在读取" in line for line in screen(app.table))


async def test_rows_not_read_yet_are_dots_until_their_page_comes():
    source = ListSource(range(5000))
    async with run(TableApp(source)) as pilot:
        await settled(pilot)
        table = pilot.app.table
        source.hold = {"rows"}
        await typed(pilot, "end")
        assert table.cursor_index == 4999
        assert table.cursor_key is None
        assert screen(table)[23].split()[0] == "▌"
        assert set(screen(table)[20].split()) == {"·"}
        assert pilot.app.saw("moved") == [[0, 0]]
        await typed(pilot, "enter", "space")
        source.gate.set()
        await settled(pilot)
        assert screen(table)[23].startswith("▌   4999 第4999项")
        assert pilot.app.saw("moved") == [[0, 0], [4999, 4999]]


async def test_ascii_style_uses_ascii_signs_only():
    source = ListSource(range(5000), text="x" * 90)
    async with run(TableApp(source)) as pilot:
        table = pilot.app.table
        table.columns = (Column("number", "No", 6), Column("title", "Title", 20))
        table.sort = ("number", True)
        await settled(pilot)
        await press(pilot, "space")
        assert "✓" in screen(table)[1]
        table.ascii = True
        await settled(pilot)
        source.hold = {"rows"}
        assert screen(table)[0].startswith("  Nov")
        assert screen(table)[1].startswith(" *0")
        assert screen(table)[2].startswith("> 1")
        assert "xxx~" in screen(table)[1]
        await typed(pilot, "end")
        assert "".join(screen(table)).isascii()
        assert ". " in screen(table)[5]
        source.gate.set()
        await settled(pilot)


async def test_the_sorted_column_has_a_sign():
    async with run(TableApp(ListSource(range(3)))) as pilot:
        await settled(pilot)
        table = pilot.app.table
        table.sort = ("title", False)
        await drawn(pilot)
        assert "整改任务▲" in screen(table)[0]
        table.sort = ("title", True)
        await drawn(pilot)
        assert "整改任务▼" in screen(table)[0]


async def test_the_cursor_shows_without_colour(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with run(TableApp(ListSource(range(3)))) as pilot:
        await settled(pilot)
        table = pilot.app.table
        assert pilot.app.no_color
        first, second = (table.render_lines(table.size.region)[y] for y in (1, 2))
        assert first.text.startswith("▌")
        assert all(segment.style.reverse for segment in first)
        assert not any(segment.style.reverse for segment in second)


async def test_without_focus_the_cursor_keeps_its_sign_only():
    class TwoApp(TableApp):
        def compose(self):
            yield self.table
            yield Input()

    async with run(TwoApp(ListSource(range(3)))) as pilot:
        await settled(pilot)
        table = pilot.app.table
        assert all(segment.style.reverse for segment in table.render_lines(table.size.region)[1])
        pilot.app.query_one(Input).focus()
        await settled(pilot)
        line = table.render_lines(table.size.region)[1]
        assert line.text.startswith("▌")
        assert not any(segment.style.reverse for segment in line)


async def test_a_small_table_can_be_as_high_as_its_rows():
    app = TableApp(ListSource(range(3)))
    app.table.styles.height = "auto"
    async with run(app) as pilot:
        await settled(pilot)
        assert app.table.size.height == 4
        app.table.show(ListSource([]))
        await settled(pilot)
        assert [line.strip() for line in screen(app.table)[1:]] == ["没有整改任务", "按 n 新建"]


# Moving


@pytest.mark.parametrize(
    ("keys", "index"),
    [
        (["down", "down", "up"], 1),
        (["j", "j", "k"], 1),
        (["pagedown"], 23),
        (["pagedown", "pagedown", "pageup"], 23),
        (["ctrl+d"], 11),
        (["ctrl+d", "ctrl+d", "ctrl+u"], 11),
        (["end"], 999),
        (["G", "up"], 998),
        (["G", "g"], 0),
        (["end", "home", "up"], 0),
        (["end", "down", "pagedown"], 999),
    ],
)
async def test_keys_move_the_cursor(keys, index):
    async with run(TableApp(ListSource(range(1000)))) as pilot:
        await settled(pilot)
        await press(pilot, *keys)
        table = pilot.app.table
        assert table.cursor_index == index
        assert table.cursor_key == index
        assert pilot.app.saw("moved")[-1] == [index, index]
        cursors = [line for line in screen(table) if line.startswith("▌")]
        assert cursors == [screen(table)[1 + line_of(table)]]
        assert cursors[0].startswith(f"▌{index:>7} ")


async def test_paging_keeps_the_line_of_the_cursor():
    async with run(TableApp(ListSource(range(1000)))) as pilot:
        await settled(pilot)
        await press(pilot, *["down"] * 5)
        await press(pilot, "pagedown", "pagedown", "ctrl+d")
        assert line_of(pilot.app.table) == 5


async def test_moves_between_two_refreshes_are_told_once():
    async with run(TableApp(ListSource(range(1000)))) as pilot:
        await settled(pilot)
        table = pilot.app.table
        for _ in range(10):
            table.action_cursor_down()
        await settled(pilot)
        assert pilot.app.saw("moved") == [[0, 0], [10, 10]]


async def test_the_mouse_selects_opens_and_scrolls():
    async with run(TableApp(ListSource(range(1000)))) as pilot:
        await settled(pilot)
        app, table = pilot.app, pilot.app.table
        await pilot.click(table, offset=(10, 5))
        await settled(pilot)
        assert table.cursor_index == 4
        assert app.saw("chosen") == []
        await pilot.double_click(table, offset=(10, 7))
        await settled(pilot)
        assert app.saw("chosen") == [[6]]
        await pilot.click(table, offset=(12, 0))
        await settled(pilot)
        assert app.saw("header") == [["title"]]
        for _ in range(5):
            await turn_wheel(pilot, table, (10, 7))
        await settled(pilot)
        assert table.scroll_offset.y > 0
        assert table.cursor_index == 6


async def test_enter_opens_the_row_under_the_cursor():
    async with run(TableApp(ListSource(range(10, 20)))) as pilot:
        await settled(pilot)
        await press(pilot, "down", "enter")
        assert pilot.app.saw("chosen") == [[11]]


async def test_moving_to_a_row_that_is_far_or_absent():
    async with run(TableApp(ListSource(range(1000)))) as pilot:
        await settled(pilot)
        app, table = pilot.app, pilot.app.table
        table.move_to(777)
        await settled(pilot)
        assert (table.cursor_key, table.cursor_index) == (777, 777)
        assert any(line.startswith("▌    777") for line in screen(table))
        table.move_to(4444)
        await settled(pilot)
        assert table.cursor_key == 777
        assert app.saw("absent") == [[4444]]
        table.move_to(780)
        assert table.cursor_key == 780


# Reading anew


async def test_the_cursor_stays_on_its_row_and_line_when_rows_come_before_it():
    source = ListSource(range(1000))
    async with run(TableApp(source, keep=500)) as pilot:
        await settled(pilot)
        table = pilot.app.table
        await press(pilot, "down", "down")
        line = line_of(table)
        source.keys[:0] = range(5000, 5250)
        table.reload()
        await settled(pilot)
        assert (table.cursor_key, table.cursor_index) == (502, 752)
        assert line_of(table) == line
        assert table.total == 1250
        assert screen(table)[1 + line].startswith("▌    502 第502项")


@pytest.mark.parametrize(
    ("gone", "key", "index"),
    [(range(500, 501), 501, 500), (range(400, 1000), 399, 399), (range(1000), None, -1)],
)
async def test_the_cursor_stays_at_its_index_when_its_row_goes(gone, key, index):
    source = ListSource(range(1000))
    async with run(TableApp(source, keep=500)) as pilot:
        await settled(pilot)
        table = pilot.app.table
        source.keys = [kept for kept in source.keys if kept not in gone]
        table.reload()
        await settled(pilot)
        assert (table.cursor_key, table.cursor_index) == (key, index)
        assert pilot.app.saw("moved")[-1] == [key, index]


async def test_old_rows_stay_until_the_new_ones_are_there():
    source = ListSource(range(1000))
    async with run(TableApp(source)) as pilot:
        await settled(pilot)
        table = pilot.app.table
        before = screen(table)
        source.text, source.hold = "改{}", {"rows"}
        table.reload()
        await drawn(pilot)
        assert table.busy
        assert screen(table) == before
        source.gate.set()
        await settled(pilot)
        assert "改0" in screen(table)[1]


async def test_moving_while_it_reads_is_not_undone():
    source = ListSource(range(1000))
    async with run(TableApp(source)) as pilot:
        await settled(pilot)
        table = pilot.app.table
        source.hold = {"count"}
        source.keys.insert(0, 5000)
        table.reload()
        await typed(pilot, "down", "down", "down")
        source.gate.set()
        await settled(pilot)
        assert (table.cursor_key, table.cursor_index) == (3, 4)
        assert line_of(table) == 4 or line_of(table) == 3


async def test_a_new_source_keeps_the_row_and_says_when_it_is_not_there():
    async with run(TableApp(ListSource(range(1000)), keep=600)) as pilot:
        await settled(pilot)
        app, table = pilot.app, pilot.app.table
        table.show(ListSource(range(0, 1000, 2)))
        await settled(pilot)
        assert (table.cursor_key, table.cursor_index) == (600, 300)
        table.show(ListSource(range(100)), keep=50)
        await settled(pilot)
        assert (table.cursor_key, app.saw("absent")) == (50, [])
        table.show(ListSource(range(1000)), keep=7777)
        await settled(pilot)
        assert (table.cursor_key, app.saw("absent")) == (50, [[7777]])
        table.show(ListSource(range(10)))
        await settled(pilot)
        assert (table.cursor_key, table.cursor_index) == (9, 9)
        assert any(line.startswith("▌      9") for line in screen(table))


async def test_the_answer_of_a_source_given_up_is_dropped():
    slow, quick = ListSource(range(10), hold={"count"}), ListSource(range(100, 120))
    async with run(TableApp(ListSource(range(5)))) as pilot:
        await settled(pilot)
        table = pilot.app.table
        table.show(slow)
        await drawn(pilot)
        table.show(quick)
        await settled(pilot)
        assert table.total == 20
        slow.gate.set()
        await settled(pilot)
        assert table.total == 20
        assert table.cursor_key == 100


async def test_a_page_of_a_source_given_up_is_dropped():
    old = ListSource(range(5000), text="旧{}")
    async with run(TableApp(old)) as pilot:
        await settled(pilot)
        table = pilot.app.table
        old.hold = {"rows"}
        await typed(pilot, "end")
        table.show(ListSource(range(5000), text="新{}"), keep=0)
        async with asyncio.timeout(PATIENCE):
            while table.busy:
                await drawn(pilot)
        old.gate.set()
        await settled(pilot)
        await press(pilot, "end")
        assert "新4999" in screen(table)[23]


async def test_reloading_while_a_source_is_awaited_waits_for_that_source():
    slow = ListSource(range(100, 120), hold={"count"})
    async with run(TableApp(ListSource(range(5)))) as pilot:
        await settled(pilot)
        table = pilot.app.table
        table.show(slow, keep=107)
        table.reload()
        slow.gate.set()
        await settled(pilot)
        assert (table.total, table.cursor_key) == (20, 107)


async def test_reloading_again_and_again_neither_piles_up_nor_starves():
    source = ListSource(range(100))
    async with run(TableApp(source)) as pilot:
        await settled(pilot)
        table = pilot.app.table
        source.hold, source.reads = {"count"}, []
        for _ in range(10):
            table.reload()
            await drawn(pilot)
        source.keys.append(100)
        source.gate.set()
        await settled(pilot)
        assert table.total == 101
        assert len(source.reads) == 2


async def test_it_may_go_while_it_reads():
    source = ListSource(range(1000), hold={"count"})
    async with run(TableApp(source)) as pilot:
        await until(pilot, lambda: source.threads)
        await pilot.app.table.remove()
        source.gate.set()
        await drawn(pilot)
        assert pilot.app.is_running
        pilot.app.table.reload()
        pilot.app.table.show(ListSource(range(3)))


async def test_an_error_of_the_source_is_told_and_the_rows_stay():
    class Failing(ListSource):
        broken = False

        def count(self):
            if self.broken:
                raise OSError("磁盘错误")
            return super().count()

    source = Failing(range(100))
    async with run(TableApp(source)) as pilot:
        await settled(pilot)
        app, table = pilot.app, pilot.app.table
        before = screen(table)
        source.broken = True
        table.reload()
        await settled(pilot)
        assert app.saw("failed") == [["磁盘错误"]]
        assert screen(table) == before
        source.broken = False
        table.reload()
        await settled(pilot)
        assert app.saw("failed") == [["磁盘错误"]]


async def test_a_page_that_fails_is_told_once_and_read_again_on_reload():
    class Failing(ListSource):
        broken = True

        def rows(self, start, stop):
            if self.broken and start >= 400:
                raise OSError("坏页")
            return super().rows(start, stop)

    source = Failing(range(1000))
    async with run(TableApp(source)) as pilot:
        await settled(pilot)
        table = pilot.app.table
        await press(pilot, "end", "up", "pagedown")
        assert pilot.app.saw("failed") == [["坏页"]]
        assert set(screen(table)[20].split()) == {"·"}
        await press(pilot, "home")
        source.broken = False
        table.reload()
        await settled(pilot)
        await press(pilot, "end")
        assert "第999项" in screen(table)[23]


# Marks


async def test_space_marks_and_moves_down():
    async with run(TableApp(ListSource(range(100, 200)))) as pilot:
        await settled(pilot)
        app, table = pilot.app, pilot.app.table
        await press(pilot, "space", "down", "space")
        assert table.marked == Marks(frozenset({100, 102}))
        assert [line[:2] for line in screen(table)[1:5]] == [" ✓", "  ", " ✓", "▌ "]
        assert app.saw("marks")[-1] == [2]
        await press(pilot, "up", "space")
        assert table.marked == Marks(frozenset({100}))
        table.clear_marks()
        await settled(pilot)
        assert not table.marked
        assert screen(table)[1].startswith("  ")


async def test_all_are_marked_without_reading_them():
    source = ListSource(range(100_000))
    async with run(TableApp(source)) as pilot:
        await settled(pilot)
        table = pilot.app.table
        reads = len(source.reads)
        await press(pilot, "asterisk", "down", "space")
        assert table.marked == Marks(frozenset({1}), inverted=True)
        assert table.marked_count == 99_999
        assert len(source.reads) == reads
        assert [line[1] for line in screen(table)[1:5]] == ["✓", " ", "✓", "✓"]
        await press(pilot, "exclamation_mark")
        assert table.marked == Marks(frozenset({1}))


async def test_shift_marks_a_range_that_can_shrink_again():
    async with run(TableApp(ListSource(range(100)))) as pilot:
        await settled(pilot)
        table = pilot.app.table
        await press(pilot, "down", "down", *["shift+down"] * 4, "shift+up")
        assert table.marked.keys == {2, 3, 4, 5}
        assert [line[1] for line in screen(table)[1:9]] == list("  ✓✓✓✓  ")
        await press(pilot, *["shift+up"] * 5)
        assert table.marked.keys == {0, 1, 2}
        await press(pilot, "end", "shift+up")
        assert table.marked.keys == {0, 1, 2, 98, 99}


async def test_range_mode_follows_every_move_and_can_be_dropped():
    async with run(TableApp(ListSource(range(1000)))) as pilot:
        await settled(pilot)
        table = pilot.app.table
        await press(pilot, "space", "down", "v", "down", "pagedown")
        assert table.in_range
        assert table.marked.keys == {0, *range(2, 27)}
        await press(pilot, "escape")
        assert not table.in_range
        assert table.marked.keys == {0}
        await press(pilot, "home", "v", "down", "down", "v", "down", "down")
        assert table.marked.keys == {0, 1, 2}
        assert not table.in_range


async def test_a_range_over_rows_never_read_gets_every_key():
    source = ListSource(range(7, 50_007))
    async with run(TableApp(source)) as pilot:
        await settled(pilot)
        table = pilot.app.table
        source.hold = {"rows"}
        await typed(pilot, "down", "v", "end", "v")
        assert table.marking
        await typed(pilot, "home", "space")
        source.gate.set()
        await until(pilot, lambda: not table.marking)
        await settled(pilot)
        assert table.marked == Marks(frozenset(range(8, 50_007)))
        assert pilot.app.saw("marks")[-1] == [49_999]
        assert table.marked_count == 49_999


async def test_a_range_keeps_its_rows_when_others_come_before_it():
    source = ListSource(range(1000))
    async with run(TableApp(source)) as pilot:
        await settled(pilot)
        table = pilot.app.table
        await press(pilot, *["down"] * 5, "v", "down", "down")
        source.keys[:0] = range(5000, 5300)
        table.reload()
        await settled(pilot)
        assert table.marked.keys == {5, 6, 7}
        table.move_to(4000)
        await settled(pilot)
        assert table.marked.keys == {5, 6, 7}
        await press(pilot, "down", "v")
        assert table.marked.keys == {5, 6, 7, 8}


async def test_keys_of_a_range_read_before_rows_moved_are_read_again():
    source = ListSource(range(3000))
    async with run(TableApp(source)) as pilot:
        await settled(pilot)
        table = pilot.app.table
        source.hold = {"rows"}
        await typed(pilot, "v", "end", "v", "home")
        source.hold = set()
        source.keys[:0] = range(5000, 5010)
        table.reload()
        async with asyncio.timeout(PATIENCE):
            while table.busy:
                await drawn(pilot)
        source.gate.set()  # whether what is read anew has come by now or not, what was held is old
        await settled(pilot)
        assert not table.marking
        assert table.marked.keys == {*range(2990)}


async def test_rows_that_went_before_they_were_read_are_not_marked():
    source = ListSource(range(1000))
    async with run(TableApp(source)) as pilot:
        await settled(pilot)
        table = pilot.app.table
        del source.keys[500:]
        await press(pilot, "v", "end", "v")
        assert not table.marking
        assert table.marked.keys == {*range(500)}


async def test_a_range_follows_the_cursor_to_a_row_far_away():
    async with run(TableApp(ListSource(range(1000)))) as pilot:
        await settled(pilot)
        table = pilot.app.table
        await press(pilot, "v")
        table.move_to(900)
        await settled(pilot)
        assert table.marked.keys == {*range(901)}


async def test_a_range_half_read_is_given_up_with_its_source():
    source = ListSource(range(1000))
    async with run(TableApp(source)) as pilot:
        await settled(pilot)
        table = pilot.app.table
        await press(pilot, "space")
        source.hold = {"rows"}
        await typed(pilot, "v", "end", "v")
        table.show(ListSource(range(1000)))
        async with asyncio.timeout(PATIENCE):
            while table.busy:
                await drawn(pilot)
        source.gate.set()
        await settled(pilot)
        assert table.marked.keys == {0}


async def test_marks_on_other_rows():
    async with run(TableApp(ListSource(range(100)))) as pilot:
        await settled(pilot)
        table = pilot.app.table
        await press(pilot, "space", "space")
        await press(pilot, "down", "v", "down")
        table.show(ListSource(range(1, 50)))
        await settled(pilot)
        assert table.marked.keys == {0, 1, 3, 4}
        assert not table.in_range
        table.mark_all()
        table.show(ListSource(range(50, 0, -1)), same_rows=True)
        await settled(pilot)
        assert table.marked == Marks(inverted=True)
        table.reload()
        await settled(pilot)
        assert table.marked == Marks(inverted=True)
        table.show(ListSource(range(10)))
        await settled(pilot)
        assert table.marked == Marks()


async def test_shift_and_ctrl_clicks_mark():
    async with run(TableApp(ListSource(range(100)))) as pilot:
        await settled(pilot)
        table = pilot.app.table
        await pilot.click(table, offset=(10, 3))
        await pilot.click(table, offset=(10, 6), shift=True)
        await settled(pilot)
        assert table.marked.keys == {2, 3, 4, 5}
        await pilot.click(table, offset=(10, 4), control=True)
        await settled(pilot)
        assert table.marked.keys == {2, 4, 5}


async def test_a_table_without_marks():
    async with run(TableApp(ListSource(range(100)), markable=False)) as pilot:
        await settled(pilot)
        table = pilot.app.table
        await press(pilot, "space", "v", "shift+down", "asterisk")
        await pilot.click(table, offset=(10, 6), shift=True)
        await settled(pilot)
        assert not table.marked
        assert table.cursor_index == 5
