"""The three-way comparison of a returned row."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.fields import FieldKind
from rectify_tui.domain.status import Status
from rectify_tui.domain.text import clean
from rectify_tui.i18n import Language
from rectify_tui.intake.model import Verdict
from rectify_tui.intake.returns.answers import KINDS
from rectify_tui.intake.returns.columns import TEXT_KINDS
from rectify_tui.intake.returns.rules import DAY, FIELDS, compare, day_of, verdict_of

TODAY = date(2020, 3, 6)
PLAIN = {
    "status": "on_schedule", "progress": 40, "note": "管网在建", "reason": None, "next_step": None,
    "next_on": None,
}  # fmt: skip


def say(sent=PLAIN, now=None, *, deadline=None, as_of=None, since=None, **returned):
    """Changes as `(before, after)` by field, findings as codes, and the verdict."""
    changes, findings = compare(
        sent, sent if now is None else now, returned,
        today=TODAY, deadline=deadline, as_of=as_of, since=since,
    )  # fmt: skip
    pairs = {change.field: (change.before, change.after) for change in changes}
    return pairs, [found.code for found in findings], verdict_of(changes, findings)


def codes(*args, **named):
    return say(*args, **named)[1]


def test_a_field_that_came_back_as_sent_says_nothing_even_where_the_ledger_moved_on():
    now = PLAIN | {"status": "behind", "progress": 60, "note": "另"}
    assert say(now=now, status="按时序进度推进", progress="40%", note="管网在建 ") == (
        {}, [], Verdict.UNCHANGED,
    )  # fmt: skip


def test_a_change_is_clean_where_the_ledger_still_has_what_was_sent():
    assert say(progress="55", reason="雨季\n停工", next_on="2020.4.30") == (
        {"progress": (40, 55), "reason": (None, "雨季\n停工"), "next_on": (None, "2020-04-30")},
        [],
        Verdict.CLEAN,
    )


def test_what_the_ledger_has_already_is_not_to_be_done_again():
    now = PLAIN | {"status": "behind", "note": "甲 乙"}
    assert say(now=now, status="滞后", note="甲\n乙") == ({}, [], Verdict.UNCHANGED)


def test_a_field_that_both_sides_changed_is_a_conflict_and_shows_all_three():
    changes, findings = compare(
        PLAIN, PLAIN | {"progress": 50}, {"progress": "60"}, today=TODAY, deadline=None
    )
    assert [(c.sent, c.before, c.after) for c in changes] == [(40, 50, 60)]
    assert [found.code for found in findings] == ["conflict"]
    assert findings[0].params == {"field": "progress", "sent": "40%", "now": "50%", "said": "60%"}
    assert verdict_of(changes, findings) is Verdict.CONFLICT


def test_emptied_texts_are_changes_and_emptied_status_and_progress_say_nothing():
    assert say(note="") == ({"note": ("管网在建", None)}, [], Verdict.CLEAN)
    sent = PLAIN | {"next_on": "2020-05-01"}
    assert say(sent, next_on="")[0] == {"next_on": ("2020-05-01", None)}
    assert say(status="", progress=" ") == ({}, ["emptied", "emptied"], Verdict.SUSPICIOUS)
    assert say(PLAIN | {"progress": None}, progress="") == ({}, [], Verdict.UNCHANGED)


@pytest.mark.parametrize(
    ("returned", "code"),
    [
        ({"status": "情况不明"}, "unknown_status"),
        ({"progress": "101"}, "bad_progress"),
        ({"progress": "约五成"}, "bad_progress"),
        ({"progress": "33.5"}, "bad_progress"),
        ({"progress": "-3"}, "bad_progress"),
        ({DAY: "三月初"}, "unreadable_date"),
        ({DAY: "2020-02-30"}, "unreadable_date"),
        ({DAY: "昨天"}, "unreadable_date"),
        ({DAY: "-7d"}, "unreadable_date"),
        ({DAY: "7 days ago"}, "unreadable_date"),
        ({DAY: "2020-03-07"}, "future_date"),
        ({"next_on": "尽快"}, "unreadable_date"),
        ({"next_on": "长期坚持"}, "unreadable_date"),
        ({"status": "并入"}, "merged_by_return"),
        ({"note": "长" * 4001}, "text_too_long"),
    ],
)
def test_what_cannot_be_read_or_may_not_be_said_is_never_taken(returned, code):
    changes, findings = compare(PLAIN, PLAIN, returned, today=TODAY, deadline=None)
    assert [found.code for found in findings] == [code]
    assert findings[0].params["field"] in returned
    assert findings[0].verdict is verdict_of(changes, findings) is Verdict.UNREADABLE
    assert not changes


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020年3月1日", "2020-03-01"), ("2020.3.1", "2020-03-01"), ("20200301", "2020-03-01"),
        ("2020/3/1", "2020-03-01"), ("3月1日", "2020-03-01"), ("1 March 2020", "2020-03-01"),
        ("２０２０－３－１", "2020-03-01"),
    ],
)  # fmt: skip
def test_days_as_offices_write_them(text, day):
    assert say(progress="50", **{DAY: text})[0][DAY] == (None, day)
    assert say(next_on=text)[0] == {"next_on": (None, day)}


@pytest.mark.parametrize(
    ("text", "day"),
    [("3月底前", "2020-03-31"), ("2020年底", "2020-12-31"), ("2020年6月", "2020-06-30")],
)
def test_a_promise_may_be_the_end_of_a_month_or_year(text, day):
    assert say(next_on=text) == ({"next_on": (None, day)}, [], Verdict.CLEAN)


def test_progress_that_other_programs_wrote():
    for text in ("50", "50%", "50.0", "５０％", " 50 %"):
        assert say(progress=text)[0] == {"progress": (40, 50)}


def test_going_back_from_completed():
    done = PLAIN | {"status": "completed", "progress": 100}
    assert codes(done, status="基本完成", **{DAY: "3-1"}) == ["went_backwards"]
    assert codes(done, status="behind") == ["went_backwards"]
    assert codes(PLAIN | {"status": "basically_completed"}, status="ahead") == ["went_backwards"]
    assert codes(status="behind") == []
    assert codes(done | {"verification": "refuted"}, status="behind") == []


def test_leaving_close_out():
    struck = PLAIN | {"status": "completed", "progress": 100, "closure": "struck"}
    assert codes(struck, status="behind") == ["went_backwards", "out_of_closeout"]
    assert codes(struck, note="另") == []


def test_completed_needs_a_date_and_all_of_its_progress():
    full = {"status": "已完成", "progress": "100"}
    assert codes(**full) == ["completed_without_date"]
    assert codes(**full, **{DAY: ""}) == ["completed_without_date"]
    assert codes(PLAIN | {DAY: "2020-01-31"}, **full, **{DAY: "2020年1月31日"}) == [
        "completed_without_date"
    ]
    assert codes(**full, **{DAY: "2020-03-01"}) == []
    assert codes(**full, **{DAY: "三月"}) == ["unreadable_date"]
    assert codes(status="completed", progress="90", **{DAY: "3-1"}) == ["completed_below_100"]
    assert codes(status="completed", **{DAY: "3-1"}) == ["completed_below_100"]
    assert codes(PLAIN | {"progress": None}, status="completed", **{DAY: "3-1"}) == []
    assert codes(PLAIN | {"status": "completed", "progress": 100}, progress="90") == [
        "completed_below_100", "progress_falls",
    ]  # fmt: skip


def test_on_schedule_after_the_deadline():
    behind = PLAIN | {"status": "behind"}
    late, day = {"status": "有序推进"}, TODAY - timedelta(1)
    assert codes(behind, deadline=day, **late) == ["on_schedule_past_deadline"]
    assert codes(behind, deadline=TODAY, **late) == []
    assert codes(behind, deadline=day, as_of=day, **late) == []  # it was not yet past
    assert codes(behind, deadline=day, **late, **{DAY: day.isoformat()}) == []
    assert codes(deadline=day, progress="50") == ["on_schedule_past_deadline"]
    assert codes(deadline=day, note="新情况") == []
    assert codes(deadline=day, status="behind") == []


def test_progress_that_falls_and_a_promise_that_is_past():
    assert codes(progress="39") == ["progress_falls"]
    assert codes(PLAIN, PLAIN | {"progress": 30}, progress="35") == ["conflict"]
    assert codes(next_on="2020-03-05") == ["promise_past"]
    assert codes(next_on="2020-03-06") == []


def test_the_day_counts_with_a_change_and_is_told_where_it_stands_alone():
    pairs, found, verdict = say(since=date(2020, 2, 1), **{DAY: "2020-02-28"})
    assert (pairs, found, verdict) == ({}, ["day_alone"], Verdict.UNCHANGED)
    pairs, found, _ = say(since=date(2020, 2, 1), note="新", **{DAY: "2020-02-28"})
    assert (pairs[DAY], found) == (("2020-02-01", "2020-02-28"), [])
    assert codes(PLAIN | {DAY: "2020-02-28"}, **{DAY: "2020年2月28日"}) == []
    assert codes(status="behind", since=date(2020, 3, 1), **{DAY: "2020-02-28"}) == [
        "day_before_status"
    ]


def test_a_merged_item_is_left_to_the_office():
    merged = PLAIN | {"status": "merged"}
    assert say(PLAIN, merged, status="behind") == ({}, ["merged_already"], Verdict.UNREADABLE)
    assert say(PLAIN, merged, status="按序时进度推进") == ({}, [], Verdict.UNCHANGED)
    assert say(merged, status="并入") == ({}, [], Verdict.UNCHANGED)


def test_from_when_it_holds():
    changes, _ = compare(PLAIN, PLAIN, {"note": "新"}, today=TODAY, deadline=None)
    assert day_of(changes, TODAY, date(2020, 2, 28)) == date(2020, 2, 28)
    assert day_of(changes, TODAY, date(2020, 3, 13)) == day_of(changes, TODAY, None) == TODAY
    dated = {"note": "新", DAY: "2020-03-02"}
    changes, _ = compare(PLAIN, PLAIN, dated, today=TODAY, deadline=None)
    assert day_of(changes, TODAY, date(2020, 2, 28)) == date(2020, 3, 2)


# --- properties ---

texts = st.none() | st.text(max_size=30).map(lambda text: clean(text, multiline=True) or None)
days = st.dates(date(2019, 1, 1), date(2021, 12, 31))
of_kind = {
    FieldKind.STATUS: st.sampled_from([status.value for status in Status]),
    FieldKind.PERCENT: st.none() | st.integers(0, 100),
    FieldKind.COMING_DAY: st.none() | days.map(date.isoformat),
    **dict.fromkeys(TEXT_KINDS, texts),
}
records = st.fixed_dictionaries({name: of_kind[KINDS[name]] for name in FIELDS})
words = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "已完成", "behind", "并入", "60", "100%", "2020-03-01", "3月底前", "43890"]
    ),
)
rows = st.dictionaries(st.sampled_from([*FIELDS, DAY]), words)
deadlines = st.none() | days


def written(values, t):
    """A record as a workbook shows it."""
    shown = {name: "" if value is None else str(value) for name, value in values.items()}
    return shown | {"status": t(f"status.item.{values['status']}")}


@given(records, records, deadlines, deadlines, st.sampled_from(["zh", "en"]))
def test_what_comes_back_as_it_was_sent_never_changes_anything(sent, now, deadline, since, code):
    returned = written(sent, Language(code))
    for ledger in (sent, now):
        got = compare(sent, ledger, returned, today=TODAY, deadline=deadline, since=since)
        assert got == ((), ())


@given(records, records, rows, deadlines)
def test_what_was_applied_is_unchanged_when_it_comes_again(sent, now, returned, deadline):
    changes, _ = compare(sent, now, returned, today=TODAY, deadline=deadline)
    after = now | {change.field: change.after for change in changes if change.field != DAY}
    again, findings = compare(sent, after, returned, today=TODAY, deadline=deadline)
    assert again == ()
    assert {found.code for found in findings if found.verdict is not Verdict.UNREADABLE} <= {
        "emptied", "day_alone",
    }  # fmt: skip


@given(records, records, rows, deadlines)
def test_the_verdict_is_the_worst_that_was_found(sent, now, returned, deadline):
    changes, findings = compare(sent, now, returned, today=TODAY, deadline=deadline)
    verdict = verdict_of(changes, findings)
    order = list(Verdict)
    assert all(order.index(found.verdict) <= order.index(verdict) for found in findings)
    if not findings:
        assert verdict is (Verdict.CLEAN if changes else Verdict.UNCHANGED)
    else:
        assert verdict in {found.verdict for found in findings} | {Verdict.CLEAN, Verdict.UNCHANGED}


@given(records, records, rows)
def test_a_change_always_differs_and_a_conflict_is_one_of_both_sides(sent, now, returned):
    changes, findings = compare(sent, now, returned, today=TODAY, deadline=None)
    conflicting = {found.params["field"] for found in findings if found.code == "conflict"}
    for change in changes:
        if change.field == DAY:
            continue
        assert change.before == now[change.field] != change.after
        assert (change.field in conflicting) == (change.sent is not None or (
            sent[change.field] is None and now[change.field] is not None
        ))  # fmt: skip
        assert change.after != sent[change.field]
