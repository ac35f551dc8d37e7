"""The queue: gone through line by line, asked about, answered, and handed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from rectify_tui.domain.filter_text import replace_term
from rectify_tui.domain.queue import RULE
from rectify_tui.domain.text import shorten
from rectify_tui.errors import Problem
from rectify_tui.store.programmes import programmes
from rectify_tui.tui.carding import CardGiving
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.queue.escalating import Escalating
from rectify_tui.tui.queue.export import ask_to_export
from rectify_tui.tui.queue.lines import QueueLines, programme_of
from rectify_tui.tui.queue.reviewing import Reviewing
from rectify_tui.tui.records_pane import RecordsPane
from rectify_tui.tui.screens.group import GroupScreen
from rectify_tui.tui.screens.patterns import PatternsScreen
from rectify_tui.tui.screens.people import PeopleScreen
from rectify_tui.tui.session import Session
from rectify_tui.tui.sizes import TALL, WIDE
from rectify_tui.tui.view import LedgerView

_BAR, _LONG_BAR = 10, 20
_PAGING = {
    "page_down": 1.0, "page_up": -1.0, "half_page_down": 0.5, "half_page_up": -0.5,
}  # fmt: skip
"""Actions of a table that turn the page of an opened line, and by how many screenfuls."""


class QueueScreen(LedgerView):
    """The lines of the queue, the page about one of them, and everything that may come of it."""

    AUTO_FOCUS = "#main"
    BINDINGS: ClassVar[list[BindingType]] = bindings("table", "queue")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.lines = QueueLines(session)
        self.pane = RecordsPane(session, self.lines, hides=True, page_always=True)
        self.reviewing = Reviewing(session, self.pane, self.lines)
        self.escalating = Escalating(session, self.pane, self.lines, self.reviewing)
        self.carding = CardGiving(session, self.reviewing.chosen, self.reviewing.go_on)

    def body(self) -> ComposeResult:
        """The list with its filter and its page."""
        yield self.pane

    def on_resize(self) -> None:
        """Tell tightly where there are few lines."""
        self.lines.tight = self.size.height < TALL

    # Showing

    def renew(self) -> None:
        """Read the queue anew."""
        self.pane.renew()
        self.retitle()

    def on_window_table_loaded(self) -> None:
        """Another state of the queue is on the screen; the first time, begin where one left off."""
        pane, lines = self.pane, self.lines
        asked = lines.asked
        if pane.table.busy or asked is None or asked.shown is None:
            return
        first = lines.loaded is None
        lines.loaded = asked
        following = asked.next(None, lambda _: False) if first else None
        if following is not None:
            pane.go_to(following)
        self.reviewing.loaded()
        pane.show_empty_text()
        pane.show_page()
        self.retitle()

    def turned_back(self, batch: int) -> None:
        """Go back to the line whose review was undone."""
        self.reviewing.turned_back(batch)

    def open(self, filter_text: str, key: int | None) -> None:
        """Show the lines of a filter, with the cursor on one of them."""
        self.pane.open(filter_text, key)

    def retitle(self) -> None:
        """Tell how many lines were gone through this week, of how many."""
        parts = [self.t("keys.app.queue")]
        shown = self.lines.shown
        if shown is not None and shown.total:
            n, total = len(shown.done), shown.total
            progress = self.t("queue_screen.progress_of", n=f"{n:,}", total=f"{total:,}")
            parts.append(f"{progress} {self._bar(n, total)}")
        self.show_top(self.t("tui.sign.dot").join(parts))
        self.show_state()

    def _bar(self, n: int, total: int) -> str:
        """A bar that is full only when all is done, and empty only where nothing is."""
        cells = _LONG_BAR if self.size.width >= WIDE else _BAR
        full = n * cells // total or int(n > 0)
        if self.session.ascii:
            return f"[{'#' * full}{'-' * (cells - full)}]"
        return "█" * full + "░" * (cells - full)

    def state(self) -> str:
        """Which line of how many, and what else can be done."""
        names = ("open", "answer", "filter", "done", "patterns", "group", "export")
        keys = {name: self.session.first_key(f"queue.{name}") for name in names}
        parts = [*self.pane.where(), self.t("queue_screen.hint", **keys)]
        text = self.t("tui.sign.dot").join(parts)
        return shorten(text, max(0, self.size.width - 2), self.t("tui.sign.cut"))

    def action_tell_order(self) -> None:
        """Say by which rule the lines are in order."""
        self.say(self.t(RULE))

    def lacks(self, need: str) -> Problem | None:
        """What is missing that a key needs; a past queue is only looked at."""
        closed = self.reviewing.closed() if need == "line" else None
        return closed or super().lacks("row" if need == "line" else need)

    def remember(self) -> Mapping[str, object]:
        """The filter; one always begins at the first line that is not done."""
        return {"filter": self.pane.filter_line.value}

    def recall(self, kept: Mapping[str, object]) -> None:
        """Begin with the filter."""
        self.pane.recall(kept)

    def action_give_card(self) -> None:
        """Ask which card the unit of the chosen lines is given."""
        self.carding.begin()

    # Which lines

    def action_turn_done(self) -> None:
        """Show lines that are done this week, or leave them out."""
        including = self.lines.including
        self.lines.including = replace(including, done=not including.done)
        key = "hidden" if including.done else "shown"
        self.say(self.t(f"queue_screen.done_{key}"))
        self.pane.renew(same_rows=False)

    def action_turn_put_off(self) -> None:
        """Show lines that were put off until a later day, or leave them out."""
        including, shown = self.lines.including, self.lines.shown
        self.lines.including = replace(including, put_off=not including.put_off)
        n = shown.queue.put_off if shown is not None else 0
        key = "hidden" if including.put_off else "shown"
        self.say(self.t(f"queue_screen.put_off_{key}", n=n))
        self.pane.renew(same_rows=False)

    def programme(self) -> str | None:
        """The programme that the filter names, if it names one."""
        return programme_of(self.pane.filter)

    def action_turn_programme(self) -> None:
        """All programmes, then each of them in turn."""

        def find() -> list[str]:
            return [
                programme.code
                for programme in programmes(self.session.ledger.reader(), archived=False)
            ]

        def found(codes: list[str]) -> None:
            choices = [None, *codes]
            now = self.programme()
            place = choices.index(now) if now in choices else 0
            following = choices[(place + 1) % len(choices)]
            typed = self.pane.filter_line.value
            self.pane.open(replace_term(typed, "programme", following), None)
            named = following or self.t("weekly.all_programmes")
            self.say(self.t("queue_screen.of_programme", programme=named))

        self.session.read(find, found, "look-up")

    # The page about a line

    def on_window_table_chosen(self) -> None:
        """Enter opens the line and closes it again."""
        self.action_open()

    def action_open(self) -> None:
        """Give the page all the room, with the whole history; or the lines again."""
        opened = not self.lines.opened
        self.lines.opened = opened
        self.pane.set_class(opened, "opened")
        table = self.pane.table
        table.can_focus = not opened  # with the focus its own keys would move the cursor instead
        self.set_focus(None if opened else table)
        self.pane.show_page()

    async def action_table(self, action: str) -> None:
        """Let the table do something; while a line is open, turn its page."""
        if self.lines.opened and action in _PAGING:
            self.pane.page.turn(_PAGING[action])
        else:
            await super().action_table(action)

    def action_leave(self) -> None:
        """Step back: out of an open line, then out of the filter, a range, marks, its text."""
        if self.lines.opened and not self.pane.filter_line.has_focus:
            self.action_open()
        else:
            self.pane.action_leave()

    # What may come of a line

    def action_give_reason(self) -> None:
        """Ask what there is to note about it, beginning with why it stands as it does."""
        self.reviewing.review("reason")

    def action_plan_next(self) -> None:
        """Ask what there is to note about it, beginning with what is done next."""
        self.reviewing.review("next_step")

    def action_set_status(self) -> None:
        """Ask for a status and set it on what is chosen."""
        self.reviewing.editor.set_status()

    def action_put_off(self) -> None:
        """Ask until when nobody wants to see it."""
        self.reviewing.put_off()

    def action_keep(self) -> None:
        """Note that it was gone through and that nothing is new."""
        self.reviewing.keep()

    def action_escalate(self) -> None:
        """Ask which step is taken about it."""
        self.escalating.escalate()

    def action_answer(self) -> None:
        """Ask what came back on a step about it."""
        self.escalating.answer()

    def action_export(self) -> None:
        """Ask for a file, and write the queue to it as it is on the screen."""
        ask_to_export(self.session, self.lines)

    # Other lists

    def action_list_item(self) -> None:
        """Show the line in the list of items."""
        key = self.pane.table.cursor_key
        if key is not None:
            self.session.open_list("items", "", key)

    def action_patterns(self) -> None:
        """Show what a person who reads many weeks of progress would notice."""
        self.app.push_screen(PatternsScreen(self.session, self.programme()))

    def action_group(self) -> None:
        """Show who is still in the working group, and who has left it."""
        self.app.push_screen(GroupScreen(self.session, self.programme(), self._show_member))

    def action_people(self) -> None:
        """Show whom to ask, with what they are in charge of."""
        self.app.push_screen(PeopleScreen(self.session, self.programme(), self._show_member))

    def _show_member(self, filter_text: str) -> None:
        """The lines of one member of the working group, or of a person."""
        self.open(replace_term(filter_text, "programme", self.programme()), None)
