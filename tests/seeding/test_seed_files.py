"""The seed files are complete, agree with each other and add up to the published figures."""

import csv
import io
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

SEED = Path(__file__).parents[2] / "seed"
FILES = sorted(SEED.glob("*.csv"))
STATUSES = {
    "completed", "basically_completed", "ahead", "on_schedule",
    "not_started", "behind", "not_completed", "merged",
}  # fmt: skip
PARENT_KINDS = {
    "nation": set(),
    "province": {"nation"},
    "city": {"province"},
    "county": {"province", "city"},
}
ITEM_FIGURES = {
    "HLJ-2016": {"completed": 24, "on_schedule": 7, "not_completed": 1, "merged": 24},
    "HLJ-2018": {"completed": 7, "basically_completed": 12, "on_schedule": 38, "behind": 3},
    "SX-2019-PROJECTS": {"completed": 132, "not_completed": 16},
    "SX-2019-OUTFALLS": {"completed": 1934, "not_completed": 105},
    "YZ-2016-WATER": {"completed": 490},
    "CN-2018-WATER": {"completed": 6251},
}
CASE_FIGURES = {"HLJ-2018": {"closed": 4347, "open": 40}}
KNOWN_REGIONS = {
    "110101": ("东城区", "Dongcheng District", "110000"),
    "140000": ("山西省", "Shanxi", "000000"),
    "140121": ("清徐县", "Qingxu County", "140100"),
    "141100": ("吕梁市", "Lüliang", "140000"),
    "150100": ("呼和浩特市", "Hohhot", "150000"),
    "230000": ("黑龙江省", "Heilongjiang", "000000"),
    "230600": ("大庆市", "Daqing", "230000"),
    "341500": ("六安市", "Lu'an", "340000"),
    "419001": ("济源市", "Jiyuan", "410000"),
    "441900": ("东莞市", "Dongguan", "440000"),
    "500156": ("武隆区", "Wulong District", "500000"),
    "610000": ("陕西省", "Shaanxi", "000000"),
    "659001": ("石河子市", "Shihezi", "650000"),
    "710000": ("台湾省", "Taiwan", "000000"),
}


def read(name: str) -> list[dict[str, str]]:
    with (SEED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


REGIONS = {row["code"]: row for row in read("regions.csv")}
PROGRAMMES = {row["code"]: row for row in read("programmes.csv")}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_file_is_clean_text_with_rows_of_equal_length(path: Path) -> None:
    data = path.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert data.endswith(b"\n")
    text = data.decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert not {c for c in text if unicodedata.category(c)[0] == "C" and c != "\n"}
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}
    for cell in (cell for row in rows for cell in row):
        assert cell == cell.strip()
        assert "  " not in cell
        assert not cell.startswith(("=", "+", "-", "@"))


def test_region_codes_are_unique_and_sorted() -> None:
    codes = [row["code"] for row in read("regions.csv")]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch("[0-9]{6}", code) for code in codes)


def test_regions_are_all_there() -> None:
    kinds = Counter(row["kind"] for row in REGIONS.values())
    assert kinds == {"nation": 1, "province": 34, "city": 333, "county": 2846}


def test_parents_exist_precede_and_are_of_the_kind_above() -> None:
    seen: dict[str, str] = {}
    for code, row in REGIONS.items():
        above = row["parent_code"]
        if row["kind"] == "nation":
            assert above == ""
        else:
            assert seen[above] in PARENT_KINDS[row["kind"]], code
        seen[code] = row["kind"]


def test_county_stands_under_its_city_where_there_is_one() -> None:
    for code, row in REGIONS.items():
        if row["kind"] == "county":
            city = code[:4] + "00"
            assert row["parent_code"] == (city if city in REGIONS else code[:2] + "0000")


def test_region_names_are_chinese_and_latin() -> None:
    for row in REGIONS.values():
        assert re.fullmatch("[一-鿿]+", row["name"])
        assert re.fullmatch("[A-Z][A-Za-zü' -]+", row["name_en"])


@pytest.mark.parametrize("code", KNOWN_REGIONS)
def test_known_region(code: str) -> None:
    row = REGIONS[code]
    assert (row["name"], row["name_en"], row["parent_code"]) == KNOWN_REGIONS[code]


def test_names_written_by_hand_are_the_ones_in_use() -> None:
    for row in read("region_names.csv"):
        region = REGIONS[row["code"]]
        assert (region["name"], region["name_en"]) == (row["name"], row["name_en"])


def test_programmes() -> None:
    assert set(PROGRAMMES) == {*ITEM_FIGURES, "DQ-DALONGHUPAO", "CN-PERMITS", "CN-ZONING"}
    for row in PROGRAMMES.values():
        assert row["kind"] in {"inspection", "look_back", "campaign"}
        assert row["region_code"] in REGIONS
        assert row["cutoff"] == "2019-12-31"


