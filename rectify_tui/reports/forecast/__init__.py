"""The forecast as people get it: a sentence, a table with its assumptions, and a burn-up chart.

The chart as a drawing stands in `svg`, which only those load who want one.
"""

from __future__ import annotations

from rectify_tui.reports.forecast.build import Asked, Backtest, Forecast, check_back, forecast
from rectify_tui.reports.forecast.chart import text_chart
from rectify_tui.reports.forecast.sentence import sentence
from rectify_tui.reports.forecast.tables import backtest_table, forecast_table

__all__ = [
    "Asked",
    "Backtest",
    "Forecast",
    "backtest_table",
    "check_back",
    "forecast",
    "forecast_table",
    "sentence",
    "text_chart",
]
