"""Reading of published progress paragraphs."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rectify_tui.domain.closure import CaseCounts, ClosureRate, rate
from rectify_tui.domain.paragraph import (
    Axis,
    Closeout,
    Kind,
    Reading,
    Reason,
    What,
    compare,
    read_paragraph,
)
from rectify_tui.domain.paragraph.numbers import chinese_value
from rectify_tui.domain.paragraph.places import Places
from rectify_tui.domain.status import Status, read_status
from rectify_tui.domain.text import narrow
from rectify_tui.i18n import LANGUAGES, Language

CORPUS = tomllib.loads(Path(__file__).with_name("paragraph_corpus.toml").read_text("utf-8"))


def ids(entry: dict[str, Any]) -> str:
    return str(entry["name"])


@pytest.mark.parametrize("entry", CORPUS["paragraph"], ids=ids)
def test_corpus(entry: dict[str, Any]) -> None:
    reading = read_paragraph(entry["text"])
    figures = [
        [f.what.value, f.value, f.subject, *([] if f.within is None else [f.within])]
        for f in reading.figures
    ]
    assert figures == entry.get("figures", [])
    listed = [[re.sub(r"\s", "", u.text), u.reason.value] for u in reading.unplaced]
    assert listed == entry.get("unplaced", [])
    assert [each.unaccounted for each in reading.sums] == entry.get("unaccounted", [])
    definitions = [[d.value for d in each.definitions] for each in reading.rate_definitions]
    assert definitions == entry.get("definitions", [])
    check_places(entry["text"], reading)


HELD_OUT = tomllib.loads(Path(__file__).with_name("paragraph_heldout.toml").read_text("utf-8"))


@pytest.mark.parametrize("entry", HELD_OUT["sentence"], ids=ids)
def test_sentences_kept_aside_are_read_with_the_right_subjects(entry: dict[str, Any]) -> None:
    reading = read_paragraph(entry["text"])
    check_places(entry["text"], reading)
    figures = [figure for figure in reading.figures if is_written(figure.text)]
    assert sorted((f.what.value, f.value) for f in figures) == sorted(
        (what, value) for what, value, _ in entry["figures"]
    )
    for what, value, words in entry["figures"]:
        subjects = [f.subject for f in figures if (f.what, f.value) == (what, value)]
        assert any(words in subject for subject in subjects), (what, value, subjects)


def is_written(text: str) -> bool:
    """Whether a figure has a number, rather than a word such as 全部完成."""
    return bool(set(narrow(text)) & set("0123456789零一二两三四五六七八九十百千万"))


def test_corpus_names_are_unique() -> None:
    for entries in (CORPUS["paragraph"], HELD_OUT["sentence"]):
        names = [entry["name"] for entry in entries]
        assert len(names) == len(set(names))


def check_places(text: str, reading: Reading) -> None:
    """Offsets slice to the text; no number is read twice, none is lost."""
    entries = [*reading.figures, *reading.unplaced, *reading.ignored]
    for entry in entries:
        assert entry.text
        assert text[entry.start : entry.end] == entry.text
    spans = sorted((entry.start, entry.end) for entry in entries)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    covered = {place for start, end in spans for place in range(start, end)}
    digits = {place for place, character in enumerate(text) if character in "0123456789"}
    assert digits <= covered
    for figure in reading.figures:
        assert figure.within is None or 0 <= figure.within < len(reading.figures)
    for each in reading.sums:
        parts = sum(reading.figures[part].value for part in each.parts)
        assert reading.figures[each.total].value - parts == each.unaccounted


def test_figures_of_every_kind_of_number_that_counts_no_items() -> None:
    text = (
        "2020年6月30日，第三批督察约谈7个城市和10个县的17名负责人，50个责任单位被通报，"
        "罚款1200万元，立案18件，同比上升8.7个百分点，面积2.2万亩，占三分之一，12369热线，4家银行。"
    )
    reading = read_paragraph(text)
    assert not reading.figures
    assert not reading.unplaced
    assert {each.kind for each in reading.ignored} == set(Kind)


# Vocabulary


@pytest.mark.parametrize(
    "word",
    [
        "已完成", "完成", "完成整改", "已整改完成", "整改完成", "提前完成", "已完成整改",
        "已完成整改并长期坚持", "已完工", "基本完成", "基本完成整改", "已基本完成", "超过序时进度",
        "快于序时进度", "超序时进度", "按序时进度推进", "达到序时进度", "按时序进度推进",
        "总体按序时推进", "按序时推进", "有序推进", "达序时进度", "符合序时进度", "尚未启动",
        "未启动", "未达序时进度", "未达到序时进度", "进展滞后", "进展严重滞后", "滞后",
        "慢于序时进度", "未完成", "未按期完成", "到期未完成", "逾期", "未完成整改", "未完工",
        "并入", "转入", "已并入",
    ],
)  # fmt: skip
@pytest.mark.parametrize("sentence", ["{word}7项。", "7项{word}。", "{word}的有7项。"])
def test_every_spelling_of_a_status_is_read_in_running_text(word: str, sentence: str) -> None:
    reading = read_paragraph(sentence.format(word=word))
    assert [(f.what, f.value) for f in reading.figures] == [(What(read_status(word).value), 7)]


@pytest.mark.parametrize("code", LANGUAGES)
def test_everything_has_a_name_in_both_languages(code: str) -> None:
    t = Language(code)
    for what in What:
        assert t(f"paragraph.what.{what}")
    for reason in Reason:
        assert t(f"paragraph.reason.{reason}")
    for kind in Kind:
        assert t(f"paragraph.kind.{kind}")
    for axis in Axis:
        assert t(f"paragraph.axis.{axis}")
    for stage in Closeout:
        assert t(f"paragraph.closeout.{stage}")
    for definition in ClosureRate:
        assert t(f"closure.name.{definition}")
        assert t(f"closure.formula.{definition}")


# Comparison


def test_compare_fills_in_the_ledger() -> None:
    reading = read_paragraph("信访举报28.7万件，办结4347件，办结率99.09%。整改任务56项。")
    ledger: dict[What, int | float] = {
        What.CASES_TOTAL: 286_900,
        What.CASES_CLOSED: 4346,
        What.RATE: 99.0882,
    }
    compared = compare(reading, lambda figure: ledger.get(figure.what))
    found = [(f.what, f.ledger, f.agrees) for f in compared.figures]
    assert found == [
        (What.CASES_TOTAL, 286_900, True),
        (What.CASES_CLOSED, 4346, False),
        (What.RATE, 99.0882, True),
        (What.TOTAL, None, None),
    ]
    assert compared.sums == reading.sums


@pytest.mark.parametrize(
    ("printed", "ledger", "agrees"),
    [
        ("99%", 98.5, True),
        ("99%", 99.5, True),
        ("99%", 98.49, False),
        ("99.1%", 99.05, True),
        ("99.1%", 99.04, False),
        ("99.10%", 99.105, True),
        ("99.10%", 99.106, False),
    ],
)
def test_a_rate_agrees_within_its_printed_rounding(
    printed: str, ledger: float, agrees: bool
) -> None:
    reading = read_paragraph(f"案件4387件，办结率{printed}。")
    compared = compare(reading, lambda figure: ledger if figure.what is What.RATE else None)
    assert compared.figures[1].agrees is agrees


def test_narrowed_figures_are_not_those_of_the_whole() -> None:
    reading = read_paragraph(
        "整改任务60项，完成24项（含提前完成3项），其中省级问题12项，完成率50%；应完成的30项已完成28项。"
    )
    narrowed = {(f.what.value, f.value): reading.narrowed(f) for f in reading.figures}
    assert narrowed[("total", 60)] is False
    assert narrowed[("completed", 24)] is False
    assert narrowed[("completed", 3)] is True
    assert narrowed[("due", 30)] is False
    assert narrowed[("completed", 28)] is True


# States, close-out, places and days


@pytest.mark.parametrize(
    ("text", "stages"),
    [
        ("整改任务47项，已销号33项，已申请验收10项。", [None, "struck_off", "applied"]),
        ("12个问题完成整改并通过验收。", ["accepted"]),
        ("12个问题待验收，3个尚未销号。", ["applied"]),
        ("交办问题40个，完成整改25个。", [None, None]),
    ],
)
def test_what_is_struck_off_or_awaits_acceptance_is_completed(
    text: str, stages: list[str | None]
) -> None:
    reading = read_paragraph(text)
    assert [figure.closeout for figure in reading.figures] == stages
    assert all(f.what is What.COMPLETED for f in reading.figures if f.closeout is not None)


def test_those_struck_off_are_some_of_the_completed() -> None:
    reading = read_paragraph("任务41项，完成整改25项，销号13项，达到序时进度16项。")
    assert [(f.value, f.within) for f in reading.figures] == [(41, None), (25, 0), (13, 1), (16, 0)]
    assert [each.unaccounted for each in reading.sums] == [0]


def test_two_states_of_one_group_share_a_number() -> None:
    reading = read_paragraph("达到或超过序时进度38项，已办结或阶段性办结20件，完成或滞后3项。")
    assert [(f.what, f.also, f.value) for f in reading.figures] == [
        (What.ON_SCHEDULE, What.AHEAD, 38),
        (What.CASES_CLOSED, What.CASES_INTERIM, 20),
    ]
    assert [u.reason for u in reading.unplaced] == [Reason.TWO_STATUSES]


def test_the_figures_of_places_know_their_place() -> None:
    text = "信访件4386件，办结2970件。其中，福州市1037件，办结767件；厦门市495件，办结312件。"
    reading = read_paragraph(text)
    assert [(f.place, f.what.value, f.value, f.within) for f in reading.figures] == [
        ("", "cases_total", 4386, None),
        ("", "cases_closed", 2970, 0),
        ("福州市", "cases_total", 1037, 0),
        ("福州市", "cases_closed", 767, 2),
        ("厦门市", "cases_total", 495, 0),
        ("厦门市", "cases_closed", 312, 4),
    ]
    assert not any(map(reading.narrowed, reading.figures))
    assert [each.unaccounted for each in reading.sums] == [1416, 270, 183]


def test_places_without_a_whole_do_not_divide_each_other() -> None:
    reading = read_paragraph("其中，福州市1037件，已办结767件；厦门市495件，已办结312件。")
    assert [(f.place, f.value, f.within) for f in reading.figures] == [
        ("福州市", 1037, None), ("福州市", 767, 0), ("厦门市", 495, None), ("厦门市", 312, 2),
    ]  # fmt: skip


def test_a_list_of_places_divides_what_is_as_large_as_they_are_together() -> None:
    text = "信访件1329件，办结1021件，阶段性办结176件，其中{}件、襄阳市98件。"
    many, few = (read_paragraph(text.format(first)) for first in ("武汉市312", "武汉市78"))
    assert [(f.what.value, f.value, f.within) for f in many.figures[3:]] == [
        ("cases_total", 312, 0), ("cases_total", 98, 0),
    ]  # fmt: skip
    assert [(f.what.value, f.value, f.within) for f in few.figures[3:]] == [
        ("cases_interim", 78, 2), ("cases_interim", 98, 2),
    ]  # fmt: skip


def test_known_names_need_no_ending() -> None:
    text = "信访件300件，其中福州120件、厦门80件。"
    assert [f.place for f in read_paragraph(text, Places(["福州", "厦门"])).figures] == [
        "", "福州", "厦门",
    ]  # fmt: skip
    kinds = read_paragraph("信访件300件，其中来电120件、噪声80件。", Places(["福州"]))
    assert len(kinds.figures) == 1


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2017年6月底，水源地还有107个问题未完成整治。", ["2017-06-30"]),
        ("截至2019年12月31日，任务60项。目前，完成7项。", ["2019-12-31"] * 2),
        ("任务60项，截至10月10日已完成7项。", ["2020-10-10"] * 2),
        ("到2018年底，完成54项；到2019年9月中旬，完成70项。", ["2018-12-31", "2019-09-20"]),
        ("2019年5月7日，转办信访件30件。已办结4件。", ["2019-05-07", None]),
        ("应于2017年9月底前完成的36项任务，已全部完成。", [None, None]),
        ("2018年移交的20个问题已完成3个。", [None, None]),
        ("截至2019年2月30日，完成3项。", [None]),
    ],
)
def test_the_day_that_a_paragraph_names_is_that_of_its_figures(
    text: str, days: list[str | None]
) -> None:
    reading = read_paragraph(text, today=date(2020, 12, 1))
    assert [f.on and f.on.isoformat() for f in reading.figures] == days


def test_a_day_without_a_year_is_unknown_where_today_is() -> None:
    assert read_paragraph("截至9月16日，办结42件。").figures[0].on is None
    assert read_paragraph("截至2018年8月底，办结3件；截至9月16日，办结42件。").figures[
        1
    ].on == date(2018, 9, 16)


def test_traditional_script_is_read_at_its_own_places() -> None:
    text = "轉辦信訪件1240件，已辦結1236件。"
    reading = read_paragraph(text)
    assert [(f.what.value, f.text) for f in reading.figures] == [
        ("cases_total", "1240件"), ("cases_closed", "1236件"),
    ]  # fmt: skip
    check_places(text, reading)


# Numbers


def in_chinese(number: int) -> str:
    """The numeral that an office writes."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        link = "零" if 0 < low < 1000 else ""
        return in_chinese(high) + "万" + link + (_section(low) if low else "")
    return _section(number) if number else "零"


