"""The door: what it refuses, and that it then writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from country import add, dump, healthy, item, put

from rectify_tui.domain.timeline import Later
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store.commands.cases import add_case, set_cases
from rectify_tui.store.commands.items import (
    add_item,
    add_measure,
    add_milestone,
    merge_items,
    set_items,
)
from rectify_tui.store.commands.places import NewProgramme, add_programme, add_region, add_unit
from rectify_tui.store.commands.stale import Stale
from rectify_tui.store.draft import Draft
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.references import Target
from rectify_tui.store.sqlite import DatabaseError, connect, opening
from rectify_tui.store.undo import undo

EARLIER = date(2020, 2, 1)
LATER = date(2020, 2, 20)


# two authors


def test_a_change_of_what_somebody_else_changed_is_refused_with_both_versions(
    country: Ledger,
) -> None:
    id = add(country, 1, "1")
    seen = {id: 1}
    put(country, id, status="behind", note="theirs")
    with pytest.raises(Stale) as caught, country.batch("set") as writing:
        set_items(writing.draft, [id], {"status": "completed", "note": "yours"}, seen=seen)
    stale = caught.value
    assert stale.key == "change.stale"
    assert stale.ref == "ONE/1"
    assert stale.yours == {"status": "completed", "note": "yours"}
    assert stale.theirs == {"status": "behind", "note": "theirs"}
    assert stale.params["when"] == "2020-03-06T01:00:00Z"
    with country.batch("set") as writing:
        set_items(writing.draft, [id], {"status": "completed"}, seen={id: 2})
    assert item(country, id)["status"] == "completed"


def test_cases_and_merges_are_guarded_likewise(country: Ledger) -> None:
    with country.batch("add") as writing:
        case = add_case(writing.draft, 1, "D1", {})
        one = add_item(writing.draft, 1, "1", {})
    with country.batch("set") as writing:
        set_cases(writing.draft, [case], {"status": "closed"}, seen={case: 1})
        set_items(writing.draft, [one], {"note": "x"}, seen={one: 1})
    with pytest.raises(Stale) as caught, country.batch("set") as writing:
        set_cases(writing.draft, [case], {"status": "open"}, seen={case: 1})
    assert caught.value.theirs == {"status": "closed", "closed_on": "2020-03-06"}
    with pytest.raises(Stale), country.batch("merge") as writing:
        merge_items(writing.draft, [one], Target(2), seen={one: 1})


def test_a_revision_never_comes_again(country: Ledger) -> None:
    id = add(country, 1, "1")
    put(country, id, note="one")
    created = country.newest_batch() - 1
    undo(country)
    undo(country, created)
    undo(country, country.newest_batch())
    seen = item(country, id)["rev"]
    assert isinstance(seen, int)
    assert seen > 3
    assert healthy(country)


# all or nothing


def _taken_number(draft: Draft) -> None:
    add_item(draft, 1, "1", {})


def _cycle(draft: Draft) -> None:
    merge_items(draft, [1], Target(2, 2))
    merge_items(draft, [2], Target(1, 1))


def _into_own_programme(draft: Draft) -> None:
    merge_items(draft, [1], Target(1))


def _breaks_off(draft: Draft) -> None:
    raise KeyboardInterrupt


def _much_and_then(draft: Draft, fails: Callable[[Draft], None]) -> None:
    add_programme(draft, NewProgramme("NEW", "新方案", 1, 2020))
    add_region(draft, "新区", 2, "new_area")
    add_unit(draft, "新单位")
    id = add_item(draft, 1, "77", {"status": "behind", "responsible": "另一单位"})
    add_milestone(draft, add_measure(draft, id, 1, "措施"), 1, "节点", due="2020年底")
    add_case(draft, 1, "D1", {"region": "甲一市,乙省"})
    set_items(draft, [1], {"status": "completed", "note": "x"}, on=EARLIER)
    draft.flush()
    set_items(draft, [1], {"status": "behind"}, on=LATER, later=Later.UNTIL_NEXT)
    fails(draft)


def _same_number_twice(draft: Draft) -> None:
    add_item(draft, 1, "2", {})
    add_item(draft, 1, "2", {})


@pytest.mark.parametrize(
    ("fails", "wanted", "key"),
    [
        (_taken_number, Problem, "item.exists"),
        (_cycle, Refusal, "merge.cycle"),
        (_into_own_programme, Refusal, "merge.own_programme"),
        (_same_number_twice, Problem, None),
        (_breaks_off, KeyboardInterrupt, None),
    ],
)
def test_nothing_is_written_when_a_command_fails_halfway(
    country: Ledger, fails: Callable[[Draft], None], wanted: type[BaseException], key: str | None
) -> None:
    add(country, 1, "1")
    add(country, 2, "1")
    before = dump(country.address)
    with pytest.raises(wanted) as caught, country.batch("add") as writing:
        _much_and_then(writing.draft, fails)
    if key:
        assert isinstance(caught.value, Problem)
        assert caught.value.key == key
    assert dump(country.address) == before
    assert add(country, 1, "77")
    assert healthy(country)


def test_two_records_with_one_key_are_the_user_s_problem(country: Ledger) -> None:
    with pytest.raises(Problem) as caught, country.batch("add") as writing:
        _same_number_twice(writing.draft)
    assert caught.value.key in ("store.refused", "item.exists")


def test_a_store_that_another_program_holds_is_busy(
    country: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "WAIT_MS", 20)
    other = connect(country.address, write=True)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Problem) as caught:
        add(country, 1, "1")
    other.close()
    assert caught.value.key == "store.busy"
    assert add(country, 1, "1")


# append-only


@pytest.mark.parametrize("recursive", ["OFF", "ON"])
@pytest.mark.parametrize("table", ["history", "batch"])
def test_history_can_only_be_appended_to(country: Ledger, table: str, recursive: str) -> None:
    add(country, 1, "1")
    before = dump(country.address)
    connection = connect(country.address, write=True)
    key = "seq" if table == "history" else "id"
    columns = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
    newest = connection.execute(f"SELECT * FROM {table} ORDER BY {key} DESC LIMIT 1").fetchone()
    holes = ",".join("?" * len(columns))
    skipping = (newest[0] + 2, *newest[1:])
    attempts: list[tuple[str, tuple[object, ...]]] = [
        (f"UPDATE {table} SET {columns[2]} = 'x'", ()),
        (f"UPDATE OR REPLACE {table} SET {key} = 1 WHERE {key} = 2", ()),
        (f"UPDATE {table} SET {key} = {key} WHERE {key} = 1", ()),
        (f"DELETE FROM {table}", ()),
        (f"DELETE FROM {table} WHERE {key} = ?", (newest[0],)),
        (f"INSERT OR REPLACE INTO {table} VALUES ({holes})", newest),
        (f"REPLACE INTO {table} VALUES ({holes})", (1, *newest[1:])),
        (f"INSERT INTO {table} VALUES ({holes}) ON CONFLICT DO UPDATE SET {columns[2]} = 'x'",
         newest),
        (f"INSERT INTO {table} VALUES ({holes})", skipping),
        (f"INSERT INTO {table} VALUES ({holes})", (0, *newest[1:])),
        (f"INSERT INTO {table} VALUES ({holes})", (None, *newest[1:])),
    ]  # fmt: skip
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(f"PRAGMA recursive_triggers = {recursive}")
    for statement, values in attempts:
        with pytest.raises(DatabaseError, match="append-only"):
            connection.execute(statement, values)
    connection.close()
    assert dump(country.address) == before
