"""Makes anew what follows from history where it differs; history itself is never touched.

All in one transaction, on a store of which a copy was made: in the end every check passes, or
nothing was changed.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rectify_tui.errors import Problem, Refusal
from rectify_tui.store import anchors, backups
from rectify_tui.store.check import HISTORY, run_checks
from rectify_tui.store.connection import Address, Connection, Schema, engine, marks
from rectify_tui.store.copying import copy_as_it_is
from rectify_tui.store.derived import (
    DAMAGE,
    Comparison,
    Difference,
    FigureDiffers,
    RecordDiffers,
    RegionsDiffer,
    SpansDiffer,
    Unreadable,
)
from rectify_tui.store.findings import Finding
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.migrations import ideal_schema
from rectify_tui.store.records import ENTITIES
from rectify_tui.store.regions import parents, write_ladders

_KEPT = ("history", "batch")
"""The tables that nothing else tells of."""

_DROPPED = ("view", "trigger", "index", "table")
"""In which order parts of a schema go."""

_ROLLUP = ("depth", "grain", "period", "parent_id", "place_id", "subject", "programme_id", "status",
           "recorded_on")  # fmt: skip


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
                counts = _rebuild_rows(connection)
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


# --- rows ---


def _rebuild_rows(connection: Connection) -> tuple[tuple[str, int], ...]:
    """Write what history tells where something else is kept; how many of what that was."""
    differences = list(Comparison(connection).differences())
    counts: Counter[str] = Counter()
    for difference in differences:
        if isinstance(difference, Unreadable):
            error = f"{difference.entity} {difference.id}: {difference.error!r}"
            raise Refusal("repair.not_whole", fault=Problem("check.unreadable", error=error))
        counts[_NAMES[type(difference)]] += 1
    _write_records(connection, differences)
    _write_rows(connection, differences)
    if ladders := _write_ladders(connection):
        counts["ladders"] = ladders
    return tuple(counts.items())


_NAMES: dict[type[Difference], str] = {
    RecordDiffers: "records", SpansDiffer: "spans", RegionsDiffer: "records",
    FigureDiffers: "figures",
}  # fmt: skip


def _write_records(connection: Connection, differences: Sequence[Difference]) -> None:
    """All wrong rows go before any comes, since one may have what is another's alone."""
    records = [each for each in differences if isinstance(each, RecordDiffers)]
    for each in records:
        connection.execute(f"DELETE FROM {ENTITIES[each.entity].table} WHERE id = ?", [each.id])
    for each in records:
        if each.row is not None:
            spec = ENTITIES[each.entity]
            columns = ("id", "rev", *spec.columns)
            connection.execute(
                f"INSERT INTO {spec.table} ({', '.join(columns)}) VALUES ({marks(columns)})",
                [each.id, *each.row],
            )


def _write_rows(connection: Connection, differences: Sequence[Difference]) -> None:
    """Spans of status, regions of cases, and figures."""
    key = " AND ".join(f"{name} = ?" for name in _ROLLUP)
    for difference in differences:
        match difference:
            case SpansDiffer(entity, id, spans):
                connection.execute(
                    "DELETE FROM status_span WHERE subject = ? AND subject_id = ?", [entity, id]
                )
                connection.executemany(
                    "INSERT INTO status_span (subject, subject_id, from_on, to_on, status)"
                    " VALUES (?, ?, ?, ?, ?)",
                    [(entity, id, *span) for span in spans],
                )
            case RegionsDiffer(id, regions):
                connection.execute("DELETE FROM case_region WHERE case_id = ?", [id])
                connection.executemany(
                    "INSERT INTO case_region (region_id, case_id) VALUES (?, ?)",
                    [(region, id) for region in regions],
                )
            case FigureDiffers(line, _, told):
                connection.execute(f"DELETE FROM rollup WHERE {key}", line)
                if told:
                    connection.execute(
                        f"INSERT INTO rollup ({', '.join(_ROLLUP)}, n)"
                        f" VALUES ({marks((*line, told))})", [*line, told],
                    )  # fmt: skip


def _write_ladders(connection: Connection) -> int:
    """Make all ladders anew; how many rows that altered."""
    query = "SELECT region_id, depth, place_id, parent_id FROM region_ladder"
    before = set(connection.execute(query).fetchall())
    connection.execute("DELETE FROM region_ladder")
    above = parents(connection)
    write_ladders(connection, {id: {"parent_id": parent} for id, parent in above.items()})
    return len(before ^ set(connection.execute(query).fetchall()))
