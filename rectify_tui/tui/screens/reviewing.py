"""Going through the queue: what is said of a line is written, and the next one comes up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from rectify_tui.errors import Problem, Refusal
from rectify_tui.store.commands.review import keep_items, review_items
from rectify_tui.store.commands.stale import Stale
from rectify_tui.store.draft import Draft
from rectify_tui.store.ledger import Receipt
from rectify_tui.store.log import batch_log
from rectify_tui.store.records import ITEM
from rectify_tui.tui.dialogs.ask import AskDialog, Asked
from rectify_tui.tui.dialogs.base import Dialog
from rectify_tui.tui.review_desk.listing import Queue
from rectify_tui.tui.screens.changing import Choice, stale_problem
from rectify_tui.tui.screens.queue import QueueScreen
from rectify_tui.tui.widgets.marks import NO_MARKS


class ReviewingScreen(QueueScreen):
    """Reason, next step, status, putting off: one key each."""

    def __init__(self) -> None:
        super().__init__()
        self.acted = NO_MARKS
        self._passed: set[int] = set()
        self._keeping = 0

    def chosen(self) -> Choice | None:
        """The marked lines, or the one under the cursor; a past queue is only looked at."""
        if self.in_past:
            key = self.rectify.first_key("app.today")
            self.rectify.tell(Refusal("behind_screen.in_past", day=self.shown_day(), key=key))
            return None
        choice = super().chosen()
        if choice is not None:
            one = () if choice.one is None else (choice.one,)
            self.acted = self.main_table().marked or NO_MARKS.add(one)
        return choice

    # Going on

    def go_on(self) -> None:
        """Leave what was acted on for the next line that is to be gone through, if there is one."""
        following = self._following()
        self.main_table().clear_marks()
        if following is None:
            self._tell_end()
        else:
            self.go_to(following)

    def _following(self) -> int | None:
        """The next line that is to be gone through."""
        if self.loaded is None:
            return None
        acted, passed, key = self.acted, self._passed, self.main_table().cursor_key
        return self.loaded.next(key, lambda id: id in acted or id in passed)

    def _tell_end(self) -> None:
        self.say(self.t("behind_screen.all_done", key=self.rectify.first_key("app.undo")))

    def passed_on(self, queue: Queue) -> None:
        """What was passed has come to be done."""
        self._passed -= queue.done

    def turned_back(self, batch: int) -> None:
        """Go back to the line whose review was undone."""

        def find() -> list[int]:
            log = batch_log(self.rectify.ledger.reader(), batch)
            return [entry.entity_id for entry in log if entry.entity == ITEM]

        def found(ids: list[int]) -> None:
            self._passed.difference_update(ids)
            if ids:
                self.go_to(ids[0])
            self.renew()

        self.rectify.read(find, found, "look-up")

    # Writing

    def set_fields(
        self, draft: Draft, ids: list[int], fields: Mapping[str, str], on: date,
        seen: Mapping[int, int],
    ) -> None:  # fmt: skip
        """Note what came of a review; gone through it was today, whenever that holds from."""
        review_items(draft, ids, fields, on=on, seen=seen)
        keep_items(draft, ids)

    def write(
        self, kind: str, dialog: Dialog[Any], change: Callable[[Draft], None], reason: str,
        refused: Callable[[Problem], None] | None = None,
    ) -> None:  # fmt: skip
        """Carry out what a dialog asked for, as a review; then go on to the next line."""

        def done(_: Receipt) -> None:
            dialog.close()
            self.go_on()

        self.rectify.change(
            "review", change, reason=reason, done=done, refused=refused or dialog.complain
        )

    def seen(self, choice: Choice) -> dict[int, int]:
        """The revision of the line that is acted on, as it is on the screen."""
        entry = self.entry()
        return {choice.one: entry.row.rev} if choice.one is not None and entry else {}

    # What may be said

    def action_give_reason(self) -> None:
        """Ask why it stands as it does."""
        self._ask("reason", (Asked("reason", self.t("tui.field.reason"), self._now("reason")),))

    def action_plan_next(self) -> None:
        """Ask what is done next, and by when."""
        promised = self._now("next_on")
        if promised < self.shown_day().isoformat():
            promised = ""
        lines = (
            Asked("next_step", self.t("tui.field.next_step"), self._now("next_step")),
            Asked("next_on", self.t("tui.field.next_on"), promised, "coming"),
        )
        self._ask("next", lines)

    def action_put_off(self) -> None:
        """Ask until when nobody wants to see it."""
        label = self.t("field.put_off_until.title")
        line = Asked("put_off_until", label, self._now("put_off_until"), "later")
        self._ask("put_off", (line,))

    def _now(self, name: str) -> str:
        """What stands in the one line that is chosen; nothing of several."""
        entry = self.entry()
        if entry is None or self.main_table().marked:
            return ""
        return getattr(entry.row, name) or ""

    def _ask(self, what: str, lines: Sequence[Asked]) -> None:
        choice = self.chosen()
        if choice is None:
            return
        seen, today = self.seen(choice), self.rectify.ledger.today()

        def attempt(values: Mapping[str, str]) -> None:
            fields = {
                each.name: values[each.name] for each in lines if values[each.name] or each.value
            }
            if fields:
                self._set(dialog, choice, fields, today, "", seen)
            else:
                dialog.complain(Problem("behind_screen.nothing_said"))

        title = self.t(f"behind_screen.ask.{what}", what=self.called(choice))
        dialog = AskDialog(title, lines, attempt)
        self.app.push_screen(dialog)

    def called(self, choice: Choice) -> str:
        """The reference of the one line that is chosen, or how many there are."""
        entry = self.entry()
        if choice.one is not None and entry is not None and entry.row.id == choice.one:
            return entry.row.ref
        return self.t("tui.marked_items", n=choice.n)

    def action_keep(self) -> None:
        """Note that it was gone through and that nothing is new; go on at once."""
        choice, back = self.chosen(), self.main_table().cursor_key
        if choice is None:
            return
        seen = self.seen(choice)
        passed = {choice.one} if choice.one is not None else set()
        self._passed |= passed

        def refused(problem: Problem) -> None:
            self._keeping -= 1
            self._passed -= passed
            if back is not None:
                self.go_to(back)
            self.rectify.tell(stale_problem(problem) if isinstance(problem, Stale) else problem)

        def change(draft: Draft) -> None:
            keep_items(draft, choice.ids(), seen=seen)

        def done(_: Receipt) -> None:
            self._keeping -= 1
            if not self._keeping and self._following() is None:
                self._tell_end()

        self._keeping += 1
        self.rectify.change("review", change, done=done, refused=refused)
        self.go_on()
