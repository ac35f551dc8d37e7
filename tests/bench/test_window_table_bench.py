"""How much a table of 1,000,000 rows costs beside one of 1,000, from a SQLite file."""

import asyncio
import sqlite3
import time
import tracemalloc
from contextlib import closing

import pytest
from textual.app import App
from textual.events import Key

from rectify_tui.tui.widgets.table.source import Column, Row
from rectify_tui.tui.widgets.table.table import WindowTable

COLUMNS = (
    Column("number", "序号", 8, align="right"),
    Column("title", "整改任务", 20, stretch=1),
    Column("status", "状态", 14),
)
KEYS = 50


class KeyedSource:
    """Rows in the order of their ids, which run from 1 without gaps."""

    def __init__(self, path):
        self.path = path

    def _all(self, sql, *parameters):
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(sql, parameters).fetchall()

    def count(self):
        return self._all("SELECT max(id) FROM item")[0][0]

    def rows(self, start, stop):
        found = self._all(
            "SELECT id, title FROM item WHERE id > ? AND id <= ? ORDER BY id", start, stop
        )
        return [
            Row(key, {"number": str(key), "title": title, "status": "按序时进度推进"})
            for key, title in found
        ]

    def position(self, key):
        return key - 1


class TableApp(App):
    def __init__(self, source):
        super().__init__()
        self.table = WindowTable(COLUMNS)
        self.table.show(source)

    def compose(self):
        yield self.table


@pytest.fixture(params=[1_000, 1_000_000], scope="module")
def source(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("bench") / f"{request.param}.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, title TEXT)")
        connection.executemany(
            "INSERT INTO item VALUES (?, ?)",
            ((n, f"第{n}项饮用水水源地环境问题整改") for n in range(1, request.param + 1)),
        )
        connection.commit()
    return KeyedSource(path)


async def painted(pilot, table, index):
    """Wait until the row at an index is under the cursor, read, and drawn."""
    while table.cursor_index != index or table.cursor_key is None or table.busy:
        waits = [worker.wait() for worker in pilot.app.workers]
        await asyncio.gather(*waits, return_exceptions=True)
        await pilot.pause(0)
    await pilot.pause(0)


async def measure(source):
    figures = {}
    app = TableApp(source)
    started = time.perf_counter()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        table = app.table
        await painted(pilot, table, 0)
        figures["first paint"] = time.perf_counter() - started

        async def press(key, index):
            app.post_message(Key(key, None))
            await painted(pilot, table, index)

        started = time.perf_counter()
        for index in range(1, KEYS + 1):
            await press("down", index)
        figures["key to paint"] = (time.perf_counter() - started) / KEYS
        started = time.perf_counter()
        await press("end", table.total - 1)
        figures["jump to the end"] = time.perf_counter() - started
        started = time.perf_counter()
        table.reload()
        await painted(pilot, table, table.total - 1)
        figures["reload"] = time.perf_counter() - started
        tracemalloc.start()
        for index in range(0, table.total, max(1, table.total // 200)):
            table.move_to(index + 1)
            await painted(pilot, table, index)
        figures["memory of 200 jumps"] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return figures


FIGURES = {}


@pytest.mark.bench
async def test_a_million_rows_beside_a_thousand(source, capsys):
    figures = await measure(source)
    FIGURES.setdefault("base", figures)
    with capsys.disabled():
        print(f"\n{source.count():,} rows")
        for name, figure in figures.items():
            ratio = figure / FIGURES["base"][name]
            shown = f"{figure / 1e6:8.1f} MB" if "memory" in name else f"{figure * 1000:8.1f} ms"
            print(f"  {name:20} {shown}  x {ratio:.2f}")
