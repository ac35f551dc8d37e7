from collections import OrderedDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.tui.widgets.table.cache import PageCache, pages_of
from rectify_tui.tui.widgets.table.read import Question, read_view
from rectify_tui.tui.widgets.table.source import Row


def rows(start, stop):
    return [Row(key=1000 + index, cells={}) for index in range(start, stop)]


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 50))
def test_pages_hold_exactly_the_rows(start, stop, size):
    wanted = {index // size for index in range(start, stop)}
    assert set(pages_of(start, stop, size)) == wanted


@given(
    st.lists(st.tuples(st.sampled_from(["put", "get"]), st.integers(0, 9)), max_size=60),
    st.integers(1, 5),
)
def test_the_least_recently_used_page_goes(steps, capacity):
    size = 10
    cache, model = PageCache(size, capacity), OrderedDict()
    for step, page in steps:
        if step == "put":
            cache.put(page, rows(page * size, page * size + size))
            model[page] = True
            model.move_to_end(page)
            if len(model) > capacity:
                model.popitem(last=False)
        else:
            row = cache.get(page * size + 3)
            assert (row is not None) == (page in model)
            if row is not None:
                assert row.key == 1000 + page * size + 3
                model.move_to_end(page)
        assert len(cache) == len(model)
        assert {number for number in range(10) if number in cache} == set(model)


def test_missing_pages_and_short_pages():
    cache = PageCache(size=10)
    cache.put(2, rows(20, 25))
    assert cache.missing(5, 35) == [0, 1, 3]
    assert cache.get(24).key == 1024
    assert cache.get(25) is None
    assert dict(cache.kept(23, 40)).keys() == {23, 24}
    assert cache.index_of(1021) == 21
    assert cache.index_of(1) is None


def test_a_cleared_cache_is_empty():
    cache = PageCache(size=10)
    cache.put(0, rows(0, 10))
    cache.clear()
    assert len(cache) == 0
    assert cache.get(0) is None


class Shifting:
    """A source into which rows are written in front while it is being read."""

    def __init__(self, keys, late):
        self.keys = list(keys)
        self.late = late

    def count(self):
        return len(self.keys)

    def position(self, key):
        found = self.keys.index(key) if key in self.keys else None
        if self.late:
            self.keys.insert(0, self.late.pop())
        return found

    def rows(self, start, stop):
        return [Row(key=key, cells={}) for key in self.keys[start:stop]]


def test_reading_again_when_rows_move_between_two_queries():
    source = Shifting(range(50), late=[900, 901])
    view = read_view(source, Question(keys=(20,), index=20, above=3, height=10), size=10)
    page, offset = divmod(view.index, 10)
    assert view.key == 20
    assert view.pages[page][offset].key == 20


@pytest.mark.parametrize(("index", "expected"), [(7, 7), (80, 49), (-1, 0)])
def test_a_row_that_is_gone_leaves_its_index(index, expected):
    source = Shifting(range(50), late=[])
    view = read_view(source, Question(keys=(999,), index=index, above=0, height=10), size=10)
    assert view.key is None
    assert view.index == expected


@given(st.integers(0, 300), st.integers(-5, 400), st.integers(-50, 50), st.integers(1, 60))
def test_what_is_visible_and_the_cursor_row_are_read(count, index, above, height):
    source = Shifting(range(count), late=[])
    view = read_view(source, Question(keys=(), index=index, above=above, height=height), size=10)
    read = {row.key for page in view.pages.values() for row in page}
    top = max(0, min(view.index - above, count - height))
    assert set(range(top, min(count, top + height))) <= read
    assert count == 0 or view.index in read
