"""Every field that is declared for a place stands there, filled."""

from __future__ import annotations

from datetime import date

import pytest

from rectify_tui.domain.fields import CASE, ITEM, PROGRAMME, REGION, UNIT, FieldKind, Shown
from rectify_tui.domain.timeline import CLOSEOUT
from rectify_tui.i18n import LANGUAGES, Language
from rectify_tui.reports import fields
from rectify_tui.reports.cases import case_record, case_sheet, case_table
from rectify_tui.reports.history import batch_table, entry_table
from rectify_tui.reports.item_sheet import item_record, item_sheet, measure_table
from rectify_tui.reports.items import item_table
from rectify_tui.reports.programmes import programme_table
from rectify_tui.reports.queue import queue_table, short_queue_table
from rectify_tui.reports.regions import region_table, unit_table
from rectify_tui.reports.table import Labelled, shown
from rectify_tui.reports.words import Words
from rectify_tui.store.cases import case_rows
from rectify_tui.store.commands.cases import set_cases
from rectify_tui.store.commands.items import add_measure, add_milestone, merge_items, set_items
from rectify_tui.store.item_detail import item_detail
from rectify_tui.store.items import item_rows
from rectify_tui.store.log import batches, record_log
from rectify_tui.store.programmes import programmes
from rectify_tui.store.queue import QueueQuery, read_entries
from rectify_tui.store.records import CASE as CASE_ENTITY
from rectify_tui.store.records import ITEM as ITEM_ENTITY
from rectify_tui.store.references import case_ids, item_ids, target
from rectify_tui.store.regions import find_regions
from rectify_tui.store.schedule import judge
from rectify_tui.store.units import units

ZH = Language("zh")
DAY = date(2020, 3, 6)
TYPED = {
    FieldKind.TEXT: "文字", FieldKind.LONG_TEXT: "文字", FieldKind.LABEL: "第一批",
    FieldKind.PEOPLE: "王工", FieldKind.PERCENT: "35", FieldKind.COUNT: "3",
    FieldKind.MONEY: "12.5", FieldKind.FLAG: "是", FieldKind.STATUS: "滞后",
    FieldKind.CASE_STATUS: "已办结", FieldKind.VERIFICATION: "refuted",
    FieldKind.SUBSTANTIATED: "属实", FieldKind.TYPES: "水、扬尘",
    FieldKind.PAST_DAY: "2020-03-01", FieldKind.COMING_DAY: "2020-04-30",
    FieldKind.DEADLINE: "2020年底前", FieldKind.START: "2020-05-01", FieldKind.REGION: "大庆市",
    FieldKind.REGIONS: "大庆市、鹤岗市", FieldKind.UNIT: "大庆市水务局",
}  # fmt: skip


@pytest.fixture
def filled(seeded):
    """An item and a case in which everything that a person may set is set, and what a file left."""
    with seeded.batch("set") as writing:
        draft = writing.draft
        items = item_ids(draft.connection, ["HLJ-2018/12"])
        typed = {field.name: TYPED[field.kind] for field in ITEM.settable}
        set_items(draft, items, typed, correction=True)
        cases = case_ids(draft.connection, ["HLJ-2018/4348"])
        set_cases(draft, cases, {field.name: TYPED[field.kind] for field in CASE.settable})
        sent = {"as_sent": "验收组：甲", "unread": "deadline：快了"}
        draft.change(ITEM_ENTITY, items[0], sent, DAY.isoformat())
        draft.change(CASE_ENTITY, cases[0], {**sent, "unread": "types：杂"}, DAY.isoformat())
        add_milestone(draft, add_measure(draft, items[0], 1, "建厂"), 1, "开工", due="2020-05")
        merge_items(
            draft, item_ids(draft.connection, ["HLJ-2018/13"]),
            target(draft.connection, "HLJ-2018/12"),
        )  # fmt: skip
    return seeded, items[0], cases[0]


