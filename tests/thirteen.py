"""A province whose thirteen cities all have open items, as an office has it on a Monday."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from moving_clock import Clock
from return_desk import Filled

from rectify_tui.seeding.regions import BEGINNING
from rectify_tui.store.commands.items import add_item
from rectify_tui.store.commands.places import (
    NewProgramme,
    NewRegion,
    add_coded_regions,
    add_programme,
)
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.regions import one_region

CITIES = (
    ("230100", "哈尔滨市", "Harbin"), ("230200", "齐齐哈尔市", "Qiqihar"),
    ("230300", "鸡西市", "Jixi"), ("230400", "鹤岗市", "Hegang"),
    ("230500", "双鸭山市", "Shuangyashan"), ("230600", "大庆市", "Daqing"),
    ("230700", "伊春市", "Yichun"), ("230800", "佳木斯市", "Jiamusi"),
    ("230900", "七台河市", "Qitaihe"), ("231000", "牡丹江市", "Mudanjiang"),
    ("231100", "黑河市", "Heihe"), ("231200", "绥化市", "Suihua"),
    ("232700", "大兴安岭地区", "Daxing'anling"),
)  # fmt: skip
PER_CITY = 3
MONDAY, FRIDAY = date(2020, 3, 2), date(2020, 3, 6)


def build(path: Path, clock: Clock) -> Ledger:
    """Programme P-1 with three items in each city; in Heihe all are behind."""
    ledger = Ledger.create(path, clock=clock)
    with ledger.batch("regions", who="rectify") as writing:
        places = [
            NewRegion("000000", "全国", "National", "nation", None),
            NewRegion("230000", "黑龙江省", "Heilongjiang", "province", "000000"),
            *(NewRegion(code, name, en, "city", "230000") for code, name, en in CITIES),
        ]
        add_coded_regions(writing.draft, places, on=BEGINNING)
    with ledger.batch("add", who="rectify") as writing:
        draft = writing.draft
        region = one_region(draft.connection, "黑龙江").id
        programme = add_programme(draft, NewProgramme("P-1", "整改方案", region, 2020))
        for place, (_, city, _) in enumerate(CITIES):
            for at in range(PER_CITY):
                status = "behind" if city == "黑河市" else "on_schedule"
                fields = {
                    "problem": f"{city}问题{at + 1}", "region": city, "status": status,
                    "progress": "40", "deadline": "2020年底前",
                }  # fmt: skip
                number = str(place * PER_CITY + at + 1)
                add_item(draft, programme, number, fields, on=date(2020, 1, 10))
    return ledger


def send_back(made: Path, to: Path, cities: dict[str, dict[str, object]]) -> None:
    """What cities send back by Friday: a note on each item, and these cells in the first one."""
    to.mkdir(exist_ok=True)
    names = [name for _, name, _ in CITIES]
    for city, cells in cities.items():
        (path,) = made.glob(f"{city}-*.xlsx")
        filled, first = Filled(path), names.index(city) * PER_CITY + 1
        for number in range(first, first + PER_CITY):
            filled.set(str(number), note=f"{city}本周推进到第{number}段")
        filled.set(str(first), **cells).save(to / f"{city}报来.xlsx")
