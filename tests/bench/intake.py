"""What comes in and what a new store costs: imports, returns, filling, bytes."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import xlsxwriter

from .lines import Figure, Line, Setting, ratio, seconds
from .stores import FILL
from .timing import Sample, in_turn, process, python, rectify

IMPORTED, FILLED, RETURNS = 100_000, 10_000, 444
HEAD = (
    "序号", "具体问题", "责任地区", "责任单位", "牵头单位", "督导单位", "整改目标", "整改时限",
    "启动时间", "整改进展状态", "完成进度", "现场核实", "备注",
)  # fmt: skip
PLACES = (
    "大庆市", "哈尔滨市", "南岗区", "哈尔滨市道里区", "佳木斯市", "黑河市", "绥化市", "鸡西市",
)  # fmt: skip
STATUSES = ("已完成", "基本完成", "按序时进度推进", "尚未启动", "未达到序时进度", "未完成")
DEADLINES = ("2020年底前", "2021年6月底", "立行立改", "长期坚持", "2020年12月31日前")

READING_IN = """
import sqlite3, sys
from python_calamine import CalamineWorkbook
cells = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
connection = sqlite3.connect(sys.argv[2])
names = ", ".join(f"c{n}" for n in range(13))
connection.execute("DROP TABLE IF EXISTS ledger")
connection.execute(f"CREATE TABLE ledger (id INTEGER PRIMARY KEY, {names}, UNIQUE (c0))")
marks = ", ".join("?" * 13)
connection.executemany(f"INSERT INTO ledger ({names}) VALUES ({marks})", cells[1:])
connection.commit()
"""

FILLING = f"""{FILL}
told = pathlib.Path("/proc/self/io")
for line in told.read_text().splitlines() if told.exists() else ():
    if line.startswith("write_bytes"):
        print(line.split()[1])
"""


def write_workbook(path: Path, rows: int) -> Path:
    """A ledger as offices keep it."""
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


def _import(at: Setting) -> Figure:
    """As many rows as the store has items, into a store of nothing but regions."""
    path = write_workbook(at.scratch / "ledger.xlsx", min(at.store.items, IMPORTED))
    empty, store = at.scratch / "empty.db", at.scratch / "imported.db"
    if not empty.exists():
        make_empty(at, empty)

    def ours() -> Sample:
        for old in at.scratch.glob("imported.db*"):
            old.unlink()
        shutil.copy(empty, store)
        words = ("import", str(path), "--programme", "B-1", "--yes", "--db", str(store))
        return process(rectify(*words), home=at.scratch)

    floor = at.process(python(READING_IN, str(path), str(at.scratch / "bare")))
    return ratio(at.beside(ours, floor))


def make_empty(at: Setting, path: Path) -> None:
    """A store with all regions and the programme B-1."""
    process(rectify("init", "--db", str(path)), home=at.scratch)
    words = ("--name", "大", "--region", "黑龙江省", "--year", "2020", "--db", str(path))
    process(rectify("programme", "add", "B-1", *words), home=at.scratch)


def _fill_rate(at: Setting) -> Figure:
    path, items = at.scratch / "filled.db", min(at.store.items, FILLED)

    def ours() -> Sample:
        path.unlink(missing_ok=True)
        return process(python(FILLING, str(path), str(items)), home=at.scratch)

    taken = in_turn([ours], at.runs, at.patience)[0]
    return Figure(items / taken.cpu, None, taken.wall, taken.peak_mb, taken.runs)


def _fill_written(at: Setting) -> Figure:
    path = at.scratch / "written.db"
    path.unlink(missing_ok=True)
    args = python(FILLING, str(path), str(min(at.store.items, FILLED)))
    run = process(args, home=at.scratch, keep=True)
    written = float(run.out.split()[0]) if run.out.split() else 0.0
    return Figure(written / path.stat().st_size, None, run.wall, run.peak_mb)


def _bytes(at: Setting) -> Figure:
    return Figure(at.store.path.stat().st_size / at.store.items)


def _returns(at: Setting) -> Figure:
    """Processor time a file, in milliseconds, of as many returns as there are."""
    folder = at.scratch / "returns"
    with at.store.copy() as path:
        db = ("--db", str(path))
        shutil.rmtree(folder, ignore_errors=True)
        process(rectify("return", "make", "-o", str(folder), *db), home=at.scratch)
        files = sorted(folder.rglob("*.xlsx"))[:RETURNS]
        args = rectify("return", "check", *map(str, files), *db)
        median = in_turn([at.process(args, okay=(0, 1))], at.runs, at.patience)[0]
    return seconds(median, per=1000 / len(files))


LINES = (
    Line(
        "import", "import of as many rows of xlsx (at most 100,000)", _import, 4,
        floor="calamine, executemany",
    ),
    Line(
        "fill", "items simulated a second (10,000)", _fill_rate, 5000, unit="items/s", floor="",
        at_least=True, least=10_000, most=10_000,
    ),
    Line(
        "fill_written", "bytes written a byte kept", _fill_written, 3, unit="B", floor="",
        least=10_000, most=10_000,
    ),
    Line("returns", "returns checked, each", _returns, 10, unit="ms", floor="", least=10_000),
    Line("bytes", "bytes an item", _bytes, 1776, unit="B", floor="", least=100_000),
)  # fmt: skip
