"""The file of settings: what it may say, and what is said about a bad one."""

from __future__ import annotations

import pytest
from office import EN, ZH

from rectify_tui.domain.closure import ClosureRate
from rectify_tui.domain.period import PeriodKind
from rectify_tui.errors import Problem
from rectify_tui.reports.weekly.settings import Settings, read_settings
from rectify_tui.store.rollup_read import By

GOOD = """
office = "某省整改办"
week_ends = "周四"
closure_rate = "closed_and_interim"
layout = "short"

[columns]
behind = ["ref", "reason"]

[layouts.short]
sections = ["behind", "progress"]
pictures = ["heat", "map"]
[layouts.short.columns]
progress = ["name", "groups"]

[layouts.month]
title = "月报"
pictures = []
period = "month"
by = "county"
closure_rate = "closed"
week_ends = "Sunday"
"""


@pytest.fixture
def write(tmp_path):
    def written(text: str | bytes):
        path = tmp_path / "weekly.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written


def test_without_a_file_everything_is_as_usual(tmp_path):
    assert read_settings(tmp_path / "none.toml") == Settings()


def test_layouts_stand_on_what_is_above_them(write):
    path = write(GOOD)
    short, month, base = (read_settings(path, name) for name in (None, "month", "default"))
    assert (short.layout, short.office, short.week_ends_on) == ("short", "某省整改办", 3)
    assert short.sections == ("behind", "progress")
    assert dict(short.columns) == {"behind": ("ref", "reason"), "progress": ("name", "groups")}
    assert (month.period, month.by, month.title) == (PeriodKind.MONTH, By.COUNTY, "月报")
    assert (month.closure, month.week_ends_on) == (ClosureRate.CLOSED, 6)
    assert base.closure is ClosureRate.CLOSED_AND_INTERIM
    assert base.sections == Settings().sections
    assert (short.pictures, month.pictures) == (("heat", "map"), ())
    assert base.pictures == Settings().pictures


def test_a_byte_order_mark_is_no_matter(write):
    assert read_settings(write(b'\xef\xbb\xbfoffice = "A"')).office == "A"


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ('offise = "A"', "offise", "office"),
        ("office = 1", "office", "quotes"),
        ('office = " "', "office", "empty"),
        (f'office = "{"长" * 101}"', "office", "101"),
        ('week_ends = "fryday"', "week_ends", "friday/周五"),
        ("week_ends = 5", "week_ends", "monday"),
        ('closure_rate = "all"', "closure_rate", "completed_of_substantiated"),
        ('period = "year"', "period", "half_year"),
        ('by = "programme"', "by", "province, city, county, unit"),
        ('sections = "progress"', "sections", "list"),
        ('pictures = "map"', "pictures", "list"),
        ('pictures = ["mapp"]', "pictures[1]", "map, burn_up, heat"),
        ('pictures = ["map", "map"]', "pictures[2]", "map"),
        ('[layouts.a]\npictures = ["heat", 1]', "layouts.a.pictures[2]", "burn_up"),
        ("sections = []", "sections", "list"),
        ('sections = ["progress", "cases", "progress"]', "sections[3]", "twice"),
        ('sections = ["progres"]', "sections[1]", "progress"),
        ('[columns]\nprogres = ["name"]', "columns.progres", "progress"),
        ('[columns]\nprogress = ["name", "rate"]', "columns.progress[2]", "completion_rate"),
        ("[columns]\nprogress = [[1]]", "columns.progress[1]", "completion_rate"),
        ("columns = 1", "columns", "table"),
        ("layouts = 1", "layouts", "table"),
        ("[layouts]\nshort = 1", "layouts.short", "table"),
        ('[layouts.short]\nby = "town"', "layouts.short.by", "city"),
        ('[layouts.short]\nlayout = "x"', "layouts.short.layout", "sections"),
        ("layout = 1", "layout", "quotes"),
    ],
)
def test_what_is_wrong_and_where(write, text, place, what):
    path = write(text)
    with pytest.raises(Problem) as caught:
        read_settings(path)
    assert caught.value.key == "settings.bad"
    sentence = EN.problem(caught.value)
    assert str(path) in sentence
    assert f"at {place}:" in sentence
    assert what in sentence
    assert ZH.problem(caught.value)


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        (b'office = "A"\nby = \n', "syntax", "line 2"),
        (b'office = "A', "syntax", "line 1"),
        ('office = "某办"'.encode("gb18030"), "not_utf8", "UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read(write, text, key, words):
    with pytest.raises(Problem) as caught:
        read_settings(write(text))
    assert caught.value.key == f"settings.{key}"
    assert words in EN.problem(caught.value)
    assert ZH.problem(caught.value)


def test_a_folder_in_its_place(tmp_path):
    with pytest.raises(Problem) as caught:
        read_settings(tmp_path)
    assert caught.value.key == "settings.unreadable"


@pytest.mark.parametrize("name", ["longer", "Short"])
def test_a_layout_that_there_is_not(write, name):
    with pytest.raises(Problem) as caught:
        read_settings(write(GOOD), name)
    assert "default, short, month" in EN.problem(caught.value)
