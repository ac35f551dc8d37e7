"""Where the SQL and the seed lie: inside an installed package, or beside it in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent


def data_folder(name: str) -> Path:
    """The folder `db` or `seed`."""
    carried = _PACKAGE / name
    return carried if carried.is_dir() else _PACKAGE.parent / name


@cache
def sql(name: str) -> str:
    """The text of `db/queries/<name>.sql`."""
    return (data_folder("db") / "queries" / f"{name}.sql").read_text("utf-8")
