"""The forecast and its back-test as tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from rectify_tui.domain.backtest import AHEAD, coverage
from rectify_tui.domain.forecast import BLOCK, DRIFT, HIGH, HORIZON, LOW, MIDDLE, SEED, Band
from rectify_tui.domain.period import Period, PeriodKind, holidays_in
from rectify_tui.i18n import Language
from rectify_tui.reports.forecast.build import Backtest, Forecast, Where
from rectify_tui.reports.forecast.scale import band_days
from rectify_tui.reports.forecast.sentence import YEARS, likely
from rectify_tui.reports.formats import Format
from rectify_tui.reports.labels import dated, joined, yes_no
from rectify_tui.reports.table import Column, Table

_LONG = 5
"""Days off that make a long holiday."""
_SHARES = {"finish_low": LOW, "finish_middle": MIDDLE, "finish_high": HIGH}


def forecast_table(forecast: Forecast, t: Language, format: Format = "table") -> Table:
    """Every figure of a forecast, with its assumptions; for JSON one record of raw values."""
    title = _titled(t, "title", forecast.where, forecast.basis.as_of)
    if format == "json":
        return Table(title, (), [_record(forecast)])
    columns = (
        Column("what", t("forecast.column.what")),
        Column("value", t("forecast.column.value")),
    )
    rows = [{"what": what, "value": value} for what, value in _rows(forecast, t)]
    return Table(title, columns, rows, tuple(_notes(forecast, t)))


def _titled(t: Language, key: str, where: Where, as_of: date) -> str:
    scope = [where.programme.code] if where.programme else []
    if where.region:
        scope.append(t.name(where.region.name, where.region.name_en))
    title = t(f"forecast.{key}")
    if scope:
        title = t("report.scope", title=title, scope=joined(t, scope))
    return dated(t, title, as_of)


def _record(forecast: Forecast) -> dict[str, object]:
    basis, outlook, by = forecast.basis, forecast.outlook, forecast.deadline
    where = forecast.where
    return {
        "programme": where.programme.code if where.programme else None,
        "region": where.region.key if where.region else None,
        "as_of": basis.as_of,
        "total": basis.total,
        "completed": basis.completed,
        "left": basis.left,
        "pace": basis.pace,
        **{key: outlook.finish(share) for key, share in _SHARES.items()},
        "unfinished": 1 - outlook.chance(basis.as_of + timedelta(weeks=HORIZON)),
        "by": forecast.by,
        "by_asked": forecast.asked.by is not None,
        "chance": outlook.chance(by) if by else None,
        "needed": basis.needed(by) if by else None,
        "reached": _band(outlook.band(by)) if by else None,
        "check": None if forecast.check is None else {
            "made_on": forecast.check.made_on, **_band(forecast.check.said),
            "came_out": forecast.check.came_out,
        },
        "weekly": basis.weeks,
        "added": basis.added,
        "merged": basis.merged,
        "undated": forecast.undated,
        "runs": len(outlook.finishes),
        "seed": SEED,
        "horizon_weeks": HORIZON,
        "simulated": where.simulated,
        "band": [{"day": day, **_band(outlook.band(day))} for day in band_days(forecast)],
    }  # fmt: skip


def _band(band: Band) -> dict[str, object]:
    return {"low": band.low, "middle": band.middle, "high": band.high}


def _rows(forecast: Forecast, t: Language) -> Iterator[tuple[str, str]]:
    basis, outlook, by = forecast.basis, forecast.outlook, forecast.deadline

    def row(key: str, value: object) -> tuple[str, str]:
        return t(f"forecast.row.{key}", weeks=len(basis.weeks)), str(value)

    yield row("total", basis.total)
    yield row("completed", basis.completed)
    yield row("left", basis.left)
    if not basis.left:
        return
    yield row("pace", f"{basis.pace:.1f}")
    for key, share in _SHARES.items():
        yield row(key, outlook.finish(share) or t("forecast.day.beyond", years=YEARS))
    if forecast.by is not None:
        yield row("by", forecast.by)
    if by is not None:
        band = outlook.band(by)
        yield row("chance", likely(t, outlook.chance(by)))
        yield row("needed", f"{basis.needed(by):.1f}")
        yield row("reached", t("forecast.row.between", low=band.low, high=band.high))


def _notes(forecast: Forecast, t: Language) -> Iterator[str]:
    basis = forecast.basis
    weeks = len(basis.weeks)
    if basis.left:
        yield t(
            "forecast.note.method", weeks=weeks, block=BLOCK, runs=len(forecast.outlook.finishes),
            seed=SEED, drift=f"{DRIFT:.0%}",
        )  # fmt: skip
        if weeks < forecast.asked.weeks:
            yield t("forecast.note.short", weeks=weeks, asked=forecast.asked.weeks)
        yield t("forecast.note.scope", weeks=weeks, added=basis.added, merged=basis.merged)
        yield t("forecast.note.tail")
        yield from _holidays(forecast, t)
    if forecast.undated:
        yield t("forecast.note.undated", n=forecast.undated)
    if forecast.where.simulated:
        yield t("report.note.simulated")


def _holidays(forecast: Forecast, t: Language) -> Iterator[str]:
    """The long holidays in the weeks it goes by, unless nothing is known about their year."""
    as_of, weeks = forecast.basis.as_of, len(forecast.basis.weeks)
    first = as_of - timedelta(days=7 * weeks - 1)
    known = holidays_in(Period(PeriodKind.WEEK, first, as_of))
    if known.unknown_years:
        return
    names = [t.name(each.name, each.name_en) for each in known.holidays if len(each.days) >= _LONG]
    key = "holidays" if names else "no_holidays"
    yield t(f"forecast.note.{key}", weeks=weeks, names=joined(t, names))


def backtest_table(backtest: Backtest, t: Language, format: Format = "table") -> Table:
    """What was said and what came out; people get every fourth week, programs get all."""
    for_people = format in ("table", "md")
    rows = [
        {
            "made_on": check.made_on, "ahead": check.ahead, "day": check.day,
            **_band(check.said), "came_out": check.came_out,
            "inside": yes_no(t, check.inside),
        }
        for ahead in AHEAD
        for check in backtest.checks
        if check.ahead == ahead
        and not (for_people and (backtest.as_of - check.day).days % (7 * BLOCK))
    ]  # fmt: skip
    columns = (
        Column("made_on", t("forecast.column.made_on"), "date"),
        Column("ahead", t("forecast.column.ahead"), "count"),
        Column("day", t("forecast.column.day"), "date"),
        *(
            Column(key, t(f"forecast.column.{key}"), "count")
            for key in ("low", "middle", "high", "came_out")
        ),
        Column("inside", t("forecast.column.inside")),
    )
    title = _titled(t, "backtest", backtest.where, backtest.as_of)
    return Table(title, columns, rows, tuple(_findings(backtest, t)))


def _findings(backtest: Backtest, t: Language) -> Iterator[str]:
    for ahead in AHEAD:
        inside, n = coverage(backtest.checks, ahead)
        if n:
            share = f"{inside / n:.0%}"
            yield t("forecast.note.held", ahead=ahead, n=n, inside=inside, share=share)
    yield t("forecast.note.known")
    yield t("forecast.note.thinned")
    if backtest.where.simulated:
        yield t("report.note.simulated")
