"""Importing a large ledger beside what it is made of: reading a workbook, and inserting rows.

Run with `pytest -m bench -n 0 -s tests/bench/test_bench_import.py`. `RECTIFY_BENCH_ROWS` sets how
many rows (default 100,000). Prints seconds of processor time, rows per second and what dominates,
and never judges them.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
import xlsxwriter
from taking import open_files

from rectify_tui.intake.importing.prepare import prepare
from rectify_tui.intake.importing.propose import lines_of
from rectify_tui.intake.importing.request import ImportRequest
from rectify_tui.intake.reading import open_book
from rectify_tui.intake.workspace.accepting import UNASKED
from rectify_tui.intake.workspace.applying import IntakeOrder, apply_order
from rectify_tui.store.commands.places import NewProgramme, add_programme
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.regions import one_region

pytestmark = pytest.mark.bench

ROWS = int(os.environ.get("RECTIFY_BENCH_ROWS", "100000"))
HEAD = (
    "序号", "具体问题", "责任地区", "责任单位", "牵头单位", "督导单位", "整改目标", "整改时限",
    "启动时间", "整改进展状态", "完成进度", "现场核实", "备注",
)  # fmt: skip
PLACES = (
    "大庆市",
    "哈尔滨市",
    "南岗区",
    "哈尔滨市道里区",
    "佳木斯市",
    "黑河市",
    "绥化市",
    "鸡西市",
)
STATUSES = ("已完成", "基本完成", "按序时进度推进", "尚未启动", "未达到序时进度", "未完成")
DEADLINES = ("2020年底前", "2021年6月底", "立行立改", "长期坚持", "2020年12月31日前")

T = TypeVar("T")


def write_ledger(path: Path, rows: int) -> Path:
    chosen = random.Random(1)
    workbook = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = workbook.add_worksheet("台账")
    sheet.write_row(0, 0, HEAD)
    for n in range(1, rows + 1):
        place = chosen.choice(PLACES)
        row = (
            n, f"{place}第{n}号问题：雨污分流不彻底，部分生活污水直排河道，影响下游水质", place,
            f"{place}人民政府{chosen.randrange(50)}", "省生态环境厅", "省住房城乡建设厅",
            f"完成管网改造{n % 97}公里，水质稳定达标", chosen.choice(DEADLINES),
            f"2019-0{n % 9 + 1}-15", chosen.choice(STATUSES), f"{chosen.randrange(101)}%",
            "未核实", "已现场调度" if n % 3 else "",
        )  # fmt: skip
        sheet.write_row(n, 0, row)
    workbook.close()
    return path


def timed(what: str, work: Callable[[], T]) -> T:
    wall, cpu = time.perf_counter(), sum(os.times()[:4])
    result = work()
    cpu, wall = sum(os.times()[:4]) - cpu, time.perf_counter() - wall
    print(f"{what:<44}{cpu:7.2f} s CPU {wall:7.2f} s wall {ROWS / max(cpu, 1e-9):>10,.0f} rows/s")
    return result


def test_a_large_ledger(regions_store: Path, tmp_path: Path) -> None:
    path = write_ledger(tmp_path / "ledger.xlsx", ROWS)
    print(f"\n{ROWS:,} rows of {len(HEAD)} cells, {path.stat().st_size / 2**20:.1f} MiB")
    measure_bare(path, tmp_path / "bare.db")

    store = tmp_path / "ledger.db"
    shutil.copy(regions_store, store)
    ledger = Ledger(store)
    with ledger.batch("add") as writing:
        region = one_region(writing.draft.connection, "黑龙江省").id
        add_programme(writing.draft, NewProgramme("B-1", "大", region, 2020))
    fresh = tmp_path / "fresh.db"
    shutil.copy(store, fresh)

    request = ImportRequest(tmp_path / "config", programme="B-1")
    today = ledger.today()
    book = timed("open the workbook (in a process of its own)", lambda: open_book(path))
    prepared = timed(
        "find table and columns", lambda: prepare(ledger.reader(), book, request, today)
    )
    timed("walk the table", lambda: sum(1 for _ in prepared.table.rows()))
    timed("trial", lambda: sum(1 for _ in lines_of(ledger.reader(), prepared, today)))
    order = order_of(ledger, path, request)
    taken = timed("import", lambda: apply_order(ledger, order))
    assert taken.n_written == ROWS
    again = timed("import again, all unchanged", lambda: apply_order(ledger, order))
    assert (again.n_unchanged, again.receipt.batch) == (ROWS, None)
    ledger.close()

    profile = cProfile.Profile()
    fresh_ledger = Ledger(fresh)
    profile.runcall(apply_order, fresh_ledger, order)
    fresh_ledger.close()
    show_shares(profile)


def test_memory_of_the_whole_program(regions_store: Path, tmp_path: Path) -> None:
    store = tmp_path / "ledger.db"
    shutil.copy(regions_store, store)
    command = (sys.executable, "-m", "rectify_tui", "--db", str(store))
    words = ("programme", "add", "B-1", "--name", "大", "--region", "黑龙江", "--year", "2020")
    subprocess.run([*command, *words], check=True, capture_output=True)
    path = write_ledger(tmp_path / "ledger.xlsx", ROWS)
    environment = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path / "config")}
    wall = time.perf_counter()
    subprocess.run(
        [*command, "import", str(path), "--programme", "B-1"], check=True, capture_output=True,
        env=environment,
    )  # fmt: skip
    wall = time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\nrectify import, {ROWS:,} rows: {wall:.1f} s, at most {peak:.0f} MB")


def order_of(ledger: Ledger, path: Path, request: ImportRequest) -> IntakeOrder:
    """What the command line asks for once a file was read."""
    workspace = open_files(ledger, path, request=request, check=False)
    return IntakeOrder(tuple(workspace.chosen()), UNASKED)


def measure_bare(path: Path, store: Path) -> None:
    cells = timed("bare python-calamine", lambda: bare_read(path))
    timed("bare sqlite3, one table, one index", lambda: bare_insert(store, cells))


def bare_read(path: Path) -> list[list[object]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def bare_insert(path: Path, cells: list[list[object]]) -> None:
    connection = sqlite3.connect(path)
    names = ", ".join(f"c{n}" for n in range(len(HEAD)))
    connection.execute(f"CREATE TABLE ledger (id INTEGER PRIMARY KEY, {names}, UNIQUE (c0))")
    marks = ", ".join("?" * len(HEAD))
    connection.executemany(f"INSERT INTO ledger ({names}) VALUES ({marks})", cells[1:])
    connection.commit()
    connection.close()


def show_shares(profile: cProfile.Profile) -> None:
    """Where the time of an import goes, by what does it."""
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    total = sum(own for _, _, own, _, _ in stats.values())

    def share(*ends: str) -> float:
        return sum(
            cumulative
            for (file, _, name), (_, _, _, cumulative, _) in stats.items()
            if f"{Path(file).name}:{name}".endswith(ends)
        )

    parts = {
        "SQLite (executemany)": sum(v[2] for k, v in stats.items() if "executemany" in k[2]),
        "draft: create, with flushing": share("draft.py:create"),
        "rows of the table": share("table/rows.py:rows", "rows.py:rows"),
        "reading cells and numbers": share("items.py:read"),
        "holding against the ledger": share("row_import.py:_hold"),
    }
    print("shares of an import, profiled (SQLite is within the draft's):")
    for name, seconds in sorted(parts.items(), key=lambda part: -part[1]):
        print(f"  {name:<40}{seconds / total:6.0%}")
