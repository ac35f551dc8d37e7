"""A whole round of returns: thirteen cities, five hundred items, two hundred changed cells."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from taking import open_files, take_returns

from rectify_tui.i18n import Language
from rectify_tui.intake.model import Verdict
from rectify_tui.intake.returns.columns import COLUMNS
from rectify_tui.intake.returns.form_page import HEADING_ROW
from rectify_tui.intake.returns.make import MakeRequest, make_returns
from rectify_tui.intake.workspace.accepting import accept_words
from rectify_tui.store.check import run_checks
from rectify_tui.store.commands.items import add_item
from rectify_tui.store.commands.places import NewProgramme, add_programme
from rectify_tui.store.regions import children, one_region
from rectify_tui.store.rollup_read import By, RollupQuery, read_rollup
from rectify_tui.store.undo import undo

pytestmark = pytest.mark.journeys

ITEMS = 500
FRIDAY = date(2020, 3, 6)
AT = {column.name: index for index, column in enumerate(COLUMNS, 1)}
ZH = Language("zh")

# What a city does to a row: the cells it changes, and what the check makes of the row.
CHANGES = [
    *[({"progress": 70}, Verdict.CLEAN)] * 50,
    *[({"note": "正在铺设管网"}, Verdict.CLEAN)] * 25,
    *[({"next_step": "四月底前完工", "next_on": "2020-04-30"}, Verdict.CLEAN)] * 15,
    *[({"status": "已完成", "progress": 100, "on": date(2020, 3, 5)}, Verdict.CLEAN)] * 15,
    *[({"reason": "冬季停工"}, Verdict.CLEAN)] * 10,
    *[({"status": "已完成", "progress": 100}, Verdict.SUSPICIOUS)] * 6,  # no date
    *[({"progress": 10}, Verdict.SUSPICIOUS)] * 6,  # falls
    *[({"problem": "问题已改写"}, Verdict.SUSPICIOUS)] * 4,
    *[({"status": "情况不明"}, Verdict.UNREADABLE)] * 4,
    *[({"status": "并入"}, Verdict.UNREADABLE)] * 2,
    *[({"progress": "一大半"}, Verdict.UNREADABLE)] * 3,
    *[({"on": "2099-01-01"}, Verdict.UNREADABLE)] * 2,
    *[({"next_on": "尽快"}, Verdict.UNREADABLE)] * 2,
    *[({"status": ""}, Verdict.SUSPICIOUS)] * 2,
]


@pytest.fixture
def office(ledger, clock):
    """A programme with five hundred items over the thirteen cities of Heilongjiang."""
    clock.set(date(2020, 3, 2))
    with ledger.batch("add") as writing:
        draft = writing.draft
        province = one_region(draft.connection, "230000").id
        cities = [each for each in children(draft.connection, province) if each.code]
        assert len(cities) == 13
        programme = add_programme(draft, NewProgramme("HLJ-T", "试验", province, 2020))
        for number in range(1, ITEMS + 1):
            fields = {
                "problem": f"第{number}个问题", "region": cities[number % 13].name,
                "deadline": "2020年底前", "status": "on schedule", "progress": "40",
            }  # fmt: skip
            add_item(draft, programme, str(number), fields)
    clock.set(date(2020, 3, 5))
    return ledger


def change(paths: list[Path], seed: int) -> tuple[int, Counter[Verdict]]:
    """Change the workbooks as cities do; how many cells, and what the check should say of rows."""
    dice = random.Random(seed)
    cells, expected = 0, Counter()
    books = {path: openpyxl.load_workbook(path) for path in paths}
    free = [
        (path, row)
        for path, book in books.items()
        for row in range(HEADING_ROW + 2, book.worksheets[0].max_row + 1)
    ]
    dice.shuffle(free)
    for fields, verdict in CHANGES:
        path, row = free.pop()
        for name, value in fields.items():
            books[path].worksheets[0].cell(row, AT[name], value)
            cells += 1
        expected[verdict] += 1
    for path, book in books.items():
        book.save(path)
    return cells, expected


def figures(ledger):
    query = RollupQuery(ledger.today(), By.CITY)
    return {row.key: dict(row.tally.statuses) for row in read_rollup(ledger.reader(), query).rows}


def test_a_whole_round(office, tmp_path):
    request = MakeRequest("city", None, None, FRIDAY, FRIDAY)
    made = make_returns(office, request, tmp_path / "sent", ZH)
    assert sum(file.n_items for file in made.files) == ITEMS
    assert len(made.files) == 13
    paths = [file.path for file in made.files]
    cells, expected = change(paths, seed=7)
    assert cells >= 195
    before = figures(office)

    workspace = open_files(office, *paths)
    checked = [file.checked for file in workspace.chosen() if file.checked]
    found = sum((file.counts for file in checked), Counter())
    assert found[Verdict.CLEAN] == expected[Verdict.CLEAN]
    assert found[Verdict.SUSPICIOUS] == expected[Verdict.SUSPICIOUS]
    assert found[Verdict.UNREADABLE] == expected[Verdict.UNREADABLE]
    assert found[Verdict.UNCHANGED] == ITEMS - expected.total()
    assert figures(office) == before

    applied = take_returns(office, *paths)
    assert applied.n_written == expected[Verdict.CLEAN]
    assert applied.n_refused == expected[Verdict.SUSPICIOUS] + expected[Verdict.UNREADABLE]
    completed = sum(each["completed"] for each in figures(office).values())
    assert completed == 15
    assert take_returns(office, *paths).receipt.batch is None

    everything = take_returns(office, *paths, accept=accept_words(["all"]))
    assert everything.n_written == 12  # those with a date missing, and those that fall
    undo(office)
    undo(office, applied.receipt.batch)
    assert figures(office) == before
    assert all(finding.ok for finding in run_checks(office.reader()))
