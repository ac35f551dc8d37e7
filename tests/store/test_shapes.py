"""What records were entered with is kept without nulls, and hashes as it was written."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path

import pytest
from country import healthy
from forger import Damage, do, without_triggers
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.store import sqlite
from rectify_tui.store.check import run_checks
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.shapes import FUNCTIONS, entry, whole

values = st.dictionaries(
    st.text(max_size=8), st.one_of(st.none(), st.integers(), st.floats(allow_nan=False), st.text()),
    min_size=1, max_size=8,
)  # fmt: skip


@given(values)
def test_what_is_put_together_again_is_what_was_written(record):
    text = json.dumps(record, ensure_ascii=False)
    bare, fields = FUNCTIONS["bare_entry"](text), FUNCTIONS["entry_fields"](text)
    if None in record.values():
        assert bare == entry(record)
        assert whole(bare, fields) == text
    else:
        assert (bare, fields) == (text, None)


@pytest.mark.parametrize("text", ['{"a": null,"b": 1}', "[null]", "no json", "", None, 7, b"x"])
def test_what_was_written_otherwise_stays_as_it_is(text):
    assert (FUNCTIONS["bare_entry"](text), FUNCTIONS["entry_fields"](text)) == (text, None)


@pytest.mark.parametrize("bare", ['{"a": 1}', '{"a":1,"a":1}', "x", ""])
def test_nothing_is_put_together_from_what_is_not_written_so(bare):
    assert whole(bare, '["a","b"]') is None


def test_only_a_hash_becomes_bytes():
    hash = "0f" * 32
    assert FUNCTIONS["hash_bytes"](hash) == b"\x0f" * 32
    for other in (hash.upper(), "x", "", None, b"\x0f" * 32):
        assert FUNCTIONS["hash_bytes"](other) == other


@pytest.fixture
def migrated(tmp_path: Path) -> Ledger:
    """A ledger that was written when entries had all fields."""
    path = tmp_path / "before.db"
    with contextlib.closing(sqlite3.connect(path)) as old:
        old.executescript((Path(__file__).parent / "data" / "before_dates.sql").read_text("utf-8"))
        old.execute(f"PRAGMA application_id = {sqlite.APPLICATION_ID}")
        old.commit()
    return Ledger(path)


SHAPED = "shape_id IS NOT NULL AND entity = 'item'"


@pytest.mark.parametrize(
    "damage",
    [
        without_triggers(f"UPDATE history SET new = replace(new, '\":', '\": ') WHERE {SHAPED}"),
        without_triggers(f"UPDATE history SET new = replace(new, '}}', ',x') WHERE {SHAPED}"),
        without_triggers(f"UPDATE history SET shape_id = NULL WHERE {SHAPED}"),
        without_triggers("UPDATE shape SET fields = replace(fields, 'note', 'Note')"),
        without_triggers("DELETE FROM shape"),
    ],
)  # fmt: skip
def test_neither_what_was_entered_nor_its_shape_can_be_altered(
    migrated: Ledger, damage: Damage
) -> None:
    assert healthy(migrated)
    do(migrated.address, damage)
    assert "chain" in {each.check for each in run_checks(migrated.reader()) if not each.ok}
    migrated.close()
