"""Whom to ask about an item: entered, found, shown, dated and taken back like every other field."""

from __future__ import annotations

import csv
import io

import pytest

from rectify_tui.store.items import ITEMS

PEOPLE = [
    pytest.param("contact", "联系人", "王工", "李工", id="contact"),
    pytest.param("person", "责任人", "张局长", "赵局长", id="person"),
    pytest.param("leader", "包案领导", "孙副市长", "周副市长", id="leader"),
    pytest.param("cooperating", "配合单位", "市水务局、市财政局", "让胡路区政府", id="cooperating"),
    pytest.param("phone", "联系电话", "0459-1234567", "13800000000", id="phone"),
]
"""Fields by name, with their titles and two values."""

people = pytest.mark.parametrize(("name", "title", "first", "second"), PEOPLE)


@pytest.fixture
def told(small, name, first, second):
    """An item of which another person was told a month after the first."""
    small("item", "add", "P-1/2", "--status", "behind", "--on", "2020-01-10")
    small("item", "set", "P-1/2", f"--{name}", first, "--on", "2020-02-01")
    small("item", "set", "P-1/2", f"--{name}", second, "--on", "2020-03-01")
    return small


@people
def test_a_change_is_told_and_holds_from_its_day(told, name, title, first, second):
    (row,) = told.rows("item", "show", "P-1/2")
    assert row[name] == second
    for day, value in (("2020-01-20", None), ("2020-02-15", first), ("2020-03-02", second)):
        assert told.rows("item", "show", "P-1/2", "--as-of", day)[0][name] == value
        assert told.rows("item", "list", "ref:P-1/2", "--as-of", day)[0][name] == value
    said = told.said("item", "set", "P-1/2", f"--{name}", first, lang="zh")
    assert f"{title} {second} → {first}" in said


@people
def test_it_stands_in_lists_details_and_the_queue(told, name, title, first, second):
    out = told("item", "list", "--format", "csv", lang="zh").stdout.removeprefix("\ufeff")
    assert [row[title] for row in csv.DictReader(io.StringIO(out))] == ["", second]
    shown = told("item", "show", "P-1/2", lang="zh").stdout
    assert title in shown
    assert first in shown.partition("变更记录")[2]
    (line,) = told.rows("behind", "--as-of", "2020-03-02")
    assert line[name] == second
    table = told("behind", "--as-of", "2020-03-02", lang="zh").stdout
    assert (title in table) == (second in table)


@people
def test_items_are_found_and_sorted_by_it(told, name, title, first, second):
    def refs(*words):
        return [row["ref"] for row in told.rows("item", "list", *words)]

    for text in (f"{name}:{second[:2]}", f"{title}={second}", f"-{name}:none", second[:2]):
        assert refs(text) == ["P-1/2"], text
    assert refs(f"{name}:none") == ["P-1/1"]
    assert refs(f"{name}:{first}") == []
    if name in ITEMS.orders:
        assert refs("--sort", name, "--desc") == ["P-1/2", "P-1/1"]


@people
def test_it_is_taken_back_and_brought_again(told, name, title, first, second):
    def now():
        return told.rows("item", "show", "P-1/2")[0][name]

    told("undo")
    assert now() == first
    told("undo", str(told.rows("log", "--limit", "1")[0]["batch"]))
    assert now() == second
    told("item", "set", "P-1/2", f"--{name}", "")
    assert now() is None
    assert told("check").exit_code == 0


def test_people_are_listed_with_their_lines_and_promises(small):
    small("item", "add", "P-1/2", "--status", "behind", "--on", "2020-01-10",
          "--responsible", "市水务局", "--person", "王局长、李工", "--phone", "12345")  # fmt: skip
    small("item", "add", "P-1/3", "--status", "on_schedule", "--on", "2020-01-10",
          "--responsible", "市住建局", "--person", "王局长",
          "--deadline", "2020-12-31")  # fmt: skip
    for ref, promised in (("P-1/2", "2020-02-10"), ("P-1/3", "2020-02-12")):
        small("item", "set", ref, "--next-on", promised, "--on", "2020-02-01")
    small("item", "step", "add", "P-1/3", "--text", "招标", "--on", "2020-01-11")
    small("item", "step", "done", "P-1/3", "1", "--on", "2020-02-12")
    small("item", "set", "P-1/3", "--next-on", "2020-03-20", "--on", "2020-02-20")
    small("item", "set", "P-1/3", "--next-on", "2020-04-20", "--on", "2020-02-25")

    def told(by: str, day: str) -> list[tuple]:
        rows = small.rows("people", "--by", by, "--as-of", day)
        names = ("person", "people_unit", "people_open", "people_behind", "people_queue",
                 "people_kept", "people_broken")  # fmt: skip
        return [tuple(row[name] for name in names) for row in rows if row["person"]]

    assert told("person", "2020-03-01") == [
        ("王局长", "市水务局, 市住建局", 2, 1, 1, 1, 1), ("李工", "市水务局", 1, 1, 1, 0, 1),
    ]  # fmt: skip
    assert sorted(told("unit", "2020-02-10")) == [
        ("李工", "市水务局", 1, 1, 1, 0, 0), ("王局长", "市住建局", 1, 0, 0, 0, 0),
        ("王局长", "市水务局", 1, 1, 1, 0, 0),
    ]  # fmt: skip
