"""What follows from the fields as they are declared: forms, pages, columns, without further ado."""

from __future__ import annotations

import dataclasses

import pytest
from desk import LARGE, desk

from rectify_tui.domain.fields import CASE, ITEM, Field, FieldKind, Fields, Shown
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.reports.fields import row_text, title
from rectify_tui.store.rows import Row
from rectify_tui.tui.detail import fields_of_page
from rectify_tui.tui.editable import EDITABLE_CASES, EDITABLE_ITEMS
from rectify_tui.tui.page import PageText
from rectify_tui.tui.sources.typed import CHOICES, choices_of, read_typed, typed_text

pytestmark = pytest.mark.journeys

LANGUAGES = [Language("zh"), Language("en")]
EDITABLE = [(EDITABLE_ITEMS, ITEM), (EDITABLE_CASES, CASE)]

NEW = Field("hotline", FieldKind.TEXT, form=True, dated=True, title="note", shown=Shown.DETAILS)
"""A field that nobody in the dashboard has heard of."""


@pytest.mark.parametrize(("editable", "declared"), EDITABLE)
def test_the_form_has_the_fields_that_say_so(editable, declared):
    in_form = {field.name for field in declared.values() if field.form}
    assert {field.name for field in editable.form} == in_form
    days = [field.dated for field in editable.form]
    assert days == sorted(days, reverse=True)


def test_a_field_that_is_declared_appears_in_form_and_page():
    declared = Fields(*ITEM.values(), NEW)
    editable = dataclasses.replace(EDITABLE_ITEMS, fields=declared)
    assert NEW in editable.form
    row = Row({"hotline": "12369"})
    t = Language("zh")
    page = PageText(t)
    fields_of_page(page, row, Fields(NEW), {})
    assert page.text.plain == f"{title(NEW, t)}：12369\n"


@pytest.mark.parametrize("declared", [ITEM, CASE])
@pytest.mark.parametrize("t", LANGUAGES, ids=lambda t: t.code)
def test_every_field_has_a_title_and_one_that_is_as_short(declared, t):
    for field in declared.values():
        assert len(title(field, t, short=True)) <= len(title(field, t))


@pytest.mark.parametrize("key", ["2", "3"])
async def test_every_field_of_the_form_is_on_the_screen_under_its_title(office, key):
    declared = ITEM if key == "2" else CASE
    async with desk(office, LARGE) as at:
        await at.press(key, "e")
        names = {line.id for line in at.app.screen.query("Line")}
        labels = {str(label.content) for label in at.app.screen.query("Label")}
        for field in declared.values():
            assert (f"field-{field.name}" in names) == field.form
            assert not field.form or title(field, at.app.session.t) in labels


@pytest.mark.parametrize("kind", CHOICES)
@pytest.mark.parametrize("t", LANGUAGES, ids=lambda t: t.code)
def test_words_of_a_choice_are_read_as_they_are_shown_in_either_language(kind, t):
    choices = CHOICES[kind]
    field = Field("note", kind)
    for value in choices.values:
        assert read_typed(t, field, choices.show(t, value)) == value
        assert read_typed(t, field, value) == value
    everything = choices.show(t, ",".join(choices.values))
    if choices.several:
        assert read_typed(t, field, everything) == ",".join(choices.values)
        assert read_typed(t, field, "?!") == "?!"
    else:
        for text in ("?!", everything, *[""] * (not choices.optional)):
            with pytest.raises(Problem, match="not_a_choice"):
                read_typed(t, field, text)


def test_a_flag_is_shown_where_it_holds_and_typed_as_a_word():
    t, field = Language("zh"), CASE["key_case"]
    for holds, shown, typed in ((True, "是", "是"), (False, "", "否")):
        row = Row({"key_case": holds})
        assert (row_text(row, field, t), typed_text(t, row, field)) == (shown, typed)


def test_a_field_with_words_of_its_own_takes_them():
    kinds = ("inspection", "campaign")
    field = Field("kind", FieldKind.CHOICE, choices=kinds, words="programme.kind")
    choices = choices_of(field)
    t = Language("zh")
    assert choices is not None
    assert read_typed(t, field, choices.show(t, "campaign")) == "campaign"
    assert choices_of(Field("note", FieldKind.LONG_TEXT)) is None


async def test_a_flag_is_set_in_the_form(office):
    async with desk(office, LARGE) as at:
        await at.press("3", "e")
        line = at.app.screen.query_one("#field-key_case")
        assert line.value == "否"
        line.value = "也许"
        await at.press("enter")
        assert "重点件“也许”应为 是、否" in at.complaint
        line.value = "是"
        await at.press("enter")
        assert at.dialog is None
        kept = office.reader().execute("SELECT key_case FROM complaint_case WHERE id = 1")
        assert kept.fetchone() == (1,)
