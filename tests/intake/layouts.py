"""Sheets as offices write them, each with what is to be read from it.

    for layout in layouts():
        path = tmp_path / layout.file
        layout.write(path)

`rows_expected` has the records by field, as texts; fields that no column brings are left out.
"""
# ruff: noqa: E501 - a row of a sheet is read as a row

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from rectify_tui.intake.model import IntakeKind

Cells = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Layout:
    """A file: how it is written, and what is in it.

    `fields_expected` has the field of each heading that has one, `unknown_expected` the headings
    that are nobody's, and `skipped_expected` the rows that are no records, with the end of the
    message. `carried_expected` has the fields of rows that a merged cell above gives their value.
    """

    name: str
    suffix: str
    kind: IntakeKind
    write: Callable[[Path], None]
    fields_expected: dict[str, str]
    rows_expected: list[dict[str, str]]
    unknown_expected: tuple[str, ...] = ()
    skipped_expected: dict[int, str] = field(default_factory=dict)
    carried_expected: dict[int, set[str]] = field(default_factory=dict)
    others: int = 0
    title: str = ""

    @property
    def file(self) -> str:
        """A name for the file."""
        return self.name + self.suffix


def xlsx(cells: Cells, *merges: str, sheet: str = "台账") -> Callable[[Path], None]:
    """Writes a workbook; merged ranges keep the value of their first cell."""

    def write(path: Path) -> None:
        with xlsxwriter.Workbook(path) as book:
            page = book.add_worksheet(sheet)
            day = book.add_format({"num_format": "yyyy/m/d"})
            border = book.add_format({"border": 1})
            for r, row in enumerate(cells):
                for c, cell in enumerate(row):
                    put(page, r, c, cell, day, border)
            for merge in merges:
                first = xlsxwriter.utility.xl_cell_to_rowcol(merge.partition(":")[0])
                page.merge_range(merge, "")
                put(page, *first, cells[first[0]][first[1]], day, border)

    return write


def put(page: Any, row: int, column: int, cell: Any, day: Any, border: Any) -> None:
    if cell is None or cell == "":
        page.write_blank(row, column, None, border)
    elif isinstance(cell, date | datetime):
        page.write_datetime(row, column, cell, day)
    elif isinstance(cell, int | float):
        page.write_number(row, column, cell)
    else:
        page.write_string(row, column, cell)


def text(cells: Cells, encoding: str, delimiter: str = ",") -> Callable[[Path], None]:
    """Writes delimited text, as a spreadsheet saves it."""

    def write(path: Path) -> None:
        width = max(map(len, cells))
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.writer(file, delimiter=delimiter)
            writer.writerows([*row, *[""] * (width - len(row))] for row in cells)

    return write


def rows(names: str, *records: Sequence[str]) -> list[dict[str, str]]:
    """Expected records from the names of fields and their values."""
    return [dict(zip(names.split(), record, strict=True)) for record in records]


def province_ledger() -> Layout:
    """Title and note above, notes and signatures below, prose beside the status."""
    prose = "已拆除养殖场 3 处，\n清运粪污 120 吨；剩余 2 处正在签订协议，按序时进度推进。"
    cells = [
        ["黑龙江省中央环保督察“回头看”整改任务进展情况表"],
        ["填报单位：省整改办", "", "", "", "", "截至：2020年1月3日", "", ""],
        ["序号", "整改任务", "责任单位", "督导单位", "整改目标", "整改时限", "状态", "进展情况", "备注"],
        [1, "大龙虎泡水源地一级保护区内有养殖", "大庆市政府", "省生态环境厅", "全部清退", "2020年底前", "按序时进度推进", prose, ""],
        [2, "呼兰河沿岸垃圾堆放", "绥化市政府", "省住建厅", "清理完毕", date(2019, 12, 31), "已完成", "已全部清理。", "待销号"],
        [],
        [3, "工业园区污水处理厂未运行", "齐齐哈尔市政府", "省工信厅", "稳定运行", "立行立改，长期坚持", "未达序时进度", "", ""],
        ["注：1.状态以省整改办认定为准。"],
        ["2.本表每周五报送。"],
        ["填表人：张三", "", "审核人：李四", "", "联系电话：0451-00000000"],
    ]  # fmt: skip
    return Layout(
        "province_ledger", ".xlsx", IntakeKind.ITEMS, xlsx(cells, "A1:I1", "A2:E2", "A8:I8"),
        {"序号": "number", "整改任务": "problem", "责任单位": "responsible", "督导单位": "supervising",
         "整改目标": "goal", "整改时限": "deadline", "状态": "status", "进展情况": "note"},
        rows("number problem responsible supervising goal deadline status note",
             ["1", cells[3][1], "大庆市政府", "省生态环境厅", "全部清退", "2020年底前", "按序时进度推进", prose],
             ["2", cells[4][1], "绥化市政府", "省住建厅", "清理完毕", "2019-12-31", "已完成", "已全部清理。"],
             ["3", cells[6][1], "齐齐哈尔市政府", "省工信厅", "稳定运行", "立行立改，长期坚持", "未达序时进度", ""]),
        ("备注",), {8: "note", 9: "note", 10: "note"},
        title=cells[0][0] + "\n填报单位：省整改办 截至：2020年1月3日",
    )  # fmt: skip


