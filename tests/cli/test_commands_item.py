"""`rectify item`: lists, sheets and changes."""

from __future__ import annotations

import csv
import io

import pytest

from rectify_tui.domain.fields import ITEM, Shown
from rectify_tui.domain.text import clean

PROMISED = {
    "ref", "programme", "number", "problem", "status", "since", "progress", "deadline",
    "deadline_kind", "due_on", "start_on", "region", "region_code", "responsible", "lead",
    "supervising", "verification", "note", "reason", "next_step", "next_on", "put_off_until",
    "reviewed_on", "goal", "merged_into", "reconstructed", "simulated", "source", "rev",
}  # fmt: skip
"""Names that programs may rely on; fields that come later have further ones."""
HOSTILE = "=1+1 \x1b]0;x\x07[@click=app.quit()]红\u202e移\u200b字 | `b`\n第二行 [/附件]"


def refs(rows):
    return [row["ref"] for row in rows]


# --- list ---


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_list(rectify, golden, lang):
    words = ("item", "list", "ref:HLJ-2016/24-26|DQ-DALONGHUPAO/1", "--as-of", "2019-12-31")
    golden(f"items.{lang}.txt", rectify(*words, lang=lang).stdout)


def test_list_as_json_has_every_field(rectify):
    rows = rectify.rows("item", "list", "programme:DQ-DALONGHUPAO")
    assert list(rows[0]) == [field.key for field in ITEM.shown(Shown.EXPORT)]
    assert rows[0].keys() >= PROMISED
    assert rows[0]["status"] == "merged"
    assert rows[0]["merged_into"] == "HLJ-2018"
    assert rows[0]["reconstructed"] is False
    assert rows[0]["deadline_kind"] == "none"
    assert rows[0]["region_code"] == "230600"


def test_list_as_csv_has_every_field(rectify):
    out = rectify("item", "list", "ref:HLJ-2016/25", "--format", "csv", lang="zh").stdout
    assert out.startswith("\ufeff编号,整改方案,序号,")
    header, row = csv.reader(io.StringIO(out.removeprefix("\ufeff")))
    assert len(header) == len(row) == len(ITEM.shown(Shown.EXPORT))
    assert row[0] == "HLJ-2016/25"
    assert "按序时进度推进" in row


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (["status:behind", "programme:HLJ-2018"], 3),
        (["状态:未达序时进度", "方案:HLJ-2018"], 3),
        (["状态:未达序时进度　地区:黑龙江"], 3),
        (["地区:大庆", "畜禽"], 1),
        (["地区:大庆", "-畜禽"], 4),
        (["programme:HLJ-2016", "-status:merged", "-状态:已完成"], 8),
        (["programme:HLJ-2016 -status:merged"], 32),
        (["!status:completed", "分组:滞后", "programme:SX-2019-PROJECTS"], 16),
        (["-programme:CN-2018-WATER", "-programme:SX-2019-OUTFALLS", "region:全国"], 759),
    ],
)
def test_filters(rectify, words, count):
    assert len(rectify.rows("item", "list", *words)) == count


def test_order_and_limit(rectify):
    rows = rectify.rows("item", "list", "programme:HLJ-2018", "--desc", "--limit", "2")
    assert refs(rows) == ["HLJ-2018/60", "HLJ-2018/59"]
    rows = rectify.rows("item", "list", "programme:HLJ-2018", "--sort", "status", "--desc")
    assert {row["status"] for row in rows[:3]} == {"behind"}
    assert "The first 2 of 60 items." in rectify(
        "item", "list", "programme:HLJ-2018", "--limit", "2"
    ).stdout  # fmt: skip


def test_a_pipe_gets_every_row(rectify):
    assert rectify("item", "list", "--format", "csv").stdout.count("\n") == 9050


def test_list_as_of_a_day(rectify):
    rectify("item", "set", "HLJ-2018/1", "--status", "behind", "--on", "2020-02-01")
    listed = ("item", "list", "ref:HLJ-2018/1", "--as-of")
    assert rectify.rows(*listed, "2020-01-31")[0]["status"] == "completed"
    assert rectify.rows(*listed, "2020-02-01")[0]["status"] == "behind"
    assert "as of 2020-02-01" in rectify(*listed, "2020-02-01").stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["statsu:behind"], "Did you mean “status”?"),
        (["status:nearly"], "Unknown status “nearly”"),
        (["region:亚特兰蒂斯"], "There is no region “亚特兰蒂斯”."),
        (["--limit", "0"], "--limit: “0” is out of range"),
        (["--sort", "colour"], "Use one of: number, status"),
        (["--statsu"], "There is no option --statsu."),
    ],
)
def test_what_cannot_be_listed(rectify, words, sentence):
    assert sentence in rectify.refused("item", "list", *words, code=2)


# --- show ---


