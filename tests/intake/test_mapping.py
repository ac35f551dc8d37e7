"""Which column is which field: the synonyms, and how headings are held against them."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from importlib.resources import files

import pytest

from rectify_tui.domain.fields import CASE, ITEM
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.intake.mapping import FIELDS, Certainty, Mapping, Synonyms, read_synonyms
from rectify_tui.intake.model import IntakeKind
from rectify_tui.intake.reading.cells import column_letter
from rectify_tui.intake.table import Heading
from rectify_tui.intake.table.headings import fold, one_line, read_unit

PACKAGED = tomllib.loads(
    files("rectify_tui.intake.mapping").joinpath("synonyms.toml").read_text("utf-8")
)
ITEMS_BASE = ["任务编号", "存在问题"]
CASES_BASE = ["受理编号", "信访内容"]


@pytest.fixture(scope="module")
def synonyms() -> Synonyms:
    return read_synonyms(None)


def headings(*texts: str) -> list[Heading]:
    """Headings as a table has them; a slash with spaces around divides lines."""
    found = []
    for index, text in enumerate(texts):
        lines = tuple(one_line(line) for line in text.split(" / "))
        found.append(
            Heading(
                index, index, column_letter(index), "/".join(lines), read_unit(lines),
                lines if len(lines) > 1 else (),
            )
        )  # fmt: skip
    return found


def fields(mapping: Mapping, *texts: str) -> dict[str, str]:
    return {texts[index]: name for index, name in mapping.fields.items()}


def guessed(synonyms: Synonyms, *texts: str, kind: IntakeKind | None = None) -> dict[str, str]:
    return fields(synonyms.guess(headings(*texts), kind), *texts)


# the file


def test_every_field_has_headings_in_both_languages():
    for kind, names in FIELDS.items():
        for name in names:
            texts = PACKAGED[kind].get(name, [])
            assert any(text.isascii() for text in texts), (kind, name)
            assert any(not text.isascii() for text in texts), (kind, name)


def test_the_name_of_a_field_means_the_field(synonyms):
    for kind, names in FIELDS.items():
        for name in names:
            known = synonyms._names[kind].first.get(fold(name))
            # what commands call by another name than people would
            if name not in ("fined_wan", "start", "next_on", "as_of"):
                assert known, (kind, name)
            assert known is None or known[0] == name, (kind, name)


def test_no_heading_stands_in_the_file_twice():
    for kind, tables in PACKAGED.items():
        for table in (tables, tables.get("second", {})):
            places = defaultdict(list)
            for name, texts in table.items():
                if name not in ("second", "below"):
                    for text in texts:
                        places[fold(text)].append(name)
            several = {text: names for text, names in places.items() if len(set(names)) > 1}
            assert table is not tables or not several, (kind, several)
            twice = {text: n for text, n in places.items() if len(n) > len(set(n))}
            assert not twice, (kind, twice)


@pytest.mark.parametrize("kind", FIELDS)
def test_every_heading_of_the_file_is_known_and_means_its_field(synonyms, kind):
    base = {IntakeKind.ITEMS: ITEMS_BASE, IntakeKind.CASES: CASES_BASE}.get(kind, [])
    rest = {
        IntakeKind.REGIONS: ["代码", "名称"], IntakeKind.FIGURES: ["指标", "数值"],
        IntakeKind.COVERAGE: ["地区", "应完成"],
    }.get(kind, [])  # fmt: skip
    for name in FIELDS[kind]:
        for text in PACKAGED[kind][name]:
            assert synonyms.knows(text, kind), text
            others = [
                t for t in base + rest if name not in guessed(synonyms, *base, *rest, kind=kind)[t]
            ]
            assert guessed(synonyms, text, *others, kind=kind)[text] == name


@pytest.mark.parametrize("code", ["zh", "en"])
def test_own_lists_can_be_read_again(synonyms, code):
    t = Language(code)
    items = ("programme", "number", "problem", "region", "responsible", "lead", "supervising",
             "goal", "deadline", "progress", "status", "verification", "note", "reason",
             "next_step", "next_on")  # fmt: skip
    cases = ("programme", "batch", "passed_on", "complaint", "region", "types", "findings",
             "substantiated", "measures", "status", "closed_on", "ordered", "investigated",
             "detained_administrative", "detained_criminal", "interviewed", "held_accountable",
             "key_case", "duplicate_of", "latitude", "longitude", "note")  # fmt: skip
    for kind, names, fields in ((IntakeKind.ITEMS, items, ITEM), (IntakeKind.CASES, cases, CASE)):
        texts = [t(f"{fields[name].title_key}.title") for name in names]
        number = [] if "number" in names else [t("field.ref.title")]
        found = guessed(synonyms, *texts, *number, kind=kind)
        assert [found.get(text) for text in texts] == list(names)


# headings as people write them


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("整改\n时限", "deadline"),
        ("整 改 时 限", "deadline"),
        ("＊整改时限", "deadline"),
        ("3.整改时限", "deadline"),
        ("整改时限：", "deadline"),
        ("整改时限（年月日）", "deadline"),
        ("规定整改完成时限要求", "deadline"),
        ("DEADLINE", "deadline"),
        ("Due_date", "deadline"),
        ("Responsible\nunit", "responsible"),
        ("督察反馈问题整改责任单位", "responsible"),
        ("省级督导单位名称", "supervising"),
        ("责任单位（全称）", "responsible"),
        ("责任分工 / 牵头部门", "lead"),
        ("责任 / 单位", "responsible"),
        ("责任单位 / 督导", "supervising"),
        ("整改进度（%）", "progress"),
        ("整改进度", "status"),
        ("完成情况", "status"),
        ("进展情况", "note"),
        ("目前整改进展", "note"),
        ("下步整改措施", "next_step"),
        ("未达序时进度原因", "reason"),
        ("县（市、区）", "region"),
    ],
)
def test_items(synonyms, text, field):
    assert guessed(synonyms, *ITEMS_BASE, text)[text] == field


@pytest.mark.parametrize(
    "text",
    [
        "配合责任单位",
        "整改责任单位及责任人",
        "延期后整改时限",
        "原整改时限",
        "责任单位（家）",
        "整改任务（项）",
        "未完成整改任务数",
        "投资（万元）",
        "经度、纬度",
        "联系人、责任单位",
        "领导批示",
    ],
)
def test_what_would_be_a_guess_stays_unknown(synonyms, text):
    assert text not in guessed(synonyms, *ITEMS_BASE, text)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("罚款金额（万元）", "fined_wan"),
        ("处罚金额/元", "fined_wan"),
        ("罚款\n（元）", "fined_wan"),
        ("立案处罚（万元）", "fined_wan"),
        ("立案处罚 / 罚款金额（万元）", "fined_wan"),
        ("拘留（人） / 行政", "detained_administrative"),
        ("拘留（人） / 刑事", "detained_criminal"),
        ("拘留（行政）", "detained_administrative"),
        ("行政拘留（人）", "detained_administrative"),
        ("Detained (criminal)", "detained_criminal"),
        ("责令整改(家)", "ordered"),
        ("约谈（人）", "interviewed"),
        ("约谈 / 人数", "interviewed"),
        ("位置 / 经度", "longitude"),
        ("经度（E）", "longitude"),
        ("是否属实\n（属实、部分属实、不属实）", "substantiated"),
        ("污染类型（水、大气、土壤……）", "types"),
        ("转办日期", "passed_on"),
        ("Fined (10,000 yuan)", "fined_wan"),
    ],
)
def test_cases(synonyms, text, field):
    assert guessed(synonyms, *CASES_BASE, text)[text] == field


@pytest.mark.parametrize(
    "text", ["立案处罚（家）", "拘留（人）", "行政和刑事拘留（人）", "问责情况", "处罚（家）"]
)
def test_counts_are_no_amounts_and_both_kinds_of_detention_are_none(synonyms, text):
    assert text not in guessed(synonyms, *CASES_BASE, text)


# two columns for one field


def test_the_better_of_two_columns_stays_and_the_other_is_told(synonyms):
    found = synonyms.guess(
        headings(*ITEMS_BASE, "督察反馈问题整改责任单位", "责任单位", "备注", "备注")
    )
    assert found.fields == {0: "number", 1: "problem", 3: "responsible", 4: "note"}
    assert found.unknown == (2, 5)
    assert found.rivals == {2: 3, 5: 4}
    assert found.column("note") == 4
    assert found.column("goal") is None


def test_two_columns_that_are_alike_and_uncertain_both_stay_unknown(synonyms):
    found = synonyms.guess(headings(*ITEMS_BASE, "省直责任单位", "市县责任单位"))
    assert found.unknown == (2, 3)
    found = synonyms.guess(headings(*ITEMS_BASE, "甲组 / 整改措施", "乙组 / 整改措施"))
    assert found.unknown == (2, 3)
    assert not found.rivals


def test_status_and_progress_in_words(synonyms):
    both = guessed(synonyms, *ITEMS_BASE, "状态", "进展情况")
    assert (both["状态"], both["进展情况"]) == ("status", "note")
    both = guessed(synonyms, *ITEMS_BASE, "完成情况", "进展情况")
    assert (both["完成情况"], both["进展情况"]) == ("status", "note")
    both = guessed(synonyms, *ITEMS_BASE, "完成情况", "状态")
    assert (both["完成情况"], both["状态"]) == ("note", "status")
    both = guessed(synonyms, *ITEMS_BASE, "状态", "整改进度")
    assert (both["状态"], both["整改进度"]) == ("status", "progress")
    both = guessed(synonyms, *ITEMS_BASE, "整改时限", "完成时间")
    assert (both["整改时限"], both["完成时间"]) == ("deadline", "on")


def test_the_column_of_serial_numbers(synonyms):
    assert guessed(synonyms, "序号", "存在问题", "状态", "地区")["序号"] == "number"
    found = synonyms.guess(headings("序号", "任务编号", "存在问题", "填表人"))
    assert found.fields == {1: "number", 2: "problem"}
    assert (found.ignored, found.unknown) == ((0,), (3,))  # which is no field and is kept
    with pytest.raises(Problem, match=r"mapping.missing"):
        synonyms.guess(headings("序号", "信访内容", "办结情况"), IntakeKind.CASES)


def test_how_certain_a_column_is(synonyms):
    found = synonyms.guess(
        headings(
            "序号", "存在问题", "省级督导单位", "分工 / 责任单位", "某市牵头单位名称", "完成情况"
        )
    )
    assert found.certainty == {
        0: Certainty.LIKELY,
        1: Certainty.CERTAIN,
        2: Certainty.CERTAIN,
        3: Certainty.LIKELY,
        4: Certainty.LIKELY,
        5: Certainty.LIKELY,
    }


# the kind


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (["序号", "反馈问题", "责任单位", "整改时限"], IntakeKind.ITEMS),
        (["编号", "整改目标", "状态"], IntakeKind.ITEMS),
        (["序号", "受理编号", "问题", "行政区域", "是否属实"], IntakeKind.CASES),
        (["编号", "信访内容", "状态"], IntakeKind.CASES),
        (["代码", "名称"], IntakeKind.REGIONS),
        (["name", "name_en", "kind", "parent_code"], IntakeKind.REGIONS),
        (["指标", "数值"], IntakeKind.FIGURES),
        (["programme", "region_code", "subject", "what", "value", "unit"], IntakeKind.FIGURES),
        (
            ["programme", "number", "problem", "region_code", "status", "effective_on"],
            IntakeKind.ITEMS,
        ),
    ],
)
def test_the_kind_of_a_table(synonyms, texts, kind):
    assert synonyms.guess(headings(*texts)).kind is kind


@pytest.mark.parametrize(
    ("texts", "kind", "key"),
    [
        (["甲", "乙"], None, "no_kind"),
        (["责任单位", "整改时限"], None, "no_kind"),
        (["编号", "状态"], None, "several_kinds"),
        (["责任单位", "整改时限"], IntakeKind.ITEMS, "missing"),
        (["受理编号", "联系电话"], IntakeKind.CASES, "missing"),
        (["地区", "整改任务（项）", "已完成（项）"], None, "no_kind"),
        ([], None, "no_kind"),
    ],
)
def test_a_table_of_no_kind_is_told(synonyms, texts, kind, key):
    with pytest.raises(Problem) as problem:
        synonyms.guess(headings(*texts), kind)
    assert problem.value.key == f"mapping.{key}"
    for code in ("zh", "en"):
        assert Language(code).problem(problem.value)


def test_prose_and_values_are_not_known(synonyms):
    for text in (
        "太原市",
        "已完成",
        "属实",
        "2020年底前",
        "12",
        "",
        "—",
        "是",
        "合计",
        "填报单位：太原市",
        "x" * 5000,
    ):
        assert not synonyms.knows(text), text
    for text in (
        "整改时限",
        "责任单位名称",
        "拘留（人）/行政",
        "Responsible unit",
        "罚款金额（万元）",
    ):
        assert synonyms.knows(text), text


# headings of several lines


@pytest.mark.parametrize(
    ("group", "below", "field"),
    [
        ("整改时限", "启动", "start"),
        ("整改时限", "完成", "deadline"),
        ("完成时限", "启动时间", "start"),
        ("完成时限", "完成时间", "deadline"),
        ("整改期限", "起", "start"),
        ("整改期限", "止", "deadline"),
        ("整改时限", "结束时间", "deadline"),
        ("整改時限", "啟動", "start"),
        ("整改时限要求", "截止", "deadline"),
        ("Deadline", "Start", "start"),
        ("Deadline", "End", "deadline"),
        ("责任单位", "名称", "responsible"),
    ],
)
def test_what_stands_below_a_group_is_read_in_it(synonyms, group, below, field):
    heading = f"{group} / {below}"
    assert guessed(synonyms, "序号", "存在问题", heading, "备注")[heading] == field


def test_both_ends_of_a_time_find_their_columns(synonyms):
    found = guessed(synonyms, "序号", "存在问题", "整改时限 / 启动", "整改时限 / 完成", "整改状态")
    assert found["整改时限 / 启动"] == "start"
    assert found["整改时限 / 完成"] == "deadline"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("整改时限 启动", "start"), ("整改时限启动", "start"), ("整改时限（启动）", "start"),
        ("整改时限 完成", "deadline"), ("完成期限止", "deadline"),
        ("整改时限（完成）", "deadline"), ("整改时限原定", None),
    ],
)  # fmt: skip
def test_a_group_may_stand_in_front_in_one_line(synonyms, heading, field):
    assert guessed(synonyms, "序号", "存在问题", heading, "整改状态").get(heading) == field


@pytest.mark.parametrize("below", ["原时限", "延期后", "调整情况"])
def test_a_lower_line_that_changes_the_meaning_is_not_the_group(synonyms, below):
    heading = f"整改时限 / {below}"
    assert guessed(synonyms, "序号", "存在问题", heading).get(heading) != "deadline"


def test_of_two_columns_below_a_group_neither_is_guessed(synonyms):
    found = guessed(synonyms, "序号", "存在问题", "责任单位 / 市级", "责任单位 / 省级")
    assert "responsible" not in found.values()


def test_columns_named_after_statuses_are_no_single_status(synonyms):
    texts = ("序号", "存在问题", "整改状态 / 已完成", "整改状态 / 达到序时进度", "整改状态 / 滞后")
    assert "status" not in guessed(synonyms, *texts).values()
    assert guessed(synonyms, "序号", "存在问题", "达到序时进度")["达到序时进度"] == "status"


@pytest.mark.parametrize(
    "heading",
    ["是否完成整改任务", "整改任务完成与否", "是否按序时进度推进（是/否）", "整改情况 / 是否到位"],
)
def test_a_heading_that_asks_for_a_status_is_its_column(synonyms, heading):
    assert guessed(synonyms, "序号", "存在问题", heading)[heading] == "status"


def test_other_questions_are_not(synonyms):
    for heading in ("是否公开", "是否重复", "是否销号", "是否滞后", "是否涉企", "是否属于重点流域"):
        assert guessed(synonyms, "序号", "存在问题", heading).get(heading) != "status"


def test_an_office_says_what_stands_below_its_groups(tmp_path):
    own = tmp_path / "synonyms.toml"
    own.write_text('[items.below.deadline]\nstart = ["动手"]\n', "utf-8")
    found = guessed(read_synonyms(own), "序号", "存在问题", "整改时限 / 动手")
    assert found["整改时限 / 动手"] == "start"
    own.write_text('[items.below.nothing]\nstart = ["动手"]\n', "utf-8")
    with pytest.raises(Problem, match="no_field"):
        read_synonyms(own)


def test_traditional_headings_mean_what_simplified_ones_do(synonyms):
    texts = (
        "序號",
        "整改任務",
        "責任單位",
        "行政區域",
        "整改時限",
        "整改狀態",
        "備註",
        "罰款金額（萬元）",
    )
    assert guessed(synonyms, *texts[:-1]) == {
        "序號": "number", "整改任務": "problem", "責任單位": "responsible", "行政區域": "region",
        "整改時限": "deadline", "整改狀態": "status", "備註": "note",
    }  # fmt: skip
    assert headings(texts[-1])[0].unit == "万元"
