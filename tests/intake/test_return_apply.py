"""Taking returns in: one batch, all or nothing, and back again."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from return_desk import (
    CUTOFF,
    Filled,
    build,
    changes,
    check,
    codes,
    id_of,
    line,
    now,
    put,
    send,
    verdicts,
)
from taking import NO_SETTINGS, open_files, take_returns

from rectify_tui.errors import Problem
from rectify_tui.intake.importing.request import ImportRequest, OtherDeadlines
from rectify_tui.intake.model import Verdict
from rectify_tui.intake.returns.status import return_status
from rectify_tui.intake.workspace.accepting import UNASKED, accept_words
from rectify_tui.intake.workspace.applying import IntakeOrder, IntakeResult, apply_order, plan_order
from rectify_tui.intake.workspace.steps import run_steps
from rectify_tui.store.check import run_checks
from rectify_tui.store.commands.extensions import Request
from rectify_tui.store.commands.items import add_item
from rectify_tui.store.item_detail import item_detail
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.log import batches
from rectify_tui.store.undo import undo


@pytest.fixture
def office(returns_out):
    """The ledger, and the returns that went out."""
    return returns_out


@pytest.fixture
def desk(office):
    """The ledger, and Daqing's return in the hands of whoever fills it in."""
    ledger, files = office
    return ledger, Filled(files["大庆市"])


def take(
    ledger: Ledger, *paths: Path, accept: str = "clean", on_behalf: str = "王工"
) -> IntakeResult:
    return take_returns(
        ledger, *paths, accept=accept_words(accept.split()), on_behalf=on_behalf, reason="第10周"
    )


def refused(result: IntakeResult) -> list[str]:
    return [line.ref for file in result.files for line in file.refused]


def files(ledger: Ledger) -> list[tuple]:
    """The files that were recorded."""
    return (
        ledger.reader()
        .execute(
            "SELECT kind, name, rows_read, rows_taken, rows_refused, return_sheet_id"
            " FROM intake_file ORDER BY id"
        )
        .fetchall()
    )


def since(ledger: Ledger, number: str, field: str) -> str:
    """The effective date of the newest word on a field of an item."""
    return (
        ledger.reader()
        .execute(
            "SELECT effective_on FROM history WHERE entity = 'item' AND entity_id = ?"
            " AND field = ? ORDER BY seq DESC LIMIT 1",
            [id_of(ledger, number), field],
        )
        .fetchone()[0]
    )


def test_what_is_clean_is_written_and_the_rest_refused(desk):
    ledger, filled = desk
    filled.set("1", status="已完成", progress=100, on=date(2020, 3, 2), note="通水")
    filled.set("2", next_step="", next_on="4月底前").set("3", status="未达序时进度")
    filled.set("4", status="情况不明")
    applied = take(ledger, filled.save())
    assert (applied.n_written, applied.n_unchanged, refused(applied)) == (2, 1, ["P-1/3", "P-1/4"])
    first, second = now(ledger, "1"), now(ledger, "2")
    assert (first["status"], first["progress"], first["note"]) == ("completed", 100, "通水")
    assert (second["next_step"], second["next_on"]) == (None, "2020-04-30")
    assert now(ledger, "3")["status"] == "basically_completed"
    newest = next(batches(ledger.reader()))
    assert (newest.id, newest.kind) == (applied.receipt.batch, "return")
    assert (newest.on_behalf, newest.reason) == ("王工", "第10周")
    assert files(ledger) == [("return", filled.path.name, 5, 3, 2, 2)]
    assert all(finding.ok for finding in run_checks(ledger.reader()))


def test_what_was_applied_comes_back_unchanged(desk):
    ledger, filled = desk
    filled.set("1", status="已完成", progress=100, on=date(2020, 3, 2), note="通水\n验收")
    filled.set("2", reason="", next_on=None).set("5", status="按序时进度推进", progress="5%")
    applied = take(ledger, filled.save())
    assert (applied.n_written, refused(applied)) == (3, [])
    proposal = check(ledger, filled.path)
    assert set(verdicts(proposal).values()) == {"unchanged"}
    assert codes(proposal) == ["already_applied"]


def test_a_change_holds_from_the_rows_day_or_the_cutoff_or_today(office, tmp_path, clock):
    ledger, sent = office
    filled = Filled(sent["大庆市"])
    filled.set("1", progress=50, on="2020-03-02").set("2", progress=30)
    clock.set(date(2020, 3, 9))
    take(ledger, filled.save())
    assert (since(ledger, "1", "progress"), since(ledger, "2", "progress")) == (
        "2020-03-02", "2020-03-06",
    )  # fmt: skip
    clock.set(date(2020, 3, 10))
    early = Filled(send(ledger, tmp_path / "n", date(2020, 3, 13))["大庆市"])
    take(ledger, early.set("1", progress=60).save())
    assert since(ledger, "1", "progress") == "2020-03-10"


