"""A published paragraph beside the seed's ledger."""

from __future__ import annotations

from datetime import date

import pytest

from rectify_tui.i18n import Language
from rectify_tui.reports.reconcile import (
    Finding,
    corrected,
    passages,
    reconcile,
    reconcile_json,
    reconcile_tables,
)
from rectify_tui.reports.table import shown
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.references import programme_id

CUTOFF = date(2019, 12, 31)
HEILONGJIANG = (
    "黑龙江省通报：2016年督察的56项任务里，完成24项，达到序时进度7项，未完成1项，余下24项转入“回头看”方案。"
    "“回头看”任务共60项：完成7项、基本完成12项、按序时进度推进38项、未达序时进度3项；"
    "转办案件4387件，办结4347件。"
)


def verdicts(ledger: Ledger, text: str, **options: int) -> list[tuple[str, object, object]]:
    found = reconcile(ledger.reader(), text, CUTOFF, **options)
    return [(f.what.value, f.value, f.agrees) for f in found.reading.figures]


def test_the_published_figures_agree_with_the_seed(seeded: Ledger) -> None:
    found = reconcile(seeded.reader(), HEILONGJIANG, CUTOFF)
    figures = found.reading.figures
    assert [f.agrees for f in figures] == [True] * 12
    assert set(found.programmes) == {"HLJ-2016", "HLJ-2018"}
    assert not found.differs
    assert not found.reading.unplaced


def test_a_wrong_figure_differs(seeded: Ledger) -> None:
    wrong = HEILONGJIANG.replace("未达序时进度3项", "未达序时进度5项")
    found = reconcile(seeded.reader(), wrong, CUTOFF)
    assert [f.ledger for f in found.reading.figures if f.agrees is False] == [3]
    assert found.differs
    text = "\n".join(
        str(row) for table in reconcile_tables(found, Language("zh")) for row in table.rows
    )
    assert "相差 +2" in text


def test_an_earlier_date_is_compared_with_what_held_then(seeded: Ledger) -> None:
    text = "长江经济带饮用水水源地490个问题中，107个未完成整治。"
    then = reconcile(seeded.reader(), text, date(2017, 6, 30))
    now = reconcile(seeded.reader(), text, CUTOFF)
    assert [f.agrees for f in then.reading.figures] == [True, True]
    assert [f.agrees for f in now.reading.figures] == [True, False]


def test_what_names_no_programme_is_not_compared(seeded: Ledger) -> None:
    assert verdicts(seeded, "共有56项，完成24项。") == [
        ("total", 56, None), ("completed", 24, None),
    ]  # fmt: skip
    chosen = programme_id(seeded.reader(), "HLJ-2016")
    assert verdicts(seeded, "共有56项，完成24项。", programme_id=chosen) == [
        ("total", 56, True), ("completed", 24, True),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_json_and_tables_have_every_figure(seeded: Ledger, language: str) -> None:
    found = reconcile(seeded.reader(), HEILONGJIANG + "办结率99.1%。另有若干3项。", CUTOFF)
    data = reconcile_json(found)
    figures = data["figures"]
    assert isinstance(figures, list)
    assert all(HEILONGJIANG[f["start"] : f["end"]] == f["text"] for f in figures[:12])
    assert {"subject", "what", "value", "text", "start", "end", "ledger", "agrees"} <= set(
        figures[0]
    )
    assert data["rate_definition"] == "closed"
    tables = list(reconcile_tables(found, Language(language)))
    assert len(list(tables[0].rows)) == len(figures)


def of_places(ledger: Ledger, text: str) -> list[tuple[str, str, object]]:
    chosen = programme_id(ledger.reader(), "HLJ-2018")
    found = reconcile(ledger.reader(), text, CUTOFF, programme_id=chosen)
    return [(f.place, f.what.value, f.value) for f in found.reading.figures]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("共60项，完成7项。大庆市完成2项，滞后1项。", ["", "", "大庆市", "大庆市"]),
        ("共60项，完成7项，其中大庆市完成2项、滞后1项。", ["", "", "大庆市", "大庆市"]),
        ("共60项，完成7项。大庆市完成率20%，滞后1项。", ["", "", "大庆市", "大庆市"]),
        ("共60项，完成7项。大庆市完成2项，全省滞后3项。", ["", "", "大庆市", ""]),
        ("共60项，完成7项。大庆市完成2项；滞后3项。", ["", "", "大庆市", ""]),
        ("共60项，完成7项，其中大庆市2项，滞后3项。", ["", "", "大庆市", ""]),
        ("大庆市完成2项，滞后1项。", ["大庆市", "大庆市"]),
    ],
)
def test_what_follows_the_number_of_a_place_is_of_that_place(
    seeded: Ledger, text: str, places: list[str]
) -> None:
    assert [place for place, _, _ in of_places(seeded, text)] == places


