"""Maps, weeks and lines of time: right figures, every place, no colour alone, nothing loaded."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from rich.color import ColorSystem

from rectify_tui.cli.main import cli
from rectify_tui.domain.status import Group
from rectify_tui.domain.text import width
from rectify_tui.i18n import Language
from rectify_tui.reports.pictures.drawing import LOOKS, Piece, colours_of, text_of
from rectify_tui.reports.pictures.drawn_weeks import BurnUp, Expected, Stack, Words
from rectify_tui.reports.pictures.figure import BOUNDS, Figure, Level, level_words
from rectify_tui.reports.pictures.map_lines import Style, legend, map_lines
from rectify_tui.reports.pictures.places import parts_of
from rectify_tui.reports.pictures.steps import read_item_line
from rectify_tui.reports.pictures.steps_lines import item_lines
from rectify_tui.reports.pictures.tables import burn_up_table
from rectify_tui.reports.pictures.tile_map import PROVINCES, TileMap, read_map
from rectify_tui.reports.pictures.weeks import read_burn_up, read_heat
from rectify_tui.reports.pictures.weeks_lines import burn_up_lines, heat_lines
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.references import item_ids
from rectify_tui.store.regions import one_region
from rectify_tui.store.rollup_read import By, RollupQuery, read_rollup, read_rollups
from rectify_tui.tui.widgets.picture import styled

DAY = date(2020, 1, 3)
ZH = Language("zh")


def drawn(ledger: Ledger, figure: Figure, under: str | None = None, t: Language = ZH) -> TileMap:
    connection = ledger.reader()
    id = one_region(connection, under).id if under else None
    query = RollupQuery(DAY, parts_of(connection, id), None, id)
    return read_map(connection, query, figure, t)


def test_every_province_has_its_place_and_taiwan_hong_kong_and_macao_are_always_there(seeded):
    found = drawn(seeded, Figure.COMPLETION)
    places = {(tile.row, column) for tile in found.tiles
              for column in range(tile.column, tile.column + tile.span)}  # fmt: skip
    assert len(places) == sum(tile.span for tile in found.tiles)
    assert len(PROVINCES) == 34
    assert {"台湾", "香港", "澳门"} <= {tile.short for tile in found.tiles}
    rollup = read_rollup(seeded.reader(), RollupQuery(DAY, By.PROVINCE))
    rates = {row.id: row.tally.completion_rate for row in rollup.rows}
    assert {t.id: t.value.number for t in found.tiles if t.line} == rates
    own = next(tile for tile in found.tiles if tile.line and tile.line.own)
    assert own.row == max(row for row, _, _ in PROVINCES.values())
    ranked = [row.tally for row in rollup.rows if not row.own]
    done = sum(each.groups["completed"] for each in ranked)
    assert found.average == done / sum(each.total for each in ranked)


def test_a_map_is_drawn_alike_with_and_without_colours_and_in_ascii(seeded):
    found = drawn(seeded, Figure.COMPLETION)
    for cells in (80, 120):
        plain = text_of(map_lines(found, Style(cells)))
        assert max(map(width, plain.splitlines())) <= cells
        for colours in ("16", "256", "true"):
            painted = text_of(map_lines(found, Style(cells)), colours=colours)
            bare = re.sub("\x1b\\[[0-9;]*m", "", painted)
            assert [line.rstrip() for line in bare.splitlines()] == plain.splitlines()
            assert painted != plain
    ascii = text_of([*map_lines(found, Style(80, ascii=True)), *legend(found, ZH, Style(80, True))])
    assert not re.search("[✓‼›⣿░▸]", ascii)
    shanxi = next(tile for tile in found.tiles if tile.short == "山西")
    assert shanxi.value.number is not None
    assert f"{shanxi.value.number:.1%}" in plain


@pytest.mark.parametrize("cells", [60, 70, 80, 100])
def test_names_that_are_cut_are_told_apart(seeded, cells):
    found = drawn(seeded, Figure.COMPLETION, t=Language("en"))
    names = text_of(map_lines(found, Style(cells))).split()
    cut = [name for name in names if "…" in name]
    assert len(set(cut)) == len(cut) > 0


def test_no_tone_shares_its_sign_or_its_look_with_another_of_its_picture():
    for tones in (list(Level), [tone for tone in LOOKS if not isinstance(tone, Level)]):
        for looks in (
            [LOOKS[tone].signs[0] for tone in tones], [LOOKS[tone].signs[1] for tone in tones],
        ):  # fmt: skip
            assert len(set(looks)) == len(tones)
    for colours in ("of_16", "of_256", "ground"):
        assert len({getattr(LOOKS[level], colours) for level in Level}) == len(Level)
    assert text_of([[Piece("x", Level.WORST)]], bold=True) == "\x1b[1mx\x1b[0m"
    screens = [styled([[Piece("x", level)]], "16").spans[0].style for level in Level]
    few = {style.bgcolor.downgrade(ColorSystem.STANDARD).number for style in screens}
    assert few == {1, 3, 7, 6, 4}  # as the command draws them, and none of them twice


@pytest.mark.parametrize(
    ("environment", "colours"),
    [
        ({"TERM": "xterm", "NO_COLOR": "1"}, "none"), ({"TERM": "dumb"}, "none"),
        ({"TERM": "xterm"}, "16"), ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "true"), ({}, "none"),
    ],
)  # fmt: skip
def test_colours_are_those_of_the_terminal(environment, colours):
    assert colours_of(environment) == colours


def test_levels_reach_from_bound_to_bound_in_words():
    for figure in Figure:
        assert len({level_words(figure, level, ZH) for level in Level}) == len(Level)
        assert list(BOUNDS[figure]) == sorted(BOUNDS[figure])


def test_weeks_places_and_items_have_the_figures_of_the_ledger(seeded):
    connection = seeded.reader()
    query = RollupQuery(DAY)
    found = read_burn_up(connection, query, 8, seeded.today(), ZH, "")
    groups = {stack.group: stack.counts[-1] for stack in found.stacks}
    kept = read_rollup(connection, query).sum.groups
    assert groups == {group: n for group, n in kept.items() if n}
    lines = text_of(burn_up_lines(found, Style()))
    assert "✗" in lines
    assert max(map(width, lines.splitlines())) <= 80
    heat = read_heat(connection, RollupQuery(DAY, By.PROVINCE), Figure.BEHIND, 8, ZH, "")
    rows = read_rollup(connection, RollupQuery(DAY, By.PROVINCE)).rows
    newest = [strip.values[-1].number for strip in heat.strips]
    assert newest == [row.tally.groups["behind"] for row in rows]
    assert max(map(width, text_of(heat_lines(heat, Style())).splitlines())) <= 80
    id = item_ids(connection, ["HLJ-2018/12"])[0]
    line = read_item_line(connection, id, DAY, ZH)
    assert line.spans[-1].end == DAY
    text = text_of(item_lines(line, ZH, Style()))
    assert "上报状态" in text
    assert max(map(width, text.splitlines())) <= 80


def test_weeks_are_read_one_from_another_as_each_by_itself(seeded):
    connection = seeded.reader()
    days = [DAY - timedelta(days=n) for n in (400, 30, 3, 0)]
    for query in (
        RollupQuery(DAY), RollupQuery(DAY, By.CITY, None, one_region(connection, "黑龙江").id),
        RollupQuery(DAY, By.PROVINCE, known_on=DAY - timedelta(days=2)), RollupQuery(DAY, By.UNIT),
    ):  # fmt: skip
        each = [read_rollup(connection, query._replace(as_of=day)) for day in days]
        assert read_rollups(connection, query, days) == each


def test_a_burn_up_goes_straight_on_between_the_days_that_are_expected():
    first, month = date(2020, 1, 3), timedelta(weeks=4)
    expected = Expected(first, 4, 4, 4), Expected(first + month, 4, 6, 8)
    done, behind = Stack(Group.COMPLETED, "c", (2, 4)), Stack(Group.BEHIND, "b", (8, 6))
    due = first + 2 * month
    found = BurnUp(
        "t", (first - month / 4, first), (done, behind), expected, due, Words("x", "y", "z")
    )
    assert found.expected_on(first + month / 2) == Expected(first + month / 2, 4, 5, 6)
    assert found.expected_on(due) == Expected(due, 4, 6, 8)
    assert found.coming_weeks[-1] == found.last == due
    drawn = text_of(burn_up_lines(found, Style())).splitlines()
    assert any("▸" in line for line in drawn)
    assert sum(line.endswith("⢸") for line in drawn) == 8  # where the band is not
    told = burn_up_table(found, ZH)
    assert [(row["week"], row.get("behind"), row.get("high")) for row in told.rows] == [
        (first - month / 4, 8, None), (first, 6, None), (first + month, None, 8),
    ]  # fmt: skip
    all_done = replace(found, stacks=(Stack(Group.COMPLETED, "c", (10, 10)),), expected=())
    assert all_done.edges == (0, 10)
    assert replace(found, stacks=(done._replace(counts=(0, 0)),)).edges == (0, 1)
    without = replace(found, expected=(), deadline=None)
    assert without.last == first
    assert without.expected_on(due) is None


def test_commands_draw_write_and_refuse(seed_store, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(cli, ["--db", str(seed_store), "--lang", "zh", *words])
        assert result.exit_code == code, result.output
        return result.output

    day = ("--as-of", "2020-01-03")
    assert "黑龙江" in run("map", *day)
    assert "‼" not in run("--ascii", "map", *day)
    rows = json.loads(run("map", *day, "--format", "json", "--figure", "滞后"))
    assert {row["key"] for row in rows} > {"230000", "140000"}
    assert "历周进度" in run("trend", *day, "--programme", "HLJ-2018")
    for n, words in enumerate(
        (["map"], ["trend"], ["trend", "--by", "省"], ["trend", "HLJ-2018/3"])
    ):
        run(*words, *day, "-o", f"{n}.html")
        page = (tmp_path / f"{n}.html").read_text("utf-8")
        assert "<svg" in page
        assert "<script" not in page
        links = page.replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not re.search(r"https?:|url\(|src=|href=", links)
    assert "后缀" in run("map", "-o", "x.png", code=2)
    assert "--by" in run("trend", "--figure", "behind", code=2)
    assert "其余选项" in run("trend", "HLJ-2018/3", "--under", "黑龙江", code=2)
    assert "只写一项" in run("trend", "HLJ-2018/3-4", code=2)
    assert "没有可画" in run("trend", "--as-of", "1999-01-01", code=1)