def test_a_change_never_hides_behind_a_later_word(office, clock):
    """The office wrote a note after the cut-off; the return is older, and still is the newest."""
    ledger, sent = office
    filled = Filled(sent["大庆市"])
    clock.set(date(2020, 3, 9))
    put(ledger, "1", note="周一电话了解", progress="45")
    filled.set("1", status="未达序时进度", progress=50, note="雨季停工", on="2020-03-04")
    applied = take(ledger, filled.save(), accept="all")
    after = now(ledger, "1")
    assert (after["status"], after["progress"], after["note"]) == ("behind", 50, "雨季停工")
    assert (since(ledger, "1", "status"), since(ledger, "1", "note")) == (
        "2020-03-04", "2020-03-09",
    )  # fmt: skip
    assert (applied.n_written, refused(applied)) == (1, [])


def test_a_date_before_the_present_status_replaces_it_from_its_beginning(office):
    ledger, sent = office
    put(ledger, "1", status="behind", on=date(2020, 3, 4))
    ledger_now = {"status": "on_schedule"}
    filled = Filled(sent["大庆市"]).set("1", status="已完成", progress=100, on="2020-03-01")
    found = line(check(ledger, filled.save()), "1")
    assert codes(found) == ["conflict", "day_before_status"]
    take(ledger, filled.path, accept="P-1/1")
    assert now(ledger, "1")["status"] == "completed" != ledger_now["status"]
    assert since(ledger, "1", "status") == "2020-03-04"


def test_the_same_file_again_changes_nothing_and_writes_no_batch(desk, clock):
    ledger, filled = desk
    filled.set("1", progress=50).set("2", progress=10)
    take(ledger, filled.save())
    newest = ledger.newest_batch()
    again = take(ledger, filled.path)
    assert (again.receipt.batch, again.n_written, refused(again)) == (None, 0, ["P-1/2"])
    assert ledger.newest_batch() == newest
    clock.move(days=1)
    put(ledger, "1", progress="40")  # back to what was sent
    assert take(ledger, filled.path).receipt.batch is None
    assert now(ledger, "1")["progress"] == 40
    third = take(ledger, filled.path, accept="P-1/2")  # a line that was left is taken now
    assert (third.n_written, now(ledger, "2")["progress"]) == (1, 10)
    assert len(files(ledger)) == 2


def test_a_return_without_changes_is_noted_as_received_once(office):
    ledger, sent = office
    applied = take(ledger, sent["大庆市"])
    assert (applied.n_written, applied.n_unchanged) == (0, 5)
    assert applied.receipt.batch is not None
    states = {each.place: each.state for each in return_status(ledger.reader(), ledger.today())}
    assert states == {"大庆市": "received", "哈尔滨市": "waiting"}
    assert take(ledger, sent["大庆市"]).receipt.batch is None


def test_undo_takes_the_batch_back_and_the_file_with_it(desk):
    ledger, filled = desk
    before = now(ledger, "1")
    path = filled.set("1", status="已完成", progress=100, on="2020-03-02").save()
    take(ledger, path)
    undo(ledger)
    assert now(ledger, "1") | {"rev": 0, "last_on": ""} == before | {"rev": 0, "last_on": ""}
    assert files(ledger) == []
    assert line(check(ledger, path), "1").verdict is Verdict.CLEAN
    undo(ledger, ledger.newest_batch())  # and back again
    assert (now(ledger, "1")["status"], len(files(ledger))) == ("completed", 1)
    assert all(finding.ok for finding in run_checks(ledger.reader()))


@pytest.mark.parametrize(
    ("accept", "taken"),
    [
        ("clean", {"1"}), ("P-1/2", {"2"}), ("clean P-1/2", {"1", "2"}),
        ("p-1/1-4", {"1", "2", "4"}),
        ("all", {"1", "2", "4"}), ("P-1/3", set()),
    ],
)  # fmt: skip
def test_who_decides_what_is_taken(office, accept, taken):
    ledger, sent = office
    put(ledger, "4", progress="5")
    filled = Filled(sent["大庆市"])
    filled.set("1", progress=50).set("2", progress=10).set("3", progress="多").set("4", progress=9)
    words = accept_words(accept.split())
    applied = take_returns(ledger, filled.save(), accept=words)
    wanted = {"1": 50, "2": 10, "3": 95, "4": 9}
    changed = {number for number, n in wanted.items() if now(ledger, number)["progress"] == n}
    assert changed - {"3"} == taken
    assert now(ledger, "3")["progress"] == 95
    assert set(refused(applied)) == {f"P-1/{number}" for number in "1234" if number not in taken}
    proposal = check(ledger, filled.path)
    if accept == "P-1/3":
        with pytest.raises(Problem, match=r"return_check\.unreadable_line"):
            words.require([proposal])
    with pytest.raises(Problem, match=r"return_check\.no_line"):
        accept_words(["P-1/9"]).require([proposal])


