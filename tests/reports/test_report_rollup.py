"""The rollup as a table: what it says beside the figures, and how it fits."""

from __future__ import annotations

import io
from datetime import date

import pytest

from rectify_tui.domain.text import width
from rectify_tui.i18n import LANGUAGES, Language
from rectify_tui.reports.output import write
from rectify_tui.reports.rollup import rollup_table, widest_layout
from rectify_tui.store.rollup_read import By, RollupQuery, read_rollup

DAY = date(2019, 12, 31)


@pytest.fixture
def rollup(seeded):
    def read(by=By.PROGRAMME, **more):
        return read_rollup(seeded.reader(), RollupQuery(DAY, by, **more))

    return read


def text(table, cells=None):
    out = io.StringIO()
    write(table, "table", out, width=cells)
    return out.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("by", [*By])
@pytest.mark.parametrize("cells", [80, 100, 120, 140, 160, 240])
def test_it_fits(rollup, language, by, cells):
    t = Language(language)
    found = rollup(by)
    layout = widest_layout(found, t, cells)
    table = rollup_table(found, t, layout=layout)
    lines = text(table, cells).split("\n\n")[1].splitlines()
    assert max(map(width, lines)) <= cells
    rule = next(n for n, line in enumerate(lines) if line[0] in "─-")
    if layout != "groups":
        assert all(
            row["key"] in line
            for row, line in zip(found_rows(table), lines[rule + 1 :], strict=True)
        )


def found_rows(table):
    return [{"key": row.get("key", "")} for row in table.rows]


def test_more_room_tells_more(rollup):
    t = Language("en")
    layouts = [widest_layout(rollup(), t, cells) for cells in range(60, 260, 10)]
    assert [*dict.fromkeys(layouts)] == ["groups", "short", "long"]
    assert widest_layout(rollup(), t, None) == "long"


def test_the_sum_counts_merged_items_once(rollup):
    t = Language("en")
    table = rollup_table(rollup(), t)
    *lines, total = table.rows
    assert total["name"] == "Total"
    assert sum(line["total"] for line in lines) - total["total"] == total["carried"] == 29
    assert any("The total leaves out 29 merged items" in note for note in table.notes)
    within = rollup_table(rollup(By.PROVINCE), t)
    assert any(note.startswith("29 merged items are left out") for note in within.notes)
    assert sum(line["total"] for line in within.rows[:-1]) == within.rows[-1]["total"]


def test_one_line_needs_no_sum(rollup):
    table = rollup_table(rollup(programme_id=2), Language("zh"), scope=["HLJ-2018"])
    assert [row["key"] for row in table.rows] == ["HLJ-2018"]
    assert table.title == "整改进度（按方案）：HLJ-2018（截至 2019-12-31）"
    assert not any("并入" in note for note in table.notes)


def test_notes_say_what_the_rates_are_and_what_is_made_up(rollup):
    table = rollup_table(rollup(), Language("zh"), simulated=True)
    assert "办结率＝已办结 ÷ 转办总数。" in table.notes
    assert "含模拟数据。" in table.notes
    assert "含模拟数据。" not in rollup_table(rollup(), Language("zh")).notes


def test_a_step_above_says_so(rollup):
    rows = list(rollup_table(rollup(By.CITY), Language("zh"), with_sum=False).rows)
    assert [(row["key"], row["own"]) for row in rows] == [
        ("000000", True), ("140000", True), ("230000", True),
    ]  # fmt: skip
    assert rows[2]["name"].value == "黑龙江省"
    assert rows[2]["name"].label != "黑龙江省"


def test_nothing_is_said_to_be_nothing(rollup):
    table = rollup_table(rollup(known_on=date(2000, 1, 1)), Language("en"))
    assert (list(table.rows), table.notes) == ([], ("Nothing to show.",))
