"""Repair: what follows from history is made anew, history never is, and nothing by halves."""

from __future__ import annotations

from pathlib import Path

import pytest
from country import dump, healthy, put
from damages import DERIVABLE
from forger import Damage, chained_anew, do, plain, without_triggers

from rectify_tui.errors import Refusal
from rectify_tui.store.backups import backups_of
from rectify_tui.store.check import HISTORY, run_checks
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.repair import repair
from rectify_tui.store.sqlite import holds_store

KEPT = ("history", "batch")


FIGURES = ("rollup", "rollup_day")


def without_revisions(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows; of records without their second column, which only says how often they changed.

    A figure of nothing may stand in the rollup or not.
    """
    rows = {
        name: [(row[0], *row[2:]) if name not in (*FIGURES, "region_ladder") else row
               for row in rows]
        for name, rows in dump(path).items()
    }  # fmt: skip
    return rows | {name: [row for row in rows[name] if row[-1] != 0] for name in FIGURES}


def copies(ledger: Ledger) -> list[Path]:
    return [each.path for each in backups_of(ledger.address) if each.kind == "repair"]


def test_a_healthy_ledger_is_left_as_it_is(busy: Ledger) -> None:
    busy.newest_batch()
    before = busy.address.read_bytes(), sorted(busy.address.parent.iterdir())
    assert repair(busy).copy is None
    assert (busy.address.read_bytes(), sorted(busy.address.parent.iterdir())) == before


@pytest.mark.journeys
def test_what_follows_from_history_is_made_anew_from_it(busy: Ledger) -> None:
    whole = without_revisions(busy.address)
    for damage, _, _ in DERIVABLE:
        do(busy.address, damage)
        wrong = {each.check for each in run_checks(busy.reader()) if not each.ok}
        assert wrong
        assert HISTORY.isdisjoint(wrong)
        repaired = repair(busy)
        assert repaired.copy is not None
        assert holds_store(repaired.copy)
        assert repaired.parts or repaired.counts
        assert healthy(busy)
        assert without_revisions(busy.address) == whole
    assert len(copies(busy)) == len(DERIVABLE)
    assert put(busy, 1, note="geht weiter")


def test_what_litestream_keeps_in_a_ledger_is_no_part_of_it(busy: Ledger) -> None:
    do(busy.address, plain(
        "CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER)",
        "CREATE TABLE _litestream_lock (id INTEGER)", "INSERT INTO _litestream_seq VALUES (1, 7)",
    ))  # fmt: skip
    assert healthy(busy)
    quiet = "CREATE TRIGGER quiet AFTER INSERT ON _litestream_seq BEGIN SELECT 1; END"
    do(busy.address, plain(quiet))
    assert repair(busy).parts == (("trigger", "quiet"),)
    assert busy.reader().execute("SELECT * FROM _litestream_seq").fetchall() == [(1, 7)]


@pytest.mark.parametrize(
    "damage",
    [
        without_triggers("UPDATE history SET new = '\"x\"' WHERE field = 'note'"),
        without_triggers("DELETE FROM history WHERE seq = 5"),
        without_triggers("UPDATE batch SET who = '别人' WHERE id = 3"),
        plain("ALTER TABLE batch ADD COLUMN more TEXT"),
    ],
)
def test_nothing_is_made_from_a_history_that_does_not_hold(busy: Ledger, damage: Damage) -> None:
    do(busy.address, damage, plain("UPDATE item SET note = 'x' WHERE id = 1"))
    before = dump(busy.address)
    with pytest.raises(Refusal) as caught:
        repair(busy)
    assert caught.value.key in ("repair.history", "repair.history_table")
    assert dump(busy.address) == before
    assert copies(busy) == []


def test_where_a_head_that_was_kept_does_not_stand_nothing_is_made_anew(busy: Ledger) -> None:
    put(busy, 1, note="x")
    busy.keep_head("check")
    do(busy.address, without_triggers("DELETE FROM history WHERE batch_id = 11",
                                      "DELETE FROM batch WHERE id = 11"))  # fmt: skip
    with pytest.raises(Refusal) as caught:
        repair(busy)
    assert caught.value.key == "repair.history"


def test_indexes_that_say_something_else_than_their_tables_are_made_anew(busy: Ledger) -> None:
    do(busy.address, plain(
        "DROP INDEX item_by_status", "CREATE INDEX item_by_status ON item (region_id)",
        "PRAGMA writable_schema = ON", "UPDATE sqlite_master SET"
        " sql = 'CREATE INDEX item_by_status ON item (status)' WHERE name = 'item_by_status'",
    ))  # fmt: skip
    busy.close()
    assert [each.check for each in run_checks(busy.reader()) if not each.ok] == ["sqlite"]
    assert repair(busy).copy is not None
    assert healthy(busy)


def test_where_even_history_tells_something_impossible_nothing_is_changed(busy: Ledger) -> None:
    into_itself = "UPDATE history SET new = '3' WHERE field = 'merged_item_id' AND new IS NOT NULL"
    do(busy.address, without_triggers(into_itself), chained_anew)
    before = dump(busy.address)
    with pytest.raises(Refusal) as caught:
        repair(busy)
    assert caught.value.key == "repair.not_whole"
    assert dump(busy.address) == before
    assert copies(busy) == []
