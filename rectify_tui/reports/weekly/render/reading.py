"""A report read back from its plain data, every member checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar, get_args

from rectify_tui.errors import Problem
from rectify_tui.i18n import LANGUAGES
from rectify_tui.reports.pictures.drawn_map import DrawnMap, DrawnTile
from rectify_tui.reports.pictures.figure import Level
from rectify_tui.reports.pictures.tile_map import ACROSS
from rectify_tui.reports.table import Column, Kind, Labelled, Table
from rectify_tui.reports.weekly.model import (
    Anchor,
    Chart,
    Period,
    PeriodKind,
    Point,
    Report,
    Section,
    Series,
)

SCHEMA = "rectify-weekly/1"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_KINDS: Mapping[object, Kind] = {kind: kind for kind in get_args(Kind)}
_LEVELS: Mapping[object, Level] = {level.value: level for level in Level}
_T = TypeVar("_T")
_D = TypeVar("_D")


def from_data(data: object) -> Report:
    """The report that `as_data` turned into data.

    Raises `Problem` that names the first place that is not as the schema demands.
    """
    root = _Node(data, "$")
    root.at("schema").one_of({SCHEMA: SCHEMA})
    period, chart = root.at("period"), root.at("chart")
    return Report(
        language=root.at("language").one_of(dict(zip(LANGUAGES, LANGUAGES, strict=True))),
        title=root.at("title").text(),
        period=Period(
            period.at("kind").one_of({kind.value: kind for kind in PeriodKind}),
            period.at("first").day(),
            period.at("cutoff").day(),
        ),
        period_name=period.at("name").text(),
        office=root.at("office").text(),
        paragraphs=root.at("paragraphs").all(_Node.text),
        sections=root.at("sections").all(_section),
        chart=None if chart.value is None else _chart(chart),
        notes=root.at("notes").all(_Node.text),
        digest=None if root.at("digest").value is None else root.at("digest").text(),
        points=root.maybe("points", lambda node: node.all(_point), ()),
        history=root.maybe("history", _anchor, None),
        withdrawn=root.maybe("withdrawn", _Node.text, None),
        map=root.maybe("map", _map, None),
    )


class _Node:
    """A piece of data with its place."""

    def __init__(self, value: object, where: str) -> None:
        self.value = value
        self.where = where

    def wrong(self) -> Problem:
        return Problem("render.not_a_report", where=self.where, schema=SCHEMA)

    def at(self, key: str) -> _Node:
        members = self.members()
        if key not in members:
            raise _Node(None, f"{self.where}.{key}").wrong()
        return members[key]

    def members(self) -> dict[str, _Node]:
        if not isinstance(self.value, Mapping):
            raise self.wrong()
        return {key: _Node(one, f"{self.where}.{key}") for key, one in self.value.items()}

    def maybe(self, key: str, read: Callable[[_Node], _T], otherwise: _D) -> _T | _D:
        """A member that need not be there."""
        members = self.members()
        return read(members[key]) if key in members else otherwise

    def all(self, read: Callable[[_Node], _T]) -> tuple[_T, ...]:
        if not isinstance(self.value, list):
            raise self.wrong()
        return tuple(read(_Node(one, f"{self.where}[{n}]")) for n, one in enumerate(self.value))

    def text(self) -> str:
        if not isinstance(self.value, str):
            raise self.wrong()
        return self.value

    def number(self) -> float:
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float)):
            raise self.wrong()
        return float(self.value)

    def yes(self) -> bool:
        if self.value is not True:
            raise self.wrong()
        return True

    def count(self) -> int:
        if isinstance(self.value, bool) or not isinstance(self.value, int) or self.value < 0:
            raise self.wrong()
        return self.value

    def one_of(self, choices: Mapping[object, _T] | Mapping[str, _T]) -> _T:
        for word, choice in choices.items():
            if self.value == word:
                return choice
        raise self.wrong()

    def day(self) -> date:
        day = _as_day(self.text())
        if day is None:
            raise self.wrong()
        return day


def _as_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _section(node: _Node) -> Section:
    columns = node.at("columns").all(_column)
    days = {column.key for column in columns if column.kind == "date"}
    table = Table(
        node.at("title").text(),
        columns,
        node.at("rows").all(lambda row: _row(row, days)),
        node.at("notes").all(_Node.text),
    )
    return Section(
        node.at("key").text(), node.at("heading").text(), table,
        node.maybe("front", _Node.yes, False),
        node.maybe("most", _Node.count, None),
    )  # fmt: skip


def _point(node: _Node) -> Point:
    return Point(
        node.at("key").text(), node.at("heading").text(), node.at("n").count(),
        node.at("lines").all(_Node.text),
    )  # fmt: skip


def _map(node: _Node) -> DrawnMap:
    levels = node.at("levels").all(_Node.text)
    if len(levels) != len(Level):
        raise node.at("levels").wrong()
    return DrawnMap(
        node.at("title").text(), node.at("measure").text(), levels, node.at("tiles").all(_tile)
    )


def _tile(node: _Node) -> DrawnTile:
    level, column = node.at("level"), node.at("column").count()
    span = node.at("span").count()
    if not 1 <= span <= ACROSS - column:
        raise node.at("span").wrong()
    return DrawnTile(
        node.at("name").text(), node.at("short").text(), node.at("row").count(), column, span,
        node.at("figure").text(),
        None if level.value is None else level.one_of(_LEVELS),
    )  # fmt: skip


def _anchor(node: _Node) -> Anchor:
    return Anchor(node.at("seq").count(), node.at("hash").text())


def _column(node: _Node) -> Column:
    return Column(node.at("key").text(), node.at("title").text(), node.at("kind").one_of(_KINDS))


def _row(node: _Node, days: set[str]) -> dict[str, object]:
    row = {}
    for key, member in node.members().items():
        value = _value(member)
        if key in days and isinstance(value, str):
            value = _as_day(value) or value
        row[key] = value
    return row


def _value(node: _Node) -> object:
    if isinstance(node.value, list):
        return node.all(_value)
    if isinstance(node.value, Mapping):
        if set(node.value) != {"value", "label"}:
            raise node.wrong()
        return Labelled(_value(node.at("value")), node.at("label").text())
    if node.value is None or isinstance(node.value, (bool, int, float, str)):
        return node.value
    raise node.wrong()


def _chart(node: _Node) -> Chart:
    categories = node.at("categories").all(_Node.text)
    series = node.at("series").all(_series)
    if any(len(one.values) != len(categories) for one in series):
        raise node.at("series").wrong()
    return Chart(node.at("title").text(), categories, series)


def _series(node: _Node) -> Series:
    return Series(
        node.at("key").text(), node.at("name").text(), node.at("values").all(_Node.number)
    )
