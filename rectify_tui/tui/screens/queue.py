"""The queue: its lines, how far one has come, and the page of the line under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import ClassVar

from rich.text import Text
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Input

from rectify_tui.domain.filter import Term, replace_term
from rectify_tui.domain.queue import RULE
from rectify_tui.domain.text import shorten
from rectify_tui.reports.words import Words
from rectify_tui.store.connection import Connection
from rectify_tui.store.listing import Listing, ListQuery
from rectify_tui.store.programmes import programmes
from rectify_tui.store.queue import QueueEntry
from rectify_tui.tui.behind_page import Look, behind_page
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.review_desk.facts import Facts, read_facts
from rectify_tui.tui.review_desk.listing import Queue, QueueList, Wanted
from rectify_tui.tui.screens.items import ItemsScreen
from rectify_tui.tui.screens.ledger import WIDE
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.behind import BehindSource, behind_columns
from rectify_tui.tui.widgets.table.messages import Chosen, Loaded
from rectify_tui.tui.widgets.table.source import Column, Source

TALL = 32
"""Lines of a screen from which the page has empty lines between its parts."""

_BAR, _LONG_BAR = 10, 20
_PAGING = {
    "page_down": 1.0, "page_up": -1.0, "half_page_down": 0.5, "half_page_up": -0.5,
}  # fmt: skip
"""Actions of a table that turn the page of an opened line, and by how many screenfuls."""


class QueueScreen(ItemsScreen, inherit_bindings=False):
    """Items in the order of the queue, the line under the cursor with its page."""

    BINDINGS: ClassVar[list[BindingType]] = [*Screen.BINDINGS, *bindings("table", "behind")]

    mode = "behind"
    orders = ()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.shown = Wanted()
        self.loaded: QueueList | None = None
        self.facts: Facts | None = None
        self._going_to: int | None = None

    # Lines

    def make_listing(self, query: ListQuery) -> Listing:
        """The queue under a filter."""
        return QueueList(self.session.ledger, query, self.shown)

    def make_source(self, listing: Listing) -> Source:
        """Its lines as the table draws them."""
        assert isinstance(listing, QueueList)
        return BehindSource(listing, self.t, ascii=self.session.ascii)

    def columns(self) -> tuple[Column, ...]:
        """The table's columns."""
        return behind_columns(self.t)

    def further_commands(self) -> Iterable[SystemCommand]:
        """No orders: there is one."""
        return ()

    def _show(self, *, same_rows: bool = False) -> None:
        self.add_class("detail")
        if self._keep is None:
            self._keep = self._going_to
        super()._show(same_rows=same_rows)

    def on_window_table_loaded(self, event: Loaded) -> None:
        """Tell how far one has come."""
        listing = self.listing
        if self.main_table().busy or not isinstance(listing, QueueList) or listing.queue is None:
            return
        following = listing.next(None, lambda _: False) if self.loaded is None else None
        self.loaded, self._going_to = listing, None
        if following is not None:  # begin where somebody left off
            self.go_to(following)
        self.passed_on(listing.queue)
        table = self.main_table()
        table.empty_text = self._empty_text()
        self.retitle()
        self._show_detail(table.cursor_key)

    def passed_on(self, queue: Queue) -> None:
        """Another state of the queue is on the screen."""

    @property
    def queue(self) -> Queue | None:
        """The queue as it is on the screen."""
        return self.loaded.queue if self.loaded is not None else None

    def entry(self) -> QueueEntry | None:
        """The line under the cursor, as it is on the screen."""
        key = self.main_table().cursor_key
        return self.loaded.entry(key) if self.loaded is not None and key is not None else None

    def go_to(self, key: int) -> None:
        """Put the cursor on a line, also where it is read anew at the moment."""
        table = self.main_table()
        table.move_to(key)
        self._going_to = key if table.cursor_key != key else None

    def _empty_text(self) -> str:
        key, queue = self.session.first_key, self.queue
        if queue is not None and queue.total and not self.shown.done:
            return self.t("behind_screen.nothing_left", n=queue.total, key=key("behind.done"))
        if self.wanted.terms:
            return self.t("tui.nothing_found", key=key("behind.leave"))
        return self.t("behind_screen.nothing")

    def action_filter(self) -> None:
        """Go to the filter."""
        self.add_class("finding")
        super().action_filter()

    def open(self, text: str, key: int | None) -> None:
        """Show the lines of a filter, with the cursor on one of them."""
        self.set_class(bool(text), "finding")
        super().open(text, key)

    # How far one has come

    def retitle(self) -> None:
        """Tell how many lines were gone through this week, of how many."""
        parts = [self.t(f"keys.app.{self.mode}")]
        queue = self.queue
        if queue is not None and queue.total:
            n, total = len(queue.done), queue.total
            told = self.t("behind_screen.progress_of", n=f"{n:,}", total=f"{total:,}")
            parts.append(f"{told} {self._bar(n, total)}")
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
        table, key = self.main_table(), self.session.first_key
        parts = [self.t("tui.row", row=f"{table.cursor_index + 1:,}", total=f"{table.total:,}")]
        if table.marked_count:
            parts.append(self.t("tui.marked", n=f"{table.marked_count:,}"))
        names = ("open", "answer", "filter", "done", "patterns", "group", "export")
        keys = {name: key(f"behind.{name}") for name in names}
        parts.append(self.t("behind_screen.hint", **keys))
        text = self.t("tui.sign.dot").join(parts)
        return shorten(text, max(0, self.size.width - 2), self.t("tui.sign.cut"))

    def action_tell_order(self) -> None:
        """Say by which rule the lines are in order."""
        self.say(self.t(RULE))

    # Which lines

    def action_turn_done(self) -> None:
        """Show lines that are done this week, or leave them out."""
        self.shown = replace(self.shown, done=not self.shown.done)
        key = "shown" if self.shown.done else "hidden"
        self.say(self.t(f"behind_screen.done_{key}"))
        self._show()

    def action_turn_put_off(self) -> None:
        """Show lines that were put off until a later day, or leave them out."""
        self.shown = replace(self.shown, put_off=not self.shown.put_off)
        n = self.queue.found.put_off if self.queue is not None else 0
        key = "shown" if self.shown.put_off else "hidden"
        self.say(self.t(f"behind_screen.put_off_{key}", n=n))
        self._show()

    def programme(self) -> str | None:
        """The programme that the filter names, if it names one."""
        for term in self.wanted.terms:
            if isinstance(term, Term) and term.field == "programme" and not term.negated:
                return str(term.values[0]) if len(term.values) == 1 else None
        return None

    def action_turn_programme(self) -> None:
        """All programmes, then each of them in turn."""

        def found(codes: list[str]) -> None:
            choices = [None, *codes]
            now = self.programme()
            place = choices.index(now) if now in choices else 0
            following = choices[(place + 1) % len(choices)]
            box = self.query_one("#filter", Input)
            self.open(replace_term(box.value, "programme", following), None)
            self.say(self.t("behind_screen.of_programme", programme=following or self._all()))

        def find() -> list[str]:
            return [each.code for each in programmes(self.session.ledger.reader())]

        self.session.read(find, found, "look-up")

    def _all(self) -> str:
        return self.t("weekly.all_programmes")

    # The page

    def detail(self, connection: Connection, key: int) -> Text | None:
        """The page of a line."""
        facts = self.read_facts(connection, key)
        if facts is None:
            return None
        look = Look(
            self._room, self.session.ascii, whole=self.has_class("opened"),
            tight=self.size.height < TALL,
        )  # fmt: skip
        return behind_page(Words(connection, self.t), facts, look)

    def read_facts(self, connection: Connection, key: int) -> Facts | None:
        """All that there is to tell of a line. To be called in a thread."""
        listing = self.listing
        assert isinstance(listing, QueueList)
        facts = read_facts(connection, listing.asked, key)
        self.facts = facts or self.facts
        return facts

    @property
    def _room(self) -> int:
        """Cells of a line of the page."""
        width = self.size.width
        beside = self.has_class("wide") and not self.has_class("opened")
        return (width * 58 // 100 if beside else width) - 5

    def on_resize(self) -> None:
        """Wrap the page anew."""
        self._show_detail(self.main_table().cursor_key)

    def on_window_table_chosen(self, event: Chosen) -> None:
        """Enter opens the line and closes it again."""
        self.action_open()

    def action_open(self) -> None:
        """Give the page all the room, with the whole history; or the lines again."""
        opened = not self.has_class("opened")
        self.set_class(opened, "opened")
        table = self.main_table()
        table.can_focus = not opened  # with the focus its own keys would move the cursor instead
        self.set_focus(None if opened else table)
        self._show_detail(table.cursor_key)

    def action_table(self, action: str) -> None:
        """Let the table do something; while a line is open, turn its page."""
        if self.has_class("opened") and action in _PAGING:
            page = self.query_one("#detail", VerticalScroll)
            page.scroll_relative(y=_PAGING[action] * (page.size.height - 1), animate=False)
        else:
            super().action_table(action)

    def action_leave(self) -> None:
        """Step back: out of an open line, then out of the filter, a range, marks, its text."""
        if self.has_class("opened") and not self.query_one("#filter").has_focus:
            self.action_open()
        else:
            super().action_leave()
            box = self.query_one("#filter", Input)
            self.set_class(bool(box.value), "finding")

    def action_list_item(self) -> None:
        """Show the line in the list of items."""
        key = self.main_table().cursor_key
        if key is not None:
            self.session.open_list("items", "", key)

    def with_facts(self, key: int, then: Callable[[Facts], None]) -> None:
        """Go on with what there is to tell of a line, at once where it is read already."""
        facts = self.facts
        if facts is not None and facts.detail.row.id == key:
            then(facts)
            return

        def find() -> Facts | None:
            return self.read_facts(self.session.ledger.reader(), key)

        def found(facts: Facts | None) -> None:
            if facts is not None:
                then(facts)

        self.session.read(find, found, "look-up")