def _section(number: int) -> str:
    written, skipped = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            written += ("零" if skipped else "") + "零一二三四五六七八九"[digit] + unit
            skipped = False
        else:
            skipped = bool(written)
    return written


@given(st.integers(0, 99_999_999))
def test_chinese_numerals(number: int) -> None:
    assert chinese_value(in_chinese(number)) == number


@given(st.text("零〇一二两三四五六七八九十百千万", max_size=8))
@example("一千一十")
@example("一千零十")
def test_a_chinese_numeral_has_one_value_or_none(numeral: str) -> None:
    value = chinese_value(numeral)
    if value is not None:
        plain = numeral.replace("〇", "零").replace("两", "二")
        full = plain if not plain.startswith("十") else "一" + plain
        assert full in (in_chinese(value), in_chinese(value).replace("零一十", "零十"))


# Hostile text


WORDS = tuple(
    re.split(
        r"\s+",
        "已完成 基本完成 按序时进度推进 未达序时进度 其余 剩余 其中 项 个 件 处"
        " 家 ， 。 、 ； （ ） ： 的 中 共 有 由 整改任务 问题 信访件 24 7项"
        " 56项 4387件 99.09% 办结率 完成率 占比 占 分别为 均 全部 应 将 增加至"
        " 或 和 并 约 2020年底前 2016年 第 三 一百四十八 两千零三十九 28.7万"
        " 1,234 １２ . , “ ” 属实 不属实 未办结 阶段性办结 余 并入 滞后 太原市"
        " - 至 3-5 以上 ② ½ ٣ 到期 立案 罚款",
    )
)
ODD = ("\ud800", "\n", "\u3000", "\u200b", "\u2009", "\x00", "\u202e", "\ufe0f")


