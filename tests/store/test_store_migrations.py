"""Opening files: older stores are brought up to date, all others are left as they are."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import stat
from datetime import date
from pathlib import Path

import pytest
from country import add, dump, healthy, put
from moving_clock import Clock

import rectify_tui
from rectify_tui import resources
from rectify_tui.domain.status import CaseStatus
from rectify_tui.errors import Problem
from rectify_tui.store import chain, migrations, sqlite
from rectify_tui.store.items import item_rows
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.regions import one_region
from rectify_tui.store.repair import repair
from rectify_tui.store.rollup_read import By, RollupQuery, read_rollup
from rectify_tui.store.sqlite import DatabaseError, connect

DB = resources.data_folder("db")
LATER = """
-- A later version knows who a unit's contact is; history gets a guard more.
CREATE TABLE contact (
    id INTEGER PRIMARY KEY,
    unit_id INTEGER NOT NULL REFERENCES unit (id)
);
ALTER TABLE unit ADD COLUMN phone TEXT;
CREATE TRIGGER contact_stays BEFORE DELETE ON contact
BEGIN
    SELECT RAISE(ABORT, 'contacts stay');
    SELECT 1;
END;
INSERT INTO contact (id, unit_id) VALUES (1, 1);
"""


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations of a later version; returns their folder."""
    folder = tmp_path / "later" / "db"
    shutil.copytree(DB, folder)
    (folder / "migrations" / "9000_contacts.sql").write_text(LATER, "utf-8")

    def data_folder(name: str) -> Path:
        return folder if name == "db" else resources.data_folder(name)

    monkeypatch.setattr(migrations, "data_folder", data_folder)
    return folder / "migrations"


@pytest.fixture
def older(country_store: Path, tmp_path: Path, clock: Clock) -> Path:
    """A store of this version with a unit in it, in a folder of its own."""
    (tmp_path / "office").mkdir()
    path = tmp_path / "office" / "ledger.db"
    shutil.copy(country_store, path)
    ledger = Ledger(path, clock=clock)
    add(ledger, 1, "1", responsible="甲局")
    ledger.close()
    return path


def files(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.parent.iterdir()}


def refusal(path: Path) -> str:
    """The key of the problem that opening ends in; nothing in the folder may change."""
    before = files(path)
    with pytest.raises(Problem) as caught:
        Ledger(path)
    assert files(path) == before
    return caught.value.key


# what is not a store of this version


def test_a_store_of_this_version_is_opened_as_it_is(older: Path) -> None:
    before = files(older)
    ledger = Ledger(older)
    assert ledger.backup is None
    assert healthy(ledger)
    ledger.close()
    assert files(older) == before


def test_a_newer_store_is_left_untouched(older: Path, later: Path) -> None:
    Ledger(older).close()
    shutil.rmtree(older.parent / "backups")
    (later / "9000_contacts.sql").unlink()
    assert refusal(older) == "store.newer"


@pytest.mark.parametrize("journal", ["DELETE", "WAL"])
def test_a_file_of_another_program_is_left_untouched(tmp_path: Path, journal: str) -> None:
    path = tmp_path / "office" / "other.db"
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA journal_mode = {journal}")
        connection.execute("CREATE TABLE item (id INTEGER PRIMARY KEY)")
    connection.close()
    assert refusal(path) == "store.not_ours"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "store.not_ours"),
        ("整改台账\n".encode(), "store.cannot_open"),
        (b"SQLite format 3\x00", "store.cannot_open"),
        (b"\x00" * 8192, "store.cannot_open"),
        (b"PK\x03\x04" + bytes(range(256)) * 40, "store.cannot_open"),
    ],
)
def test_a_file_that_is_no_database_is_left_untouched(
    tmp_path: Path, content: bytes, key: str
) -> None:
    path = tmp_path / "office" / "ledger.db"
    path.parent.mkdir()
    path.write_bytes(content)
    assert refusal(path) == key


