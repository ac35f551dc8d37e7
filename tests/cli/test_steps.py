"""The steps of items: entered, done, moved, dropped, imported; the schedule of each day."""

from __future__ import annotations

import pytest


@pytest.fixture
def stepped(small):
    """An item with three steps, entered on 10 January 2020."""
    small("item", "add", "P-1/9", "--problem", "污水直排", "--status", "on_schedule",
          "--deadline", "2020年12月底前", "--on", "2020-01-10")  # fmt: skip
    for words in (
        ("--text", "完成招标", "--due", "1月底", "--unit", "市住建局"),
        ("--text", "管网验收", "--due", "2020-02-15", "--measure", "管网改造"),
        ("--text", "通水", "--due", "6月底", "--measure", "管网改造"),
    ):
        small("item", "step", "add", "P-1/9", *words, "--on", "2020-01-10")
    return small


def judged(rectify, day: str) -> tuple[str, object, object, object]:
    (row,) = rectify.rows("item", "show", "P-1/9", "--as-of", day)
    return row["schedule"], row["step_due_on"], row["steps_done"], row["steps"]


def test_a_step_is_done_from_its_day_on(stepped):
    assert judged(stepped, "2020-02-01")[:2] == ("behind", "2020-01-31")
    said = stepped.said(
        "item", "step", "done", "P-1/9", "招标", "--on", "2020-02-03", "--evidence", "通知书",
        lang="zh",
    )  # fmt: skip
    assert "P-1/9 完成招标" in said
    assert judged(stepped, "2020-02-02")[:3] == ("behind", "2020-01-31", 0)
    assert judged(stepped, "2020-02-03")[1:] == ("2020-02-15", 1, 3)
    shown = stepped("item", "show", "P-1/9", lang="zh").stdout
    assert "步骤 1/3" in shown
    assert "通知书" in shown.partition("变更记录")[2]
    refs = [row["ref"] for row in stepped.rows("item", "list", "step<2020-03")]
    assert refs == ["P-1/9"]
    stepped("undo")
    assert judged(stepped, "2020-02-03")[1:] == ("2020-01-31", 0, 3)


def test_a_move_leaves_past_lateness_alone(stepped):
    stepped("item", "step", "done", "P-1/9", "1", "--on", "2020-01-30")
    move = ("item", "step", "move", "P-1/9", "2", "--to", "2020-05-31", "--on", "2020-03-01")
    stepped(*move, "--reason", "汛期")
    assert judged(stepped, "2020-02-29")[:2] == ("behind", "2020-02-15")
    assert judged(stepped, "2020-03-01")[:2] == ("on_schedule", "2020-05-31")
    table = stepped("item", "step", "list", "P-1/9", "--as-of", "2020-03-05", lang="zh").stdout
    assert "2020-05-31（原定 2020-02-15）" in table
    # Done before it was moved: also against the day first planned it was not late any more.
    stepped("item", "step", "done", "P-1/9", "2", "--on", "2020-02-20")
    assert judged(stepped, "2020-02-19")[0] == "behind"
    assert judged(stepped, "2020-02-25")[:2] == ("on_schedule", "2020-06-30")
    assert "汛期" in stepped("item", "show", "P-1/9", lang="zh").stdout
    assert stepped.refused("item", "step", "move", "P-1/9", "2", "--to", "2020-07-01", code=1)
    stepped("undo")
    stepped("undo")
    assert judged(stepped, "2020-03-01")[:2] == ("behind", "2020-02-15")
    stepped("check")


def test_a_dropped_step_is_planned_until_then(stepped):
    stepped("item", "step", "drop", "P-1/9", "招标", "--on", "2020-02-10", "--reason", "不再需要")
    assert judged(stepped, "2020-02-09")[1:] == ("2020-01-31", 0, 3)
    assert judged(stepped, "2020-02-10")[1:] == ("2020-02-15", 0, 2)


def test_what_cannot_be_meant_is_refused(stepped):
    add = ("item", "step", "add", "P-1/9", "--text", "x")
    assert "待定" in stepped.refused(*add, "--due", "待定", code=2, lang="zh")
    assert "完成招标" in stepped.refused("item", "step", "done", "P-1/9", "没有", code=2, lang="zh")
    assert "3 通水" in stepped.refused("item", "step", "done", "P-1/9", "x", code=2)
    assert stepped.refused("item", "step", "set", "P-1/9", "1", "--done", "2999-01-01", code=2)


