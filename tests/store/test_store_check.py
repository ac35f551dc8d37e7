"""The check: what is whole passes, and each kind of damage is found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from country import add

from rectify_tui.domain.timeline import Row
from rectify_tui.store.chain import GENESIS, Batch, link
from rectify_tui.store.check import Finding, run_checks
from rectify_tui.store.connection import Connection
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.sqlite import connect


def found(ledger: Ledger) -> dict[str, list[str]]:
    """Names of the checks that fail, with the keys of what they found."""
    findings = list(run_checks(ledger.reader()))
    assert all(isinstance(finding, Finding) for finding in findings)
    return {f.check: [fault.key for fault in f.faults] for f in findings if not f.ok}


def test_every_check_passes_on_a_healthy_store(busy: Ledger, seeded: Ledger) -> None:
    for ledger in (busy, seeded):
        findings = {finding.check: finding for finding in run_checks(ledger.reader())}
        assert [name for name, finding in findings.items() if not finding.ok] == []
        assert set(findings) == {
            "sqlite", "schema", "chain", "anchors", "state", "spans", "rollup", "ladders", "merges",
        }  # fmt: skip
        rows = ledger.reader().execute("SELECT COUNT(*) FROM history").fetchone()[0]
        assert findings["chain"].looked_at == rows


def test_a_new_store_passes(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path / "new.db")
    assert all(finding.ok for finding in run_checks(ledger.reader()))
    ledger.close()


def _without_triggers(*statements: str) -> Callable[[Connection], None]:
    """Statements that get past the guards, which are put back afterwards."""

    def damage(connection: Connection) -> None:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, text in triggers:
            connection.execute(text)

    return damage


def _plain(*statements: str) -> Callable[[Connection], None]:
    def damage(connection: Connection) -> None:
        for statement in statements:
            connection.execute(statement)

    return damage


NO_UPDATE = "CREATE TRIGGER history_no_update BEFORE UPDATE ON history"

DAMAGES = [
    # a record differs from its history
    (_plain("UPDATE item SET note = 'x' WHERE id = 1"), "state", "check.differs"),
    (_plain("UPDATE item SET status = 'ahead' WHERE id = 1"), "state", "check.differs"),
    (_plain("UPDATE item SET due_on = '2030-01-01' WHERE id = 1"), "state", "check.differs"),
    (_plain("UPDATE item SET number_key = '1' WHERE id = 1"), "state", "check.differs"),
    (_plain("UPDATE item SET status_on = '2020-01-01' WHERE id = 1"), "state", "check.differs"),
    (_plain("UPDATE item SET last_on = '2020-01-01' WHERE id = 1"), "state", "check.differs"),
    (_plain("UPDATE item SET progress = 99 WHERE id = 2"), "state", "check.differs"),
    (_plain("UPDATE item SET rev = 99 WHERE id = 1"), "state", "check.differs"),
    (_plain("UPDATE unit SET rev = 0"), "state", "check.differs"),
    (_plain("UPDATE complaint_case SET fined_yuan = 3 WHERE id = 1"), "state", "check.differs"),
    (_plain("UPDATE unit SET name = '乙局'"), "state", "check.differs"),
    (_plain("UPDATE programme SET year = 2021 WHERE id = 1"), "state", "check.differs"),
    (_plain("UPDATE region SET name = '丙市' WHERE id = 3"), "state", "check.differs"),
    (_plain("DELETE FROM case_region WHERE region_id = 3"), "state", "check.differs"),
    (_plain("INSERT INTO case_region VALUES (4, 1)"), "state", "check.differs"),
    (_plain("DELETE FROM item WHERE id = 1"), "state", "check.unexplained"),
    (_plain("UPDATE item SET id = 77 WHERE id = 1"), "state", "check.unexplained"),
    (_plain("UPDATE unit SET id = 0"), "state", "check.unexplained"),
    # spans, figures, ladders
    (_plain("UPDATE status_span SET status = 'ahead' WHERE subject_id = 1"), "spans", "check.span"),
    (_plain("UPDATE status_span SET to_on = '2020-02-09' WHERE subject_id = 1 AND"
            " to_on = '2020-02-10'"), "spans", "check.span"),
    (_plain("DELETE FROM status_span WHERE subject = 'case'"), "spans", "check.span"),
    (_plain("INSERT INTO status_span VALUES ('item', 99, '2020-01-01', '9999-12-31', 'ahead')"),
     "spans", "check.span"),
    (_plain("UPDATE rollup SET n = n + 1 WHERE depth = 2 AND n > 0 AND place_id = 3"), "rollup",
     "check.rollup"),
    (_plain("DELETE FROM rollup WHERE depth = 4"), "rollup", "check.rollup"),
    (_plain("INSERT INTO rollup VALUES (0, 'day', '2020-01-01', 0, 1, 'item', 1, 'ahead',"
            " '2020-01-01', 1)"), "rollup", "check.rollup"),
    (_plain("UPDATE rollup SET recorded_on = '2019-01-01' WHERE depth = 0"), "rollup",
     "check.rollup"),
    (_plain("UPDATE region_ladder SET place_id = 4 WHERE region_id = 5 AND depth = 3"), "ladders",
     "check.ladder"),
    (_plain("DELETE FROM region_ladder WHERE region_id = 5"), "ladders", "check.ladder"),
    # history
    (_without_triggers("UPDATE history SET new = '\"x\"' WHERE field = 'note'"), "chain",
     "check.hash"),
    (_without_triggers("UPDATE history SET new = 'no json' WHERE field = ''"), "state",
     "check.unreadable"),
    (_without_triggers("UPDATE history SET new = '[]' WHERE field = '' AND entity = 'item'"),
     "state", "check.unreadable"),
    (_without_triggers("UPDATE history SET new = x'00ff' WHERE field = 'note'"), "chain",
     "check.unreadable"),
    (_without_triggers("UPDATE history SET effective_on = '2020-02-09' WHERE field = 'note'"),
     "chain", "check.hash"),
    (_without_triggers("UPDATE history SET entity_id = 2 WHERE entity = 'item' AND entity_id = 1"),
     "chain", "check.hash"),
    (_without_triggers("UPDATE history SET hash = 'x' WHERE seq = 3"), "chain", "check.hash"),
    (_without_triggers("UPDATE history SET retracts = NULL"), "chain", "check.hash"),
    (_without_triggers("UPDATE batch SET who = '别人' WHERE id = 3"), "chain", "check.hash"),
    (_without_triggers("UPDATE batch SET recorded_on = '2020-01-01' WHERE id = 4"), "chain",
     "check.hash"),
    (_without_triggers("DELETE FROM history WHERE seq = 5"), "chain", "check.gap"),
    (_without_triggers("DELETE FROM history WHERE batch_id = 8"), "chain", "check.gap"),
    (_without_triggers("DELETE FROM history WHERE batch_id > 6"), "state", "check.differs"),
    (_without_triggers("DELETE FROM history WHERE batch_id >= 10"), "chain", "check.unexplained"),
    (_without_triggers("DELETE FROM batch WHERE id = 3"), "sqlite", "check.dangling"),
    (_without_triggers("DELETE FROM history"), "state", "check.unexplained"),
    # schema
    (_plain("DROP TRIGGER history_no_update"), "schema", "check.schema.missing"),
    (_plain("DROP TRIGGER batch_keeps_order"), "schema", "check.schema.missing"),
    (_plain("DROP TRIGGER history_no_update", f"{NO_UPDATE} BEGIN SELECT 1; END"), "schema",
     "check.schema.changed"),
    (_plain("CREATE TRIGGER quiet AFTER INSERT ON item BEGIN SELECT 1; END"), "schema",
     "check.schema.foreign"),
    (_plain("CREATE VIEW told AS SELECT * FROM item"), "schema", "check.schema.foreign"),
    (_plain("DROP INDEX item_by_region"), "schema", "check.schema.missing"),
    (_plain("DROP INDEX item_by_region", "CREATE INDEX item_by_region ON item (status)"), "schema",
     "check.schema.changed"),
    (_plain("ALTER TABLE unit ADD COLUMN more TEXT"), "schema", "check.schema.columns"),
    (_plain("DROP TABLE rollup"), "schema", "check.schema.missing"),
    # references
    (_plain("UPDATE item SET merged_item_id = 99 WHERE id = 3"), "sqlite", "check.dangling"),
    (_plain("UPDATE item SET merged_item_id = 3 WHERE id = 3"), "merges", "check.cycle"),
    (_plain("UPDATE item SET status = 'merged', merged_item_id = 3 WHERE id = 4"), "merges",
     "check.cycle"),
    (_plain("PRAGMA ignore_check_constraints = ON", "UPDATE item SET status = 'fine' WHERE id = 1"),
     "sqlite", "check.sqlite"),
]  # fmt: skip


@pytest.mark.parametrize(("damage", "check", "key"), DAMAGES)
def test_damage_is_found(
    busy: Ledger, damage: Callable[[Connection], None], check: str, key: str
) -> None:
    assert found(busy) == {}
    connection = connect(busy.address, write=True)
    connection.execute("PRAGMA foreign_keys = OFF")
    damage(connection)
    connection.close()
    assert key in found(busy)[check]


def test_a_history_written_anew_no_longer_fits_what_is_kept(busy: Ledger) -> None:
    """Somebody changes a row and mends all hashes after it."""
    connection = connect(busy.address, write=True)
    _without_triggers("UPDATE history SET new = '\"ahead\"' WHERE new = '\"behind\"'")(connection)
    seals = {
        row[0]: Batch(*row).seal
        for row in connection.execute(
            "SELECT id, kind, who, recorded_at, recorded_on, reason, undoes FROM batch"
        )
    }
    before, mended = GENESIS, []
    for batch, entity, id, *row in connection.execute(
        "SELECT batch_id, entity, entity_id, seq, field, old, new, effective_on, retracts"
        " FROM history ORDER BY seq"
    ).fetchall():
        before = link(before, seals[batch], entity, id, Row(*row))
        mended.append(f"UPDATE history SET hash = '{before}' WHERE seq = {row[0]}")
    _without_triggers(*mended)(connection)
    connection.close()
    assert "chain" not in found(busy)
    assert {"state", "spans", "rollup"} <= found(busy).keys()


def test_the_hash_is_what_the_documentation_says(busy: Ledger) -> None:
    """SHA-256 of a JSON list: hash before, batch, kind of record, its id, and the row."""
    before = "0" * 64
    for hashed, batch, *row in (
        busy.reader()
        .execute(
            "SELECT h.hash, h.batch_id, h.entity, h.entity_id, h.seq, h.field, h.old, h.new,"
            " h.effective_on, h.retracts FROM history h ORDER BY h.seq"
        )
        .fetchall()
    ):
        seal = busy.reader().execute(
            "SELECT id, kind, who, recorded_at, recorded_on, reason, undoes FROM batch"
            " WHERE id = ?", [batch],
        ).fetchone()  # fmt: skip
        sealed = json.dumps(list(seal), ensure_ascii=False)
        text = json.dumps([before, sealed, *row], ensure_ascii=False)
        assert hashlib.sha256(text.encode()).hexdigest() == hashed
        before = hashed


def test_only_the_first_faults_are_told_and_the_rest_counted(busy: Ledger) -> None:
    for number in range(4, 14):
        add(busy, 1, str(number))
    connection = connect(busy.address, write=True)
    connection.execute("UPDATE item SET note = 'x'")
    connection.close()
    (state,) = [f for f in run_checks(busy.reader()) if f.check == "state"]
    assert (len(state.faults), state.more) == (5, 9)
    assert state.faults[0].params == {"ref": "ONE/1", "fields": "note"}
