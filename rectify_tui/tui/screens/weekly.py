"""The report of a period: exactly what will be published, or was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import ScrollableContainer
from textual.content import Content
from textual.widgets import Static

from rectify_tui.domain.period import FRIDAY, Period, PeriodKind, period_of
from rectify_tui.errors import Problem, Refusal
from rectify_tui.paths import config_folder
from rectify_tui.reports.weekly.build import Request, asked_period, build
from rectify_tui.reports.weekly.diff import difference_report
from rectify_tui.reports.weekly.files import SUFFIXES, format_of, write_whole
from rectify_tui.reports.weekly.freeze import Which, find_alike, find_frozen, freeze, published
from rectify_tui.reports.weekly.model import Report
from rectify_tui.reports.weekly.render import render
from rectify_tui.reports.weekly.settings import FILE, Settings, read_settings
from rectify_tui.store.programmes import programmes
from rectify_tui.store.reports import FrozenReport
from rectify_tui.tui.dialogs.reason import ReasonDialog
from rectify_tui.tui.dialogs.save import SaveDialog
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.plain import plain
from rectify_tui.tui.session import Session
from rectify_tui.tui.view import LedgerView

KINDS = tuple(PeriodKind)
NOW, BEFORE = "now", "before"
COMPARED = ("", NOW, BEFORE)


@dataclass(frozen=True)
class Wanted:
    """Which report is shown. `day` None is the latest cut-off, `programme` None all of them.

    `beside` is what the frozen report is set beside: nothing, the ledger now, the report before.
    """

    day: date | None = None
    kind: PeriodKind | None = None
    programme: str | None = None
    beside: str = ""


@dataclass(frozen=True)
class Found:
    """A report as it is shown, its period, and the frozen one where there is one."""

    report: Report
    period: Period
    frozen: FrozenReport | None
    week_ends_on: int


class WeeklyScreen(LedgerView):
    """Pick a period, read the report, compare, export, freeze."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("weekly")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.wanted = Wanted()
        self.found: Found | None = None
        self.period: Period | None = None
        self._programmes: list[str] = []
        self._week_end = FRIDAY

    def body(self) -> ComposeResult:
        """One page that scrolls both ways."""
        with ScrollableContainer(id="page"):
            yield Static(id="report")

    def on_mount(self) -> None:
        """Begin on the page."""
        self.query_one("#page").focus()

    # Showing

    def renew(self) -> None:
        """Make the report anew, or read the frozen one."""
        if self.found is None:
            self.query_one("#report", Static).update(Content(self.t("tui.reading")))
        self.session.read(
            partial(self._find, self.wanted), self._take, "weekly", refused=self._missing
        )

    def _settings(self, wanted: Wanted) -> Settings:
        settings = read_settings(config_folder() / FILE)
        return replace(settings, period=wanted.kind) if wanted.kind else settings

    def _find(self, wanted: Wanted) -> tuple[Found, list[str]]:
        """In a thread: the report that is wanted, and the programmes that there are."""
        ledger, t = self.session.ledger, self.t
        settings = self._settings(wanted)
        connection = ledger.reader()
        codes = [each.code for each in programmes(connection)]
        period = asked_period(wanted.day or self.session.as_of, ledger.today(), settings)
        frozen = self._frozen(settings, period, wanted)
        if wanted.beside:
            if frozen is None:
                raise Refusal("tui.weekly.not_frozen")
            report = self._compared(frozen, period, wanted)
        elif frozen is not None:
            report = published(frozen)
        else:
            request = Request(period.cutoff, wanted.programme)
            report = build(ledger, settings, t, request).report
        return Found(report, period, frozen, settings.week_ends_on), codes

    def _compared(self, frozen: FrozenReport, period: Period, wanted: Wanted) -> Report:
        connection = self.session.ledger.reader()
        if wanted.beside == NOW:
            return difference_report(connection, frozen, None, self.t)[0]
        before = find_alike(connection, frozen, period.first - timedelta(days=1), self.t)
        return difference_report(connection, before, frozen, self.t)[0]

    def _frozen(self, settings: Settings, period: Period, wanted: Wanted) -> FrozenReport | None:
        which = Which(period.cutoff, wanted.programme, settings.by, settings.period)
        try:
            found = find_frozen(self.session.ledger.reader(), which, self.t)
        except Refusal:
            return None
        return found if found.programme == wanted.programme else None

    def _take(self, found: tuple[Found, list[str]]) -> None:
        self.found, self._programmes = found
        self.period = self.found.period
        self._week_end = self.found.week_ends_on
        self._draw()
        self.retitle()

    def _missing(self, problem: Problem) -> None:
        self.found = None
        self.query_one("#report", Static).update(Content(self.t.problem(problem)))
        self.retitle()

    def _draw(self) -> None:
        if self.found is not None:
            room = max(60, self.size.width - 4)
            text = render(self.found.report, "table", width=room, ascii=self.session.ascii)
            shown = plain(text.decode()) if self.session.ascii else text.decode()
            lines = (_wrapped(line, room) for line in shown.splitlines())
            self.query_one("#report", Static).update(Content("\n".join(lines)))

    def on_resize(self) -> None:
        """Lay the tables out for another width."""
        super().on_resize()
        self._draw()

    def retitle(self) -> None:
        """Tell which report this is."""
        parts = [self.t("keys.app.weekly")]
        if self.found is not None:
            key = "frozen" if self.found.frozen else "draft"
            key = self.wanted.beside or key
            parts += [self.t(f"tui.weekly.{key}"), self.found.report.period_name]
        self.show_top(self.t("tui.sign.dot").join(parts))
        self.show_state()

    def shown_day(self) -> date:
        """The cut-off of the report."""
        return self.found.report.period.cutoff if self.found else super().shown_day()

    def state(self) -> str:
        """How to go on, and which programme the report is on."""
        programme = self.wanted.programme or self.t("weekly.all_programmes")
        return self.t("tui.weekly.hint", programme=programme)

    # Choosing

    def _want(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.found = None
        self.query_one("#page").scroll_home(animate=False)
        self.renew()

    def action_before(self) -> None:
        """The period before."""
        if self.period is not None:
            self.period = period_of(
                self.period.first - timedelta(days=1), self.period.kind, self._week_end
            )
            self._want(replace(self.wanted, day=self.period.cutoff))

    def action_after(self) -> None:
        """The period after, as far as one has begun."""
        if self.period is None:
            return
        day = self.period.cutoff + timedelta(days=1)
        if day <= self.session.today:
            self.period = period_of(day, self.period.kind, self._week_end)
            self._want(replace(self.wanted, day=day))

    def action_turn_kind(self) -> None:
        """Weeks, months, quarters, half-years in turn."""
        now = self.period.kind if self.period else PeriodKind.WEEK
        following = KINDS[(KINDS.index(now) + 1) % len(KINDS)]
        self._want(replace(self.wanted, kind=following))

    def action_turn_programme(self) -> None:
        """All programmes, then each of them in turn."""
        choices: list[str | None] = [None, *self._programmes]
        place = choices.index(self.wanted.programme) if self.wanted.programme in choices else 0
        self._want(replace(self.wanted, programme=choices[(place + 1) % len(choices)]))

    def action_compare(self) -> None:
        """What was frozen beside what is known now, then beside the report before, then alone."""
        following = COMPARED[(COMPARED.index(self.wanted.beside) + 1) % len(COMPARED)]
        self._want(replace(self.wanted, beside=following))

    def action_page(self, action: str) -> None:
        """Scroll the page."""
        getattr(self.query_one("#page"), action)(animate=False)

    # Freezing and exporting

    def action_freeze(self) -> None:
        """Ask why, then keep the report for good."""
        if self.found is None:
            self.session.tell(Refusal("tui.weekly.nothing"))
            return
        dialog = ReasonDialog(
            self.session, self.t("tui.weekly.freeze", name=self._report_title()), self._freeze
        )
        self.session.ask(dialog)
        self._dialog = dialog

    def _report_title(self) -> str:
        return self.found.report.title if self.found else ""

    def _freeze(self, reason: str) -> None:
        wanted, found = self.wanted, self.found
        if found is None:
            self._dialog.complain(Refusal("tui.weekly.nothing"))
            return
        request = Request(found.period.cutoff, wanted.programme)

        def work() -> str:
            frozen = freeze(
                self.session.ledger, self._settings(wanted), self.t, request, reason=reason or None
            )
            return self.t("weekly.frozen", batch=frozen.receipt.batch, digest=frozen.report.digest)

        self.session.read(work, self._freezed, "freeze", refused=self._dialog.complain)

    def _freezed(self, text: str) -> None:
        self._dialog.close()
        self.session.tell(text, error=False)
        self.renew()

    def action_export(self) -> None:
        """Ask for a file, then write the report to it; its ending tells the format."""
        if self.found is None:
            self.session.tell(Refusal("tui.weekly.nothing"))
            return
        name = f"weekly-{self.found.report.period.cutoff.isoformat()}.docx"
        dialog = SaveDialog(
            self.session, self.t("tui.weekly.export"), name, list(SUFFIXES), self._export
        )
        self.session.ask(dialog)
        self._dialog_out = dialog

    def _export(self, path: Path) -> None:
        assert self.found is not None
        report = self.found.report

        def work() -> str:
            try:
                write_whole(path, render(report, format_of(path), ascii=self.session.ascii))
            except OSError as error:
                raise Problem("tui.weekly.cannot_write", path=path, error=error.strerror) from error
            return self.t("weekly.written", path=path)

        self.session.read(work, self._exported, "export", refused=self._dialog_out.complain)

    def _exported(self, text: str) -> None:
        self._dialog_out.close()
        self.session.tell(text, error=False)


def _wrapped(line: str, cells: int) -> str:
    """A line of prose broken to a width; the columns of a table stand two spaces apart."""
    if "  " in line.strip():
        return line
    return "\n".join(piece.plain.rstrip() for piece in Content(line).wrap(cells)) or line
