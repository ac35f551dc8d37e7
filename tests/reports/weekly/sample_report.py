"""A report as an office would publish it, in both languages, and one full of hostile texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rectify_tui.domain.status import Group, Status
from rectify_tui.i18n import Language
from rectify_tui.reports.table import Column, Labelled, Table
from rectify_tui.reports.weekly.model import (
    Anchor,
    Chart,
    Period,
    PeriodKind,
    Point,
    Report,
    Section,
    Series,
)
from rectify_tui.reports.weekly.render import digest

CITIES = (
    # code, names, completed, basically, on schedule, behind
    ("230100", "哈尔滨市", "Harbin", 2, 3, 6, 1),
    ("230200", "齐齐哈尔市", "Qiqihar", 1, 2, 4, 0),
    ("230300", "鸡西市", "Jixi", 0, 1, 3, 0),
    ("230400", "鹤岗市", "Hegang", 0, 0, 3, 0),
    ("230500", "双鸭山市", "Shuangyashan", 1, 0, 2, 0),
    ("230600", "大庆市", "Daqing", 1, 1, 4, 1),
    ("230700", "伊春市", "Yichun", 0, 1, 2, 0),
    ("230800", "佳木斯市", "Jiamusi", 1, 1, 3, 0),
    ("230900", "七台河市", "Qitaihe", 0, 0, 2, 0),
    ("231000", "牡丹江市", "Mudanjiang", 1, 1, 3, 0),
    ("231100", "黑河市", "Heihe", 0, 1, 2, 0),
    ("231200", "绥化市", "Suihua", 0, 1, 3, 1),
    ("232700", "大兴安岭地区", "Da Hinggan Ling Prefecture", 0, 0, 1, 0),
)
OFFICE = {
    "zh": "黑龙江省生态环境保护督察整改工作领导小组办公室",
    "en": "Heilongjiang Rectification Office",
}
PROSE = {
    "zh": (
        "截至2019年12月31日，黑龙江省“回头看”整改方案共60项整改任务，其中已完成7项、基本完成12项，"
        "按序时进度推进38项，未达序时进度3项，完成率31.7%，较上期提高1.2个百分点。"
        "\n"
        "中央环保督察“回头看”转办件4387件，已办结4347件，未办结40件，办结率99.1%。"
    ),
    "en": (
        "As of 31 December 2019, of 60 items of the look-back plan 7 are completed, 12 basically "
        "completed, 38 on schedule and 3 behind: 31.7% completed, up 1.2 points."
        "\n"
        "Of 4387 cases 4347 are closed and 40 open, a closure rate of 99.1%."
    ),
}
LATE = ("230100", "230600", "231200")
REASONS = (
    "管网改造标段流标两次，主体工程2019年11月才进场，冬季停工期内无法施工，影响后续通水和在线监测联网",
    "一级保护区内住户搬迁补偿协议尚有11户未签，餐饮设施已停业但未拆除",
    "畜禽粪污资源化利用设施设备未到货",
)
STEPS = (
    "市政府每周调度一次，2020年3月底前恢复施工，6月底前完成管网贯通，同步委托第三方开展进水浓度评估",
    "1月15日前完成剩余协议签订，逾期依法申请强制执行",
    "督促企业3月10日前到货安装",
)


_STATUSES = tuple(status for status in Status if status is not Status.IN_PROGRESS)
"""What occurs in the week of the sample, as the report itself leaves out what does not."""


def _progress(zh: bool) -> Table:
    t = Language("zh" if zh else "en")
    kinds = {
        "name": ("地市", "City", "text"),
        "total": ("任务数", "Items", "count"),
        **{
            status.value: (
                Language("zh")(f"status.item.{status}"),
                Language("en")(f"status.item.{status}"),
                "count",
            )
            for status in _STATUSES
        },
        "completion_rate": ("完成率", "Completion rate", "percent"),
        "completed_change": ("较上期增减", "Change", "count"),
        "rate_change": ("较上期（百分点）", "Change (points)", "points"),
        "rank_by_rate": ("完成率排名", "Rank by rate", "count"),
        "against_average": ("与全省平均比", "Against the average", "text"),
    }
    rows = []
    for rank, (code, name, name_en, *counts) in enumerate(CITIES, 1):
        rows.append(_city(zh, code, Labelled(name, name if zh else name_en), counts, rank))
    sums = [sum(city[3 + at] for city in CITIES) for at in range(4)]
    rows.append(_city(zh, "", t("report.sum"), sums, None))
    note = "完成率＝（已完成＋基本完成）÷ 任务数。" if zh else "Rate = completed of all items."
    columns = tuple(Column(key, v[0] if zh else v[1], v[2]) for key, v in kinds.items())
    return Table("各市整改进度", columns, tuple(rows), (note,))


def _city(zh, code, name, counts, rank):
    done, basically, on, behind = counts
    rate = (done + basically) / sum(counts)
    row = dict.fromkeys(map(str, _STATUSES), 0)
    row |= {
        "name": name, "total": sum(counts), "completed": done, "basically_completed": basically,
        "on_schedule": on, "behind": behind, "completion_rate": rate,
        "completed_change": basically - behind, "rank_by_rate": rank,
        "rate_change": (basically - behind) / sum(counts) if code else 0.0123, "code": code,
    }  # fmt: skip
    if rank:
        words = ("高于", "低于") if zh else ("above", "below")
        row["against_average"] = Labelled(rate >= 19 / 60, words[rate < 19 / 60])
    return row


def _cases(zh: bool) -> Table:
    titles = (
        ("转办件", "Cases"),
        ("已办结", "Closed"),
        ("未办结", "Open"),
        ("办结率", "Closure rate"),
    )
    keys = ("cases_total", "cases_closed", "cases_open", "closure_rate")
    kinds = ("count", "count", "count", "percent")
    columns = [Column("name", "地区" if zh else "Place")]
    columns += [Column(k, v[not zh], kind) for k, v, kind in zip(keys, titles, kinds, strict=True)]
    row = {
        "name": "黑龙江省" if zh else "Heilongjiang", "cases_total": 4387, "cases_closed": 4347,
        "cases_open": 40, "closure_rate": 4347 / 4387,
    }  # fmt: skip
    return Table("转办件", tuple(columns), (row,))


def _behind(zh: bool) -> Table:
    columns = (
        Column("ref", "编号" if zh else "Reference"),
        Column("problem", "问题" if zh else "Problem"),
        Column("responsible", "责任单位" if zh else "Responsible unit"),
        Column("due_on", "到期日" if zh else "Due", "date"),
        Column("days_behind", "滞后天数" if zh else "Days behind", "count"),
        Column("reason", "原因" if zh else "Reason"),
        Column("next_step", "下一步" if zh else "Next step"),
    )
    names = {city[0]: city for city in CITIES}
    problems = (
        "松花江支流沿岸乡镇生活污水直排，配套管网覆盖率低",
        "大龙虎泡水源一级保护区内仍有经营活动和住户",
        "规模化畜禽养殖场粪污处理设施不完善",
    )
    problems_en = ("Sewage enters the river untreated", "Houses stand in the zone", "Manure")
    rows = [
        {
            "ref": f"HLJ-2018/{number}",
            "problem": problem if zh else problem_en,
            "responsible": f"{names[code][1]}人民政府" if zh else f"{names[code][2]} government",
            "due_on": due,
            "days_behind": None if due is None else (date(2019, 12, 31) - due).days,
            "reason": reason if zh else "Tender failed twice",
            "next_step": step if zh else "Works resume in March",
            "status": Labelled(Status.BEHIND, "未达序时进度"),
        }
        for code, number, problem, problem_en, due, reason, step in zip(
            LATE, ("12", "27", "41"), problems, problems_en,
            (date(2019, 11, 30), date(2019, 10, 31), None), REASONS, STEPS, strict=True,
        )
    ]  # fmt: skip
    return Table("滞后清单", columns, tuple(rows))


def _chart(zh: bool) -> Chart:
    t = Language("zh" if zh else "en")
    values = {
        Group.COMPLETED: [done + basically for *_, done, basically, _, _ in CITIES],
        Group.ON_SCHEDULE: [on for *_, on, _ in CITIES],
        Group.BEHIND: [behind for *_, behind in CITIES],
        Group.MERGED: [0 for _ in CITIES],
    }
    return Chart(
        "各市整改任务进展" if zh else "Items by city",
        tuple(city[1] if zh else city[2] for city in CITIES),
        tuple(
            Series(group, t(f"status.group.{group}"), tuple(map(float, values[group])))
            for group in values
        ),
    )


def weekly(language: str = "zh") -> Report:
    """Heilongjiang in the last week of 2019; its figures add up to the 60 items published."""
    zh = language == "zh"
    headings = (
        ("各市整改进度", "转办件办理情况", "滞后清单", "本期变化")
        if zh
        else ("Progress by city", "Cases", "Behind", "Changes")
    )
    columns = (
        Column("ref", "编号" if zh else "Reference"),
        Column("after", "改为" if zh else "To"),
    )
    changes = Table("", columns, ())
    tables = (_progress(zh), _cases(zh), _behind(zh), changes)
    keys = ("progress", "cases", "behind", "changes")
    report = Report(
        language=language,
        title="黑龙江省生态环境保护督察整改周调度情况" if zh else "Weekly rectification report",
        period=Period(PeriodKind.WEEK, date(2019, 12, 25), date(2019, 12, 31)),
        period_name="2019年第52周" if zh else "Week 52 of 2019",
        office=OFFICE[language],
        paragraphs=tuple(PROSE[language].split("\n")),
        sections=tuple(map(Section, keys, headings, tables)),
        chart=_chart(zh),
        notes=("办结率＝已办结 ÷ 全部转办件。" if zh else "Closure rate = closed of all cases.",),
    )
    return report._replace(digest=digest(report))


def first_page(language: str = "zh") -> Report:
    """The same with a first page: the table in front, what to look at, and lists that are cut."""
    report = weekly(language)
    zh = language == "zh"
    table, cases, behind, changes = report.sections
    rows = list(table.table.rows)
    rows[-1] = rows[-1] | {"sum": True}
    shown = ("name", "total", "completed", "behind", "completion_rate", "rate_change",
             "rank_by_rate")  # fmt: skip
    columns = tuple(column for column in table.table.columns if column.key in shown)
    front = table._replace(table=replace(table.table, columns=columns, rows=rows), front=True)
    points = (
        Point("newly_behind", "新滞后 2 项" if zh else "Newly behind: 2 items", 2,
              ("HLJ-2018/12 哈尔滨市", "HLJ-2018/27 大庆市")),
        Point("refuted", "现场核实不属实 0 项" if zh else "Refuted: 0 items", 0, ()),
    )  # fmt: skip
    report = report._replace(
        sections=(front, cases, behind._replace(most=2), changes), points=points,
        history=Anchor(1234, "ab" * 32), digest=None,
    )  # fmt: skip
    return report._replace(digest=digest(report))


HOSTILE_TEXTS = (
    "=1+1",
    "+861012345678",
    "-责任单位",
    "@SUM(A1)",
    '=HYPERLINK("http://example.com","x")',
    "\t=cmd",
    "见附件[/附件][@click=app.quit()]x",
    "<script>alert(1)</script></style><img src=x onerror=alert(1)>&amp;",
    "\x1b]0;title\x07\x1b[31mred\x1b[0m\x9b2J",
    "\u202egnp.exe\u2066 zero\u200bwidth",
    "第一行\n第二行 a|b\\|c",
    "_x0041_ 007 1e5",
    "整改" * 60,
    "\"quoted\" 'single' `code` *b* # h ${x} %(y)s {{z}} &P&G",
)


def hostile() -> Report:
    """Every text is one that some reader would run, render or be misled by."""
    columns = (
        Column("text", "=标|题<b>"),
        Column("n", "[数]", "count"),
        Column("p", "@率", "percent"),
        Column("c", "+点", "points"),
        Column("d", "-日\x1b[2J", "date"),
    )
    rows = [
        {
            "text": text,
            "n": -index if index % 2 else text,
            "p": float("nan") if index == 3 else text if index == 4 else index / 7,
            "c": -0.0003 * index,
            "d": text if index == 5 else date(1899, 1, index + 1),
            "<key>": text,
        }
        for index, text in enumerate(HOSTILE_TEXTS)
    ]
    nasty = HOSTILE_TEXTS[7]
    few = Table("", columns[:1], rows[:1])
    points = (Point("<b>", nasty, 3, HOSTILE_TEXTS[:3]),)
    names = ("History", "history", "=1+1", "长" * 60, "长" * 60, "'", "")
    sections = [
        Section("nasty", "[/附件]:*?", Table(nasty, columns, rows, (nasty, "=note"))),
        *(Section(f"nasty {name}", name, few) for name in names),
    ]
    series = (
        ("behind", "=Other!$A$1", 0.0),
        ('"><script>', "<i>", 1000.0),
        ("x", "", 2000.0),
        ("", "&", 3000.0),
        ("z", "长" * 40, 4000.0),
    )
    chart = Chart(
        "=title</title><script>",
        ("=1+1", "<b>城市</b>" * 9, "\u202e[/x]", ""),
        tuple(Series(key, name, (1.0, 2.5, 0.0, top)) for key, name, top in series),
    )
    return Report(
        "zh", nasty, Period(PeriodKind.MONTH, date(2019, 12, 1), date(2019, 12, 31)), "</style>&P",
        '&"Arial"办公室</style><script>', HOSTILE_TEXTS, tuple(sections), chart, HOSTILE_TEXTS,
        nasty, points, Anchor(1, nasty), nasty,
    )  # fmt: skip


def bare() -> Report:
    """As little as a report can have."""
    return Report(
        "en", "Nothing", Period(PeriodKind.QUARTER, date(2020, 1, 1), date(2020, 3, 31)), "Q1", "",
        (), (Section("empty", "Empty", Table("", (), ())),), None, (),
    )  # fmt: skip
