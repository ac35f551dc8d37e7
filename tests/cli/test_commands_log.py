"""`rectify log`, `undo` and `check`: what was done, undone, and whether all of it holds."""

from __future__ import annotations

import shutil
import sqlite3

import pytest

from rectify_tui.resources import data_folder
from rectify_tui.store import migrations
from rectify_tui.store.account import account
from rectify_tui.store.commands.items import set_items
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.references import item_ids


def change(rectify, *words):
    return rectify("item", "set", "HLJ-2018/12", *words, "--by", "王工", "--reason", "验收")


def test_batches(rectify):
    change(rectify, "--status", "completed")
    rows = rectify.rows("log")
    assert [row["batch"] for row in rows] == [3, 2, 1]
    assert (rows[0]["kind"], rows[0]["who"], rows[0]["on_behalf"], rows[0]["reason"]) == (
        "set", account(), "王工", "验收",
    )  # fmt: skip
    assert rows[0]["rows"] == 1
    assert "公开数据" in rectify("log", lang="zh").stdout
    assert len(rectify.rows("log", "--limit", "1")) == 1


def test_the_log_of_an_item(rectify):
    change(rectify, "--status", "completed", "--on", "2020-02-28")
    change(rectify, "--responsible", "大庆市水务局")
    rectify("item", "merge", "HLJ-2018/12", "--into", "HLJ-2018/7")
    rectify("undo")
    out = rectify("log", "HLJ-2018/12", lang="zh").stdout
    lines = [line.split() for line in out.splitlines()[4:]]
    assert ["2020-02-28", account(), "王工", "状态", "基本完成", "已完成", "验收", "3"] in [
        [line[0], *line[2:]] for line in lines
    ]
    assert "5（被 6 撤销）" in out
    assert "6（撤销 5）" in out
    assert "大庆市水务局" in out
    assert "HLJ-2018/7" in out
    assert "（新增）" in lines[-1]
    entry = rectify.rows("log", "HLJ-2018/12")[-2]
    assert (entry["field"], entry["old"], entry["new"]) == (
        "status", "basically_completed", "completed",
    )  # fmt: skip
    assert (entry["effective_on"], entry["undone_by"]) == ("2020-02-28", None)


def test_the_log_of_a_batch_and_of_several_items(rectify):
    rectify("item", "set", "HLJ-2018/1-3", "--progress", "5")
    rows = rectify.rows("log", "--batch", "3")
    assert [row["record"] for row in rows] == ["HLJ-2018/1", "HLJ-2018/2", "HLJ-2018/3"]
    assert {row["batch"] for row in rectify.rows("log", "HLJ-2018/1-3", "--limit", "3")} == {3}
    assert "There is no batch 9." in rectify.refused("log", "--batch", "9", code=2)
    assert "not both" in rectify.refused("log", "HLJ-2018/1", "--batch", "1", code=2)


def test_the_log_of_a_case(rectify):
    rectify("case", "set", "4350", "--status", "closed")
    for words in (("4350",), ("HLJ-2018/4350",), ("HLJ-2018/4350", "--case")):
        assert [row["entity"] for row in rectify.rows("log", *words)] == ["case"] * 3
    assert rectify.rows("log", "HLJ-2018/1")[0]["entity"] == "item"
    assert rectify.rows("log", "HLJ-2018/1", "--case")[0]["entity"] == "case"


@pytest.mark.parametrize("ref", ["HLJ-2018/9999", "nothing"])
def test_the_log_of_nothing(rectify, ref):
    assert f"There is no item or case {ref}." in rectify.refused("log", ref, code=2)


def test_undo_and_undoing_that(rectify):
    before = rectify.rows("rollup")
    change(rectify, "--status", "behind")
    after = rectify.rows("rollup")
    assert rectify.said("undo", lang="zh") == (
        f"已撤销 {account()} 的第 3 批（更新，1 条记录）。这是第 4 批，恢复：rectify undo 4。"
    )
    assert rectify.rows("rollup") == before
    assert rectify.said("undo", "4").startswith("Brought back what batch 4 by ")
    assert rectify.rows("rollup") == after
    assert rectify.rows("undo", "5") == [{"batch": 6, "changed": 1, "undone": 5}]
    assert rectify.rows("rollup") == before


