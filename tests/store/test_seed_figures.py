"""The seed's figures, as read from a store: those that were printed."""

from __future__ import annotations

from datetime import date

import pytest

from rectify_tui.domain.figures import Tally
from rectify_tui.domain.status import CaseStatus, Group, Status
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.regions import one_region
from rectify_tui.store.rollup_read import By, RollupQuery, read_rollup

NOW = date(2020, 1, 10)


def programme(ledger: Ledger, code: str, as_of: date = NOW) -> Tally:
    rollup = read_rollup(ledger.reader(), RollupQuery(as_of))
    return next(row.tally for row in rollup.rows if row.key == code)


def counts(tally: Tally) -> dict[str, int]:
    return {status: n for status, n in tally.statuses.items() if n}


@pytest.mark.parametrize(
    ("code", "total", "expected"),
    [
        ("HLJ-2016", 56, {"completed": 24, "on_schedule": 7, "not_completed": 1, "merged": 24}),
        ("HLJ-2018", 60,
         {"completed": 7, "basically_completed": 12, "on_schedule": 38, "behind": 3}),
        ("DQ-DALONGHUPAO", 5, {"merged": 5}),
        ("SX-2019-PROJECTS", 148, {"completed": 132, "not_completed": 16}),
        ("SX-2019-OUTFALLS", 2039, {"completed": 1934, "not_completed": 105}),
        ("YZ-2016-WATER", 490, {"completed": 490}),
        ("CN-2018-WATER", 6251, {"completed": 6251}),
    ],
)  # fmt: skip
def test_each_programme(seeded: Ledger, code: str, total: int, expected: dict[str, int]) -> None:
    tally = programme(seeded, code)
    assert counts(tally) == expected
    assert tally.total == total
    assert tally.carried == 0


def test_complaint_cases(seeded: Ledger) -> None:
    tally = programme(seeded, "HLJ-2018")
    assert tally.cases_total == 4387
    assert tally.cases == {CaseStatus.CLOSED: 4347, CaseStatus.INTERIM: 0, CaseStatus.OPEN: 40}
    assert tally.case_closure_rate == pytest.approx(4347 / 4387)


def test_groups(seeded: Ledger) -> None:
    tally = programme(seeded, "HLJ-2018")
    assert tally.groups == {
        Group.COMPLETED: 19, Group.ON_SCHEDULE: 38, Group.BEHIND: 3, Group.MERGED: 0,
        Group.UNCLEAR: 0,
    }  # fmt: skip
    assert tally.completion_rate == pytest.approx(19 / 60)


def test_water_sources_of_the_yangtze_belt_half_a_year_in(seeded: Ledger) -> None:
    tally = programme(seeded, "YZ-2016-WATER", date(2017, 6, 30))
    assert tally.statuses[Status.NOT_COMPLETED] == 107
    assert tally.statuses[Status.COMPLETED] == 490 - 107
    assert tally.total == 490


def test_all_of_the_national_water_sources_were_confirmed_on_site(seeded: Ledger) -> None:
    rows = seeded.reader().execute(
        "SELECT item.status, item.verification, COUNT(*) FROM item"
        " JOIN programme ON programme.id = item.programme_id"
        " WHERE programme.code = 'CN-2018-WATER' GROUP BY 1, 2"
    )
    assert rows.fetchall() == [("completed", "confirmed", 6251)]


def test_across_programmes_what_is_merged_counts_once(seeded: Ledger) -> None:
    heilongjiang = one_region(seeded.reader(), "黑龙江省").id
    rollup = read_rollup(seeded.reader(), RollupQuery(NOW, under_id=heilongjiang))
    assert {row.key: row.tally.total for row in rollup.rows} == {
        "HLJ-2016": 56, "HLJ-2018": 60, "DQ-DALONGHUPAO": 5,
    }  # fmt: skip
    assert (rollup.sum.total, rollup.sum.carried) == (92, 29)
    provinces = read_rollup(seeded.reader(), RollupQuery(NOW, By.PROVINCE))
    by_province = {row.name: row.tally for row in provinces.rows}
    assert by_province["黑龙江省"].total == 92
    assert by_province["黑龙江省"].statuses[Status.MERGED] == 0
    assert by_province["山西省"].total == 148 + 2039
    assert provinces.sum.total == sum(row.tally.total for row in provinces.rows)


def test_before_the_seed_there_is_nothing(seeded: Ledger) -> None:
    early = RollupQuery(NOW, known_on=date(2020, 3, 5))
    assert read_rollup(seeded.reader(), early).rows == ()
    assert read_rollup(seeded.reader(), RollupQuery(date(2010, 1, 1))).rows == ()


@pytest.mark.parametrize("by", list(By))
def test_every_table_adds_up(seeded: Ledger, by: By) -> None:
    for under in ("全国", "黑龙江省", "大庆市", "太原市", "小店区", "运城市经济技术开发区"):
        region = one_region(seeded.reader(), under).id
        for as_of in (NOW, date(2019, 12, 30), date(2017, 6, 30)):
            rollup = read_rollup(seeded.reader(), RollupQuery(as_of, by, under_id=region))
            lines = sum(row.tally.total for row in rollup.rows)
            if by is not By.PROGRAMME:
                assert lines == rollup.sum.total
