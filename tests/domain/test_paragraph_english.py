"""English sentences of published paragraphs."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.closure import ClosureRate
from rectify_tui.domain.paragraph import Reading, Reason, What, read_paragraph
from rectify_tui.domain.status import CaseStatus, Status
from rectify_tui.i18n import Language


def figures(reading: Reading) -> list[tuple[str, float, int | None]]:
    return [(each.what.value, each.value, each.within) for each in reading.figures]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            ("As of the end of 2019, of the 56 items, 24 were completed, 7 were on schedule, 1 was"
            " not completed and 24 were merged into the look-back plan."),
            [("total", 56, None), ("completed", 24, 0), ("on_schedule", 7, 0),
             ("not_completed", 1, 0), ("merged", 24, 0)],
        ),
        (
            ("Of 60 items in the look-back plan, 7 have been completed, 12 basically completed, 38"
            " are on schedule and 3 are behind schedule."),
            [("total", 60, None), ("completed", 7, 0), ("basically_completed", 12, 0),
             ("on_schedule", 38, 0), ("behind", 3, 0)],
        ),
        (
            ("A total of 4,387 complaint cases were passed on, of which 4,347 have been closed, a"
            " closure rate of 99.1%."),
            [("cases_total", 4387, None), ("cases_closed", 4347, 0), ("rate", 99.1, 0)],
        ),
        (
            ("148 key projects: 132 finished, 16 not finished. 105 of 2,039 outfalls are not yet"
            " rectified."),
            [("total", 148, None), ("completed", 132, 0), ("not_completed", 16, 0),
             ("not_completed", 105, 0), ("total", 2039, None)],
        ),
        (
            "273 field teams of 1426 people found 6251 problems; all 6251 problems were verified.",
            [("total", 6251, None), ("total", 6251, None)],
        ),
        ("7 cities and 10 counties were summoned on 3 January 2020 for 0.4 bn yuan.", []),
    ],
)  # fmt: skip
def test_the_plain_order_is_read(text: str, found: list[tuple[str, float, int | None]]) -> None:
    assert figures(read_paragraph(text)) == found


@pytest.mark.parametrize(
    ("text", "number", "reason"),
    [
        ("Of 56 items, about 24 were completed.", "24", Reason.APPROXIMATE),
        ("Of 56 items, more than 24 were completed.", "24", Reason.APPROXIMATE),
        ("Of 56 items, 24 are to be completed by June.", "24", Reason.NO_STATUS),
        ("Of 56 items, it is planned that 24 are completed in June.", "24", Reason.PLAN),
        ("Of 56 items, 24 were completed or on schedule.", "24", Reason.TWO_STATUSES),
        ("Of 56 items, 24 were completed only on paper.", "24", Reason.NO_STATUS),
        ("Of 56 items, 24 are pending.", "24", Reason.CASE_WORD),
    ],
)
def test_what_may_mean_something_else_is_listed(text: str, number: str, reason: Reason) -> None:
    reading = read_paragraph(text)
    assert [(each.text, each.reason) for each in reading.unplaced] == [(number, reason)]
    assert figures(reading) == [("total", 56, None)]


def test_the_day_is_that_of_the_text() -> None:
    reading = read_paragraph("As of 31 December 2019, of the 56 items 24 items were completed.")
    assert {each.on for each in reading.figures} == {date(2019, 12, 31)}


def test_both_languages_stand_beside_each_other() -> None:
    text = "全省56项任务已完成24项。Of the 60 items, 7 were completed. 交办4387件，办结4347件。"
    reading = read_paragraph(text)
    assert figures(reading) == [
        ("total", 56, None), ("completed", 24, 0), ("total", 60, None), ("completed", 7, 2),
        ("cases_total", 4387, None), ("cases_closed", 4347, 4),
    ]  # fmt: skip
    assert [each.unaccounted for each in reading.sums] == [32, 53, 40]
    assert all(text[each.start : each.end] == each.text for each in reading.figures)


def test_the_paragraph_of_the_weekly_report_is_read() -> None:
    t = Language("en")
    statuses = [t(f"weekly.prose.status.{status}", n=n) for n, status in enumerate(Status, 1)]
    cases = [t(f"weekly.prose.case.{status}", n=n) for n, status in enumerate(CaseStatus, 20)]
    text = t(
        "weekly.prose.programme", name="黑龙江整改方案", day=date(2019, 12, 31), n=45,
        parts=", ".join(statuses),
    )  # fmt: skip
    text = f"{text} {t('weekly.prose.cases', n=63, parts=', '.join(cases))}"
    reading = read_paragraph(text)
    assert figures(reading) == [
        ("total", 45, None), *((status.value, n, 0) for n, status in enumerate(Status, 1)),
        ("cases_total", 63, None),
        *((f"cases_{status.value}", n, 10) for n, status in enumerate(CaseStatus, 20)),
    ]  # fmt: skip
    assert not reading.unplaced
    assert [each.unaccounted for each in reading.sums] == [0, 0]


def test_a_closure_rate_is_that_of_its_cases() -> None:
    reading = read_paragraph("4387 cases were passed on: 4347 closed. The closure rate is 99.1%.")
    (definition,) = reading.rate_definitions
    assert definition.definitions == (ClosureRate.CLOSED,)
    assert reading.figures[2].rate_of is What.CASES_CLOSED


WORDS = ["56", "items", "of", "the", "were", "completed", "not", "4,387", "cases", "closed", "or",
         "12%", "rate", ".", ",", "2019", "31 May", "1.2.3", "项", "已完成"]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_every_number_stands_in_one_place(text: str) -> None:
    reading = read_paragraph(text)
    entries = [*reading.figures, *reading.unplaced, *reading.ignored]
    spans = sorted((each.start, each.end) for each in entries)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    covered = {place for start, end in spans for place in range(start, end)}
    digits = {place for place, letter in enumerate(text) if letter in "0123456789"}
    assert digits <= covered
    assert all(
        each.within is None or each.within < len(reading.figures) for each in reading.figures
    )
