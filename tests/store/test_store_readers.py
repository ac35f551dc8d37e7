"""Reading: it can change nothing, it changes nothing, and it sees one moment."""

from __future__ import annotations

from pathlib import Path

import pytest
from country import add, put
from moving_clock import Clock

from rectify_tui.errors import Refusal
from rectify_tui.store.check import run_checks
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.log import batch_log, batches, record_log
from rectify_tui.store.references import case_ids, item_ids, programme_id, target
from rectify_tui.store.regions import children, find_regions, one_region
from rectify_tui.store.rollup_read import By, RollupQuery, read_rollup
from rectify_tui.store.sqlite import DatabaseError, connect
from rectify_tui.store.undo import last_redoable, last_undoable


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO unit (id, rev, name) VALUES (1, 1, 'x')",
        "UPDATE item SET note = 'x'",
        "DELETE FROM rollup",
        "DROP TABLE status_span",
        "CREATE TABLE mine (x)",
        "PRAGMA application_id = 1",
        "PRAGMA user_version = 1",
        "VACUUM",
    ],
)
def test_a_reader_cannot_write(country: Ledger, statement: str) -> None:
    add(country, 1, "1")
    with pytest.raises(DatabaseError):
        country.reader().execute(statement)
    assert country.reader().execute("PRAGMA application_id").fetchone()[0] == 0x52435446


def test_reading_leaves_the_file_as_it_is(country: Ledger, clock: Clock) -> None:
    id = add(country, 1, "1", region="甲一东区", responsible="甲局")
    put(country, id, status="completed")
    country.close()
    before = files(country.address)
    again = Ledger(country.address, clock=clock)
    connection = again.reader()
    for by in By:
        for under in (None, 1, 3):
            read_rollup(connection, RollupQuery(clock.today, by, under_id=under))
    assert all(finding.ok for finding in run_checks(connection))
    assert item_ids(connection, ["ONE/1"]) == [id]
    assert case_ids(connection, []) == []
    assert target(connection, "TWO").programme_id == programme_id(connection, "two")
    assert one_region(connection, "甲一东区").code
    assert find_regions(connection, "甲")
    assert children(connection, 2)
    assert record_log(connection, "item", id)
    assert batch_log(connection, 3)
    assert list(batches(connection))
    assert last_undoable(connection) == again.newest_batch()
    assert last_redoable(connection) is None
    again.close()
    assert files(country.address) == before


def files(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.parent.iterdir()}


def test_figures_are_of_one_moment(country: Ledger, clock: Clock) -> None:
    """Somebody writes between the statements of one reading."""
    add(country, 1, "first", region="甲一市")
    connection = country.reader()
    written: list[str] = []

    def meanwhile(statement: str) -> None:
        if "rollup" in statement and len(written) < 20:
            written.append(statement)
            add(country, 1, str(len(written)), region="甲二市")

    connection.set_trace_callback(meanwhile)
    try:
        rollup = read_rollup(connection, RollupQuery(clock.today, By.CITY))
        seen = len(written)
        findings = list(run_checks(connection))
    finally:
        connection.set_trace_callback(None)
    assert seen > 1
    # the first is written before the first look
    assert rollup.sum.total == sum(row.tally.total for row in rollup.rows) == 2
    assert len(written) > seen
    assert all(finding.ok for finding in findings)
    after = read_rollup(connection, RollupQuery(clock.today, By.CITY))
    assert after.sum.total == 1 + len(written)


@pytest.mark.parametrize(
    ("damage", "key"),
    [
        ("DELETE FROM {} WHERE depth = 2 AND place_id = 3", "rollup.does_not_add_up"),
        ("UPDATE {} SET n = n * 2 WHERE depth = 2", "rollup.does_not_add_up"),
        ("UPDATE {} SET n = -n", "rollup.below_zero"),
        ("UPDATE {} SET n = 0 WHERE depth = 2 AND subject = 'case'", "rollup.does_not_add_up"),
    ],
)
def test_what_does_not_add_up_is_refused(busy: Ledger, clock: Clock, damage: str, key: str) -> None:
    query = RollupQuery(clock.today, By.CITY)
    assert read_rollup(busy.reader(), query).sum.total == 3
    connection = connect(busy.address, write=True)
    for table in ("rollup", "rollup_day"):
        connection.execute(damage.format(table))
    connection.close()
    with pytest.raises(Refusal) as caught:
        read_rollup(busy.reader(), query)
    assert caught.value.key == key
