import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.text import width
from rectify_tui.tui.widgets.table.columns import GAP, place_columns
from rectify_tui.tui.widgets.table.draw import ASCII, FANCY, fit
from rectify_tui.tui.widgets.table.source import Column

UNSAFE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
columns = st.lists(
    st.builds(
        Column,
        key=st.uuids().map(str),
        title=st.just("t"),
        width=st.integers(1, 30),
        stretch=st.integers(0, 3),
        priority=st.integers(0, 3),
    ),
    max_size=8,
).map(tuple)


@given(columns, st.integers(0, 200))
def test_columns_stand_side_by_side_within_the_width(columns, room):
    places = place_columns(columns, room)
    x = 0
    for place in places:
        assert place.x == x
        assert place.width > 0
        x += place.width + GAP
    assert x - GAP <= room or not places
    order = [columns.index(place.column) for place in places]
    assert order == sorted(order)


@given(columns, st.integers(0, 200))
def test_no_more_columns_go_than_must_the_highest_priority_first(columns, room):
    shown = [place.column for place in place_columns(columns, room)]
    may_go = sorted(
        (column for column in columns if column.priority),
        key=lambda column: (-column.priority, -columns.index(column)),
    )
    for dropped in range(len(may_go) + 1):
        left = [column for column in columns if column not in may_go[:dropped]]
        if sum(column.width for column in left) + GAP * (len(left) - 1) <= room:
            assert shown == left
            return
    assert shown == [column for column in columns if not column.priority][: len(shown)]


@given(columns, st.integers(0, 200))
def test_spare_width_goes_to_stretching_columns_to_the_last_cell(columns, room):
    places = place_columns(columns, room)
    needed = sum(place.column.width for place in places) + GAP * max(0, len(places) - 1)
    shown = [place.column for place in places]
    if needed > room or any(not c.priority and c not in shown for c in columns):
        return
    used = sum(place.width for place in places) + GAP * max(0, len(places) - 1)
    shares = sum(place.column.stretch for place in places)
    assert used == (room if shares else needed)
    for place in places:
        extra = place.width - place.column.width
        fair = (room - needed) * place.column.stretch / shares if shares else 0
        assert abs(extra - fair) <= 1


@given(st.text(max_size=40), st.integers(0, 30), st.sampled_from([ASCII, FANCY]))
def test_a_cell_takes_its_width_exactly_and_stays_on_one_line(text, cells, glyphs):
    shown = fit(text, cells, "left", glyphs)
    assert width(shown) == cells
    assert not {unicodedata.category(character) for character in shown} & UNSAFE


def test_chinese_is_cut_between_characters():
    assert fit("大龙虎泡水源地", 8, "left", FANCY) == "大龙虎… "
    assert fit("大龙虎泡水源地", 7, "left", FANCY) == "大龙虎…"
    assert fit("大龙虎泡水源地", 8, "left", ASCII) == "大龙虎~ "
    assert fit("大龙", 6, "right", FANCY) == "  大龙"
