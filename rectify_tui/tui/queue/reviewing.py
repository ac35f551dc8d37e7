"""Going through the queue: what is said of a line is written, and the next one comes up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from rectify_tui.domain import fields
from rectify_tui.domain.timeline import Later
from rectify_tui.errors import Problem, Refusal
from rectify_tui.reports.fields import title
from rectify_tui.store.commands.review import keep_items, review_items
from rectify_tui.store.commands.stale import Stale
from rectify_tui.store.draft import Draft
from rectify_tui.store.ledger import Receipt
from rectify_tui.store.log import batch_log
from rectify_tui.store.records import ITEM
from rectify_tui.tui.dialogs.ask import AskDialog, Asked
from rectify_tui.tui.dialogs.review import ReviewDialog
from rectify_tui.tui.editable import EDITABLE_ITEMS
from rectify_tui.tui.editing import Editor, stale_problem
from rectify_tui.tui.queue.about import about_entry
from rectify_tui.tui.queue.lines import QueueLines
from rectify_tui.tui.records_pane import Choice, RecordsPane
from rectify_tui.tui.session import Session
from rectify_tui.tui.widgets.table.marks import NO_MARKS


def _review(
    draft: Draft, ids: list[int], fields: Mapping[str, str], *,
    on: date | None, seen: Mapping[int, int] | None, later: Later | None,
) -> None:  # fmt: skip
    """Note what came of a review; gone through it was today, whenever that holds from."""
    review_items(draft, ids, fields, on=on, seen=seen, later=later)
    keep_items(draft, ids)


REVIEWED = replace(EDITABLE_ITEMS, set_fields=_review, batch_kind="review")
"""Items as a review changes them."""


class Reviewing:
    """Going through the lines: what is noted about one, and then on to the next line.

    A queue is read anew after every change, and the next key may come before it is there. What was
    acted on last (`_acted`) and what was passed and is not yet written as done (`_passed`) are
    therefore kept in mind: neither of them comes up again.
    """

    def __init__(self, session: Session, pane: RecordsPane, lines: QueueLines) -> None:
        self.session = session
        self.pane = pane
        self.lines = lines
        self.editor = Editor(session, REVIEWED, self.chosen, self.go_on)
        self._acted = NO_MARKS
        self._passed: set[int] = set()
        self._keeping = 0
        self._stays = False

    # What is chosen

    def chosen(self) -> Choice | None:
        """The marked lines, or the one under the cursor; a past queue is only looked at."""
        session = self.session
        if session.as_of is not None:
            key = session.first_key("app.today")
            session.tell(Refusal("queue_screen.in_past", day=session.day, key=key))
            return None
        choice = self.pane.chosen()
        if choice is not None:
            one = () if choice.one is None else (choice.one,)
            self._acted = self.pane.table.marked or NO_MARKS.add(one)
        return choice

    def called(self, choice: Choice) -> str:
        """The reference of the one line that is chosen, or how many there are."""
        entry = self.lines.entry(self.pane.table.cursor_key)
        if choice.one is not None and entry is not None and entry.row.id == choice.one:
            return entry.row.ref
        return self.session.t("tui.marked_items", n=choice.n)

    def _seen(self, choice: Choice) -> dict[int, int]:
        """The revision of the line that is acted on, as it is on the screen."""
        entry = self.lines.entry(self.pane.table.cursor_key)
        return {choice.one: entry.row.rev} if choice.one is not None and entry else {}

    # Going on

    def go_on(self) -> None:
        """Leave what was acted on for the next line that is to be gone through, if there is one."""
        stays, self._stays = self._stays, False
        if stays:
            return
        following = self._following()
        self.pane.table.clear_marks()
        if following is None:
            self._tell_end()
        else:
            self.pane.go_to(following)

    def _following(self) -> int | None:
        """The next line that is to be gone through."""
        if self.lines.loaded is None:
            return None
        acted, passed, key = self._acted, self._passed, self.pane.table.cursor_key
        return self.lines.loaded.next(key, lambda id: id in acted or id in passed)

    def _tell_end(self) -> None:
        key = self.session.first_key("app.undo")
        self.session.tell(self.session.t("queue_screen.all_done", key=key), error=False)

    def loaded(self) -> None:
        """Another state of the queue is on the screen: what was passed has come to be done."""
        shown = self.lines.shown
        if shown is not None:
            self._passed -= shown.done

    def turned_back(self, batch: int) -> None:
        """Go back to the line whose review was undone."""

        def find() -> list[int]:
            log = batch_log(self.session.ledger.reader(), batch)
            return [entry.entity_id for entry in log if entry.entity == ITEM]

        def found(ids: list[int]) -> None:
            self._passed.difference_update(ids)
            if ids:
                self.pane.go_to(ids[0])
            self.pane.renew()

        self.session.read(find, found, "look-up")

    # What may be noted

    def review(self, first: str) -> None:
        """Ask why it stands as it does, what is done next, and by when; begins on one of these.

        A promise that has passed is told and not offered again.
        """
        promised = self._now("next_on")
        if promised < self.session.day.isoformat():
            promised = ""
        choice, t = self.chosen(), self.session.t
        if choice is None:
            return
        today = self.session.today.isoformat()
        lines = [
            self._line("reason"), self._line("next_step"),
            Asked("next_on", self._title("next_on"), promised, "coming"),
            Asked("on", t("tui.dialog.on"), today, "past"),
        ]  # fmt: skip
        ask = partial(
            ReviewDialog, self.session, t("queue_screen.ask.review", what=self.called(choice)),
            lines, hint=t("queue_screen.review_hint"), about=self.about(choice), first=first,
        )  # fmt: skip
        self._ask(choice, lines, ask)

    def put_off(self) -> None:
        """Ask until when nobody wants to see it."""
        choice, name = self.chosen(), "put_off_until"
        if choice is None:
            return
        lines = [Asked(name, self._title(name), self._now(name), "later")]
        question = self.session.t("queue_screen.ask.put_off", what=self.called(choice))
        ask = partial(AskDialog, self.session, question, lines, about=self.about(choice))
        self._ask(choice, lines, ask)

    def _line(self, name: str) -> Asked:
        return Asked(name, self._title(name), self._now(name))

    def _title(self, name: str) -> str:
        return title(fields.ITEM[name], self.session.t)

    def _now(self, name: str) -> str:
        """What stands in the one line that is chosen; nothing of several."""
        entry = self.lines.entry(self.pane.table.cursor_key)
        if entry is None or self.pane.table.marked:
            return ""
        return getattr(entry.row, name) or ""

    def about(self, choice: Choice) -> str:
        """What the line that is chosen says now, or how many are chosen."""
        entry = self.lines.entry(self.pane.table.cursor_key)
        if choice.one is None or entry is None or entry.row.id != choice.one:
            return self.session.t("queue_screen.about_several")
        return about_entry(self.session.t, entry, self.session.day, ascii=self.session.ascii)

    def _ask(self, choice: Choice, lines: Sequence[Asked], ask: Callable[..., AskDialog]) -> None:
        """Ask, and write what was typed or kept on all that is chosen."""
        seen, today = self._seen(choice), self.session.today

        def attempt(typed: Mapping[str, str]) -> None:
            values = {
                line.name: typed[line.name]
                for line in lines
                if line.name != "on" and (typed[line.name] or line.value)
            }
            on = date.fromisoformat(typed["on"]) if typed.get("on") else today
            self._stays = isinstance(dialog, ReviewDialog) and dialog.stays
            if values:
                self.editor.set(dialog, choice, values, on=on, reason="", seen=seen)
            else:
                dialog.complain(Problem("queue_screen.nothing_said"))

        dialog = ask(attempt=attempt)
        self.session.ask(dialog)

    # Nothing new

    def keep(self) -> None:
        """Note that it was gone through and that nothing is new; go on at once."""
        choice, back = self.chosen(), self.pane.table.cursor_key
        if choice is None:
            return
        passed = {choice.one} if choice.one is not None else set()
        change = partial(_keep, choice, self._seen(choice))
        self._passed |= passed

        def refused(problem: Problem) -> None:
            self._keeping -= 1
            self._passed -= passed
            if back is not None:
                self.pane.go_to(back)
            if isinstance(problem, Stale):
                problem = stale_problem(problem)
            self.session.tell(problem)

        def done(_: Receipt) -> None:
            self._keeping -= 1
            if not self._keeping and self._following() is None:
                self._tell_end()

        self._keeping += 1
        self.session.change("review", change, done=done, refused=refused)
        self.go_on()


def _keep(choice: Choice, seen: Mapping[int, int], draft: Draft) -> None:
    keep_items(draft, choice.ids(), seen=seen)
