"""Where in a sheet the table is, and which rows are records: one thing at a time."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.intake.reading.book import Grid
from rectify_tui.intake.reading.cells import Merged, Row, column_index
from rectify_tui.intake.table import Table, find_table
from rectify_tui.intake.table.header import is_further_heading_row
from rectify_tui.intake.table.headings import bare, fold, one_line, read_unit, said_unit
from rectify_tui.intake.table.words import is_note, is_section, is_total

WORDS = """
编号 序号 整改任务 责任单位 牵头单位 地区 时限 状态 备注 进展情况 罚款金额 罚款 约谈 人数
责令整改 行政 刑事 拘留行政 拘留刑事 number problem unit status
"""
KNOWN = frozenset(map(fold, WORDS.split()))


def knows(heading: str) -> bool:
    return any(fold(each) in KNOWN for each in (heading, bare(heading), heading.split("/")[-1]))


def grid(cells, *merges: str) -> Grid:
    """A sheet; a row may be a text with bars between its cells, and blank rows are left out."""
    rows = []
    for number, line in enumerate(cells, 1):
        row = line.split("|") if isinstance(line, str) else line
        kept = [None if cell == "" else cell for cell in row]
        while kept and kept[-1] is None:
            kept.pop()
        if kept:
            rows.append(Row(number, tuple(kept)))
    merged = tuple(map(merge, merges))
    return Grid("表", merged, len(cells), lambda: iter(rows))


def merge(name: str) -> Merged:
    corners = [(int(part[1:]) - 1, column_index(part[0])) for part in name.split(":")]
    return Merged(*corners[0], *corners[1])


def find(cells, *merges: str) -> Table:
    return find_table(grid(cells, *merges), knows)


def texts(table: Table) -> list[str]:
    return [heading.text for heading in table.headings]


def read(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows()]


def skipped(table: Table) -> dict[int, str]:
    list(table.rows())
    return {number: why.rpartition(".")[2] for number, why in table.skipped.items()}


# headings


def test_blank_rows_and_rows_above_are_no_obstacle():
    table = find(
        ["某省整改台账", "", "填报单位：甲|截至1月3日", "", "编号|整改任务|状态", "", "1|甲|乙"]
    )
    assert table.title == "某省整改台账\n填报单位：甲 截至1月3日"
    assert (table.heading_row, table.first_row) == (5, 6)
    assert read(table) == [("1", "甲", "乙")]


def test_lines_of_instructions_above_are_no_headings():
    table = find(
        [
            "填表说明",
            "1.责任单位填全称，状态按下拉框选。",
            "责任单位：|太原市|状态：|好",
            "编号|整改任务|状态",
            "1|甲|乙",
        ]
    )
    assert table.heading_row == 4


def test_two_lines_with_merged_cells():
    table = find(
        ["编号|整改任务|拘留（人）||状态", "||行政|刑事|", "1|甲|2|3|乙"],
        "A1:A2", "B1:B2", "C1:D1", "E1:E2",
    )  # fmt: skip
    assert texts(table) == ["编号", "整改任务", "拘留（人）/行政", "拘留（人）/刑事", "状态"]
    assert table.headings[2].lines == ("拘留（人）", "行政")
    assert table.headings[0].lines == ()
    assert [heading.unit for heading in table.headings] == [None, None, "人", "人", None]
    assert read(table) == [("1", "甲", "2", "3", "乙")]


def test_words_below_a_merged_heading_alone_are_its_second_line():
    lines = ["编号|整改任务|办理||状态", "||甲类|乙类|", "1|甲|2|3|乙"]
    assert texts(find(lines, "C1:D1"))[2:4] == ["办理/甲类", "办理/乙类"]
    ticks = ["编号|整改任务|办理||状态", "||√||", "1|甲|√|×|乙"]
    assert texts(find(ticks, "C1:D1"))[2] == "办理"


def test_two_lines_where_blanks_follow_from_the_left():
    table = find(["编号|整改任务|拘留（人）||状态", "||行政|刑事|", "1|甲|2|3|乙"])
    assert texts(table) == ["编号", "整改任务", "拘留（人）/行政", "拘留（人）/刑事", "状态"]


def test_a_group_does_not_reach_over_the_next_one():
    table = find(
        ["编号|处罚||||约谈|", "|罚款||拘留||行政|刑事", "||人数|行政|刑事||", "1|2|3|4|5|6|7"]
    )
    assert texts(table) == [
        "编号", "处罚/罚款", "处罚/罚款/人数", "处罚/拘留/行政", "处罚/拘留/刑事", "约谈/行政",
        "约谈/刑事",
    ]  # fmt: skip


def test_a_line_that_is_blank_under_the_next_group():
    table = find(["编号|处罚||约谈|", "|罚款|||", "||人数|行政|刑事", "1|2|3|4|5"])
    assert texts(table) == ["编号", "处罚/罚款", "处罚/罚款/人数", "约谈/行政", "约谈/刑事"]


def test_a_heading_merged_down_the_whole_sheet():
    table = find(["编号|整改任务|状态", "|甲|乙", "|丙|丁", "|戊|己", "|庚|辛"], "A1:A5")
    assert texts(table) == ["编号", "整改任务", "状态"]
    assert len(read(table)) == 4


def test_a_line_with_the_unit_alone():
    table = find(["编号|整改任务|罚款金额", "||（万元）", "1|甲|3.5"])
    assert texts(table) == ["编号", "整改任务", "罚款金额/（万元）"]
    assert table.headings[2].unit == "万元"


def test_a_record_with_blanks_is_no_second_line_of_headings():
    table = find(["地区|整改任务|责任单位||备注", "|||乙局|", "太原|甲|丙局|丁局|"])
    assert texts(table) == ["地区", "整改任务", "责任单位", "", "备注"]
    assert read(table)[0] == ("", "", "", "乙局", "")


def test_a_group_above_counts_where_it_tells_something():
    table = find(["编号|整改任务|本周||上周|", "||进展情况|状态|进展情况|状态", "1|甲|乙|丙|丁|戊"])
    assert texts(table)[2:] == ["本周/进展情况", "本周/状态", "上周/进展情况", "上周/状态"]
    table = find(["||拘留||", "编号|整改任务|行政|刑事|状态", "1|甲|2|3|乙"], "C1:D1")
    assert texts(table) == ["编号", "整改任务", "行政", "刑事", "状态"]
    table = find(
        ["太原市生态环境局||第三批||", "编号|整改任务|责任单位|状态|无人知", "1|甲|乙|丙|丁"]
    )
    assert texts(table) == ["编号", "整改任务", "责任单位", "状态", "无人知"]
    assert table.title == "太原市生态环境局 第三批"


def test_a_title_merged_over_two_rows_is_no_heading():
    table = find(["整改台账|||", "", "编号|整改任务|状态", "1|甲|乙"], "A1:C2")
    assert table.heading_row == 3


def test_columns_without_a_heading():
    table = find(["|编号|整改任务||状态||", "甲|1|乙||丙||", "丁|2|戊||己||庚"])
    assert [(heading.letter, heading.text) for heading in table.headings] == [
        ("A", ""), ("B", "编号"), ("C", "整改任务"), ("E", "状态"), ("G", ""),
    ]  # fmt: skip
    assert read(table)[1] == ("丁", "2", "戊", "己", "庚")
    assert [heading.index for heading in table.headings] == [0, 1, 2, 3, 4]


def test_a_heading_over_two_columns_stands_in_both_if_both_are_used():
    cells = ["编号|责任单位||状态", "1|甲|乙|丙"]
    assert texts(find(cells, "B1:C1")) == ["编号", "责任单位", "责任单位", "状态"]
    assert texts(find(["编号|责任单位||状态", "1|甲||丙"], "B1:C1")) == ["编号", "责任单位", "状态"]


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        ([], "empty"),
        (["", ""], "empty"),
        (["关于整改的报告", "正文"], "no_headings"),
        (["甲方|乙方", "1|2"], "unknown_headings"),
        (["编号|甲方|乙方", "1|2|3"], "unknown_headings"),
        ([[1, 2], [3, 4]], "no_headings"),
    ],
)
def test_a_sheet_without_a_table_is_told(cells, key):
    with pytest.raises(Problem) as problem:
        find(cells)
    assert problem.value.key == f"table_finding.{key}"
    assert all("“表”" in Language(code).problem(problem.value) for code in ("zh", "en"))


def test_what_comes_nearest_to_headings_is_told():
    with pytest.raises(Problem) as problem:
        find(["台账", "编号|诉求|区片", "1|2|3"])
    assert problem.value.params["row"] == 2
    assert problem.value.params["headings"] == "编号、诉求、区片"
    assert problem.value.params["known"] == "编号"


# records, and what is none


def test_rows_are_read_while_they_are_asked_for():
    asked = []

    def source():
        yield Row(1, ("编号", "整改任务", "状态"))
        for number in range(2, 1000):
            asked.append(number)
            yield Row(number, (number, "甲", "乙"))

    table = find_table(Grid("表", (), 999, source), knows)
    assert table.row_count == 998
    asked.clear()
    rows = table.rows()
    assert [next(rows).number for _ in range(3)] == [2, 3, 4]
    assert asked == [2, 3, 4]


def test_a_sheet_is_searched_anew_only_for_who_understands_something_else_of_it():
    walks = []

    def source():
        walks.append(1)
        return iter([Row(1, ("编号", "整改任务", "罚款")), Row(2, (1.0, "甲", "乙"))])

    sheet = Grid("表", (), 2, source)
    table = find_table(sheet, knows)
    assert (
        find_table(sheet, lambda heading: knows(heading) or heading == "别的").place == table.place
    )
    assert len(walks) == 1
    with pytest.raises(Problem):
        find_table(sheet, lambda heading: heading == "编号")
    assert find_table(sheet, knows).place == table.place


def test_rows_can_be_read_twice():
    table = find(["编号|整改任务|状态", "1|甲|乙", "合计||"])
    assert read(table) == read(table) == [("1", "甲", "乙")]
    assert skipped(table) == {3: "total"}


def test_values_keep_their_kind_beside_their_text():
    table = find([["编号", "整改任务", "时限"], [12.0, "甲", date(2020, 6, 30)]])
    (row,) = table.rows()
    assert row.cells == ("12", "甲", "2020-06-30")
    assert row.raw == (12.0, "甲", date(2020, 6, 30))


@pytest.mark.parametrize(
    "text",
    ["合计", "合 计", "合　计：", "小计", "总计", "共计", "全省合计", "太原市小计", "合计（家）",
     "合计15项",
     "省直部门小计", "全省累计", "Total", "TOTAL:", "Sub-total", "Subtotal", "Grand total",
     "Taiyuan total"],
)  # fmt: skip
def test_totals(text):
    assert is_total(text)
    table = find(
        ["序号|地区|整改任务|状态", "1|甲|乙|丙", f"|{text}||3", f"2|{text}||3", f"{text}|||3"]
    )
    assert set(skipped(table).values()) == {"total"}
    assert len(read(table)) == 1


@pytest.mark.parametrize(
    "text",
    ["合计3家企业超标排放", "总计划未落实", "累计投入不足，进展缓慢",
     "Total nitrogen exceeds the limit",
     "totally neglected", "审计发现问题", "未开展小计量设施改造", "合计" * 20],
)  # fmt: skip
def test_problems_that_only_begin_like_totals(text):
    assert not is_total(text)
    assert read(find(["编号|整改任务|状态", f"1|{text}|乙"])) == [("1", text, "乙")]


def test_a_total_merged_over_several_columns():
    table = find(["序号|地区|整改任务|状态", "1|甲|乙|丙", "合计|||3"], "A3:C3")
    assert skipped(table) == {3: "total"}


def test_the_name_of_a_figure_is_no_total():
    table = find(["地区|指标|状态|备注", "太原|合计|3|", "太原|约谈|3|"])
    assert len(read(table)) == 2


@pytest.mark.parametrize(
    "text",
    ["注：本表一式三份", "备注: 略", "注1：略", "※注：略", "填表人：张三", "填表人(签字)：",
     "审核人：", "联系电话：123",
     "单位负责人（签字）：", "填报日期：2020年1月", "说明：\n1.略\n2.略", "第1页 共3页",
     "第 1 页，共 3 页", "- 1 -", "（盖章）", "以下空白", "Note: none", "Prepared by: me",
     "Page 1 of 3", "数据来源：各市"],
)  # fmt: skip
def test_notes(text):
    assert is_note(text)
    assert skipped(find(["编号|整改任务|状态", "1|甲|乙", f"{text}||"])) == {3: "note"}


def test_signatures_beside_each_other_and_the_lines_of_a_note():
    table = find(
        [
            "编号|整改任务|责任单位|状态|备注",
            "1|甲|乙|丙|",
            "注：1.略",
            "2.略",
            "填表人：甲||审核人：乙||",
            "2|丁|戊|己|",
        ]
    )
    assert skipped(table) == {3: "note", 4: "note", 5: "note"}
    assert [row[0] for row in read(table)] == ["1", "2"]


def test_a_record_whose_first_cell_looks_like_a_note_stays():
    table = find(["备注|编号|整改任务|状态", "备注：急|1|甲|乙"])
    assert len(read(table)) == 1


def test_section_titles():
    assert is_section("一、水污染防治（3项）")
    assert is_section("（二）大气")
    assert not is_section("1.水")
    assert not is_section("水污染防治")
    table = find(
        [
            "编号|整改任务|状态|备注",
            "一、水",
            "1|甲|乙|",
            "太原市|||",
            "2|丙|丁|",
            "大同市|||",
            "另附|||",
        ],
        "A4:D4",
    )
    assert skipped(table) == {2: "section", 4: "section", 6: "section"}
    assert [row[0] for row in read(table)] == ["1", "2", "另附"]


@pytest.mark.parametrize(
    ("lines", "merges", "sections"),
    [
        (["一、哈尔滨市（9项）", "1|甲|乙|", "2|丙|丁|", "二、齐齐哈尔市（1项）", "3|戊|己|"], (),
         ["一、哈尔滨市（9项）", "一、哈尔滨市（9项）", "二、齐齐哈尔市（1项）"]),
        (["一、水", "（一）太原市", "1|甲|乙|", "（二）大同市", "2|丙|丁|", "二、大气",
          "3|戊|己|"], (),
         ["一、水/（一）太原市", "一、水/（二）大同市", "二、大气"]),
        (["太原市", "一、水", "1|甲|乙|", "二、气", "2|丙|丁|", "大同市", "3|戊|己|"], (),
         ["太原市/一、水", "太原市/二、气", "大同市"]),
        (["一|哈尔滨市（2项）||", "1|甲|乙|", "二|大庆市||", "2|丙|丁|", "3|戊|己|"], (),
         ["一、哈尔滨市（2项）", "二、大庆市", "二、大庆市"]),
        (["|哈尔滨市||", "1|甲|乙|", "2|丙|丁|", "3|戊|己|"], ("A2:D2",), ["", "", ""]),
        (["1|甲|乙|", "水污染|||", "2|丙|丁|", "合计|||", "3|戊|己|"], ("A3:D3",),
         ["", "水污染", "水污染"]),
    ],
)  # fmt: skip
def test_each_row_knows_the_sections_in_which_it_stands(lines, merges, sections):
    table = find(["编号|整改任务|状态|备注", *lines], *merges)
    rows = [row for row in table.rows() if row.cells[0].isdecimal()]
    assert ["/".join(row.sections) for row in rows] == sections


def test_a_record_with_a_chinese_numeral_is_no_section():
    table = find(["编号|整改任务|状态|备注", "一|甲|乙|", "二|修复管网||", "（三）|丙市|丁|"])
    assert [row[0] for row in read(table)] == ["一", "二", "（三）"]


def test_repeated_headings_with_other_spaces_and_their_second_line():
    page = ["编号|整改任务|拘留（人）||状态", "||行政|刑事|"]
    table = find(
        [*page, "1|甲|2|3|乙", "编 号|整改任务|拘留(人)||状 态", "||行政|刑事|", "2|丙|||丁"]
    )
    assert skipped(table) == {4: "headings", 5: "headings"}
    assert [row[0] for row in read(table)] == ["1", "2"]


def test_a_record_with_words_of_headings_in_it():
    rows = ["甲|人数|乙|丙|丁", "编号|整改任务|戊|己|庚", "辛|整改任务|状态|时限|壬"]
    table = find(["编号|整改任务|状态|备注|时限", *rows])
    assert len(read(table)) == 3
    assert not table.remarks


def test_numbered_rows_that_are_blank():
    table = find([["编号", "整改任务", "状态"], [1, "甲", "乙"], [2, None, None], ["3", "", ""]])
    assert skipped(table) == {3: "only_number", 4: "only_number"}


@pytest.mark.parametrize(
    "line", ["甲|乙|1|2|3", "1|2|3|4|5", "（1）|（2）|（3）|（4）|（5）", "①|②|③|④|⑤"]
)
def test_column_numbers(line):
    table = find(["编号|整改任务|状态|备注|时限", line, "1|甲|乙|丙|丁"])
    assert skipped(table) == {2: "column_numbers"}


def test_numbers_that_count_no_columns():
    table = find(["编号|罚款|约谈", "1|2|3", "2|5|4"])
    assert len(read(table)) == 2
    table = find(["编号|罚款|约谈|拘留|备注", "2|2|3|4|5", "1|2|3|4|5"])
    assert len(read(table)) == 2


def test_an_example():
    table = find(["编号|整改任务|状态", "示例|某厂|好", "（例）|某厂|好", "1|甲|乙"])
    assert skipped(table) == {2: "example", 3: "example"}


# merged cells in the body


def test_merged_cells_are_carried_down_and_said():
    table = find(
        ["地区|编号|整改任务|状态", "太原|1|甲|好", "|2|乙|", "大同|3|丙|差", "|4|丁|差"],
        "A2:A3",
        "D2:D3",
    )
    rows = list(table.rows())
    assert [row.cells for row in rows] == [
        ("太原", "1", "甲", "好"), ("太原", "2", "乙", "好"), ("大同", "3", "丙", "差"),
        ("", "4", "丁", "差"),
    ]  # fmt: skip
    assert [row.carried for row in rows] == [frozenset(), {0, 3}, frozenset(), frozenset()]


def test_what_hides_under_a_merged_cell_is_not_read():
    table = find(["编号|整改任务|状态", "1|甲|乙", "2|藏|丁"], "B2:B3")
    assert read(table)[1] == ("2", "甲", "丁")


def test_cells_merged_to_the_right_stay_in_their_first_column():
    table = find(["编号|整改任务|责任单位|状态", "1|甲||乙", "2|||丙"], "B2:C3")
    assert read(table) == [("1", "甲", "", "乙"), ("2", "甲", "", "丙")]


def test_rows_that_are_only_the_rest_of_merged_cells_are_none():
    table = find(["编号|整改任务|状态", "1|甲|乙", "", "2|丙|丁"], "A2:A3", "B2:B3", "C2:C3")
    assert [row.number for row in table.rows()] == [2, 4]


def test_a_merged_cell_without_a_value_carries_nothing():
    table = find(["编号|整改任务|状态", "1||乙", "2|丙|丁"], "B2:B3")
    rows = list(table.rows())
    assert rows[1].cells == ("2", "丙", "丁")
    assert not rows[1].carried


def test_a_cell_may_say_that_it_has_the_value_above():
    table = find(["编号|整改任务|状态", "1|同上|好", "2|甲|同上", "小计||", "3|同上|〃", "4|||"])
    rows = list(table.rows())
    assert [row.cells for row in rows] == [
        ("1", "同上", "好"), ("2", "甲", "好"), ("3", "甲", "好"),
    ]  # fmt: skip
    assert [row.carried for row in rows] == [frozenset(), {2}, {1, 2}]


def test_cells_of_any_length_are_looked_at():
    long = "说明：" + "长" * 20_000
    table = find(
        [long, "编号|整改任务|状态", f"1|{long}|乙", f"{long}|甲|丙", f"编号|{long}|", long]
    )
    assert table.title == long
    assert len(read(table)) == 3
    assert skipped(table) == {6: "note"}


def test_merged_cells_far_beyond_the_sheet_cost_nothing():
    merges = [f"A{n}:Z{n + 60000}" for n in range(2, 2000)]
    assert len(read(find(["编号|整改任务|状态", "1|甲|乙", "2|丙|丁"], *merges))) == 2


# several tables


def test_the_largest_table_is_taken_and_the_others_are_said():
    cells = [
        "汇总", "地区|约谈", "太原|3", "", "明细", "编号|整改任务|状态", "1|甲|乙", "2|丙|丁",
        "3|戊|己", "注：略", "", "编号|约谈", "1|5",
    ]  # fmt: skip
    table = find(cells)
    assert (table.heading_row, table.title, table.row_count) == (6, "明细", 3)
    assert [row.number for row in table.rows()] == [7, 8, 9]
    assert skipped(table) == {10: "note"}
    assert [(p.params["column"], p.params["row"], p.params["n"]) for p in table.remarks] == [
        ("A", 2, 1), ("A", 12, 1),
    ]  # fmt: skip


def test_tables_close_to_each_other():
    cells = [
        "编号|整改任务|状态",
        "1|甲|乙",
        "2|丙|丁",
        "另表",
        "编号|整改任务|责任单位",
        "1|戊|己",
    ]
    table = find(cells)
    assert [row.number for row in table.rows()] == [2, 3]
    assert skipped(table) == {}
    table = find([*cells, "2|庚|辛", "3|壬|癸"])
    assert table.title == "另表"
    assert [row.number for row in table.rows()] == [6, 7, 8]


def test_headings_without_records_are_not_said():
    assert not find(["编号|整改任务|状态", "1|甲|乙", "", "另表", "编号|约谈"]).remarks
    table = find(["编号|约谈", "", "编号|整改任务|状态", "1|甲|乙"])
    assert (table.heading_row, table.remarks) == (3, ())


def test_tables_of_two_columns():
    cells = ["编号|状态", *(f"{n}|甲" for n in range(1, 30)), "", "另表", "编号|约谈", "7|1"]
    table = find(cells)
    assert table.row_count == 29
    assert skipped(table) == {}
    assert [p.params["row"] for p in table.remarks] == [33]


def test_tables_beside_each_other():
    table = find(["编号|整改任务||编号|约谈", "1|甲||7|3", "2|乙||8|4", "3|丙", "合计|||合计|7"])
    assert texts(table) == ["编号", "整改任务"]
    assert read(table) == [("1", "甲"), ("2", "乙"), ("3", "丙")]
    assert [p.params["column"] for p in table.remarks] == ["D"]


def test_a_blank_column_inside_a_table_does_not_divide_it():
    table = find(["编号|整改任务||责任单位|状态", "1|甲||乙|丙"])
    assert texts(table) == ["编号", "整改任务", "责任单位", "状态"]
    assert not table.remarks


# what a heading says


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("罚款金额（万元）", "万元"), ("处罚金额/元", "元"), ("罚款金额(单位：万元)", "万元"),
        ("罚款金额，元", "元"), ("罚款万元", "万元"), ("罚款（万元，含没收）", "万元"),
        ("罚款（亿元人民币）", "亿元"), ("罚款（人民币）", "元"), ("进度（％）", "%"),
        ("进度%", "%"), ("约谈（人）", "人"), ("责令整改(家)", "家"), ("问题（个）", "个"),
        ("Fined (10,000 yuan)", "万元"), ("fined_yuan", "元"), ("Fined (yuan)", "元"),
        ("约谈（人、家）", None), ("整改时限", None), ("责任单位（全称）", None),
        ("责任单位/责任人", None),
    ],
)  # fmt: skip
def test_units(text, unit):
    assert read_unit([one_line(text)]) == unit


def test_the_unit_of_the_lowest_line_that_has_one_counts():
    assert read_unit(["拘留（人）", "行政"]) == "人"
    assert read_unit(["处罚（家）", "金额（万元）"]) == "万元"


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("台账\n单位：万元", "万元"),
        ("（单位：元）", "元"),
        ("填报单位：太原市", None),
        ("单位：件、万元", None),
        ("", None),
    ],
)
def test_the_unit_above_a_table(title, unit):
    assert said_unit(title) == unit
    if title:
        assert find([*title.split("\n"), "编号|整改任务|罚款金额", "1|甲|3"]).unit == unit


@pytest.mark.parametrize(
    ("text", "line"),
    [("序 号", "序号"), ("整改\n时限", "整改时限"), ("罚款\n（万元）", "罚款（万元）"),
     ("Responsible\nunit", "Responsible unit"),
     ("  备  注 ", "备注"), ("PM 10\n浓度", "PM 10浓度")],
)  # fmt: skip
def test_headings_on_one_line(text, line):
    assert one_line(text) == line


# anything at all

CELLS = st.none() | st.integers(0, 20) | st.dates() | st.sampled_from(
    ["编号", "整改任务", "责任单位", "状态", "地区", "拘留", "行政", "刑事", "罚款金额（万元）",
     "甲", "乙", "1", "", "合计", "注：略",
     "一、水", "示例", "备注：", "2020年", "长" * 70]
)  # fmt: skip
MERGES = st.builds(
    lambda top, left, height, width: Merged(top, left, top + height, left + width),
    st.integers(0, 12), st.integers(0, 6), st.integers(0, 4), st.integers(0, 4),
)  # fmt: skip


@given(st.lists(st.lists(CELLS, max_size=7), max_size=14), st.lists(MERGES, max_size=6))
def test_every_row_below_the_headings_is_read_or_said_or_belongs_to_another_table(cells, merges):
    plain = grid(cells)
    sheet = Grid("表", tuple(merges), plain.row_count, plain.source)
    try:
        table = find_table(sheet, knows)
    except Problem:
        return
    rows = list(table.rows())
    numbers = [row.number for row in rows]
    assert numbers == sorted(set(numbers))
    assert not set(numbers) & set(table.skipped)
    assert all(len(row.cells) == len(row.raw) == len(table.headings) for row in rows)
    assert [heading.column for heading in table.headings] == sorted(
        {heading.column for heading in table.headings}
    )
    under = [row for row in sheet.rows() if row.number >= table.first_row]
    empty_one_below = any(is_further_heading_row(row, knows, apart=True) for row in under)
    if not table.remarks and not empty_one_below:
        below = {row.number for row in under}
        assert below == set(numbers) | set(table.skipped)
        assert table.row_count == len(rows)
    held = {row.number: row.cells for row in sheet.rows()}
    for row in rows:
        for heading in table.headings:
            if heading.index not in row.carried and heading.column < len(held[row.number]):
                assert row.raw[heading.index] == held[row.number][heading.column]
