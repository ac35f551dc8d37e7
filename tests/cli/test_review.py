"""`rectify review`: what came of going through the queue."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

TODAY = date.today()
SOON = (TODAY + timedelta(days=20)).isoformat()


def test_a_review_sets_what_it_says(small):
    said = small.said(
        "review", "P-1/1", "--reason", "管网征地未完成", "--next", "完成征地", "--by", SOON,
        "--status", "未达序时进度", "--progress", "40%", "--who", "王工", lang="zh",
    )  # fmt: skip
    assert "管网征地未完成" in said
    assert "rectify undo" in said
    (row,) = small.rows("item", "show", "P-1/1")
    assert (row["reason"], row["next_step"], row["next_on"], row["status"], row["progress"]) == (
        "管网征地未完成", "完成征地", SOON, "behind", 40,
    )  # fmt: skip
    assert row["reviewed_on"] == TODAY.isoformat()
    assert {entry["on_behalf"] for entry in row["history"] if entry["field"] == "reason"} == {
        "王工"
    }
    (batch, *_) = small.rows("log")
    assert batch["kind"] == "review"


def test_several_at_once_and_back_again(small):
    small("item", "add", "P-1/2", "--status", "behind")
    small("review", "P-1/1-2", "--reason", "资金未到位", "--format", "json")
    assert {row["reason"] for row in small.rows("item", "list")} == {"资金未到位"}
    small("undo")
    assert {row["reviewed_on"] for row in small.rows("item", "list")} == {None}


def test_the_same_reason_again_is_a_review_of_its_own_day(small):
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    small("item", "set", "P-1/1", "--status", "behind", "--on", yesterday)
    small("review", "P-1/1", "--reason", "资金未到位", "--on", yesterday)
    assert small("review", "P-1/1", "--reason", "资金未到位").stdout.startswith("Changed")
    (row,) = small.rows("item", "list")
    assert row["reviewed_on"] == TODAY.isoformat()
    assert "Nothing to change" in small.said("review", "P-1/1", "--reason", "资金未到位")


def test_an_empty_text_clears(small):
    small("review", "P-1/1", "--reason", "资金未到位", "--by", SOON)
    small("review", "P-1/1", "--reason", "", "--by", "")
    (row,) = small.rows("item", "list")
    assert (row["reason"], row["next_on"]) == (None, None)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "A review needs to say something: use --reason"),
        (("--reason", ""), "P-1/1 has none of this to clear"),
        (
            ("--next", "x", "--by", "2020-01-01"),
            "The promise for 2020-01-01 lies before",
        ),
        (("--next", "x", "--by", "whenever"), "Cannot read the day “whenever”"),
        (("--put-off", "today"), "Putting off until"),
        (("--status", "情况不明"), "情况不明"),
        (("--reason", "x", "--on", SOON), "The effective date"),
        (("--reason", "x", "--rev", "9"), "was changed by"),
    ],
)
def test_what_is_refused(small, words, sentence):
    code = 1 if "--rev" in words else 2
    assert sentence in small.refused("review", "P-1/1", *words, code=code)
    (row,) = small.rows("item", "list")
    assert row["reviewed_on"] is None


def test_a_rejected_line_leaves_the_others_alone(small):
    small("item", "add", "P-1/2", "--why", "资金未到位")
    assert "P-1/1" in small.refused("review", "P-1/2", "P-1/1", "--reason", "", code=2)
    assert small.rows("item", "show", "P-1/2")[0]["reason"] == "资金未到位"


def test_help_in_both_languages(small):
    assert "滞后原因" in small("review", "--help", lang="zh").stdout
    assert "most urgent first" in small("behind", "--help").stdout


def test_an_item_can_be_put_off_in_set_too(small):
    small("item", "set", "P-1/1", "--put-off", SOON, "--next-on", SOON)
    (row,) = small.rows("item", "list")
    assert (row["put_off_until"], row["next_on"]) == (SOON, SOON)
