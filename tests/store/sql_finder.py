"""Finds SQL in the source of modules, without running them."""

from __future__ import annotations

import re
from pathlib import Path

from source import PACKAGE, said

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


def sql_in(path: Path) -> list[str]:
    """Where a module has SQL or hands some to a database, as `file:line what`."""
    of_module = said(path)
    places = [(n, text.strip()[:60]) for n, text in of_module.texts if SQL.search(text)]
    places += [(n, f".{name}(") for n, name in of_module.statements]
    return [f"{path.name}:{line} {what}" for line, what in sorted(places)]
