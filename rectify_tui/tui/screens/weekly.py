"""The report of a period: exactly what will be published, or was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from rectify_tui.domain.period import FRIDAY, Period, PeriodKind, period_of
from rectify_tui.domain.text import clean
from rectify_tui.domain.wrapping import wrapped
from rectify_tui.errors import Problem, Refusal
from rectify_tui.reports.file_names import safe_name
from rectify_tui.reports.formats import BY_ENDING
from rectify_tui.reports.history import author_text
from rectify_tui.reports.labels import moment
from rectify_tui.reports.weekly.build import Request
from rectify_tui.reports.weekly.files import format_of
from rectify_tui.reports.weekly.freeze import freeze, withdraw
from rectify_tui.reports.weekly.render import render
from rectify_tui.store.programmes import programmes
from rectify_tui.store.reports import FrozenReport
from rectify_tui.tui.dialogs.reason import ReasonDialog
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.plain import plain
from rectify_tui.tui.saving import ask_to_save
from rectify_tui.tui.screens.frozen import FrozenScreen
from rectify_tui.tui.session import Session
from rectify_tui.tui.sizes import NARROWEST
from rectify_tui.tui.view import LedgerView
from rectify_tui.tui.weekly_report import (
    BEFORE,
    NOW,
    ReportChoice,
    ShownReport,
    read_report,
    written_report,
)
from rectify_tui.tui.widgets.report_page import ReportPage

KINDS = tuple(PeriodKind)
_DIGITS = 12
"""Digits of a digest by which people tell reports apart."""

COMPARED = ("", NOW, BEFORE)


class WeeklyScreen(LedgerView):
    """Pick a period, read the report, compare, export, freeze."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("weekly")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.choice = ReportChoice()
        self.shown: ShownReport | None = None
        self.period: Period | None = None
        self._settled = False
        self._programmes: list[str] = []
        self._week_end = FRIDAY
        self._first_figures: date | None = None
        self._page = ReportPage(id="page")

    def body(self) -> ComposeResult:
        """One page that scrolls both ways."""
        yield self._page

    def on_mount(self) -> None:
        """Begin on the page."""
        self._page.focus()

    # Showing

    def renew(self) -> None:
        """Make the report anew, or read the frozen one."""
        self._settled = False
        if self.shown is None:
            self._page.show(self.t("tui.reading"))
        room = self._room
        find = partial(self._read, self.choice, room)
        self.session.read(find, partial(self._take, room), "weekly", refused=self._missing)

    @property
    def _room(self) -> int:
        """Cells of a line."""
        return max(NARROWEST, self.size.width - 4)

    def _read(self, choice: ReportChoice, room: int) -> tuple[ShownReport, str, list[str]]:
        """In a thread: the report that is chosen, its text, and the programmes that there are."""
        session = self.session
        codes = [
            programme.code for programme in programmes(session.ledger.reader(), archived=False)
        ]
        shown = read_report(session.ledger, choice, session.as_of, session.t)
        return shown, self._text(shown, room), codes

    def _take(self, room: int, read: tuple[ShownReport, str, list[str]]) -> None:
        self.shown, text, self._programmes = read
        self._settled = True
        self._first_figures = None
        self.period = self.shown.period
        self._week_end = self.shown.week_ends_on
        self._page.show(text if room == self._room else self._text(self.shown, self._room))
        self.retitle()

    def _missing(self, problem: Problem) -> None:
        self.shown = None
        self._settled = True
        first = problem.params.get("first") if problem.key == "weekly.nothing_yet" else None
        self._first_figures = first if isinstance(first, date) else None
        text = wrapped(self.session.words(problem), self.size.width - 4)
        self._page.show(clean(text, multiline=True))
        self.retitle()

    def _text(self, shown: ShownReport, room: int) -> str:
        ascii = self.session.ascii
        text = render(shown.report, "table", width=room, ascii=ascii).decode()
        lines = (plain(text) if ascii else text).splitlines()
        return "\n".join(_wrapped(line, room) for line in lines)

    def on_resize(self) -> None:
        """Lay the tables out for another width."""
        if self.shown is not None:
            self._page.show(self._text(self.shown, self._room))

    def retitle(self) -> None:
        """Tell which report this is."""
        parts = [self.t("keys.app.weekly")]
        if self.shown is not None:
            key = self.choice.beside or ("frozen" if self.shown.frozen else "draft")
            key = "draft_before" if self.choice.beside and not self.shown.frozen else key
            parts += [self.t(f"tui.weekly.{key}"), self.shown.report.period_name]
        self.show_top(self.t("tui.sign.dot").join(parts))
        self.show_state()

    def shown_day(self) -> date:
        """The cut-off of the report."""
        return self.shown.report.period.cutoff if self.shown else super().shown_day()

    def state(self) -> str:
        """How to go on, and which programme the report is on."""
        programme = self.choice.programme or self.t("weekly.all_programmes")
        if self.shown is None:
            return self.t("queue_screen.of_programme", programme=programme)
        withdraw = self.session.first_key("weekly.withdraw")
        key = "frozen_hint" if self.shown.frozen else "hint"
        return self.t(f"tui.weekly.{key}", programme=programme, withdraw=withdraw)

    @property
    def ready(self) -> bool:
        """Whether the report has been read, or cannot be."""
        return self.is_mounted and self._settled

    def lacks(self, need: str) -> Problem | None:
        """What is missing that a key needs."""
        shown = self.shown
        if need in ("report", "frozen") and shown is None:
            return Refusal("tui.weekly.nothing")
        frozen = shown.frozen if shown is not None else None
        if need == "frozen" and (frozen is None or not frozen.in_force):
            return Refusal("tui.weekly.none_to_withdraw")
        return super().lacks(need)

    # Choosing

    def _choose(self, choice: ReportChoice) -> None:
        self.choice = choice
        self.shown = None
        self._page.scroll_home(animate=False)
        self.renew()

    def action_before(self) -> None:
        """The period before."""
        if self.period is not None:
            day = self.period.first - timedelta(days=1)
            self.period = period_of(day, self.period.kind, self._week_end)
            self._choose(replace(self.choice, day=self.period.cutoff))

    def action_after(self) -> None:
        """The period after, as far as one has begun."""
        if self.period is None:
            return
        day = self.period.cutoff + timedelta(days=1)
        if day <= self.session.today:
            self.period = period_of(day, self.period.kind, self._week_end)
            self._choose(replace(self.choice, day=day))

    def action_show_current(self) -> None:
        """The period that has the first figures, where the one that is shown has none yet."""
        if self._first_figures is not None:
            self._choose(replace(self.choice, day=self._first_figures))

    def action_turn_kind(self) -> None:
        """Weeks, months, quarters, half-years in turn."""
        now = self.period.kind if self.period else PeriodKind.WEEK
        following = KINDS[(KINDS.index(now) + 1) % len(KINDS)]
        self._choose(replace(self.choice, kind=following))

    def action_turn_programme(self) -> None:
        """All programmes, then each of them in turn."""
        choices: list[str | None] = [None, *self._programmes]
        now = self.choice.programme
        place = choices.index(now) if now in choices else 0
        self._choose(replace(self.choice, programme=choices[(place + 1) % len(choices)]))

    def action_compare(self) -> None:
        """Beside the report before, then alone; what was frozen first beside what is known now."""
        frozen = self.shown is not None and self.shown.frozen is not None
        ways = COMPARED if frozen else ("", BEFORE)
        at = ways.index(self.choice.beside) if self.choice.beside in ways else 0
        self._choose(replace(self.choice, beside=ways[(at + 1) % len(ways)]))

    def action_list_frozen(self) -> None:
        """Show all reports that were frozen, and whether today would say the same."""
        self.app.push_screen(FrozenScreen(self.session, self._open_frozen))

    def _open_frozen(self, report: FrozenReport, beside: str) -> None:
        """Show one of them, alone or beside what is known now."""
        kind, day = PeriodKind(report.period), date.fromisoformat(report.cutoff)
        self._choose(ReportChoice(day, kind, report.programme, beside))

    def action_page(self, action: str) -> None:
        """Scroll the page."""
        getattr(self._page, action)(animate=False)

    # Freezing and exporting

    def action_freeze(self) -> None:
        """Ask why, then keep the report for good."""
        session, shown, choice = self.session, self.shown, self.choice
        if shown is None:
            session.tell(Refusal("tui.weekly.nothing"))
            return
        request = Request(shown.period.cutoff, choice.programme)

        def attempt(reason: str) -> None:
            def work() -> str:
                ledger, settings, t = session.ledger, choice.settings(), session.t
                frozen = freeze(ledger, settings, t, request, reason=reason or None)
                digest, withdraw = frozen.report.digest or "", session.first_key("weekly.withdraw")
                return t(
                    "tui.weekly.frozen_now", batch=frozen.receipt.batch, digest=digest[:_DIGITS],
                    withdraw=withdraw, checked=frozen.checked,
                )  # fmt: skip

            session.read(work, partial(self._done, dialog), "freeze", refused=dialog.complain)

        # Beside another day the page has a title of its own; what is frozen is the report.
        name = self.t("keys.app.weekly") if choice.beside else shown.report.title
        question = self.t("tui.weekly.freeze", name=name, period=shown.report.period_name)
        first, last = shown.period.first, shown.period.cutoff
        about = self.t("tui.weekly.freeze_about", first=first, last=last)
        dialog = ReasonDialog(session, question, attempt, about=about)
        session.ask(dialog)

    def action_withdraw(self) -> None:
        """Ask why, then withdraw the frozen report that is shown."""
        session, shown = self.session, self.shown
        frozen = shown.frozen if shown is not None else None
        if shown is None or frozen is None or not frozen.in_force:
            session.tell(Refusal("tui.weekly.none_to_withdraw"))
            return

        def attempt(reason: str) -> None:
            def work() -> str:
                receipt = withdraw(session.ledger, frozen, reason)
                cutoff, batch = frozen.cutoff, receipt.batch
                return session.t("tui.weekly.withdrawn", cutoff=cutoff, batch=batch)

            session.read(work, partial(self._done, dialog), "freeze", refused=dialog.complain)

        t = self.t
        about = t(
            "tui.weekly.frozen_about", moment=moment(frozen.recorded_at).label, batch=frozen.batch,
            who=author_text(t, frozen.who, frozen.on_behalf),
        )  # fmt: skip
        about = f"{shown.report.period_name}\n{about}"
        question = t("tui.weekly.withdraw", name=frozen.name)
        dialog = ReasonDialog(session, question, attempt, about=about)
        session.ask(dialog)

    def _done(self, dialog: ReasonDialog, sentence: str) -> None:
        """Tell what freezing or withdrawing came to, and show it."""
        dialog.close()
        self.session.tell(sentence, error=False)
        self.renew()

    def action_export(self) -> None:
        """Ask for a file, then write the report to it; its ending tells the format."""
        session, shown, choice = self.session, self.shown, self.choice
        if shown is None:
            session.tell(Refusal("tui.weekly.nothing"))
            return

        def make(path: Path) -> bytes:
            ledger, format = session.ledger, format_of(path)
            return written_report(ledger, choice, shown, session.t, format, ascii=session.ascii)

        report = shown.report
        name = f"{safe_name(f'{report.title}-{report.period.cutoff.isoformat()}')}.docx"
        ask_to_save(session, self.t("tui.weekly.export"), name, list(BY_ENDING), make)


def _wrapped(line: str, cells: int) -> str:
    """A line of prose broken to a width; the columns of a table stand two spaces apart."""
    if "  " in line.rstrip():
        return line
    return wrapped(line, cells)
