"""Figures: beside published ones, as known on an earlier day, over weeks, and to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from rich.text import Text

from rectify_tui.domain.forecast import WEEKS
from rectify_tui.domain.wrapping import wrapped
from rectify_tui.reports import forecast as forecasts
from rectify_tui.reports.forecast.svg import svg_chart
from rectify_tui.reports.pictures.figure import Figure
from rectify_tui.reports.pictures.map_lines import Style
from rectify_tui.reports.pictures.tables import burn_up_table, heat_table
from rectify_tui.reports.pictures.weeks import read_burn_up, read_heat
from rectify_tui.reports.pictures.weeks_lines import burn_up_lines, heat_lines
from rectify_tui.reports.pictures.weeks_svg import burn_up_svg, heat_svg
from rectify_tui.reports.published import comparison
from rectify_tui.reports.reconcile.books import Books
from rectify_tui.reports.rollup import rollup_table
from rectify_tui.store.figures import published_figures
from rectify_tui.store.rollup_read import By, read_rollup
from rectify_tui.store.scope import Scope
from rectify_tui.tui.tables.model import Asked, Shown, TablePage
from rectify_tui.tui.widgets.picture import styled

_WEEK = timedelta(weeks=1)
_TREND_WEEKS, _HEAT_WEEKS = 52, 13
SVG = ".svg"


def _published(asked: Asked) -> Shown:
    """Published figures beside the ledger's as of their day."""
    connection = asked.connection
    figures = published_figures(connection, programme_id=asked.programme_id)
    table, _ = comparison(figures, Books(connection), asked.t)
    return Shown(table)


def _known_on(asked: Asked) -> Shown:
    """The figures of the day that is shown, as they were known on another."""
    known = date.fromisoformat(asked.given) if asked.given else asked.day - _WEEK
    figures = read_rollup(asked.connection, asked.query(By(asked.kind), known))
    scope = [asked.programme] if asked.programme else []
    return Shown(rollup_table(figures, asked.t, layout="short", scope=scope))


def _trend(asked: Asked) -> Shown:
    """The weeks behind, all together or place by place."""
    t, connection, scope = asked.t, asked.connection, asked.programme or ""
    style = Style(asked.cells, asked.session.ascii)
    if asked.kind == "all":
        query = asked.query(By.PROGRAMME)
        found = read_burn_up(connection, query, _TREND_WEEKS, asked.session.today, t, scope)
        picture = styled(burn_up_lines(found, style))
        files = {SVG: lambda: burn_up_svg(found).encode()}
        return Shown(burn_up_table(found, t), (picture,), files=files)
    query = asked.query(By(asked.kind))
    heat = read_heat(connection, query, Figure.COMPLETION, _HEAT_WEEKS, t, scope)
    files = {SVG: lambda: heat_svg(heat).encode()}
    table = heat_table(heat)
    first, *weeks = table.columns  # the newest stay where there is no room for all
    table = replace(table, columns=(first, *reversed(weeks)))
    return Shown(table, (styled(heat_lines(heat, style)),), files=files)


def _forecast(asked: Asked) -> Shown:
    """When all will be done, with the chart; or how earlier forecasts came out."""
    t, session = asked.t, asked.session
    wanted = forecasts.Asked(session.today, Scope(asked.programme_id), session.as_of, None, WEEKS)
    if asked.kind == "backtest":
        return Shown(forecasts.backtest_table(forecasts.check_back(asked.connection, wanted), t))
    found = forecasts.forecast(asked.connection, wanted)
    table = forecasts.forecast_table(found, t)
    said = Text(wrapped(forecasts.sentence(found, t), asked.cells))
    if not found.basis.left:
        return Shown(table, (said,))
    chart = forecasts.text_chart(found, t, cells=asked.cells, ascii=session.ascii)
    said.append("\n\n").append(chart)
    files = {SVG: lambda: svg_chart(found, t, table.title).encode()}
    return Shown(table, (said,), files=files)


PAGES = (
    TablePage("published", _published, keep=("what", "as_of", "value", "ledger", "verdict")),
    TablePage("forecast", _forecast, kinds=("ahead", "backtest")),
    TablePage("trend", _trend, kinds=("all", By.CITY.value, By.PROVINCE.value)),
    TablePage(
        "known_on", _known_on, asks="day",
        kinds=(By.PROGRAMME.value, By.PROVINCE.value, By.CITY.value, By.UNIT.value),
    ),
)  # fmt: skip
