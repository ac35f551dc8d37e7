"""The seam to SQLite: what every connection is set to, and who may read what it writes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from country import add, put

from rectify_tui.store import sqlite
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.sqlite import opening

posix = pytest.mark.skipif(os.name == "nt", reason="rights of files are others there")

FULL = 2


@pytest.fixture
def open_umask() -> Iterator[None]:
    """As on machines where everybody may read what is made."""
    before = os.umask(0)
    yield
    os.umask(before)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# what every connection is set to


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("synchronous", FULL),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("foreign_keys", 1),
        ("busy_timeout", 5000),
    ],
)
def test_every_connection_is_careful(
    country: Ledger, setting: str, value: int, write: bool
) -> None:
    with closing(sqlite.connect(country.address, write=write)) as connection:
        assert connection.execute(f"PRAGMA {setting}").fetchone() == (value,)


def test_the_door_and_the_readers_have_these_settings(country: Ledger) -> None:
    with country.batch("add") as writing:
        door = writing.draft.connection
        assert door.execute("PRAGMA synchronous").fetchone() == (FULL,)
    assert country.reader().execute("PRAGMA trusted_schema").fetchone() == (0,)


def test_the_journal_is_one_that_the_library_is_safe_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for safe, journal in ((True, "wal"), (False, "delete")):
        monkeypatch.setattr(opening, "WAL_IS_SAFE", safe)
        with closing(sqlite.create(tmp_path / journal)) as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone() == (journal,)


def test_what_the_schema_of_a_foreign_file_says_calls_no_function_of_ours(country: Ledger) -> None:
    called: list[int] = []
    with closing(sqlite.connect(country.address, write=True)) as connection:
        connection.create_function("tell", 0, lambda: called.append(1))
        connection.execute("CREATE VIEW told AS SELECT tell()")
        with pytest.raises(sqlite.DatabaseError, match="unsafe use of tell"):
            connection.execute("SELECT * FROM told").fetchall()
    assert called == []


def test_a_key_may_dangle_inside_a_transaction_but_not_at_its_end(country: Ledger) -> None:
    with closing(sqlite.connect(country.address, write=True)) as connection:
        with connection.transaction():
            connection.execute("INSERT INTO unit (id, rev, name, region_id) VALUES (7, 1, 'x', 99)")
            connection.execute("UPDATE unit SET region_id = 1 WHERE id = 7")
        with pytest.raises(sqlite.IntegrityError), connection.transaction():
            connection.execute("UPDATE unit SET region_id = 99 WHERE id = 7")
        assert connection.execute("SELECT region_id FROM unit WHERE id = 7").fetchone() == (1,)


def test_after_an_attempt_that_failed_the_snapshot_can_be_read_further(country: Ledger) -> None:
    connection = country.reader()
    with connection.snapshot():
        assert connection.execute("SELECT COUNT(*) FROM item").fetchone() == (0,)
        with pytest.raises(sqlite.DatabaseError), connection.attempt():
            connection.execute("SELECT nothing FROM nowhere")
        add(country, 1, "1")
        assert connection.execute("SELECT COUNT(*) FROM item").fetchone() == (0,)
    assert connection.execute("SELECT COUNT(*) FROM item").fetchone() == (1,)


def test_the_file_alone_has_nearly_all_and_all_when_nobody_writes(country: Ledger) -> None:
    country.newest_batch()  # with a reader open, as in the dashboard, there is a log
    item = add(country, 1, "1")
    for number in range(120):
        put(country, item, note=f"第{number}次")
    missed = country.missed_by_copy()
    assert missed < 40
    country.settle()
    assert country.missed_by_copy() == 0
    assert sqlite.log_size(country.address) < 2_000_000
    country.close()
    assert country.missed_by_copy() == 0


# many rows at once


def test_what_is_added_comes_back_as_it_was(tmp_path: Path) -> None:
    rows = [
        (1, None, "", 0),
        (2, "null", None, 2**62),
        (3, "甲", 1.5, -(2**31)),
        (4, None, None, None),
    ]
    with closing(sqlite.create(tmp_path / "ledger.db")) as connection:
        connection.execute("CREATE TABLE x (a INTEGER, b TEXT, c, d)")
        connection.insert("x", ("a", "b", "c", "d"), rows)
        connection.insert("x", ("a",), [])
        assert connection.execute("SELECT a, b, c, d FROM x ORDER BY a").fetchall() == rows


# who may read it


@posix
@pytest.mark.usefixtures("open_umask")
def test_a_new_store_and_what_lies_beside_it_are_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "office" / "2020" / "ledger.db"
    ledger = Ledger.create(path)
    ledger.newest_batch()
    with ledger.batch("look"):
        assert {file.name for file in path.parent.iterdir()} >= {"ledger.db", "ledger.db-wal"}
        assert {rights(file) for file in path.parent.iterdir()} == {0o600}
    ledger.close()
    assert rights(path) == 0o600
    assert rights(path.parent) == rights(path.parent.parent) == 0o700


@posix
@pytest.mark.usefixtures("open_umask")
def test_so_is_a_rollback_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "WAL_IS_SAFE", False)
    path = tmp_path / "ledger.db"
    with closing(sqlite.create(path)) as connection, connection.transaction():
        connection.execute("CREATE TABLE x (y)")
        assert rights(path.with_name("ledger.db-journal")) == 0o600


@posix
@pytest.mark.usefixtures("open_umask")
def test_a_folder_that_was_there_keeps_its_rights(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o775)
    Ledger.create(folder / "ledger.db").close()
    assert rights(folder) == 0o775


# what is no store


@posix
def test_nothing_stays_behind_where_a_store_is_discarded(country: Ledger) -> None:
    folder = country.address.parent
    country.newest_batch()
    assert len(list(folder.iterdir())) > 1
    Ledger.discard(country.address)
    assert list(folder.iterdir()) == []
    assert not Ledger.exists(country.address)


@pytest.mark.parametrize(
    ("statement", "kind"),
    [("SELECT nothing FROM nowhere", "other"), ("UPDATE item SET note = 'x'", "read_only")],
)
def test_errors_have_a_kind(country: Ledger, statement: str, kind: str) -> None:
    with pytest.raises(sqlite.DatabaseError) as caught:
        country.reader().execute(statement)
    assert sqlite.trouble_of(caught.value) == kind
    assert sqlite.trouble_of(ValueError()) is None
