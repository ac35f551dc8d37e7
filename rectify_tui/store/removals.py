"""Sees that nothing refers to records that were removed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rectify_tui.errors import Refusal
from rectify_tui.store.connection import Connection, fetch_chunks
from rectify_tui.store.history import last_batch_about, told_of
from rectify_tui.store.labels import called
from rectify_tui.store.records import ENTITIES, PAST_ASSIGNMENT, owner_of


def require_unused(connection: Connection, removed: Mapping[tuple[str, int], str]) -> None:
    """Raise `Refusal` where anything refers to a record that was removed.

    `removed` has, by kind and id, what each was called when it was still there.
    """
    for entity, spec in ENTITIES.items():
        ids = [id for kind, id in removed if kind == entity]
        for table, column in spec.used_by if ids else ():
            for id, user in _users(connection, table, column, ids):
                kind, _ = owner_of(table)
                raise Refusal(
                    "undo.in_use", ref=removed[entity, id], user=called(connection, kind, user),
                    batch=last_batch_about(connection, kind, user),
                )  # fmt: skip


def _users(
    connection: Connection, table: str, column: str, removed: list[int]
) -> Iterable[tuple[int, int]]:
    """Each of some records with who refers to it by a column of a table."""
    kind, key = owner_of(table)
    if table == PAST_ASSIGNMENT:
        # what was told of days before an item was there may come to hold
        return told_of(connection, kind, column, removed)
    query = f"SELECT {column}, {key} FROM {table} WHERE {column} IN ({{marks}})"
    return fetch_chunks(connection, query, removed)
