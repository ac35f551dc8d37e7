"""Whole files as offices write them: what is found in them, and what is made of it."""

from __future__ import annotations

import pytest
from layouts import Layout, layouts

from rectify_tui.i18n import Language
from rectify_tui.intake.mapping import read_synonyms
from rectify_tui.intake.reading.book import open_book
from rectify_tui.intake.table import find_table

ALL = layouts()
SYNONYMS = read_synonyms(None)


@pytest.fixture(params=ALL, ids=lambda layout: layout.name)
def layout(request: pytest.FixtureRequest) -> Layout:
    return request.param


@pytest.fixture
def table(layout, tmp_path):
    path = tmp_path / layout.file
    layout.write(path)
    return find_table(open_book(path).grid(), SYNONYMS.knows)


def test_the_table_is_found_with_its_title_and_its_rows(layout, table):
    assert table.title == layout.title
    assert len(table.remarks) == layout.others
    found = list(table.rows())
    assert table.row_count == len(found) == len(layout.rows_expected)
    assert {
        n: why.rpartition(".")[2] for n, why in table.skipped.items()
    } == layout.skipped_expected


def test_columns_and_cells_are_as_expected(layout, table):
    mapping = SYNONYMS.guess(table.headings)
    assert mapping.kind == layout.kind
    fields = {table.headings[i].text: name for i, name in mapping.fields.items()}
    assert fields == layout.fields_expected
    assert tuple(table.headings[i].text for i in mapping.unknown) == layout.unknown_expected
    indexes = [*mapping.fields, *mapping.unknown, *mapping.ignored]
    assert sorted(indexes) == list(range(len(table.headings)))
    rows = list(table.rows())
    found = [{name: row.cells[i] for i, name in mapping.fields.items()} for row in rows]
    assert found == layout.rows_expected
    carried = {row.number: {mapping.fields[i] for i in row.carried} for row in rows if row.carried}
    assert carried == layout.carried_expected


def test_saying_the_kind_changes_nothing(layout, table):
    guessed = SYNONYMS.guess(table.headings)
    assert SYNONYMS.guess(table.headings, layout.kind) == guessed


def test_everything_said_has_words_in_both_languages(table):
    list(table.rows())
    for code in ("zh", "en"):
        t = Language(code)
        assert all(t.problem(remark) for remark in table.remarks)
        assert all(t(key) for key in table.skipped.values())
