"""Finds SQL in the source of modules, without running them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import rectify_tui

PACKAGE = Path(rectify_tui.__file__).parent
STORE = PACKAGE / "store"

SQL = re.compile(
    r"""^\s*(?:
        SELECT\b.* | INSERT\s+(?:OR\s+\w+\s+)?INTO\b.* | UPDATE\s+\S+\s+SET\b.*
        | DELETE\s+FROM\b.* | WITH\s+(?:RECURSIVE\s+)?\w+\s*(?:\(.*?\)\s*)?AS\b.*
        | (?:CREATE|DROP|ALTER)\s+(?:\w+\s+)*(?:TABLE|INDEX|TRIGGER|VIEW)\b.* | PRAGMA\b.*
        | BEGIN(?:\s+[A-Z]+)? | COMMIT | ROLLBACK(?:\s+TO\b.*)? | SAVEPOINT\b.*
        | RELEASE\s+\w+ | VACUUM\b.*
    )$
    | \bSELECT\s.*\sFROM\s
    | \b(?:FROM|JOIN)\s+\w+.*\b(?:WHERE|JOIN|ORDER\s+BY|GROUP\s+BY)\b
    | \b(?:ORDER|GROUP)\s+BY\s+\w""",
    re.VERBOSE | re.DOTALL,
)
"""Whole statements, and pieces of one that has been cut up."""

CALLS = frozenset({"execute", "executemany", "executescript"})


def modules(folder: Path, *, without: Path | None = None) -> list[Path]:
    """The modules under a folder, but for those under another."""
    return sorted(
        path for path in folder.rglob("*.py") if without is None or without not in path.parents
    )


def parse(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text("utf-8"), str(path))


def texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and text of every string in a module that documents nothing; blanks stand as `?`."""
    nodes = list(ast.walk(tree))
    passed = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            passed |= {id(piece) for piece in node.values}
            yield node.lineno, "".join(map(_piece, node.values))
    for node in nodes:
        match node:
            case ast.Constant(value=str(text)) if id(node) not in passed:
                yield node.lineno, text


def _piece(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else "?"


def calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and name of every call that hands a statement to a database."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=name)) if name in CALLS:
                yield node.lineno, name


def sql_in(path: Path) -> list[str]:
    """Where a module has SQL or hands some to a database, as `file:line what`."""
    tree = parse(path)
    places = [(line, text.strip()[:60]) for line, text in texts(tree) if SQL.search(text)]
    places += [(line, f".{name}(") for line, name in calls(tree)]
    return [f"{path.name}:{line} {what}" for line, what in sorted(places)]
