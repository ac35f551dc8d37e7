"""Going through the queue: what is said of a line is written, and the next one comes up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from rectify_tui.domain import fields
from rectify_tui.errors import Problem, Refusal
from rectify_tui.reports.fields import title
from rectify_tui.store.commands.review import keep_items, review_items
from rectify_tui.store.commands.stale import Stale
from rectify_tui.store.draft import Draft
from rectify_tui.store.ledger import Receipt
from rectify_tui.store.log import batch_log
from rectify_tui.store.records import ITEM
from rectify_tui.tui.dialogs.ask import AskDialog, Asked
from rectify_tui.tui.editable import EDITABLE_ITEMS
from rectify_tui.tui.editing import Editor, stale_problem
from rectify_tui.tui.queue.lines import QueueLines
from rectify_tui.tui.records_pane import Choice, RecordsPane
from rectify_tui.tui.session import Session
from rectify_tui.tui.widgets.table.marks import NO_MARKS


def _review(
    draft: Draft, ids: list[int], fields: Mapping[str, str], *,
    on: date | None, seen: Mapping[int, int] | None,
) -> None:  # fmt: skip
    """Note what came of a review; gone through it was today, whenever that holds from."""
    review_items(draft, ids, fields, on=on, seen=seen)
    keep_items(draft, ids)


REVIEWED = replace(EDITABLE_ITEMS, set_fields=_review, batch_kind="review")
"""Items as a review changes them."""


class Reviewing:
    """Reason, next step, status, putting off: one key each, and then on to the next line.

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

    def give_reason(self) -> None:
        """Ask why it stands as it does."""
        self._ask("reason", [self._line("reason")])

    def plan_next(self) -> None:
        """Ask what is done next, and by when; a promise that has passed is not offered again."""
        promised = self._now("next_on")
        if promised < self.session.day.isoformat():
            promised = ""
        next_on = Asked("next_on", self._title("next_on"), promised, "coming")
        self._ask("next", [self._line("next_step"), next_on])

    def put_off(self) -> None:
        """Ask until when nobody wants to see it."""
        name = "put_off_until"
        self._ask("put_off", [Asked(name, self._title(name), self._now(name), "later")])

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

    def _ask(self, what: str, lines: Sequence[Asked]) -> None:
        choice = self.chosen()
        if choice is None:
            return
        session = self.session
        seen, today = self._seen(choice), session.today

        def attempt(typed: Mapping[str, str]) -> None:
            values = {
                line.name: typed[line.name] for line in lines if typed[line.name] or line.value
            }
            if values:
                self.editor.set(dialog, choice, values, on=today, reason="", seen=seen)
            else:
                dialog.complain(Problem("queue_screen.nothing_said"))

        question = session.t(f"queue_screen.ask.{what}", what=self.called(choice))
        dialog = AskDialog(session, question, lines, attempt)
        session.ask(dialog)

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
