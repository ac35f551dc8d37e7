"""A form would move a deadline: asks whether that was a mistake or was allowed, and by whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from rectify_tui.domain.timeline import Later
from rectify_tui.errors import Problem
from rectify_tui.paths import config_folder
from rectify_tui.reports.extensions import FILE, read_may_allow
from rectify_tui.store.commands.deadlines import DeadlineMoves
from rectify_tui.store.commands.extensions import Request, extend_items
from rectify_tui.store.commands.items import correct_items, set_items
from rectify_tui.store.draft import Draft
from rectify_tui.tui.dialogs.choice import ChoiceDialog
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.dialogs.extend import ExtendDialog, ExtendResult
from rectify_tui.tui.session import Session

_ANSWERS = ("extension", "correction")

Write = Callable[..., None]
"""Writes a change for a dialog, as `Editor.write` does."""


class DeadlineMoved:
    """What a form said of items, whose deadline it would move without anybody's name."""

    def __init__(
        self, session: Session, ids: list[int], fields: Mapping[str, str], on: date, reason: str,
        write: Write,
    ) -> None:  # fmt: skip
        self.session = session
        self.ids = ids
        self.to = fields["deadline"]
        self.rest = {name: text for name, text in fields.items() if name != "deadline"}
        self.on, self.reason = on, reason
        self._write = write

    def ask(self, refusal: DeadlineMoves, form: Dialog[Any]) -> None:
        """Ask which of the two it is, over the form, which goes with it."""
        session = self.session

        def chosen(place: int | None) -> None:
            if place is None:
                form.complain(refusal)
            elif _ANSWERS[place] == "correction":
                self._correct(form)
            else:
                self._extend(form)

        options = [session.t(f"tui.deadline_moved.{answer}") for answer in _ANSWERS]
        question = session.t("tui.deadline_moved.question", **refusal.params)
        session.ask(ChoiceDialog(session, question, options), chosen)

    def _correct(self, form: Dialog[Any], later: Later | None = None) -> None:
        if not self.reason:
            form.complain(Problem("tui.deadline_moved.why"))
            return

        def change(draft: Draft) -> None:
            correct_items(draft, self.ids, {"deadline": self.to}, later=later)
            self._set_rest(draft, later)

        again = partial(self._correct, form)
        self._write("correct", form, change, self.reason, again=again)

    def _extend(self, form: Dialog[Any]) -> None:
        def attempt(result: ExtendResult, later: Later | None = None) -> None:
            def change(draft: Draft) -> None:
                allowed = read_may_allow(config_folder() / FILE)
                extend_items(
                    draft, self.ids, result.request, may_allow=allowed, on=result.on, later=later
                )
                self._set_rest(draft, later)

            again = partial(attempt, result)
            self._write("extend", dialog, change, result.request.reason, again=again)

        form.close()
        begun = Request(self.to, "", "", self.reason)
        dialog = ExtendDialog(self.session, len(self.ids), attempt, begun)
        self.session.ask(dialog)

    def _set_rest(self, draft: Draft, later: Later | None) -> None:
        if self.rest:
            draft.flush()
            set_items(draft, self.ids, self.rest, on=self.on, later=later)
