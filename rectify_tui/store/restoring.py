"""Putting a backup in the place of a store, which is kept."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rectify_tui.errors import Problem
from rectify_tui.part_file import put_new
from rectify_tui.store.backups import prove, replaced_path
from rectify_tui.store.chain import head
from rectify_tui.store.connection import Address, engine
from rectify_tui.store.copying import Head, copied, head_of
from rectify_tui.store.migrations import require_known


@dataclass(frozen=True)
class Restored:
    """Where the store stands now; where that which was there is kept, and where it stood.

    `kept` is None where there was none, `stood_at` also where it could not be read.
    """

    head: Head
    kept: Path | None
    stood_at: Head | None


def restore(address: Address, backup: Path, now: datetime) -> Restored:
    """Put a copy of a backup in the place of a store, and keep that under a name of its own.

    Nothing is touched before the copy is proved. Raises `Refusal` where the backup is not whole,
    `Problem` where it is no ledger, or of a newer version, or where the store is in use.
    """
    if address.exists() and backup.samefile(address):
        raise Problem("backup.same", path=backup)
    engine.make_folder(address.parent)
    with copied(backup, address, _rights(address)) as part:
        with contextlib.closing(engine.connect(part)) as connection:
            require_known(connection, backup)
        stands_at = prove(part, backup)
        stood_at = _at_rest(address)
        kept = replaced_path(address, now) if engine.anything_of(address) else None
        try:
            if kept is not None:
                engine.move(address, kept)
            put_new(part, address)
        except OSError:
            if kept is not None:
                _bring_back(kept, address)
            raise
    return Restored(stands_at, kept, stood_at)


def _rights(address: Address) -> int:
    return address.stat().st_mode & 0o777 if address.exists() else 0o600


def _at_rest(address: Address) -> Head | None:
    """Make a store one file, if it can be read at all, so that it can be moved; where it stood.

    SQLite throws the log of a file away that it takes for no database, so it gets to see none such.
    """
    if not engine.exists(address):
        return None
    try:
        with engine.without_log(address) as alone:
            head(alone)
        stood_at = head_of(address)
        engine.bring_to_rest(address)
    except engine.UNREADABLE:
        return None
    except Problem as problem:
        if problem.key in ("store.in_use", "store.busy"):
            raise
        return None
    return stood_at


def _bring_back(kept: Path, address: Address) -> None:
    """Undo the move, as far as it came about."""
    if not engine.exists(address) and engine.exists(kept):
        engine.move(kept, address)
    with contextlib.suppress(*engine.UNREADABLE, Problem):
        engine.wake(address)
