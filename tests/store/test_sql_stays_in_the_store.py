"""SQL is written in the store and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from source import modules
from sql_finder import STORE, sql_in


def test_no_module_outside_the_store_has_sql() -> None:
    outside = modules(without=STORE)
    assert len(outside) > 200
    assert [place for path in outside for place in sql_in(path)] == []


@pytest.mark.parametrize(
    "line",
    [
        'rows = read("SELECT 1 FROM region WHERE parent_id = ? LIMIT 1")',
        'QUERY = """\nSELECT id\nFROM batch\n"""',
        'name = f"SELECT name FROM {table}"',
        'where = f" AND item.id IN (SELECT id FROM {table} WHERE id = ?)"',
        'join = " JOIN region r ON r.id = item.region_id WHERE r.depth = 1"',
        'order = "ORDER BY programme_id"',
        'text = "WITH asked (day) AS (SELECT ?)"',
        'text = "INSERT INTO unit (id) VALUES (1)"',
        'text = "INSERT OR REPLACE INTO unit VALUES (1)"',
        'text = "UPDATE item SET note = NULL"',
        'text = "DELETE FROM rollup"',
        'text = "CREATE UNIQUE INDEX one ON item (id)"',
        'text = "PRAGMA data_version"',
        'text = "BEGIN IMMEDIATE"',
        'text = "COMMIT"',
        "connection.execute(query)",
        "ledger.reader().executemany(query, rows)",
    ],
)
def test_the_check_sees_sql(tmp_path: Path, line: str) -> None:
    module = tmp_path / "face.py"
    module.write_text(f'"""SELECT id FROM item: only told of."""\n{line}\n', "utf-8")
    assert sql_in(module)


def test_the_check_lets_sentences_pass(tmp_path: Path) -> None:
    module = tmp_path / "face.py"
    module.write_text(
        '"""Select what comes from where."""\nKEY = "select.from"\n'
        'TEXT = "Update the item and begin. Choose FROM here."\n"""DELETE FROM item: a note."""\n',
        "utf-8",
    )
    assert sql_in(module) == []
