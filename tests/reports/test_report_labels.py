"""What values are called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.case import PollutionType
from rectify_tui.i18n import LANGUAGES, Language
from rectify_tui.reports import labels
from rectify_tui.reports.sheet import sheet_table
from rectify_tui.store.commands.typed import read_fine
from rectify_tui.store.records import ENTITIES

ZH, EN = Language("zh"), Language("en")


@given(st.integers(0, 10**12))
def test_fines_read_back(yuan):
    assert read_fine(labels.wan(yuan)) == yuan


@pytest.mark.parametrize(
    ("yuan", "text"), [(None, ""), (0, "0"), (125_000, "12.5"), (10_000, "1"), (1, "0.0001")]
)
def test_fines(yuan, text):
    assert labels.wan(yuan) == text


def test_where_a_line_comes_from():
    def shown(t, text, reconstructed=False, simulated=False):
        return labels.marked(t, text, reconstructed=reconstructed, simulated=simulated).label

    assert shown(ZH, "污水") == "污水"
    assert shown(ZH, "污水", reconstructed=True) == "［还原］污水"
    assert shown(ZH, "", reconstructed=True) == "还原的条目，原文未公布"
    assert shown(EN, "", reconstructed=True).startswith("reconstructed line")
    assert shown(EN, "x", simulated=True) == "[simulated] x"
    assert shown(EN, "", simulated=True) == "[simulated]"
    assert labels.marked(EN, "", reconstructed=True, simulated=False).value == ""


def test_pollution_types():
    every = ",".join(PollutionType)
    for t in (ZH, EN):
        found = labels.pollution_types(t, every)
        assert found.value == list(PollutionType)
        assert len(found.label.split(t("report.comma"))) == len(PollutionType)
    assert labels.pollution_types(ZH, None) == labels.Labelled([], "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_of_a_record_has_a_title(language):
    from rectify_tui.reports.words import Words

    words = Words(None, Language(language))
    fields = {
        name
        for entity in ("programme", "region", "unit", "item", "measure", "milestone", "case")
        for name in ENTITIES[entity].fields
    }
    untitled = {"due_on", "number"} & {name for name in fields if words.field(name) == name}
    assert not untitled
    assert [name for name in sorted(fields) if words.field(name) == name] == []
    assert words.field("no_such_field") == "no_such_field"


def test_sheets_wrap_values_under_their_first_line():
    pairs = [("问题", "一\n二"), ("备注", "三")]
    table = sheet_table("t", pairs, ZH, cells=40, wrap=lambda text, cells: [text, "-" * cells])
    assert [row["field"] for row in table.rows] == ["问题", "", "", "", "备注", ""]
    assert [row["value"] for row in table.rows][:4] == ["一", "-" * 33, "二", "-" * 33]
    assert [row["value"] for row in sheet_table("t", pairs, ZH).rows] == ["一\n二", "三"]
