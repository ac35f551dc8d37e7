"""A small office store: two provinces, three programmes, cases, and texts that mean harm."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from desk import HOSTILE
from moving_clock import Clock

from rectify_tui.seeding.regions import BEGINNING
from rectify_tui.store.commands.cases import add_case
from rectify_tui.store.commands.items import add_item, add_measure, add_milestone, set_items
from rectify_tui.store.commands.places import (
    NewProgramme,
    NewRegion,
    add_coded_regions,
    add_programme,
    add_region,
)
from rectify_tui.store.draft import Draft
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.records import ITEM
from rectify_tui.store.regions import one_region

REGIONS = (
    NewRegion("000000", "全国", "National", "nation", None),
    NewRegion("140000", "山西省", "Shanxi", "province", "000000"),
    NewRegion("140100", "太原市", "Taiyuan", "city", "140000"),
    NewRegion("140105", "小店区", "Xiaodian", "county", "140100"),
    NewRegion("230000", "黑龙江省", "Heilongjiang", "province", "000000"),
    NewRegion("230100", "哈尔滨市", "Harbin", "city", "230000"),
    NewRegion("230102", "道里区", "Daoli", "county", "230100"),
    NewRegion("230600", "大庆市", "Daqing", "city", "230000"),
    NewRegion("230602", "萨尔图区", "Sartu", "county", "230600"),
    NewRegion("230604", "让胡路区", "Ranghulu", "county", "230600"),
)

STATUSES = ("completed", "on_schedule", "behind", "not_started", "basically_completed", "ahead")


@pytest.fixture(scope="session")
def office_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store. Copy it; never write to it."""
    path = tmp_path_factory.mktemp("office") / "office.db"
    clock = Clock(date(2020, 1, 10))
    ledger = Ledger.create(path, clock=clock)
    with ledger.batch("regions", who="rectify") as writing:
        add_coded_regions(writing.draft, REGIONS, on=BEGINNING)
    with ledger.batch("seed", who="rectify", reason="台账建立") as writing:
        _fill(writing.draft)
    clock.set(date(2020, 3, 2))
    with ledger.batch("set", who="rectify", reason="周调度") as writing:
        set_items(writing.draft, [3], {"status": "completed", "progress": "100"})
    ledger.close()
    return path


def _fill(draft: Draft) -> None:
    def at(code: str) -> int:
        return one_region(draft.connection, code).id

    zones = [add_region(draft, "高新区", at(city), "zone") for city in ("230600", "140100")]
    add_region(draft, "[/附件]新区", at("230600"), "new_area")
    draft.flush()
    hlj = add_programme(
        draft, NewProgramme("HLJ", "黑龙江省整改方案", at("230000"), 2020, name_en="Heilongjiang")
    )
    sx = add_programme(draft, NewProgramme("SX-2019-OUTFALLS", "山西省排污口", at("140000"), 2020))
    odd = add_programme(draft, NewProgramme("ODD", HOSTILE[1], at("230600"), 2020))
    for n in range(1, 41):
        fields = {
            "problem": f"第{n}个问题，大龙虎泡水源地", "region": "230602" if n % 2 else "230604",
            "responsible": f"第{n % 4}水务局", "deadline": f"2020年{1 + n % 12}月底前",
            "status": STATUSES[n % 6], "progress": str(n),
        }  # fmt: skip
        item = add_item(draft, hlj, str(n), fields)
        if n <= 2:
            measure = add_measure(draft, item, 1, "新建替代水源地")
            add_milestone(draft, measure, 1, "开工", due="2019年5月", done="2019年5月6日")
    for n in range(1, 13):
        region = "140105" if n % 2 else "140100"
        add_item(draft, sx, str(100 + n), {"problem": f"排污口{n}", "region": region})
    for n, text in enumerate(HOSTILE, 1):
        fields = {"problem": text, "responsible": text, "note": text, "goal": text}
        add_item(draft, odd, str(n), fields | {"region": "[/附件]新区"})
    for n, zone in enumerate(zones, 8):
        item = add_item(draft, odd, str(n), {"problem": "两个高新区，各有问题"})
        draft.change(ITEM, item, {"region_id": zone}, draft.batch.recorded_on)
    for n in range(1, 31):
        add_case(draft, hlj, f"D{n:03}", {
            "complaint": HOSTILE[n - 1] if n <= len(HOSTILE) else f"夜间噪声扰民{n}",
            "region": "230602、230604" if n == 7 else "230602", "types": "水、噪声",
            "passed_on": f"2019-06-{n:02}", "status": "closed" if n % 3 else "open",
            "fined_wan": "1234.5678" if n == 8 else "",
        })  # fmt: skip


