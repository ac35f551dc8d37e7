"""The backups of a ledger as a table."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rectify_tui.i18n import Language
from rectify_tui.reports.labels import WHOLE, columns
from rectify_tui.reports.table import Labelled, Table
from rectify_tui.store.backups import Backup
from rectify_tui.store.copying import Head, backup_folder

_HASH_SHOWN = 12


def backup_table(address: Path, backups: Iterable[Backup], t: Language) -> Table:
    """A line for each copy: its name, how far it goes, and why it was made."""
    rows = [_line(backup, t) for backup in backups]
    titled = columns(
        t, ("backup", WHOLE), ("head_number", "count"), ("head_hash", WHOLE), "backup_kind"
    )
    key = "backup.how" if rows else "backup.none"
    return Table(t("backup.title", path=backup_folder(address)), titled, rows, (t(key),))


def head_words(head: Head | None) -> dict[str, object]:
    """The blanks of a sentence that tells how far a ledger goes."""
    number, hash = head or (None, "")
    return {"number": number, "hash": hash[:_HASH_SHOWN]}


def _line(backup: Backup, t: Language) -> dict[str, object]:
    number, hash = backup.head or (None, None)
    return {
        "backup": backup.path.name,
        "head_number": number,
        "head_hash": Labelled(hash, hash[:_HASH_SHOWN] if hash else t("backup.unreadable")),
        "backup_kind": Labelled(backup.kind, t(f"backup.kind.{backup.kind}")),
    }
