"""The driver of SQLite, and what all that is built on it has from there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
else:
    # Python brings whatever SQLite it was built with (3.11 often 3.40), and before 3.51.3 a
    # write-ahead log could be reset wrongly and corrupt the file. The wheel brings a newer one.
    try:
        import pysqlite3 as sqlite3
    except ImportError:  # no wheel for this system: see WAL_IS_SAFE
        import sqlite3


NAME = "sqlite"

Address = Path
"""Where a store is: for SQLite a file."""

DatabaseError = sqlite3.Error
IntegrityError = sqlite3.IntegrityError
UNREADABLE = (DatabaseError, UnicodeDecodeError)
"""What a damaged file ends in: SQLite quotes what it cannot read, though it may be no text."""


WAL_IS_SAFE = sqlite3.sqlite_version_info >= (3, 51, 3)
"""Whether readers and a writer may work side by side; else a rollback journal makes them wait."""

__all__ = [
    "NAME",
    "UNREADABLE",
    "WAL_IS_SAFE",
    "Address",
    "DatabaseError",
    "IntegrityError",
    "sqlite3",
]
