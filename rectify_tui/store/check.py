"""Does the store still agree with itself? Everything kept is derived again from history."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from rectify_tui.domain.merge import first_in_cycle
from rectify_tui.domain.region import ladder
from rectify_tui.errors import Problem
from rectify_tui.store.anchors import NOTHING, Outside, check_heads
from rectify_tui.store.chain import GENESIS, Head, hashed_rows
from rectify_tui.store.check_state import compare_state
from rectify_tui.store.connection import Connection, DatabaseError, engine
from rectify_tui.store.derived import DAMAGE
from rectify_tui.store.findings import Faults
from rectify_tui.store.findings import Finding as Finding
from rectify_tui.store.labels import label
from rectify_tui.store.migrations import ideal_schema
from rectify_tui.store.regions import parents, read_ladders

HISTORY = frozenset({"chain", "anchors"})
"""Checks of history itself: everything else can be derived from it again."""


def run_checks(connection: Connection, outside: Outside = NOTHING) -> Iterator[Finding]:
    """Every check in turn; a reader's connection is enough. A damaged file stops no later check.

    `outside` are heads that are kept outside the store. All checks look at the store as it was when
    the first began, whoever writes meanwhile.
    """
    with connection.sparing(), connection.snapshot():
        for name, check in (
            (engine.NAME, _engine), ("schema", check_schema), ("chain", check_chain),
            ("anchors", partial(check_heads, outside=outside)), ("state", compare_state),
            ("ladders", check_ladders), ("merges", check_merges),
        ):  # fmt: skip
            try:
                with connection.attempt():
                    yield from check(connection)
            except (DatabaseError, *DAMAGE) as error:
                yield Finding(name, 0, (Problem("check.unreadable", error=error),))


def _engine(connection: Connection) -> Iterator[Finding]:
    faults = Faults()
    integrity = connection.integrity()
    for line in integrity.damage:
        faults.add(f"check.{engine.NAME}", line=line)
    for table, row, parent in integrity.dangling:
        faults.add("check.dangling", table=table, row=row, parent=parent)
    yield faults.finding(engine.NAME, integrity.pages)


def check_schema(connection: Connection) -> Iterator[Finding]:
    """Hold the schema against what the migrations make of an empty store."""
    faults = Faults()
    made, kept = ideal_schema(), connection.schema()
    for kind, name in sorted(made.keys() - kept.keys()):
        faults.add("check.schema.missing", kind=Problem(f"check.kind.{kind}"), name=name)
    for kind, name in sorted(kept.keys() - made.keys()):
        faults.add("check.schema.foreign", kind=Problem(f"check.kind.{kind}"), name=name)
    for (kind, name), part in made.items():
        other = kept.get((kind, name))
        if other is not None and not engine.same_part(part, other):
            columns = sorted(set(part.columns) ^ set(other.columns))
            key = "check.schema.columns" if columns else "check.schema.changed"
            faults.add(key, kind=Problem(f"check.kind.{kind}"), name=name,
                       columns=", ".join(columns))  # fmt: skip
    yield faults.finding("schema", len(kept))


def check_chain(connection: Connection, after: Head = (0, GENESIS)) -> Iterator[Finding]:
    """Hold each row of history after one against its hash, and each batch against its rows."""
    faults = Faults()
    newest, before = after
    for seq, batch, right in hashed_rows(connection, newest, before):
        newest += 1
        if seq != newest:
            faults.add("check.gap", seq=newest, found=seq)
            newest = seq
        if not right:
            faults.add("check.hash", seq=seq, batch=batch)
    for (batch,) in connection.execute(
        "SELECT id FROM batch WHERE NOT EXISTS"
        " (SELECT 1 FROM history WHERE history.batch_id = batch.id) ORDER BY id"
    ):
        faults.add("check.unexplained", ref=Problem("history.batch", batch=batch))
    yield faults.finding("chain", newest - after[0])


def check_ladders(connection: Connection) -> Iterator[Finding]:
    """Hold the place of each region among the others against its parents."""
    faults = Faults()
    above = parents(connection)
    kept = read_ladders(connection, above)
    for id in above:
        if kept.get(id) != ladder(id, above):
            faults.add("check.ladder", ref=label(connection, "region", id))
    yield faults.finding("ladders", len(above))


def check_merges(connection: Connection) -> Iterator[Finding]:
    """See that no item is merged into itself in the end."""
    faults = Faults()
    pointers = dict(
        connection.execute("SELECT id, merged_item_id FROM item WHERE merged_item_id IS NOT NULL")
    )
    caught = first_in_cycle(pointers, pointers)
    if caught is not None:
        faults.add("check.cycle", ref=label(connection, "item", caught))
    yield faults.finding("merges", len(pointers))