CASE_FIELDS = {
    "受理编号": "number", "批次": "batch", "交办问题基本情况": "complaint", "行政区域": "region",
    "污染类型": "types", "调查核实情况": "findings", "是否属实": "substantiated",
    "处理和整改情况": "measures", "是否办结": "status",
}  # fmt: skip


def case_ledger_two_lines() -> Layout:
    """The ledger of cases as it is published: two lines of headings, merged, and totals."""
    cells = [
        ["群众信访举报转办和边督边改公开情况一览表（第五批）"],
        ["单位：件、家、人、万元"],
        ["序号", "受理编号", "批次", "交办问题基本情况", "行政区域", "污染类型", "调查核实情况", "是否属实",
         "处理和整改情况", "是否办结", "责令整改（家）", "立案处罚", "", "拘留（人）", "", "约谈（人）", "问责（人）"],
        ["", "", "", "", "", "", "", "", "", "", "", "立案处罚（家）", "罚款金额（万元）", "行政", "刑事", "", ""],
        [1, "D3JL201806040001", 5, "夜间施工噪声扰民", "道外区", "噪声、扬尘", "属实，凌晨仍有施工", "属实", "责令停止夜间施工", "已办结", 1, 1, 3.5, "", "", 1, ""],
        [2, "X3JL201806040002*", 5, "小作坊排放废气", "南岗区", "大气", "现场未发现", "不属实", "", "已办结", "", "", "", "", "", "", ""],
        [3, "D3JL201806040003", 5, "养殖粪污入河", "呼兰区", "水", "部分属实", "部分属实", "限期清理", "阶段性办结", 2, 1, 0.8, 1, 0, "", 2],
        ["合计", "", "", "", "", "", "", "", "", "", 3, 2, 4.3, 1, 0, 1, 2],
    ]  # fmt: skip
    vertical = [f"{c}3:{c}4" for c in "ABCDEFGHIJKPQ"]
    names = "number batch complaint region types findings substantiated measures status ordered"
    names += " fined_wan detained_administrative detained_criminal interviewed held_accountable"
    picked = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16]
    return Layout(
        "case_ledger_two_lines", ".xlsx", IntakeKind.CASES,
        xlsx(cells, "A1:Q1", *vertical, "L3:M3", "N3:O3", "A8:J8"),
        CASE_FIELDS
        | {"责令整改（家）": "ordered", "立案处罚/罚款金额（万元）": "fined_wan",
           "拘留（人）/行政": "detained_administrative", "拘留（人）/刑事": "detained_criminal",
           "约谈（人）": "interviewed", "问责（人）": "held_accountable"},
        rows(names, *([str(row[c]) for c in picked] for row in cells[4:7])),
        ("立案处罚/立案处罚（家）",), {8: "total"}, title=cells[0][0] + "\n" + cells[1][0],
    )  # fmt: skip


