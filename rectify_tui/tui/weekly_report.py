"""The report of a period as one asks for it: made now, as frozen, or set beside another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from rectify_tui.domain.period import Period, PeriodKind
from rectify_tui.errors import Refusal
from rectify_tui.i18n import Language
from rectify_tui.paths import config_folder
from rectify_tui.reports.weekly.build import Request, asked_period, build
from rectify_tui.reports.weekly.diff import difference_report
from rectify_tui.reports.weekly.freeze import Which, find_alike, find_frozen, published
from rectify_tui.reports.weekly.model import Report
from rectify_tui.reports.weekly.settings import FILE, Settings, read_settings
from rectify_tui.store.ledger import Ledger
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
        return replace(settings, period=self.kind) if self.kind else settings


@dataclass(frozen=True)
class ShownReport:
    """A report as it is shown, its period, and the frozen one where there is one."""

    report: Report
    period: Period
    frozen: FrozenReport | None
    week_ends_on: int


def read_report(
    ledger: Ledger, choice: ReportChoice, as_of: date | None, t: Language
) -> ShownReport:
    """The report that is chosen, frozen or made now. To be called in a thread.

    Raises `Refusal` where something is to stand beside a frozen report that there is not.
    """
    settings = choice.settings()
    period = asked_period(choice.day or as_of, ledger.today(), settings)
    frozen = _frozen(ledger, choice, settings, period, t)
    if choice.beside:
        if frozen is None:
            raise Refusal("tui.weekly.not_frozen")
        report = _beside(ledger, choice, frozen, period, t)
    elif frozen is not None:
        report = published(frozen)
    else:
        report = build(ledger, settings, t, Request(period.cutoff, choice.programme)).report
    return ShownReport(report, period, frozen, settings.week_ends_on)


def _frozen(
    ledger: Ledger, choice: ReportChoice, settings: Settings, period: Period, t: Language
) -> FrozenReport | None:
    which = Which(period.cutoff, choice.programme, settings.by, settings.period)
    try:
        frozen = find_frozen(ledger.reader(), which, t)
    except Refusal:
        return None
    return frozen if frozen.programme == choice.programme else None


def _beside(
    ledger: Ledger, choice: ReportChoice, frozen: FrozenReport, period: Period, t: Language
) -> Report:
    connection = ledger.reader()
    if choice.beside == NOW:
        return difference_report(connection, frozen, None, t)[0]
    before = find_alike(connection, frozen, period.first - timedelta(days=1), t)
    return difference_report(connection, before, frozen, t)[0]
