"""What is done to a ledger while something goes wrong. Another one is a line in OPERATIONS."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from country import add, build_country, put
from moving_clock import Clock

from rectify_tui.store.ledger import Ledger

ITEMS = 50
OUT = "out.csv"


def build(path: Path) -> None:
    """A small country with fifty items of one programme and something to undo."""
    clock = Clock(date(2020, 1, 15))
    ledger = Ledger.create(path, clock=clock)
    build_country(ledger)
    for number in range(1, ITEMS + 1):
        add(ledger, 1, str(number), region="甲一市", status="behind", note="原状")
    clock.move(days=60)
    put(ledger, 1, note="可撤")
    ledger.keep_head("check")
    ledger.close()


@dataclass(frozen=True)
class Operation:
    """Words of the command line, in which `{folder}` is where the ledger lies.

    `prepare` makes ready what it needs. `writes` tells whether it says something in history;
    `made` is a file that has to be whole or not there afterwards.
    """

    name: str
    words: tuple[str, ...]
    prepare: Callable[[Path], None] = lambda _: None
    writes: bool = True
    made: str = ""
    fresh: bool = False

    def on(self, db: Path) -> list[str]:
        """The words, on a ledger."""
        return [word.format(folder=db.parent) for word in self.words]


def _spreadsheet(db: Path) -> None:
    rows = "".join(f"{n},问题{n},2020年底前,未完成\n" for n in range(100, 160))
    (db.parent / "台账.csv").write_text("序号,存在问题,整改时限,整改状态\n" + rows, "utf-8-sig")


def _older(db: Path) -> None:
    """As the version before the newest migration left it."""
    with contextlib.closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("DROP TABLE past_assignment")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name LIKE '0012%'")


def _earlier(db: Path) -> None:
    """A copy to go back to, which lacks the newest change."""
    shutil.copy(db, db.parent / "earlier.bak")
    ledger = Ledger(db, clock=Clock(date(2020, 4, 1)))
    put(ledger, 2, note="放弃")
    ledger.close()


def _wrong(db: Path) -> None:
    """Something to repair."""
    with contextlib.closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE item SET note = 'x'")
        connection.execute("DELETE FROM rollup")


OPERATIONS = (
    Operation("set", ("item", "set", "ONE/1", "--note", "新")),
    Operation("batch", ("item", "set", "ONE/1-50", "--status", "completed", "--note", "新")),
    Operation("import", ("import", "{folder}/台账.csv", "--programme", "ONE", "--yes",
                         "--without", "region"),
              _spreadsheet),
    Operation("freeze", ("weekly", "--week", "2020-03-01", "--freeze")),
    Operation("undo", ("undo",)),
    Operation("return make", ("return", "make", "--by", "city", "-o", "{folder}/回报表")),
    Operation("migrate", ("item", "show", "ONE/1"), _older, writes=False),
    Operation("repair", ("repair",), _wrong, writes=False),
    Operation("export", ("weekly", "--week", "2020-03-01", "-o", "{folder}/" + OUT), writes=False,
              made=OUT),
    Operation("backup", ("backup", "{folder}/copy.bak"), writes=False),
    Operation("restore", ("restore", "{folder}/earlier.bak"), _earlier, writes=False),
    Operation("init", ("init",), writes=False, fresh=True),
)  # fmt: skip


def ready(operation: Operation, template: Path, folder: Path) -> Path:
    """A ledger of its own in an empty folder, ready for an operation."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    db = folder / "ledger.db"
    if not operation.fresh:
        shutil.copy(template, db)
        shutil.copy(f"{template}.anchors", f"{db}.anchors")
    operation.prepare(db)
    return db
