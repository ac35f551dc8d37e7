"""Deadlines that are moved: who asked, who allowed it, and what that does to figures."""

from __future__ import annotations

import pytest

from rectify_tui.paths import config_folder

EXTEND = ("item", "extend", "P-1/9", "--to", "2020-06-30", "--reason", "汛期停工")
ASKED = ("--asked-by", "李工", "--allowed-by", "王局长")


@pytest.fixture
def due(small, monkeypatch, tmp_path):
    """An item that was due at the end of January 2020."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    small("item", "add", "P-1/9", "--problem", "污水直排", "--status", "behind",
          "--region", "大庆市", "--responsible", "市水务局", "--deadline", "2020年1月底前",
          "--on", "2020-01-10")  # fmt: skip
    return small


def past(rectify, day: str, by: str = "city") -> tuple[int, int]:
    """How many are past the first deadline, and past the present one."""
    rows = rectify.rows("rollup", "--by", by, "--first-deadline", "--as-of", day)
    return rows[-1]["past_first"], rows[-1]["past_present"]


def test_a_deadline_moves_from_its_day_on_and_the_first_is_kept(due):
    assert past(due, "2020-02-15") == (1, 1)
    due(*EXTEND, *ASKED, "--document", "8号", "--on", "2020-02-20")
    assert past(due, "2020-02-15") == (1, 1)
    assert past(due, "2020-02-20") == past(due, "2020-02-20", "unit") == (1, 0)
    (row,) = due.rows("item", "show", "P-1/9", "--as-of", "2020-02-25")
    assert (row["due_on"], row["first_due_on"]) == ("2020-06-30", "2020-01-31")
    assert row["days_granted"] == 151
    (kept,) = row["extensions"]
    assert (kept["asked_by"], kept["decided_by"], kept["document"]) == ("李工", "王局长", "8号")
    (before,) = due.rows("item", "show", "P-1/9", "--as-of", "2020-02-19")
    assert (before["due_on"], before["days_granted"]) == ("2020-01-31", None)
    found = due.rows("item", "list", "first_due<2020-02 due>2020-02")
    assert [row["ref"] for row in found] == ["P-1/9"]
    for by, name in (("city", "大庆市"), ("unit", "市水务局")):
        (line,) = due.rows("extensions", "--by", by)
        assert (line[by], line["allowed"], line["days_granted"]) == (name, 1, 151)
    assert "原时限 2020-01-31" in due("item", "show", "P-1/9", lang="zh").stdout
    due("check")
    due("undo")
    assert past(due, "2020-02-20") == (1, 1)
    assert due.rows("extensions") == []


def test_nobody_decides_on_what_they_ask_for_or_write(due):
    own = ("--asked-by", "王局长", "--allowed-by", "王局长")
    assert "自己的申请" in due.refused(*EXTEND, *own, code=1, lang="zh")
    assert "登记人" in due.refused(*EXTEND, *ASKED, "--by", "王局长", code=1, lang="zh")
    folder = config_folder()
    folder.mkdir(parents=True)
    (folder / "extension.toml").write_text('may_allow = ["赵主任"]\n', "utf-8")
    assert "赵主任" in due.refused(*EXTEND, *ASKED, code=1, lang="zh")
    (folder / "extension.toml").write_text('who = "x"\n', "utf-8")
    assert "who" in due.refused(*EXTEND, *ASKED, code=2)
    assert due.rows("extensions") == []


def test_a_refusal_is_kept_and_moves_nothing(due):
    due(*EXTEND, *ASKED, "--refuse", "--on", "2020-02-20")
    (line,) = due.rows("extensions")
    assert (line["decision"], line["days_granted"]) == ("refused", 0)
    assert past(due, "2020-02-25") == (1, 1)
    earlier = ("item", "extend", "P-1/9", "--to", "2020-01-15", *ASKED, "--reason", "x")
    assert "--correct" in due.refused(*earlier, code=2, lang="zh")
    assert due.refused("item", "extend", "P-1/9", "--to", "2020-06-30", *ASKED, code=2)


def test_a_typing_mistake_is_corrected_from_the_beginning(due):
    wrong = ("item", "set", "P-1/9", "--deadline", "2020年10月底前", "--correct")
    assert "--reason" in due.refused(*wrong, code=2)
    due(*wrong, "--reason", "月份录错")
    assert past(due, "2020-02-15") == (0, 0)
    (row,) = due.rows("item", "show", "P-1/9", "--as-of", "2020-01-15")
    assert row["due_on"] == row["first_due_on"] == "2020-10-31"
    assert row["days_granted"] is None
