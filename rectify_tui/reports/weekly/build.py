"""Builds the report of a period from the ledger, once, as data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rectify_tui.domain.closure import ClosureRate
from rectify_tui.domain.period import Period, holidays_in, last_ended, period_before, period_of
from rectify_tui.domain.region import Region
from rectify_tui.domain.status import Group
from rectify_tui.domain.text import natural_key
from rectify_tui.errors import Problem, Refusal
from rectify_tui.i18n import Language
from rectify_tui.reports.weekly import prose
from rectify_tui.reports.weekly.changes import list_changes, require_explained
from rectify_tui.reports.weekly.figures import Figures, from_data, read_figures, with_marks
from rectify_tui.reports.weekly.model import Report
from rectify_tui.reports.weekly.parts import Body, Items
from rectify_tui.reports.weekly.pictures import Drawn, pictures
from rectify_tui.reports.weekly.remarks import not_yet_note, points, remarks
from rectify_tui.reports.weekly.sections import chart, sections
from rectify_tui.reports.weekly.settings import Settings
from rectify_tui.store.behind import behind_on
from rectify_tui.store.campaigns import campaign_lines
from rectify_tui.store.chain import head
from rectify_tui.store.connection import Connection
from rectify_tui.store.coverage import all_coverage
from rectify_tui.store.entered import began_by, entered_later, first_day
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.marked import MarkedItem, marked_items
from rectify_tui.store.programmes import Programme, programme_codes, programmes
from rectify_tui.store.references import item_ref, programme_id
from rectify_tui.store.regions import regions_by_id
from rectify_tui.store.reports import FrozenReport, report_before
from rectify_tui.store.rollup_read import By, RollupQuery, read_rollup
from rectify_tui.store.scope import common_province
from rectify_tui.store.status_changes import Moment, status_changes


@dataclass(frozen=True)
class Request:
    """Which report is wanted: of the period that holds a day, on one programme or on all.

    None stands for the latest cut-off that has come (in a ledger that began after it for the period
    that is running), for all programmes, and for the lines that the settings name or that follow
    from the programmes.
    """

    day: date | None = None
    programme: str | None = None
    by: By | None = None


class Built(NamedTuple):
    """A report with what it was made from.

    `period` is the whole period, and `over` says whether its cut-off has come; `head` is the newest
    row of history, `before` what it is compared with.
    """

    report: Report
    figures: Figures
    period: Period
    over: bool
    programme_id: int | None
    head: tuple[int, str]
    before: Before


class Before(NamedTuple):
    """What the report is compared with: a frozen one, or the ledger as of the cut-off before."""

    moment: Moment
    figures: Figures
    frozen: FrozenReport | None


def build(ledger: Ledger, settings: Settings, t: Language, request: Request = Request()) -> Built:
    """The report of `building` with all rows of its lists read, to be kept."""
    with building(ledger, settings, t, request) as built:
        return built._replace(report=built.report.whole())


@contextmanager
def building(
    ledger: Ledger, settings: Settings, t: Language, request: Request = Request()
) -> Iterator[Built]:
    """The report of a period, as of its cut-off, or as of today while the period is running.

    All of it is of one moment, which lasts as long as the context: the rows of its lists are read
    when somebody reads them, so no longer than that.

    Raises `Problem` for an unknown programme or a period to come, `Refusal` where there is nothing
    to report or where anything does not add up.
    """
    with ledger.reader().snapshot():
        yield _build(ledger.reader(), ledger.today(), settings, t, request)


def _build(
    connection: Connection, today: date, settings: Settings, t: Language, request: Request
) -> Built:
    programme = programme_id(connection, request.programme) if request.programme else None
    period = asked_period(connection, request.day, today, settings, programme)
    over = period.cutoff <= today
    shown = period if over else period._replace(cutoff=today)
    scope = _scope(connection, shown.cutoff, programme)
    by = request.by or settings.by or scope.default_by
    marked = marked_items(connection, shown.cutoff, programme)
    frozen = report_before(connection, period.kind, by, programme, period.cutoff)
    earlier = [] if frozen else [period_before(period, settings.week_ends_on).cutoff]
    *then, figures = read_figures(
        connection, [*earlier, shown.cutoff], by, scope.default_by, programme
    )
    if figures.empty:
        raise _nothing(connection, shown, today, settings, programme)
    figures = with_marks(connection, figures, marked)
    before = _of_frozen(frozen) if frozen else Before(Moment(earlier[0]), then[0], None)
    body = _body(connection, shown, figures, before, marked, programme)
    words = prose.figures_in_words(figures, shown.cutoff, settings.closure, t)
    report = Report(
        language=t.code,
        title=prose.title(period, scope.name(t), settings.title, t),
        period=shown,
        period_name=prose.period_name(period, t),
        office=settings.office,
        paragraphs=(t("weekly.prose.between").join(filter(None, (words, remarks(body, t)))),),
        sections=tuple(sections(body, settings, t)),
        chart=chart(body, t),
        notes=tuple(_notes(body, before, period, scope, settings, t)),
        points=points(body, t),
        pictures=tuple(
            pictures(connection, settings, _drawn(scope, shown.cutoff, programme, today, t), t)
        ),
    )
    return Built(report, figures, period, over, programme, head(connection), before)


def asked_period(
    connection: Connection, day: date | None, today: date, settings: Settings,
    programme: int | None,
) -> Period:  # fmt: skip
    """The period that holds a day; without one as `Request` says.

    Raises `Problem` for one that has not begun.
    """
    if day is None:
        ended = last_ended(today, settings.period, settings.week_ends_on)
        if began_by(connection, ended.cutoff, programme):
            return ended
        first = first_day(connection, programme)
        if first is None or first > today:
            return ended
        return period_of(today, settings.period, settings.week_ends_on)
    period = period_of(day, settings.period, settings.week_ends_on)
    if period.first > today:
        raise Problem("weekly.future", day=day, today=today)
    return period


def _nothing(
    connection: Connection, shown: Period, today: date, settings: Settings, programme: int | None
) -> Refusal:
    """Why there is nothing to report, and which period has something."""
    if programme is not None and all_coverage(connection, shown.cutoff, programme):
        return Refusal("weekly.only_coverage", code=programme_codes(connection)[programme])
    first = first_day(connection, programme)
    if first is None or not shown.cutoff < first <= today:
        return Refusal("weekly.nothing", day=shown.cutoff)
    period = period_of(first, settings.period, settings.week_ends_on)
    return Refusal(
        "weekly.nothing_yet", day=shown.cutoff, first=first, begins=period.first,
        cutoff=period.cutoff,
    )  # fmt: skip


# --- what is reported on ---


class _Scope(NamedTuple):
    """The programmes that have figures, and the province that all of them are in, if one is."""

    programmes: list[Programme]
    single: bool
    province: Region | None

    @property
    def default_by(self) -> By:
        return By.CITY if self.province else By.PROVINCE

    def name(self, t: Language) -> str:
        if self.single:
            return t.name(self.programmes[0].name, self.programmes[0].name_en)
        return t.name(self.province.name, self.province.name_en) if self.province else ""

    @property
    def simulated(self) -> bool:
        return any(each.simulated for each in self.programmes)


def _scope(connection: Connection, day: date, programme: int | None) -> _Scope:
    rows = read_rollup(connection, RollupQuery(day, By.PROGRAMME, programme)).rows
    known = {each.id: each for each in programmes(connection)}
    live = [row.id for row in rows if row.tally.open]
    ids = [row.id for row in rows] if programme is None else [programme]
    chosen = [known[id] for id in ids]
    return _Scope(chosen, programme is not None, common_province(connection, live or ids))


def _drawn(scope: _Scope, day: date, programme: int | None, today: date, t: Language) -> Drawn:
    """What the pictures are of: the places of the province or of the nation."""
    named = scope.programmes[0].code if scope.single else scope.name(t)
    under = scope.province.id if scope.province else None
    return Drawn(RollupQuery(day, scope.default_by, programme, under), named, today)


# --- what it is made of ---


def _of_frozen(frozen: FrozenReport) -> Before:
    moment = Moment(date.fromisoformat(frozen.cutoff), frozen.head_seq)
    return Before(moment, from_data(json.loads(frozen.figures)), frozen)


def _body(
    connection: Connection, period: Period, figures: Figures, before: Before,
    marked: Mapping[int, MarkedItem], programme: int | None,
) -> Body:  # fmt: skip
    moved = status_changes(connection, before.moment, Moment(period.cutoff), programme)
    require_explained(moved, before.figures.programmes, figures.programmes)
    had = [line.id for line in before.figures.programmes if line.tally.total]
    behind = behind_on(connection, period.cutoff, programme)
    counted = figures.whole.tally.groups[Group.BEHIND]
    if len(behind) != counted:
        raise Refusal("weekly.behind_differ", lines=len(behind), total=counted)
    return Body(
        first=period.first,
        cutoff=period.cutoff,
        figures=figures,
        previous=None if before.figures.empty else before.figures,
        behind=behind,
        changes=list_changes(connection, moved, period.cutoff, had),
        marked=_by_region(connection, marked),
        items=Items(connection, period.cutoff),
        entered_later=entered_later(connection, period.cutoff, programme),
        campaigns=campaign_lines(connection, RollupQuery(period.cutoff, programme_id=programme))[0],
        coverage=all_coverage(connection, period.cutoff, programme),
    )


def _by_region(connection: Connection, marked: Mapping[int, MarkedItem]) -> dict[int, MarkedItem]:
    """Items by id, in the order in which lists have them: by region, programme and number."""
    regions = regions_by_id(connection, {each.region_id for each in marked.values()})
    codes = programme_codes(connection)

    def place(id: int) -> tuple[str, str, str]:
        each = marked[id]
        code = codes[each.programme_id]
        number = each.candidate.ref.removeprefix(item_ref(code, ""))
        return regions[each.region_id].code or "~", code, natural_key(number)

    return {id: marked[id] for id in sorted(marked, key=place)}


def _notes(
    body: Body, before: Before, period: Period, scope: _Scope, settings: Settings, t: Language
) -> Iterator[str]:
    day = before.moment.day
    if before.frozen is not None:
        yield t("weekly.note.against_frozen", cutoff=day, digest=before.frozen.digest[:12])
    elif body.previous is not None:
        yield t("weekly.note.against_ledger", cutoff=day)
    else:
        yield t("weekly.note.no_previous", cutoff=day)
    yield from not_yet_note(body, t)
    if settings.closure is ClosureRate.COMPLETED_OF_SUBSTANTIATED:
        yield t("weekly.note.substantiated")
    yield from prose.holiday_notes(holidays_in(period), t)
    if period.cutoff != body.cutoff:
        yield t("weekly.note.preview", cutoff=period.cutoff)
    if scope.simulated:
        yield t("report.note.simulated")
