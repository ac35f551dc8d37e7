"""Which batches count at present, and which took which back."""

from __future__ import annotations

from rectify_tui.store.connection import Connection


def undone_batches(connection: Connection) -> dict[int, int]:
    """Batches that do not count at present, with the batch that took each back."""
    gone: dict[int, int] = {}
    rows = connection.execute(
        "SELECT id, undoes FROM batch WHERE undoes IS NOT NULL ORDER BY id DESC"
    )
    for id, undoes in rows:
        if id not in gone:
            gone[undoes] = id
    return gone


def taken_back_by(connection: Connection, undoing: int) -> int | None:
    """The batch that a batch of kind `undo` took back; None for a batch of another kind."""
    row = connection.execute("SELECT undoes FROM batch WHERE id = ?", [undoing]).fetchone()
    return None if row is None or row[0] is None else int(row[0])
