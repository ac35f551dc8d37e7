"""Replaying history, and counting what it tells."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.timeline import (
    NOT_STARTED_DUE,
    STATE,
    Row,
    Value,
    counted,
    decode,
    differences,
    encode,
    later_words,
    live_rows,
    put,
    replay,
    status_on,
    value_on,
)

BORN = {"status": "not_started", "progress": None, "note": "初", "region_id": 1}


def born(on: str = "2020-01-10", **values: Value) -> Row:
    return Row(1, "", None, json.dumps(BORN | values), on, None)


def row(seq: int, name: str, new: Value, on: str) -> Row:
    return Row(seq, name, None, encode(new), on, None)


def taken(seq: int, back: Row) -> Row:
    return Row(seq, back.field, back.new, back.old, back.effective_on, back.seq)


days = st.integers(0, 30).map(lambda n: (date(2020, 1, 1) + timedelta(n)).isoformat())
statuses = st.sampled_from(["not_started", "on_schedule", "behind", "completed"])
timelines = st.lists(st.tuples(days, statuses), min_size=1, max_size=8)


def told(changes: list[tuple[str, str]], since: str = "2020-01-10") -> list[Row]:
    return [born(since)] + [row(n, "status", s, on) for n, (on, s) in enumerate(changes, 2)]


def day_by_day(changes: list[tuple[str, str]], day: str) -> str | None:
    """The status on a day: of what holds from that day or before, the latest day's last word."""
    before = [(on, n, s) for n, (on, s) in enumerate(changes) if on <= day]
    return max(before)[2] if before else None


# values


@pytest.mark.parametrize("value", ["", "未完成", '"', "a\nb", 0, 7, 1.5, None])
def test_a_value_comes_back_from_history(value: Value) -> None:
    assert decode(encode(value)) == value


# replay


def test_no_history_is_no_record() -> None:
    assert replay([]) is None
    assert replay([row(2, "note", "x", "2020-01-01")]) is None


def test_a_record_as_it_was_entered() -> None:
    found = replay([born()])
    assert found is not None
    assert {name: found.values[name] for name in BORN} == BORN
    assert set(found.values.values()) == set(BORN.values())  # of the rest nothing was said
    assert found.timeline == (("2020-01-10", "not_started"),)
    assert replay([born()], as_of="2020-01-09") is None
    assert replay([born()], as_of="2020-01-10") == found


def test_a_dated_change_holds_from_its_date_on() -> None:
    rows = [born(), row(2, "note", "二", "2020-02-01"), row(3, "note", "三", "2020-01-20")]
    now = replay(rows)
    then = replay(rows, as_of="2020-01-31")
    assert now is not None
    assert then is not None
    assert (now.values["note"], then.values["note"]) == ("二", "三")
    assert [value_on(rows, "note", f"2020-01-{day}") for day in ("09", "10", "19", "20")] == [
        None, "初", "初", "三",
    ]  # fmt: skip


def test_a_plain_fact_corrects_the_past_too() -> None:
    rows = [born(), row(2, "problem", "五", "2020-03-01"), row(3, "problem", "六", "2020-02-01")]
    then = replay(rows, as_of="2020-01-15")
    assert then is not None
    assert then.values["problem"] == "六"


def test_an_item_lies_where_it_was_entered_until_it_is_moved_and_from_its_first_day() -> None:
    rows = [born(), row(2, "region_id", 5, "2020-03-01"), row(3, "status", "behind", "2020-01-05")]
    days = ("2020-01-06", "2020-02-29", "2020-03-01")
    then = [replay(rows, as_of=day) for day in days]
    assert [it and it.values["region_id"] for it in then] == [1, 1, 5]
    now = replay(rows)
    assert now is not None
    assert [day for day, _ in now.assignments] == ["2020-01-05", "2020-03-01"]


def test_of_two_changes_on_a_day_the_later_word_counts() -> None:
    found = replay(told([("2020-01-20", "behind"), ("2020-01-20", "completed")]))
    assert found is not None
    assert found.values["status"] == "completed"
    assert found.timeline[-1] == ("2020-01-20", "completed")


def test_a_status_may_be_told_of_days_before_the_record_was_entered() -> None:
    rows = [*told([("2020-01-05", "behind")]), row(3, "note", "早", "2020-01-06")]
    found = replay(rows)
    assert found is not None
    assert found.timeline == (("2020-01-05", "behind"), ("2020-01-10", "not_started"))
    assert (found.values["status"], found.values["note"]) == ("not_started", "初")
    early = replay(rows, as_of="2020-01-07")
    assert early is not None
    assert (early.values["status"], early.values["note"]) == ("behind", "早")
    assert early.values["region_id"] == 1
    assert replay(rows, as_of="2020-01-04") is None


