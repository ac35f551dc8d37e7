"""Does the store still agree with itself? Everything kept is derived again from history."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rectify_tui.domain.merge import first_in_cycle
from rectify_tui.domain.region import ladder
from rectify_tui.domain.timeline import Row
from rectify_tui.errors import Problem
from rectify_tui.resources import data_folder
from rectify_tui.store.chain import GENESIS, Batch, link
from rectify_tui.store.check_state import DAMAGE, compare_state
from rectify_tui.store.connection import Connection, DatabaseError
from rectify_tui.store.findings import Faults
from rectify_tui.store.findings import Finding as Finding
from rectify_tui.store.labels import label
from rectify_tui.store.migrations import statements
from rectify_tui.store.regions import parents, read_ladders
from rectify_tui.store.rollup_read import snapshot


def run_checks(connection: Connection) -> Iterator[Finding]:
    """Every check in turn; a reader's connection is enough. A damaged file stops no later check.

    All of them look at the store as it was when the first began, whoever writes meanwhile.
    """
    with snapshot(connection):
        for name, check in (
            ("sqlite", _sqlite), ("guards", _guards), ("chain", _chain), ("state", compare_state),
            ("ladders", _ladders), ("merges", _merges),
        ):  # fmt: skip
            try:
                yield from check(connection)
            except (DatabaseError, *DAMAGE) as error:
                yield Finding(name, 0, (Problem("check.unreadable", error=error),))


def _sqlite(connection: Connection) -> Iterator[Finding]:
    faults = Faults()
    for (line,) in connection.execute("PRAGMA integrity_check(20)"):
        if line != "ok":
            faults.add("check.sqlite", line=line)
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        faults.add("check.dangling", table=table, row=row, parent=parent)
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    yield faults.finding("sqlite", pages)


def _guards(connection: Connection) -> Iterator[Finding]:
    faults = Faults()
    wanted: dict[str, str] = {}
    for path in sorted((data_folder("db") / "migrations").glob("*.sql")):
        for statement in statements(path.read_text("utf-8")):
            if found := re.search(r"CREATE TRIGGER (\w+).*", statement, re.DOTALL):
                wanted[found[1]] = found[0]
    kept = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    for name, text in sorted(wanted.items()):
        if _in_one_line(kept.get(name, "")) != _in_one_line(text):
            faults.add("check.trigger", name=name)
    yield faults.finding("guards", len(wanted))


def _in_one_line(statement: str) -> str:
    return " ".join(statement.split()).rstrip("; ")


def _chain(connection: Connection) -> Iterator[Finding]:
    faults = Faults()
    seals = {
        row[0]: Batch(*row).seal
        for row in connection.execute(
            "SELECT id, kind, who, recorded_at, recorded_on, reason, undoes FROM batch"
        )
    }
    before, count = GENESIS, 0
    seen: set[int] = set()
    for batch, entity, id, kept, *rest in connection.execute(
        "SELECT batch_id, entity, entity_id, hash, seq, field, old, new, effective_on, retracts"
        " FROM history ORDER BY seq"
    ):
        row = Row(*rest)
        count += 1
        seen.add(batch)
        if row.seq != count:
            faults.add("check.gap", seq=count, found=row.seq)
            count = row.seq
        if link(before, seals.get(batch, ""), entity, id, row) != kept:
            faults.add("check.hash", seq=row.seq, batch=batch)
        before = kept
    for batch in sorted(seals.keys() - seen):
        faults.add("check.unexplained", ref=f"batch {batch}")
    yield faults.finding("chain", count)


def _ladders(connection: Connection) -> Iterator[Finding]:
    faults = Faults()
    above = parents(connection)
    kept = read_ladders(connection, above)
    for id in above:
        if kept.get(id) != ladder(id, above):
            faults.add("check.ladder", ref=label(connection, "region", id))
    yield faults.finding("ladders", len(above))


def _merges(connection: Connection) -> Iterator[Finding]:
    faults = Faults()
    pointers = dict(
        connection.execute("SELECT id, merged_item_id FROM item WHERE merged_item_id IS NOT NULL")
    )
    caught = first_in_cycle(pointers, pointers)
    if caught is not None:
        faults.add("check.cycle", ref=label(connection, "item", caught))
    yield faults.finding("merges", len(pointers))
