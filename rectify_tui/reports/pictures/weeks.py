"""Pictures over time, read: how all items stood week by week, and one figure of each place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import dropwhile

from rectify_tui.domain.status import Group
from rectify_tui.errors import Refusal
from rectify_tui.i18n import Language
from rectify_tui.reports.forecast.build import Asked, Forecast, forecast
from rectify_tui.reports.forecast.scale import MOST, band_days
from rectify_tui.reports.pictures.drawn_weeks import (
    WEEK,
    BurnUp,
    Expected,
    Heat,
    Stack,
    Strip,
    Words,
)
from rectify_tui.reports.pictures.figure import (
    AGAINST_AVERAGE,
    KINDS,
    LITTLE_IS_GOOD,
    Figure,
    Level,
    Lines,
    Value,
    level_words,
)
from rectify_tui.reports.pictures.tile_map import short_name
from rectify_tui.reports.rollup import line_name
from rectify_tui.store.completion_history import read_due
from rectify_tui.store.connection import Connection
from rectify_tui.store.disagreements import disagreements
from rectify_tui.store.rollup_read import Rollup, RollupQuery, RollupRow, read_rollups

STACKED = (Group.COMPLETED, Group.MERGED, Group.ON_SCHEDULE, Group.UNCLEAR, Group.BEHIND)
"""Groups from the bottom of a picture to its top."""

_EXPECTED = 10
"""Days of a forecast that are kept, closer at first: between them it goes nearly straight on."""


class NothingToDraw(Refusal):
    """There are no figures that a picture could be of."""


def read_burn_up(
    connection: Connection, query: RollupQuery, weeks: int, today: date, t: Language, scope: str
) -> BurnUp:
    """The last so many weeks, the newest of which ends on the day asked about.

    Raises `Refusal` where figures do not add up, `NothingToDraw` where there are none.
    """
    with connection.snapshot():
        rollups = _begun(read_rollups(connection, query, week_ends(query.as_of, weeks)), query)
        expected, deadline, unsaid = _coming(connection, query, today, t)
    stacks = [
        Stack(group, t(f"status.group.{group}"), tuple(each.sum.groups[group] for each in rollups))
        for group in STACKED
    ]
    words = Words(*(t(f"forecast.chart.{key}") for key in ("band", "middle", "by")))
    return BurnUp(
        _title(t("pictures.burn_up"), query.as_of, t, scope),
        tuple(each.query.as_of for each in rollups),
        tuple(each for each in stacks if each.group is Group.COMPLETED or any(each.counts)),
        expected, deadline, words, unsaid,
    )  # fmt: skip


def week_ends(last: date, weeks: int) -> list[date]:
    """The same day of so many weeks, the given one last."""
    return [last - WEEK * n for n in reversed(range(weeks))]


def _begun(rollups: Sequence[Rollup], query: RollupQuery) -> list[Rollup]:
    """The weeks since there is anything. Raises `NothingToDraw` where there never was."""
    begun = list(dropwhile(lambda each: not each.sum.total, rollups))
    if not begun:
        raise NothingToDraw("pictures.nothing", day=query.as_of)
    return begun


def _measure(figure: Figure, t: Language) -> str:
    if figure in AGAINST_AVERAGE:
        return t("pictures.legend.week")
    return t(f"pictures.legend.{'share' if figure in LITTLE_IS_GOOD else 'change'}")


def _title(title: str, day: date, t: Language, scope: str) -> str:
    title = t("report.scope", title=title, scope=scope) if scope else title
    return t("report.as_of", title=title, day=day)


def _coming(
    connection: Connection, query: RollupQuery, today: date, t: Language
) -> tuple[tuple[Expected, ...], date | None, str]:
    """What is expected, by when it is due, and why nothing is expected."""
    scope = query.scope
    try:
        found = forecast(connection, Asked(today, scope, query.as_of), look_back=False)
    except Refusal as refusal:
        due = read_due(connection, scope, query.as_of).latest
        ahead = due if due and query.as_of < due <= query.as_of + MOST * WEEK else None
        return (), ahead, t("pictures.no_forecast", why=refusal)
    if not found.basis.left:
        return (), None, ""
    last = band_days(found)[-1]
    deadline = found.deadline if found.deadline and found.deadline <= last else None
    return tuple(_expected(found)), deadline, ""


def _expected(found: Forecast) -> Iterator[Expected]:
    days = band_days(found)
    parts = [(n / (_EXPECTED - 1)) ** 1.5 for n in range(_EXPECTED)]
    for at in sorted({round(part * (len(days) - 1)) for part in parts}):
        band = found.outlook.band(days[at])
        yield Expected(days[at], band.low, band.middle, band.high)


def read_heat(
    connection: Connection, query: RollupQuery, figure: Figure, weeks: int, t: Language, scope: str
) -> Heat:
    """The last so many weeks of all places that a query asks about.

    Raises `Refusal` where figures do not add up, `NothingToDraw` where there are none.
    """
    days = week_ends(query.as_of, weeks + 1)
    with connection.snapshot():
        rollups = read_rollups(connection, query, days)
        differing = [
            disagreements(connection, query._replace(as_of=day)) or {}
            if figure is Figure.DISAGREEMENT
            else {}
            for day in days
        ]
    by_week = []
    for was, now, differs in zip(rollups, rollups[1:], differing[1:], strict=False):
        before = {row.id: row.tally for row in was.rows}
        by_week.append(Lines(now.rows, before, differs).values(figure))
    while by_week and not any(value.level is not None for value in by_week[0].values()):
        del by_week[0]
    rows = rollups[-1].rows
    strips = tuple(
        Strip(
            line_name(query.by, row, t).label, _short(row, rows, t),
            tuple(values.get(row.id, Value(None, None)) for values in by_week),
        )
        for row in rows
    )  # fmt: skip
    if not strips or not by_week:
        raise NothingToDraw("pictures.nothing", day=query.as_of)
    title = t("pictures.heat", figure=t(f"pictures.figure.{figure}"))
    return Heat(
        _title(title, query.as_of, t, scope), t(f"report.by.{query.by}"), KINDS[figure],
        _measure(figure, t), tuple(level_words(figure, level, t) for level in Level),
        tuple(days[-len(by_week) :]), strips,
    )  # fmt: skip


def _short(row: RollupRow, rows: Sequence[RollupRow], t: Language) -> str:
    """A place in short; what belongs to none below says whose it is where there are several."""
    short = short_name(t, row.name, row.name_en)
    if not row.own:
        return short
    several = sum(each.own for each in rows) > 1
    return t("pictures.own_of", name=short) if several else t("pictures.own")