def test_an_unreadable_line_is_never_taken_whoever_wants_it(desk):
    ledger, filled = desk
    path = filled.set("1", progress="多", note="新").save()
    found = line(check(ledger, path), "1")
    assert (found.verdict, changes(found)) == (Verdict.UNREADABLE, {"note": ("管网在建", "新")})
    applied = take_returns(ledger, path, accept=lambda *_: True)
    assert (refused(applied), now(ledger, "1")["note"]) == (["P-1/1"], "管网在建")
    assert not accept_words(["all", "P-1/1"])(check(ledger, path).origin, found)


def test_words_that_name_no_lines():
    with pytest.raises(Problem, match=r"item\.programme_only"):
        accept_words(["P-1"])
    with pytest.raises(Problem, match=r"reference\."):
        accept_words(["/"])


def test_several_files_are_one_batch(office):
    ledger, sent = office
    daqing = Filled(sent["大庆市"]).set("1", progress=50).save()
    harbin = Filled(sent["哈尔滨市"]).set("6", progress=20).save()
    applied = take(ledger, daqing, harbin, daqing)
    assert (applied.n_written, applied.n_unchanged) == (2, 5)
    assert {row[1] for row in files(ledger)} == {daqing.name, harbin.name}
    undo(ledger)
    assert (now(ledger, "1")["progress"], now(ledger, "6")["progress"]) == (40, 10)


def test_a_file_that_is_no_return_leaves_the_others(office, tmp_path):
    ledger, sent = office
    other = tmp_path / "别的.csv"
    other.write_text("甲,乙\n1,2\n")
    daqing = Filled(sent["大庆市"]).set("1", progress=50).save()
    take(ledger, daqing, other)
    assert now(ledger, "1")["progress"] == 50
    assert {row[1] for row in files(ledger)} == {daqing.name}


def test_of_two_files_that_contradict_each_other_neither_is_taken(office, tmp_path):
    ledger, sent = office
    one = Filled(sent["大庆市"]).set("1", progress=50).set("2", progress=30).save()
    two = Filled(one).set("1", progress=60).save(tmp_path / "二.xlsx")
    applied = take(ledger, one, two, accept="all")
    assert refused(applied) == ["P-1/1", "P-1/1"]
    assert (now(ledger, "1")["progress"], now(ledger, "2")["progress"]) == (40, 30)
    take_returns(ledger, one, two, accept=lambda origin, _: origin.path == two)
    assert now(ledger, "1")["progress"] == 60


def test_lines_are_checked_once_more_when_they_are_written(desk):
    ledger, filled = desk
    workspace = open_files(ledger, filled.set("1", progress=50).save())
    assert changes(line(check(ledger, filled.path), "1")) == {"progress": (40, 50)}
    put(ledger, "1", progress="45")  # somebody else was faster
    for rule in (UNASKED, None):
        applied = apply_order(ledger, IntakeOrder(tuple(workspace.chosen()), rule))
        assert (refused(applied), now(ledger, "1")["progress"]) == (["P-1/1"], 45)
        assert applied.left == (rule is None)


def test_missing_rows_and_rows_that_nobody_knows_are_counted(desk):
    ledger, filled = desk
    filled.sheet.delete_rows(filled.row("3"))
    last = filled.sheet.max_row + 1
    filled.sheet.cell(last, 1).value = "P-1/77"
    filled.sheet.cell(last, filled.columns["progress"]).value = 5
    applied = take(ledger, filled.set("1", progress=50).save())
    assert refused(applied) == ["P-1/77", "P-1/3"]
    assert files(ledger)[0][2:5] == (5, 4, 1)
    assert refused(take(ledger, filled.path, accept="all")) == ["P-1/77"]