def state_at_last_date(name: str, programme: str) -> dict[int, str]:
    """Status of every line, the rows applied in the order of their dates."""
    state: dict[int, str] = {}
    by_date: dict[str, set[int]] = {}
    rows = [row for row in read(name) if row["programme"] == programme]
    for row in sorted(rows, key=lambda row: row["effective_on"]):
        numbers = range(int(row["first"]), int(row["last"]) + 1)
        assert numbers, "empty range"
        assert not by_date.setdefault(row["effective_on"], set()) & set(numbers), "overlap"
        by_date[row["effective_on"]] |= set(numbers)
        state |= dict.fromkeys(numbers, row["status"])
    first, *later = by_date.values()
    assert sorted(first) == list(range(1, len(first) + 1)), "gap"
    assert all(numbers <= first for numbers in later), "a line appears after the first date"
    return state


@pytest.mark.parametrize("programme", ITEM_FIGURES)
def test_lines_add_up_to_the_published_figures(programme: str) -> None:
    state = state_at_last_date("item_groups.csv", programme)
    assert Counter(state.values()) == ITEM_FIGURES[programme]


def test_cases_add_up_to_the_published_figures() -> None:
    for programme, figures in CASE_FIGURES.items():
        assert Counter(state_at_last_date("case_groups.csv", programme).values()) == figures


def test_yangtze_stood_at_107_in_june_2017() -> None:
    left = [
        int(row["last"]) - int(row["first"]) + 1
        for row in read("item_groups.csv")
        if (row["programme"], row["effective_on"], row["status"])
        == ("YZ-2016-WATER", "2017-06-30", "not_completed")
    ]
    assert left == [107]


def test_groups_name_what_exists_and_nothing_is_later_than_the_cutoff() -> None:
    groups = read("item_groups.csv")
    assert {row["programme"] for row in groups} == set(ITEM_FIGURES)
    assert {row["programme"] for row in read("case_groups.csv")} == set(CASE_FIGURES)
    for row in [*groups, *read("items.csv")]:
        assert row["status"] in STATUSES
        assert (row["status"] == "merged") == bool(row["merged_into"])
        assert row["merged_into"] in {"", *set(PROGRAMMES) - {row["programme"]}}
        assert row.get("verification", "") in {"", "confirmed", "refuted"}
    for row in [*groups, *read("items.csv"), *read("case_groups.csv")]:
        assert row["region_code"] in REGIONS
        assert row["effective_on"] <= PROGRAMMES[row["programme"]]["cutoff"]


def test_named_items_and_their_measures() -> None:
    items = [(row["programme"], row["number"]) for row in read("items.csv")]
    assert items == [("DQ-DALONGHUPAO", str(number)) for number in range(1, 6)]
    measures = Counter((row["programme"], row["number"]) for row in read("measures.csv"))
    assert measures == dict.fromkeys(items, 4)


def test_printed_item_counts_agree_with_the_lines() -> None:
    printed = {
        (row["programme"], row["what"]): int(row["value"])
        for row in read("figures.csv")
        if row["what"] in STATUSES | {"total"} and row["as_of"] == "2019-12-31"
    }
    for (programme, what), value in printed.items():
        figures = ITEM_FIGURES[programme]
        assert value == (sum(figures.values()) if what == "total" else figures[what])


def test_figures_have_unique_ids_and_known_places() -> None:
    figures = read("figures.csv")
    assert len({row["id"] for row in figures}) == len(figures) == 48
    for row in figures:
        assert row["region_code"] in REGIONS
        assert set(row["programme"].split(";")) <= {"", *PROGRAMMES}
        assert row["value"]
        assert row["source"]


def test_summoned_are_seven_cities_and_ten_counties() -> None:
    zones = {row["name"]: row for row in read("zones.csv")}
    kinds: Counter[str] = Counter()
    rows = read("escalations.csv")
    for row in rows:
        assert set(row["programmes"].split(";")) == {"SX-2019-PROJECTS", "SX-2019-OUTFALLS"}
        if code := row["region_code"]:
            assert REGIONS[code]["name"] == row["region_name"]
            assert code.startswith("14")
            kinds[REGIONS[code]["kind"]] += 1
        else:
            assert REGIONS[zones[row["region_name"]]["parent_code"]]["kind"] == "city"
            kinds["zone"] += 1
    assert len({row["region_name"] for row in rows}) == 17
    assert kinds == {"city": 7, "county": 9, "zone": 1}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_source_is_given_in_both_languages(path: Path) -> None:
    for row in read(path.name):
        if "source" in row:
            assert row["source"]
            assert row["source_en"]


def test_changes_of_regions_begin_where_the_list_ends() -> None:
    changes = read("region_changes.csv")
    new = {row["code"]: row for row in changes if row["from_on"]}
    ended = {row["code"]: row for row in changes if row["abolished_on"]}
    assert len(new) + len(ended) == len(changes)
    assert not new.keys() & REGIONS.keys()
    assert list(new) == sorted(new)
    for code, row in ended.items():
        assert row["name"] == REGIONS[code]["name"]
        into = row["into"]
        assert into in new or (into in REGIONS and into not in ended)
        if into in new:
            assert new[into]["from_on"] == row["abolished_on"]
    for code, row in new.items():
        assert row["parent_code"] in REGIONS
        assert row["parent_code"] == code[:4] + "00" or code[2] in "09" or code[:2] in ("50", "65")