def every_table(ledger, item, case, t):
    connection = ledger.reader()
    rows, detail = item_rows(connection, [item]), item_detail(connection, item)
    query = QueueQuery(DAY, date(2020, 3, 2))
    entries = read_entries(connection, query, [item])
    words, log = Words(connection, t), record_log(connection, ITEM_ENTITY, item, limit=-1)
    yield item_table(rows, t, as_of=DAY)
    yield item_table(rows, t, as_of=DAY, full=True)
    yield measure_table(detail, t, DAY)
    yield case_table(case_rows(connection, [case]), t, as_of=DAY)
    yield case_table(case_rows(connection, [case]), t, as_of=DAY, full=True)
    yield queue_table(entries, query, t)
    yield short_queue_table(entries, query, t, cells=None)
    yield programme_table(programmes(connection), {}, t, as_of=DAY)
    yield region_table(connection, find_regions(connection, "大庆", limit=1), t)
    yield unit_table(units(connection), {}, t, as_of=DAY)
    yield batch_table(batches(connection), t)
    yield entry_table(log, words, "t")


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_column_of_a_table_stays_blank_for_want_of_a_value(filled, code):
    ledger, item, case = filled
    for table in every_table(ledger, item, case, Language(code)):
        rows = list(table.rows)
        assert rows, table.title
        for column in table.columns:
            assert all(column.key in row for row in rows), (table.title, column.key)
            assert column.title


def test_what_is_declared_for_lists_and_exports_is_there(filled):
    ledger, item, case = filled
    connection = ledger.reader()
    judged = judge(item_detail(connection, item), DAY)
    record = item_record(item_detail(connection, item), ZH, judged)
    assert record.keys() >= {field.key for field in ITEM.shown(Shown.EXPORT)}
    row = case_rows(connection, [case])[0]
    assert case_record(row, ZH).keys() == {field.key for field in CASE.shown(Shown.EXPORT)}
    for field in (*ITEM.settable, *CASE.settable):
        assert Shown.EXPORT in field.shown, field.name
        assert Shown.DETAILS in field.shown, field.name
    for field in ITEM.settable:
        assert shown(record[field.key]), field.name


def test_details_have_every_field_that_is_filled(filled):
    ledger, item, case = filled
    connection = ledger.reader()
    detail = item_detail(connection, item)
    sheet = dict(item_sheet(detail, ZH, judge(detail, DAY)))
    empty = {"merged_into", "reviewed_on", "days_granted"} | CLOSEOUT
    titles = {fields.title(f, ZH) for f in ITEM.shown(Shown.DETAILS) if f.name not in empty}
    assert sheet.keys() == titles | {"计划推算"}
    assert sheet["承接"] == "HLJ-2018/13"
    sheet = dict(case_sheet(case_rows(connection, [case])[0], ZH))
    empty = {"duplicate_of", "latitude", "longitude"}
    assert sheet.keys() == {
        fields.title(f, ZH) for f in CASE.shown(Shown.DETAILS) if f.name not in empty
    }
    assert (sheet["重点件"], sheet["罚款（万元）"]) == ("是", "12.5")


def test_what_the_queue_is_to_show_it_shows(filled):
    ledger, item, _ = filled
    connection = ledger.reader()
    query = QueueQuery(DAY, date(2020, 3, 2))
    entries = read_entries(connection, query, [item])
    table = short_queue_table(entries, query, ZH, cells=None)
    keys = {column.key for column in table.columns}
    assert keys >= {field.key for field in ITEM.shown(Shown.QUEUE)}


def test_long_texts_stand_last_in_lists():
    for of_kind in (ITEM, CASE):
        kinds = [field.kind for field in of_kind.listed()]
        assert kinds[-1] is FieldKind.LONG_TEXT
        assert FieldKind.LONG_TEXT not in kinds[:-1]


@pytest.mark.parametrize("of_kind", [ITEM, CASE, PROGRAMME, REGION, UNIT])
@pytest.mark.parametrize("code", LANGUAGES)
def test_titles_of_one_kind_of_record_tell_its_fields_apart(of_kind, code):
    titles = [fields.title(field, Language(code)) for field in of_kind.shown(Shown.EXPORT)]
    assert len(titles) == len(set(titles))


def test_a_short_title_stands_for_a_long_one():
    assert fields.title(ITEM["responsible"], Language("en"), short=True) == "Unit"
    assert fields.title(ITEM["goal"], Language("en"), short=True) == "Goal"


def test_programs_get_the_value_and_people_its_words(filled):
    ledger, item, case = filled
    connection = ledger.reader()
    row = item_rows(connection, [item])[0]
    assert fields.cell(ITEM["status"], ZH)(row) == Labelled("behind", "未达序时进度")
    assert fields.cell(ITEM["region"], Language("en"))(row) == Labelled("大庆市", "Daqing")
    assert fields.cell(ITEM["start"], ZH)(row) == "2020-05-01"
    row = case_rows(connection, [case])[0]
    regions = fields.cell(CASE["region"], ZH)(row)
    assert regions.value == ("大庆市", "鹤岗市")
    assert fields.cell(CASE["fined_wan"], ZH)(row) == Labelled(125_000, "12.5")
