"""An office in Heilongjiang with one programme in three cities."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from moving_clock import Clock
from office import Office

from rectify_tui.seeding.regions import BEGINNING
from rectify_tui.store.commands.places import NewRegion, add_coded_regions
from rectify_tui.store.ledger import Ledger

REGIONS = (
    NewRegion("000000", "全国", "National", "nation", None),
    NewRegion("230000", "黑龙江省", "Heilongjiang", "province", "000000"),
    NewRegion("230100", "哈尔滨市", "Harbin", "city", "230000"),
    NewRegion("230300", "鸡西市", "Jixi", "city", "230000"),
    NewRegion("230400", "鹤岗市", "Hegang", "city", "230000"),
    NewRegion("230600", "大庆市", "Daqing", "city", "230000"),
    NewRegion("230602", "萨尔图区", "Saertu District", "county", "230600"),
    NewRegion("230700", "伊春市", "Yichun", "city", "230000"),
    NewRegion("140000", "山西省", "Shanxi", "province", "000000"),
    NewRegion("140100", "太原市", "Taiyuan", "city", "140000"),
)
ITEMS = (
    ("1", "哈尔滨市", "已完成"), ("2", "哈尔滨市", "按序时进度推进"), ("3", "大庆市", "基本完成"),
    ("4", "大庆市", "未达序时进度"), ("5", "大庆市", "按序时进度推进"),
    ("6", "黑龙江省", "按序时进度推进"),
)  # fmt: skip


@pytest.fixture(scope="session")
def office_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store with the office's ledger. Copy it; never write to it."""
    path = tmp_path_factory.mktemp("office") / "office.db"
    clock = Clock(date(2020, 3, 2))
    ledger = Ledger.create(path, clock=clock)
    with ledger.batch("regions", who="rectify") as writing:
        add_coded_regions(writing.draft, REGIONS, on=BEGINNING)
    office = Office(ledger, clock)
    office.programme("HLJ", "黑龙江省")
    for number, region, status in ITEMS:
        office.item(
            f"HLJ/{number}", region=region, status=status, problem=f"问题{number}",
            responsible=f"{region}水务局", deadline="2020年3月4日",
        )  # fmt: skip
    office.case("HLJ/A1", region="哈尔滨市", types="水、大气", substantiated="属实")
    office.case("HLJ/A2", region="哈尔滨市、大庆市", types="水", substantiated="部分属实",
                status="已办结")  # fmt: skip
    office.case("HLJ/A3", region="大庆市", substantiated="不属实", status="阶段性办结")
    ledger.close()
    return path


@pytest.fixture
def office(office_store: Path, tmp_path: Path) -> Iterator[Office]:
    """Six items and three cases, all known since Monday 2 March 2020; it is Friday the 6th."""
    path = tmp_path / "office.db"
    shutil.copy(office_store, path)
    clock = Clock()
    ledger = Ledger(path, clock=clock)
    yield Office(ledger, clock)
    ledger.close()