def test_steps_come_with_an_import(small, tmp_path):
    table = tmp_path / "in.csv"
    table.write_text(
        "序号,问题,状态,整改措施,时间节点,整改时限\n"
        '21,甲,序时推进,"1.完成招标\n2.建成投运","2020年3月底前完成招标；2020年12月底前建成",2020年底前\n'
        '22,乙,序时推进,,"11月底阶段性销号，12月底全面销号",2020年底前\n'
        '23,丙,序时推进,,,"11月底阶段性销号，12月底全面销号"\n'
        "24,丁,序时推进,加强管理,尽快完成,2020年底前\n",
        "utf-8",
    )
    small("import", str(table), "--programme", "P-1", "--without", "region", "--yes")
    rows = small.rows("item", "step", "list", "P-1/21-24")
    assert [(row["ref"], row["step"], row.get("due_on")) for row in rows] == [
        ("P-1/21", "完成招标", "2020-03-31"), ("P-1/21", "建成", "2020-12-31"),
        ("P-1/22", "阶段性销号", "2020-11-30"), ("P-1/22", "全面销号", "2020-12-31"),
        ("P-1/23", "阶段性销号", "2020-11-30"), ("P-1/23", "全面销号", "2020-12-31"),
        ("P-1/24", "尽快完成", None),
    ]  # fmt: skip
    assert [row["measure"] for row in rows][:2] == ["完成招标", "建成投运"]


def told(tmp_path, *rows: str) -> str:
    table = tmp_path / "again.csv"
    table.write_text("序号,问题,整改措施,时间节点\n" + "\n".join(rows) + "\n", "utf-8")
    return str(table)


def test_known_items_get_the_steps_they_do_not_have(stepped, tmp_path):
    table = told(
        tmp_path, '9,污水直排,管网改造,"2020年2月15日管网验收；2020年7月底通水；2020年9月底清淤"'
    )
    options = ("--programme", "P-1", "--without", "region")
    stepped("import", table, *options, "--yes")
    rows = stepped.rows("item", "step", "list", "P-1/9")
    assert [(row["step"], row["due_on"], row["measure"]) for row in rows] == [
        ("完成招标", "2020-01-31", "完成招标"), ("管网验收", "2020-02-15", "管网改造"),
        ("通水", "2020-06-30", "管网改造"), ("2020年9月底清淤", "2020-09-30", "管网改造"),
    ]  # fmt: skip
    assert "无变化 1" in stepped("import", table, *options, "--yes", lang="zh").stdout
    assert len(stepped.rows("item", "step", "list", "P-1/9")) == 4
    stepped("undo")
    assert len(stepped.rows("item", "step", "list", "P-1/9")) == 3


def test_steps_in_other_words_wait_for_somebody(stepped, tmp_path):
    table = told(tmp_path, "9,污水直排,,2020年8月底竣工")
    options = ("--programme", "P-1", "--without", "region", "--yes")
    assert "换了写法" in stepped("import", table, *options, code=1, lang="zh").stderr
    assert len(stepped.rows("item", "step", "list", "P-1/9")) == 3
    stepped("import", table, *options, "--accept", "all")
    assert stepped.rows("item", "step", "list", "P-1/9")[-1]["due_on"] == "2020-08-31"


def test_a_step_that_somebody_changed_meanwhile_is_left_alone(stepped):
    first = stepped.rows("item", "step", "list", "P-1/9")[0]
    stepped("item", "step", "set", "P-1/9", "1", "--evidence", "甲", "--rev", str(first["rev"]))
    for words in (
        ("set", "--evidence", "乙"), ("done",), ("move", "--to", "2020-05-01"), ("drop",),
    ):  # fmt: skip
        verb, *rest = words
        step = ("item", "step", verb, "P-1/9", "1", *rest, "--rev", str(first["rev"]))
        assert "完成招标" in stepped.refused(*step, code=1)
    assert stepped.rows("item", "step", "list", "P-1/9")[0]["step_evidence"] == "甲"
