"""Steps towards regions and units: suggested, taken, answered, written as letters."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from rectify_tui.i18n import Language
from rectify_tui.paths import config_folder
from rectify_tui.reports.escalation.tables import references

CITIES = ["太原市", "朔州市", "吕梁市", "晋中市", "阳泉市", "临汾市", "运城市"]
COUNTIES = ["清徐县", "岚县", "文水县", "兴县", "临县", "石楼县", "平遥县", "汾西县", "万荣县",
            "运城市经济技术开发区"]  # fmt: skip


@pytest.fixture
def config(monkeypatch, tmp_path) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = config_folder()
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def behind(small_after, config):
    """One line of Daqing, behind since 6 March 2020, with a unit."""
    return small_after(
        ("undo",),
        ("item", "add", "P-1/1", "--problem", "污水直排", "--responsible", "大庆市水务局",
         "--status", "behind", "--on", "2020-03-06", "--deadline", "2020年底前"),
    )  # fmt: skip


def test_an_answer_may_be_due_in_working_days(behind, config):
    step = ("escalate", "大庆市", "--step", "letter", "--on", "2020-03-27")
    behind(*step, "--due", "5个工作日")  # the holiday of 4 April is made up for on Monday 6 April
    (config / "escalation.toml").write_text(
        "[steps.letter]\nanswer_days = 7\nworking_days = true\n", "utf-8"
    )
    behind(*step)
    dues = sorted(row["due_on"] for row in behind.rows("escalations"))
    assert dues == ["2020-04-03", "2020-04-08"]
    assert "2020-10-10" in behind.said("term", "3 working days", "--from", "2020-09-29")
    far = behind("term", "3个工作日", "--from", "2090-01-02", lang="zh")
    assert "2090 年的节假日安排还不知道" in far.stderr


# --- what is due ---


def test_a_suggestion_says_why(behind):
    (row,) = behind.rows("escalate", "--suggest", "--as-of", "2020-03-27")
    assert (row["towards"], row["step"], row["behind"], row["weeks"]) == ("大庆市", "letter", 1, 3)
    assert row["items"] == ["P-1/1"]
    assert row["answer_by"] == "2020-04-03"
    out = behind("escalate", "--suggest", "--as-of", "2020-03-27", lang="zh").stdout
    assert "滞后 1 项，已是第 4 周" in out
    assert (
        "1 item behind, week 4" in behind("escalate", "--suggest", "--as-of", "2020-03-27").stdout
    )


def test_silence_leads_to_the_next_step(behind):
    words = ("--step", "letter", "--on", "2020-03-20", "--due", "2020-03-24")
    behind("escalate", "大庆市", *words)
    assert behind.rows("escalate", "--suggest", "--as-of", "2020-03-24") == []
    (row,) = behind.rows("escalate", "--suggest", "--as-of", "2020-03-25")
    assert row["step"] == "bulletin"
    out = behind("escalate", "--suggest", "--as-of", "2020-03-25", lang="zh").stdout
    assert "2020-03-20 的函告没有答复" in out


def test_units_are_targets_of_their_own(behind):
    (row,) = behind.rows("escalate", "--suggest", "--by", "unit", "--as-of", "2020-03-13")
    assert (row["towards"], row["step"]) == ("大庆市水务局", "reminder")
    behind("escalate", "大庆市水务局", "--step", "reminder", "--on", "2020-03-13")
    assert behind.rows("escalate", "--suggest", "--by", "unit", "--as-of", "2020-03-13") == []
    assert len(behind.rows("escalate", "--suggest", "--as-of", "2020-03-13")) == 1


def test_an_office_sets_its_own_ladder(behind, config):
    path = config / "escalation.toml"
    path.write_text("[steps.letter]\nweeks_behind = 9\n[steps.reminder]\nuse = false\n", "utf-8")
    assert behind.rows("escalate", "--suggest", "--as-of", "2020-03-27") == []
    path.write_text("[steps.reminder]\nanswer_days = 2\n", "utf-8")
    (row,) = behind.rows("escalate", "--suggest", "--as-of", "2020-03-13")
    assert (row["step"], row["answer_by"]) == ("reminder", "2020-03-15")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[steps.nudge]\n", "steps.nudge"), ("[steps.letter]\nweeks = 3\n", "weeks_behind"),
        ("[steps.letter]\nweeks_behind = 0\n", "from 1 to 520"),
        ("[steps.letter]\nweeks_behind = true\n", "whole number"),
        ("[steps.letter]\nuse = 1\n", "true or false"), ("ladder = 1\n", "steps"),
        ('[steps.letter]\ntext = "{who}"\n', "{name}"),
        ('[steps.letter]\ntext = "{day.year}"\n', "{name}"),
        ('[steps.letter]\ntext = "{n:>9999999}"\n', "{name}"),
        ('[steps.letter]\ntext = "{"\n', "{name}"), ('[steps.letter]\ntext = "{}"\n', "{name}"),
        ("[steps", "line 1"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_its_settings(behind, config, text, said):
    (config / "escalation.toml").write_text(text, "utf-8")
    error = behind.refused("escalate", "--suggest", code=2)
    assert said in error
    assert "escalation.toml" in error


@pytest.fixture
def shanxi(rectify, config, tmp_path):
    """The seed's unfinished lines, spread over the places that were summoned.

    How the 16 projects and 105 outfalls were spread was not published; this spread is made up.
    Every city of Shanxi has a line in time too, so that the rules have to choose.
    """
    lines = [*(("SX-2019-PROJECTS", str(n)) for n in range(133, 149)),
             *(("SX-2019-OUTFALLS", str(n)) for n in range(1935, 2040))]  # fmt: skip
    places = (*COUNTIES, *CITIES)
    for index, place in enumerate(places):
        refs = [f"{code}/{number}" for code, number in lines[index :: len(places)]]
        rectify("item", "set", *refs, "--region", place, "--on", "2019-12-31")
    return rectify


def test_who_was_summoned_is_not_summoned_again(shanxi):
    shanxi("programme", "add", "SX-OTHER", "--name", "其他", "--region", "山西", "--year", "2019")
    for n, city in enumerate(("大同市", "长治市", "晋城市", "忻州市"), 1):
        shanxi("item", "add", f"SX-OTHER/{n}", "--problem", "x", "--region", city,
               "--status", "behind", "--on", "2019-12-31")  # fmt: skip
    words = ("escalate", "--suggest", "--under", "山西", "--as-of", "2020-01-10")
    suggested = shanxi.rows(*words, "--by", "city")
    known = {row["towards"] for row in shanxi.rows("escalations")}
    assert known == {*CITIES, *COUNTIES}
    assert [row["towards"] for row in suggested if row["step"] == "summons"] == []


def test_the_summons_of_the_seed_comes_out_of_the_rules(shanxi):
    import sqlite3

    with sqlite3.connect(shanxi.db) as connection:  # as it was before anybody was summoned
        connection.execute("DELETE FROM escalation")
    words = ("escalate", "--suggest", "--under", "山西", "--as-of", "2019-12-31")
    cities = shanxi.rows(*words, "--by", "city")
    assert sorted(row["towards"] for row in cities) == sorted(CITIES)
    assert {row["step"] for row in cities} == {"summons"}
    assert sum(row["behind"] for row in cities) == 16 + 105
    counties = shanxi.rows(*words, "--by", "county")
    named = {row["towards"]: row["step"] for row in counties if row["towards"] in COUNTIES}
    assert named == dict.fromkeys(COUNTIES, "summons")
    others = {row["towards"] for row in counties} - set(COUNTIES)
    assert others == set(CITIES)  # what lies in a city and in none of its counties


# --- taking a step ---


def test_a_step_cites_all_that_is_behind_unless_told_otherwise(behind):
    said = behind.said("escalate", "大庆市", "--step", "summons", "--on", "2020-03-20")
    assert "Summons: Daqing, citing 1 item" in said
    (row,) = behind.rows("escalations")
    assert (row["step"], row["towards"], row["items"]) == ("summons", "大庆市", ["P-1/1"])
    assert (row["issued_on"], row["due_on"]) == ("2020-03-20", "2020-04-04")
    behind("undo")
    assert behind.rows("escalations") == []


def test_several_addressees_are_one_batch(behind):
    behind("item", "add", "P-1/2", "--problem", "x", "--region", "哈尔滨", "--status", "behind")
    said = behind.said("escalate", "大庆市", "哈尔滨市", "--step", "reminder")
    assert "citing 2 items" in said
    assert len(behind.rows("escalations", "--open")) == 2
    behind("undo")
    assert behind.rows("escalations") == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("月球", "--step", "letter"), "月球"), (("大庆市",), "--step"),
        (("--step", "letter"), "Name a region or unit"),
        (("哈尔滨市", "--step", "letter"), "--items"),
        (("哈尔滨市", "--step", "letter", "--items", "P-1/1"), "P-1/1"),
        (("大庆市", "--step", "letter", "--due", "2020-03-01", "--on", "2020-03-20"), "2020-03-01"),
        (("大庆市", "--step", "letter", "--under", "山西"), "--under"),
        (("大庆市", "哈尔滨市", "--step", "letter", "-o", "x.docx"), "folder"),
        (("大庆市", "--step", "letter", "--on", "2099-01-01"), "2099"),
    ],
)  # fmt: skip
def test_what_cannot_be_done(behind, words, said):
    assert said in behind.refused("escalate", *words, code=2)
    assert behind.rows("escalations") == []


def test_an_answer_ends_the_waiting(behind):
    behind("escalate", "大庆市", "--step", "letter", "--on", "2020-03-20", "--due", "2020-03-24")
    assert behind.rows("escalations", "--open")[0]["state"] == "late"
    assert "would precede" in behind.refused("answer", "1", "--text", "x", "--on", "2020-03-19",
                                             code=2)  # fmt: skip
    assert "empty" in behind.refused("answer", "1", "--text", "\u200b", code=2)
    assert "no escalation 7" in behind.refused("answer", "7", "--text", "x", code=2)
    behind("answer", "1", "--text", "设备已到货", "--on", "2020-03-26")
    assert behind.rows("escalations", "--open") == []
    (row,) = behind.rows("escalations")
    assert (row["state"], row["answer"], row["answered_on"]) == (
        "answered", "设备已到货", "2020-03-26",
    )  # fmt: skip
    assert "2020-03-26" in behind.refused("answer", "1", "--text", "again", code=1)
    behind("undo")
    assert behind.rows("escalations", "--open")[0]["state"] == "late"


# --- letters ---


def read(path):
    document = docx.Document(io.BytesIO(path.read_bytes()))
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    return [each.text for each in document.paragraphs], cells


def test_a_letter_has_its_items_in_a_table(behind, config, tmp_path):
    (config / "weekly.toml").write_text('office = "某省整改办"\n', "utf-8")
    path = tmp_path / "函.docx"
    behind("escalate", "大庆市水务局", "--step", "letter", "--on", "2020-03-20", "--cause",
           "连续两周无进展", "-o", str(path), lang="zh")  # fmt: skip
    texts, cells = read(path)
    assert texts[0] == "关于抓紧推进整改任务的函"
    assert texts[1] == "大庆市水务局："
    assert "截至2020年3月20日，你处整改任务中有1项未达到序时进度" in texts[2]
    assert "连续两周无进展。" in texts[2]
    assert "请于 2020年3月27日 前书面答复" in texts[3]
    assert "某省整改办" in texts
    assert by_heading(cells) == [{
        "编号": "P-1/1", "问题": "污水直排", "状态": "未达序时进度", "整改时限": "2020年底前",
        "按计划推算": "序时", "超期天数": "", "滞后天数": "14", "地区": "大庆市",
        "责任单位": "大庆市水务局",
    }]  # fmt: skip


def by_heading(cells) -> list[dict[str, str]]:
    headings = ["".join(title.split()) for title in cells[0]]
    return [dict(zip(headings, row, strict=True)) for row in cells[1:]]


def test_a_letter_agrees_with_itself(behind, tmp_path):
    """Its sentence holds of every line of its table, with both facts and the days of each."""
    for number, status, deadline in (
        ("2", "ahead", "2019年4月1日"), ("3", "on_schedule", "2020年底前"),
        ("4", "completed", "2019年底前"), ("5", "behind", "2019年4月1日"),
    ):  # fmt: skip
        behind("item", "add", f"P-1/{number}", "--problem", "x", "--region", "大庆市",
               "--status", status, "--on", "2020-03-11", "--deadline", deadline)  # fmt: skip
    behind("item", "set", "P-1/4", "--verified", "refuted", "--on", "2020-03-12")
    path = tmp_path / "函.docx"
    words = ("escalate", "大庆市", "--on", "2020-03-20", "-o", str(path))
    said = behind(*words, "--step", "函告", "--items", "P-1/1-5", lang="zh")
    assert "P-1/3（报送按序时进度推进，推算序时）" in said.stderr
    texts, cells = read(path)
    assert (
        "有2项未达到序时进度、1项经现场核实与报送不符、1项已过整改时限而报送未列为滞后，详见附表"
        in texts[2]
    )
    names = ("编号", "状态", "按计划推算", "超期天数", "滞后天数")
    assert [tuple(row[name] for name in names) for row in by_heading(cells)] == [
        ("P-1/1", "未达序时进度", "序时", "", "14"),
        ("P-1/2", "超过序时进度", "超期 354 天", "354", ""),
        ("P-1/4", "未完成", "超期 80 天", "80", "8"),
        ("P-1/5", "未达序时进度", "超期 354 天", "354", "9"),
    ]
    (row,) = behind.rows("escalations")
    assert row["items"] == ["P-1/1", "P-1/2", "P-1/4", "P-1/5"]


def test_a_step_cites_nothing_that_is_not_behind(behind):
    behind("item", "add", "P-1/2", "--problem", "x", "--region", "大庆市", "--status",
           "on_schedule", "--on", "2020-03-06", "--deadline", "2020-04-10")  # fmt: skip
    words = ("escalate", "大庆市", "--on", "2020-03-20", "--items", "P-1/2")
    said = behind.refused(*words, "--step", "letter", code=2)
    assert "P-1/2 (reported On schedule, by schedule On schedule)" in said
    assert behind.rows("escalations") == []
    behind(*words, "--step", "reminder")  # which may speak of what falls due
    assert behind.rows("escalations")[0]["items"] == ["P-1/2"]


def test_what_only_the_schedule_has_behind_is_mentioned(behind):
    behind("item", "add", "P-1/2", "--problem", "x", "--region", "大庆市", "--status",
           "on_schedule", "--on", "2020-03-06", "--deadline", "2020-03-10")  # fmt: skip
    said = behind("escalate", "大庆市", "--on", "2020-03-20", "--step", "letter", lang="zh")
    assert "大庆市另有 1 项已过整改时限而报送未列为滞后，未列入" in said.stderr


@pytest.mark.parametrize("word", ["函告", "letter", "Letter", "LETTER"])
def test_a_step_is_named_as_tables_print_it(behind, word):
    behind("escalate", "大庆市", "--step", word, "--on", "2020-03-20")
    assert behind.rows("escalations")[0]["step"] == "letter"


def test_an_unknown_step_is_told_with_those_there_are(behind):
    assert "letter 函告" in behind.refused("escalate", "大庆市", "--step", "写信", code=2)


def test_suggestions_list_ranges_of_references(behind):
    for number in range(2, 14):
        behind("item", "add", f"P-1/{number}", "--problem", "x", "--region", "大庆市",
               "--status", "behind", "--on", "2020-03-06")  # fmt: skip
    words = ("escalate", "--suggest", "--as-of", "2020-03-27")
    (row,) = behind.rows(*words)
    assert row["items"] == [f"P-1/{number}" for number in range(1, 14)]
    assert "P-1/1-13" in behind(*words).stdout
    assert "P-1/1, P-1/2" not in behind(*words).stdout


def test_references_of_very_many_items_are_counted():
    refs = [f"A/{number}" for number in range(1, 41, 2)]
    label = references(refs, Language("zh"))
    assert label.value == refs
    assert label.label == "A/1,3,5,7,9,11,13,15 …（共 20 项）"


def test_letters_to_several_go_into_a_folder(behind, tmp_path):
    behind("item", "add", "P-1/2", "--problem", "x", "--region", "哈尔滨", "--status", "behind")
    folder = tmp_path / "letters"
    behind("escalate", "大庆市", "哈尔滨市", "--step", "summons", "-o", str(folder))
    assert sorted(path.name for path in folder.iterdir()) == [
        "Daqing-Summons.docx", "Harbin-Summons.docx",
    ]  # fmt: skip
    texts, _ = read(folder / "Daqing-Summons.docx")
    assert texts[0] == "Summons"


def test_the_wording_is_the_offices_own(behind, config, tmp_path):
    (config / "escalation.toml").write_text(
        '[steps.letter]\ntitle = "督办函"\ntext = """\n{name}有{n}项滞后。\n{due}前答复。"""\n',
        "utf-8",
    )
    path = tmp_path / "letter.docx"
    behind(
        "escalate", "大庆市", "--step", "letter", "--on", "2020-03-20", "-o", str(path), lang="zh"
    )
    texts, _ = read(path)
    assert texts[0] == "督办函"
    assert texts[2:4] == ["大庆市有1项滞后。", "2020年3月27日前答复。"]


def test_an_office_s_own_sentence_is_followed_by_what_it_does_not_hold_of(behind, config, tmp_path):
    (config / "escalation.toml").write_text(
        '[steps."函告"]\ntext = "{name}有{n}项滞后。"\n', "utf-8"
    )
    behind("item", "add", "P-1/2", "--problem", "x", "--region", "大庆市", "--status",
           "on_schedule", "--on", "2020-03-06", "--deadline", "2020-03-10")  # fmt: skip
    path = tmp_path / "letter.docx"
    behind("escalate", "大庆市", "--step", "letter", "--on", "2020-03-20", "--items", "P-1/1,2",
           "-o", str(path), lang="zh")  # fmt: skip
    texts, _ = read(path)
    assert texts[2:4] == [
        "大庆市有2项滞后。", "以上2项中，1项未达到序时进度、1项已过整改时限而报送未列为滞后。",
    ]  # fmt: skip
