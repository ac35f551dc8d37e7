"""Lists read in windows, and the tables made of them."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO

import pytest

from rectify_tui.domain.filter_fields import ITEM_FIELDS
from rectify_tui.domain.filter_text import parse_filter
from rectify_tui.i18n import Language
from rectify_tui.reports import windows
from rectify_tui.reports.items import item_objects, item_table
from rectify_tui.reports.output import write
from rectify_tui.reports.windows import WINDOW, read_rows, row_ids
from rectify_tui.reports.writing.json import write_objects
from rectify_tui.store.items import ItemList, item_rows
from rectify_tui.store.listing import ListQuery

ZH = Language("zh")
DAY = date(2020, 3, 6)


@pytest.mark.parametrize(
    "query", [ListQuery(), ListQuery(order="status"), ListQuery(as_of=date(2019, 12, 31))]
)
@pytest.mark.parametrize("limit", [None, 0, 1, 2500, 10**6])
def test_ids_are_those_of_the_list(seeded, monkeypatch, query, limit):
    monkeypatch.setattr(windows, "_IDS", 1_000)
    listing = ItemList(seeded, query)
    assert row_ids(listing, limit).tolist() == listing.ids(0, 9049 if limit is None else limit)


def test_only_a_window_of_rows_is_read_at_a_time(seeded):
    asked = []

    def read(connection, ids, *, as_of):
        asked.append(len(ids))
        return item_rows(connection, ids, as_of=as_of)

    listing = ItemList(seeded, ListQuery())
    rows = read_rows(seeded.reader(), read, row_ids(listing), None)
    assert next(rows).ref == "HLJ-2016/1"
    assert asked == [WINDOW]
    table = item_table(rows, ZH, as_of=DAY)
    lines = iter(table.rows)
    assert next(lines)["ref"] == "HLJ-2016/2"
    assert asked == [WINDOW]
    assert sum(1 for _ in lines) == 9047
    assert max(asked) == WINDOW
    assert sum(asked) == 9049


def test_rows_that_are_gone_are_left_out(seeded):
    listing = ItemList(seeded, ListQuery())
    ids = row_ids(listing, 3)
    ids.append(10**9)
    assert len(list(read_rows(seeded.reader(), item_rows, ids, None))) == 3


def test_the_engine_writes_of_items_what_their_rows_come_to(seeded):
    nasty = 'a "quoted" \\ back/slash %s %% \t\n\x01\x1f\x7f\u2028\u202e\ufe0f é 𠮷 \U000e0001'
    ids = row_ids(ItemList(seeded, ListQuery()), 120)
    with seeded.batch("set") as writing:
        change = "UPDATE item SET note = ?, major = NULL, repeated = 1, progress = 0 WHERE id = ?"
        writing.draft.connection.execute(change, [nasty, ids[7]])
    rows = read_rows(seeded.reader(), item_rows, ids, None)
    by_rows, by_engine = StringIO(), StringIO()
    write(item_table(rows, ZH, as_of=DAY, full=True), "json", by_rows)
    write_objects(item_objects(seeded.reader(), ids), by_engine)
    assert by_engine.getvalue() == by_rows.getvalue()
    assert json.loads(by_engine.getvalue())[7]["note"] == nasty


def test_a_deadline_that_is_no_day_stands_for_the_day(seeded):
    from rectify_tui.store.commands.items import set_items
    from rectify_tui.store.references import item_ids

    with seeded.batch("set") as writing:
        ids = item_ids(writing.draft.connection, ["HLJ-2018/1"])
        set_items(writing.draft, ids, {"deadline": "立行立改"})
    wanted = parse_filter("ref:HLJ-2018/1", ITEM_FIELDS, today=DAY)
    rows = ItemList(seeded, ListQuery(wanted)).rows(0, 1)
    short = next(iter(item_table(rows, ZH, as_of=DAY).rows))
    full = next(iter(item_table(rows, ZH, as_of=DAY, full=True).rows))
    assert (short["due_on"].value, short["due_on"].label) == (None, "立行立改")
    assert (full["due_on"], full["deadline"]) == (None, "立行立改")
