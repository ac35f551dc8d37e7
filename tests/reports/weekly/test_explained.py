"""Whatever happens to the ledger, the list of changes explains the difference of the figures."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from moving_clock import Clock
from office import Office

from rectify_tui.domain.status import Status
from rectify_tui.errors import Problem
from rectify_tui.reports.weekly.changes import group_of
from rectify_tui.reports.weekly.compare import compare_two, compare_with_now, figures_of
from rectify_tui.reports.weekly.freeze import all_frozen, published
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.status_changes import Moment, status_changes
from rectify_tui.store.undo import undo

NUMBERS = st.integers(1, 8).map("HLJ/{}".format)
BACK = st.integers(0, 12)
STATUSES = st.sampled_from([status for status in Status if status is not Status.MERGED])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), NUMBERS, STATUSES, BACK),
        st.tuples(st.just("start"), NUMBERS, st.integers(-12, 12)),
        st.tuples(st.just("merge"), NUMBERS, NUMBERS, BACK),
        st.tuples(st.just("add"), NUMBERS, STATUSES, BACK),
        st.tuples(st.just("undo")),
        st.tuples(st.just("wait"), st.integers(1, 5)),
        st.tuples(st.just("freeze")),
    ),
    min_size=4,
    max_size=24,
)


def take(office: Office, step: tuple) -> None:
    today = office.clock.today
    match step:
        case "put", ref, status, back:
            on = (today - timedelta(days=back)).isoformat()
            office.put(ref, status=status.value, on=on)
        case "start", ref, ahead:
            office.put(ref, start=(today + timedelta(days=ahead)).isoformat())
        case "merge", ref, into, back:
            office.merge(ref, into, on=(today - timedelta(days=back)).isoformat())
        case "add", ref, status, back:
            on = (today - timedelta(days=back)).isoformat()
            office.item(ref, on=on, region="大庆市", status=status.value)
        case ("undo",):
            undo(office.ledger)
        case "wait", days:
            office.clock.move(days)
        case ("freeze",):
            office.freeze()


@pytest.mark.journeys
@settings(max_examples=40)
@given(STEPS)
def test_changes_explain_the_figures(office_store, steps):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "office.db"
        shutil.copy(office_store, path)
        clock = Clock(date(2020, 3, 6))
        ledger = Ledger(path, clock=clock)
        office = Office(ledger, clock)
        office.freeze()
        try:
            for step in steps:
                with suppress(Problem):  # what cannot be done is refused, and nothing happens
                    take(office, step)
                office.build()  # raises where the changes do not explain the figures
            compare_all(office)
        finally:
            ledger.close()


def compare_all(office: Office) -> None:
    connection = office.ledger.reader()
    frozen = list(all_frozen(connection))
    for one in frozen:
        assert published(one).digest == one.digest
        told = compare_with_now(connection, one)
        groups = {each.figure for each in told.figures if each.figure in list(Status)}
        assert told.items or not groups
        for other in frozen:
            compare_two(connection, one, other)
            assert by_group(connection, one, other) == difference(one, other)


def by_group(connection, one, other) -> Counter:
    """What items moved out of and into each group between two frozen reports."""
    moments = [Moment(date.fromisoformat(each.cutoff), each.head_seq) for each in (one, other)]
    found: Counter = Counter()
    for move in status_changes(connection, *moments):
        for status, sign in ((move.before, -1), (move.after, 1)):
            if status is not None:
                found[group_of(status)] += sign
    return clean(found)


def difference(one, other) -> Counter:
    """The same from the figures that were kept."""
    found: Counter = Counter()
    for report, sign in ((one, -1), (other, 1)):
        for line in figures_of(report).programmes:
            for group, n in line.tally.groups.items():
                found[group] += sign * n
    return clean(found)


def clean(counts: Counter) -> Counter:
    return Counter({key: n for key, n in counts.items() if n})
