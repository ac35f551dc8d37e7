"""`rectify check` with heads from paper, `rectify repair`, and the question about the clock."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest
from moving_clock import Clock

from rectify_tui.store.commands.items import set_items
from rectify_tui.store.ledger import Ledger


def newest(db) -> tuple[int, str]:
    with sqlite3.connect(db) as connection:
        return connection.execute(
            "SELECT seq, lower(hex(hash)) FROM history ORDER BY seq DESC"
        ).fetchone()


def write_as_of(db, day: date) -> None:
    """Write to the only item as on a machine whose clock says another day."""
    ledger = Ledger(db, clock=Clock(day))
    with ledger.batch("set") as writing:
        set_items(writing.draft, [1], {"note": "damals"})
    ledger.close()


def test_a_clean_check_keeps_the_head_and_says_where_none_was_kept(small):
    first, second = small("check").stdout, small("check", lang="zh").stdout
    assert "there is no file of kept heads at" in first
    assert "没有留存" not in second
    seq, hash = newest(small.db)
    kept = small.db.with_name("small.db.anchors").read_text().splitlines()
    assert [line.split("\t")[:2] for line in kept] == [[str(seq), hash]]


@pytest.mark.journeys
def test_a_head_from_paper_stands_or_does_not(small):
    seq, hash = newest(small.db)
    said = small("check", "--anchor", f"{seq}:{hash[:8]}").stdout
    assert f"the head {seq}:{hash[:8]} stands in history" in said
    assert "在历史中" in small("check", "--anchor", f"{seq}：{hash}", lang="zh").stdout
    heads = next(row for row in small.rows("check", "--anchor", f"{seq} {hash}")
                 if row["check"] == "anchors")  # fmt: skip
    assert [remark.partition(" stands")[0] for remark in heads["remarks"]] == [
        f"the head {seq}:{hash}"
    ]
    said = small("check", "--anchor", f"{seq}:{'0' * 8}", code=1).stdout
    assert f"the head that was given: row {seq} of history had the hash 00000000 then" in said
    said = small("check", "--anchor", f"{seq + 7}:{hash}", code=1, lang="zh").stdout
    assert f"所给的链值：历史应有第 {seq + 7} 条，现在只到第 {seq} 条" in said
    assert "is no head of history" in small.refused("check", "--anchor", "12", code=2)


@pytest.mark.journeys
def test_repair_makes_anew_what_check_says_can_be(small):
    assert (
        small.said("repair") == "All is well: nothing had to be rebuilt, and nothing was changed."
    )
    with sqlite3.connect(small.db) as connection:
        connection.execute("UPDATE item SET problem = '已解决'")
        connection.execute("DELETE FROM rollup")
        connection.execute("DROP INDEX item_by_region")
    connection.close()
    assert "rebuild the rest with rectify repair" in small("check", code=1).stdout
    out = small("repair", lang="zh").stdout
    assert "索引 item_by_region" in out
    assert "记录现状" in out
    assert "汇总数字" in out
    assert "重建前的副本：" in out
    small("check")
    assert small.rows("repair") == []


def test_repair_makes_nothing_from_a_history_that_does_not_hold(small):
    with sqlite3.connect(small.db) as connection:
        connection.execute("DROP TRIGGER history_no_update")
        connection.execute("UPDATE history SET new = '\"x\"' WHERE seq = 3")
    connection.close()
    assert "rectify repair" not in small("check", code=1).stdout
    said = small.refused("repair", code=1)
    assert "History itself does not hold" in said
    assert "Restore the newest backup" in said
    assert list(small.db.parent.glob("*.bak")) == []


@pytest.mark.parametrize(("day", "said"), [(date(2019, 1, 5), "last used"), (date(2199, 1, 5),
                                           "before the newest batch")])  # fmt: skip
def test_a_clock_far_off_is_a_question_that_an_option_answers(small, tmp_path, day, said):
    write_as_of(small.db, day)
    change = ("item", "set", "P-1/1", "--note", "jetzt", "--until-next")
    refused = small.refused(*change, code=1)
    assert said in refused
    assert f"{day}" in refused
    assert "--clock-is-right" in refused
    assert "登记日期一旦写错就改不了" in small.refused(*change, code=1, lang="zh")
    small("item", "show", "P-1/1")  # nothing is asked of those who only read
    small(*change, "--clock-is-right")
    small("undo")


def test_a_check_goes_on_from_the_last_full_one_and_says_so(small):
    small("check")
    again, everything = small("check").stdout, small("check", "--all").stdout
    assert "only what came since the full check of" in again
    assert "All is well in what was looked at." in again
    assert "看过的部分正常。" in small("check", lang="zh").stdout
    assert "SQLite file" not in again
    assert "SQLite file" in everything
    assert everything.rstrip().endswith("All is well.")