@given(timelines, days)
def test_the_status_of_every_day(changes: list[tuple[str, str]], day: str) -> None:
    entered = ("2020-01-10", "not_started")
    rows = told(changes)
    found = replay(rows)
    assert found is not None
    expected = day_by_day([entered, *changes], day)
    assert status_on(found.timeline, day) == expected
    assert value_on(rows, "status", day) == expected
    then = replay(rows, as_of=day)
    assert (then and then.values["status"]) == expected
    assert found.values["status"] == day_by_day([entered, *changes], "9999-12-31")


@given(timelines)
def test_a_timeline_rises_and_never_repeats_itself(changes: list[tuple[str, str]]) -> None:
    found = replay(told(changes))
    assert found is not None
    for (before, one), (after, other) in pairwise(found.timeline):
        assert before < after
        assert one != other


@given(timelines)
def test_entries_in_the_order_of_days_may_be_put_one_by_one(
    changes: list[tuple[str, str]],
) -> None:
    changes = sorted(changes, key=lambda entry: entry[0])
    timeline = (("2020-01-01", "not_started"),)
    for on, status in changes:
        timeline = put(timeline, on, status)
    found = replay(told(changes, "2020-01-01"))
    assert found is not None
    assert timeline == found.timeline


# taking back


def test_what_is_taken_back_counts_for_nothing_until_it_is_brought_again() -> None:
    rows = told([("2020-01-20", "behind"), ("2020-02-01", "completed")])
    back = taken(4, rows[2])
    again = taken(5, back)
    assert [found.seq for found in live_rows([*rows, back])] == [1, 2]
    assert [found.seq for found in live_rows([*rows, back, again])] == [1, 2, 3]
    assert replay([*rows, back]) == replay(rows[:2])
    assert replay([*rows, back, again]) == replay(rows)
    assert replay([*rows, taken(4, rows[0])]) is None


@given(st.lists(st.integers(0, 30), max_size=12))
def test_what_is_alive_is_told_from_the_newest_row_back(choices: list[int]) -> None:
    rows = told([("2020-01-20", "behind"), ("2020-02-01", "completed")])
    for choice in choices:
        rows.append(taken(len(rows) + 1, rows[choice % len(rows)]))

    def alive(found: Row) -> bool:
        return not any(later.retracts == found.seq and alive(later) for later in rows)

    assert live_rows(rows) == [found for found in rows if found.retracts is None and alive(found)]


# what goes with a status


def test_on_which_later_days_something_else_was_said() -> None:
    rows = [
        born(merged_item_id=None),
        row(2, "status", "merged", "2020-01-20"),
        row(3, "note", "x", "2020-01-25"),
        row(4, "merged_item_id", 8, "2020-02-01"),
    ]
    assert later_words(rows, STATE, "2020-01-05") == {
        "2020-01-10": True, "2020-01-20": False, "2020-02-01": False,
    }  # fmt: skip
    assert later_words([*rows, taken(5, rows[3])], STATE, "2020-01-20") == {}
    assert later_words(rows, frozenset({"note"}), "2020-01-10") == {"2020-01-25": False}


# counting


def test_not_started_is_behind_from_the_day_its_start_is_due() -> None:
    entries = (("2020-01-10", "not_started"), ("2020-02-01", "behind"))
    assert counted(entries, None) == entries
    assert counted(entries, "2020-02-01") == entries
    assert counted(entries, "2020-01-10") == (
        ("2020-01-10", NOT_STARTED_DUE), ("2020-02-01", "behind"),
    )  # fmt: skip
    assert counted(entries, "2020-01-20") == (
        ("2020-01-10", "not_started"), ("2020-01-20", NOT_STARTED_DUE), ("2020-02-01", "behind"),
    )  # fmt: skip
    assert counted((("2020-01-10", "behind"),), "2020-01-20") == (("2020-01-10", "behind"),)


@given(timelines, st.none() | days, days)
def test_counts_by_day(changes: list[tuple[str, str]], start: str | None, day: str) -> None:
    found = replay(told(changes))
    assert found is not None
    sums: Counter[str] = Counter()
    for on, status, n in differences(counted(found.timeline, start)):
        if on <= day:
            sums[status] += n
    status = status_on(found.timeline, day)
    if status == "not_started" and start is not None and start <= day:
        status = NOT_STARTED_DUE
    assert {s: n for s, n in sums.items() if n} == ({status: 1} if status else {})
