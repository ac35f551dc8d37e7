"""Following a record row by row comes to what replaying all of its rows does."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.following import Following
from rectify_tui.domain.timeline import Row, encode, replay

BORN = {
    "programme_id": 1, "region_id": 1, "responsible_id": None, "status": "on_schedule",
    "start_on": "2020-01-03", "number": "1", "note": None, "progress": 0, "closed_on": None,
    "merged_item_id": None, "merged_programme_id": None,
}  # fmt: skip
VALUES = {
    "status": ("behind", "completed", "not_started", "on_schedule"), "region_id": (1, 2, 3),
    "responsible_id": (None, 7), "start_on": ("2020-01-05", None), "note": ("说", 'a"b\\', None),
    "number": ("1", "2"), "programme_id": (1, 2),
}  # fmt: skip
DAYS = [f"2020-01-0{n}" for n in range(1, 8)]

change = st.sampled_from(sorted(VALUES)).flatmap(
    lambda name: st.tuples(st.just(name), st.sampled_from(VALUES[name]), st.sampled_from(DAYS))
)
batch = st.lists(st.one_of(change, st.just(None)), min_size=1, max_size=4)


@given(st.sampled_from(DAYS), st.lists(batch, max_size=8), st.randoms(use_true_random=False))
def test_following_is_replaying(born, batches, chance):
    rows = [Row(1, "", None, json.dumps(BORN), born, None)]
    record = Following("item")
    record.take(rows)
    for told in batches:
        new = []
        for each in told:
            known = [*rows, *new]
            if each is None:  # something is taken back
                taken = chance.choice(known)
                back = (taken.field, taken.new, taken.old, taken.effective_on, taken.seq)
                new.append(Row(len(known) + 1, *back))
            else:
                name, value, day = each
                new.append(Row(len(known) + 1, name, None, encode(value), day, None))
        rows += new
        assert record.take(new) == replay(rows)
