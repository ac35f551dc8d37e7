"""`rectify return remind` and `rectify return received`."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def config(monkeypatch, tmp_path):
    """The folder of settings, with the office's name; commands run in a folder of their own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "config" / "rectify-tui"
    folder.mkdir(parents=True)
    (folder / "weekly.toml").write_text('office = "省整改办"\n', "utf-8")
    desk = tmp_path / "desk"
    desk.mkdir()
    monkeypatch.chdir(desk)


def test_nothing_was_sent(rectify):
    result = rectify("return", "remind", lang="zh", code=1)
    assert "还没有发出回报表" in result.stderr


def test_who_is_reminded_and_what_is_noted(rectify):
    rectify("return", "make", "-o", "out")
    text = rectify("return", "remind", lang="zh").stdout
    assert text.splitlines()[0].endswith("整改任务回报表，以下单位尚未报来：")
    assert "黑龙江省（未分到下级）：" in text
    assert "山西省（未分到下级）：" in text
    assert "尽快发回省整改办" in text
    one = rectify("return", "remind", "heilongjiang", lang="en").stdout
    assert "Heilongjiang" in one
    assert "Shanxi" not in one

    result = rectify("return", "received", "黑龙江省", "--how", "纸质", "--by", "王工", lang="zh")
    assert "已登记收到 1 份回报表：黑龙江省（未分到下级）" in result.stdout
    states = {row["place"]: row for row in rectify.rows("return", "status")}
    assert states["黑龙江省"]["state"] == "received"
    assert states["黑龙江省"]["how"] == "纸质"
    assert states["黑龙江省"]["received_on"] == date.today().isoformat()
    assert states["山西省"]["state"] == "waiting"
    assert rectify.rows("log")[0]["on_behalf"] == "王工"
    again = rectify("return", "received", "黑龙江省", lang="zh", code=1)
    assert "已经收到" in again.stderr
    assert "黑龙江" not in rectify("return", "remind", lang="zh").stdout

    rectify("undo")
    assert "黑龙江省" in rectify("return", "remind", lang="zh").stdout
    rectify("check")


def test_what_cannot_be_noted(rectify):
    rectify("return", "make", "-o", "out")
    nobody = rectify("return", "received", "乌有市", lang="zh", code=2)
    assert "这一轮没有发给“乌有市”" in nobody.stderr
    early = rectify("return", "received", "山西省", "--on", "2020-01-01", lang="zh", code=2)
    assert "不会在 2020-01-01 收到" in early.stderr


def test_letters_and_a_calendar(rectify):
    rectify("return", "make", "-o", "out")
    rectify("return", "remind", "--letters", "催报", "--ics", "due.ics", lang="zh")
    letters = sorted(path.name for path in Path("催报").iterdir())
    assert letters == [f"{name}（未分到下级）-催报函.docx" for name in ("山西省", "黑龙江省")]
    with zipfile.ZipFile(Path("催报") / letters[0]) as docx:
        body = docx.read("word/document.xml").decode()
    assert "关于报送整改任务回报表的函" in body
    assert "省整改办" in body
    calendar = Path("due.ics").read_text("utf-8").replace("\r\n ", "")
    assert calendar.count("BEGIN:VEVENT") == 2
    assert "山西省" in calendar
    refused = rectify("return", "remind", "--letters", "催报", lang="zh", code=2)
    assert "催报" in refused.stderr