def case_ledger_three_lines() -> Layout:
    """Three lines of headings; nothing stands in the first two but groups."""
    cells = [
        ["附件2"],
        ["边督边改台账"],
        ["基本情况", "", "", "", "办理情况", "", "", "", "", "", "位置", ""],
        ["转办件编号", "转办日期", "信访问题", "县（市、区）", "办结情况", "办结时间", "查处", "", "", "", "经度", "纬度"],
        ["", "", "", "", "", "", "责令整改\n（家）", "罚款金额/元", "拘留", "", "", ""],
        ["", "", "", "", "", "", "", "", "行政拘留（人）", "刑事拘留（人）", "", ""],
        ["23-001", date(2018, 6, 23), "企业偷排污水", "昂昂溪区", "已办结", date(2018, 7, 2), 1, 35000, 1, 0, 123.82, 47.15],
        ["23-002", date(2018, 6, 23), "露天焚烧", "龙沙区", "未办结", "", 0, "", "", "", "", ""],
    ]  # fmt: skip
    merges = ["A1:B1", "A2:L2", "A3:D3", "E3:J3", "K3:L3", "G4:J4", "I5:J5", "G5:G6", "H5:H6"]
    merges += [f"{c}4:{c}6" for c in "ABCDEFKL"]
    return Layout(
        "case_ledger_three_lines", ".xlsx", IntakeKind.CASES, xlsx(cells, *merges),
        {"转办件编号": "number", "转办日期": "passed_on", "信访问题": "complaint",
         "县（市、区）": "region", "办结情况": "status", "办结时间": "closed_on",
         "查处/责令整改（家）": "ordered", "查处/罚款金额/元": "fined_wan",
         "查处/拘留/行政拘留（人）": "detained_administrative",
         "查处/拘留/刑事拘留（人）": "detained_criminal", "经度": "longitude", "纬度": "latitude"},
        rows("number passed_on complaint region status closed_on ordered fined_wan "
             "detained_administrative detained_criminal longitude latitude",
             ["23-001", "2018-06-23", "企业偷排污水", "昂昂溪区", "已办结", "2018-07-02", "1", "35000", "1", "0", "123.82", "47.15"],
             ["23-002", "2018-06-23", "露天焚烧", "龙沙区", "未办结", "", "0", "", "", "", "", ""]),
        title="附件2\n边督边改台账\n基本情况 办理情况 位置",
    )  # fmt: skip


def case_csv_two_lines() -> Layout:
    """Saved as csv by a Chinese office: GB18030, and blanks where cells were merged."""
    cells = [
        ["大庆市信访举报件办理情况统计表"],
        ["填报单位：大庆市生态环境局", "", "", "", "", "2018年7月6日"],
        ["序号", "信访编号", "问题描述", "属地", "污染类型", "办结情况", "处罚情况", "", "拘留(人)", "", "问责人数"],
        ["", "", "", "", "", "", "责令整改(家)", "罚款金额(万元)", "行政", "刑事", ""],
        ["1", "DQ-0001", "油泥堆放，未采取防渗措施", "龙凤区", "土壤", "已办结", "1", "12.5", "", "", "2"],
        ["2", "DQ-0002", "饭店油烟", "萨尔图区", "油烟", "阶段性办结", "1", "", "", "", ""],
        ["合  计", "", "", "", "", "", "2", "12.5", "0", "0", "2"],
        ["说明：罚款以决定书为准。"],
    ]  # fmt: skip
    return Layout(
        "case_csv_two_lines", ".csv", IntakeKind.CASES, text(cells, "gb18030"),
        {"信访编号": "number", "问题描述": "complaint", "属地": "region", "污染类型": "types",
         "办结情况": "status", "处罚情况/责令整改(家)": "ordered", "处罚情况/罚款金额(万元)": "fined_wan",
         "拘留(人)/行政": "detained_administrative", "拘留(人)/刑事": "detained_criminal",
         "问责人数": "held_accountable"},
        rows("number complaint region types status ordered fined_wan detained_administrative "
             "detained_criminal held_accountable", cells[4][1:], cells[5][1:]),
        skipped_expected={7: "total", 8: "note"},
        title="大庆市信访举报件办理情况统计表\n填报单位：大庆市生态环境局 2018年7月6日",
    )  # fmt: skip


