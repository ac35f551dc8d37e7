"""Random weeks of an office, held against a ledger that is told in the simplest way."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naive_office import PROGRAMMES, REGIONS, Office

STATUSES = (
    "not_started", "on_schedule", "behind", "completed", "basically_completed", "ahead",
    "not_completed",
)  # fmt: skip
CASE_STATUSES = ("open", "interim", "closed")
DATED = (
    ("progress", "10", 10), ("progress", "90", 90), ("progress", "", None), ("note", "甲", "甲"),
    ("note", "", None), ("verification", "confirmed", "confirmed"),
    ("verification", "refuted", "refuted"),
)  # fmt: skip

ago = st.sampled_from([0, 0, 0, 1, 2, 10, 31, 45])
which = st.integers(0, 7)
region = st.sampled_from(REGIONS)
regions = st.lists(region, min_size=1, max_size=3, unique=True)
programme = st.sampled_from(PROGRAMMES)
start = st.sampled_from([None, None, -20, 0, 5, 40])

new_item = st.tuples(st.just("item"), programme, region, st.sampled_from(STATUSES), start, ago)
new_case = st.tuples(st.just("case"), programme, regions, st.sampled_from(CASE_STATUSES), ago)
change = st.one_of(
    new_item,
    new_case,
    st.tuples(st.just("status"), which, st.sampled_from(STATUSES), ago),
    st.tuples(st.just("merge"), which, which, ago),
    st.tuples(st.just("merge_into_programme"), which, programme, ago),
    st.tuples(st.just("dated"), which, st.sampled_from(DATED), ago),
    st.tuples(st.just("region"), which, region, ago),
    st.tuples(st.just("unit"), which, st.sampled_from(["", "甲局", "乙局"])),
    st.tuples(st.just("start"), which, start),
    st.tuples(st.just("case_status"), which, st.sampled_from(CASE_STATUSES), ago),
    st.tuples(st.just("case_regions"), which, regions, ago),
)
step = st.one_of(
    st.tuples(st.just("batch"), st.lists(change, min_size=1, max_size=3)),
    st.tuples(st.just("batch"), st.lists(change, min_size=1, max_size=3)),
    st.tuples(st.just("clock"), st.sampled_from([1, 1, 7, 20, 33, -1, -9])),
    st.tuples(st.just("undo"), which),
    st.tuples(st.sampled_from(["undo_last", "redo"])),
)
beginning = st.tuples(st.just("batch"), st.lists(st.one_of(new_item, new_case), min_size=2))
steps = st.builds(lambda one, more: [one, *more], beginning, st.lists(step, max_size=14))


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


@given(steps=steps)
@settings(max_examples=100)
def test_random_weeks(country_store: Path, steps: list[Sequence[Any]]) -> None:
    live_through(country_store, steps, tries=8)


@pytest.mark.campaign
@given(steps=st.builds(lambda one, more: [one, *more], beginning, st.lists(step, max_size=40)))
@settings(max_examples=4000)
def test_random_months(country_store: Path, steps: list[Sequence[Any]]) -> None:
    live_through(country_store, steps, tries=20)