def test_show(rectify, golden):
    rectify("item", "set", "HLJ-2018/12", "--deadline", "2020年底前", "--progress", "40")
    row = rectify.rows("item", "show", "DQ-DALONGHUPAO/1", "HLJ-2018/12")
    assert refs(row) == ["DQ-DALONGHUPAO/1", "HLJ-2018/12"]
    assert row[0]["live"] == "HLJ-2018"
    assert row[0]["measures"][1]["milestones"][0]["done_on"] == "2019-05-31"
    assert [entry["field"] for entry in row[1]["history"]][-1] == ""
    assert {entry["field"]: entry["new"] for entry in row[1]["history"]}["progress"] == 40
    out = rectify("item", "show", "DQ-DALONGHUPAO/1", "HLJ-2018/12", lang="zh").stdout
    assert "整改时限  2020年底前\n到期日    2020-12-31（限期完成）" in out
    assert "DQ-DALONGHUPAO/1 整改措施和时间节点" in out
    assert "黑龙江省 / 大庆市" in out
    assert "HLJ-2018/12 变更记录" in out


def test_show_follows_merges_to_the_end(rectify):
    rectify("item", "merge", "HLJ-2018/1", "--into", "HLJ-2018/2")
    rectify("item", "merge", "HLJ-2018/2", "--into", "HLJ-2018/3")
    first, last = rectify.rows("item", "show", "HLJ-2018/1,3")
    assert (first["merged_into"], first["live"]) == ("HLJ-2018/2", "HLJ-2018/3")
    assert last["carries"] == ["HLJ-2018/2"]
    out = rectify("item", "show", "HLJ-2018/1").stdout
    assert "HLJ-2018/2 (carried on by HLJ-2018/3 in the end)" in out


@pytest.mark.parametrize("format_", ["csv", "md"])
def test_show_in_other_formats(rectify, format_):
    out = rectify("item", "show", "HLJ-2018/7-8", "--format", format_).stdout
    assert "HLJ-2018/7" in out
    assert "HLJ-2018/8" in out


def test_show_what_is_not_there(rectify):
    assert "no item HLJ-2018/61" in rectify.refused("item", "show", "HLJ-2018/61", code=2)
    assert "add numbers" in rectify.refused("item", "show", "HLJ-2018", code=2)


# --- set ---


def test_set_says_what_changed_and_how_to_undo_it(rectify):
    words = ("item", "set", "HLJ-2018/12", "--status", "已完成", "--on", "2020-02-28")
    assert rectify.said(*words) == (
        "Changed HLJ-2018/12: Status Basically completed → Completed"
        " (batch 3; to undo: rectify undo 3)."
    )
    assert rectify.said("undo", "3").startswith("Undid batch 3 by ")
    assert rectify.said(*words, lang="zh") == (
        "已更新 HLJ-2018/12：状态 基本完成 → 已完成（第 5 批，撤销：rectify undo 5）。"
    )
    row = rectify.rows("item", "list", "ref:HLJ-2018/12")[0]
    assert (row["status"], row["since"]) == ("completed", "2020-02-28")


def test_set_every_field_on_several(rectify):
    options = {
        "--status": "滞后", "--progress": "35%", "--note": "管网未开工", "--problem": "污水直排",
        "--goal": "全部截污", "--region": "大庆市", "--responsible": "大庆市水务局",
        "--lead": "省住建厅", "--supervising": "省督察办", "--deadline": "2020年底前",
        "--start": "2019-03-01", "--verified": "refuted", "--reason": "现场核查", "--by": "王工",
    }  # fmt: skip
    told = rectify.said("item", "set", "HLJ-2018/3-5,14", *sum(options.items(), ()), lang="zh")
    assert told.startswith("已更新 4 条（HLJ-2018/3-5,14）：")
    for row in rectify.rows("item", "list", "ref:HLJ-2018/3-5,14"):
        assert row["status"] == "behind"
        assert row["progress"] == 35
        assert row["region"] == "大庆市"
        assert row["responsible"] == "大庆市水务局"
        assert row["supervising"] == "省督察办"
        assert (row["deadline"], row["due_on"]) == ("2020年底前", "2020-12-31")
        assert row["start_on"] == "2019-03-01"
        assert row["verification"] == "refuted"
    entry = rectify.rows("log", "HLJ-2018/14")[0]
    assert (entry["on_behalf"], entry["reason"], entry["batch"]) == ("王工", "现场核查", 3)


def test_an_empty_text_clears_a_field(rectify):
    rectify("item", "set", "HLJ-2018/12", "--progress", "40", "--lead", "省住建厅")
    assert "Progress 40% → (empty)" in rectify.said(
        "item", "set", "HLJ-2018/12", "--progress", "", "--lead", ""
    )  # fmt: skip
    row = rectify.rows("item", "list", "ref:HLJ-2018/12")[0]
    assert (row["progress"], row["lead"]) == (None, None)


def test_set_as_json(rectify):
    words = ("item", "set", "HLJ-2018/12-13", "--progress", "5")
    assert rectify.rows(*words) == [{"batch": 3, "changed": 2}]
    assert rectify.rows(*words) == [{"batch": None, "changed": 0}]


def test_nothing_to_change_is_no_failure(rectify):
    words = ("item", "set", "HLJ-2018/12", "--status", "基本完成")
    assert rectify.said(*words) == "Nothing to change: HLJ-2018/12 had these values already."
    assert len(rectify.rows("log")) == 2


