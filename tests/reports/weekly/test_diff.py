"""What differs between frozen reports and the ledger, figure by figure and item by item."""

from __future__ import annotations

from datetime import date

import pytest
from office import EN, ZH, Office, raw, section

from rectify_tui.errors import Refusal
from rectify_tui.reports.weekly.diff import difference_report
from rectify_tui.reports.weekly.freeze import Which, find_alike, find_frozen
from rectify_tui.reports.weekly.frozen_list import frozen_table
from rectify_tui.reports.weekly.render import FORMATS, render
from rectify_tui.store.rollup_read import By
from rectify_tui.store.undo import undo


def diff(office: Office, day: str, other: str | None = None, t=ZH):
    connection = office.ledger.reader()
    frozen = find_frozen(connection, Which(date.fromisoformat(day)), t)
    second = find_alike(connection, frozen, date.fromisoformat(other), t) if other else None
    return difference_report(connection, frozen, second, t)


def figures(report) -> dict[tuple, tuple]:
    return {
        (by, line, figure): values
        for by, line, figure, *values in raw(
            report, "figures", "by", "line", "figure", "before", "after", "difference"
        )
    }


def test_nothing_differs_at_first(office: Office):
    office.freeze()
    report, same = diff(office, "2020-03-06")
    assert same
    assert report.sections == ()
    assert "全部一致" in report.paragraphs[0]


def test_a_change_learned_later_is_found(office: Office):
    office.freeze()
    office.at("2020-03-13").put("HLJ/5", status="已完成", on="2020-03-05", reason="补登")
    report, same = diff(office, "2020-03-06")
    assert not same
    found = figures(report)
    for line in ((None, ""), ("programme", "HLJ"), ("city", "230600")):
        assert found[*line, "completed"][-1] == 1
        assert found[*line, "on_schedule"][-1] == -1
    assert found[None, "", "completed"] == [1, 2, 1]
    assert found[None, "", "completion_rate"] == [2 / 6, 3 / 6, pytest.approx(1 / 6)]
    assert found[None, "", "past_due"] == [4, 3, -1]
    assert len(found) == 12
    names = ("ref", "before", "after", "effective_on", "recorded_on", "who", "change_note")
    assert raw(report, "items", *names) == [
        ("HLJ/5", "on_schedule", "completed", date(2020, 3, 5), date(2020, 3, 13), "王五", "补登")
    ]


def test_a_change_after_the_cutoff_is_none(office: Office):
    office.freeze()
    office.at("2020-03-13").put("HLJ/5", status="已完成", on="2020-03-07")
    assert diff(office, "2020-03-06")[1]


def test_changes_that_cancel_out_in_the_figures_are_found_by_item(office: Office):
    office.item("HLJ/7", region="大庆市", status="已完成", deadline="2020年3月4日")
    office.freeze()
    office.at("2020-03-13").put("HLJ/7", status="按序时进度推进", on="2020-03-06")
    office.put("HLJ/5", status="已完成", on="2020-03-06")
    report, same = diff(office, "2020-03-06")
    assert not same
    assert [each.key for each in report.sections] == ["items"]
    assert raw(report, "items", "ref") == [("HLJ/5",), ("HLJ/7",)]


def test_an_undone_change_agrees_again(office: Office):
    office.freeze()
    batch = office.at("2020-03-13").put("HLJ/5", status="已完成", on="2020-03-05")
    assert not diff(office, "2020-03-06")[1]
    undo(office.ledger, batch)
    assert diff(office, "2020-03-06")[1]


def test_an_undo_of_what_was_frozen_is_found(office: Office):
    batch = office.put("HLJ/5", status="已完成", on="2020-03-05")
    office.freeze()
    undo(office.ledger, batch)
    report, _ = diff(office, "2020-03-06")
    assert raw(report, "items", "ref", "before", "after") == [("HLJ/5", "completed", "on_schedule")]


