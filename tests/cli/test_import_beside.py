"""What a file lacks, what it brings besides, and cells that cannot be read, at the command line."""

from __future__ import annotations

import pytest
from import_table import write_table

HEAD = ("序号", "具体问题", "责任单位", "整改状态", "完成进度（%）", "验收组")
ROWS = (
    ("一、大庆市（2项）", "", "", "", "", ""),
    ("61", "污水直排", "省水利厅", "已完成", "100", "第三组"),
    ("62", "扬尘", "大庆市让胡路区住建局", "扫尾中", "一半", ""),
    ("二、其他", "", "", "", "", ""),
    ("63", "噪声", "省住建厅", "未完成", "5", "第一组"),
)
NEEDS = ("--without", "deadline", "--without", "region")
MEANING = ("--map-value", "整改状态:扫尾中=on_schedule")


@pytest.fixture
def load(rectify, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def load(*words, rows=ROWS, head=HEAD, code=0, lang="zh"):
        path = write_table(tmp_path / "台账.csv", head, *rows)
        return rectify("import", path, "--programme", "HLJ-2018", *words, code=code, lang=lang)

    return load


def one(rectify, ref):
    (item,) = rectify.rows("item", "show", ref)
    return item


def test_missing_columns_are_said_loudly_and_need_a_yes(rectify, load):
    before = rectify.db.read_bytes()
    for words in (("--yes",), ("--yes", "--without", "region")):
        told = load(*words, code=2).stderr
        assert "注意：表里没有整改时限一列" in told
        assert "--without deadline" in told.splitlines()[-1]
    assert rectify.db.read_bytes() == before
    assert (
        "Attention: The file has no column of regions"
        in load("--dry-run", code=1, lang="en").stderr
    )
    known = load(head=("序号", "备注"), rows=[("1", "返工")])  # adds nothing
    assert "注意" not in known.stderr
    assert "改动 1" in known.stdout


def test_sections_and_units_name_the_region_and_nothing_is_guessed(rectify, load):
    told = load(*NEEDS, *MEANING, code=1).stderr
    assert "没有地区一列。新增的行：1 行按所在章节定地区；1 行按责任单位的名称定地区；" in told
    assert "；1 行没有写明地区。" in told
    places = {ref: one(rectify, f"HLJ-2018/{ref}") for ref in ("61", "62", "63")}
    assert [item["region"] for item in places.values()] == ["大庆市", "让胡路区", "黑龙江省"]
    assert places["61"]["source"].endswith("/ 3 ← 一、大庆市（2项）")
    assert places["63"]["source"].endswith("/ 6")


def test_columns_that_are_no_field_are_kept_as_sent(rectify, load):
    assert "1 列照原文留存，随每条可查、可导出：验收组。" in load(*NEEDS, *MEANING, code=1).stderr
    assert one(rectify, "HLJ-2018/61")["as_sent"] == "验收组：第三组"
    found = [row["ref"] for row in rectify.rows("item", "list", "第三组")]
    assert found == ["HLJ-2018/61"]
    rows = (("61", "", "", "", "", ""), ("63", "", "", "", "", "第二组"))
    load(head=(*HEAD[:-1], "抽查"), rows=rows)
    assert one(rectify, "HLJ-2018/63")["as_sent"] == "验收组：第一组\n抽查：第二组"
    rectify("undo")
    assert one(rectify, "HLJ-2018/63")["as_sent"] == "验收组：第一组"
    assert "原表其他列" in rectify("item", "show", "HLJ-2018/63", lang="zh").stdout


def test_a_cell_costs_its_field_until_it_is_mended(rectify, load):
    told = load(*NEEDS, *MEANING, code=1)
    assert "收入 3 行" in told.stdout
    assert "1 格读不出" in told.stderr

    def unread(term):
        return [row["ref"] for row in rectify.rows("item", "list", term, "programme:HLJ-2018")]

    (cell,) = rectify.rows("unread", "--programme", "HLJ-2018")
    assert (cell["ref"], cell["field"], cell["cell"]) == ("HLJ-2018/62", "progress", "一半")
    assert unread("unread:progress") == unread("读不出:进度") == unread("unread:any")
    assert unread("unread:any") == ["HLJ-2018/62"]
    assert "进度“一半”" in rectify("item", "show", "HLJ-2018/62", lang="zh").stdout
    rectify("item", "set", "HLJ-2018/62", "--progress", "50")
    assert unread("unread:any") == []
    rectify("undo")
    load(head=("序号", "完成进度（%）"), rows=[("62", "50%")])
    assert (unread("unread:any"), one(rectify, "HLJ-2018/62")["progress"]) == ([], 50)
    rectify("item", "set", "HLJ-2018/62", "--deadline", "快了")
    assert unread("unread:deadline") == unread("-unread:none") == ["HLJ-2018/62"]
    rectify("check")


def test_words_mean_what_somebody_said_and_are_remembered_once_written(rectify, load, tmp_path):
    maps = tmp_path / "config" / "rectify-tui" / "maps"
    load(*NEEDS, *MEANING, "--dry-run", code=1)
    assert not maps.exists()
    assert "扫尾中" in load(*NEEDS, code=1).stderr  # unknown, and the row goes back
    load(*MEANING, *NEEDS, code=1)
    assert one(rectify, "HLJ-2018/62")["status"] == "on_schedule"
    assert "各列按上次导入的对应" in load("--dry-run", code=1).stderr
    (kept,) = rectify.rows("mapping", "list")
    assert kept["headings"] == "、".join(HEAD[:-1])
    assert '"扫尾中" = "on_schedule"' in rectify("mapping", "show", kept["mapping"]).stdout
    rectify("mapping", "forget", kept["mapping"])
    assert rectify.rows("mapping", "list") == []
    assert "rectify mapping list" in rectify.refused("mapping", "show", "x", code=1)
    assert "没有读作某一项的“天气”列" in load("--map-value", "天气:晴=on_schedule", code=2).stderr
    assert "应写成 列:词=含义" in load("--map-value", "状态", code=2).stderr


def test_a_map_goes_before_the_guess_of_what_it_names_and_of_nothing_else(rectify, load, tmp_path):
    given = tmp_path / "columns.toml"
    columns = '"验收组" = "note"\n"责任单位" = ""'
    words = '"扫尾中" = "on_schedule"'
    text = f'kind = "items"\n[columns]\n{columns}\n[values.status]\n{words}\n'
    given.write_text(text, "utf-8")
    load("--map", str(given), *NEEDS, code=1)
    first, second = (one(rectify, f"HLJ-2018/{number}") for number in ("61", "62"))
    assert (first["note"], first["problem"], first["status"]) == ("第三组", "污水直排", "completed")
    assert (first["responsible"], first["as_sent"], second["status"]) == (None, None, "on_schedule")


def test_days_are_read_month_first_where_somebody_says_so(rectify, load):
    head, rows = ("序号", "整改时限"), [("1", "03/04/2021")]
    assert "“03/04/2021”可能是" in load(head=head, rows=rows).stderr
    load("--days", "month-first", head=head, rows=rows)
    assert one(rectify, "HLJ-2018/1")["due_on"] == "2021-03-04"
