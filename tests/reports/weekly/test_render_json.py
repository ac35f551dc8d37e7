"""The JSON of a report: its schema, its digest, and the way back."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_report import bare, hostile, weekly

from rectify_tui.domain.status import Group, Status
from rectify_tui.errors import Problem
from rectify_tui.reports import weekly as package
from rectify_tui.reports.pictures.drawn_map import DrawnMap, DrawnTile
from rectify_tui.reports.pictures.drawn_weeks import BurnUp, Expected, Heat, Stack, Strip, Words
from rectify_tui.reports.pictures.figure import Level, Value
from rectify_tui.reports.table import Column, Labelled, Table
from rectify_tui.reports.weekly.model import (
    Chart,
    Period,
    PeriodKind,
    Report,
    Section,
    Series,
)
from rectify_tui.reports.weekly.render import FORMATS, digest, from_json, render
from rectify_tui.reports.weekly.render.json import as_data
from rectify_tui.reports.writing.json import escaped

SCHEMA = json.loads(Path(package.__file__).with_name("schema.json").read_text("utf-8"))
TYPES = {
    "null": lambda one: one is None,
    "boolean": lambda one: isinstance(one, bool),
    "number": lambda one: isinstance(one, (int, float)) and not isinstance(one, bool),
    "integer": lambda one: isinstance(one, int) and not isinstance(one, bool),
    "string": lambda one: isinstance(one, str),
    "array": lambda one: isinstance(one, list),
    "object": lambda one: isinstance(one, dict),
}
KNOWN = {
    "$schema", "title", "description", "$defs", "type", "const", "enum", "pattern", "required",
    "additionalProperties", "properties", "items", "anyOf", "$ref",
}  # fmt: skip


def fits(value, schema) -> bool:
    """Whether a value is as the schema says, which uses no keyword but these."""
    assert set(schema) <= KNOWN
    if "$ref" in schema:
        return fits(value, SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")])
    types = schema.get("type", [])
    named = [types] if isinstance(types, str) else types
    return all(
        (
            not named or any(TYPES[name](value) for name in named),
            value == schema.get("const", value),
            value in schema.get("enum", [value]),
            "pattern" not in schema or bool(re.search(schema["pattern"], value)),
            "anyOf" not in schema or any(fits(value, one) for one in schema["anyOf"]),
            not isinstance(value, list) or all(fits(one, schema.get("items", {})) for one in value),
            not isinstance(value, dict) or members_fit(value, schema),
        )
    )


def members_fit(value, schema) -> bool:
    properties, further = schema.get("properties", {}), schema.get("additionalProperties", {})
    return set(schema.get("required", ())) <= set(value) and all(
        fits(one, properties[key])
        if key in properties
        else further is not False and fits(one, further)
        for key, one in value.items()
    )


TEXTS = st.text(max_size=12)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    PLAIN | TEXTS,
    lambda inner: st.builds(Labelled, inner, TEXTS) | st.lists(inner, max_size=3).map(tuple),
    max_leaves=4,
)
KINDS = st.sampled_from(["text", "count", "percent", "date", "points"])
COLUMNS = st.lists(
    st.builds(Column, TEXTS, TEXTS, KINDS), max_size=4, unique_by=lambda one: one.key
).map(tuple)


@st.composite
def tables(draw):
    columns = draw(COLUMNS)
    keys = st.sampled_from([one.key for one in columns]) if columns else TEXTS
    days = {one.key for one in columns if one.kind == "date"}
    rows = []
    for row in draw(st.lists(st.dictionaries(keys | TEXTS, VALUES, max_size=4), max_size=3)):
        rows.append(row | {key: draw(DAYS) for key in days & set(row)})
    return Table(draw(TEXTS), columns, tuple(rows), draw(st.lists(TEXTS, max_size=2).map(tuple)))


@st.composite
def charts(draw):
    names = draw(st.lists(TEXTS, max_size=3).map(tuple))
    floats = st.floats(-1e15, 1e15)
    values = st.lists(floats, min_size=len(names), max_size=len(names)).map(tuple)
    series = draw(st.lists(st.builds(Series, TEXTS, TEXTS, values), max_size=3).map(tuple))
    return Chart(draw(TEXTS), names, series)


LEVELS = st.none() | st.sampled_from(Level)
NAMES = st.lists(TEXTS, min_size=len(Level), max_size=len(Level)).map(tuple)
COUNTS = st.integers(0, 10**6)
WEEKS = st.lists(
    st.dates(date(2000, 1, 1), date(2030, 1, 1)), min_size=1, max_size=3, unique=True
).map(lambda weeks: tuple(sorted(weeks)))  # fmt: skip
TILES = st.builds(
    DrawnTile, TEXTS, TEXTS, st.integers(0, 9), st.integers(0, 4), st.integers(1, 4), TEXTS, LEVELS
)


@st.composite
def burn_ups(draw):
    weeks = draw(WEEKS)
    counts = st.lists(COUNTS, min_size=len(weeks), max_size=len(weeks)).map(tuple)
    stacks = draw(st.lists(st.builds(Stack, st.sampled_from(Group), TEXTS, counts), min_size=1,
                           max_size=3).map(tuple))  # fmt: skip
    near = weeks[-1] + timedelta(weeks=draw(st.integers(1, 99)))
    expected = draw(st.lists(st.builds(Expected, st.just(near), COUNTS, COUNTS, COUNTS),
                             max_size=1).map(tuple))  # fmt: skip
    words = draw(st.builds(Words, TEXTS, TEXTS, TEXTS))
    deadline = draw(st.none() | st.just(near))
    return BurnUp(draw(TEXTS), weeks, stacks, expected, deadline, words, draw(TEXTS))


@st.composite
def heats(draw):
    weeks = draw(WEEKS)
    values = st.builds(Value, st.none() | st.floats(-1, 1) | COUNTS, LEVELS)
    rows = st.lists(values, min_size=len(weeks), max_size=len(weeks)).map(tuple)
    strips = draw(st.lists(st.builds(Strip, TEXTS, TEXTS, rows), min_size=1, max_size=3).map(tuple))
    kind = draw(st.sampled_from(["count", "percent", "points"]))
    return Heat(draw(TEXTS), draw(TEXTS), kind, draw(TEXTS), draw(NAMES), weeks, strips)


MAPS = st.builds(DrawnMap, TEXTS, TEXTS, NAMES, st.lists(TILES, max_size=3).map(tuple))
PICTURES = st.lists(
    MAPS | burn_ups() | heats(), max_size=3, unique_by=lambda one: one.key
).map(tuple)  # fmt: skip
LINES = st.lists(TEXTS, max_size=3).map(tuple)
SECTIONS = st.builds(
    Section, TEXTS, TEXTS, tables(), most=st.none() | st.integers(1, 30), front=st.booleans()
)
REPORTS = st.builds(
    Report, st.sampled_from(["zh", "en"]), TEXTS,
    st.builds(Period, st.sampled_from(PeriodKind), DAYS, DAYS), TEXTS, TEXTS, LINES,
    st.lists(SECTIONS, max_size=3).map(tuple),
    st.none() | charts(), LINES, st.none() | TEXTS, points=st.just(()), history=st.none(),
    withdrawn=st.none(), pictures=PICTURES,
)  # fmt: skip


def at_once(report: Report) -> str:
    """The report as the library writes it, with what cannot be seen as escapes."""
    written = json.dumps(as_data(report), ensure_ascii=False, indent=2)
    return escaped(written) + "\n"


@given(REPORTS)
def test_what_is_written_is_read_back(report):
    written = render(report, "json")
    assert written.decode() == at_once(report)
    again = from_json(written)
    assert again == report
    assert render(again, "json") == written
    assert digest(again) == digest(report)
    assert fits(json.loads(written), SCHEMA)


@settings(max_examples=40)
@given(REPORTS)
def test_every_text_format_takes_every_report(report):
    for format_ in ("table", "md", "csv", "html"):
        again = from_json(render(report, "json"))
        assert render(again, format_) == render(report, format_)


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("report", [weekly(), weekly("en"), hostile(), bare()])
def test_a_kept_report_is_rendered_to_the_same_bytes(report, format_):
    kept = render(report, "json").decode()
    assert render(from_json(kept), format_) == render(report, format_)


@pytest.mark.parametrize("report", [weekly(), weekly("en"), hostile(), bare()])
def test_samples_are_as_the_schema_says(report):
    assert fits(json.loads(render(report, "json")), SCHEMA)


@pytest.mark.parametrize(
    "wrong",
    [
        {"schema": "rectify-weekly/2"}, {"language": "fr"}, {"title": 1}, {"notes": None},
        {"period": {}}, {"sections": [{}]}, {"extra": 1}, {"digest": 5},
    ],
)  # fmt: skip
def test_the_schema_refuses(wrong):
    assert not fits(json.loads(render(weekly(), "json")) | wrong, SCHEMA)


def test_the_digest_can_be_checked_by_anybody():
    report = weekly()
    data = json.loads(render(report, "json"))
    assert data.pop("digest") == report.digest
    canonical = json.dumps(data, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(canonical.encode()).hexdigest() == report.digest == digest(report)


def test_the_digest_tells_any_change():
    report = weekly()
    first = report.sections[0]
    rows = list(first.table.rows)
    rows[0] = rows[0] | {"completed": 3}
    other = first._replace(table=replace(first.table, rows=rows))
    changed = [
        report._replace(sections=(other, *report.sections[1:])),
        report._replace(sections=report.sections[1:]),
        report._replace(title="x"),
        report._replace(chart=None),
        report._replace(period_name=""),
    ]
    assert len({digest(one) for one in [report, *changed]}) == 6
    assert digest(report._replace(digest=None)) == digest(report)


def test_the_order_of_a_rows_keys_changes_nothing():
    report = weekly()
    turned = [dict(reversed(row.items())) for row in report.sections[0].table.rows]
    first = report.sections[0]
    other = first._replace(table=replace(first.table, rows=turned))
    again = report._replace(sections=(other, *report.sections[1:]))
    assert render(again, "json") == render(report, "json")


@pytest.mark.parametrize(
    ("value", "kind", "kept"),
    [
        (Labelled(Status.BEHIND, "滞后"), "text", {"value": "behind", "label": "滞后"}),
        (Status.BEHIND, "text", "behind"),
        (date(2019, 12, 31), "date", "2019-12-31"),
        (datetime(2019, 12, 31, 8, 5, 9, 123), "text", "2019-12-31 08:05:09"),
        (float("nan"), "percent", None),
        (float("inf"), "count", None),
        (Decimal("0.5"), "percent", 0.5),
        (Fraction(1, 3), "percent", 1 / 3),
        (24 / 56, "percent", 24 / 56),
        (True, "text", True),
        (["水", "大气"], "text", ["水", "大气"]),
        (UUID(int=1), "text", "00000000-0000-0000-0000-000000000001"),
    ],
)
def test_values(value, kind, kept):
    table = Table("", (Column("a", "a", kind),), [{"a": value}])
    report = bare()._replace(sections=(Section("s", "s", table),))
    assert json.loads(render(report, "json"))["sections"][0]["rows"] == [{"a": kept}]


def test_a_value_that_no_report_holds():
    table = Table("", (), [{"a": object()}])
    with pytest.raises(TypeError):
        render(bare()._replace(sections=(Section("s", "s", table),)), "json")


def test_rows_may_be_a_generator():
    table = Table("", (Column("a", "a"),), ({"a": str(n)} for n in range(3)))
    text = render(bare()._replace(sections=(Section("s", "s", table),)), "html").decode()
    assert text.count("<tr>") == 4


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (["schema"], "rectify-weekly/2", "$.schema"),
        (["language"], "fr", "$.language"),
        (["language"], [], "$.language"),
        (["title"], None, "$.title"),
        (["period", "kind"], "day", "$.period.kind"),
        (["period", "cutoff"], "20191231", "$.period.cutoff"),
        (["period", "cutoff"], "2019-02-30", "$.period.cutoff"),
        (["period", "first"], None, "$.period.first"),
        (["paragraphs"], "x", "$.paragraphs"),
        (["paragraphs", 1], 5, "$.paragraphs[1]"),
        (["sections", 0], [], "$.sections[0]"),
        (["sections", 0, "columns", 1, "kind"], "number", "$.sections[0].columns[1].kind"),
        (["sections", 0, "rows", 2], [], "$.sections[0].rows[2]"),
        (["sections", 0, "rows", 2, "name"], {"value": 1}, "$.sections[0].rows[2].name"),
        (["chart", "series", 0, "values", 0], "1", "$.chart.series[0].values[0]"),
        (["chart", "series", 0, "values", 0], True, "$.chart.series[0].values[0]"),
        (["chart", "series", 0, "values"], [1], "$.chart.series"),
        (["digest"], 1, "$.digest"),
    ],
)
def test_what_is_no_report_is_refused_with_its_place(path, value, where):
    data = json.loads(render(weekly(), "json"))
    at = data
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    with pytest.raises(Problem) as caught:
        from_json(json.dumps(data))
    assert (caught.value.key, caught.value.params["where"]) == ("render.not_a_report", where)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", "[" * 100_000, b"\xff\xfe\x00"])
def test_what_is_no_json_is_refused(text):
    with pytest.raises(Problem) as caught:
        from_json(text)
    assert caught.value.key == "render.not_a_report"


@pytest.mark.parametrize("key", ["title", "sections", "digest", "chart", "period"])
def test_a_missing_member_is_named(key):
    data = json.loads(render(weekly(), "json"))
    del data[key]
    with pytest.raises(Problem) as caught:
        from_json(json.dumps(data))
    assert caught.value.params["where"] == f"$.{key}"
