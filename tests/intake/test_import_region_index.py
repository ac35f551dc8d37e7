"""Regions by the names that people write."""

from __future__ import annotations

import pytest

from rectify_tui.errors import Problem
from rectify_tui.intake.importing.region_index import RegionIndex
from rectify_tui.store.regions import find_regions, one_region


@pytest.fixture(scope="module")
def office(regions_store):
    from rectify_tui.store.sqlite import connect

    connection = connect(regions_store)
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def places(office):
    return RegionIndex(find_regions(office, "", limit=None))


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