def printed_pages() -> Layout:
    """Title and headings stand anew on every printed page, with the number of the page."""
    title, note = "太原市入河排污口整改台账", "数据截至2020年1月10日"
    head = [
        "序号",
        "排污口编号",
        "排污口名称",
        "县 区",
        "责 任 单 位",
        "整改期限",
        "完成情况",
        "备  注",
    ]
    body = [
        [n, f"TY-{n:03}", f"第{n}号排污口", "小店区" if n < 3 else "晋源区", "区水务局", "2020.6", "已完成整改" if n % 2 else "滞后", ""]
        for n in range(1, 5)
    ]  # fmt: skip
    page = ["第 1 页 共 2 页"]
    cells = [[title], [note], head, *body[:2], page, [title], [note], head, *body[2:], page]
    wanted = [1, 2, 3, 4, 5, 6, 7]
    return Layout(
        "printed_pages", ".xlsx", IntakeKind.ITEMS, xlsx(cells, "A1:H1", "A7:H7"),
        {"排污口编号": "number", "排污口名称": "problem", "县区": "region", "责任单位": "responsible",
         "整改期限": "deadline", "完成情况": "status", "备注": "note"},
        rows("number problem region responsible deadline status note",
             *([str(row[c]) for c in wanted] for row in body)),
        skipped_expected={6: "note", 7: "title", 8: "title", 9: "headings", 12: "note"},
        title=f"{title}\n{note}",
    )  # fmt: skip


def merged_body() -> Layout:
    """Cells merged over several rows in the body, with subtotals between."""
    cells = [
        ["地区", "问题编号", "存在问题", "整改措施", "完成时限", "整改状态", "整改完成比例（%）"],
        ["哈尔滨市", "HRB-1", "松花江岸线违建", "拆除一期", "2019年底前", "基本完成", 90],
        ["", "", "", "拆除二期", "2020年底前", "", ""],
        ["", "HRB-2", "阿什河劣V类断面", "截污纳管", "2020年底前", "未达序时进度", 40],
        ["小计", "", "", "2 项", "", "", 65],
        ["大庆市", "DQ-1", "安肇新河治理", "清淤", "三年内分阶段完成", "按序时进度推进", 55],
        ["", "DQ-2", "化工园区异味", "安装在线监测", "2020.6", "已完成", 100],
        ["大庆市小计", "", "", "2 项", "", "", 77.5],
        ["全省合计", "", "", "4 项", "", "", 71.25],
    ]  # fmt: skip
    merges = ["A2:A4", "B2:B3", "C2:C3", "F2:F3", "G2:G3", "A5:C5", "A6:A7", "A8:C8", "A9:C9"]
    return Layout(
        "merged_body", ".xlsx", IntakeKind.ITEMS, xlsx(cells, *merges),
        {"地区": "region", "问题编号": "number", "存在问题": "problem", "整改措施": "measures",
         "完成时限": "deadline", "整改状态": "status", "整改完成比例（%）": "progress"},
        rows("region number problem measures deadline status progress",
             ["哈尔滨市", "HRB-1", "松花江岸线违建", "拆除一期", "2019年底前", "基本完成", "90"],
             ["哈尔滨市", "HRB-1", "松花江岸线违建", "拆除二期", "2020年底前", "基本完成", "90"],
             ["哈尔滨市", "HRB-2", "阿什河劣V类断面", "截污纳管", "2020年底前", "未达序时进度", "40"],
             ["大庆市", "DQ-1", "安肇新河治理", "清淤", "三年内分阶段完成", "按序时进度推进", "55"],
             ["大庆市", "DQ-2", "化工园区异味", "安装在线监测", "2020.6", "已完成", "100"]),
        skipped_expected={5: "total", 8: "total", 9: "total"},
        carried_expected={3: {"region", "number", "problem", "status", "progress"}, 4: {"region"}, 7: {"region"}},
    )  # fmt: skip


def blank_groups() -> Layout:
    """Blanks under a city in a csv: they stay blank, for nothing says that they mean it."""
    cells = [
        ["市州", "责任主体", "任务编号", "反馈问题", "整改期限", "当前状态"],
        ["晋中市", "介休市政府", "7", "焦化废水外排", "2019年底前", "逾期"],
        ["", "", "8", "污水厂超标", "2020年底前", "有序推进"],
        ["临汾市", "洪洞县政府", "9", "垃圾填埋场渗滤液", "2018年12月31日前", "已完成整改"],
    ]
    return Layout(
        "blank_groups", ".csv", IntakeKind.ITEMS, text(cells, "utf-8-sig"),
        dict(zip(cells[0], ["city", "responsible", "number", "problem", "deadline", "status"], strict=True)),
        rows("city responsible number problem deadline status", *cells[1:]),
    )  # fmt: skip