@pytest.fixture
def office(office_store: Path, tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    """An office store of one's own, on Friday 6 March 2020."""
    path = tmp_path / "office.db"
    shutil.copy(office_store, path)
    ledger = Ledger(path, clock=clock)
    yield ledger
    ledger.close()


@pytest.fixture(scope="session")
def english_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store whose texts are ASCII, but for the Chinese names of its regions."""
    path = tmp_path_factory.mktemp("english") / "english.db"
    ledger = Ledger.create(path, clock=Clock(date(2020, 1, 10)))
    with ledger.batch("regions", who="rectify") as writing:
        add_coded_regions(writing.draft, REGIONS, on=BEGINNING)
    with ledger.batch("seed", who="rectify", reason="beginning") as writing:
        draft = writing.draft
        region = one_region(draft.connection, "230000").id
        programme = add_programme(
            draft, NewProgramme("HLJ", "plan", region, 2020, name_en="plan", simulated=True)
        )
        for n in range(1, 31):
            item = add_item(draft, programme, str(n), {
                "problem": f"problem {n}", "responsible": "water office", "region": "230602",
                "status": STATUSES[n % 6], "deadline": "2020-06-30", "note": "a note",
            })  # fmt: skip
            add_measure(draft, item, 1, "build")
            add_case(draft, programme, f"D{n}", {"complaint": "noise", "types": "noise"})
    ledger.close()
    return path


@pytest.fixture
def english(english_store: Path, tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    """A store of one's own with ASCII texts, on Friday 6 March 2020."""
    path = tmp_path / "english.db"
    shutil.copy(english_store, path)
    ledger = Ledger(path, clock=clock)
    yield ledger
    ledger.close()


PROVINCE_CITIES = (
    ("230100", "哈尔滨市", "Harbin"), ("230200", "齐齐哈尔市", "Qiqihar"),
    ("230600", "大庆市", "Daqing"), ("230800", "佳木斯市", "Jiamusi"),
    ("231200", "绥化市", "Suihua"), ("232700", "大兴安岭地区", "Da Hinggan Ling"),
)  # fmt: skip
PROBLEMS = (
    "黑土地保护不力，侵占耕地问题突出，整改流于形式", "畜禽粪污资源化利用设施闲置",
    "工业园区污水集中处理设施不配套", "秸秆禁烧责任压得不实，露天焚烧时有发生",
)  # fmt: skip
DEADLINES = (
    "2019年底前", "2020年6月底前", "2020-03-06", "2021年6月底前", "立行立改", "2020年2月底前",
)  # fmt: skip


@pytest.fixture(scope="session")
def province_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store of one province and one programme. Copy it; never write to it."""
    path = tmp_path_factory.mktemp("province") / "province.db"
    clock = Clock(date(2020, 1, 10))
    ledger = Ledger.create(path, clock=clock)
    regions = [
        NewRegion("000000", "全国", "National", "nation", None),
        NewRegion("230000", "黑龙江省", "Heilongjiang", "province", "000000"),
        *(NewRegion(code, name, en, "city", "230000") for code, name, en in PROVINCE_CITIES),
    ]
    with ledger.batch("regions", who="rectify") as writing:
        add_coded_regions(writing.draft, regions, on=BEGINNING)
    with ledger.batch("seed", who="rectify") as writing:
        _fill_province(writing.draft)
    for weeks, ids in enumerate(([1, 7], [8], [13, 22])):
        clock.set(date(2020, 2, 7 + 10 * weeks))
        with ledger.batch("set", who="rectify") as writing:
            set_items(writing.draft, ids, {"status": "completed", "progress": "100"})
    ledger.close()
    return path


def _fill_province(draft: Draft) -> None:
    province = one_region(draft.connection, "230000").id
    programme = add_programme(
        draft, NewProgramme("HLJ-2020", "黑龙江省整改方案", province, 2020, name_en="Heilongjiang")
    )
    for n in range(1, 37):
        add_item(draft, programme, str(n), {
            "problem": PROBLEMS[n % 4], "region": PROVINCE_CITIES[n * n % 6][0],
            "progress": str(n * 7 % 90),
            "status": STATUSES[n % 5], "deadline": DEADLINES[n % 6],
            "responsible": PROVINCE_CITIES[n * n % 6][1] + "生态环境局",
            "reason": "资金未落实" if n == 12 else "",
            "next_on": "2020-03-05" if n == 12 else "",
        })  # fmt: skip
    for n in range(1, 61):
        add_case(draft, programme, f"D{n:03}", {
            "complaint": "夜间噪声扰民", "region": PROVINCE_CITIES[n % 6][0], "types": "噪声",
            "status": "open" if n % 20 == 0 else "closed", "fined_wan": str(n),
        })  # fmt: skip


@pytest.fixture
def province(province_store: Path, tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    """A store of one province of one's own, on Friday 6 March 2020."""
    path = tmp_path / "province.db"
    shutil.copy(province_store, path)
    ledger = Ledger(path, clock=clock)
    yield ledger
    ledger.close()
