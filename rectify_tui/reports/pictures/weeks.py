"""Pictures over time: how all items stood week by week, and one figure of each place by week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rectify_tui.domain.status import Group
from rectify_tui.errors import Problem, Refusal
from rectify_tui.i18n import Language
from rectify_tui.reports.forecast.build import Asked, Forecast, forecast
from rectify_tui.reports.forecast.scale import last_day
from rectify_tui.reports.pictures.figure import KINDS, Figure, Lines, Value
from rectify_tui.reports.pictures.tile_map import short_name
from rectify_tui.reports.rollup import line_name
from rectify_tui.reports.table import Kind
from rectify_tui.store.connection import Connection
from rectify_tui.store.disagreements import disagreements
from rectify_tui.store.rollup_read import By, RollupQuery, read_rollup
from rectify_tui.store.scope import Scope

STACKED = (Group.COMPLETED, Group.MERGED, Group.ON_SCHEDULE, Group.UNCLEAR, Group.BEHIND)
"""Groups from the bottom of a picture to its top."""


@dataclass(frozen=True)
class Week:
    """How all items stood on the last day of a week."""

    day: date
    groups: Mapping[Group, int]

    @property
    def total(self) -> int:
        """All items."""
        return sum(self.groups.values())


@dataclass(frozen=True)
class BurnUp:
    """Items by group over weeks, and what is to come; `unsaid` tells why there is no forecast."""

    weeks: tuple[Week, ...]
    scope: str
    coming: Forecast | None
    unsaid: Problem | None = None

    @property
    def first(self) -> date:
        """The first day of the picture."""
        return self.weeks[0].day

    @property
    def last(self) -> date:
        """Its last day: that of the forecast, where there is one."""
        return last_day(self.coming) if self.coming else self.weeks[-1].day

    @property
    def now(self) -> date:
        """The day as of which it is drawn."""
        return self.weeks[-1].day

    @property
    def edges(self) -> tuple[int, int]:
        """The counts at the bottom and the top; the bottom is 0 unless most of it never changed."""
        least = min(week.groups[Group.COMPLETED] for week in self.weeks)
        most = max(week.total for week in self.weeks)
        step = 10 ** max(len(str(most - least)) - 1, 0)
        return (least // step * step if least * 2 > most else 0), max(most, 1)

    def title(self, t: Language) -> str:
        """What is shown, of where."""
        title = t("pictures.burn_up")
        title = t("report.scope", title=title, scope=self.scope) if self.scope else title
        return t("report.as_of", title=title, day=self.now)


def read_burn_up(
    connection: Connection, query: RollupQuery, weeks: int, today: date, scope: str
) -> BurnUp:
    """The last so many weeks, the newest of which ends on the day asked about.

    Raises `Refusal` where figures do not add up, or there are none.
    """
    days = week_ends(query.as_of, weeks)
    with connection.snapshot():
        read = [_week(connection, replace(query, as_of=day)) for day in days]
        found = [week for at, week in enumerate(read) if any(each.total for each in read[: at + 1])]
        if not found:
            raise Refusal("pictures.nothing", day=query.as_of)
        coming, unsaid = _coming(connection, query, today)
    return BurnUp(tuple(found), scope, coming, unsaid)


def week_ends(last: date, weeks: int) -> list[date]:
    """The same day of so many weeks, the given one last."""
    return [last - timedelta(weeks=n) for n in reversed(range(weeks))]


def _week(connection: Connection, query: RollupQuery) -> Week:
    return Week(query.as_of, read_rollup(connection, query).sum.groups)


def _coming(
    connection: Connection, query: RollupQuery, today: date
) -> tuple[Forecast | None, Problem | None]:
    asked = Asked(today, Scope(query.programme_id, query.under_id), query.as_of)
    try:
        found = forecast(connection, asked)
    except Refusal as refusal:
        return None, refusal
    return (found if found.basis.left else None), None


@dataclass(frozen=True)
class Strip:
    """One place over the weeks."""

    name: str
    short: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Heat:
    """A figure of each place by week; every week is held against its own average."""

    figure: Figure
    by: By
    days: tuple[date, ...]
    strips: tuple[Strip, ...]
    scope: str

    @property
    def kind(self) -> Kind:
        """How the figure is written."""
        return KINDS[self.figure]

    def title(self, t: Language) -> str:
        """What is shown, of where."""
        title = t("pictures.heat", figure=t(f"pictures.figure.{self.figure}"))
        title = t("report.scope", title=title, scope=self.scope) if self.scope else title
        return t("report.as_of", title=title, day=self.days[-1])


def read_heat(
    connection: Connection, query: RollupQuery, figure: Figure, weeks: int, t: Language, scope: str
) -> Heat:
    """The last so many weeks of all places that a query asks about.

    Raises `Refusal` where figures do not add up, or there are none.
    """
    days = week_ends(query.as_of, weeks + 1)
    with connection.snapshot():
        rollups = [read_rollup(connection, replace(query, as_of=day)) for day in days]
        differing = [
            disagreements(connection, replace(query, as_of=day)) or {}
            if figure is Figure.DISAGREEMENT
            else {}
            for day in days
        ]
    by_week = []
    for was, now, differs in zip(rollups, rollups[1:], differing[1:], strict=False):
        before = {row.id: row.tally for row in was.rows}
        by_week.append(Lines(now.rows, before, differs).values(figure))
    strips = tuple(
        Strip(
            line_name(query.by, row, t).label,
            t("pictures.own") if row.own else short_name(t, row.name, row.name_en),
            tuple(values.get(row.id, Value(None, None)) for values in by_week),
        )
        for row in rollups[-1].rows
    )
    if not strips:
        raise Refusal("pictures.nothing", day=query.as_of)
    return Heat(figure, query.by, tuple(days[1:]), strips, scope)