def test_undo_takes_one_s_own_and_another_s_only_by_its_number(rectify, monkeypatch):
    change(rectify, "--status", "behind")
    ledger = Ledger(rectify.db)
    with ledger.batch("set", who="countyB") as writing:
        set_items(writing.draft, item_ids(writing.draft.connection, ["HLJ-2018/13"]), {"note": "B"})
    ledger.close()
    monkeypatch.setenv("LOGNAME", "countyB")
    assert f"Undid batch 3 by {account()} " in rectify.said("undo")
    refusal = rectify.refused("undo", code=1, lang="zh")
    assert f"没有 {account()} 自己的改动可以撤销。最近的是 countyB 的第 4 批" in refusal
    assert "rectify undo 4" in refusal
    assert "Undid batch 4 by countyB " in rectify.said("undo", "4")


def test_who_writes_is_the_account_whatever_the_surroundings_say(rectify, monkeypatch):
    for name in ("LOGNAME", "USER", "USERNAME", "LNAME"):
        monkeypatch.setenv(name, "省长")
    change(rectify, "--status", "behind")
    assert {(row["who"], row["on_behalf"]) for row in rectify.rows("log")[:1]} == {
        (account(), "王工")
    }
    assert "代谁" in rectify("log", lang="zh").stdout
    assert rectify("check").exit_code == 0


def test_undo_that_is_refused(rectify):
    assert "There is nothing to undo." in rectify.refused("undo", code=1)
    change(rectify, "--status", "behind")
    change(rectify, "--status", "completed")
    assert "Undo them first: #4" in rectify.refused("undo", "3", code=1)
    assert "There is no batch 99." in rectify.refused("undo", "99", code=2)


def test_check_of_a_sound_store(small):
    assert small("check").stdout.endswith("\nAll is well.\n")
    assert {row["result"] for row in small.rows("check")} == {"ok"}


def test_check_of_a_store_that_was_tampered_with(small):
    with sqlite3.connect(small.db) as connection:
        connection.execute("UPDATE item SET problem = '已解决'")
        connection.execute("DROP TRIGGER history_no_update")
    connection.close()
    out = small("check", code=1, lang="zh").stdout
    assert "history_no_update" in out
    assert "P-1/1" in out
    assert "2 项检查不符，但历史本身完好：用 rectify repair 按历史重建。" in out
    rows = {row["check"]: row for row in small.rows("check", code=1)}
    assert rows["schema"]["result"] == rows["state"]["result"] == "wrong"
    assert rows["chain"]["result"] == "ok"
    assert "P-1/1" in small("check", "--format", "csv", code=1).stdout


def test_an_older_store_is_brought_up_to_date(small, monkeypatch, tmp_path):
    shutil.copytree(data_folder("db"), tmp_path / "db")
    (tmp_path / "db/migrations/9999_more.sql").write_text("CREATE TABLE more (id INTEGER);\n")
    monkeypatch.setattr(migrations, "data_folder", tmp_path.joinpath)
    result = small("region", "find", "大庆")
    announced, done = result.stderr.splitlines()
    assert "Bringing" in announced
    assert "9999" not in announced
    assert "backups" in done
    backup = result.stderr.partition("as it was is at ")[2].strip().rstrip(".")
    assert sqlite3.connect(backup).execute("SELECT COUNT(*) FROM item").fetchone() == (1,)
    assert small("region", "find", "大庆").stderr == ""


def test_a_file_that_is_no_store(rectify):
    rectify.db.write_text("你好" * 1000)
    assert rectify.refused("item", "list", code=2)
    rectify.db.unlink()
    assert "Make one with rectify init" in rectify.refused("item", "list", code=2)
    rectify.db.mkdir()
    assert rectify.refused("item", "list", code=2)
