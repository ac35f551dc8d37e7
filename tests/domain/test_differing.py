"""What is left of two tellings of a record comes to the same differences as all of both."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.differing import first_difference, held_from
from rectify_tui.domain.timeline import (
    ASSIGNED,
    Replayed,
    Row,
    counted_as_assigned,
    counted_closures,
    differences,
    encode,
    replay,
)

days = st.integers(1, 12).map("2020-01-{:02}".format)
words = st.one_of(
    st.tuples(st.just("status"), st.sampled_from(["not_started", "behind", "completed"])),
    st.tuples(st.just("region_id"), st.integers(1, 3)),
    st.tuples(st.just("start_on"), st.none() | days),
    st.tuples(st.just("closure"), st.sampled_from([None, "applied", "struck"])),
    st.tuples(st.just("programme_id"), st.integers(1, 2)),
    st.tuples(st.just("note"), st.sampled_from(["甲", "乙"])),
)
BORN = '{"status": "not_started", "programme_id": 1, "region_id": 1, "start_on": null}'


def counts(record: Replayed) -> Counter[tuple[object, ...]]:
    """All differences that a record makes in figures."""
    found: Counter[tuple[object, ...]] = Counter()
    region, programme = ASSIGNED.index("region_id"), record.values["programme_id"]
    for entries in (
        counted_as_assigned(record.timeline, record.assignments),
        counted_closures(record.timeline, record.assignments, record.closures),
    ):
        under = [(on, (at[region], status) if status else None) for on, at, status in entries]
        for on, key, n in differences(under):
            found[on, programme, key] += n
    return found


def net(one: Counter[tuple[object, ...]], other: Counter[tuple[object, ...]]) -> object:
    both = {key: other[key] - one[key] for key in {*one, *other}}
    return {key: n for key, n in both.items() if n}


@given(st.lists(st.tuples(words, days), max_size=8), st.lists(st.tuples(words, days), max_size=4))
def test_what_is_left_out_is_the_same_in_both(said: list[object], since: list[object]) -> None:
    rows = [Row(1, "", None, BORN, "2020-01-04", None)] + [
        Row(seq, name, None, encode(value), on, None)
        for seq, ((name, value), on) in enumerate([*said, *since], 2)
    ]
    before, now = replay(rows[: 1 + len(said)]), replay(rows)
    assert before is not None
    assert now is not None
    whole = net(counts(before), counts(now))
    day = first_difference(before, now)
    if day is None:
        assert not whole
    else:
        assert whole == net(counts(held_from(before, day)), counts(held_from(now, day)))
