"""Random weeks of an office, held against a ledger that is told in the simplest way."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naive import FROM_THEN_ON, UNTIL_NEXT
from naive_office import PROGRAMMES, REGIONS, Office

STATUSES = (
    "not_started", "on_schedule", "behind", "completed", "basically_completed", "ahead",
    "not_completed",
)  # fmt: skip
CASE_STATUSES = ("open", "interim", "closed")
DEADLINES = (
    ("2020年3月15日前", "due", "2020-03-15", None),
    ("2020年6月底前", "due", "2020-06-30", None),
    ("立行立改", "at_once", None, None),
    ("长期坚持", "continuous", None, None),
    ("", "none", None, None),
    ("2020年2月启动", "start_only", None, "2020-02-01"),
    ("2020年2月启动，2020年12月底前完成", "due", "2020-12-31", "2020-02-01"),
)
"""What is typed, and what is read of it: kind, day and start."""

ago = st.sampled_from([0, 0, 0, 1, 2, 10, 31, 45])
late = st.sampled_from([0, 0, 1, 2, 10, 31, 45])
later = st.sampled_from([None, None, FROM_THEN_ON, UNTIL_NEXT])
which = st.integers(0, 3)
region = st.sampled_from(REGIONS)
regions = st.lists(region, min_size=1, max_size=3, unique=True)
programme = st.sampled_from(PROGRAMMES)
unit = st.sampled_from(["", "甲局", "乙局"])
plan = {
    "deadline": st.sampled_from(DEADLINES),
    "start": st.sampled_from([None, -20, 0, 5, 40]),
    "region": region,
    "responsible": unit,
    "lead": unit,
    "supervising": unit,
}
told = {
    "status": st.sampled_from(STATUSES),
    "progress": st.sampled_from([None, 10, 90]),
    "note": st.sampled_from([None, "甲"]),
    "verification": st.sampled_from(["confirmed", "refuted"]),
}


def some_of(fields: dict[str, Any], most: int) -> st.SearchStrategy[dict[str, Any]]:
    """A few fields with values."""
    names = st.lists(st.sampled_from([*fields]), min_size=1, max_size=most, unique=True)
    return names.flatmap(lambda few: st.fixed_dictionaries({name: fields[name] for name in few}))


stage = st.sampled_from([None, "applied", "published", "struck", "struck"])
new_item = st.tuples(
    st.just("item"), programme, st.sampled_from(STATUSES), some_of(plan, 3), ago
)  # fmt: skip
day = st.sampled_from([None, None, 0, 1, 5, 20, 40])
days = st.tuples(day, day)
case_status = st.sampled_from(CASE_STATUSES)
new_case = st.tuples(st.just("case"), programme, regions, case_status, days, ago)
change = st.one_of(
    new_item,
    new_case,
    st.tuples(st.just("set"), which, some_of(told, 1), late, later),
    st.tuples(st.just("set"), which, some_of(plan, 1), late, later),
    st.tuples(st.just("set"), which, some_of(plan | told, 3), late, later),
    st.tuples(st.just("close"), which, stage, late, later),
    st.tuples(st.just("merge"), which, which, st.none(), late, later),
    st.tuples(st.just("merge"), which, which, programme, late, later),
    st.tuples(st.just("case_status"), which, st.none() | case_status, day, late, later),
    st.tuples(st.just("case_facts"), which, regions, day, ago),
)
step = st.one_of(
    st.tuples(st.just("batch"), st.lists(change, min_size=1, max_size=3)),
    st.tuples(st.just("batch"), st.lists(change, min_size=1, max_size=3)),
    st.tuples(st.just("clock"), st.sampled_from([1, 1, 7, 20, 33, -1, -9])),
    st.tuples(st.just("undo"), st.integers(0, 7)),
    st.tuples(st.sampled_from(["undo_last", "redo"])),
)
beginning = st.tuples(
    st.just("batch"), st.lists(st.one_of(new_item, new_case), min_size=2, max_size=4)
)


def again(name: str) -> st.SearchStrategy[list[Sequence[Any]]]:
    """Batches that say now this and now that of one field, some of them late."""
    one = st.tuples((plan | told)[name], late, later)
    return st.builds(
        lambda which, all: [
            ("batch", [("set", which, {name: value}, *rest)]) for value, *rest in all
        ],
        which,
        st.lists(one, min_size=2, max_size=4),
    )


def case_again() -> st.SearchStrategy[list[Sequence[Any]]]:
    one = st.tuples(case_status, day, late, later)
    return st.builds(
        lambda which, all: [("batch", [("case_status", which, *each)]) for each in all],
        which,
        st.lists(one, min_size=2, max_size=4),
    )


def closed_out() -> st.SearchStrategy[list[Sequence[Any]]]:
    """Steps of close-out of an item that is completed."""
    one = st.tuples(stage, late, later)
    return st.builds(
        lambda which, all: [
            ("batch", [("set", which, {"status": "completed"}, 45, None)]),
            *(("batch", [("close", which, *each)]) for each in all),
        ],
        which,
        st.lists(one, min_size=1, max_size=3),
    )


several = st.one_of(
    step.map(lambda one: [one]),
    step.map(lambda one: [one]),
    st.sampled_from([*plan, *told, "status"]).flatmap(again),
    case_again(),
    closed_out(),
)


def weeks(least: int, most: int) -> st.SearchStrategy[list[Sequence[Any]]]:
    more = st.lists(several, min_size=least, max_size=most)
    return st.builds(lambda one, more: [one, *chain(*more)], beginning, more)


def live_through(template: Path, steps: Sequence[Sequence[Any]], *, tries: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        shutil.copy(template, path)
        office = Office(path)
        try:
            for step in steps:
                office.do(step)
            office.compare(tries)
        finally:
            office.ledger.close()


@given(steps=weeks(4, 10))
@settings(max_examples=25)
def test_random_weeks(country_store: Path, steps: list[Sequence[Any]]) -> None:
    live_through(country_store, steps, tries=4)


@pytest.mark.journeys
@given(steps=weeks(4, 12))
@settings(max_examples=100)
def test_many_random_weeks(country_store: Path, steps: list[Sequence[Any]]) -> None:
    live_through(country_store, steps, tries=4)


@pytest.mark.campaign
@given(steps=weeks(0, 25))
@settings(max_examples=4000)
def test_random_months(country_store: Path, steps: list[Sequence[Any]]) -> None:
    live_through(country_store, steps, tries=20)