def test_behind_is_what_the_tables_call_so_unless_its_parts_are_told_apart(
    seeded: Ledger,
) -> None:
    assert verdicts(seeded, "黑龙江省2016年督察的任务共56项，滞后1项。")[1] == ("lagging", 1, True)
    apart = verdicts(seeded, "黑龙江省2016年督察的任务共56项，滞后1项，未完成1项。")
    assert apart[1:] == [("behind", 1, False), ("not_completed", 1, True)]


def test_a_part_of_a_part_is_not_set_beside_the_whole(seeded: Ledger) -> None:
    text = "黑龙江省2016年督察的56项任务中，已完成24项，其中提前完成3项。"
    found = reconcile(seeded.reader(), text, CUTOFF)
    assert [(f.value, f.agrees) for f in found.reading.figures] == [
        (56, True), (24, True), (3, None),
    ]  # fmt: skip
    assert not found.differs


@pytest.mark.parametrize(
    ("text", "programme"),
    [
        ("贵阳市信访件266件，已办结260件，办结率97.7%。", None),
        ("河南省高度重视，33项整改任务完成20项。", None),
        ("郑州市整改任务33项，完成20项。", "HLJ-2018"),
        ("河南省“回头看”整改任务33项。", None),
        ("市住建局整改任务33项。", "HLJ-2018"),
    ],
)
def test_what_is_of_another_place_is_not_in_the_ledger(
    seeded: Ledger, text: str, programme: str | None
) -> None:
    chosen = programme_id(seeded.reader(), programme) if programme else None
    result = reconcile(seeded.reader(), text, CUTOFF, programme_id=chosen)
    assert [f.ledger for f in result.reading.figures] == [None] * len(result.reading.figures)
    assert all(beside.unknown_place for beside in result.compared)
    assert not result.differs
    table = next(iter(reconcile_tables(result, Language("zh"))))
    place = result.compared[0].unknown_place
    assert all(shown(row["verdict"]) == f"台账没有{place}的数" for row in table.rows)


def test_a_city_that_is_not_named_is_no_province(seeded: Ledger) -> None:
    cases = "交办信访件266件，已办结260件。"
    assert [agrees for _, _, agrees in verdicts(seeded, f"我市{cases}")] == [None, None]
    assert [agrees for _, _, agrees in verdicts(seeded, f"我省{cases}")] == [False, False]


def test_a_place_of_the_programme_is_compared_with_that_place(seeded: Ledger) -> None:
    text = "整改问题共5项，大庆市5项均已转入“回头看”方案。"
    chosen = programme_id(seeded.reader(), "DQ-DALONGHUPAO")
    result = reconcile(seeded.reader(), text, CUTOFF, programme_id=chosen)
    assert [(f.place, f.value, f.ledger) for f in result.reading.figures] == [
        ("", 5, 5), ("大庆市", 5, 5),
    ]  # fmt: skip


def test_a_province_by_name_is_its_own_programme_as_a_whole(seeded: Ledger) -> None:
    result = reconcile(seeded.reader(), "山西省2039个入河排污口，105个未完成整治。", CUTOFF)
    assert [f.agrees for f in result.reading.figures] == [True, True]
    assert {beside.programme for beside in result.compared} == {"SX-2019-OUTFALLS"}


