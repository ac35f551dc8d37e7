"""The check: what is whole passes, and each kind of damage is found."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from country import add
from damages import DERIVABLE, OF_HISTORY
from forger import Damage, chained_anew, do, without_triggers

from rectify_tui.store.check import Finding, run_checks
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


@pytest.mark.parametrize(("damage", "check", "key"), [*DERIVABLE, *OF_HISTORY])
def test_damage_is_found(busy: Ledger, damage: Damage, check: str, key: str) -> None:
    assert found(busy) == {}
    do(busy.address, damage)
    assert key in found(busy)[check]


def test_a_history_written_anew_no_longer_fits_what_is_kept(busy: Ledger) -> None:
    """Somebody changes a row and mends all hashes after it."""
    reworded = without_triggers("UPDATE history SET new = '\"ahead\"' WHERE new = '\"behind\"'")
    do(busy.address, reworded, chained_anew)
    assert "chain" not in found(busy)
    assert {"state", "spans", "rollup"} <= found(busy).keys()


def test_the_hash_is_what_the_documentation_says(busy: Ledger) -> None:
    """SHA-256 of a JSON list: hash before, batch, kind of record, its id, and the row."""
    before = "0" * 64
    for hashed, batch, *row in (
        busy.reader()
        .execute(
            "SELECT lower(hex(h.hash)), h.batch_id, h.entity, h.entity_id, h.seq, h.field, h.old,"
            " h.new, h.effective_on, h.retracts FROM history h ORDER BY h.seq"
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
