"""Reminding those whose return is awaited, and noting what came another way than as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from rectify_tui.errors import Problem, Refusal
from rectify_tui.paths import shown_path
from rectify_tui.reports.new_file import write_whole
from rectify_tui.reports.reminders import (
    Reminder,
    awaited,
    letter_name,
    reminder_calendar,
    reminder_letter,
    reminder_text,
)
from rectify_tui.reports.returns import state_name
from rectify_tui.reports.weekly.settings import Settings
from rectify_tui.store.commands.returns import RECEIVED, mark_received
from rectify_tui.store.draft import Draft
from rectify_tui.store.ledger import Receipt
from rectify_tui.store.return_states import ReturnState
from rectify_tui.tui.dialogs.ask import AskDialog, Asked
from rectify_tui.tui.dialogs.choice import ChoiceDialog
from rectify_tui.tui.intake.making import office_settings
from rectify_tui.tui.saving import ask_to_save
from rectify_tui.tui.session import Session
from rectify_tui.tui.taking import copy_text


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
                remind = partial(self._remind, ways[place])
                session.read(office_settings, remind, "round-remind", asks=True)

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
