"""What it costs to read spreadsheets safely, beside the bare libraries.

Run with `pytest -m bench -n 0 -s tests/bench/test_bench_reading.py`. `RECTIFY_BENCH_ROWS` sets how
many rows of 13 cells (default 100,000). Runs of both take turns, so that a busy machine slows down
both; prints medians and ratios, and never judges them.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import pytest
import xlsxwriter

from rectify_tui.intake.reading.book import open_book

pytestmark = pytest.mark.bench

ROWS = int(os.environ.get("RECTIFY_BENCH_ROWS", "100000"))
RUNS = 5
STATUS = ("已完成", "未达序时进度", "按序时进度推进")
CITIES = ("哈尔滨市", "齐齐哈尔市", "牡丹江市", "佳木斯市", "大庆市")
TITLES = ("序号", "编号", "问题", "地区", "责任单位", "牵头单位", "目标", "期限", "启动", "进度")
TITLES += ("状态", "备注", "金额")

BARE = """
import sys, time
start = time.perf_counter()
from python_calamine import load_workbook
sheet = load_workbook(sys.argv[1]).get_sheet_by_index(0)
rows = sum(1 for row in sheet.iter_rows())
print(time.perf_counter() - start, rows)
"""


def record(n: int) -> list[object]:
    day = date(2020, 1, 1) + timedelta(n % 2_000)
    return [
        n, f"HLJ-2018/{n}", f"第 {n} 项：污水处理厂提标改造工程未按期完成，管网建设滞后。",
        CITIES[n % 5], f"县人民政府 {n % 200}", "生态环境厅", f"建成 {n % 90} 公里管网",
        date(2025, 12, 31), day, (n * 7919 % 1_000) / 1_000, STATUS[n % 3],
        f"备注 {n}" if n % 3 == 0 else None, n * 1.37,
    ]  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reading")
    book = xlsxwriter.Workbook(folder / "ledger.xlsx", {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("台账")
    with (folder / "ledger.csv").open("w", encoding="gb18030", newline="") as out:
        writer = csv.writer(out)
        sheet.write_row(0, 0, TITLES)
        writer.writerow(TITLES)
        for n in range(1, ROWS + 1):
            sheet.write_row(n, 0, record(n))
            writer.writerow(record(n))
    book.close()
    return {path.suffix: path for path in folder.iterdir()}


def bare_workbook(path: Path) -> float:
    """The library alone, in a fresh process of its own, without the time that takes to start."""
    run = subprocess.run(
        [sys.executable, "-c", BARE, str(path)], check=True, capture_output=True, text=True
    )
    seconds, rows = run.stdout.split()
    assert int(rows) == ROWS + 1
    return float(seconds)


def bare_text(path: Path) -> float:
    start = time.perf_counter()
    with path.open(encoding="gb18030", newline="") as file:
        assert sum(1 for _ in csv.reader(file)) == ROWS + 1
    return time.perf_counter() - start


def ours(path: Path) -> tuple[float, float]:
    """Seconds to open and find the sheet, and seconds for a pass over its rows."""
    start = time.perf_counter()
    grid = open_book(path).grid()
    opened = time.perf_counter()
    assert sum(1 for _ in grid.rows()) == ROWS + 1
    return opened - start, time.perf_counter() - opened


@pytest.mark.parametrize(("suffix", "bare"), [(".xlsx", bare_workbook), (".csv", bare_text)])
def test_reading(files: dict[str, Path], suffix: str, bare: Callable[[Path], float]) -> None:
    path = files[suffix]
    runs = [(bare(path), *ours(path)) for _ in range(RUNS)]
    library, opening, passing = (median(each) for each in zip(*runs, strict=True))
    print(f"\n{suffix}, {ROWS:,} rows of 13 cells, {path.stat().st_size / 2**20:.1f} MB")
    for name, seconds in (
        ("bare library", library),
        ("opening", opening),
        ("opening and one pass", opening + passing),
        ("each further pass", passing),
    ):
        rate = ROWS / seconds
        print(f"{name:24}{seconds:8.2f} s{rate:>12,.0f} rows/s{seconds / library:8.2f}")


PEAK = """
import resource, sys
from pathlib import Path
from rectify_tui.intake.reading.book import open_book

def most():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

before = most()
rows = sum(1 for row in open_book(Path(sys.argv[1])).grid().rows())
print(before, most(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux to tell memory")
def test_memory(files: dict[str, Path]) -> None:
    print(f"\n{'most memory, MB':24}{'before':>8}{'after':>8}{'reader':>8}")
    for suffix, path in sorted(files.items()):
        run = subprocess.run(
            [sys.executable, "-c", PEAK, str(path)], check=True, capture_output=True, text=True
        )
        before, own, reader = (int(each) // 1024 for each in run.stdout.split())
        print(f"{suffix:24}{before:>8}{own:>8}{reader:>8}")
