"""What writes and what proves: changes and their undoing, the check, and freezing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from rectify_tui.store.commands.items import set_items
from rectify_tui.store.connection import engine
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.undo import undo

from .lines import Figure, Line, Setting, ratio, seconds
from .timing import Median, Sample, in_turn, inside, process, python, rectify

CHANGED = 10_000

UPDATING = """
import click, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA synchronous = FULL")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE item SET note = 'seen' WHERE id = 1")
connection.execute("COMMIT")
"""


def _item_set(at: Setting) -> Figure:
    with at.store.copy() as path, at.store.copy() as other:
        ref = _first_ref(path)
        turn = iter(range(1_000))

        def ours() -> Sample:
            words = ("item", "set", ref, "--note", f"seen {next(turn)}", "--db", str(path))
            return process(rectify(*words), home=at.scratch)

        return ratio(at.beside(ours, at.process(python(UPDATING, str(other)))))


def _first_ref(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        code, number = connection.execute(
            "SELECT p.code, i.number FROM item AS i JOIN programme AS p ON p.id = i.programme_id"
            " ORDER BY i.id LIMIT 1"
        ).fetchone()
    return f"{code}/{number}"


class _Bare:
    """A bare table for each that a change writes to, with the same indexes, and the same rows."""

    def __init__(self, ids: list[int]) -> None:
        self.connection = sqlite3.connect("")
        execute = self.connection.execute
        execute(
            "CREATE TABLE item (id INTEGER PRIMARY KEY, status TEXT, status_on TEXT, last_on TEXT,"
            " rev INTEGER)"
        )
        execute("CREATE INDEX item_by_status ON item (status)")
        execute(
            "CREATE TABLE span (id INTEGER, from_on TEXT, to_on TEXT, status TEXT,"
            " PRIMARY KEY (id, from_on)) WITHOUT ROWID"
        )
        execute(
            "CREATE TABLE history (seq INTEGER PRIMARY KEY, batch_id INTEGER, entity TEXT,"
            " entity_id INTEGER, field TEXT, old TEXT, new TEXT, effective_on TEXT,"
            " retracts INTEGER, hash TEXT)"
        )
        execute("CREATE INDEX by_entity ON history (entity, entity_id, seq)")
        execute("CREATE INDEX by_batch ON history (batch_id, seq)")
        rows = [(id, "behind", "2020-01-01", "2020-01-01", 1) for id in ids]
        self.connection.executemany("INSERT INTO item VALUES (?, ?, ?, ?, ?)", rows)
        spans = [(id, "2020-01-01", "9999-12-31", "behind") for id in ids]
        self.connection.executemany("INSERT INTO span VALUES (?, ?, ?, ?)", spans)
        self.connection.commit()
        self.ids = ids

    def write(self, history: list[tuple[object, ...]]) -> None:
        """Write the rows of a change as they are."""
        many = self.connection.executemany
        many("INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", history)
        state = [("completed", "2026-01-01", "2026-01-01", 2, id) for id in self.ids]
        many("UPDATE item SET status = ?, status_on = ?, last_on = ?, rev = ? WHERE id = ?", state)
        ended = [("2026-01-01", id) for id in self.ids]
        many("UPDATE span SET to_on = ? WHERE id = ?", ended)
        spans = [(id, "2026-01-01", "9999-12-31", "completed") for id in self.ids]
        many("INSERT INTO span VALUES (?, ?, ?, ?)", spans)
        self.connection.commit()


def _written(path: Path, batch: int) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT seq, batch_id, entity, entity_id, field, old, new, effective_on, retracts, hash"
            " FROM history WHERE batch_id = ?",
            [batch],
        ).fetchall()


def _bare_sample(path: Path, batch: int, ids: list[int]) -> Sample:
    bare, rows = _Bare(ids), _written(path, batch)
    return inside(lambda: bare.write(rows))


@cache
def _set_and_undone(at: Setting) -> tuple[list[Median], list[Median]]:
    """Medians of a change with its floor, and of its undoing with its floor."""
    with at.store.copy() as path:
        ledger = Ledger(path)
        ids = [id for (id,) in ledger.reader().execute(
            "SELECT id FROM item WHERE status NOT IN ('behind', 'merged') ORDER BY id LIMIT ?",
            [CHANGED],
        )]  # fmt: skip
        numbers: list[int] = []

        def change() -> Sample:
            def work() -> None:
                with ledger.batch("set") as writing:
                    set_items(writing.draft, ids, {"status": "behind"})
                numbers.append(writing.receipt.batch or 0)

            return inside(work)

        def floor() -> Sample:
            return _bare_sample(path, numbers[-1], ids)

        def turn_back() -> Sample:
            def work() -> None:
                numbers.append(undo(ledger, numbers[-1]).receipt.batch or 0)

            return inside(work)

        medians = in_turn([change, floor, turn_back, floor], at.runs, at.patience)
        ledger.close()
    return medians[:2], medians[2:]


def _set(at: Setting) -> Figure:
    return ratio(_set_and_undone(at)[0])


def _undo(at: Setting) -> Figure:
    return ratio(_set_and_undone(at)[1])


@contextmanager
def _unchecked(at: Setting) -> Iterator[list[str]]:
    """The command that checks a copy of the store."""
    with at.store.copy() as path:
        yield rectify("check", "--format", "json", "--db", str(path))


def _forget(args: list[str]) -> None:
    """Let a check begin as if none had been before."""
    for path in Path(args[-1]).parent.glob("*.anchors"):
        path.unlink()


def _check(at: Setting) -> Figure:
    with _unchecked(at) as args:

        def ours() -> Sample:
            _forget(args)
            return process(args, home=at.scratch)

        return seconds(in_turn([ours], at.runs, at.patience)[0])


def _check_memory(at: Setting) -> Figure:
    with _unchecked(at) as args:
        run = process(args, home=at.scratch)
    return Figure(run.peak_mb, None, run.wall, run.peak_mb)


def _check_again(at: Setting) -> Figure:
    with _unchecked(at) as args:
        process(args, home=at.scratch)
        return ratio(at.beside(at.process(args), at.f0))


def _freeze(at: Setting) -> Figure:
    """Freezing, after a full check of the same store, beside making the same report."""
    with _unchecked(at) as args:
        process(args, home=at.scratch)
        checked = engine.anchor_file(Path(args[-1])).read_bytes()

    def ours() -> Sample:
        with at.store.copy() as path:
            engine.anchor_file(path).write_bytes(checked)
            words = ("weekly", "--freeze", "--format", "json", "--db", str(path))
            return process(rectify(*words), home=at.scratch)

    report = rectify("weekly", "--format", "json", "--db", str(at.store.path))
    return ratio(at.beside(ours, at.process(report)))


_MANY = "executemany of its rows"

LINES = (
    Line("item_set", "item set", _item_set, 2, floor="F0 and one UPDATE"),
    Line("set", "status of 10,000 items set", _set, 4, floor=_MANY, least=CHANGED),
    Line("undo", "that undone", _undo, 5, floor=_MANY, least=CHANGED),
    Line("check", "check, everything", _check, 15, unit="s", floor="", most=100_000),
    Line("check_memory", "memory of that", _check_memory, 200, unit="MB", floor=""),
    Line("check_again", "check again", _check_again, 6, floor="F0"),
    Line("freeze", "weekly --freeze, checked before", _freeze, 2, floor="the report"),
)  # fmt: skip
