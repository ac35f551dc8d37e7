"""Every field of the registry that comes in or goes out, end to end: no list of fields elsewhere.

Nothing here names a field. One that is added to the registry is tried as soon as it is there.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import pytest
from import_files import Desk, open_desk
from return_desk import CUTOFF, Filled, check, codes, line, now, put, send
from taking import take_returns

from rectify_tui.domain.fields import CASE, ITEM, Field, FieldKind, Returned
from rectify_tui.i18n import LANGUAGES, Language
from rectify_tui.intake.importing.numbered import NAMING
from rectify_tui.intake.mapping import read_synonyms
from rectify_tui.intake.mapping.synonyms import FILE
from rectify_tui.intake.model import IntakeKind, Verdict
from rectify_tui.intake.returns import mark
from rectify_tui.intake.returns.columns import COLUMNS, OPEN_FIELDS, heading
from rectify_tui.intake.table.model import Heading

ZH = Language("zh")

FILES = {
    FieldKind.TEXT: "水务科", FieldKind.LABEL: "第三批", FieldKind.LONG_TEXT: "铺设管网",
    FieldKind.PEOPLE: "王工、李工",
    FieldKind.STATUS: "未达序时进度", FieldKind.CASE_STATUS: "已办结",
    FieldKind.PAST_DAY: "2020-03-02", FieldKind.COMING_DAY: "2020-05-01",
    FieldKind.START: "2020年1月底前", FieldKind.DEADLINE: "2020年底前", FieldKind.PERCENT: "55%",
    FieldKind.COUNT: "3", FieldKind.MONEY: "12.5万元", FieldKind.COORDINATE: "45.5",
    FieldKind.FLAG: "是", FieldKind.VERIFICATION: "属实", FieldKind.SUBSTANTIATED: "部分属实",
    FieldKind.TYPES: "水、大气", FieldKind.REGION: "大庆市", FieldKind.REGIONS: "大庆市、绥化市",
    FieldKind.UNIT: "市水务局", FieldKind.CLOSURE: "已销号", FieldKind.REFERENCE: "1",
}  # fmt: skip
"""What a file may say of a field, by its kind."""

ALONE = {
    FieldKind.REFERENCE: {"status"},  # which says merged, or comes with the reference
    FieldKind.CLOSURE: {"status"},  # which is completed with it
    FieldKind.PAST_DAY: {"status"},  # of which a day of closing tells
}
"""Fields that a kind of field does not stand beside."""


def imported(fields, fields_kind):
    return [
        pytest.param(fields_kind, field, id=f"{fields_kind}-{field.name}")
        for field in fields.values()
        if field.imported and field.name not in NAMING
    ]


IMPORTED = [*imported(ITEM, IntakeKind.ITEMS), *imported(CASE, IntakeKind.CASES)]


@pytest.fixture
def desk(regions_store, tmp_path, clock):
    desk = open_desk(regions_store, tmp_path, clock)
    yield desk
    desk.ledger.close()


@cache
def known_headings() -> dict[str, dict[str, list[str]]]:
    text = files("rectify_tui.intake.mapping").joinpath(FILE).read_text("utf-8")
    return tomllib.loads(text)


def synonym(kind: IntakeKind, name: str) -> str:
    """A heading that the program knows for a field."""
    return known_headings()[kind][name][0]


def record(desk: Desk, kind: IntakeKind, number: str):
    return desk.item(number) if kind is IntakeKind.ITEMS else desk.case(number)


@pytest.mark.journeys
@pytest.mark.parametrize(("kind", "field"), IMPORTED)
def test_a_field_that_is_imported_comes_in_under_its_heading(desk, kind, field: Field):
    head = [synonym(kind, "number"), synonym(kind, field.name)]
    cells = ["901", FILES[field.kind]]
    for name in ("problem", "complaint", "status"):
        known = name in (ITEM if kind is IntakeKind.ITEMS else CASE)
        if known and name != field.name and name not in ALONE.get(field.kind, ()):
            head.append(synonym(kind, name))
            cells.append(
                {"status": "未办结" if kind is IntakeKind.CASES else "未启动"}.get(name, "x")
            )
    proposal = desk.propose(head, cells, kind=kind)
    (new,) = proposal.lines
    assert new.verdict is Verdict.CLEAN, new.findings
    assert field.name in {change.field for change in new.changes}
    taken = desk.take(head, cells, kind=kind)
    assert not taken.rejected
    found = record(desk, kind, "901")
    assert any(found[column] is not None for column in field.kept_in)
    again = desk.propose(head, cells, kind=kind)
    assert [each.verdict for each in again.lines] == [Verdict.UNCHANGED]


@pytest.mark.parametrize(("kind", "field"), IMPORTED)
def test_every_heading_of_a_field_means_that_field(kind, field: Field):
    synonyms = read_synonyms(None)
    texts = [synonym(kind, name) for name in ("number", "status") if name != field.name]
    texts += [synonym(kind, "note")] if field.name == "status" else []
    for text in known_headings()[kind][field.name]:
        headings = [Heading(i, i, "ABC"[i], each) for i, each in enumerate([*texts, text])]
        assert synonyms.guess(headings, kind).fields[len(texts)] == field.name, text


# --- returns ---


@pytest.fixture
def office(returns_out):
    ledger, files = returns_out
    return ledger, files["大庆市"]


OPEN = [pytest.param(field, id=field.name) for field in OPEN_FIELDS]


def test_every_open_field_is_one_of_the_registry():
    assert set(OPEN_FIELDS) == {f for f in ITEM.values() if f.returned is Returned.OPEN}
    for column in COLUMNS:
        for code in LANGUAGES:
            assert heading(column, Language(code))
            assert not column.open or Language(code)(column.help_key)


@pytest.mark.journeys
@pytest.mark.parametrize("field", OPEN)
def test_a_field_that_is_open_goes_out_and_comes_in(office, field: Field):
    ledger, path = office
    sheet = Filled(path)
    for number in "12345":
        assert (sheet.get(number, field.name) is None) == (
            now(ledger, number)[field.column] is None
        )
    sheet.set("1", **{field.name: FILES[field.kind]}).save()
    found = line(check(ledger, path), "1")
    assert found.verdict is Verdict.CLEAN, found.findings
    assert [change.field for change in found.changes] == [field.name]
    take_returns(ledger, path)
    assert now(ledger, "1")[field.column] == found.changes[0].after
    assert line(check(ledger, path), "1").verdict is Verdict.UNCHANGED


@pytest.mark.journeys
@pytest.mark.parametrize("field", OPEN)
def test_a_field_that_a_return_brings_is_what_is_there_in_the_next_one(office, tmp_path, field):
    ledger, path = office
    Filled(path).set("1", **{field.name: FILES[field.kind]}).save()
    take_returns(ledger, path)
    again = Filled(send(ledger, tmp_path / "again", CUTOFF)["大庆市"])
    assert again.get("1", field.name) is not None
    assert line(check(ledger, again.path), "1").verdict is Verdict.UNCHANGED


def without(path, field: Field, *, columns: str | None):
    """A return as it would have been sent before a field was there."""
    sheet = Filled(path).delete_column(field.name)
    hidden = sheet.book[mark.SHEET]
    for row in list(hidden.iter_rows()):
        if row[0].value == "columns" and columns is None:
            hidden.delete_rows(row[0].row)
        elif row[0].value == "columns":
            row[1].value = columns
    return sheet


@pytest.mark.journeys
@pytest.mark.parametrize("field", OPEN)
def test_a_return_that_was_sent_before_a_field_was_there_is_taken_in(office, field: Field):
    ledger, path = office
    others = [each for each in OPEN_FIELDS if each is not field]
    sheet = without(path, field, columns=" ".join(each.name for each in others))
    kept = now(ledger, "1")[field.column]
    other = next(each for each in others if each.kind is not FieldKind.STATUS)
    sheet.set("1", **{other.name: FILES[other.kind]}).save()
    proposal = check(ledger, path)
    assert codes(proposal) == []
    assert line(proposal, "1").verdict is Verdict.CLEAN
    take_returns(ledger, path)
    assert now(ledger, "1")[other.column] is not None
    assert now(ledger, "1")[field.column] == kept


@pytest.mark.parametrize("field", OPEN)
def test_a_return_of_the_first_version_misses_only_what_that_version_sent(office, field: Field):
    """It has no list of its columns, and the promised day stood under another heading."""
    ledger, path = office
    sheet = without(path, field, columns=None)
    for cell in sheet.sheet[sheet.head]:
        if cell.value == "承诺日期":
            cell.value = "承诺完成日期"
    missing = ["column_missing"] if field.name in mark.FIRST_OPEN else []
    proposal = check(ledger, sheet.save())
    assert codes(proposal) == missing
    assert {each.verdict for each in proposal.lines} == {Verdict.UNCHANGED}


def test_a_column_that_is_gone_from_a_return_is_missed(office):
    ledger, path = office
    assert codes(check(ledger, Filled(path).delete_column("note").save())) == ["column_missing"]


def test_nothing_that_is_locked_later_unseals_the_marks_of_earlier_returns(office):
    """What marks are made of may never change: they have gone out."""
    ledger, path = office
    assert mark.row_mark("R1", 7, list("abcdefg")) == "7.dbibojooko"
    put(ledger, "1", problem="改写过")
    assert check(ledger, path).remarks == ()