def test_items_added_and_removed_since_are_found(office: Office):
    office.item("HLJ/8", on="2020-03-05", region="大庆市", status="未完成")
    added = office.ledger.newest_batch()
    office.freeze()
    undo(office.ledger, added)
    office.item("HLJ/9", on="2020-03-05", region="鸡西市", status="已完成")
    office.programme("NEW", "大庆市")
    office.item("NEW/1", on="2020-03-05", region="大庆市", status="已完成")
    report, _ = diff(office, "2020-03-06")
    assert raw(report, "items", "change", "ref", "before", "after") == [
        ("new", "HLJ/9", None, "completed"), ("new", "NEW", None, None),
        ("removed", "HLJ/8", "not_completed", None),
    ]  # fmt: skip
    found = figures(report)
    assert found["city", "230300", "total"] == [0, 1, 1]
    assert found["programme", "NEW", "total"] == [0, 1, 1]


def test_a_start_moved_afterwards_is_found(office: Office):
    office.item("HLJ/8", region="大庆市", status="尚未启动", start="2020-03-20")
    office.freeze()
    office.put("HLJ/8", start="2020-03-04")
    report, _ = diff(office, "2020-03-06")
    assert figures(report)[None, "", "not_started_due"] == [0, 1, 1]
    assert raw(report, "items", "before", "after") == [("not_started", "not_started_due")]


def test_cases_and_their_types_are_compared(office: Office):
    office.freeze()
    office.close_case("HLJ/A1", on="2020-03-05")
    office.case("HLJ/A9", on="2020-03-05", region="大庆市", types="噪声")
    found = figures(diff(office, "2020-03-06")[0])
    assert found[None, "", "cases_total"] == [3, 4, 1]
    assert found[None, "", "cases_closed"] == [1, 2, 1]
    assert found[None, "", "type_noise"] == [0, 1, 1]
    assert found[None, "", "rectified"] == [1, 2, 1]
    assert found["city", "230100", "closure_rate"] == [0.5, 1, 0.5]


def test_two_frozen_weeks(office: Office):
    office.freeze()
    office.at("2020-03-13").put("HLJ/5", status="已完成")
    office.freeze()
    office.at("2020-03-20").put("HLJ/1", status="未完成", on="2020-03-03")  # neither has known it
    report, same = diff(office, "2020-03-06", "2020-03-13")
    assert not same
    assert figures(report)[None, "", "completed"] == [1, 2, 1]
    assert raw(report, "items", "ref", "before", "after") == [("HLJ/5", "on_schedule", "completed")]
    backwards, _ = diff(office, "2020-03-13", "2020-03-06")
    assert figures(backwards)[None, "", "completed"] == [2, 1, -1]
    assert raw(backwards, "items", "before", "after") == [("completed", "on_schedule")]


def test_what_neither_of_two_reports_knew_is_no_difference(office: Office):
    office.freeze()
    office.at("2020-03-13").freeze()
    office.item("HLJ/9", region="大庆市", status="已完成")
    assert diff(office, "2020-03-06", "2020-03-13")[1]
    assert not diff(office, "2020-03-13")[1]


def test_the_second_report_must_be_of_the_same_kind(office: Office):
    office.freeze()
    office.at("2020-03-13").freeze(by=By.UNIT)
    with pytest.raises(Refusal) as caught:
        diff(office, "2020-03-06", "2020-03-13")
    assert caught.value.key == "weekly.not_frozen"
    assert caught.value.params["known"].count("2020-03") == 1


@pytest.mark.parametrize("t", [ZH, EN], ids=["zh", "en"])
def test_it_can_be_had_in_every_format_and_language(office: Office, t):
    office.freeze(t=EN)
    office.put("HLJ/5", status="已完成", on="2020-03-05")
    report, _ = diff(office, "2020-03-06", t=t)
    for format in FORMATS:
        assert render(report, format)
    assert report.language == t.code
    assert report.period_name == {"zh": "2020年第10周", "en": "Week 10 of 2020"}[t.code]
    title = section(report, "figures").table.columns[2].title
    assert title == {"zh": "存档报表", "en": "Frozen"}[t.code]


def test_the_list_tells_which_still_agree(office: Office):
    office.freeze()
    office.freeze(programme="HLJ", by=By.UNIT)
    office.at("2020-03-13").freeze()
    office.put("HLJ/5", status="已完成", on="2020-03-10")
    table = frozen_table(office.ledger.reader(), ZH)
    rows = [(row["cutoff"], row["scope"].value, row["agrees"].value) for row in table.rows]
    assert rows == [
        ("2020-03-13", None, False), ("2020-03-06", "HLJ", True), ("2020-03-06", None, True),
    ]  # fmt: skip
    assert table.notes[0].startswith("1 份")