def test_a_plan_says_what_would_happen_and_writes_nothing(desk):
    ledger, filled = desk
    workspace = open_files(ledger, filled.set("1", progress=50).set("2", progress=5).save())
    newest = ledger.newest_batch()
    plan = plan_order(IntakeOrder(tuple(workspace.chosen()), UNASKED))
    assert (plan.n_written, plan.n_unchanged, refused(plan)) == (1, 3, ["P-1/2"])
    assert (plan.receipt.batch, ledger.newest_batch()) == (None, newest)


class Counting(Ledger):
    """A ledger that counts what it asks of SQLite."""

    asked = 0

    def _connect(self, *, write: bool = False):
        connection = super()._connect(write=write)
        connection.set_trace_callback(self._count)
        return connection

    def _count(self, statement: str) -> None:
        self.asked += not statement.startswith(("INSERT", "UPDATE"))


def test_a_large_return_asks_the_store_no_question_per_row(regions_store, tmp_path, clock):
    asked = []
    for n in (50, 500):
        path = tmp_path / f"{n}.db"
        shutil.copy(regions_store, path)
        ledger = Counting(path, clock=clock)
        build(ledger)
        with ledger.batch("add") as writing:
            for number in range(100, 100 + n):
                fields = {"region": "大庆市", "status": "behind", "progress": "10"}
                add_item(writing.draft, 1, str(number), fields, on=date(2020, 1, 10))
        sheet = Filled(send(ledger, tmp_path / str(n), CUTOFF)["大庆市"])
        place = sheet.columns["progress"]
        for row in range(sheet.head + 1, sheet.sheet.max_row + 1):
            sheet.sheet.cell(row, place).value = 97
        workspace = open_files(ledger, sheet.save())
        ledger.asked = 0
        order = IntakeOrder(tuple(workspace.chosen()), accept_words(["all"]))
        assert apply_order(ledger, order).n_written == n + 5
        asked.append(ledger.asked)
        ledger.close()
    assert asked[1] - asked[0] < 30, asked


def decided(*, correction: bool) -> ImportRequest:
    names = Request("", "李工", "王局长", "汛期", "")
    return replace(NO_SETTINGS, deadlines=OtherDeadlines(correction, names))


def test_another_deadline_waits_until_somebody_says_what_it_is(desk):
    ledger, filled = desk
    path = filled.set("1", deadline="2021年6月底前", progress=50).save()
    (found,) = open_files(ledger, path).chosen()
    proposed = line(found.checked.proposal, "1")
    assert codes(proposed) == ["deadline_moves"]
    assert (proposed.verdict, proposed.findings[0].holds) == (Verdict.SUSPICIOUS, "2021年6月底前")
    take(ledger, path, accept="all")
    assert (now(ledger, "1")["due_on"], now(ledger, "1")["progress"]) == ("2020-12-31", 50)


def test_a_returned_deadline_is_an_extension_of_which_somebody_is_named(desk):
    ledger, filled = desk
    path = filled.set("1", deadline="2021年6月底前", progress=50).save()
    result = take_returns(ledger, path, request=decided(correction=False))
    assert result.n_written == 1
    found = item_detail(ledger.reader(), id_of(ledger, "1"))
    assert (found.row.due_on, found.row.first_due_on) == ("2021-06-30", "2020-12-31")
    assert [(each.asked_by, each.decided_by) for each in found.extensions] == [("李工", "王局长")]
    assert now(ledger, "1")["progress"] == 50
    assert all(each.ok for each in run_checks(ledger.reader()))
    undo(ledger)
    assert now(ledger, "1")["due_on"] == "2020-12-31"


def test_a_returned_deadline_that_is_earlier_is_a_correction(desk):
    ledger, filled = desk
    path = filled.set("1", deadline="2020年9月底前").save()
    (found,) = open_files(ledger, path, request=decided(correction=False)).chosen()
    assert codes(line(found.checked.proposal, "1")) == ["deadline_not_later"]
    assert take(ledger, path, accept="all").n_refused == 1
    every = accept_words(["all"])
    assert take_returns(ledger, path, accept=every, request=decided(correction=True)).n_written
    row = item_detail(ledger.reader(), id_of(ledger, "1")).row
    assert (row.due_on, row.first_due_on) == ("2020-09-30", "2020-09-30")


def test_deciding_in_the_dashboard_reads_a_return_again(desk):
    ledger, filled = desk
    workspace = open_files(ledger, filled.set("1", deadline="2021年6月底前").save())
    (file,) = workspace.chosen()
    file.decide_deadlines(decided(correction=True).deadlines)
    run_steps(workspace, ledger)
    proposed = line(file.checked.proposal, "1")
    assert changes(proposed) == {"deadline": ("2020年底前", "2021年6月底前")}
    assert proposed.verdict is Verdict.CLEAN
