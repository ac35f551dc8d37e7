"""Hands that can do with a store what its file lets them: past every guard, which they put back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from rectify_tui.domain.timeline import Row
from rectify_tui.store.chain import GENESIS, Batch, link
from rectify_tui.store.connection import Connection
from rectify_tui.store.sqlite import connect

Damage = Callable[[Connection], None]


def plain(*statements: str) -> Damage:
    """Statements as they are."""

    def damage(connection: Connection) -> None:
        for statement in statements:
            connection.execute(statement)

    return damage


def without_triggers(*statements: str) -> Damage:
    """Statements that get past the guards, which are put back afterwards."""

    def damage(connection: Connection) -> None:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        plain(*statements)(connection)
        for _, text in triggers:
            connection.execute(text)

    return damage


def do(path: Path, *damages: Damage) -> None:
    """Do damage to a store, whatever points to nothing afterwards."""
    with closing(connect(path, write=True)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for damage in damages:
            damage(connection)


def chained_anew(connection: Connection) -> None:
    """Mend all hashes, so that the chain holds again."""
    seals = {
        row[0]: Batch(*row).seal
        for row in connection.execute(
            "SELECT id, kind, who, recorded_at, recorded_on, reason, undoes, on_behalf FROM batch"
        )
    }
    before, mended = GENESIS, []
    for batch, entity, id, *row in connection.execute(
        "SELECT batch_id, entity, entity_id, seq, field, old, new, effective_on, retracts"
        " FROM history ORDER BY seq"
    ).fetchall():
        before = link(before, seals[batch], entity, id, Row(*row))
        mended.append(f"UPDATE history SET hash = x'{before}' WHERE seq = {row[0]}")
    without_triggers(*mended)(connection)


def cut(batch: int) -> Damage:
    """Cut away all batches after one, with their history."""
    return without_triggers(
        f"DELETE FROM history WHERE batch_id > {batch}", f"DELETE FROM batch WHERE id > {batch}"
    )
