"""Makes anew what follows from history where it differs; history itself is never touched.

All in one transaction, on a store of which a copy was made: in the end every check passes, or
nothing was changed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass

from rectify_tui.errors import Problem, Refusal
from rectify_tui.store import anchors, backups
from rectify_tui.store.check import HISTORY, run_checks
from rectify_tui.store.connection import Address, Connection, Schema, engine
from rectify_tui.store.copying import copy_as_it_is
from rectify_tui.store.derived import (
    DAMAGE,
)
from rectify_tui.store.findings import Finding
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.migrations import ideal_schema
from rectify_tui.store.rebuild import rebuild_rows

_KEPT = ("history", "batch", "shape")
"""The tables that nothing else tells of."""

_DROPPED = ("view", "trigger", "index", "table")
"""In which order parts of a schema go."""


@dataclass(frozen=True)
class Repaired:
    """What a repair came to: where the copy is, parts of the schema, counts of what was rebuilt.

    `copy` is None where nothing had to be done.
    """

    copy: Address | None = None
    parts: tuple[tuple[str, str], ...] = ()
    counts: tuple[tuple[str, int], ...] = ()


def repair(ledger: Ledger) -> Repaired:
    """Rebuild what differs from what history tells, with a copy among the backups first.

    Raises `Refusal` where history itself does not hold, and where what is wrong cannot be derived,
    and as `copy_as_it_is` does; then nothing was changed.
    """
    outside = anchors.read(ledger.address)
    faulty = [each for each in run_checks(ledger.reader(), outside) if not each.ok]
    if not faulty:
        return Repaired()
    _require_history(faulty)
    copy = backups.backup_path(ledger.address, ledger.clock(), "repair")
    copy_as_it_is(ledger.address, copy)
    try:
        repaired = _rebuild(ledger.address, outside, copy)
    except BaseException:
        engine.discard(copy)
        raise
    ledger.keep_head("repair")
    return repaired


def _require_history(faulty: Sequence[Finding]) -> None:
    for finding in faulty:
        if finding.check in HISTORY:
            raise Refusal("repair.history", fault=finding.faults[0])


def _rebuild(address: Address, outside: anchors.Outside, copy: Address) -> Repaired:
    with contextlib.closing(engine.connect(address, write=True)) as connection:
        try:
            with connection.transaction():
                made = ideal_schema()
                parts = _drop_wrong_parts(connection, made)
                parts += _make_parts(connection, made, "table")
                counts = rebuild_rows(connection)
                connection.rebuild_indexes()
                for kind in ("index", "trigger", "view"):
                    parts += _make_parts(connection, made, kind)
                _require_whole(connection, outside)
        except (*engine.UNREADABLE, *DAMAGE) as error:
            if isinstance(error, Problem):
                raise
            fault = Problem("check.unreadable", error=error)
            raise Refusal("repair.not_whole", fault=fault) from error
    return Repaired(copy, tuple(dict.fromkeys(parts)), counts)


def _require_whole(connection: Connection, outside: anchors.Outside) -> None:
    for finding in run_checks(connection, outside):
        if not finding.ok:
            raise Refusal("repair.not_whole", fault=finding.faults[0])


# --- the schema ---


def _drop_wrong_parts(connection: Connection, made: Schema) -> list[tuple[str, str]]:
    """Drop what the migrations do not make so; returns kinds and names.

    A table goes with its indexes and triggers. What is not there any more when its turn comes went
    with one.
    """
    kept = connection.schema()
    wrong = [
        key for key, part in kept.items()
        if key not in made or not engine.same_part(part, made[key])
    ]  # fmt: skip
    for kind, name in wrong:
        if kind == "table" and name in _KEPT:
            raise Refusal("repair.history_table", name=name)
    for kind, name in sorted(wrong, key=lambda key: _DROPPED.index(key[0])):
        quoted = name.replace('"', '""')
        connection.execute(f'DROP {kind.upper()} IF EXISTS "{quoted}"')
    return wrong


def _make_parts(connection: Connection, made: Schema, kind: str) -> list[tuple[str, str]]:
    kept = connection.schema()
    missing = [key for key in made if key[0] == kind and key not in kept]
    for key in missing:
        connection.execute(made[key].statement)
    return missing
