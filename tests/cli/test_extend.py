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


def test_a_deadline_is_moved_by_nobody_without_a_name(due):
    moved = ("item", "set", "P-1/9", "--deadline", "2020-06-30")
    said = due.refused(*moved, code=1, lang="zh")
    assert "2020-01-31" in said
    assert "item extend P-1/9" in said
    assert "--correct" in said
    due.refused(*moved, "--on", "2020-01-05", code=1)
    due.refused("item", "set", "P-1/9", "--deadline", "长期坚持", code=1)
    due(
        "item", "set", "P-1/9", "--deadline", "2020-01-31", "--on", "2020-02-01"
    )  # the same day in other words
    due("item", "add", "P-1/10", "--problem", "无时限", "--region", "大庆市")
    due("item", "set", "P-1/10", "--deadline", "2020-06-30")  # the first is said by anybody
    due(*EXTEND, *ASKED, "--on", "2020-02-20")
    # Said of an earlier day, the extension would be no extension any more.
    due.refused(*moved, "--on", "2020-01-10", "--until-next", code=1)
    assert past(due, "2020-02-25") == (1, 0)


def other(tmp_path, headings: str = "", cells: str = "") -> str:
    table = tmp_path / "other.csv"
    rows = [f"序号,问题,整改时限,备注{headings}", f"9,污水直排,2020年6月底前,已催{cells}"]
    table.write_text("\n".join(rows) + "\n", "utf-8")
    return str(table)


TAKE = ("--programme", "P-1", "--without", "region", "--yes")


def test_a_file_moves_no_deadline_before_it_is_said_how(due, tmp_path):
    said = due("import", other(tmp_path), *TAKE, code=1, lang="zh").stderr
    assert "--deadlines" in said
    assert due.rows("item", "show", "P-1/9")[0]["due_on"] == "2020-01-31"
    due("import", other(tmp_path), *TAKE, "--accept", "all")
    (row,) = due.rows("item", "show", "P-1/9")
    assert (row["due_on"], row["note"]) == ("2020-01-31", "已催")
    # Now the deadline is all that differs, and the row is in doubt all the same.
    due("import", other(tmp_path), *TAKE, code=1)


def test_a_file_may_bring_corrections(due, tmp_path):
    due("import", other(tmp_path), *TAKE, "--deadlines", "correction", "--reason", "月份录错")
    (row,) = due.rows("item", "show", "P-1/9")
    assert (row["due_on"], row["first_due_on"]) == ("2020-06-30", "2020-06-30")
    assert past(due, "2020-02-15") == (0, 0)
    due("check")
    due("undo")
    assert past(due, "2020-02-15") == (1, 1)


def test_a_file_tells_extensions_by_row_or_one_is_told_for_all(due, tmp_path):
    columns = (",延期申请人,延期批准人,延期理由,延期文号", ",李工,王局长,汛期停工,8号")
    table = other(tmp_path, *columns)
    due("import", table, *TAKE, "--deadlines", "extension", "--on", "2020-02-20")
    (kept,) = due.rows("extensions")
    assert (kept["asked_by"], kept["decided_by"], kept["document"], kept["reason"]) == (
        "李工", "王局长", "8号", "汛期停工",
    )  # fmt: skip
    assert past(due, "2020-02-19") == (1, 1)
    assert past(due, "2020-02-20") == (1, 0)
    due("undo")
    assert due.rows("extensions") == []
    table = other(tmp_path)
    nobody = due("import", table, *TAKE, "--deadlines", "extension", code=1, lang="zh").stderr
    assert "--allowed-by" in nobody
    due("import", table, *TAKE, *ASKED, "--reason", "汛期停工", "--on", "2020-02-20")
    assert due.rows("extensions")[0]["decided_by"] == "王局长"
    own = ("--asked-by", "王局长", "--allowed-by", "王局长", "--reason", "x")
    due("undo")
    assert "自己的申请" in due("import", table, *TAKE, *own, code=1, lang="zh").stderr
