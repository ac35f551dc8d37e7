"""Close-out: who may take which step, when, what it does to figures and how it goes back."""

from __future__ import annotations

import pytest

from tests.photograph import photograph

FIGURES = {
    "2020-03-01": (2, 0, 0, 2), "2020-03-02": (2, 0, 1, 1), "2020-03-03": (2, 0, 0, 2),
    "2020-03-15": (2, 0, 1, 1), "2020-03-24": (2, 1, 0, 1), "2020-06-01": (1, 0, 0, 1),
}  # fmt: skip
"""Completed, and of them struck off, awaiting acceptance, not applied for."""


@pytest.fixture
def closing(small, monkeypatch, tmp_path):
    """An item that 李工 reported as completed, in a programme of two levels."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    small("programme", "set", "P-1", "--acceptance", "县级、市级", "--notice", "7天")
    small("item", "add", "P-1/2", "--problem", "黑臭水体", "--status", "completed",
          "--deadline", "2020年1月底前", "--on", "2020-02-01", "--by", "李工")  # fmt: skip
    small("item", "add", "P-1/3", "--problem", "扬尘", "--status", "completed",
          "--on", "2020-02-01", "--by", "李工")  # fmt: skip
    return small


def step(rectify, name: str, on: str, by: str = "科长", *more: str, ref: str = "P-1/2", **how):
    return rectify("close", ref, "--step", name, "--on", on, "--by", by, *more, **how)


def figures(rectify, day: str, *more: str) -> tuple[int, int, int, int]:
    row = rectify.rows("rollup", "--as-of", day, *more)[0]
    assert row["completed"] == row["struck_off"] + row["awaiting"] + row["not_applied"]
    return row["completed"], row["struck_off"], row["awaiting"], row["not_applied"]


def test_one_item_from_the_report_to_striking_off_and_back(closing, tmp_path):
    step(closing, "apply", "2020-03-02", "市整改办")
    step(closing, "refuse", "2020-03-03", "县验收组", "--reason", "台账不全")
    step(closing, "apply", "2020-03-04", "市整改办")
    (tmp_path / "验收.jpg").write_bytes(photograph("2020:03:05 10:00:00", 46.5, 125.1))
    step(closing, "accept", "2020-03-05", "县验收组", "--level", "县级", "--evidence", "验收.jpg",
         "--day", "2020-03-05")  # fmt: skip
    step(closing, "accept", "2020-03-06", "王局长", "--level", "city")
    step(closing, "publish", "2020-03-09", "王局长", "-o", "公示.html")
    page = (tmp_path / "公示.html").read_text("utf-8")
    assert "黑臭水体" in page
    closing("close", "P-1/2", "-o", "again.html", "--contact", "0459-1", lang="zh")
    again = (tmp_path / "again.html").read_text("utf-8")
    assert "公示期：2020年3月9日至2020年3月16日" in again
    assert "联系方式：0459-1" in again
    step(closing, "object", "2020-03-12", "群众", "--reason", "河面仍有异味")
    words = ("close", "P-1/2", "-o", "never.html")
    assert "不在公示中" in closing.refused(*words, code=2, lang="zh")
    step(closing, "publish", "2020-03-16", "王局长", "-o", "公示.docx", lang="zh")
    assert (tmp_path / "公示.docx").read_bytes().startswith(b"PK")
    refused = closing.refused("close", "P-1/2", "--step", "strike", "--on", "2020-03-23",
                              code=1, lang="zh")  # fmt: skip
    assert "公示到 2020-03-23 为止" in refused
    step(closing, "strike", "2020-03-24", "王局长")
    refused = closing.refused("item", "set", "P-1/2", "--status", "behind", code=1, lang="zh")
    assert "--step reopen" in refused
    step(closing, "reopen", "2020-06-01", "督察组", "--reason", "返黑返臭")

    (row,) = closing.rows("item", "show", "P-1/2")
    assert (row["status"], row["closure"]) == ("not_completed", None)
    assert row["first_due_on"] == row["due_on"] == "2020-01-31"
    assert [each["step"] for each in row["closings"]] == [
        "apply", "refuse", "apply", "accept", "accept", "publish", "object", "publish", "strike",
        "reopen",
    ]  # fmt: skip
    assert [each["acted_by"] for each in row["closings"][3:5]] == ["县验收组", "王局长"]
    assert row["evidence"][0]["about"] == "closing"
    for day, stage, level in (
        ("2020-03-01", None, None), ("2020-03-03", None, None), ("2020-03-04", "applied", None),
        ("2020-03-05", "applied", "county"), ("2020-03-08", "accepted", "city"),
        ("2020-03-11", "published", "city"), ("2020-03-15", "objected", "city"),
        ("2020-05-31", "struck", "city"),
    ):  # fmt: skip
        (then,) = closing.rows("item", "show", "P-1/2", "--as-of", day)
        assert (then["closure"], then["closure_level"]) == (stage, level), day
        found = closing.rows("item", "list", f"closure:{stage or 'not_applied'}", "--as-of", day)
        assert "P-1/2" in [each["ref"] for each in found]
    told = closing("item", "show", "P-1/2", lang="zh").stdout
    assert "县级验收通过" in told
    assert "返黑返臭" in told
    assert "反弹重开" in closing("log", "P-1/2", lang="zh").stdout
    assert {day: figures(closing, day) for day in FIGURES} == FIGURES
    assert figures(closing, "2020-03-24", "--by", "city") == (2, 1, 0, 1)
    closing("check")
    closing("undo")
    assert figures(closing, "2020-06-01") == (2, 1, 0, 1)
    (row,) = closing.rows("item", "show", "P-1/2")
    assert (row["status"], row["closure"]) == ("completed", "struck")
    closing("check")


def test_a_second_pair_of_eyes_is_asked_for(closing):
    step(closing, "apply", "2020-03-02", "市整改办")
    for name, why in (("李工", "上报完成"), ("市整改办", "申请验收")):
        words = ("close", "P-1/2", "--step", "accept", "--on", "2020-03-03", "--by", name)
        assert why in closing.refused(*words, code=1, lang="zh")
    step(closing, "accept", "2020-03-03", "县验收组")
    words = ("close", "P-1/2", "--step", "accept", "--on", "2020-03-04", "--by", "县验收组")
    assert "已在下一级验收过" in closing.refused(*words, code=1, lang="zh")


def test_what_the_rules_refuse_changes_nothing(closing):
    def refused(*words: str, code: int = 1) -> str:
        return closing.refused("close", *words, code=code, lang="zh")

    assert "不是完成" in refused("P-1/1", "--step", "apply")
    assert "未申请" in refused("P-1/2", "--step", "strike")
    assert "须写明原因" in refused("P-1/2", "--step", "reopen", code=2)
    assert "不分层级" in refused("P-1/2", "--step", "apply", "--level", "city", code=2)
    assert "2027-01-01" in refused("P-1/2", "--step", "apply", "--on", "2027-01-01", code=2)
    assert "哪些任务" in refused("--step", "apply", code=2)
    assert "没有符合条件" in refused("--where", "closure:struck", "--step", "strike", code=2)
    step(closing, "apply", "2020-03-02")
    step(closing, "accept", "2020-03-03", "甲")
    before = closing("close", "P-1/2", "--step", "accept", "--by", "乙", "--on", "2020-03-02",
                     code=1, lang="zh").stderr  # fmt: skip
    assert "早于上一步" in before
    assert "没有公示文稿" in refused(
        "P-1/2", "--step", "accept", "--by", "乙", "-o", "x.docx", code=2
    )
    later = closing.rows("log")[0]["batch"]
    assert str(later) in closing.refused("undo", str(later - 1), code=1)
    (row,) = closing.rows("item", "show", "P-1/2")
    assert row["closure"] == "applied"


def test_many_at_once_and_the_board(closing):
    closing("close", "--where", "group:completed", "--step", "apply", "--on", "2020-03-02")
    board = closing.rows("close", "--on", "2020-03-05")
    assert [row["ref"] for row in board] == ["P-1/2", "P-1/3"]
    assert {row["days_waited"] for row in board} == {3}
    assert "待县级验收" in closing("close", "--on", "2020-03-05", lang="zh").stdout
    awaiting = closing.rows("item", "list", "closure:awaiting")
    assert [row["ref"] for row in awaiting] == ["P-1/2", "P-1/3"]
    assert closing.rows("item", "list", "销号:已销号") == []
    for name, by in (("accept", "甲"), ("accept", "乙"), ("publish", "乙")):
        closing("close", "P-1/2-3", "--step", name, "--by", by, "--on", "2020-03-05")
    closing("close", "P-1/3", "--step", "object", "--reason", "有异味", "--on", "2020-03-06")
    refused = closing.refused("close", "P-1/2-3", "--step", "strike", "--on", "2020-03-20",
                              code=1, lang="zh")  # fmt: skip
    assert "P-1/3" in refused
    assert figures(closing, "2020-03-20") == (2, 0, 2, 0)
    assert "notice has run" in closing("close", "--on", "2020-03-20").stdout
    closing("check")


def test_figures_of_a_paragraph_and_of_a_report_are_held_against_it(closing, tmp_path):
    for name, by in (("apply", "市整改办"), ("accept", "甲"), ("accept", "乙"), ("publish", "乙")):
        step(closing, name, "2020-03-02", by)
    step(closing, "strike", "2020-03-10", "乙")
    text = "截至2020年3月10日，大庆市试点共有整改任务2项，已完成2项，其中已销号1项、待验收1项。"
    (tmp_path / "通稿.txt").write_text(text, "utf-8")
    words = ("reconcile", "通稿.txt", "--programme", "P-1", "--as-of", "2020-03-10")
    found = closing.rows(*words, code=1)["figures"]
    told = {each["closeout"]: (each["value"], each["ledger"]) for each in found[2:]}
    assert told == {"struck_off": (1, 1), "applied": (1, 0)}
    (row,) = closing.rows("rollup", "--closure", "--programme", "P-1", "--as-of", "2020-03-10")
    assert (row["completed_items"], row["struck_off"], row["not_applied"]) == (2, 1, 1)
    table = closing("rollup", "--closure", "--as-of", "2020-03-10", lang="zh").stdout
    assert "完成（含基本完成）＝" in table
    (tmp_path / "config" / "rectify-tui").mkdir(parents=True, exist_ok=True)
    (tmp_path / "config" / "rectify-tui" / "weekly.toml").write_text(
        '[layouts.x]\nsections = ["progress"]\n[layouts.x.columns]\n'
        'progress = ["name", "total", "struck_off", "awaiting", "not_applied"]\n', "utf-8",
    )  # fmt: skip
    shown = closing("weekly", "--week", "2020-03-13", "--layout", "x", lang="zh").stdout
    assert "未申请销号" in shown


def test_how_long_is_too_long_is_the_habit_of_the_office(closing, tmp_path):
    def waiting(day: str) -> list[str]:
        found = closing.rows("behind", "--as-of", day)
        return [each["ref"] for each in found if each["why"] == "waiting"]

    step(closing, "apply", "2020-03-02", ref="P-1/3")
    for name, by in (("apply", "市整改办"), ("accept", "甲"), ("accept", "乙"), ("publish", "乙")):
        step(closing, name, "2020-03-02", by)
    assert waiting("2020-03-16") == []
    assert waiting("2020-03-17") == ["P-1/2"]
    assert waiting("2020-04-02") == ["P-1/3", "P-1/2"]
    path = tmp_path / "config" / "rectify-tui" / "closeout.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("wait_days = 10\nstrike_days = 0\n", "utf-8")
    assert waiting("2020-03-09") == []
    assert waiting("2020-03-10") == ["P-1/2"]
    assert waiting("2020-03-13") == ["P-1/3", "P-1/2"]
    for text, why in (("wait = 1", "wait_days"), ('wait_days = "7"', "whole number")):
        path.write_text(text, "utf-8")
        refused = closing.refused("behind", code=2)
        assert why in refused
        assert "closeout.toml" in refused