def test_a_day_in_the_text_is_the_day_it_is_compared_at(seeded: Ledger) -> None:
    text = "2017年6月底，长江经济带饮用水水源地还有107个环境问题未完成整治。"
    result = reconcile(seeded.reader(), text, CUTOFF)
    assert [(f.ledger, f.agrees) for f in result.reading.figures] == [(107, True)]
    assert result.compared[0].on == date(2017, 6, 30)
    assert reconcile_json(result)["figures"][0]["on"] == "2017-06-30"  # type: ignore[index]


def test_places_that_divide_a_figure_leave_the_figure_to_its_programme(seeded: Ledger) -> None:
    text = "2017年6月底，长江经济带饮用水水源地还有107个问题未完成整治，其中湖北30个、湖南21个。"
    result = reconcile(seeded.reader(), text, CUTOFF)
    assert [(f.value, f.ledger, f.on) for f in result.reading.figures] == [
        (107, 107, date(2017, 6, 30)), (30, None, date(2017, 6, 30)), (21, None, date(2017, 6, 30)),
    ]  # fmt: skip
    assert [beside.unknown_place for beside in result.compared] == ["", "湖北", "湖南"]


def test_before_the_ledger_had_anything_nothing_differs(seeded: Ledger) -> None:
    text = "截至2015年6月底，黑龙江省“回头看”整改任务60项。"
    result = reconcile(seeded.reader(), text, CUTOFF)
    assert [f.ledger for f in result.reading.figures] == [None]
    assert not result.differs


def test_one_batch_of_cases_is_not_held_against_all(seeded: Ledger) -> None:
    text = "督察组向黑龙江省转办第十九批信访件136件，已办结117件；累计转办案件4387件。"
    result = reconcile(seeded.reader(), text, CUTOFF)
    assert [(f.value, f.agrees) for f in result.reading.figures] == [
        (136, None), (117, None), (4387, True),
    ]  # fmt: skip


def test_two_states_of_one_group_are_compared_together(seeded: Ledger) -> None:
    text = "黑龙江省“回头看”60项整改任务中，完成或基本完成19项，其中已销号5项。"
    result = reconcile(seeded.reader(), text, CUTOFF)
    assert [(f.value, f.ledger) for f in result.reading.figures] == [(60, 60), (19, 19), (5, None)]
    table = next(iter(reconcile_tables(result, Language("zh"))))
    words = [row["what"].label for row in table.rows]  # type: ignore[attr-defined]
    assert words == ["总数", "已完成或基本完成", "已完成（已销号）"]


@pytest.mark.parametrize(
    ("draft", "right"),
    [
        ("完成22项", "完成24项"), ("完成二十二项", "完成24项"), ("完成２２项", "完成24项"),
        ("完成22.0项", "完成24.0项"), ("共4,380件", "共4,387件"), ("办结率98.9%", "办结率99.1%"),
        ("办结率99%", "办结率99%"), ("共0.43万件", "共0.44万件"),
    ],
)  # fmt: skip
def test_a_wrong_figure_is_put_right_in_its_own_words(
    seeded: Ledger, draft: str, right: str
) -> None:
    about = "转办案件" if "件" in draft or "率" in draft else "2016年督察的整改任务"
    before, after = f"截至2019年12月31日，\n黑龙江省{about}", "，各地继续推进[A1]。"
    found = reconcile(seeded.reader(), f"{before}{draft}{after}", CUTOFF)
    marked = list(passages(found))
    assert "".join(each.text for each in marked) == found.text
    assert "".join(each.text for each in corrected(found)) == f"{before}{right}{after}"
    findings = [each.finding for each in marked if each.finding]
    assert findings == [Finding.AGREES if draft == right else Finding.DIFFERS]


def test_what_the_ledger_lacks_and_what_has_no_number_stays_as_it_is(seeded: Ledger) -> None:
    text = "厦门市整改任务12项；黑龙江省2016年督察的整改任务56项全部完成。"
    found = reconcile(seeded.reader(), text, CUTOFF)
    assert "".join(each.text for each in corrected(found)) == text
    assert {each.finding for each in passages(found)} == {None, *Finding}
    assert reconcile_json(found)["corrected"] == text
