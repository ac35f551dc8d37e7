"""The report of a period as one asks for it: made now, as frozen, or set beside another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rectify_tui.domain.period import Period, PeriodKind
from rectify_tui.errors import Refusal
from rectify_tui.i18n import Language
from rectify_tui.paths import config_folder
from rectify_tui.reports.weekly.build import Request, asked_period, building
from rectify_tui.reports.weekly.diff import difference_report, draft_difference
from rectify_tui.reports.weekly.freeze import Which, find_alike, find_frozen, published
from rectify_tui.reports.weekly.model import Report, Section
from rectify_tui.reports.weekly.render import render
from rectify_tui.reports.weekly.render.words import cut
from rectify_tui.reports.weekly.settings import FILE, Settings, read_settings
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.references import programme_id
from rectify_tui.store.reports import FrozenReport

NOW, BEFORE = "now", "before"


@dataclass(frozen=True)
class ReportChoice:
    """Which report is shown. `day` None is the latest cut-off, `programme` None all of them.

    `beside` is what the frozen report is set beside: nothing, the ledger now, the report before.
    """

    day: date | None = None
    kind: PeriodKind | None = None
    programme: str | None = None
    beside: str = ""

    def settings(self) -> Settings:
        """The office's settings, with the period that was chosen."""
        settings = read_settings(config_folder() / FILE)
        return settings._replace(period=self.kind) if self.kind else settings


@dataclass(frozen=True)
class ShownReport:
    """A report as it is shown, its period, and the frozen one (as in a list) where there is one."""

    report: Report
    period: Period
    frozen: FrozenReport | None
    week_ends_on: int


def read_report(
    ledger: Ledger, choice: ReportChoice, as_of: date | None, t: Language
) -> ShownReport:
    """The report that is chosen, frozen or made now, as a page shows it. To be called in a thread.

    It has no pictures, which take as long as all the rest, and the rows that are printed alone.
    Raises `Refusal` where something is to stand beside a frozen report that there is not.
    """
    settings = choice.settings()._replace(pictures=())
    with _chosen(ledger, replace(choice, day=choice.day or as_of), settings, t) as shown:
        return replace(shown, report=for_screen(shown.report))


def written_report(
    ledger: Ledger, choice: ReportChoice, shown: ShownReport, t: Language, format: str, *,
    ascii: bool,
) -> bytes:  # fmt: skip
    """All of the report that is shown, as the content of a file. To be called in a thread."""
    choice = replace(choice, day=shown.period.cutoff)
    with _chosen(ledger, choice, choice.settings(), t) as whole:
        return render(whole.report, format, ascii=ascii)


@contextmanager
def _chosen(
    ledger: Ledger, choice: ReportChoice, settings: Settings, t: Language
) -> Iterator[ShownReport]:
    """The report that is chosen, whose lists can be read while the context lasts."""
    connection = ledger.reader()
    with connection.snapshot():
        programme = programme_id(connection, choice.programme) if choice.programme else None
        period = asked_period(connection, choice.day, ledger.today(), settings, programme)
        frozen = _frozen(ledger, choice, settings, period, t)
        if frozen is not None:
            report = _of_frozen(ledger, choice, frozen, period, t)
            light = replace(frozen, figures="", body="")
            yield ShownReport(report, period, light, settings.week_ends_on)
            return
        if choice.beside == NOW:
            raise Refusal("tui.weekly.not_frozen")
        with building(ledger, settings, t, Request(period.cutoff, choice.programme)) as built:
            report = built.report
            if choice.beside == BEFORE:
                report, _ = draft_difference(connection, built, settings, t)
            yield ShownReport(report, period, None, settings.week_ends_on)


def for_screen(report: Report) -> Report:
    """What is seen of a report: no more rows of a list than are printed.

    Its tables of progress have rate, change and rank right beside the names.
    """
    t = Language(report.language)
    return report._replace(
        sections=tuple(_front_loaded(cut(t, section)) for section in report.sections)
    )


def _front_loaded(section: Section) -> Section:
    columns = section.table.columns
    if not any(column.key == "completion_rate" for column in columns):
        return section
    order = {key: place for place, key in enumerate(_FIRST)}
    ordered = sorted(columns, key=lambda column: order.get(column.key, len(order)))
    return section._replace(table=replace(section.table, columns=tuple(ordered)))


_FIRST = (
    "name", "key", "total", "completion_rate", "rate_change", "completed_change", "rank_by_rate",
    "rank_by_count", "against_average",
)  # fmt: skip
"""What a narrow screen should not lose to the statuses."""


def _frozen(
    ledger: Ledger, choice: ReportChoice, settings: Settings, period: Period, t: Language
) -> FrozenReport | None:
    which = Which(period.cutoff, choice.programme, settings.by, settings.period)
    try:
        frozen = find_frozen(ledger.reader(), which, t)
    except Refusal:
        return None
    return frozen if frozen.programme == choice.programme else None


def _of_frozen(
    ledger: Ledger, choice: ReportChoice, frozen: FrozenReport, period: Period, t: Language
) -> Report:
    connection = ledger.reader()
    if not choice.beside:
        return published(frozen)
    if choice.beside == NOW:
        return difference_report(connection, frozen, None, t)[0]
    before = find_alike(connection, frozen, period.first - timedelta(days=1), t)
    return difference_report(connection, before, frozen, t)[0]
