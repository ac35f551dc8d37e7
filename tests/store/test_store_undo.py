"""Undo and redo: what they bring back, and what stands in their way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from country import add, dump, healthy, history, item, put, row
from moving_clock import Clock

from rectify_tui.domain.timeline import Later
from rectify_tui.errors import Problem, Refusal
from rectify_tui.i18n import Language
from rectify_tui.store.batches import undone_batches
from rectify_tui.store.commands.cases import add_case, set_cases
from rectify_tui.store.commands.items import (
    add_item,
    add_measure,
    add_milestone,
    merge_items,
    set_items,
)
from rectify_tui.store.commands.places import add_region
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.references import Target
from rectify_tui.store.rollup_read import By, RollupQuery, read_rollup
from rectify_tui.store.undo import last_redoable, last_undoable, undo

DERIVED = ("item", "complaint_case", "case_region", "status_span", "region", "region_ladder",
           "unit", "programme", "measure", "milestone")  # fmt: skip


def merge(ledger: Ledger, one: int, target: Target, on: date | None = None) -> int:
    with ledger.batch("merge") as writing:
        merge_items(writing.draft, [one], target, on=on, later=Later.UNTIL_NEXT)
    assert writing.receipt.batch is not None
    return writing.receipt.batch


def refused(ledger: Ledger, batch: int | None = None) -> Refusal:
    """The refusal with which an undo ends; nothing may be written."""
    before = dump(ledger.address)
    with pytest.raises(Refusal) as caught:
        undo(ledger, batch)
    assert dump(ledger.address) == before
    return caught.value


def told(refusal: Refusal) -> str:
    return Language("en").problem(refusal)


def state(ledger: Ledger) -> dict[str, object]:
    """What is kept of records, without revisions, and the figures as they are now."""
    found: dict[str, object] = {}
    for table, rows in dump(ledger.address).items():
        if table in DERIVED:
            has_rev = table not in ("case_region", "status_span", "region_ladder")
            found[table] = [(r[0], *r[2:]) if has_rev else r for r in rows]
    found["figures"] = [
        (by, [(line.id, line.tally) for line in read_rollup(ledger.reader(), query).rows])
        for by in By
        for query in [RollupQuery(ledger.today(), by), RollupQuery(date(2020, 2, 10), by)]
    ]
    return found


def without_last_on(found: dict[str, object]) -> dict[str, object]:
    """`last_on` also counts changes that were taken back; it only says where to look."""
    rows = found["item"]
    assert isinstance(rows, list)
    return found | {"item": [row[:-1] for row in rows]}


def test_an_undo_brings_back_what_was(country: Ledger) -> None:
    id = add(country, 1, "1", status="behind", note="a")
    before = state(country)
    batch = put(country, id, status="completed", note="b", region="甲二市", responsible="甲局")
    done = undo(country, reason="录错")
    assert (done.batch, done.kind, done.receipt.changed) == (batch, "set", 2)
    assert state(country) == before
    assert row(country, "batch", done.receipt.batch or 0)["reason"] == "录错"
    assert [entry[1:4] + entry[5:] for entry in history(country, "item", id)[5:]] == [
        ("responsible_id", "1", None, history(country, "item", id)[4][0]),
        ("region_id", "6", "2", history(country, "item", id)[3][0]),
        ("note", '"b"', '"a"', history(country, "item", id)[2][0]),
        ("status", '"completed"', '"behind"', history(country, "item", id)[1][0]),
    ]
    assert healthy(country)


def test_undo_and_redo_walk_back_and_forth(country: Ledger) -> None:
    id = add(country, 1, "1")
    states = [state(country)]
    for status in ("behind", "on_schedule", "completed"):
        put(country, id, status=status)
        states.append(state(country))
    for expected in (states[2], states[1], states[0]):
        undo(country)
        assert state(country) == expected
    for expected in states[1:]:
        redone = last_redoable(country.reader())
        undo(country, redone)
        assert state(country) == expected
    assert last_redoable(country.reader()) is None
    undo(country)
    assert state(country) == states[2]
    put(country, id, note="something else")
    assert last_redoable(country.reader()) is None
    assert healthy(country)


def test_what_a_change_replaced_may_be_taken_back_before_it_comes_again(country: Ledger) -> None:
    """A row says what it replaced, which is not what holds once that was taken back too."""
    id = add(country, 1, "1", status="behind")
    before = state(country)
    one = put(country, id, status="on_schedule", region="甲二市", note="a")
    alone = state(country)
    two = put(country, id, status="completed", region="甲一市", note="b")
    both = state(country)
    no_two = undo(country, two).receipt.batch
    no_one = undo(country, one).receipt.batch
    assert state(country) == before
    undo(country, no_two)
    assert state(country) == both
    two_again = country.newest_batch()
    undo(country, no_one)
    assert state(country) == both
    undo(country, two_again)
    assert state(country) == alone
    assert healthy(country)


def test_more_than_a_window_is_taken_back_and_brought_again(
    country: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rectify_tui.store.undo._WINDOW", 2)
    empty = state(country)
    with country.batch("add") as writing:
        ids = [add_item(writing.draft, 1, str(n), {"status": "behind"}) for n in range(1, 6)]
    added, entered = state(country), writing.receipt.batch
    with country.batch("set") as writing:
        set_items(writing.draft, ids, {"status": "completed", "note": "a"})
    undo(country, writing.receipt.batch)
    assert state(country) == added
    taken = undo(country, entered).receipt.batch
    assert state(country) == empty
    undo(country, taken)
    assert state(country) == added
    assert healthy(country)


def test_a_batch_is_undone_once(country: Ledger) -> None:
    id = add(country, 1, "1")
    batch = put(country, id, note="x")
    taken = undo(country, batch).receipt.batch
    refusal = refused(country, batch)
    assert (refusal.key, refusal.params) == ("undo.already", {"batch": batch, "by": taken})
    undo(country, taken)
    assert item(country, id)["note"] == "x"
    assert undone_batches(country.reader()) == {taken: (taken or 0) + 1}
    undo(country, batch)
    assert item(country, id)["note"] is None
    assert healthy(country)


def test_an_undone_redo_is_undone_again(country: Ledger) -> None:
    id = add(country, 1, "1")
    batch = put(country, id, note="x")
    first = undo(country, batch).receipt.batch
    second = undo(country, first).receipt.batch
    undo(country, second)
    assert item(country, id)["note"] is None
    assert last_redoable(country.reader()) == first
    assert last_undoable(country.reader()) == (batch or 0) - 1
    assert refused(country, batch).key == "undo.already"
    undo(country, first)
    assert item(country, id)["note"] == "x"
    assert healthy(country)


def test_what_was_undone_otherwise_is_not_undone_twice(country: Ledger) -> None:
    with country.batch("add") as writing:
        add_item(writing.draft, 1, "1", {"lead": "乙局"})
    made = writing.receipt.batch
    redone = undo(country, undo(country, made).receipt.batch).receipt.batch
    again = undo(country, made).receipt.batch
    refusal = refused(country, redone)
    assert refusal.key == "undo.in_way"
    assert {change.params["batch"] for change in refusal.params["changes"]} == {again}
    undo(country, again)
    assert country.reader().execute("SELECT COUNT(*) FROM item").fetchone() == (1,)
    undo(country, redone)
    assert country.reader().execute("SELECT COUNT(*) FROM item").fetchone() == (0,)
    assert healthy(country)


def test_nothing_to_undo(country: Ledger) -> None:
    assert refused(country).key == "undo.nothing"
    with pytest.raises(Problem) as caught:
        undo(country, 99)
    assert caught.value.key == "undo.no_batch"
    add(country, 1, "1")
    undo(country)
    assert refused(country).key == "undo.nothing"


def test_a_later_change_in_the_way_is_named(country: Ledger) -> None:
    with country.batch("add", who="李") as writing:
        id = add_item(writing.draft, 1, "12", {})
    created = country.newest_batch()
    first = put(country, id, status="behind")
    with country.batch("set", who="王") as writing:
        set_items(writing.draft, [id], {"status": "completed"})
    later = country.newest_batch()
    refusal = refused(country, first)
    assert refusal.key == "undo.in_way"
    assert f": #{later} (王, 2020-03-06): ONE/12 Status." in told(refusal)
    refusal = refused(country, created)
    assert refusal.key == "undo.in_way"
    assert f"#{first} " in told(refusal)
    undo(country, later)
    undo(country, first)
    undo(country, created)
    assert item(country, id) == {}
    assert healthy(country)


def test_many_changes_in_the_way_are_counted(country: Ledger) -> None:
    id = add(country, 1, "1")
    first = put(country, id, note="0")
    for n in range(1, 8):
        put(country, id, note=str(n))
    assert "2 more" in told(refused(country, first))


def test_changes_of_other_things_do_not_stand_in_the_way(country: Ledger) -> None:
    one, other = add(country, 1, "1"), add(country, 1, "2")
    batch = put(country, one, progress="30")
    put(country, one, status="completed", note="x")
    put(country, other, progress="50")
    undo(country, batch)
    kept = item(country, one)
    assert (kept["progress"], kept["status"], kept["note"]) == (None, "completed", "x")
    assert item(country, other)["progress"] == 50
    assert healthy(country)


def test_what_was_created_goes_unless_it_is_used(country: Ledger) -> None:
    target = add(country, 2, "7")
    created = country.newest_batch()
    one = add(country, 1, "1")
    merged = merge(country, one, Target(2, target))
    refusal = refused(country, created)
    assert refusal.key == "undo.in_use"
    assert refusal.params == {"ref": "TWO/7", "user": "ONE/1",
                              "batch": merged}  # fmt: skip
    undo(country, merged)
    undo(country, created)
    assert item(country, target) == {}
    assert healthy(country)


def test_everything_that_refers_to_a_record_keeps_it(country: Ledger) -> None:
    with country.batch("region") as writing:
        region = add_region(writing.draft, "新区", 2, "new_area")
    made = {"region": country.newest_batch()}
    id = add(country, 1, "1", region="新区", responsible="甲局")
    made["item"] = country.newest_batch()
    other = add(country, 1, "2", responsible="甲局")
    with country.batch("measure") as writing:
        measure = add_measure(writing.draft, id, 1, "措施")
    made["measure"] = country.newest_batch()
    with country.batch("milestone") as writing:
        add_milestone(writing.draft, measure, 1, "节点")
    for batch in made.values():
        assert refused(country, batch).key == "undo.in_use"
    put(country, other, responsible="")
    for _ in range(2):
        undo(country)  # the unit of the other item, then the milestone
    assert refused(country, made["item"]).key == "undo.in_use"
    assert region == 13


def test_a_unit_that_was_told_of_days_before_the_item_was_there_is_in_use(country: Ledger) -> None:
    with country.batch("add") as writing:
        add_item(writing.draft, 1, "1", {"lead": "乙局"})
    assert writing.receipt.batch is not None
    two = add(country, 1, "2", region="甲一市", on=date(2020, 3, 1))
    put(country, two, supervising="甲局", on=date(2020, 3, 2))
    put(country, two, supervising="乙局", on=date(2020, 2, 20))  # which holds on no day so far
    assert refused(country, writing.receipt.batch).key == "undo.in_use"
    put(country, two, status="completed", on=date(2020, 1, 20))  # now it does
    assert healthy(country)


def test_a_region_that_a_case_lies_in_is_in_use(country: Ledger) -> None:
    with country.batch("region") as writing:
        add_region(writing.draft, "新区", 2, "new_area")
    made = country.newest_batch()
    with country.batch("case") as writing:
        add_case(writing.draft, 1, "D1", {"region": "甲一市,新区"})
    used = country.newest_batch()
    refusal = refused(country, made)
    assert (refusal.key, refusal.params["user"], refusal.params["batch"]) == (
        "undo.in_use", "ONE/D1", used,
    )  # fmt: skip


def test_a_region_and_what_lies_in_it_go_together(country: Ledger, clock: Clock) -> None:
    before = state(country)
    with country.batch("add") as writing:
        add_region(writing.draft, "新区", 2, "new_area")
        writing.draft.flush()
        add_item(writing.draft, 1, "1", {"region": "新区"})
        add_case(writing.draft, 1, "D1", {"region": "新区,甲一市"})
    full = state(country)
    assert healthy(country)
    clock.move(days=1)
    undo(country)
    assert state(country) == before
    assert healthy(country)
    undo(country, country.newest_batch())
    clock.move(days=-1)
    assert state(country) == full
    assert healthy(country)


@pytest.mark.journeys
def test_the_seed_can_be_taken_back_by_its_number(seeded: Ledger) -> None:
    assert last_undoable(seeded.reader()) is None
    undo(seeded, 2)
    assert seeded.reader().execute("SELECT COUNT(*) FROM item").fetchone() == (0,)
    assert healthy(seeded)


def test_a_change_of_the_past_is_taken_out_of_the_past(country: Ledger) -> None:
    one, other = add(country, 1, "1", on=date(2020, 1, 20)), add(country, 2, "1")
    put(country, one, status="behind", on=date(2020, 2, 5))
    put(country, one, status="completed", progress="100", on=date(2020, 3, 1))
    before = state(country)
    for number in range(3):
        if number == 0:
            put(country, one, status="on_schedule", progress="50", on=date(2020, 2, 10))
        elif number == 1:
            merge(country, one, Target(2, other), on=date(2020, 2, 10))
        else:
            put(country, one, status="ahead", on=date(2020, 1, 5))
        assert without_last_on(state(country)) != without_last_on(before)
        undo(country)
        assert without_last_on(state(country)) == without_last_on(before)
        assert healthy(country)


def test_a_closed_case_opens_again(country: Ledger) -> None:
    with country.batch("add") as writing:
        id = add_case(writing.draft, 1, "D1", {"region": "甲一市,乙省"})
    before = state(country)
    with country.batch("set") as writing:
        set_cases(writing.draft, [id], {"status": "closed", "region": "乙省"})
    after = state(country)
    undo(country)
    assert state(country) == before
    undo(country, last_redoable(country.reader()))
    assert state(country) == after
    assert healthy(country)


def test_a_redo_that_would_close_a_circle_is_refused(country: Ledger) -> None:
    one, other = add(country, 1, "1"), add(country, 2, "1")
    merge(country, one, Target(2, other))
    taken = undo(country).receipt.batch
    merge(country, other, Target(1, one))
    refusal = refused(country, taken)
    assert refusal.key == "merge.cycle"
    assert healthy(country)


def test_a_merge_into_something_gone_does_not_come_back(country: Ledger) -> None:
    one = add(country, 1, "1")
    target = add(country, 2, "1")
    created = country.newest_batch()
    merged = merge(country, one, Target(2, target))
    taken = undo(country, merged).receipt.batch
    gone = undo(country, created).receipt.batch
    refusal = refused(country, taken)
    assert refusal.key == "undo.in_way"
    assert f"#{gone} " in told(refusal)
    undo(country, gone)
    undo(country, taken)
    assert item(country, one)["merged_item_id"] == target
    assert healthy(country)


def test_a_change_of_something_gone_does_not_come_back_before_it(country: Ledger) -> None:
    id = add(country, 1, "1")
    created = country.newest_batch()
    taken = undo(country, put(country, id, note="x")).receipt.batch
    gone = undo(country, created).receipt.batch
    refusal = refused(country, taken)
    assert refusal.key == "undo.in_way"
    assert f"#{gone} " in told(refusal)


def test_a_number_given_anew_keeps_the_old_one_from_coming_back(country: Ledger) -> None:
    add(country, 1, "1")
    taken = undo(country).receipt.batch
    add(country, 1, "1")
    before = dump(country.address)
    with pytest.raises(Problem):
        undo(country, taken)
    assert dump(country.address) == before
    assert healthy(country)


def test_undo_of_one_s_own_batches(country: Ledger) -> None:
    with country.batch("add", who="李") as writing:
        add_item(writing.draft, 1, "1", {})
    mine = country.newest_batch()
    with country.batch("add", who="王") as writing:
        add_item(writing.draft, 1, "2", {})
    assert last_undoable(country.reader(), "李") == mine
    assert last_undoable(country.reader(), "张") is None
    assert refused(country).key == "undo.not_yours"
    li = Ledger(country.address, clock=country.clock, who="李")
    assert undo(li).batch == mine
    li.close()
    assert last_redoable(country.reader(), "李") == mine + 2
    assert last_redoable(country.reader(), "王") is None


def test_which_batch_is_taken_back_is_decided_when_nobody_else_can_write(country: Ledger) -> None:
    id = add(country, 1, "1")
    put(country, id, note="first")
    with ThreadPoolExecutor(1) as pool:
        with country.batch("set") as writing:
            undoing = pool.submit(undo, country)
            while not undoing.running():
                pass
            set_items(writing.draft, [id], {"note": "second"})
        assert undoing.result().batch == writing.receipt.batch
