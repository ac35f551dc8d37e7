"""One process reads many workbooks; trouble with one of them is nobody else's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from make_files import compound, packed, sheet_xml, text_cell, xlsx_parts

from rectify_tui.errors import Problem
from rectify_tui.intake.reading import subprocess_reader
from rectify_tui.intake.reading.subprocess_reader import read_workbook

pytestmark = pytest.mark.journeys

MIB = 2**20


def workbook(text: str, rows: int = 1) -> bytes:
    lines = "".join(
        f'<row r="{n}">{text_cell(f"A{n}", f"{text}{n}")}</row>' for n in range(1, rows + 1)
    )
    return packed(xlsx_parts({"表": sheet_xml(lines)}))


def children() -> set[int]:
    return set(map(int, Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()))


@pytest.fixture(autouse=True)
def nobody_waits() -> Iterator[None]:
    subprocess_reader._waiting.close()
    yield
    subprocess_reader._waiting.close()


def first_cell(data: bytes, **limits: int) -> str:
    (sheet,) = read_workbook(data, **limits).sheets
    return sheet.lines[0].decode()


linux = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc")


@linux
def test_one_process_reads_many_files() -> None:
    before = children()
    for n in range(5):
        assert f"甲{n}文1" in first_cell(workbook(f"甲{n}文"))
        assert len(children() - before) == 1
    (reader,) = children() - before
    first_cell(workbook("再"))
    assert children() - before == {reader}


@linux
def test_after_trouble_the_next_file_gets_a_new_process() -> None:
    before = children()
    first_cell(workbook("甲"))
    (reader,) = children() - before
    with pytest.raises(Problem, match="damaged"):
        read_workbook(workbook("甲")[:-30])
    assert not children() - before
    assert "乙1" in first_cell(workbook("乙"))
    assert reader not in children()


def circle() -> bytes:
    """A compound file whose sectors go round in a circle: it takes all memory there is."""
    import struct

    data = bytearray(compound("Workbook"))
    data[24:34] = struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6)
    data[44:76] = struct.pack("<8I", 1, 0, 0, 4096, 0xFFFFFFFE, 0, 0, 1)
    return bytes(data)


def test_a_file_that_kills_the_process_costs_only_itself() -> None:
    limits = {"memory": 300 * MIB, "seconds": 4}
    assert "甲1" in first_cell(workbook("甲"), **limits)
    with pytest.raises(Problem) as caught:
        read_workbook(circle(), **limits)
    assert caught.value.key in ("reading.memory", "reading.slow")
    assert "乙1" in first_cell(workbook("乙"), **limits)


@linux
def test_a_process_that_somebody_killed_is_replaced() -> None:
    before = children()
    first_cell(workbook("甲"))
    for reader in children() - before:
        os.kill(reader, 9)
    assert "乙1" in first_cell(workbook("乙"))


def test_each_file_has_its_own_seconds() -> None:
    """Together these take longer than one of them may."""
    big = workbook("长" * 200, 6_000)
    for _ in range(4):
        assert "长1" in first_cell(big, seconds=2)


@linux
def test_a_process_that_has_grown_is_not_kept() -> None:
    before = children()
    first_cell(workbook("长" * 300, 100_000))
    assert "乙1" in first_cell(workbook("乙"))
    first = children() - before
    first_cell(workbook("丙"))
    assert children() - before == first


def test_several_at_a_time() -> None:
    with ThreadPoolExecutor(4) as threads:
        found = threads.map(lambda n: first_cell(workbook(f"第{n}份")), range(12))
        assert all(f"第{n}份1" in text for n, text in enumerate(found))
