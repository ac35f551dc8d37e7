"""What the store asks of any engine: marks, chunks and limits in the form that all of them take."""

from __future__ import annotations

import pytest
from country import add

from rectify_tui.store.connection import fetch_chunks, limited, marks
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.log import record_log
from rectify_tui.store.regions import find_regions


def test_there_is_a_mark_for_each_value_and_never_none() -> None:
    assert marks([1, 2, 3]) == "?,?,?"
    with pytest.raises(ValueError, match="leave the query out"):
        marks([])


def test_ids_are_asked_for_in_chunks_and_none_at_all_asks_nothing(country: Ledger) -> None:
    ids = [add(country, 1, str(number)) for number in range(1, 8)]
    connection = country.reader()
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    query = "SELECT id FROM item WHERE programme_id = ? AND id IN ({marks}) ORDER BY id"
    rows = list(fetch_chunks(connection, query, ids, 1, size=3))
    assert [id for (id,) in rows] == ids
    assert len(statements) == 3
    assert list(fetch_chunks(connection, query, [], 1)) == []
    assert len(statements) == 3
    connection.set_trace_callback(None)


def test_a_limit_is_left_out_where_all_rows_are_wanted(country: Ledger) -> None:
    assert (limited(None), limited(5)) == ("", " LIMIT 5")
    connection = country.reader()
    assert len(find_regions(connection, "", limit=3)) == 3
    assert len(find_regions(connection, "", limit=None)) == 12
    assert len(record_log(connection, "region", 1, limit=None)) == 1