def test_a_folder_and_nothing_at_all(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(Problem) as caught:
        Ledger(tmp_path / "folder")
    assert caught.value.key == "store.cannot_open"
    with pytest.raises(Problem) as caught:
        Ledger(tmp_path / "nothing.db")
    assert caught.value.key == "store.missing"
    assert not (tmp_path / "nothing.db").exists()


def test_a_new_store_never_replaces_a_file(older: Path) -> None:
    before = files(older)
    with pytest.raises(Problem) as caught:
        Ledger.create(older)
    assert caught.value.key == "store.exists"
    assert files(older) == before


def test_a_store_may_lie_at_a_path_with_any_characters(tmp_path: Path) -> None:
    path = tmp_path / "整改 #1? 100%" / "台账&mode=ro.db"
    ledger = Ledger.create(path)
    assert healthy(ledger)
    ledger.close()
    assert path.is_file()


# older stores


def backups(store: Path) -> bool:
    """Whether there is a copy of a store."""
    return (store.parent / "backups").exists()


def test_an_older_store_is_brought_up_to_date_after_a_copy(older: Path, later: Path) -> None:
    before = dump(older)
    announced: list[bool] = []
    ledger = Ledger(older, clock=Clock(), announce=lambda: announced.append(backups(older)))
    assert announced == [False]  # before the copy is made, which takes the longest
    backup = ledger.backup
    assert backup is not None
    assert backup.parent == older.parent / "backups"
    assert backup.name.startswith(f"ledger.db.{list(migrations.scripts())[-2]}.")
    assert dump(backup) == before
    after = dump(older)
    assert after["contact"] == [(1, 1)]
    assert after["unit"] == [(1, 1, "甲局", None, None, None, None)]
    for table in before.keys() - {"unit", "_sqlite_migrations"}:
        assert after[table] == before[table]
    assert healthy(ledger)
    assert add(ledger, 1, "2")
    ledger.close()
    again = Ledger(older, announce=lambda: announced.append(True))
    assert again.backup is None
    assert announced == [False]
    again.close()
    assert sorted(path.name for path in older.parent.iterdir()) == ["backups", "ledger.db"]


def test_the_copy_opens_too(older: Path, later: Path) -> None:
    ledger = Ledger(older)
    backup = ledger.backup
    assert backup is not None
    ledger.close()
    copy = Ledger(backup)
    assert copy.backup is not None
    assert copy.backup not in (backup, older)
    assert healthy(copy)
    copy.close()


def test_a_copy_has_the_rights_of_the_store(older: Path, later: Path) -> None:
    older.chmod(0o640)
    ledger = Ledger(older)
    ledger.close()
    assert ledger.backup is not None
    assert stat.S_IMODE(ledger.backup.stat().st_mode) == 0o640
    assert stat.S_IMODE(ledger.backup.parent.stat().st_mode) == 0o700


def test_guards_are_there_after_a_migration(older: Path, later: Path) -> None:
    Ledger(older).close()
    connection = connect(older, write=True)
    for statement in ("DELETE FROM history", "UPDATE batch SET who = 'x'", "DELETE FROM contact"):
        with pytest.raises(DatabaseError, match=r"append-only|stay"):
            connection.execute(statement)
    connection.close()


def test_a_migration_that_fails_leaves_the_store_as_it_was(older: Path, later: Path) -> None:
    broken = later / "9001_broken.sql"
    broken.write_text("CREATE TABLE half (x);\nINSERT INTO nowhere VALUES (1);\n")
    before = dump(older)
    for _ in range(3):
        with pytest.raises(Problem):
            Ledger(older)
    (backup,) = (older.parent / "backups").iterdir()
    assert dump(backup) == before
    after = dump(older)
    assert "half" not in after
    assert after["item"] == before["item"]
    broken.unlink()
    ledger = Ledger(older)
    assert healthy(ledger)
    ledger.close()


def test_statements_are_told_apart() -> None:
    found = sqlite.statements(LATER)
    assert [statement.split()[-1] for statement in found] == [");", "TEXT;", "END;", "1);"]
    for path in (DB / "migrations").glob("*.sql"):
        script = path.read_text("utf-8")
        assert "".join(sqlite.statements(script)).strip() == script.strip()


def test_migrations_travel_with_the_package() -> None:
    assert (Path(rectify_tui.__file__).parent.parent / "db" / "migrations").is_dir() or (
        Path(rectify_tui.__file__).parent / "db" / "migrations"
    ).is_dir()
    assert next(iter(migrations.scripts())) == "0001_ledger"


def test_of_several_who_open_an_older_store_at_once_one_migrates(older, later):
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    start = Barrier(6)

    def open_it(_: int) -> None:
        start.wait()
        Ledger(older).close()

    with ThreadPoolExecutor(6) as threads:
        assert len(list(threads.map(open_it, range(6)))) == 6
    with sqlite3.connect(older) as connection:
        assert connection.execute("SELECT COUNT(*) FROM contact").fetchone() == (1,)


@pytest.mark.journeys
def test_items_come_through_a_new_status_with_all_that_points_to_them(
    seed_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "before" / "db"
    shutil.copytree(DB, folder)
    for path in (folder / "migrations").glob("*.sql"):
        if path.stem >= "0006":
            path.unlink()
    old = tmp_path / "old.db"
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "data_folder", lambda _: folder)
        Ledger.create(old).close()
    copy_rows(seed_store, old)
    with pytest.raises(DatabaseError), connect(old, write=True) as writing:
        writing.execute("UPDATE item SET status = 'in_progress'")
    ledger = Ledger(old)
    repair(ledger)  # what a store of then had no tables or columns for, from history
    fresh, brought = dump(seed_store), dump(old)
    assert brought["measure"]
    assert any(row for row in brought["item"] if "merged" in row)
    assert {k: v for k, v in brought.items() if k != "_sqlite_migrations"} == {
        k: v for k, v in fresh.items() if k != "_sqlite_migrations"
    }
    assert schema(old) == schema(seed_store)
    assert healthy(ledger)
    put(ledger, 1, status="in_progress")
    assert healthy(ledger)
    ledger.close()


def copy_rows(source: Path, target: Path) -> None:
    """Fill an empty store with all rows of another one, as far as it has columns for them."""
    connection = connect(target, write=True)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("ATTACH ? AS other", [str(source)])
    tables = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'"
    )
    for (name,) in connection.execute(tables).fetchall():
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
        columns, values, source = ", ".join(names), ", ".join(names), name
        if "grain" in names:  # of the figures kept then, those of days tell all
            source, values = "rollup_day", ", ".join(f"'day' AS {n}" if n == "grain" else n
                                                     for n in names)  # fmt: skip
        connection.execute(f"INSERT INTO {name} ({columns}) SELECT {values} FROM other.{source}")
    connection.close()


