"""What cases come to, what responsible units have left of their points, and their cards."""

from __future__ import annotations

from rectify_tui.domain.filter_text import replace_term
from rectify_tui.paths import config_folder
from rectify_tui.reports.case_stats import (
    StatsBy,
    StatsColumns,
    case_stats_table,
    read_case_stats,
)
from rectify_tui.reports.points.giving import due_cards
from rectify_tui.reports.points.settings import FILE, PointSettings, read_point_settings
from rectify_tui.reports.points.tables import (
    all_events_table,
    card_table,
    points_table,
    suggested_table,
)
from rectify_tui.reports.weekly import settings as weekly
from rectify_tui.store.cards import cards
from rectify_tui.store.case_facts import CaseScope
from rectify_tui.store.labels import labels
from rectify_tui.store.points import unit_points
from rectify_tui.store.records import ITEM
from rectify_tui.tui.tables.model import Asked, Goes, Shown, TablePage

_STATS = {
    "region": (StatsBy.REGION, StatsColumns.HANDLING),
    "findings": (StatsBy.REGION, StatsColumns.FINDINGS),
    "types": (StatsBy.REGION, StatsColumns.TYPES),
    "penalties": (StatsBy.REGION, StatsColumns.PENALTIES),
    "type": (StatsBy.TYPE, StatsColumns.HANDLING),
    "batch": (StatsBy.BATCH, StatsColumns.HANDLING),
}
"""What the kinds of the statistics have in lines and columns."""


def _case_stats(asked: Asked) -> Shown:
    """Cases by place, type or batch, by the closure rate of the office."""
    by, columns = _STATS[asked.kind]
    stats = read_case_stats(asked.connection, by, CaseScope(asked.day, asked.programme_id), asked.t)
    closure = weekly.read_settings(config_folder() / weekly.FILE).closure
    scope = [asked.programme] if asked.programme else []
    return Shown(case_stats_table(stats, asked.t, closure, columns, scope))


def _settings() -> PointSettings:
    return read_point_settings(config_folder() / FILE)


def _points(asked: Asked) -> Shown:
    """Units with their points, those that are exempt, or every event."""
    table, units = _settings().table, unit_points(asked.connection, asked.day)
    if asked.kind == "events":
        return Shown(all_events_table(units, table, asked.t, asked.day))
    only_exempt = asked.kind == "exempt"
    found = points_table(units, table, asked.t, asked.day, only_exempt=only_exempt)
    rows = list(found.rows)
    goes = tuple(Goes("items", replace_term("", "responsible", str(row["unit"]))) for row in rows)
    return Shown(found, goes=goes)


def _cards(asked: Asked) -> Shown:
    """Cards that were given, or that are due by rule."""
    connection, t, day = asked.connection, asked.t, asked.day
    if asked.kind == "given":
        found = cards(connection, day)
        goes = [Goes("items", replace_term("", "responsible", card.unit)) for card in found]
        return Shown(card_table(found, t, day), goes=tuple(goes))
    due = due_cards(connection, _settings().cards, day)
    refs = labels(connection, ITEM, {each.item_id for _, _, items in due for each in items})
    goes = [Goes("items", replace_term("", "responsible", unit.name)) for unit, _, _ in due]
    return Shown(suggested_table(due, refs, t, day), goes=tuple(goes))


PAGES = (
    TablePage("case_stats", _case_stats, kinds=tuple(_STATS), keep=("name", "cases")),
    TablePage(
        "points", _points, kinds=("all", "exempt", "events"), keep=("unit", "points", "event"),
        by_programme=False,
    ),
    TablePage(
        "cards", _cards, kinds=("suggested", "given"), keep=("unit", "colour"),
        by_programme=False,
    ),
)  # fmt: skip
