"""The figures in words, and what a report says about itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from rectify_tui.domain.closure import ClosureRate
from rectify_tui.domain.period import Holidays, Period, PeriodKind
from rectify_tui.domain.status import CaseStatus, Status
from rectify_tui.i18n import Language
from rectify_tui.reports.labels import spoken_day
from rectify_tui.reports.table import shown
from rectify_tui.reports.weekly.figures import Figures, Line


def figures_in_words(figures: Figures, day: date, closure: ClosureRate, t: Language) -> str:
    """The figures of the one programme, or of all together, as sentences.

    The order is fixed: total, completed, basically completed, ahead, on schedule, not started,
    behind, not completed, merged, in progress, then cases. What does not occur is left out.
    """
    if len(figures.programmes) == 1:
        return _programme(figures.programmes[0], day, closure, t)
    return _summary(figures, day, closure, t)


def _programme(line: Line, day: date, closure: ClosureRate, t: Language) -> str:
    name = t.name(line.name, line.name_en)
    start = {"day": spoken_day(t, day), "name": name}
    if not line.tally.total:
        return t("weekly.prose.cases_only", **start, cases=_cases(line, closure, t))
    text = t("weekly.prose.programme", **start, n=line.tally.total, parts=_items(line, t))
    return _sentences(t, text, _due(line, t), _cases(line, closure, t))


def _summary(figures: Figures, day: date, closure: ClosureRate, t: Language) -> str:
    whole = figures.whole
    count = t("weekly.prose.programmes", n=len(figures.programmes))
    text = t(
        "weekly.prose.programme", day=spoken_day(t, day), name=count, n=whole.tally.total,
        parts=_items(whole, t),
    )  # fmt: skip
    carried = whole.tally.carried
    merged = t("weekly.prose.carried", n=carried) if carried else ""
    return _sentences(t, text, _due(whole, t), merged, _cases(whole, closure, t))


def _sentences(t: Language, *sentences: str) -> str:
    return t("weekly.prose.between").join(filter(None, sentences))


def _items(line: Line, t: Language) -> str:
    statuses = line.tally.statuses
    return _listed(
        t, [t(f"weekly.prose.status.{status}", n=statuses[status]) for status in Status
            if statuses[status]],
    )  # fmt: skip


def _due(line: Line, t: Language) -> str:
    n = line.not_started_due
    return t("weekly.prose.due", n=n) if n else ""


def _cases(line: Line, closure: ClosureRate, t: Language) -> str:
    tally = line.tally
    if not tally.cases_total:
        return ""
    parts = [
        t(f"weekly.prose.case.{status}", n=tally.cases[status])
        for status in CaseStatus
        if tally.cases[status]
    ]
    text = t("weekly.prose.cases", n=tally.cases_total, parts=_listed(t, parts))
    rate = line.closure_rate(closure)
    if rate is None:
        return text
    formula = t(f"closure.formula.{closure}")
    sentence = t(
        "weekly.prose.rate", name=t(f"closure.name.{closure}"), rate=shown(rate, "percent"),
        formula=formula,
    )  # fmt: skip
    return _sentences(t, text, sentence)


def _listed(t: Language, parts: list[str]) -> str:
    *most, last = parts
    comma = t("weekly.prose.comma")
    return t("weekly.prose.and", most=comma.join(most), last=last) if most else last


def period_name(period: Period, t: Language) -> str:
    """What a period is called; a week by the number that ISO 8601 gives to the day it ends on."""
    year, number = period.first.year, 0
    if period.kind is PeriodKind.WEEK:
        year, number, _ = period.cutoff.isocalendar()
    elif period.kind is PeriodKind.MONTH:
        number = period.first.month
    elif period.kind is PeriodKind.QUARTER:
        number = (period.first.month + 2) // 3
    else:
        half = "first" if period.first.month == 1 else "second"
        return t(f"weekly.period.{half}_half", year=year)
    month = t(f"render.month.{period.first.month}")
    return t(f"weekly.period.{period.kind}", year=year, n=number, month=month)


def title(period: Period, name: str, settings_title: str | None, t: Language) -> str:
    """The report's title; `name` is the programme's or the place's, empty for neither."""
    if settings_title:
        return settings_title
    if not name:
        return t(f"weekly.title.{period.kind}.all")
    return t(f"weekly.title.{period.kind}.of", name=name)


def holiday_notes(holidays: Holidays, t: Language) -> Iterator[str]:
    """What is said about public holidays in the period."""
    if holidays.holidays:
        named = [
            t("weekly.note.holiday", name=t.name(each.name, each.name_en), days=_days(each.days, t))
            for each in holidays.holidays
        ]
        yield t("weekly.note.holidays", holidays=t("report.comma").join(named))
    if holidays.worked:
        yield t("weekly.note.worked", days=_days(holidays.worked, t))
    if holidays.unknown_years:
        years = t("report.comma").join(map(str, holidays.unknown_years))
        yield t("weekly.note.holidays_unknown", years=years)


def _days(days: Iterable[date], t: Language) -> str:
    """Days in words, those in a row from the first to the last."""
    runs: list[list[date]] = []
    for day in days:
        if runs and (day - runs[-1][-1]).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    parts = []
    for run in runs:
        first, last = (
            t("weekly.day", month=day.month, day=day.day, name=t(f"render.month.{day.month}"))
            for day in (run[0], run[-1])
        )
        parts.append(first if len(run) == 1 else t("weekly.days", first=first, last=last))
    return t("report.comma").join(parts)
