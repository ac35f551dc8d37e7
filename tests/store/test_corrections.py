"""Rules that a second entry of the same thing must not break."""

from __future__ import annotations

from datetime import date

import pytest

from rectify_tui.domain.closeout import Stage
from rectify_tui.domain.status import Status, read_status
from rectify_tui.errors import Problem
from rectify_tui.store.cases import case_rows
from rectify_tui.store.closings import in_closeout
from rectify_tui.store.commands.cases import set_cases
from rectify_tui.store.commands.items import merge_items, set_items
from rectify_tui.store.derived import Comparison
from rectify_tui.store.items import item_rows
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.records import ITEM
from rectify_tui.store.references import Target, case_ids, item_ids, pointers_from, target
from rectify_tui.store.regions import get_region
from rectify_tui.store.rollup_read import RollupQuery, read_rollup


def test_a_case_closed_again_keeps_its_day_of_closing(seeded: Ledger) -> None:
    (case,) = case_ids(seeded.reader(), ["4350"])
    for day in (date(2020, 1, 2), date(2020, 1, 6)):
        with seeded.batch("set") as writing:
            set_cases(writing.draft, [case], {"status": "closed"}, on=day)
    assert case_rows(seeded.reader(), [case])[0].closed_on == "2020-01-02"
    with seeded.batch("set") as writing:
        set_cases(writing.draft, [case], {"status": "open"}, on=date(2020, 1, 7))
    assert case_rows(seeded.reader(), [case])[0].closed_on is None


def test_figures_that_no_case_can_have_are_refused(seeded: Ledger) -> None:
    cases = case_ids(seeded.reader(), ["4350"])
    future = {"closed_on": "2999-01-01"}
    for fields in ({"ordered": "9" * 20}, {"fined_wan": "9" * 20}, {"fined_wan": "-1"}, future):
        with pytest.raises(Problem), seeded.batch("set") as writing:
            set_cases(writing.draft, cases, fields)


def test_a_deadline_leaves_a_start_alone_that_was_given_on_its_own(seeded: Ledger) -> None:
    (item,) = item_ids(seeded.reader(), ["HLJ-2018/20"])
    for fields in ({"start": "2020-02-01"}, {"deadline": "2020年10月底前"}):
        with seeded.batch("set") as writing:
            set_items(writing.draft, [item], fields, correction=True)
    row = item_rows(seeded.reader(), [item])[0]
    assert (row.start_on, row.due_on) == ("2020-02-01", "2020-10-31")


def test_a_merge_into_nothing_is_refused(seeded: Ledger) -> None:
    (item,) = item_ids(seeded.reader(), ["HLJ-2018/20"])
    with pytest.raises(Problem), seeded.batch("merge") as writing:
        merge_items(writing.draft, [item], Target(1, 10**9))
    assert pointers_from(seeded.reader(), [10**9]) == {10**9: None}


def test_the_past_shows_what_carried_an_item_on_then(seeded: Ledger) -> None:
    (item,) = item_ids(seeded.reader(), ["HLJ-2016/33"])
    with seeded.batch("merge") as writing:
        into = target(writing.draft.connection, "HLJ-2018/5")
        merge_items(writing.draft, [item], into, on=date(2020, 1, 5))
    rows = {
        day: item_rows(seeded.reader(), [item], as_of=date(2020, 1, day))[0].merged_into
        for day in (4, 5)
    }
    assert rows == {4: "HLJ-2018", 5: "HLJ-2018/5"}


def test_what_is_not_there_is_said(seeded: Ledger) -> None:
    with pytest.raises(Problem, match=r"region\.not_found"):
        get_region(seeded.reader(), 10**9)


def test_blanks_inside_a_status_word_do_no_harm() -> None:
    assert read_status("未达到时 序进度") is Status.BEHIND


def test_a_stage_of_close_out_that_was_told_of_the_past_alone_is_counted_on(seeded: Ledger) -> None:
    (item,) = item_ids(seeded.reader(), ["HLJ-2018/20"])
    said = [
        ("2020-02-01", {"status": "completed"}),
        ("2020-02-10", {"closure": "struck", "closure_on": "2020-02-10"}),
        ("2020-02-20", {"closure": None, "closure_on": None}),
    ]
    for day, values in said:
        with seeded.batch("set") as writing:
            writing.draft.change(ITEM, item, values, day)
    with seeded.batch("set") as writing:  # the item is read anew, and nothing of it tells of then
        writing.draft.change(ITEM, item, {"status": "on_schedule"}, "2020-02-15")
    day = date(2020, 2, 12)
    rollup = read_rollup(seeded.reader(), RollupQuery(day))
    assert sum(row.tally.struck_off for row in rollup.rows) == 1
    assert in_closeout(seeded.reader(), day, [Stage.STRUCK]) == [item]
    assert list(Comparison(seeded.reader()).differences()) == []
