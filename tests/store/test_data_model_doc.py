"""`docs/data-model.md` says of tables, keys, dated columns and the seam what is true."""

from __future__ import annotations

import ast
import re
from itertools import chain
from pathlib import Path

import pytest
from source import modules, parse

import rectify_tui
from rectify_tui.domain.timeline import DATED, STATE
from rectify_tui.store import sqlite
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.records import ENTITIES, ITEM

ROOT = Path(rectify_tui.__file__).parent.parent
DOC = ROOT / "docs" / "data-model.md"


@pytest.fixture(scope="module")
def doc() -> str:
    return DOC.read_text("utf-8")


def _tables(ledger: Ledger) -> set[str]:
    rows = ledger.reader().execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in rows}


def test_every_table_has_a_line_and_stands_in_the_picture(country: Ledger, doc: str) -> None:
    lines = set(re.findall(r"^\| `(\w+)` \| [^|]+ \|$", doc, re.MULTILINE))
    assert lines == _tables(country)
    picture = doc.partition("```mermaid")[2].partition("```")[0]
    assert set(re.findall(r"^    (\w+)", picture, re.MULTILINE)) <= lines
    assert lines - set(re.findall(r"\w+", picture)) == {"_sqlite_migrations"}


def test_the_picture_has_the_keys_of_the_schema(country: Ledger, doc: str) -> None:
    drawn = set(re.findall(r"^    (\w+) (\|[|o])--o\{ (\w+) : (\w+)$", doc, re.MULTILINE))
    kept = set()
    for table in _tables(country):
        needed = {
            name: bool(not_null)
            for _, name, _, not_null, *_ in country.reader().execute(f"PRAGMA table_info({table})")
        }
        for key in country.reader().execute(f"PRAGMA foreign_key_list({table})").fetchall():
            _, _, to, column, *_ = key
            kept.add((to, "||" if needed[column] else "|o", table, column))
    assert drawn == kept


def test_what_it_calls_dated_is_dated_and_what_it_calls_plain_is_plain(doc: str) -> None:
    dated, plain = (
        set(re.findall(r"`(\w+)`", doc.partition(f"<!-- {name} -->")[2].partition("<!-- /")[0]))
        for name in ("dated", "plain")
    )
    assert STATE < dated <= DATED["item"] | DATED["case"]
    assert DATED["item"] <= dated
    assert plain
    assert plain <= set(ENTITIES[ITEM].fields) - DATED["item"]


def test_every_part_of_the_seam_is_listed(doc: str) -> None:
    trees = [parse(path) for path in modules(Path(sqlite.__file__).parent)]
    nodes = chain.from_iterable(map(ast.walk, trees))
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    public = {node.name for node in functions if node.name[0] != "_"} - {"run"}
    table = doc.partition("## What only SQLite says")[2]
    listed = set(re.findall(r"`(\w+)`", table))
    assert public - listed == set()
    parts = re.findall(r"^\| ([^|]+) \|", table.partition("| part |")[2], re.MULTILINE)
    names = {name for part in parts for name in re.findall(r"`(\w+)`", part)}
    methods = vars(sqlite.SqliteConnection)
    assert {name for name in names if name not in vars(sqlite) and name not in methods} == {
        "write", "unfinished",  # parameters of `connect`
    }  # fmt: skip


def test_the_files_that_it_names_are_there(doc: str) -> None:
    names = re.findall(r"`((?:rectify_tui|db|docs)/[\w./]+)`", doc)
    assert len(names) > 8
    assert [name for name in names if not (ROOT / name).exists()] == []
