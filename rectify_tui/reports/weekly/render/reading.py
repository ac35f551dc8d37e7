"""A report read back from its plain data, every member checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from rectify_tui.i18n import LANGUAGES
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
from rectify_tui.reports.weekly.render.kept_pictures import read_pictures
from rectify_tui.reports.weekly.render.node import SCHEMA, Node, as_day

_KINDS: Mapping[object, Kind] = {kind: kind for kind in get_args(Kind)}


def from_data(data: object) -> Report:
    """The report that `as_data` turned into data.

    Raises `Problem` that names the first place that is not as the schema demands.
    """
    root = Node(data, "$")
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
        paragraphs=root.at("paragraphs").all(Node.text),
        sections=root.at("sections").all(_section),
        chart=None if chart.value is None else _chart(chart),
        notes=root.at("notes").all(Node.text),
        digest=None if root.at("digest").value is None else root.at("digest").text(),
        points=root.maybe("points", lambda node: node.all(_point), ()),
        history=root.maybe("history", _anchor, None),
        withdrawn=root.maybe("withdrawn", Node.text, None),
        pictures=read_pictures(root),
    )


def _section(node: Node) -> Section:
    columns = node.at("columns").all(_column)
    days = frozenset(column.key for column in columns if column.kind == "date")
    table = Table(
        node.at("title").text(),
        columns,
        node.at("rows").all(lambda row: _row(row, days)),
        node.at("notes").all(Node.text),
    )
    return Section(
        node.at("key").text(), node.at("heading").text(), table,
        node.maybe("front", Node.yes, False),
        node.maybe("most", Node.count, None),
    )  # fmt: skip


def _point(node: Node) -> Point:
    return Point(
        node.at("key").text(), node.at("heading").text(), node.at("n").count(),
        node.at("lines").all(Node.text),
    )  # fmt: skip


def _anchor(node: Node) -> Anchor:
    return Anchor(node.at("seq").count(), node.at("hash").text())


def _column(node: Node) -> Column:
    return Column(node.at("key").text(), node.at("title").text(), node.at("kind").one_of(_KINDS))


def _row(node: Node, days: frozenset[str]) -> dict[str, object]:
    return _with_days({key: _value(member) for key, member in node.members().items()}, days)


def _with_days(row: dict[str, object], days: frozenset[str]) -> dict[str, object]:
    """A row whose columns of days have them as days, where they are any."""
    for key in days & row.keys():
        value = row[key]
        if isinstance(value, str):
            row[key] = as_day(value) or value
    return row


def read_row(row: Mapping[str, object], days: frozenset[str]) -> dict[str, object]:
    """A row from plain data of our own, which need not be looked through for what is wrong."""
    return _with_days({key: _own(value) for key, value in row.items()}, days)


def _own(value: object) -> object:
    if isinstance(value, dict):
        return Labelled(_own(value["value"]), value["label"])
    return tuple(map(_own, value)) if isinstance(value, list) else value


def _value(node: Node) -> object:
    if isinstance(node.value, list):
        return node.all(_value)
    if isinstance(node.value, Mapping):
        if set(node.value) != {"value", "label"}:
            raise node.wrong()
        return Labelled(_value(node.at("value")), node.at("label").text())
    if node.value is None or isinstance(node.value, (bool, int, float, str)):
        return node.value
    raise node.wrong()


def _chart(node: Node) -> Chart:
    categories = node.at("categories").all(Node.text)
    series = node.at("series").all(_series)
    if any(len(one.values) != len(categories) for one in series):
        raise node.at("series").wrong()
    return Chart(node.at("title").text(), categories, series)


def _series(node: Node) -> Series:
    return Series(node.at("key").text(), node.at("name").text(), node.at("values").all(Node.number))
