"""What stands beside the reported status of an item."""

from __future__ import annotations

from datetime import date

import pytest

from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.domain.mark import Mark, marks_of
from rectify_tui.domain.queue import Candidate
from rectify_tui.domain.schedule import Plan, derive
from rectify_tui.domain.status import Status, Verification

DAY = date(2020, 3, 6)
PAST, COMING = date(2020, 3, 4), date(2020, 3, 31)


def marks(status: str, *, due=COMING, promised=None, on=DAY, verified="unverified", step=False):
    reported = Status(status)
    plan = Plan(DeadlineKind.DUE, due)
    derived = derive(plan, reported, None, DAY, status_on=on)
    candidate = Candidate(
        "A/1", reported, derived, None, Verification(verified), on, promised_on=promised
    )
    return {mark.value for mark in marks_of(candidate, escalated=step, as_of=DAY)}


@pytest.mark.parametrize(
    ("status", "marked"),
    [
        ("on_schedule", True), ("ahead", True), ("not_started", True),
        ("basically_completed", True), ("completed", False), ("behind", False),
        ("not_completed", False), ("merged", False),
    ],
)  # fmt: skip
def test_past_due_is_what_is_reported_otherwise(status, marked):
    assert (Mark.PAST_DUE in marks(status, due=PAST)) == marked
    assert Mark.PAST_DUE not in marks(status, due=DAY)
    assert Mark.PAST_DUE not in marks(status)


@pytest.mark.parametrize(
    ("status", "promised", "on", "mark"),
    [
        ("behind", COMING, DAY, "promised"), ("behind", DAY, DAY, "promised"),
        ("behind", PAST, DAY, "promise_broken"),
        ("basically_completed", PAST, DAY, "promise_broken"),
        ("completed", PAST, PAST, "promise_kept"), ("completed", COMING, DAY, "promise_kept"),
        ("completed", PAST, DAY, None), ("merged", PAST, DAY, None),
    ],
)  # fmt: skip
def test_a_promise_is_open_broken_or_kept(status, promised, on, mark):
    assert marks(status, promised=promised, on=on) == ({mark} if mark else set())


def test_refuted_and_escalated():
    assert marks("completed", verified="refuted", step=True) == {"refuted"}
    assert marks("on_schedule", verified="refuted", step=True) == {"refuted", "escalated"}
    assert marks("merged", verified="refuted", step=True) == set()
