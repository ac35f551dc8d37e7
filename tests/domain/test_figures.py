"""Counts become figures that add up, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.figures import Count
from rectify_tui.domain.status import GROUP_OF, CaseStatus, Group, Status
from rectify_tui.domain.timeline import NOT_STARTED_DUE
from rectify_tui.errors import Refusal


def count(**items: int) -> Count:
    found = Count()
    for status, n in items.items():
        found.add("item", status, n)
    return found


def test_the_first_plan_of_the_seed() -> None:
    tally = count(completed=24, on_schedule=7, not_completed=1, merged=24).tally(across=False)
    assert tally.total == 56
    assert tally.carried == 0
    assert tally.groups == {
        Group.COMPLETED: 24, Group.ON_SCHEDULE: 7, Group.BEHIND: 1, Group.MERGED: 24,
        Group.UNCLEAR: 0,
    }  # fmt: skip
    assert tally.completion_rate == pytest.approx(24 / 56)


def test_across_programmes_a_merged_item_counts_where_it_is_carried_on() -> None:
    tally = count(completed=24, on_schedule=7, not_completed=1, merged=24).tally(across=True)
    assert (tally.total, tally.carried, tally.statuses[Status.MERGED]) == (32, 24, 0)
    assert tally.groups[Group.MERGED] == 0
    assert tally.completion_rate == pytest.approx(24 / 32)


def test_basically_completed_counts_as_completed() -> None:
    tally = count(completed=7, basically_completed=12, on_schedule=38, behind=3).tally(across=False)
    assert tally.groups[Group.COMPLETED] == 19
    assert tally.completion_rate == pytest.approx(19 / 60)


def test_not_started_is_behind_once_its_start_is_due() -> None:
    tally = count(not_started=3, **{NOT_STARTED_DUE: 2}).tally(across=False)
    assert tally.statuses[Status.NOT_STARTED] == 5
    assert (tally.groups[Group.ON_SCHEDULE], tally.groups[Group.BEHIND]) == (3, 2)


def test_what_says_nothing_of_the_schedule_is_counted_beside_the_four_groups() -> None:
    tally = count(completed=4, on_schedule=3, behind=2, merged=1, in_progress=5).tally(across=False)
    assert tally.groups[Group.UNCLEAR] == 5
    assert sum(tally.groups.values()) == sum(tally.statuses.values()) == tally.total == 15
    assert tally.open == 10


def test_cases_are_counted_beside_items() -> None:
    found = count(completed=1)
    for status, n in (("closed", 4347), ("open", 30), ("open", 10)):
        found.add("case", status, n)
    tally = found.tally(across=False)
    assert (tally.total, tally.cases_total) == (1, 4387)
    assert tally.cases == {CaseStatus.CLOSED: 4347, CaseStatus.INTERIM: 0, CaseStatus.OPEN: 40}
    assert tally.case_closure_rate == pytest.approx(4347 / 4387)


def test_nothing_has_no_rate() -> None:
    tally = Count().tally(across=True)
    assert (tally.total, tally.cases_total) == (0, 0)
    assert tally.completion_rate is None
    assert tally.case_closure_rate is None
    assert count(merged=3).tally(across=True).completion_rate is None


@pytest.mark.parametrize("across", [True, False])
@pytest.mark.parametrize("status", [*Status, NOT_STARTED_DUE])
def test_a_count_below_zero_is_never_a_figure(status: str, across: bool) -> None:
    found = count(completed=5, on_schedule=5)
    found.add("item", status, -6)
    with pytest.raises(Refusal) as caught:
        found.tally(across=across)
    assert caught.value.key == "rollup.below_zero"
    case = Count()
    case.add("case", "open", -1)
    with pytest.raises(Refusal):
        case.tally(across=across)


@given(
    st.lists(st.tuples(st.sampled_from([*Status, NOT_STARTED_DUE]), st.integers(0, 50))),
    st.booleans(),
)
def test_the_parts_add_up_to_the_total(counts: list[tuple[str, int]], across: bool) -> None:
    found = Count()
    for status, n in counts:
        found.add("item", status, n)
    tally = found.tally(across=across)
    assert sum(tally.statuses.values()) == sum(tally.groups.values()) == tally.total
    assert tally.total + tally.carried == sum(n for _, n in counts)
    due = sum(n for status, n in counts if status == NOT_STARTED_DUE)
    for group in Group:
        plain = sum(n for status, n in tally.statuses.items() if GROUP_OF[status] is group)
        moved = {Group.ON_SCHEDULE: -due, Group.BEHIND: due}.get(group, 0)
        assert tally.groups[group] == plain + moved
