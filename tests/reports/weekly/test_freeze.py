"""Frozen reports: the same bytes for good, one for a period, and none that does not add up."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest
from moving_clock import Clock
from office import EN, OFFICE, ZH, Office, raw

from rectify_tui.domain.period import PeriodKind
from rectify_tui.errors import Problem, Refusal
from rectify_tui.reports.weekly.freeze import Which, find_frozen, published, withdraw
from rectify_tui.reports.weekly.frozen_list import frozen_table
from rectify_tui.reports.weekly.model import Anchor
from rectify_tui.reports.weekly.render import digest, from_json, render
from rectify_tui.store import anchors
from rectify_tui.store.chain import head
from rectify_tui.store.check import run_checks
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.reports import NewReport, frozen_reports, read_report, write_report
from rectify_tui.store.rollup_read import By
from rectify_tui.store.undo import last_undoable, undo

TEXT_FORMATS = ("table", "md", "csv", "json", "html")


def newest(ledger: Ledger):
    connection = ledger.reader()
    return read_report(connection, next(frozen_reports(connection)).id)


def bytes_of(report) -> list[bytes]:
    return [render(report, format) for format in TEXT_FORMATS]


def tamper(ledger: Ledger, *statements: str) -> None:
    with closing(sqlite3.connect(ledger.address)) as store, store:
        for statement in statements:
            store.execute(statement)


def refused(call, *args, **asked) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call(*args, **asked)
    return caught.value


# --- what is kept ---


@pytest.mark.parametrize("t", [ZH, EN], ids=["zh", "en"])
def test_a_frozen_report_is_what_was_published(office: Office, t):
    report = office.report(t=t)._replace(history=Anchor(*head(office.ledger.reader())))
    expected = bytes_of(report._replace(digest=digest(report)))
    frozen = office.freeze(t=t)
    assert bytes_of(frozen.report) == expected
    assert bytes_of(published(newest(office.ledger))) == expected


def test_a_change_learned_later_does_not_alter_it(office: Office):
    before = bytes_of(office.freeze().report)
    office.at("2020-03-13")
    office.put("HLJ/2,4,5", status="已完成", on="2020-03-03", reason="补登")
    office.item("HLJ/9", on="2020-03-02", region="大庆市", status="未完成")
    office.close_case("HLJ/A1", on="2020-03-03")
    assert bytes_of(published(newest(office.ledger))) == before
    assert bytes_of(office.report(day="2020-03-06")) != before


def test_it_reads_the_same_elsewhere_and_a_year_later(office: Office, tmp_path):
    before = bytes_of(office.freeze().report)
    office.ledger.close()
    copy = tmp_path / "elsewhere.db"
    shutil.copy(office.ledger.address, copy)
    elsewhere = Ledger(copy, clock=Clock(date(2021, 3, 6)))
    assert bytes_of(published(newest(elsewhere))) == before
    elsewhere.close()


def test_who_when_and_from_what(office: Office):
    seq, hash = head(office.ledger.reader())
    frozen = office.freeze(programme="HLJ", by=By.COUNTY)
    kept = newest(office.ledger)
    assert (kept.on_behalf, kept.recorded_at, kept.batch) == (
        "李四", "2020-03-06T01:00:00Z", frozen.receipt.batch,
    )  # fmt: skip
    assert (kept.head_seq, kept.head_hash) == (seq, hash)
    assert (kept.programme, kept.lines_by, kept.period) == ("HLJ", "county", "week")
    assert (kept.first_on, kept.cutoff) == ("2020-02-29", "2020-03-06")
    assert kept.digest == digest(frozen.report) == frozen.report.digest
    assert json.loads(kept.settings)["office"] == "某省整改办"
    assert json.loads(kept.figures)["whole"]["total"] == 6


def test_the_chain_covers_it(office: Office):
    office.freeze()
    assert all(finding.ok for finding in run_checks(office.ledger.reader()))
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        tamper(office.ledger, "UPDATE report SET cutoff = '2020-03-05'")
    tamper(
        office.ledger,
        "DROP TRIGGER report_no_update",
        "UPDATE report SET figures = replace(figures, '\"total\":6', '\"total\":7')",
    )
    off = {finding.check for finding in run_checks(office.ledger.reader()) if not finding.ok}
    assert off == {"schema", "state"}


def test_what_it_prints_of_history_is_held_against_history(office: Office):
    """Not only what the record says, but what stands in the text that people have."""
    frozen = office.freeze()
    assert [each.name for each in anchors.read(office.ledger.address).heads] == [
        "full_check", "freeze",
    ]  # fmt: skip
    hash = frozen.report.history.hash
    tamper(office.ledger, "DROP TRIGGER history_no_update",
           f"UPDATE history SET new = replace(new, '\\\"{hash}', '\\\"{hash[::-1]}')")  # fmt: skip
    found = {finding.check: finding for finding in run_checks(office.ledger.reader())}
    assert [fault.key for fault in found["anchors"].faults] == ["check.head_other"]


def test_an_altered_report_is_not_shown(office: Office):
    office.freeze()
    tamper(
        office.ledger,
        "DROP TRIGGER report_no_update",
        "UPDATE report SET body = replace(body, '已完成1项', '已完成2项')",
    )
    assert refused(published, newest(office.ledger)).key == "weekly.altered"


def test_a_store_from_before_there_were_reports_gets_them(office: Office):
    path = office.ledger.address
    office.ledger.close()
    tamper(
        office.ledger,
        "DROP TABLE report",
        "DELETE FROM _sqlite_migrations WHERE name IN ('0002_reports', '0007_withdrawals')",
    )
    older = Ledger(path, clock=office.clock)
    assert older.backup is not None
    Office(older, office.clock).freeze()
    assert all(finding.ok for finding in run_checks(older.reader()))
    older.close()


# --- once a period ---


def test_a_period_is_frozen_once_unless_withdrawn(office: Office):
    first = office.freeze()
    problem = refused(office.freeze)
    assert (problem.key, problem.params["batch"]) == ("weekly.frozen_already", first.receipt.batch)
    assert refused(office.freeze, t=EN).key == "weekly.frozen_already"
    withdraw(office.ledger, newest(office.ledger), "漏报一项", on_behalf="王五")
    office.put("HLJ/2", status="已完成")
    second = office.freeze()
    assert second.report.digest != first.report.digest
    again, before = frozen_reports(office.ledger.reader())
    assert (again.in_force, before.in_force) == (True, False)
    assert all(finding.ok for finding in run_checks(office.ledger.reader()))


def test_a_withdrawn_report_stays_with_its_text_and_says_so(office: Office):
    frozen = office.freeze()
    batch = frozen.receipt.batch
    office.at("2020-03-09")
    withdraw(office.ledger, newest(office.ledger), "漏报\x1b[31m一项", on_behalf="王五")
    (kept,) = frozen_reports(office.ledger.reader())
    assert (kept.withdrawn, kept.withdrawn_on_behalf, kept.withdrawn_at) == (
        "漏报一项", "王五", "2020-03-09T01:00:00Z",
    )  # fmt: skip
    connection, which = office.ledger.reader(), Which(date(2020, 3, 6))
    assert refused(find_frozen, connection, which, ZH).key == "weekly.none_frozen"
    report = published(find_frozen(connection, which, ZH, withdrawn=True))
    assert report._replace(withdrawn=None) == from_json(render(frozen.report, "json"))
    assert report.digest == digest(report)
    for format in TEXT_FORMATS:
        text = render(report, format).decode()
        assert "漏报一项" in text
        assert frozen.report.paragraphs[0] in text
    office.freeze(day="2020-03-06")
    assert find_frozen(connection, which, ZH, withdrawn=True).batch != batch
    by_batch = find_frozen(connection, replace(which, batch=batch), ZH, withdrawn=True)
    assert published(by_batch) == report
    rows = list(frozen_table(connection, ZH).rows)
    assert [row["batch"] for row in rows if row["withdrawn"]] == [batch]


def test_withdrawing_needs_a_reason_and_happens_once(office: Office):
    office.freeze()
    kept = newest(office.ledger)
    with pytest.raises(Problem) as caught:
        withdraw(office.ledger, kept, " \u200b")
    assert caught.value.key == "weekly.withdraw_why"
    withdraw(office.ledger, kept, "数字有误")
    assert refused(withdraw, office.ledger, kept, "再撤").key == "weekly.withdrawn_already"
    with pytest.raises(sqlite3.IntegrityError, match="stays withdrawn"):
        tamper(office.ledger, "UPDATE report SET withdrawn = NULL")


def test_no_undo_takes_a_frozen_report_away(office: Office):
    office.put("HLJ/2", status="已完成")
    edited = office.ledger.newest_batch()
    frozen = office.freeze().receipt.batch
    assert refused(undo, office.ledger, frozen).key == "undo.published"
    withdraw(office.ledger, newest(office.ledger), "数字有误")
    withdrawn = office.ledger.newest_batch()
    assert refused(undo, office.ledger, withdrawn).key == "undo.published"
    assert last_undoable(office.ledger.reader()) == edited
    assert undo(office.ledger, edited).batch == edited
    (kept,) = frozen_reports(office.ledger.reader())
    assert (kept.batch, kept.withdrawn) == (frozen, "数字有误")


def test_a_frozen_report_prints_the_head_of_history_at_its_freezing(office: Office):
    seq, hash = head(office.ledger.reader())
    report = office.freeze().report
    assert report.history == Anchor(seq, hash)
    for format in TEXT_FORMATS:
        assert hash in render(report, format).decode()
    assert office.report().history is None


def test_the_next_report_is_not_compared_with_a_withdrawn_one(office: Office):
    office.freeze()
    withdraw(office.ledger, newest(office.ledger), "数字有误")
    report = office.at("2020-03-13").report()
    assert not any("存档报表比较" in note for note in report.notes)


def test_other_programmes_lines_and_periods_are_other_reports(office: Office):
    office.freeze()
    office.freeze(programme="HLJ")
    office.freeze(by=By.COUNTY)
    office.at("2020-03-31").freeze(settings=OFFICE._replace(period=PeriodKind.MONTH))
    office.freeze(day="2020-03-27")
    assert len(list(frozen_reports(office.ledger.reader()))) == 5


def test_a_programme_with_a_frozen_report_cannot_be_undone(office: Office):
    office.programme("NEW", "大庆市")
    added = office.ledger.newest_batch()
    office.case("NEW/1", region="大庆市")
    case = office.ledger.newest_batch()
    office.freeze(programme="NEW")
    undo(office.ledger, case)
    assert refused(undo, office.ledger, added).key == "undo.in_use"


# --- what stops a freeze ---


def test_a_running_period_is_not_frozen(office: Office):
    assert refused(office.at("2020-03-12").freeze, day="2020-03-13").key == "weekly.not_over"
    office.at("2020-03-13").freeze(day="2020-03-13")


def test_a_merged_item_needs_something_that_carries_it_on(office: Office):
    office.programme("NEW", "黑龙江省")
    office.merge("HLJ/6", "NEW")  # a programme that exists is enough
    office.freeze()
    office.at("2020-03-16").item("NEW/1", region="大庆市", status="按序时进度推进")
    office.merge("HLJ/5", "NEW/1", on="2020-03-12")
    problem = refused(office.freeze, day="2020-03-13")
    assert (problem.key, problem.params["refs"]) == ("weekly.no_target", "HLJ/5")
    assert refused(office.freeze, day="2020-03-13", programme="HLJ").key == "weekly.no_target"
    office.at("2020-03-20").freeze()


def test_a_merge_that_was_taken_back_since_is_judged_as_it_stood(office: Office):
    office.programme("NEW", "黑龙江省")
    office.item("NEW/1", region="大庆市", status="按序时进度推进")
    office.merge("HLJ/5", "NEW/1")
    office.at("2020-03-10").put("HLJ/5", status="已完成")
    office.freeze(day="2020-03-06")


def test_a_failing_check_stops_it(office: Office):
    tamper(office.ledger, "UPDATE item SET problem = '改过的' WHERE number = '1'")
    problem = refused(office.freeze)
    assert problem.key == "weekly.check_failed"
    assert problem.params["fault"].key == "check.differs"
    assert list(frozen_reports(office.ledger.reader())) == []


def test_a_sum_that_does_not_add_up_stops_it(office: Office):
    tamper(office.ledger, "UPDATE rollup_day SET n = n + 1 WHERE depth = 0 AND subject = 'item'")
    assert refused(office.freeze).key == "rollup.does_not_add_up"


def test_a_report_older_than_the_ledger_is_not_written(office: Office):
    office.freeze()
    kept = newest(office.ledger)
    new = NewReport(**{name: getattr(kept, name) for name in NewReport.__dataclass_fields__})
    problem = refused(write_report, office.ledger, replace(new, cutoff="2020-03-05"))
    assert problem.key == "weekly.ledger_moved"


# --- finding them ---


def test_finding_a_frozen_report(office: Office):
    def find(**which):
        return find_frozen(office.ledger.reader(), Which(date(2020, 3, 4), **which), ZH)

    assert refused(find).key == "weekly.none_frozen"
    office.freeze(by=By.COUNTY, programme="HLJ")
    assert find().programme == "HLJ"
    office.freeze()
    assert find().programme is None
    assert find(programme="hlj").lines_by == "county"
    office.freeze(by=By.UNIT)
    problem = refused(find)
    assert problem.key == "weekly.several_frozen"
    assert problem.params["known"].count("2020-03-06") == 2
    assert find(by=By.UNIT).lines_by == "unit"
    assert refused(find, period=PeriodKind.MONTH).key == "weekly.not_frozen"


def test_the_next_report_takes_the_frozen_figures(office: Office):
    office.freeze()
    office.at("2020-03-13").put("HLJ/2", status="已完成")
    office.freeze()
    office.at("2020-03-20").put("HLJ/1-3", status="按序时进度推进", on="2020-03-03")
    report = office.report()
    assert raw(report, "progress", "completed_change")[-1] == (-2,)
    assert [row[0] for row in raw(report, "changes", "change")[:-1]] == ["reopened"] * 2