def several_tables() -> Layout:
    """A summary above the ledger and a list below it; only the ledger is taken."""
    ledger = [
        [str(n), f"饮用水水源地问题{n}", "南通市", "启东市人民政府", "2017年6月底前", "已完成" if n < 9 else "未按期完成"]
        for n in range(1, 11)
    ]  # fmt: skip
    cells = [
        ["一、汇总"],
        ["行政区域", "整改任务", "完成情况"],
        ["南通市", "10", "8"],
        ["苏州市", "4", "4"],
        [],
        ["二、明细"],
        ["问题序号", "问题概况", "所属市", "整改责任单位", "整改时限要求", "整改状态"],
        *ledger,
        [],
        ["三、未完成清单"],
        ["问题序号", "未完成原因", "下一步措施"],
        ["9", "征地未完成", "加快推进"],
    ]
    return Layout(
        "several_tables", ".xlsx", IntakeKind.ITEMS, xlsx(cells),
        dict(zip(cells[6], ["number", "problem", "city", "responsible", "deadline", "status"], strict=True)),
        rows("number problem city responsible deadline status", *ledger),
        others=2, title="二、明细",
    )  # fmt: skip


def side_by_side() -> Layout:
    """Two tables beside each other, with a blank column between them."""
    cells = [
        ["", "编号", "整改任务", "整改进度", "", "编号", "责任单位"],
        ["", "1", "黑臭水体", "提前完成", "", "1", "住建局"],
        ["", "2", "散乱污企业", "未启动", "", "", ""],
        ["", "3", "扬尘", "逾期", "", "", ""],
        ["", "", "", "", "", "合计", "1"],
    ]
    return Layout(
        "side_by_side", ".xlsx", IntakeKind.ITEMS, xlsx(cells),
        {"编号": "number", "整改任务": "problem", "整改进度": "status"},
        rows("number problem status", *(row[1:4] for row in cells[1:4])), others=1,
    )  # fmt: skip


def statistics_form() -> Layout:
    """A form: column numbers and an example under the headings, numbered rows left blank."""
    cells = [
        ["山西省重点水污染治理项目调度表"],
        ["制表单位：省生态环境厅", "", "", "", "", "", "单位：万元"],
        ["*序号", "*项目名称", "*责任城市", "牵头部门", "总投资", "开工时间", "计划完成时间", "序时进度", "工程进度（%）", "滞后原因"],
        ["甲", "乙", "1", "2", "3", "4", "5", "6", "7", "8"],
        ["示例", "某污水厂提标", "太原市", "市水务局", "1200", "2019年3月", "2020年6月", "达到序时进度", "60", ""],
        [1, "汾河城区段截污", "太原市", "市城乡管理局", 35000, "2018年5月", "2019年底前", "达到序时进度", 85, ""],
        [2, "桑干河湿地", "朔州市", "市水利局", 8600.5, date(2019, 4, 1), date(2020, 6, 30), "慢于序时进度", 30, "征地滞后"],
        [3, "", "", "", "", "", "", "", "", ""],
        [4, "", "", "", "", "", "", "", "", ""],
        ["联系人：", "王五", "", "", "", "", "", "", "", ""],
    ]  # fmt: skip
    return Layout(
        "statistics_form", ".xlsx", IntakeKind.ITEMS, xlsx(cells, "A1:J1"),
        {"*序号": "number", "*项目名称": "problem", "*责任城市": "city", "牵头部门": "lead", "开工时间": "start",
         "计划完成时间": "deadline", "序时进度": "status", "工程进度（%）": "progress", "滞后原因": "reason"},
        rows("number problem city lead start deadline status progress reason",
             ["1", "汾河城区段截污", "太原市", "市城乡管理局", "2018年5月", "2019年底前", "达到序时进度", "85", ""],
             ["2", "桑干河湿地", "朔州市", "市水利局", "2019-04-01", "2020-06-30", "慢于序时进度", "30", "征地滞后"]),
        ("总投资",), {4: "column_numbers", 5: "example", 8: "only_number", 9: "only_number", 10: "note"},
        title="山西省重点水污染治理项目调度表\n制表单位：省生态环境厅 单位：万元",
    )  # fmt: skip


