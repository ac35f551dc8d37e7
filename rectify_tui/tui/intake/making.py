"""Making the returns of a week: for whom, until when, where to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from rectify_tui.domain.dates import read_day
from rectify_tui.errors import Problem
from rectify_tui.intake.returns.make import Made, MakeRequest, make_returns, week_asked
from rectify_tui.paths import config_folder, shown_path
from rectify_tui.reports.returns import week_name
from rectify_tui.reports.weekly.settings import FILE, Settings, read_settings
from rectify_tui.store.returns import SentTo
from rectify_tui.tui.dialogs.ask import AskDialog, Asked
from rectify_tui.tui.session import Session

_NAMED = 8
_BY: Sequence[SentTo] = ("city", "unit")


class Making:
    """Asks for what returns are wanted, and makes them; `changed` is called afterwards."""

    def __init__(self, session: Session, changed: Callable[[], None]) -> None:
        self.session = session
        self._changed = changed

    def make(self) -> None:
        """Ask for whom, of which week, until when and where to, then write the returns."""
        session = self.session

        def ask(settings: Settings) -> None:
            cutoff, due = week_asked(None, None, session.today, settings.week_ends_on)
            t = session.t
            lines = [
                Asked("due", t("intake_screen.make.due"), due.isoformat(), "coming"),
                Asked("programme", t("intake_screen.make.programme")),
                Asked("under", t("intake_screen.make.under")),
                Asked("by", t("intake_screen.make.by"), t("report.by.city")),
                Asked("week", t("intake_screen.make.week"), cutoff.isoformat(), "text"),
                Asked("folder", t("intake_screen.make.folder"), t("returns.folder", cutoff=cutoff)),
                Asked("on_behalf", t("intake_screen.make.on_behalf")),
            ]
            dialog = AskDialog(
                session, t("intake_screen.make.ask", week=week_name(cutoff, t)), lines,
                lambda typed: self._make(dialog, settings, typed),
                hint=t("intake_screen.make.hint"),
            )  # fmt: skip
            session.ask(dialog)

        session.read(office_settings, ask, "round-make", asks=True)

    def _make(self, dialog: AskDialog, settings: Settings, typed: Mapping[str, str]) -> None:
        session, t = self.session, self.session.t

        def work() -> tuple[Made, Path]:
            request = self._request(settings, typed)
            folder = Path(typed["folder"] or t("returns.folder", cutoff=request.cutoff))
            folder = folder.expanduser()
            try:
                made = make_returns(
                    session.ledger, request, folder, t, typed["on_behalf"].strip() or None
                )
            except OSError as error:
                raise Problem(
                    "tui.weekly.cannot_write", path=folder, error=error.strerror
                ) from error
            return made, folder

        def done(outcome: tuple[Made, Path]) -> None:
            dialog.close()
            made, folder = outcome
            session.tell(self._told(made, folder), error=False)
            session.look_again()
            self._changed()

        session.read(work, done, "round-make", refused=dialog.complain)

    def _request(self, settings: Settings, typed: Mapping[str, str]) -> MakeRequest:
        """What was typed, as a request. Raises `Problem` for what cannot be read."""
        today = self.session.today
        due = date.fromisoformat(typed["due"]) if typed["due"] else None
        week = read_day(typed["week"], today=today) if typed["week"] else None
        cutoff, due_on = week_asked(week, due, today, settings.week_ends_on)
        programme, under = typed["programme"].strip() or None, typed["under"].strip() or None
        return MakeRequest(
            self._recipients(typed["by"]), programme, under, cutoff, due_on, settings.office
        )

    def _recipients(self, text: str) -> SentTo:
        t, words = self.session.t, text.strip().casefold()
        for by in _BY:
            if words in ("", by, t(f"report.by.{by}").casefold()):
                return by
        known = t("report.comma").join(t(f"report.by.{by}") for by in _BY)
        raise Problem("intake_screen.make.bad_by", text=text, known=known)

    def _told(self, made: Made, folder: Path) -> str:
        t = self.session.t
        parts = [
            t(
                "intake_screen.make.done", n=len(made.files), path=shown_path(folder.absolute()),
                items=sum(each.n_items for each in made.files), batch=made.receipt.batch,
                undo=self.session.first_key("app.undo"),
            )
        ]  # fmt: skip
        if made.numbered:
            parts.append(t("returns.made.numbered", n=made.numbered))
        if made.idle:
            names = t("report.comma").join(made.idle[:_NAMED])
            more = t("tui.sign.cut") if len(made.idle) > _NAMED else ""
            parts.append(t("returns.made.idle", n=len(made.idle), names=names + more))
        if made.without_unit:
            parts.append(t("intake_screen.make.without_unit", n=made.without_unit))
        return t("intake_screen.gap").join(parts)


def office_settings() -> Settings:
    """How the office wants its reports, read in a thread."""
    return read_settings(config_folder() / FILE)
