"""What is told holds from a day: what is said later of another day leaves the answers alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from moving_clock import Clock

from rectify_tui.domain.filter_fields import CASE_FIELDS
from rectify_tui.domain.filter_text import parse_filter
from rectify_tui.domain.schedule import State
from rectify_tui.domain.status import CaseStatus
from rectify_tui.domain.timeline import Later
from rectify_tui.errors import Refusal
from rectify_tui.store.cases import CaseList, case_rows
from rectify_tui.store.commands.cases import add_case, set_cases
from rectify_tui.store.commands.items import add_item, merge_items, set_items
from rectify_tui.store.disagreements import disagreements
from rectify_tui.store.items import item_rows
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.listing import ListQuery
from rectify_tui.store.queue import QueueQuery, read_entries
from rectify_tui.store.references import Target, item_ids, target
from rectify_tui.store.regions import one_region
from rectify_tui.store.rollup_read import By, RollupQuery, read_rollup
from rectify_tui.store.undo import undo

TODAY = date(2026, 11, 30)
HLJ_2018 = 2
BORN = date(2019, 12, 31)


def day(number: int) -> date:
    return date(2020, 1, number)


@pytest.fixture(autouse=True)
def today(clock: Clock) -> date:
    clock.set(TODAY)
    return TODAY


def one(ledger: Ledger, ref: str) -> int:
    (id,) = item_ids(ledger.reader(), [ref])
    return id


def put(
    ledger: Ledger, id: int, fields: Mapping[str, str], on: date, later: Later | None = None
) -> None:
    with ledger.batch("set") as writing:
        set_items(writing.draft, [id], fields, on=on, later=later, correction=True)


def merge(ledger: Ledger, id: int, into: int, on: date, later: Later | None = None) -> None:
    with ledger.batch("merge") as writing:
        merge_items(writing.draft, [id], Target(HLJ_2018, into), on=on, later=later)


def refused(what: Any, *args: Any) -> str:
    """The key of a refusal, after which nothing was written."""
    ledger: Ledger = args[0]
    before = ledger.newest_batch()
    with pytest.raises(Refusal) as refusal:
        what(*args)
    assert ledger.newest_batch() == before
    return refusal.value.key


def seen(ledger: Ledger, id: int, name: str, *days: date) -> list[Any]:
    """What a field was on each of some days."""
    rows = (item_rows(ledger.reader(), [id], as_of=each) for each in days)
    return [getattr(row, name) for (row,) in rows]


# plans


def test_a_new_deadline_leaves_what_was_overdue_overdue(seeded: Ledger) -> None:
    id, then = one(seeded, "HLJ-2018/30"), date(2021, 2, 1)

    def told() -> list[Any]:
        connection = seeded.reader()
        query = QueueQuery(then, then - timedelta(days=6))
        (entry,) = read_entries(connection, query, [id])
        counts = [disagreements(connection, RollupQuery(then, by)) for by in By]
        return [entry.derived, [why.key for why in entry.reasons], entry.row, counts]

    before = told()
    assert (before[0].state, before[0].days) == (State.OVERDUE, 32)
    put(seeded, id, {"deadline": "2027年底前"}, date(2026, 11, 1))
    after = told()
    assert after[0] == before[0]
    assert after[1] == before[1]
    assert after[3] == before[3]
    assert after[2].due_on == "2020-12-31"
    assert seen(seeded, id, "due_on", then, date(2026, 10, 31), date(2026, 11, 1)) == [
        "2020-12-31", "2020-12-31", "2027-12-31",
    ]  # fmt: skip
    assert seen(seeded, id, "deadline", then, TODAY) == ["2020年底前", "2027年底前"]


def test_an_item_counts_where_it_was(seeded: Ledger) -> None:
    id, city = one(seeded, "HLJ-2018/30"), one_region(seeded.reader(), "230600").id

    def figures(as_of: date) -> list[Any]:
        connection = seeded.reader()
        queries = [RollupQuery(as_of, by, under_id=under) for by in By for under in (None, city)]
        return [
            (read_rollup(connection, each), disagreements(connection, each)) for each in queries
        ]

    then = date(2021, 2, 1)
    before, day_before = figures(then), figures(TODAY - timedelta(days=1))
    now = RollupQuery(TODAY, By.CITY, under_id=city)
    total = read_rollup(seeded.reader(), now).sum.total
    put(seeded, id, {"region": "230600", "responsible": "大庆市水务局"}, TODAY)
    assert figures(then) == before
    assert figures(TODAY - timedelta(days=1)) == day_before
    assert read_rollup(seeded.reader(), now).sum.total == total + 1
    units = read_rollup(seeded.reader(), RollupQuery(TODAY, By.UNIT)).rows
    assert next(row.tally.total for row in units if row.name == "大庆市水务局") == 1
    assert seen(seeded, id, "region", then, TODAY) == ["黑龙江省", "大庆市"]
    assert seen(seeded, id, "responsible", then, TODAY) == [None, "大庆市水务局"]


def test_what_an_item_was_entered_with_holds_from_its_first_day(seeded: Ledger) -> None:
    with seeded.batch("add") as writing:
        fields = {"region": "230600", "deadline": "2020年底前", "progress": "10"}
        id = add_item(writing.draft, HLJ_2018, "99", fields, on=day(20))
    put(seeded, id, {"status": "behind"}, day(10))
    assert seen(seeded, id, "status", day(10), day(20), TODAY) == ["behind"] * 3
    assert seen(seeded, id, "region", day(10), day(20)) == ["大庆市"] * 2
    assert seen(seeded, id, "due_on", day(10), day(20)) == ["2020-12-31"] * 2
    assert seen(seeded, id, "progress", day(10), day(20)) == [None, 10]
    put(seeded, id, {"region": "230100"}, day(15))
    assert seen(seeded, id, "region", day(14), day(15), TODAY) == ["大庆市", "哈尔滨市", "哈尔滨市"]


# what is said late


def test_what_else_was_said_of_a_later_day_has_to_be_decided(seeded: Ledger) -> None:
    id = one(seeded, "HLJ-2018/20")
    days = [day(n) for n in (9, 10, 14, 15, 20)]
    for on, progress in ((5, "10"), (15, "50"), (20, "80")):
        put(seeded, id, {"progress": progress}, day(on))
    assert refused(put, seeded, id, {"progress": "30"}, day(10)) == "change.later"
    put(seeded, id, {"note": "甲", "verification": "confirmed"}, day(10))  # of these nothing was
    put(seeded, id, {"progress": "30"}, day(10), Later.UNTIL_NEXT)
    assert seen(seeded, id, "progress", *days) == [10, 30, 30, 50, 80]
    put(seeded, id, {"progress": "40"}, day(10), Later.FROM_THEN_ON)
    assert seen(seeded, id, "progress", *days) == [10, 40, 40, 40, 40]
    undo(seeded)
    assert seen(seeded, id, "progress", *days) == [10, 30, 30, 50, 80]
    put(seeded, id, {"progress": "90"}, TODAY)
    assert seen(seeded, id, "progress", day(20), TODAY) == [80, 90]


def test_a_later_word_that_says_the_same_is_no_obstacle(seeded: Ledger) -> None:
    id = one(seeded, "HLJ-2018/20")
    put(seeded, id, {"progress": "50"}, day(15))
    put(seeded, id, {"progress": "50"}, day(10))
    assert seen(seeded, id, "progress", day(9), day(10), TODAY) == [None, 50, 50]


def test_the_entry_itself_moves_back(seeded: Ledger) -> None:
    id = one(seeded, "HLJ-2018/20")
    put(seeded, id, {"status": "completed", "deadline": "2021年底前"}, BORN - timedelta(days=10))
    days = BORN - timedelta(days=10), BORN, TODAY
    assert seen(seeded, id, "status", *days) == ["completed"] * 3
    assert seen(seeded, id, "due_on", *days) == ["2021-12-31"] * 3
    undo(seeded)
    assert seen(seeded, id, "status", BORN, TODAY) == ["on_schedule"] * 2
    assert seen(seeded, id, "due_on", BORN, TODAY) == ["2020-12-31"] * 2


def test_a_deadline_says_its_day_and_its_start_together(seeded: Ledger) -> None:
    id = one(seeded, "HLJ-2018/20")
    put(seeded, id, {"deadline": "2021年底前"}, day(15))
    new = {"deadline": "2020年3月启动，2022年底前完成"}
    assert refused(put, seeded, id, new, day(10)) == "change.later"
    put(seeded, id, new, day(10), Later.UNTIL_NEXT)
    days = day(9), day(10), day(14), day(15)
    assert seen(seeded, id, "due_on", *days) == [
        "2020-12-31", "2022-12-31", "2022-12-31", "2021-12-31",
    ]  # fmt: skip
    assert seen(seeded, id, "start_on", *days) == [None, "2020-03-01", "2020-03-01", None]
    put(seeded, id, new, day(10), Later.FROM_THEN_ON)
    assert seen(seeded, id, "due_on", *days, TODAY) == ["2020-12-31", *["2022-12-31"] * 4]


def test_a_state_is_replaced_or_left_as_a_whole(seeded: Ledger) -> None:
    id, into = one(seeded, "HLJ-2018/20"), one(seeded, "HLJ-2018/5")
    days = day(9), day(10), day(14), day(15)
    merge(seeded, id, into, day(15))
    assert refused(put, seeded, id, {"status": "behind"}, day(10)) == "change.later"
    put(seeded, id, {"status": "behind"}, day(10), Later.UNTIL_NEXT)
    assert seen(seeded, id, "status", *days) == ["on_schedule", "behind", "behind", "merged"]
    assert seen(seeded, id, "merged_into", *days) == [None, None, None, "HLJ-2018/5"]
    put(seeded, id, {"status": "completed"}, day(10), Later.FROM_THEN_ON)
    assert seen(seeded, id, "status", *days) == ["on_schedule", *["completed"] * 3]
    assert seen(seeded, id, "merged_into", *days, TODAY) == [None] * 5
    assert refused(merge, seeded, id, into, BORN) == "change.later"
    merge(seeded, id, into, BORN, Later.UNTIL_NEXT)
    assert seen(seeded, id, "merged_into", *days, TODAY) == ["HLJ-2018/5", None, None, None, None]


def test_no_day_has_a_circle_of_merges(seeded: Ledger) -> None:
    one_item, other = one(seeded, "HLJ-2018/20"), one(seeded, "HLJ-2018/21")
    merge(seeded, one_item, other, day(10))
    put(seeded, one_item, {"status": "completed"}, day(15))
    assert refused(merge, seeded, other, one_item, day(14)) == "merge.cycle"
    assert refused(merge, seeded, other, one_item, day(5)) == "merge.cycle"
    merge(seeded, other, one_item, day(15))
    assert refused(undo, seeded, seeded.newest_batch() - 1) == "merge.cycle"
    assert seen(seeded, other, "merged_into", day(14), day(15)) == [None, "HLJ-2018/20"]


def test_what_carried_an_item_on_is_that_of_the_day(seeded: Ledger) -> None:
    """Though it is merged today as well, into something else."""
    id = one(seeded, "HLJ-2018/20")
    merge(seeded, id, one(seeded, "HLJ-2018/5"), day(5))
    put(seeded, id, {"status": "behind"}, day(10))
    with seeded.batch("merge") as writing:
        into = target(writing.draft.connection, "HLJ-2016")
        merge_items(writing.draft, [id], into, on=day(20))
    days = day(5), day(10), day(20)
    assert seen(seeded, id, "merged_into", *days) == ["HLJ-2018/5", None, "HLJ-2016"]
    other = one(seeded, "HLJ-2018/5")
    assert refused(merge, seeded, other, id, day(5)) == "merge.cycle"


# cases


def case(ledger: Ledger, on: date, **fields: str) -> int:
    with ledger.batch("case") as writing:
        return add_case(writing.draft, HLJ_2018, "新1", fields, on=on)


def put_case(ledger: Ledger, id: int, on: date, later: Later | None = None, **fields: str) -> None:
    with ledger.batch("set") as writing:
        set_cases(writing.draft, [id], fields, on=on, later=later)


def spans(ledger: Ledger, id: int) -> dict[str, str]:
    """From when a case is counted under which status."""
    query = "SELECT from_on, status FROM status_span WHERE subject = 'case' AND subject_id = ?"
    found = dict(ledger.reader().execute(query + " ORDER BY from_on", [id]).fetchall())
    assert case_rows(ledger.reader(), [id])[0].since == max(found)
    return found


def test_a_case_counts_from_the_day_it_was_passed_on(seeded: Ledger) -> None:
    days = [date(2025, 4, 30), date(2025, 5, 1), date(2025, 5, 9), date(2025, 5, 10), TODAY]

    def counts(as_of: date) -> list[int]:
        tally = read_rollup(seeded.reader(), RollupQuery(as_of)).sum
        return [tally.cases[CaseStatus.OPEN], tally.cases[CaseStatus.CLOSED]]

    before = [counts(each) for each in days]
    id = case(seeded, TODAY, status="closed", passed_on="2025-05-01", closed_on="2025-05-10")
    assert spans(seeded, id) == {"2025-05-01": "open", "2025-05-10": "closed"}
    more = [[1, 0], [1, 0], [0, 1], [0, 1]]
    assert [
        [now - was for now, was in zip(counts(each), old, strict=True)]
        for each, old in zip(days, before, strict=True)
    ] == [[0, 0], *more]
    for as_of, found in zip(days, ("", "open", "open", "closed", "closed"), strict=True):
        for status in CaseStatus:
            wanted = parse_filter(f"no:新1 status:{status}", CASE_FIELDS, today=TODAY)
            listed = CaseList(seeded, ListQuery(wanted, as_of=as_of))
            assert listed.ids(0, 9) == ([id] if status == found else [])
    undo(seeded)
    assert [counts(each) for each in days] == before


@pytest.mark.parametrize(
    ("told", "passed", "expected"),
    [
        # what was said between is overtaken by an earlier closing that is learned of late
        ([(1, "open", ""), (5, "interim", ""), (20, "closed", "03")], "", {1: "open", 3: "closed"}),
        # but not one that was closed then, and is open again since
        ([(1, "open", ""), (10, "closed", "10"), (15, "open", ""), (20, "closed", "08")], "",
         {1: "open", 10: "closed", 15: "open", 20: "closed"}),
        # a closing after the day of which it was said
        ([(1, "interim", ""), (5, "closed", "09")], "", {1: "interim", 9: "closed"}),
        ([(5, "closed", "09")], "", {5: "open", 9: "closed"}),
        ([(5, "closed", "09"), (8, "interim", "")], "", {5: "closed", 8: "interim"}),
        # nothing before it was passed on, and it is open from then on
        ([(1, "open", ""), (5, "interim", ""), (20, "closed", "20")], "12",
         {12: "interim", 20: "closed"}),
        ([(20, "interim", "")], "12", {12: "open", 20: "interim"}),
        ([(20, "closed", "08")], "12", {12: "closed"}),
    ],
)  # fmt: skip
def test_a_case_is_closed_from_the_day_of_closing(
    seeded: Ledger, told: list[tuple[int, str, str]], passed: str, expected: dict[int, str]
) -> None:
    def fields(status: str, closed: str) -> dict[str, str]:
        return {"status": status, "closed_on": closed and f"2020-01-{closed}"}

    (on, *first), *rest = told
    entered = fields(*first) | {"passed_on": passed and f"2020-01-{passed}"}
    id = case(seeded, day(on), **entered)
    for on, *state in rest:
        put_case(seeded, id, day(on), **fields(*state))
    assert spans(seeded, id) == {f"{day(since)}": status for since, status in expected.items()}


def test_a_case_asks_as_an_item_does(seeded: Ledger) -> None:
    id = case(seeded, day(5), status="open")
    put_case(seeded, id, day(15), status="closed")

    def late(later: Later | None = None) -> None:
        put_case(seeded, id, day(10), later, status="interim")

    with pytest.raises(Refusal, match=r"change\.later"):
        late()
    late(Later.UNTIL_NEXT)
    found = {f"{day(5)}": "open", f"{day(10)}": "interim", f"{day(15)}": "closed"}
    assert spans(seeded, id) == found
    undo(seeded)
    late(Later.FROM_THEN_ON)
    assert spans(seeded, id) == {f"{day(5)}": "open", f"{day(10)}": "interim"}
    assert case_rows(seeded.reader(), [id])[0].closed_on is None
    put_case(seeded, id, day(3), Later.FROM_THEN_ON, status="closed")
    assert spans(seeded, id) == {f"{day(3)}": "closed"}
    (row,) = case_rows(seeded.reader(), [id])
    assert (row.status, row.closed_on) == ("closed", f"{day(3)}")