def sections() -> Layout:
    """Section titles across the table, and split numbers."""
    cells = [
        ["任务号", "问题描述", "整改责任主体", "整改目标及要求", "整改时间", "目前状态", "下一步打算", "预计完成时间"],
        ["一、思想认识方面"],
        ["12（+1）", "重发展轻保护", "省委组织部", "纳入考核", "长期坚持", "已完成整改并长期坚持", "", ""],
        ["二、水污染防治方面（2项）"],
        ["12-2", "自然保护区内采砂", "黑河市政府", "全部退出", "2018年及以后", "总体按序时推进", "逐步退出", "2020年6月底"],
        ["１３", "城镇污水直排", "佳木斯市政府", "全收集", "今年底前", "进展严重滞后", "约谈", "2020/3/31"],
    ]  # fmt: skip
    return Layout(
        "sections", ".xlsx", IntakeKind.ITEMS, xlsx(cells, "A2:H2", "A4:H4"),
        {"任务号": "number", "问题描述": "problem", "整改责任主体": "responsible", "整改目标及要求": "goal",
         "整改时间": "deadline", "目前状态": "status", "下一步打算": "next_step", "预计完成时间": "next_on"},
        rows("number problem responsible goal deadline status next_step next_on", cells[2], cells[4], cells[5]),
        skipped_expected={2: "section", 4: "section"},
    )  # fmt: skip


def far_off() -> Layout:
    """The table begins in column C, has columns nobody knows, and blank ones at its end."""
    head = [
        "编号",
        "整改任务",
        "牵头单位",
        "责任单位",
        "填报单位",
        "整改时限",
        "是否完成",
        "销号情况",
        "省领导批示",
        "",
    ]
    cells = [
        [], [], ["", "", "内部资料"], [],
        ["", "", *head, "", "", ""],
        ["", "", "LL-1", "三川河治理", "省水利厅", "吕梁市政府", "省财政厅", "2019年底前", "未完成", "未销号", "已阅", "第二轮"],
        ["", "", "LL-2", "焦化行业整治", "省工信厅", "吕梁市政府", "", "2020年底前", "有序推进", "", "", ""],
    ]  # fmt: skip
    return Layout(
        "far_off", ".xlsx", IntakeKind.ITEMS, xlsx(cells),
        {"编号": "number", "整改任务": "problem", "牵头单位": "lead", "责任单位": "responsible",
         "整改时限": "deadline", "是否完成": "status", "销号情况": "closure"},
        rows("number problem lead responsible deadline status closure",
             *([row[c] for c in (2, 3, 4, 5, 7, 8, 9)] for row in cells[5:])),
        ("填报单位", "省领导批示", ""), title="内部资料",
    )  # fmt: skip


def group_over_some() -> Layout:
    """Only a few columns have a second line, below a group whose neighbours are not merged."""
    cells = [
        ["", "", "", "", "责任分工", "", "", "", ""],
        ["序号", "督察反馈问题", "整改目标", "整改时限", "牵头单位", "责任单位", "督导单位", "整改情况", "是否完成整改"],
        ["1", "长江岸线码头", "清退", "2017年6月底", "交通运输局", "南京市政府", "省厅", "已清退 12 家", "已整改完成"],
    ]  # fmt: skip
    return Layout(
        "group_over_some", ".xlsx", IntakeKind.ITEMS, xlsx(cells, "E1:G1"),
        {"序号": "number", "督察反馈问题": "problem", "整改目标": "goal", "整改时限": "deadline",
         "牵头单位": "lead", "责任单位": "responsible", "督导单位": "supervising",
         "整改情况": "note", "是否完成整改": "status"},
        rows("number problem goal deadline lead responsible supervising note status", cells[2]),
        title="责任分工",
    )  # fmt: skip


