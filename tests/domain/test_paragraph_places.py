"""Places and bodies by their names."""

from __future__ import annotations

import pytest

from rectify_tui.domain.paragraph.places import NOWHERE, Gazetteer, Places
from rectify_tui.domain.region import Depth, Region, RegionKind


def region(id: int, name: str, depth: Depth, parent: int | None) -> Region:
    return Region(id, None, name, None, list(RegionKind)[depth], depth, parent)


REGIONS = [
    region(1, "全国", Depth.NATION, None),
    region(2, "广东省", Depth.PROVINCE, 1),
    region(3, "湖北省", Depth.PROVINCE, 1),
    region(4, "内蒙古自治区", Depth.PROVINCE, 1),
    region(5, "吉林省", Depth.PROVINCE, 1),
    region(6, "潮州市", Depth.CITY, 2),
    region(7, "恩施土家族苗族自治州", Depth.CITY, 3),
    region(8, "吉林市", Depth.CITY, 5),
    region(9, "东城区", Depth.COUNTY, 6),
    region(10, "东城区", Depth.COUNTY, 8),
    region(11, "新疆维吾尔自治区", Depth.PROVINCE, 1),
]
GAZETTEER = Gazetteer(REGIONS)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("太原市整改任务", "太原市"),
        ("陕西省延安市问题", "陕西省延安市"),
        ("荆州区", "荆州区"),
        ("杭州市信访件", "杭州市"),
        ("六盘水市", "六盘水市"),
        ("省水利厅", "省水利厅"),
        ("市住建局", "市住建局"),
        ("郑州市城管局", "郑州市城管局"),
        ("兵团办结", "兵团"),
        ("雄安新区", "雄安新区"),
        ("全市整改任务", ""),
        ("我省", ""),
        ("各市", ""),
        ("城市黑臭水体", ""),
        ("汾河流域入河排污口", ""),
        ("水污染防治重点工程", ""),
        ("海东市、黄南州转办信访件", ""),
        ("7个市州信访件", ""),
        ("县级水源地问题", ""),
        ("第一轮省级环保督察", ""),
        ("交办我市信访件", ""),
        ("移交地方及省直部门办理", ""),
    ],
)
def test_names_are_known_by_their_endings(text: str, name: str) -> None:
    assert NOWHERE.at_start(text) == name


def test_a_known_name_needs_no_ending_and_takes_the_enclosing_one_along() -> None:
    places = Places(["广东", "潮州"])
    assert places.at_start("广东潮州问题") == "广东潮州"
    assert places.at_start("潮州市湘桥区任务") == "潮州市湘桥区"
    assert places.at_start("肇庆任务") == ""


@pytest.mark.parametrize(
    ("written", "id"),
    [
        ("潮州市", 6), ("潮州", 6), ("广东潮州", 6), ("恩施", 7), ("恩施州", 7), ("内蒙古", 4),
        ("新疆", 11), ("吉林", 5), ("吉林市", 8), ("广东东城区", 9), ("东城区", None),
        ("潮州市城管局", None), ("省水利厅", None), ("肇庆", None), ("全国", None),
    ],
)  # fmt: skip
def test_regions_are_found_by_full_and_short_names(written: str, id: int | None) -> None:
    found = GAZETTEER.find(written)
    assert (None if found is None else found.id) == id


def test_of_two_regions_with_one_name_the_one_nearby_is_meant() -> None:
    found = GAZETTEER.find("东城区", near={8})
    assert found is not None
    assert found.id == 10


def test_a_text_names_provinces_and_cities() -> None:
    text = "广东省推进整改，吉林市和恩施开展督察，东城区完成12项"
    assert {region.id for region in GAZETTEER.named_in(text)} == {2, 8}
