from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.tui.widgets.table.marks import ALL_MARKED, NO_MARKS, Span

UNIVERSE = range(12)
keys = st.sets(st.sampled_from(UNIVERSE))
step = st.one_of(
    st.tuples(st.just("toggle"), st.sampled_from(UNIVERSE)),
    st.tuples(st.sampled_from(["add", "remove"]), keys),
    st.tuples(st.sampled_from(["invert", "all", "none"]), st.none()),
)


def apply(marks, name, value):
    if name == "all":
        return ALL_MARKED
    if name == "none":
        return NO_MARKS
    return marks.invert() if name == "invert" else getattr(marks, name)(value)


def expected(plain, name, value):
    match name:
        case "toggle":
            return plain ^ {value}
        case "add":
            return plain | value
        case "remove":
            return plain - value
        case "invert":
            return set(UNIVERSE) - plain
        case "all":
            return set(UNIVERSE)
        case _:
            return set()


@given(st.lists(step, max_size=20))
def test_marks_are_a_plain_set_of_keys(steps):
    marks, plain = NO_MARKS, set()
    for name, value in steps:
        marks, plain = apply(marks, name, value), expected(plain, name, value)
        assert {key for key in UNIVERSE if key in marks} == plain
        assert marks.count(len(UNIVERSE)) == len(plain)
        assert bool(marks) >= bool(plain)


def test_everything_is_marked_without_any_key():
    assert 10**9 in ALL_MARKED
    assert ALL_MARKED.count(1_000_000) == 1_000_000
    assert ALL_MARKED.toggle(5).count(1_000_000) == 999_999
    assert not NO_MARKS


@given(
    st.integers(0, 40),
    st.lists(st.one_of(st.integers(0, 40), st.tuples(st.integers(0, 40), st.integers(0, 9)))),
    st.integers(1, 9),
)
def test_a_span_knows_what_it_was_told_and_no_more(anchor, steps, size):
    span, known = Span(anchor, anchor), {}
    for at in steps:
        if isinstance(at, int):
            span.extend(at)
        else:
            start, length = at
            for index in range(start, start + length):
                span.learn(index, 100 + index)
                known[index] = 100 + index
        known = {index: key for index, key in known.items() if index in span}
        assert sorted(span.keys()) == sorted(known.values())
        covered = set(range(min(anchor, span.end), max(anchor, span.end) + 1))
        gaps = [set(range(*gap)) for gap in span.gaps(size)]
        assert set().union(*gaps) == covered - set(known)
        assert sum(map(len, gaps)) == len(covered - set(known))
        assert all(0 < len(gap) <= size for gap in gaps)
        assert span.complete == (covered == set(known))


def test_a_row_that_is_not_there_has_no_key():
    span = Span(3, 4)
    span.learn(3, 103)
    span.learn(4, None)
    assert span.complete
    assert span.keys() == [103]
    span.place(7, 8)
    assert not span.complete
    assert span.keys() == []
