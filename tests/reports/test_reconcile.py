"""A published paragraph beside the seed's ledger."""

from __future__ import annotations

from datetime import date

import pytest

from rectify_tui.i18n import Language
from rectify_tui.reports.reconcile import reconcile, reconcile_json, reconcile_tables
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


def test_a_part_of_a_part_is_not_set_beside_the_whole(seeded: Ledger) -> None:
    text = "黑龙江省2016年督察的56项任务中，已完成24项，其中提前完成3项。"
    found = reconcile(seeded.reader(), text, CUTOFF)
    assert [(f.value, f.agrees) for f in found.reading.figures] == [
        (56, True), (24, True), (3, None),
    ]  # fmt: skip
    assert not found.differs
