"""What kind of trouble the engine is in, and what to tell of it."""

from __future__ import annotations

import contextlib
import os

from rectify_tui.errors import Problem
from rectify_tui.store.sqlite.driver import Address, DatabaseError

_TROUBLES = {
    5: "busy",
    6: "busy",
    8: "read_only",
    10: "io",
    11: "damaged",
    13: "full",
    14: "cannot_open",
    26: "not_a_store",
}
"""By primary result code of SQLite, from https://sqlite.org/rescode.html."""


def trouble_of(error: BaseException) -> str | None:
    """What kind of trouble the engine is in, as messages name it; None for errors of others."""
    if not isinstance(error, DatabaseError):
        return None
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    # A copy that fails has no code, only the text of one.
    return _TROUBLES.get(code) or _TEXTS.get(str(error), "other")


_TEXTS = {
    "database is locked": "busy",
    "attempt to write a readonly database": "read_only",
    "disk I/O error": "io",
    "database disk image is malformed": "damaged",
    "database or disk is full": "full",
    "file is not a database": "not_a_store",
}
"""The same by the texts that SQLite has for them."""

_TOLD = frozenset({"busy", "read_only", "io", "damaged", "full"})


def problem_of(error: BaseException, address: Address | None = None) -> Problem:
    """What to tell of trouble that the engine is in: which it is, and that nothing was saved."""
    kind = trouble_of(error)
    if kind in ("io", "cannot_open") and address is not None:
        kind = _trouble_of_disk(address) or kind
    if kind in _TOLD:
        return Problem(f"store.{kind}", error=error)
    if address is None:
        return Problem("store.unopened" if kind == "cannot_open" else "store.other", error=error)
    return Problem("store.cannot_open", path=address, error=error)


_LITTLE_ROOM = 1 << 16


def _trouble_of_disk(address: Address) -> str | None:
    """Of what SQLite tells only that it could not write beside a store: the reason, if it shows."""
    import shutil

    with contextlib.suppress(OSError):
        if shutil.disk_usage(address.parent).free < _LITTLE_ROOM:
            return "full"
        if not (os.access(address.parent, os.W_OK) and os.access(address, os.W_OK)):
            return "read_only"
    return None
