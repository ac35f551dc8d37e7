"""Putting a backup in the place of a store, which is kept, with the heads that belong to each."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rectify_tui.errors import Problem, Refusal
from rectify_tui.part_file import make_folder, put_in_place
from rectify_tui.store import anchors, evidence
from rectify_tui.store.backups import backup_path, prove
from rectify_tui.store.chain import head, origin
from rectify_tui.store.connection import Address, Connection, engine
from rectify_tui.store.copying import Head, copied, rights_of
from rectify_tui.store.derived import DAMAGE
from rectify_tui.store.migrations import migrate, require_known


@dataclass(frozen=True)
class Restored:
    """Where the store stands now; where that which was there is kept, and where it stood.

    `kept` is None where there was none, `stood_at` also where it could not be read. `other` tells
    that it was another ledger, `head_kept` that this restoring is noted beside the store.
    """

    head: Head
    kept: Path | None
    stood_at: Head | None
    other: bool
    head_kept: bool


def restore(address: Address, backup: Path, now: datetime) -> Restored:
    """Put a copy of a backup in the place of a store, and keep that under a name of its own.

    Evidence that came with the backup is brought back too; none goes.

    Nothing is touched before the copy is proved. Raises `Refusal` where the backup is not whole or
    is not what was kept of it, `Problem` where it is no ledger, or of a newer version, or where the
    store is in use.
    """
    if address.exists() and backup.samefile(address):
        raise Problem("backup.same", path=backup)
    make_folder(address.parent)
    with copied(backup, address, rights_of(address)) as part:
        with contextlib.closing(engine.connect(part)) as connection:
            require_known(connection, backup)
        _bring_up_to_date(part, backup)
        stands_at = prove(part, backup)
        with contextlib.closing(engine.connect(part)) as connection:
            begins = origin(connection)
            stood_at, began = _at_rest(address)
            other = began not in (None, begins)
            heads = _require_heads(connection, backup, None if other else address)
        came = evidence.folder_beside_backup(backup)
        evidence.copy_all(came, evidence.folder_of(address), mend=True)
        kept = _put(part, address, now)
    head_kept = _keep_heads(address, heads, now)
    return Restored(stands_at, kept, stood_at, other, head_kept)


def _bring_up_to_date(part: Path, backup: Path) -> None:
    try:
        migrate(part)
    except DAMAGE as error:  # an older one whose history says something impossible
        fault = Problem("check.unreadable", error=error)
        raise Refusal("backup.not_whole", path=backup, fault=fault) from error


def _require_heads(connection: Connection, backup: Path, address: Address | None) -> Path | None:
    """Whose kept heads hold for a backup from now on: its own, or those of what it replaces.

    A ledger that was replaced has its own; an earlier copy of a ledger is held against the
    ledger's. Raises `Refusal` where one of them says something else than the backup.
    """
    source = backup if anchors.kept_of(backup) else address
    fault = anchors.contradiction(connection, source) if source else None
    if source and fault:
        path = anchors.anchor_file(source)
        raise Refusal("backup.other_history", path=backup, fault=fault, anchors=path)
    return source


def _put(part: Path, address: Address, now: datetime) -> Path | None:
    """Set what is there aside, with its heads, and put the new one there; where the old one is."""
    kept = backup_path(address, now, "replaced") if engine.anything_of(address) else None
    try:
        if kept is not None:
            engine.set_aside(address, kept)
            anchors.copy(address, kept)
        put_in_place(part, address)
    except OSError:
        if kept is not None:
            _bring_back(kept, address)
        raise
    return kept


def _keep_heads(address: Address, source: Path | None, now: datetime) -> bool:
    """Leave those heads beside the store that hold for it, and note that it came back."""
    try:
        if source is None:
            anchors.discard(address)
        elif source != address:
            anchors.copy(source, address)
    except OSError:
        return False
    with contextlib.closing(engine.connect(address)) as connection:
        return anchors.keep(address, connection, anchors.RESTORE, now)


def _at_rest(address: Address) -> tuple[Head | None, str | None]:
    """Make a store one file, if it can be read at all; where it stood and how it began.

    SQLite throws the log of a file away that it takes for no database, so it gets to see none such.
    """
    if not engine.exists(address):
        return None, None
    try:
        with engine.without_log(address) as alone:
            head(alone)
        with contextlib.closing(engine.connect(address)) as connection:
            stood = head(connection), origin(connection)
        engine.bring_to_rest(address)
    except engine.UNREADABLE:
        return None, None
    except Problem as problem:
        if problem.key in ("store.in_use", "store.busy"):
            raise
        return None, None
    return stood


def _bring_back(kept: Path, address: Address) -> None:
    """Undo what was done, as far as it came about."""
    anchors.discard(kept)
    engine.take_back(address, kept)
    with contextlib.suppress(*engine.UNREADABLE, Problem):
        engine.wake(address)
