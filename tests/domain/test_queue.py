"""Who is in the coordinator's queue, why, and in which order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.domain.queue import (
    RULE,
    Candidate,
    Entry,
    Reason,
    entry_of,
    urgency,
)
from rectify_tui.domain.schedule import Plan, Step, coming, derive
from rectify_tui.domain.status import Status, Verification
from rectify_tui.i18n import LANGUAGES, Language
from tests.queue_of import queue_of

TODAY = date(2020, 5, 10)
NO_END = Plan(DeadlineKind.CONTINUOUS)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def due(days: int) -> Plan:
    """A plan that falls due in so many days, or fell due so many ago where below zero."""
    return Plan(DeadlineKind.DUE, ago(-days))


def step(days: int) -> Plan:
    """A plan that has time, with a milestone in so many days."""
    return Plan(DeadlineKind.DUE, date(2020, 12, 31), milestones=(Step("通水", ago(-days)),))


def item(
    ref: str,
    plan: Plan,
    reported: Status = Status.ON_SCHEDULE,
    *,
    verification: Verification = Verification.UNVERIFIED,
    since: date | None = None,
    promised: date | None = None,
    put_off: date | None = None,
) -> Candidate:
    return Candidate(
        ref, reported, derive(plan, reported, None, TODAY, status_on=since),
        coming(plan, reported, TODAY), verification, since, promised, put_off,
    )  # fmt: skip


def entry(*args, **more) -> Entry:
    found = entry_of(item("HLJ-2018/1", *args, **more), TODAY)
    assert found is not None
    return found


REFUTED = Verification.REFUTED


@pytest.mark.parametrize(
    ("plan", "reported", "more", "expected"),
    [
        (due(40), Status.ON_SCHEDULE, {}, ""),
        (due(31), Status.ON_SCHEDULE, {}, ""),
        (due(30), Status.ON_SCHEDULE, {}, "due_30 30"),
        (due(8), Status.ON_SCHEDULE, {}, "due_30 8"),
        (due(7), Status.ON_SCHEDULE, {}, "due_7 7"),
        (due(2), Status.ON_SCHEDULE, {}, "due_7 2"),
        (due(1), Status.ON_SCHEDULE, {}, "due_1 1"),
        (due(0), Status.ON_SCHEDULE, {}, "due_1 0"),
        (due(0), Status.BASICALLY_COMPLETED, {}, "due_1 0"),
        (due(0), Status.COMPLETED, {}, ""),
        (due(200), Status.IN_PROGRESS, {}, "unclear 0"),
        (due(200), Status.IN_PROGRESS, {"since": ago(12)}, "unclear 12"),
        (due(5), Status.IN_PROGRESS, {"since": ago(12)}, "due_7 5, unclear 12"),
        (due(-40), Status.IN_PROGRESS, {"since": ago(12)}, "overdue 40, unclear 12"),
        (NO_END, Status.IN_PROGRESS, {}, "unclear 0"),
        (due(0), Status.MERGED, {"verification": REFUTED, "promised": ago(9)}, ""),
        (due(-1), Status.NOT_COMPLETED, {}, "overdue 1"),
        (due(-1), Status.ON_SCHEDULE, {}, "overdue 1, disagreeing 1"),
        (due(-40), Status.BASICALLY_COMPLETED, {}, "disagreeing 40"),
        (due(-40), Status.COMPLETED, {}, ""),
        (step(-40), Status.BEHIND, {}, "behind 40"),
        (step(-40), Status.AHEAD, {}, "behind 40, disagreeing 40"),
        (step(-40), Status.COMPLETED, {}, "disagreeing 40"),
        (step(5), Status.ON_SCHEDULE, {}, "due_7 5"),
        (step(5), Status.COMPLETED, {}, "disagreeing 0"),
        (due(200), Status.BEHIND, {}, "behind 0, disagreeing 0"),
        (due(200), Status.BEHIND, {"since": ago(12)}, "behind 12, disagreeing 0"),
        (due(5), Status.BEHIND, {"since": ago(12)}, "behind 12, disagreeing 0, due_7 5"),
        (NO_END, Status.BEHIND, {"since": ago(12)}, "behind 12"),
        (NO_END, Status.ON_SCHEDULE, {}, ""),
        (NO_END, Status.ON_SCHEDULE, {"promised": TODAY}, ""),
        (NO_END, Status.ON_SCHEDULE, {"promised": ago(1)}, "promise_passed 1"),
        (NO_END, Status.COMPLETED, {"promised": ago(1)}, ""),
        (NO_END, Status.BASICALLY_COMPLETED, {"promised": ago(1)}, "promise_passed 1"),
        (NO_END, Status.COMPLETED, {"verification": REFUTED}, "refuted 0"),
        (NO_END, Status.COMPLETED, {"verification": Verification.CONFIRMED}, ""),
        (NO_END, Status.ON_SCHEDULE, {"verification": REFUTED}, "refuted 0"),
        (due(-3), Status.BEHIND, {"verification": REFUTED, "promised": ago(2)},
         "refuted 3, promise_passed 2, overdue 3"),
        (Plan(DeadlineKind.AT_ONCE), Status.ON_SCHEDULE, {}, "at_once 0"),
        (Plan(DeadlineKind.AT_ONCE), Status.COMPLETED, {}, ""),
        (Plan(DeadlineKind.UNREADABLE), Status.ON_SCHEDULE, {}, ""),
        (Plan(DeadlineKind.START_ONLY, start_on=ago(-1)), Status.NOT_STARTED, {}, "due_1 1"),
        (Plan(DeadlineKind.START_ONLY, start_on=TODAY), Status.NOT_STARTED, {}, "behind 0"),
        (Plan(DeadlineKind.START_ONLY, start_on=ago(9)), Status.NOT_STARTED, {}, "behind 9"),
    ],
)  # fmt: skip
def test_reasons(plan: Plan, reported: Status, more: dict[str, object], expected: str) -> None:
    found = entry_of(item("HLJ-2018/1", plan, reported, **more), TODAY)
    reasons = found.reasons if found else ()
    assert ", ".join(f"{why.reason} {why.days}" for why in reasons) == expected
    for why in reasons:
        for code in LANGUAGES:
            t = Language(code)
            assert "None" not in t(why.key, **why.params)
            assert t(f"schedule.queue.reason.{why.reason}")


ORDER = [
    item("A/1", NO_END, Status.COMPLETED, verification=REFUTED),
    item("A/3", NO_END, Status.BASICALLY_COMPLETED, verification=REFUTED),
    item("A/2", due(-9), Status.NOT_COMPLETED, verification=REFUTED),
    item("A/4", NO_END, verification=REFUTED, promised=ago(500)),
    item("A/12", due(-300), promised=ago(20)),
    item("A/9", NO_END, promised=ago(3)),
    item("A/8", due(-301)),
    item("A/5", due(-300)),
    item("A/6", due(-2), Status.NOT_COMPLETED),
    item("A/7", step(-40)),
    item("A/10", NO_END, Status.BEHIND, since=ago(39)),
    item("A/11", step(-1)),
    item("A/13", due(-400), Status.BASICALLY_COMPLETED),
    item("A/14", step(-40), Status.COMPLETED),
    item("A/15", step(40), Status.COMPLETED),
    item("A/16", Plan(DeadlineKind.AT_ONCE)),
    item("A/20", due(0)),
    item("A/2-1", due(1)),
    item("A/2-10", due(1)),
    item("A/17", due(1)),
    item("B/1", due(1)),
    item("A/18", due(7)),
    item("A/19", due(30)),
]


@given(st.permutations(ORDER))
def test_the_order(items: list[Candidate]) -> None:
    found = queue_of(items, TODAY)
    assert [each.candidate.ref for each in found.entries] == [each.ref for each in ORDER]
    assert found.put_off == ()


def test_reported_better_stands_before_reported_worse() -> None:
    worse = entry(due(200), Status.BEHIND, since=ago(90))
    better = entry(step(200), Status.COMPLETED)
    assert urgency(better) > urgency(worse)  # the second is behind, by what it reports
    differing = [
        each._replace(reasons=tuple(w for w in each.reasons if w.reason is Reason.DISAGREEING))
        for each in (worse, better)
    ]
    assert urgency(differing[1]) < urgency(differing[0])


def test_what_is_put_off_is_hidden_until_its_day() -> None:
    items = [
        item("A/1", due(-3), put_off=ago(-1)),
        item("A/2", due(-3), put_off=TODAY),
        item("A/3", due(-3), put_off=ago(1)),
        item("A/4", due(-4), put_off=ago(-9)),
        item("A/5", NO_END, put_off=ago(-9)),
    ]
    found = queue_of(items, TODAY)
    assert [each.candidate.ref for each in found.entries] == ["A/2", "A/3"]
    assert [each.candidate.ref for each in found.put_off] == ["A/4", "A/1"]


def test_numbers_stand_in_natural_order_and_no_two_are_equal() -> None:
    refs = ["A/2", "A/02", "A/10", "A-1/1", "B/1"]
    found = queue_of([item(ref, due(0)) for ref in refs], TODAY)
    assert [each.candidate.ref for each in found.entries] == ["A/02", "A/2", "A/10", "A-1/1", "B/1"]
    assert len({urgency(each) for each in found.entries}) == len(refs)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_rule_told_to_users_names_every_reason_in_its_order(code: str) -> None:
    words = {
        "zh": ["不属实", "下一步", "超期", "滞后（", "不符", "立行立改", "1 天", "7 天", "30 天",
               "只报正在整改", "销号久等"],
        "en": ["refuted", "promise", "overdue", "behind (", "disagree", "due at once", "within 1",
               " 7 ", "30 days", "in progress", "close-out"],
    }  # fmt: skip
    rule = Language(code)(RULE)
    places = [rule.index(word) for word in words[code]]
    assert len(places) == len(Reason)
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (entry(NO_END, Status.COMPLETED, verification=REFUTED), "上报“已完成”，现场核实不属实"),
        (entry(NO_END, promised=ago(3)), "下一步答应 2020-05-07 完成，已过 3 天"),
        (entry(NO_END, Status.BEHIND, since=ago(9)), "2020-05-01 起上报“未达序时进度”，已 9 天"),
        (entry(NO_END, Status.BEHIND), "上报“未达序时进度”"),
        (entry(due(-9)), "应于 2020-05-01 完成，已过 9 天"),
        (entry(step(5)), "时间节点“通水”应于 2020-05-15 完成，还有 5 天"),
    ],
)
def test_a_reason_is_a_sentence(found: Entry, expected: str) -> None:
    assert Language("zh")(found.first.key, **found.first.params) == expected


DATES = st.none() | st.dates(ago(400), ago(-400))
PLANS = st.builds(
    Plan,
    st.sampled_from(DeadlineKind),
    DATES,
    DATES,
    st.lists(st.builds(Step, st.just("x"), DATES, DATES, st.booleans()), max_size=3).map(tuple),
    DATES,
)
ITEMS = st.builds(
    item,
    st.text("AB/12-", min_size=1, max_size=6),
    PLANS,
    st.sampled_from(Status),
    verification=st.sampled_from(Verification),
    since=DATES,
    promised=DATES,
    put_off=DATES,
)


@given(st.lists(ITEMS, max_size=12))
def test_every_item_with_a_reason_is_in_one_of_the_two_lists_and_in_order(items):
    found = queue_of(items, TODAY)
    for part in (found.entries, found.put_off):
        assert [urgency(each) for each in part] == sorted(urgency(each) for each in part)
        ranks = [list(Reason).index(each.first.reason) for each in part]
        assert ranks == sorted(ranks)
    told = [each.candidate for each in (*found.entries, *found.put_off)]
    assert len(told) == sum(entry_of(each, TODAY) is not None for each in items)
    for each in (*found.entries, *found.put_off):
        assert each.candidate.reported is not Status.MERGED
        assert len({why.reason for why in each.reasons}) == len(each.reasons)
        assert all(why.days >= 0 for why in each.reasons)
