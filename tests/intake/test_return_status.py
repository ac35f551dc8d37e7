"""Who has sent their return, and who is late."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
from return_office import EN, FRIDAY, ZH, make, open_office, receive

from rectify_tui.intake.returns.status import read_round, return_status, round_of
from rectify_tui.reports.output import write
from rectify_tui.reports.returns import status_table
from rectify_tui.store.commands.returns import RECEIVED, mark_received
from rectify_tui.store.return_states import return_states
from rectify_tui.store.undo import undo

DAQING, HARBIN, PROVINCE = "大庆市", "哈尔滨市", "黑龙江省"


@pytest.fixture
def office(ledger):
    open_office(ledger)
    return ledger


@pytest.fixture
def codes(office, tmp_path):
    """Codes of the returns of a round, by place."""
    made = make(office, tmp_path / "1", due_on=date(2020, 3, 10))
    return {file.place.partition("（")[0]: file.code for file in made.files}


def states(ledger, cutoff=None):
    found = return_status(ledger.reader(), ledger.today(), cutoff)
    return {each.place: each.state for each in found}


def one(ledger, place):
    found = return_status(ledger.reader(), ledger.today())
    return next(each for each in found if each.place == place)


def text(ledger, t=ZH, format="table"):
    out = io.StringIO()
    write(status_table(return_status(ledger.reader(), ledger.today()), t), format, out)
    return out.getvalue()


def test_before_anything_was_sent(office):
    assert return_status(office.reader(), FRIDAY) == ()
    assert "还没有发出回报表" in text(office)
    assert text(office, format="json") == "[]\n"


def test_a_return_is_waited_for_until_the_day_it_is_due_and_late_from_the_next(
    office, codes, clock
):
    assert set(states(office).values()) == {"waiting"}
    clock.set(date(2020, 3, 10))
    receive(office, codes[DAQING], "大庆.xlsx", 4, 1)
    assert states(office) == {PROVINCE: "waiting", HARBIN: "waiting", DAQING: "received"}
    clock.move(days=1)
    assert states(office) == {PROVINCE: "late", HARBIN: "late", DAQING: "received"}


def test_what_came_back_from_which_file(office, codes, clock):
    clock.move(days=3)
    receive(office, codes[DAQING], "大庆.xlsx", 4, 1)
    found = one(office, DAQING)
    assert (found.code, found.n_items, found.cutoff, found.due_on) == (
        codes[DAQING], 5, "2020-03-06", "2020-03-10",
    )  # fmt: skip
    assert (found.received_on, found.file) == ("2020-03-09", "大庆.xlsx")
    assert (found.rows_taken, found.rows_refused) == (4, 1)
    clock.move(days=2)
    batch = receive(office, codes[DAQING], "大庆（更正）.xlsx", 1)
    found = one(office, DAQING)
    assert (found.received_on, found.file, found.rows_taken) == (
        "2020-03-11", "大庆（更正）.xlsx", 1,
    )  # fmt: skip
    undo(office, batch)
    assert one(office, DAQING).file == "大庆.xlsx"
    undo(office, batch - 1)
    assert (one(office, DAQING).state, one(office, DAQING).file) == ("late", None)


def test_those_to_be_chased_come_first_and_places_in_their_order(office, codes, clock):
    receive(office, codes[PROVINCE], "省.xlsx", 1)
    assert list(states(office).items()) == [
        (HARBIN, "waiting"), (DAQING, "waiting"), (PROVINCE, "received"),
    ]  # fmt: skip


def test_the_newest_round_is_shown_unless_another_is_named(office, codes, clock, tmp_path):
    clock.move(days=7)
    next_friday = date(2020, 3, 13)
    make(office, tmp_path / "2", cutoff=next_friday, due_on=next_friday, programme="HLJ-B")
    assert states(office) == {DAQING: "waiting"}
    assert set(states(office, FRIDAY).values()) == {"late"}
    assert states(office, date(2020, 2, 28)) == {}
    connection = office.reader()
    assert round_of(connection) == next_friday
    assert round_of(connection, date(2020, 2, 29), date(2020, 3, 6)) == FRIDAY
    assert round_of(connection, date(2020, 3, 14)) is None


def test_a_place_that_was_asked_twice_is_one_line(office, codes, clock, tmp_path):
    again = make(office, tmp_path / "2", due_on=date(2020, 3, 12))
    new = {file.place.partition("（")[0]: file.code for file in again.files}
    assert {each.code for each in return_status(office.reader(), FRIDAY)} == set(new.values())
    receive(office, codes[DAQING], "用旧表填的.xlsx", 5)
    assert one(office, DAQING).code == codes[DAQING]
    assert one(office, HARBIN).code == new[HARBIN]
    receive(office, new[DAQING], "用新表填的.xlsx", 5)
    assert one(office, DAQING).file == "用新表填的.xlsx"
    assert len(states(office)) == 3


def test_returns_of_several_programmes_and_of_units_are_lines_of_their_own(office, codes, tmp_path):
    make(office, tmp_path / "2", programme="HLJ-B")
    make(office, tmp_path / "3", by="unit")
    found = return_status(office.reader(), FRIDAY)
    assert len(found) == 3 + 1 + 4
    assert [each.programme for each in found if each.place == DAQING] == [None, "HLJ-B"]
    assert [each.place for each in found][-4:] == [
        "哈尔滨市政府",
        "大庆市政府",
        "省水利厅",
        "让胡路区政府",
    ]
    assert "整改方案" in text(office).splitlines()[2]


# --- the table ---


def test_the_table_says_how_many_of_how_many(office, codes, clock):
    receive(office, codes[DAQING], "大庆.xlsx", 4, 1)
    clock.set(date(2020, 3, 11))
    assert [" ".join(line.split()) for line in text(office).splitlines() if "─" not in line] == [
        "回报情况（截至 2020-03-06）",
        "",
        "填报单位 任务数 报回期限 情况 收到日期 汇入 未汇入 缺行 来自文件 回报表编号",
        "黑龙江省（未分到下级） 1 2020-03-10 逾期 R20200306-001",
        "哈尔滨市 1 2020-03-10 逾期 R20200306-002",
        "大庆市 5 2020-03-10 已收 2020-03-06 4 1 大庆.xlsx R20200306-003",
        "",
        "应报 3 份，已收 1 份，待报 0 份，逾期 2 份。",
    ]
    assert text(office, EN).endswith("Received 1 of 3; waiting for 0; late 2.\n")


def test_programs_get_plain_values(office, codes):
    rows = json.loads(text(office, EN, "json"))
    assert rows[0] == {
        "place": "黑龙江省", "programme": None, "n_items": 1, "due_on": "2020-03-10",
        "state": "waiting", "received_on": None, "rows_taken": None, "rows_refused": None,
        "rows_missing": None, "file": None, "how": None, "code": "R20200306-001",
        "cutoff": "2020-03-06", "missed": None,
    }  # fmt: skip


def test_who_has_not_answered_before_is_told(office, tmp_path, clock):
    for week, folder in enumerate("123"):
        day = date(2020, 3, 6 + 7 * week)
        clock.set(day)
        make(office, tmp_path / folder, cutoff=day, due_on=day)
        if week == 0:
            found = return_states(office.reader(), day, day)
            (daqing,) = (each for each in found if each.place == DAQING)
            with office.batch(RECEIVED) as writing:
                mark_received(writing.draft, [daqing.id], how="纸质")
    found = read_round(office.reader(), office.today())
    missed = {each.place: found.missed.get(each.id) for each in found.states}
    assert missed[DAQING] == 1
    assert missed[HARBIN] == 2
    table = status_table(found.states, ZH, found.missed)
    assert "missed" in [column.key for column in table.columns]