def test_a_revision_that_was_overtaken_is_refused(rectify):
    rev = rectify.rows("item", "list", "ref:HLJ-2018/12")[0]["rev"]
    mine = ("item", "set", "HLJ-2018/12", "--status", "behind", "--rev", str(rev))
    rectify("item", "set", "HLJ-2018/12", "--status", "completed", "--by", "李工")
    for lang, words in (("zh", ("李工", "状态 已完成", "状态 未达序时进度")),
                        ("en", ("李工", "Status Completed", "Status Behind"))):  # fmt: skip
        told = rectify.refused(*mine, code=1, lang=lang)
        assert all(word in told for word in words), told
    assert rectify.rows("item", "list", "ref:HLJ-2018/12")[0]["status"] == "completed"
    rectify(*mine[:-1], str(rev + 1))
    assert rectify.rows("item", "list", "ref:HLJ-2018/12")[0]["status"] == "behind"


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ((), 2, "There is nothing to set."),
        (("--status", "情况不明"), 2, "Unknown status “情况不明”."),
        (("--status", "merged"), 2, "rectify item merge"),
        (("--progress", "101"), 2, "from 0 to 100"),
        (("--note", "x", "--on", "2099-01-01"), 2, "after today"),
        (("--note", "x", "--on", "someday"), 2, "Cannot read the day"),
        (("--note", "字" * 4001), 2, "4000"),
        (("--verified", "perhaps"), 2, "Use one of: unverified, confirmed, refuted."),
    ],
)
def test_what_cannot_be_set(rectify, words, code, sentence):
    assert sentence in rectify.refused("item", "set", "HLJ-2018/12", *words, code=code)
    assert len(rectify.rows("log")) == 2


def test_a_revision_is_for_one_item(rectify):
    words = ("item", "set", "HLJ-2018/1-2", "--note", "x", "--rev", "1")
    assert "--rev is for one record; there are 2 here." in rectify.refused(*words, code=2)


# --- merge and add ---


def test_merge(rectify):
    told = rectify.said("item", "merge", "HLJ-2016/25-27", "--into", "HLJ-2018/7", lang="zh")
    assert told.startswith("已更新 3 条（HLJ-2016/25-27）：状态改为并入；并入改为HLJ-2018/7（")
    assert told.endswith("（第 3 批，撤销：rectify undo 3）。")
    rows = rectify.rows("item", "list", "merged:HLJ-2018/7")
    assert refs(rows) == ["HLJ-2016/25", "HLJ-2016/26", "HLJ-2016/27"]
    assert {row["merged_into"] for row in rows} == {"HLJ-2018/7"}


def test_a_merge_into_itself_is_refused(rectify):
    rectify("item", "merge", "HLJ-2018/1", "--into", "HLJ-2018/2")
    words = ("item", "merge", "HLJ-2018/2", "--into", "HLJ-2018/1")
    assert "would carry itself on" in rectify.refused(*words, code=1)
    words = ("item", "merge", "HLJ-2018/3", "--into", "HLJ-2018")
    assert "own programme" in rectify.refused(*words, code=1)


def test_add(rectify):
    words = ("item", "add", "hlj-2018/61", "--problem", "污水直排", "--region", "230600")
    assert rectify.said(*words) == "Added HLJ-2018/61 (batch 3; to undo: rectify undo 3)."
    row = rectify.rows("item", "list", "ref:HLJ-2018/61")[0]
    assert (row["region"], row["status"], row["reconstructed"]) == ("大庆市", "not_started", False)
    assert "exists already" in rectify.refused(*words, code=2)
    assert "There is no programme NO" in rectify.refused("item", "add", "NO/1", code=2)
    assert "add numbers" in rectify.refused("item", "add", "HLJ-2018", code=2)
    rectify("undo")
    assert rectify.rows("item", "list", "ref:HLJ-2018/61") == []


def test_hostile_text_from_end_to_end(rectify):
    names = ("--problem", "--note", "--goal", "--responsible", "--deadline", "--reason", "--by")
    options = [word for name in names for word in (name, HOSTILE)]
    results = [rectify("item", "add", "HLJ-2018/61", *options)]
    results += [
        rectify("item", *words, "--format", format_)
        for words in (["list", "ref:HLJ-2018/61"], ["show", "HLJ-2018/61"])
        for format_ in ("table", "json", "csv", "md")
    ]
    results += [rectify("log", "HLJ-2018/61"), rectify("log"), rectify("unit", "list")]
    for result in results:
        for out in (result.stdout, result.stderr):
            assert clean(out.replace("\r\n", "\n"), multiline=True, limit=10**6).split() == (
                out.lstrip("\ufeff").split()
            )
    row = rectify.rows("item", "list", "ref:HLJ-2018/61")[0]
    assert row["problem"] == "=1+1 [@click=app.quit()]红移字 | `b`\n第二行 [/附件]"
    out = rectify("item", "list", "ref:HLJ-2018/61", "--format", "csv").stdout
    assert "'=1+1 [@click" in out