@settings(max_examples=60)
@given(st.lists(st.sampled_from(WORDS + ODD) | st.text(max_size=3), max_size=40).map("".join))
def test_any_text_is_read(text: str) -> None:
    check_places(text, read_paragraph(text))


HOSTILE = (
    "1,", "1、", "1项", "1%", "１，", "1/1项", "1.", "1 ", "2020-1-", "1万", "千", "一、",
    "第一轮", "(1", "1项(", "（24项）", "（", "、", "。", "其中", "其中1项,", "其余1项,",
    "分别1项,", "合计1项,", "完成1项,合计1项。", "件1件,办结1件,办结率1%,", "应完成1项,",
    "计划于2017年完成的1项,", "广东(1个)、", "太原市1项,", "目前", "按照", "督察组已",
    "截至2020年1月1日,", "属实的问题中,1项", "占1项", "已销号1项,", "24项均", "逾期未", "的",
    "a1", "整改任务24项，已完成12项；",
)  # fmt: skip
MORE = 8


def seconds(text: str) -> float:
    start = process_time()
    read_paragraph(text)
    return process_time() - start


def assert_in_proportion(piece: str, size: int) -> None:
    """Eight times the text takes about eight times as long; in square it would be 64 times."""
    text = piece * (MORE * size // len(piece))
    for _ in range(3):
        short = min(seconds(text[:size]) for _ in range(2))
        if seconds(text) < 1.8 * MORE * short + 0.01:
            return
    raise AssertionError(f"{piece!r} takes more than its share of time")


@pytest.mark.campaign  # a busy machine makes any time out of proportion
@pytest.mark.parametrize("piece", HOSTILE)
def test_long_text_takes_time_in_proportion(piece: str) -> None:
    assert_in_proportion(piece, 1500)
    check_places(piece * 300, read_paragraph(piece * 300))


@pytest.mark.campaign
@settings(max_examples=25)
@given(st.lists(st.sampled_from(WORDS + HOSTILE), min_size=1, max_size=5).map("".join))
def test_any_repetition_takes_time_in_proportion(piece: str) -> None:
    assert_in_proportion(piece, 1200)


# Generated paragraphs are read back


@dataclass(frozen=True)
class Programme:
    """What a generated paragraph says, and how."""

    subject: str
    measure: str
    case: bool
    parts: tuple[tuple[What, int], ...]
    unsaid: int
    text: str
    rate: str = ""

    @property
    def total(self) -> int:
        return sum(value for _, value in self.parts) + self.unsaid


ITEMS = {
    What.COMPLETED: ("已完成", "完成整改", "已整改到位", "完成"),
    What.BASICALLY_COMPLETED: ("基本完成", "已基本完成整改"),
    What.AHEAD: ("超过序时进度", "快于时序进度"),
    What.ON_SCHEDULE: ("达到序时进度", "按时序进度推进", "有序推进", "未完成但达到序时进度"),
    What.NOT_STARTED: ("尚未启动", "未开工"),
    What.BEHIND: ("未达序时进度", "没有达到序时进度要求", "进展滞后"),
    What.NOT_COMPLETED: ("未完成", "逾期未完成", "尚未完成整治"),
    What.MERGED: ("并入", "已并入", "转入"),
}
CASES = {
    What.CASES_CLOSED: ("已办结", "办结"),
    What.CASES_INTERIM: ("阶段性办结", "已阶段性办结"),
    What.CASES_OPEN: ("未办结", "正在办理", "尚未办结"),
}
ASIDES = (
    "", "", "，涉及7个市12个县", "，约谈3人，罚款120.5万元", "，各地压实责任、持续用力",
    "，责令整改12家，立案处罚3件", "，其余各项工作同步开展", "，同比提高8.7个百分点",
)  # fmt: skip
SUBJECTS = [
    ("回头看", "整改任务", "项"), ("2016年", "整改任务", "项"), ("第二轮督察", "反馈问题", "个"),
    ("", "水污染防治重点工程", "项"), ("", "入河排污口", "个"), ("", "尾矿库", "座"),
    ("", "散乱污企业", "家"), ("保护区", "问题点位", "处"),
]  # fmt: skip
CASE_SUBJECTS = [("转办", "信访件", "件"), ("督察期间交办", "案件", "件"), ("", "群众举报", "件")]


def written(draw: st.DrawFn, number: int) -> str:
    style = draw(st.sampled_from(["half", "full", "grouped", "chinese"]))
    if style == "full":
        return str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    if style == "grouped":
        return f"{number:,}"
    return in_chinese(number) if style == "chinese" else str(number)


def part(draw: st.DrawFn, word: str, number: int, measure: str) -> str:
    form = draw(
        st.sampled_from(["{w}{n}{m}", "{n}{m}{w}", "{w}的有{n}{m}", "有{n}{m}{w}", "{w}（{n}{m}）"])
    )
    return form.format(w=word, n=written(draw, number), m=measure)


@st.composite
def programmes(draw: st.DrawFn, *, case: bool) -> Programme:
    front, noun, measure = draw(st.sampled_from(CASE_SUBJECTS if case else SUBJECTS))
    words = CASES if case else ITEMS
    chosen = draw(st.lists(st.sampled_from(list(words)), min_size=1, max_size=5, unique=True))
    values = [draw(st.integers(0, 3000)) for _ in chosen]
    parts = tuple(zip(chosen, values, strict=True))
    programme = Programme(front + noun, measure, case, parts, draw(st.sampled_from([0, 0, 7])), "")
    total = written(draw, programme.total)
    opening = draw(
        st.sampled_from(
            [
                "{f}{n}{m}{s}中，",
                "{f}{s}{n}{m}，",
                "{f}{s}共{n}{m}：",
                "{f}{s}共{n}{m}。其中，",
                "{f}{n}{m}{s}，",
            ]
        )
    )
    pieces = [part(draw, draw(st.sampled_from(words[w])), v, measure) for w, v in parts]
    if len(parts) > 1 and not programme.unsaid and draw(st.booleans()):
        word = draw(st.sampled_from(words[parts[-1][0]]))
        pieces[-1] = f"其余{written(draw, parts[-1][1])}{measure}{word}"
    text = opening.format(f=front, n=total, m=measure, s=noun) + pieces[0]
    for piece in pieces[1:]:
        text += draw(st.sampled_from(["，", "、", ",", "，目前", "，还有", "，另有"])) + piece
    shown = ""
    closed = dict(parts).get(What.CASES_CLOSED)
    if case and programme.total and closed is not None and draw(st.booleans()):
        shown = f"{closed * 100 / programme.total:.2f}"
        text += f"，办结率{draw(st.sampled_from(['', '为', '达']))}{shown}%"
    text += draw(st.sampled_from(ASIDES))
    return Programme(front + noun, measure, case, parts, programme.unsaid, text, shown)


@st.composite
def paragraphs(draw: st.DrawFn) -> tuple[list[Programme], str]:
    found = [draw(programmes(case=draw(st.booleans()))) for _ in range(draw(st.integers(1, 3)))]
    found = [p for i, p in enumerate(found) if p.subject not in {q.subject for q in found[:i]}]
    opening = draw(
        st.sampled_from(
            [
                "",
                "截至2019年12月31日，",
                "目前，",
                "据统计，截至6月底，全省",
                "省委、省政府高度重视，各地积极推进，",
            ]
        )
    )
    text = opening + draw(st.sampled_from(["；", "。"])).join(p.text for p in found) + "。"
    loose = [
        place
        for place in range(1, len(text))
        if not (is_digit(text[place - 1]) or is_digit(text[place]))
    ]
    for place in sorted(draw(st.sets(st.sampled_from(loose), max_size=12)), reverse=True):
        text = text[:place] + draw(st.sampled_from([" ", "\n", "\u3000", "\r\n  "])) + text[place:]
    return found, text


def is_digit(character: str) -> bool:
    return character in "0123456789０１２３４５６７８９,."


def expected(programme: Programme) -> list[tuple[str, str, float]]:
    total = What.CASES_TOTAL if programme.case else What.TOTAL
    found: list[tuple[str, str, float]] = [(programme.subject, total, programme.total)]
    found += [(programme.subject, what, value) for what, value in programme.parts]
    if programme.rate:
        found.append((programme.subject, What.RATE, float(programme.rate)))
    return found


@settings(max_examples=60)
@given(paragraphs())
def test_generated_paragraphs_are_read_back(case: tuple[list[Programme], str]) -> None:
    found, text = case
    reading = read_paragraph(text)
    check_places(text, reading)
    assert [(f.subject, f.what, f.value) for f in reading.figures] == [
        row for programme in found for row in expected(programme)
    ]
    assert not reading.unplaced
    assert [each.unaccounted for each in reading.sums] == [p.unsaid for p in found]
    assert len(reading.rate_definitions) == len([p for p in found if p.rate])
    assert all(ClosureRate.CLOSED in each.definitions for each in reading.rate_definitions)


def test_statuses_have_the_names_of_status() -> None:
    assert {status.value for status in Status} <= {what.value for what in What}


def test_rate_of_a_reading_is_that_of_closure() -> None:
    counts = CaseCounts(total=4387, closed=4347)
    exact = rate(counts, ClosureRate.CLOSED)
    assert exact is not None
    assert round(Decimal(exact) * 100, 2) == Decimal("99.09")
