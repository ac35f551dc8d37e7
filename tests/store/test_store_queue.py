"""The queue of a ledger, what a review leaves in it, and how far matters were taken."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from country import add, healthy, item, put

from rectify_tui.domain.filter_fields import ITEM_FIELDS
from rectify_tui.domain.filter_text import parse_filter
from rectify_tui.domain.queue import Reason
from rectify_tui.domain.schedule import Direction, State
from rectify_tui.errors import Problem
from rectify_tui.store.commands.items import add_measure, add_milestone, merge_items
from rectify_tui.store.commands.places import NewProgramme, add_programme
from rectify_tui.store.commands.review import review_items
from rectify_tui.store.commands.stale import Stale
from rectify_tui.store.disagreements import disagreements
from rectify_tui.store.item_detail import item_detail
from rectify_tui.store.items import item_rows
from rectify_tui.store.programmes import programme_codes
from rectify_tui.store.queue import QueueQuery, most_urgent, read_entries, read_queue
from rectify_tui.store.queue_again import read_again
from rectify_tui.store.records import ESCALATION
from rectify_tui.store.references import Target
from rectify_tui.store.rollup_read import RollupQuery
from rectify_tui.store.schedule import judge
from rectify_tui.store.steps_taken import steps_taken
from rectify_tui.store.undo import undo

START = date(2020, 3, 6)  # a Friday
WEEK = date(2020, 2, 29)


@pytest.fixture
def office(country, clock):
    clock.set(START)
    return country


def queue(ledger, day=None, text="", *, put_off=False, week=WEEK):
    day = day or ledger.today()
    wanted = parse_filter(text, ITEM_FIELDS, today=day)
    query = QueueQuery(day, week, wanted, put_off)
    found = read_queue(ledger.reader(), query)
    return found, read_entries(ledger.reader(), query, found.ids)


def numbers(ledger, day=None, text="", **more):
    return [entry.row.number for entry in queue(ledger, day, text, **more)[1]]


def review(ledger, *ids, on=None, seen=None, **fields):
    with ledger.batch("review") as writing:
        review_items(writing.draft, ids, fields, on=on, seen=seen)
    return writing.receipt


def steps(ledger, id, *dates):
    """Milestones of an item, each with its due and its done date."""
    with ledger.batch("set") as writing:
        measure = add_measure(writing.draft, id, 1, "新建管网")
        for position, (due, done) in enumerate(dates, 1):
            add_milestone(writing.draft, measure, position, f"节点{position}", due=due, done=done)


def test_what_is_taken_back_is_put_back_in_its_place(office):
    """Without the rest being read: what was reviewed, put off, planned, and not any more."""
    first, second, third = (
        add(office, 1, str(n), status="on schedule", deadline=f"2020-04-0{n}") for n in (1, 2, 3)
    )
    query = QueueQuery(office.today(), WEEK)
    before = read_queue(office.reader(), query)

    def again():
        nonlocal before
        before = read_again(office.reader(), before)
        assert before == read_queue(office.reader(), query)
        return list(before.ids), set(before.reviewed), set(before.hidden)

    unchanged = ([first, second, third], set(), set())
    assert again() == unchanged
    review(office, second, reason="资金未到位")
    assert again() == ([first, second, third], {second}, set())
    undo(office)
    assert again() == unchanged
    review(office, first, put_off_until="2020-03-20")
    assert again() == ([second, third], set(), {first})
    undo(office)
    assert again() == unchanged
    steps(office, third, ("2020-02-01", ""))
    assert again() == ([third, first, second], set(), set())
    undo(office)
    assert again() == unchanged
    put(office, second, status="completed")
    assert again() == ([first, third], set(), set())


def test_of_equally_urgent_ones_the_reference_decides(office):
    """Codes by value too; of codes that are alike but for zeros the number comes first."""
    with office.batch("programme") as writing:
        for code in ("乙-10", "乙-2", "乙-02"):
            add_programme(writing.draft, NewProgramme(code, code, 1, 2020))
    codes = {code: id for id, code in programme_codes(office.reader()).items()}
    for code, number in product(("乙-10", "乙-2", "乙-02"), ("10", "9", "09")):
        add(office, codes[code], number, status="behind")
    refs = [entry.row.ref for entry in queue(office)[1]]
    assert refs == [
        "乙-02/09", "乙-02/9", "乙-2/09", "乙-2/9", "乙-02/10", "乙-2/10",
        "乙-10/09", "乙-10/9", "乙-10/10",
    ]  # fmt: skip
    query = QueueQuery(office.today(), WEEK)
    assert most_urgent(office.reader(), query, 4) == list(queue(office)[0].ids[:4])


def test_most_urgent_first(office):
    add(office, 1, "1", status="on schedule", deadline="2020-04-01")
    add(office, 1, "2", status="on schedule", deadline="2020-02-01")
    add(office, 1, "3", status="completed", verification="refuted")
    add(office, 1, "4", status="behind", on=date(2020, 3, 1))
    add(office, 1, "5", status="on schedule", deadline="2020-12-31")
    add(office, 1, "6", status="completed", deadline="2020-02-01")
    found, entries = queue(office)
    assert [entry.row.number for entry in entries] == ["3", "2", "4", "1"]
    assert [entry.reasons[0].reason for entry in entries] == [
        Reason.REFUTED, Reason.OVERDUE, Reason.BEHIND, Reason.DUE_30,
    ]  # fmt: skip
    assert [entry.reasons[0].days for entry in entries] == [0, 34, 5, 26]
    assert entries[1].disagreement.direction is Direction.BETTER
    assert entries[1].derived.state is State.OVERDUE
    assert found.position(entries[2].row.id) == 2
    assert found.position(10**6) is None


def test_milestones_are_the_plan(office):
    id = add(office, 1, "1", status="on schedule", deadline="2020-12-31")
    steps(office, id, ("2020-02-01", "2020-02-03"), ("2020-03-01", ""), ("2020-05-01", ""))
    (entry,) = queue(office)[1]
    assert (entry.derived.state, entry.derived.days) == (State.BEHIND, 5)
    assert [step.text for step in entry.plan.milestones] == ["节点1", "节点2", "节点3"]
    put(office, id, status="completed")
    (entry,) = queue(office)[1]
    assert entry.reasons[0].reason is Reason.DISAGREEING


def test_a_filter_leaves_part_of_it(office):
    add(office, 1, "1", status="behind", region="甲一市")
    add(office, 2, "2", status="behind", region="甲二市")
    add(office, 2, "3", status="not completed", region="甲二市")
    assert numbers(office, text="region:甲二市") == ["2", "3"]
    assert numbers(office, text="programme:TWO status:behind") == ["2"]
    assert numbers(office, text="-region:甲二市") == ["1"]
    with pytest.raises(Problem):
        queue(office, text="region:亚特兰蒂斯")


def test_the_past_is_as_it_was(office, clock):
    one = add(office, 1, "1", status="on schedule", deadline="2020-12-31", start="2020-01-01",
              progress="20")  # fmt: skip
    two = add(office, 1, "2", status="behind")
    clock.move(7)
    put(office, one, progress="0")
    review(office, two, reason="资金未到位", next_on="2020-03-20", put_off_until="2020-04-01")
    clock.move(7)
    with office.batch("set") as writing:
        writing.draft.change("item", two, {"verification": "refuted"}, "2020-03-20")
    assert numbers(office, START) == ["2"]
    assert numbers(office, START + timedelta(days=7)) == ["1"]
    found, entries = queue(office, START + timedelta(days=7), put_off=True, week=date(2020, 3, 7))
    assert [(each.row.number, each.put_off, each.reviewed) for each in entries] == [
        ("1", False, False), ("2", True, True),
    ]  # fmt: skip
    assert (found.put_off, found.reviewed) == (1, {two})
    assert entries[1].row.reason == "资金未到位"
    found, entries = queue(office, START)
    assert (found.put_off, entries[0].row.reason, entries[0].reviewed) == (0, None, False)
    (entry,) = queue(office, text="number:2", put_off=True)[1]
    assert [why.reason for why in entry.reasons] == [Reason.REFUTED, Reason.BEHIND]
    undo(office)
    undo(office)
    assert numbers(office, START + timedelta(days=7)) == ["1", "2"]


def test_promises_and_putting_off(office, clock):
    id = add(office, 1, "1", status="behind")
    review(office, id, next_step="完成征地", next_on="2020-03-10")
    clock.move(4)
    (entry,) = queue(office)[1]
    assert entry.reasons[0].reason is Reason.BEHIND
    clock.move(1)
    (entry,) = queue(office)[1]
    assert (entry.reasons[0].reason, entry.reasons[0].days) == (Reason.PROMISE_PASSED, 1)
    review(office, id, put_off_until="2020-03-14")
    assert numbers(office) == []
    clock.move(3)
    assert numbers(office) == ["1"]


def test_what_needs_nobody_any_more_has_no_reasons(office):
    id = add(office, 1, "1", status="behind")
    found, _ = queue(office)
    put(office, id, status="completed")
    (entry,) = read_entries(office.reader(), found.query, found.ids)
    assert entry.reasons == ()
    undo(office)
    undo(office)
    assert read_entries(office.reader(), found.query, found.ids) == []


def test_every_review_leaves_its_day(office, clock):
    one, two = add(office, 1, "1", status="behind"), add(office, 1, "2", status="behind")
    receipt = review(office, one, two, reason="资金未到位", progress="30")
    assert receipt.changed == 2
    found, entries = queue(office)
    assert found.reviewed == {one, two}
    assert all(entry.reviewed for entry in entries)
    clock.move(7)
    assert queue(office, week=date(2020, 3, 7))[0].reviewed == set()
    assert review(office, one, reason="资金未到位").changed == 1
    assert item(office, one)["reviewed_on"] == "2020-03-13"
    assert queue(office, week=date(2020, 3, 7))[0].reviewed == {one}
    review(office, two, on=date(2020, 3, 10), status="on schedule", next_step="验收")
    (row,) = item_rows(office.reader(), [two])
    assert (row.status, row.since, row.reviewed_on) == ("on_schedule", "2020-03-10", "2020-03-10")
    undo(office)
    assert item(office, two)["reviewed_on"] == "2020-03-06"
    assert healthy(office)


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({}, "queue.nothing_said"),
        ({"reason": " "}, "queue.nothing_said_of"),
        ({"reason": "", "next_on": ""}, "queue.nothing_said_of"),
        ({"next_on": "2020-03-05"}, "queue.promise_before"),
        ({"put_off_until": "2020-03-06"}, "queue.put_off_before"),
        ({"next_on": "soon"}, "dates.unreadable"),
        ({"status": "并入"}, "item.merge_needs_target"),
        ({"status": "情况不明"}, "status.unknown"),
        ({"problem": "x"}, "change.no_field"),
    ],
)
def test_what_is_no_review(office, fields, key):
    id = add(office, 1, "1", status="behind")
    with pytest.raises(Problem) as caught:
        review(office, id, **fields)
    assert caught.value.key == key
    assert item(office, id)["reviewed_on"] is None


def test_what_was_kept_can_be_cleared(office):
    id = add(office, 1, "1", status="behind")
    review(office, id, reason="资金未到位", next_on="2020-03-06")
    review(office, id, reason="", next_on="", next_step="")
    assert item(office, id)["reason"] is None
    assert item(office, id)["next_on"] is None


def test_a_promise_counts_from_the_day_of_the_review(office, clock):
    id = add(office, 1, "1", status="behind")
    clock.move(7)
    review(office, id, on=START, next_on="2020-03-08")
    assert item(office, id)["next_on"] == "2020-03-08"


def test_somebody_else_was_faster(office):
    id = add(office, 1, "1", status="behind")
    review(office, id, reason="资金未到位")
    with pytest.raises(Stale):
        review(office, id, seen={id: 1}, reason="征地")


def escalate(ledger, step, region, *, items="", unit=None, programmes="1", **more):
    with ledger.batch("escalate") as writing:
        values = {"step": step, "region_id": region, "unit_id": unit, "programmes": programmes}
        values |= {"item_ids": items or None} | more
        return writing.draft.create(ESCALATION, values, ledger.today().isoformat())


def test_the_last_step_about_each_item(office, clock):
    regions = dict(office.reader().execute("SELECT name, id FROM region").fetchall())
    one = add(office, 1, "1", region="甲一东区", responsible="甲局")
    two = add(office, 1, "2", region="甲二市", responsible="甲局")
    other = add(office, 2, "1", region="甲一东区", responsible="乙局")
    (unit,) = office.reader().execute("SELECT id FROM unit WHERE name = '甲局'").fetchone()

    def taken(day=None):
        found = steps_taken(office.reader(), [one, two, other], day or office.today())
        return {id: step.step for id, step in found.items()}

    assert taken() == {}
    escalate(office, "summons", regions["甲一市"], issued="日前")
    assert taken() == {one: "summons"}
    clock.move(7)
    escalate(office, "reminder", regions["甲省"], unit=unit, issued_on="2020-03-10")
    assert taken() == {one: "reminder", two: "reminder"}
    escalate(office, "letter", regions["乙省"], items=f"{two},{other}", issued_on="2020-03-12",
             due_on="2020-03-20", answered_on="2020-03-18", answer="已答复")  # fmt: skip
    assert taken() == {one: "reminder", two: "letter", other: "letter"}
    assert taken(date(2020, 3, 11)) == {one: "reminder", two: "reminder"}
    assert taken(START) == {one: "summons"}
    for day, state in (("2020-03-18", "answered"), ("2020-03-17", "waiting")):
        on = date.fromisoformat(day)
        assert steps_taken(office.reader(), [two], on)[two].state(on) == state
    late = date(2020, 3, 21)
    undo(office)
    escalate(office, "letter", regions["乙省"], items=f"{two}", issued_on="2020-03-12",
             due_on="2020-03-20")  # fmt: skip
    assert steps_taken(office.reader(), [two], late)[two].state(late) == "late"
    assert steps_taken(office.reader(), [one], late)[one].state(late) == "taken"


def test_nobody_is_ahead_on_the_last_day(office, clock):
    id = add(office, 1, "1", status="not started", deadline="2020-03-13")
    steps(office, id, ("2020-05-01", "2020-03-01"))
    for differing in ({1: 1}, {}, {1: 1}):  # reported worse, in time, reported better
        assert disagreements(office.reader(), RollupQuery(office.today())) == differing
        clock.move(7 if office.today() == START else 1)


def test_what_the_schedule_says_of_one_item(office):
    id = add(office, 1, "1", status="on schedule", deadline="2020-02-01")
    judged = judge(item_detail(office.reader(), id), office.today())
    assert (judged.derived.state, judged.derived.days) == (State.OVERDUE, 34)
    assert judged.disagreement.direction is Direction.BETTER
    steps(office, id, ("2020-01-01", "已完成"), ("2020-01-15", ""))
    put(office, id, status="completed", deadline="长期坚持")
    judged = judge(item_detail(office.reader(), id), office.today())
    assert (judged.derived.state, judged.derived.days) == (State.BEHIND, 51)
    with office.batch("merge") as writing:
        merge_items(writing.draft, [id], Target(2))
    judged = judge(item_detail(office.reader(), id), office.today())
    assert (judged.derived.state, judged.disagreement) == (State.MERGED, None)
    assert numbers(office) == []