def own_export() -> Layout:
    """What the program itself exports: headings in English, and names of fields in the data."""
    cells = [
        ["Programme", "Number", "Problem", "Region", "Region code", "Responsible unit", "Deadline", "Due", "Progress", "Status", "Since", "Note", "Source"],
        ["HLJ-2018", "12", "Livestock in the protection zone", "Daqing", "230600", "City government", "end of 2020", "2020-12-31", "40%", "on_schedule", "2019-12-31", "See letter 7", "plan, page 3"],
        ["HLJ-2018", "12-2", "Total nitrogen exceeds the limit", "Daqing", "230600", "", "", "", "", "behind", "2019-12-31", "", ""],
        ["Total", "", "", "", "", "", "", "", "", "", "", "2 items", ""],
    ]  # fmt: skip
    picked = [0, 1, 2, 3, 5, 6, 8, 9, 10, 11]
    return Layout(
        "own_export", ".csv", IntakeKind.ITEMS, text(cells, "utf-8-sig"),
        {"Programme": "programme", "Number": "number", "Problem": "problem", "Region": "region",
         "Responsible unit": "responsible", "Deadline": "deadline", "Progress": "progress",
         "Status": "status", "Since": "on", "Note": "note"},
        rows("programme number problem region responsible deadline progress status on note",
             *([row[c] for c in picked] for row in cells[1:3])),
        (), {4: "total"},
    )  # fmt: skip


def cases_by_mail() -> Layout:
    """Cases as tab-separated text, with numbers that a spreadsheet would spoil."""
    cells = [
        ["受理编号", "转办时间", "反映的主要问题", "市（州）", "问题类型", "处罚金额/元", "是否重点关注", "重复件编号", "办理状态", "经度", "纬度"],
        ["410000201806020001", "2018.6.2", "化工厂异味", "白城市", "大气", "35,000", "是", "", "已办结", "122.84", "45.62"],
        ["410000201806020002", "2018.6.2", "化工厂异味", "白城市", "大气", "—", "否", "410000201806020001", "未办结", "", ""],
    ]  # fmt: skip
    fields = [
        "number", "passed_on", "complaint", "city", "types", "fined_wan", "key_case", "duplicate_of",
        "status", "longitude", "latitude",
    ]  # fmt: skip
    return Layout(
        "cases_by_mail", ".tsv", IntakeKind.CASES, text(cells, "utf-8", "\t"),
        dict(zip(cells[0], fields, strict=True)), rows(" ".join(fields), *cells[1:]),
    )  # fmt: skip


def regions_list() -> Layout:
    """Regions with their codes as numbers."""
    cells = [
        ["序号", "行政区划代码", "名称", "级别", "上级代码", "备注"],
        [1, 230600, "大庆市", "市", 230000, ""],
        [2, "230671", "大庆高新技术产业开发区", "开发区", 230600, "不在国标内"],
    ]
    return Layout(
        "regions_list", ".xlsx", IntakeKind.REGIONS, xlsx(cells),
        {"行政区划代码": "code", "名称": "name", "级别": "kind", "上级代码": "under"},
        rows("code name kind under", ["230600", "大庆市", "市", "230000"],
             ["230671", "大庆高新技术产业开发区", "开发区", "230600"]),
        ("备注",),
    )  # fmt: skip


def figures_list() -> Layout:
    """Figures by name: 合计 is the name of one, and no total."""
    cells = [
        ["公布数据"],
        ["方案代码", "行政区划", "统计对象", "指标", "数值", "单位", "截至日期", "原文", "来源"],
        [
            "HLJ-2018",
            "黑龙江省",
            "整改任务",
            "合计",
            60,
            "项",
            date(2019, 12, 31),
            "共60项",
            "公告",
        ],
        [
            "HLJ-2018",
            "黑龙江省",
            "整改任务",
            "已完成",
            7,
            "项",
            date(2019, 12, 31),
            "7项已完成",
            "公告",
        ],
    ]
    fields = "programme region subject what value unit as_of text source"
    return Layout(
        "figures_list", ".xlsx", IntakeKind.FIGURES, xlsx(cells, "A1:I1"),
        dict(zip(cells[1], fields.split(), strict=True)),
        rows(fields, *([*map(str, row[:6]), "2019-12-31", *row[7:]] for row in cells[2:])),
        title="公布数据",
    )  # fmt: skip


def layouts() -> list[Layout]:
    """All layouts, in a fixed order."""
    return [
        province_ledger(), case_ledger_two_lines(), case_ledger_three_lines(), case_csv_two_lines(),
        printed_pages(), merged_body(), blank_groups(), several_tables(), side_by_side(),
        statistics_form(), sections(), far_off(), group_over_some(), own_export(), cases_by_mail(),
        regions_list(), figures_list(),
    ]  # fmt: skip
