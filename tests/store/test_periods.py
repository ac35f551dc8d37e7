"""The periods that make up everything up to a day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from rectify_tui.store.periods import DAY, MONTH, YEAR, Periods, up_to

FIRST = date(2023, 11, 17)
DAYS = st.dates(FIRST, date(2026, 3, 1))


@given(st.lists(DAYS), DAYS)
@example([date(2024, 2, 29)], date(2024, 2, 28))
@example([date(2024, 12, 31)], date(2024, 12, 30))
def test_they_come_to_what_was_by_then(days, until):
    kept = Counter(day.isoformat()[:length] for day in days for length in (YEAR, MONTH, DAY))
    added, taken = up_to("2023", until)
    total = sum(kept[each] for each in added) - sum(kept[each] for each in taken)
    assert total == sum(day <= until for day in days)


def test_as_few_as_can_be():
    every = [up_to("2023-11", FIRST + timedelta(n)) for n in range(800)]
    assert max(len(added) + len(taken) for added, taken in every) <= 2 + 7 + 17
    assert not any({*added} & {*taken} for added, taken in every)


def test_whole_ones_are_taken_whole():
    assert up_to("2023", date(2024, 12, 31)) == Periods(["2023", "2024"], [])
    assert up_to("2023", date(2024, 2, 29)) == Periods(["2023", "2024-01", "2024-02"], [])
