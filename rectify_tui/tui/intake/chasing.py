"""Making the returns of a week, reminding those who are awaited, and noting what came otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from rectify_tui.domain.dates import read_day
from rectify_tui.errors import Problem, Refusal
from rectify_tui.intake.returns.make import Made, MakeRequest, make_returns, week_asked
from rectify_tui.paths import config_folder, shown_path
from rectify_tui.reports.new_file import write_whole
from rectify_tui.reports.reminders import (
    Reminder,
    awaited,
    letter_name,
    reminder_calendar,
    reminder_letter,
    reminder_text,
)
from rectify_tui.reports.returns import state_name, week_name
from rectify_tui.reports.weekly.settings import FILE, Settings, read_settings
from rectify_tui.store.commands.returns import RECEIVED, mark_received
from rectify_tui.store.draft import Draft
from rectify_tui.store.ledger import Receipt
from rectify_tui.store.returns import ReturnState, SentTo
from rectify_tui.tui.dialogs.ask import AskDialog, Asked
from rectify_tui.tui.dialogs.choice import ChoiceDialog
from rectify_tui.tui.saving import ask_to_save
from rectify_tui.tui.session import Session
from rectify_tui.tui.taking import copy_text

_NAMED = 8
_BY: Sequence[SentTo] = ("city", "unit")


@dataclass(frozen=True)
class _Way:
    """A way of reminding: how, and whom."""

    how: str
    states: tuple[ReturnState, ...]


class Chasing:
    """Asks for what is to be done about the returns of a round; `changed` is called afterwards."""

    def __init__(self, session: Session, changed: Callable[[], None]) -> None:
        self.session = session
        self._changed = changed

    # Making

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

        session.read(office_settings, ask, "round-make")

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

    # Reminding

    def remind(self, waiting: Sequence[ReturnState], state: ReturnState | None) -> None:
        """Ask whom to remind and how: all of those that wait, or the one under the cursor."""
        session = self.session
        try:
            everyone = awaited(waiting)
        except Refusal as refusal:
            session.tell(refusal)
            return
        ways = [_Way("text", everyone), _Way("letters", everyone), _Way("calendar", everyone)]
        if state in everyone:
            ways += [_Way("text", (state,)), _Way("letter", (state,))]
        options = [self._called(way, everyone) for way in ways]

        def chosen(place: int | None) -> None:
            if place is not None:
                session.read(office_settings, partial(self._remind, ways[place]), "round-remind")

        session.ask(ChoiceDialog(session, session.t("intake_screen.remind.ask"), options), chosen)

    def _called(self, way: _Way, everyone: tuple[ReturnState, ...]) -> str:
        t = self.session.t
        whom = t("intake_screen.remind.everyone", n=len(everyone))
        if way.states is not everyone:
            whom = state_name(way.states[0], t)
        return t(f"intake_screen.remind.{way.how}", whom=whom)

    def _remind(self, way: _Way, settings: Settings) -> None:
        session, t = self.session, self.session.t
        reminder = Reminder(way.states, settings.office, session.today)
        if way.how == "text":
            text = reminder_text(reminder, t)
            copy_text(session, lambda: (len(text.splitlines()), text))
        elif way.how == "letters":
            self._ask_for_folder(reminder)
        elif way.how == "letter":
            (state,) = way.states
            question = t("intake_screen.remind.save")

            def letter(_: Path) -> bytes:
                return reminder_letter(session.ledger.reader(), state, reminder, t)

            ask_to_save(session, question, letter_name(state, t), [".docx"], letter)
        else:

            def days(_: Path) -> bytes:
                ledger = session.ledger
                return reminder_calendar(ledger.reader(), reminder, t, ledger.clock())

            name = t("intake_screen.remind.ics", day=session.today)
            ask_to_save(session, t("intake_screen.remind.save"), name, [".ics"], days)

    def _ask_for_folder(self, reminder: Reminder) -> None:
        session, t = self.session, self.session.t
        usual = t("intake_screen.remind.folder", day=session.today)

        def attempt(typed: Mapping[str, str]) -> None:
            folder = Path(typed["folder"] or usual).expanduser()
            session.read(
                partial(self._write_letters, reminder, folder), done, "round-remind",
                refused=dialog.complain,
            )  # fmt: skip

        def done(folder: Path) -> None:
            dialog.close()
            n = len(reminder.awaited)
            told = t("intake_screen.remind.written", n=n, path=shown_path(folder.absolute()))
            session.tell(told, error=False)

        lines = [Asked("folder", t("intake_screen.make.folder"), usual)]
        dialog = AskDialog(
            session, t("intake_screen.remind.save"), lines, attempt, hint=t("tui.dialog.hint")
        )
        session.ask(dialog)

    def _write_letters(self, reminder: Reminder, folder: Path) -> Path:
        """In a thread: write a letter to each. Raises `Problem` where one cannot be written."""
        t, connection = self.session.t, self.session.ledger.reader()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for state in reminder.awaited:
                content = reminder_letter(connection, state, reminder, t)
                write_whole(folder / letter_name(state, t), content, force=False)
        except OSError as error:
            raise Problem("tui.weekly.cannot_write", path=folder, error=error.strerror) from error
        return folder

    # Received

    def mark_received(self, state: ReturnState) -> None:
        """Ask how and when a return came that is no file, and note it."""
        session, t = self.session, self.session.t
        if state.state == "received":
            session.tell(Refusal("returns.received_already", names=state_name(state, t)))
            return

        def attempt(typed: Mapping[str, str]) -> None:
            on = date.fromisoformat(typed["on"]) if typed["on"] else None

            def change(draft: Draft) -> None:
                mark_received(draft, [state.id], how=typed["how"], on=on)

            def done(_: Receipt) -> None:
                dialog.close()
                self._changed()

            session.change(RECEIVED, change, done=done, refused=dialog.complain)

        lines = [
            Asked("how", t("returns.table.how"), t("intake_screen.arrived.usual")),
            Asked("on", t("returns.table.received_on"), session.today.isoformat(), "past"),
        ]
        question = t("intake_screen.arrived.ask", name=state_name(state, t))
        dialog = AskDialog(
            session, question, lines, attempt, hint=t("tui.dialog.hint"),
            about=t("intake_screen.arrived.about"),
        )  # fmt: skip
        session.ask(dialog)


def office_settings() -> Settings:
    """How the office wants its reports, read in a thread."""
    return read_settings(config_folder() / FILE)
