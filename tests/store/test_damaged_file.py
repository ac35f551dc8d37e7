"""Bytes that flip: nothing but findings and problems comes out, and nothing goes unnoticed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from country import put

from rectify_tui.errors import Problem
from rectify_tui.store.check import run_checks
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.sqlite import connect

UNCHECKED = {"_sqlite_migrations"}
"""When a migration was applied is of no consequence."""


def content(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All that the checks answer for: every row of every table, without revisions."""
    connection = connect(path)
    try:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        found = {}
        for table in sorted({table for (table,) in tables} - UNCHECKED):
            columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
            names = ", ".join(name for _, name, *_ in columns if name != "rev")
            rows = connection.execute(f"SELECT {names} FROM {table} NOT INDEXED").fetchall()
            found[table] = sorted(rows, key=repr)
        return found
    finally:
        connection.close()


def look(path: Path) -> bool:
    """Open a store, check it and write to it; whether all that went well.

    Whatever is not a `Problem` is a fault in the program, and gets out of here.
    """
    try:
        ledger = Ledger(path)
    except Problem:
        return False
    try:
        sound = all(finding.ok for finding in run_checks(ledger.reader()))
    except Problem:
        sound = False
    finally:
        ledger.close()
    return sound


def scribble(path: Path) -> None:
    """Write into a store that may be damaged."""
    try:
        ledger = Ledger(path)
        put(ledger, 1, status="ahead", note="写")
    except Problem:
        return
    ledger.close()


def flip(store: Path, tmp_path: Path, chance: Random) -> Path:
    """A copy in which one byte of the first, of a later page or anywhere is another."""
    path = tmp_path / "damaged.db"
    shutil.copy(store, path)
    data = bytearray(path.read_bytes())
    places: list[Callable[[], int]] = [
        lambda: chance.randrange(100),
        lambda: chance.randrange(4096),
        lambda: chance.randrange(len(data) // 4096) * 4096 + chance.randrange(12),
        lambda: chance.randrange(len(data)),
        lambda: chance.randrange(len(data)),
        lambda: chance.randrange(len(data)),
    ]
    at = chance.choice(places)()
    data[at] ^= chance.choice([1 << chance.randrange(8), chance.randrange(1, 256)])
    path.write_bytes(data)
    return path


def survive(store: Path, tmp_path: Path, times: int, seed: int) -> None:
    chance = Random(seed)
    whole = content(store)
    noticed = 0
    for _ in range(times):
        path = flip(store, tmp_path, chance)
        if look(path):
            assert content(path) == whole
        else:
            noticed += 1
        scribble(path)
        for file in tmp_path.glob("damaged.db*"):
            file.unlink()
    assert noticed > times / 10


@pytest.mark.journeys
def test_single_bytes_flipped(busy_store: Path, tmp_path: Path) -> None:
    survive(busy_store, tmp_path, 60, 1)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(2, 12))
def test_many_bytes_flipped(busy_store: Path, tmp_path: Path, seed: int) -> None:
    survive(busy_store, tmp_path, 1000, seed)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_file_cut_short(busy_store: Path, tmp_path: Path, part: float) -> None:
    path = tmp_path / "cut.db"
    data = busy_store.read_bytes()
    path.write_bytes(data[: int(len(data) * part)])
    assert not look(path)
