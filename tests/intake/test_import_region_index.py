"""Regions by the names that people write."""

from __future__ import annotations

import pytest

from rectify_tui.errors import Problem
from rectify_tui.intake.importing.region_index import RegionIndex
from rectify_tui.store.regions import all_regions, one_region


@pytest.fixture(scope="module")
def office(regions_store):
    from rectify_tui.store.sqlite import connect

    connection = connect(regions_store)
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def places(office):
    return RegionIndex(all_regions(office))


@pytest.fixture
def under(office):
    return lambda name: one_region(office, name).id


@pytest.mark.parametrize(
    ("text", "above", "code"),
    [
        ("大庆市", "黑龙江省", "230600"),
        ("大庆", "黑龙江省", "230600"),
        ("230600", "黑龙江省", "230600"),
        ("Daqing", "黑龙江省", "230600"),
        ("南岗区", "黑龙江省", "230103"),
        ("郊区", "黑龙江省", "230811"),
        ("郊区", "山西省", "140311"),
        ("哈尔滨市南岗区", "黑龙江省", "230103"),
        ("黑龙江省哈尔滨市南岗区", "黑龙江省", "230103"),
        ("哈尔滨市 南岗区", "黑龙江省", "230103"),
        ("佳木斯市郊区", "全国", "230811"),
        ("黑龙江省哈尔滨市", "全国", "230100"),
        ("全省", "黑龙江省", "230000"),
        ("省本级", "黑龙江省", "230000"),
        ("哈尔滨市本级", "黑龙江省", "230100"),
        ("太原市", "黑龙江省", "140100"),
        ("朝阳区", "北京市", "110105"),
        ("朝阳区", "吉林省", "220104"),
        ("大 庆 市", "黑龙江省", "230600"),
        ("大慶市", "黑龙江省", "230600"),
        ("大庆市（牵头）", "黑龙江省", "230600"),
        ("大庆市人民政府", "黑龙江省", "230600"),
        ("哈尔滨市南岗区政府", "黑龙江省", "230103"),
    ],
)
def test_what_a_name_stands_for(places, under, text, above, code):
    assert places.find(text, under(above)).code == code


@pytest.mark.parametrize(
    ("text", "above", "key"),
    [
        ("郊区", "全国", "region.ambiguous"),
        ("朝阳区", "全国", "region.ambiguous"),
        ("朝阳区", "黑龙江省", "region.ambiguous"),
        ("太原", "黑龙江省", "region.not_found"),  # a part of a name from elsewhere
        ("火星", "黑龙江省", "region.not_found"),
        ("哈尔滨市火星区", "黑龙江省", "region.not_found"),
        ("太原市南岗区", "黑龙江省", "region.not_found"),
        ("全市", "黑龙江省", "region.not_found"),
        ("大庆市（不含肇州县）", "黑龙江省", "region.not_found"),
        ("大庆市等", "黑龙江省", "region.not_found"),
        ("市政府", "黑龙江省", "region.not_found"),
        ("市" * 3000, "黑龙江省", "region.not_found"),
        ("", "黑龙江省", "region.no_name"),
    ],
)
def test_what_no_name_is_taken_for(places, under, text, above, key):
    with pytest.raises(Problem) as caught:
        places.find(text, under(above))
    assert caught.value.key == key


def test_several_and_what_holds_them(places, under):
    province = under("黑龙江省")
    found = places.several("大庆市、 哈尔滨市;南岗区\n大庆市", province)
    assert [region.name for region in found] == ["大庆市", "哈尔滨市", "南岗区"]
    assert places.common(found).name == "黑龙江省"
    assert places.common(found[1:]).name == "哈尔滨市"
    assert places.common([*found, places.find("太原市", province)]).code == "000000"
    assert places.several("、", province) == ()
    joined = places.several("大庆市和哈尔滨市、天津市和平区", under("全国"))
    assert [region.name for region in joined] == ["大庆市", "哈尔滨市", "和平区"]


@pytest.mark.parametrize(
    ("text", "above", "name"),
    [
        ("大庆市水务局", "黑龙江省", "大庆市"),
        ("哈尔滨市南岗区住建局", "黑龙江省", "南岗区"),
        ("南岗区人民政府", "黑龙江省", "南岗区"),
        ("黑龙江省生态环境厅", "黑龙江省", "黑龙江省"),
        ("大庆油田有限责任公司", "黑龙江省", None),
        ("市水务局", "黑龙江省", None),
        ("太原市水务局", "黑龙江省", None),
        ("", "黑龙江省", None),
    ],
)
def test_a_text_begins_with_a_whole_name_or_with_none(places, under, text, above, name):
    region, _ = places.leading(text, under(above))
    assert (region and region.name) == name


def test_a_name_of_several_regions_is_in_doubt_and_a_short_one_has_to_be_all(places, under):
    with pytest.raises(Problem, match=r"region\.ambiguous"):
        places.leading("朝阳区水务局", under("全国"))
    assert places.shortened("大庆", under("黑龙江省")).name == "大庆市"
    assert places.shortened("大", under("黑龙江省")) is None
    assert places.shortened("大庆油田", under("黑龙江省")) is None
