"""The forecast in a few sentences, as an office can pass them on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from rectify_tui.domain.backtest import Check
from rectify_tui.domain.dates import last_of_month
from rectify_tui.domain.forecast import HIGH, HORIZON, LOW
from rectify_tui.i18n import Language
from rectify_tui.reports.forecast.build import Forecast
from rectify_tui.reports.labels import spoken_day

YEARS = HORIZON // 52
_SOON = timedelta(weeks=12)


def sentence(forecast: Forecast, t: Language) -> str:
    """When it will be done, how likely by the deadline, and how the last forecast came out."""
    return ("" if t.code == "zh" else " ").join(_sentences(forecast, t))


def _sentences(forecast: Forecast, t: Language) -> Iterator[str]:
    basis = forecast.basis
    if not basis.left:
        yield t("forecast.said.done", day=spoken_day(t, basis.as_of), total=basis.total)
        return
    yield _when(forecast, t)
    if forecast.deadline is not None:
        key = "chance" if forecast.asked.by is not None else "chance_latest"
        chance = _is(t, forecast.outlook.chance(forecast.deadline))
        yield t(f"forecast.said.{key}", by=spoken_by(t, forecast.deadline), chance=chance)
        yield t(
            "forecast.said.needed", needed=f"{basis.needed(forecast.deadline):.1f}",
            weeks=len(basis.weeks), pace=f"{basis.pace:.1f}",
        )  # fmt: skip
    elif forecast.by is not None:
        yield t("forecast.said.passed", day=spoken_day(t, forecast.by))
    if forecast.check is not None:
        yield _looking_back(forecast.check, t)


def _when(forecast: Forecast, t: Language) -> str:
    basis, outlook = forecast.basis, forecast.outlook
    figures = {"weeks": len(basis.weeks), "left": basis.left, "years": YEARS}
    first, last = outlook.finish(LOW), outlook.finish(HIGH)
    ended = outlook.chance(basis.as_of + timedelta(weeks=HORIZON))
    if first is None:
        return t("forecast.said.never", **figures, share=_is(t, ended))
    if last is None:
        month = spoken_month(t, first)
        return t("forecast.said.open_ended", **figures, first=month, share=_is(t, 1 - ended))
    return t("forecast.said.within", **figures, span=_span(t, first, last, basis.as_of))


def _span(t: Language, first: date, last: date, as_of: date) -> str:
    """Days where the end is near, else months."""
    if last - as_of <= _SOON:
        days = spoken_day(t, first), spoken_day(t, last)
        return t(f"forecast.span.{'one_day' if first == last else 'days'}",
                 first=days[0], last=days[1])  # fmt: skip
    if (first.year, first.month) == (last.year, last.month):
        return t("forecast.span.one_month", first=spoken_month(t, first))
    return t("forecast.span.months", first=spoken_month(t, first), last=spoken_month(t, last))


def _looking_back(check: Check, t: Language) -> str:
    how = "inside" if check.inside else "below" if check.came_out < check.said.low else "above"
    return t(
        f"forecast.check.{how}", ahead=check.ahead, made=spoken_day(t, check.made_on),
        day=spoken_day(t, check.day), low=check.said.low, high=check.said.high,
        came=check.came_out,
    )  # fmt: skip


def spoken_month(t: Language, day: date, form: str = "month") -> str:
    """A month in words: 2021年3月, March 2021."""
    name = t(f"render.month.{day.month}")
    return t(f"forecast.day.{form}", year=day.year, month=day.month, name=name)


def spoken_by(t: Language, day: date) -> str:
    """A deadline as people say it: 2020年底前, by the end of June 2020, by 15 June 2020."""
    if day != last_of_month(day.year, day.month):
        return t("forecast.day.by_day", day=spoken_day(t, day))
    return spoken_month(t, day, "by_year" if day.month == 12 else "by_month")


def _is(t: Language, chance: float) -> str:
    """The end of a sentence about a chance: 为12%, 不到1%."""
    words = likely(t, chance)
    return t("forecast.day.percent", percent=words) if words[0].isdigit() else words


def likely(t: Language, chance: float) -> str:
    """A chance in whole percent, which is never said to be none or certain."""
    if chance < 0.01:
        return t("forecast.day.tiny")
    return t("forecast.day.great") if chance > 0.99 else f"{chance:.0%}"