def schema(path: Path) -> set[tuple[str, str, str | None]]:
    """Every table, index and trigger with the statement that made it."""
    connection = connect(path)
    found = set(connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall())
    connection.close()
    return found


def test_a_store_from_before_facts_had_dates_is_derived_anew(tmp_path: Path, clock: Clock) -> None:
    """An item was moved and put off on 1 March, a start on the 5th, and a case was typed late."""
    path = tmp_path / "before.db"
    with contextlib.closing(sqlite3.connect(path)) as old:
        old.executescript((Path(__file__).parent / "data" / "before_dates.sql").read_text("utf-8"))
        old.execute(f"PRAGMA application_id = {sqlite.APPLICATION_ID}")
        head = old.execute("SELECT MAX(seq), hash FROM history").fetchone()
        old.commit()
    ledger = Ledger(path, clock=clock)
    connection = ledger.reader()
    assert chain.head(connection) == head
    assert healthy(ledger)
    jia_one, jia_two = (one_region(connection, name).id for name in ("甲一市", "甲二市"))

    def items(day: date) -> dict[int, int]:
        rows = read_rollup(connection, RollupQuery(day, By.CITY)).rows
        return {row.id: row.tally.total for row in rows if row.tally.total}

    assert items(date(2020, 2, 29)) == {jia_one: 1, jia_two: 1}
    assert items(date(2020, 3, 1)) == {jia_two: 2}
    then, now = (item_rows(connection, [1], as_of=day)[0] for day in (date(2020, 2, 29), None))
    assert (then.due_on, then.region, now.due_on, now.region) == (
        "2020-02-29", "甲一市", "2020-12-31", "甲二市",
    )  # fmt: skip
    cases = [
        read_rollup(connection, RollupQuery(date(*day))).sum.cases
        for day in ((2020, 1, 17), (2020, 1, 18), (2020, 2, 1))
    ]
    assert [(each[CaseStatus.OPEN], each[CaseStatus.CLOSED]) for each in cases] == [
        (0, 0), (1, 0), (0, 1),
    ]  # fmt: skip
    ledger.close()
