"""What only SQLite can say is said in one package; everything else would do on a server."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from source import PACKAGE, modules, said
from sql_finder import STORE

from rectify_tui.resources import data_folder

SEAM = modules(STORE / "sqlite")
OTHERS = [path for path in modules(PACKAGE) if path not in SEAM]
DRIVERS = {"sqlite3", "pysqlite3", "sqlite_utils"}
OF_THE_DRIVER = {"in_transaction", "set_trace_callback", "row_factory", "sqlite_errorcode"}
"""Attributes that connections and errors of the driver have and others need not."""

NOT_PORTABLE = re.compile(
    r"""\bPRAGMA\b|\bsqlite_\w+|\bjulianday\b|\bjson_\w+\s*\(|\bINSERT\s+OR\b|\bREPLACE\s+INTO\b
    |\browid\b|\bRAISE\s*\(|\bVACUUM\b|\bstrftime\b|\bdatetime\s*\(|\bGLOB\b|\bIFNULL\b
    |\bLIMIT\s+-|\bAUTOINCREMENT\b|\bNOT\s+INDEXED\b|\bIMMEDIATE\b
    |\bIN\s*\(\s*\)                         # nothing to choose from
    |\b(?:AND|OR|WHERE|NOT)\s+[01]\b(?!\s*[-+*/<>=])   # numbers as booleans
    |\bTHEN\s+[01]\s+WHEN\b.*\bTHEN\s[^()]*(?:\bIN\b|[<>=])  # a number here, a condition there
    |\bSUM\s*\((?![^()]*\bCASE\b)[^()]*(?:[<>=]|\bIN\b|\bIS\b)  # of a comparison
    |\bCOALESCE\([^()]*[<>=][^()]*,\s*[01]\)""",
    re.VERBOSE | re.DOTALL,
)


def beyond_the_seam(path: Path) -> list[str]:
    """What a module says that only SQLite understands."""
    of_module = said(path)
    told = [name for name in of_module.imports if name.partition(".")[0] in DRIVERS]
    told += sorted(of_module.attributes & (OF_THE_DRIVER | DRIVERS))
    told += [found[0] for _, text in of_module.texts if (found := NOT_PORTABLE.search(text))]
    return [f"{path.name}: {each}" for each in told]


def test_only_the_seam_says_what_only_sqlite_can_say() -> None:
    assert [fault for path in OTHERS for fault in beyond_the_seam(path)] == []


def test_statements_in_files_of_their_own_are_portable() -> None:
    queries = sorted((data_folder("db") / "queries").glob("*.sql"))
    assert queries
    for path in queries:
        assert not NOT_PORTABLE.search(path.read_text("utf-8")), path


def test_the_seam_is_reached_through_one_module() -> None:
    reached_by = [path.name for path in OTHERS if _imports_the_seam(path)]
    assert reached_by == ["connection.py"]


def _imports_the_seam(path: Path) -> bool:
    return any(f"{name}.".startswith("rectify_tui.store.sqlite.") for name in said(path).imports)


def test_the_seam_itself_is_not_portable() -> None:
    assert sum(len(beyond_the_seam(path)) for path in SEAM) > 15


@pytest.mark.parametrize(
    "line",
    [
        "import sqlite3",
        "from pysqlite3 import dbapi2",
        "def later():\n    import sqlite_utils",
        "busy = connection.in_transaction",
        'text = "PRAGMA data_version"',
        'text = "SELECT name FROM sqlite_master"',
        'text = f"SELECT julianday({day})"',
        """text = "SELECT json_extract(new, '$') FROM history" """,
        'text = "INSERT OR REPLACE INTO unit VALUES (1)"',
        'text = "SELECT id FROM region ORDER BY rowid"',
        'text = "SELECT id FROM batch LIMIT -1"',
        'text = "SELECT id FROM batch WHERE id IN ()"',
        "text = \"SELECT SUM(status = 'closed') FROM item\"",
        'text = "SELECT id FROM item WHERE 1"',
        'text = " AND 1 ORDER BY id"',
        'text = "NOT COALESCE(a < b, 0)"',
        "text = \"CASE WHEN a THEN 0 WHEN b THEN status IN ('x') ELSE c = d END\"",
        'text = "BEGIN IMMEDIATE"',
    ],
)
def test_the_check_sees_what_only_sqlite_understands(tmp_path: Path, line: str) -> None:
    module = tmp_path / "queries.py"
    module.write_text(f'"""As PRAGMA data_version would: only told of."""\n{line}\n', "utf-8")
    assert beyond_the_seam(module)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT COUNT(*) FILTER (WHERE status = ?) FROM item",
        "SELECT SUM(CASE WHEN status = ? THEN n ELSE 0 END) FROM rollup",
        "SELECT COALESCE(progress, 0) FROM item WHERE depth = 1 AND 1 < depth",
        "CASE WHEN a THEN FALSE WHEN b THEN status IN (?) ELSE FALSE END",
        "UPDATE item SET rev = ? WHERE id = ? AND rev = ? RETURNING rev",
    ],
)
def test_the_check_lets_pass_what_all_understand(tmp_path: Path, text: str) -> None:
    module = tmp_path / "queries.py"
    module.write_text(f"QUERY = {text!r}\n", "utf-8")
    assert beyond_the_seam(module) == []
