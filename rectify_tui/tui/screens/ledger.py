"""A list of the ledger with a filter above and details beside it: what items and cases share."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult, SystemCommand
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.timer import Timer
from textual.widgets import Input, Static

from rectify_tui.domain.filter import FieldSpec, Filter, parse_filter
from rectify_tui.errors import Problem
from rectify_tui.store.connection import Connection
from rectify_tui.store.listing import Listing, ListQuery
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.session import Session
from rectify_tui.tui.view import LedgerView
from rectify_tui.tui.widgets.line import Line
from rectify_tui.tui.widgets.table.messages import (
    Chosen,
    HeaderChosen,
    Loaded,
    MarksChanged,
    Moved,
)
from rectify_tui.tui.widgets.table.source import Column, Source
from rectify_tui.tui.widgets.table.table import WindowTable

TYPING_PAUSE = 0.15
"""Seconds after the last key before a filter is tried."""

WIDE = 110
"""From this many cells on, details stand beside the list."""


class LedgerScreen(LedgerView):
    """The list, its filter, its marks and the details of the row under the cursor."""

    AUTO_FOCUS = "#main"
    BINDINGS: ClassVar[list[BindingType]] = bindings("table", "ledger")

    mode: ClassVar[str]
    fields: ClassVar[Mapping[str, FieldSpec]]
    orders: ClassVar[tuple[str, ...]]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.wanted = Filter()
        self.order = "number"
        self.descending = False
        self.listing: Listing | None = None
        self._keep: int | None = None
        self._opened_on: int | None = None
        self._bad_filter = False
        self._typing: Timer | None = None
        self._detailed: int | None = None

    # What a subject brings

    @abstractmethod
    def make_listing(self, query: ListQuery) -> Listing:
        """The rows under a query."""

    @abstractmethod
    def make_source(self, listing: Listing) -> Source:
        """The rows as the table draws them."""

    @abstractmethod
    def columns(self) -> tuple[Column, ...]:
        """The table's columns."""

    @abstractmethod
    def detail(self, connection: Connection, key: int) -> Text | None:
        """Everything about a row. Called in a thread."""

    @abstractmethod
    def action_set_status(self) -> None:
        """Ask for a status and set it."""

    @abstractmethod
    def action_edit(self) -> None:
        """Ask for fields and set them."""

    # Layout

    def body(self) -> ComposeResult:
        """Filter, list, details, and a line about where one is."""
        yield Line(id="filter", compact=True, select_on_focus=False)
        with Container(id="body"):
            with Vertical(id="ledger"):
                yield WindowTable(id="main")
            with VerticalScroll(id="detail", can_focus=False):
                yield Static(id="detail-text")

    def on_mount(self) -> None:
        """Begin with details where there is room."""
        self.set_class(self.size.width >= WIDE, "detail")

    def on_resize(self) -> None:
        """Details beside the list where there is room, below it otherwise."""
        self.set_class(self.size.width >= WIDE, "wide")

    # Showing

    def renew(self) -> None:
        """Read the list anew; a row that it was just opened on is still waited for."""
        if self._keep is None:
            self._keep = self._opened_on
        self._show(same_rows=True)

    def _show(self, *, same_rows: bool = False) -> None:
        app = self.session
        query = ListQuery(self.wanted, self.order, self.descending, app.as_of)
        self.listing = self.make_listing(query)
        table = self.main_table()
        table.ascii = app.ascii
        table.columns = self.columns()
        table.sort = (self.order, self.descending)
        table.empty_text = self._empty_text()
        hint = self.t(f"tui.filter_hint.{self.mode}", key=app.first_key("ledger.filter"))
        self.query_one("#filter", Input).placeholder = hint
        table.show(self.make_source(self.listing), self._keep, same_rows=same_rows)
        self._keep = None
        self.retitle()
        self._show_detail(table.cursor_key)

    def _empty_text(self) -> str:
        """What to do where there is nothing to see."""
        app = self.session
        if self.wanted.terms:
            return self.t("tui.nothing_found", key=app.first_key("ledger.leave"))
        if app.as_of is not None:
            return self.t("tui.nothing_then", key=app.first_key("app.today"))
        return self.t("tui.empty")

    def retitle(self) -> None:
        """Tell which list this is."""
        self.show_top(self.t(f"keys.app.{self.mode}"))
        self.show_state()

    def open(self, text: str, key: int | None) -> None:
        """Show the rows of a filter, with the cursor on a row."""
        self._keep = self._opened_on = key
        box = self.query_one("#filter", Input)
        with box.prevent(Input.Changed):
            box.value = text
        self.main_table().clear_marks()
        self._take_filter(text)
        self.main_table().focus()

    # Filter

    def action_filter(self) -> None:
        """Go to the filter."""
        self.query_one("#filter", Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as the user types, once the fingers rest."""
        if event.input.id == "filter":
            self._rest()
            self._typing = self.set_timer(TYPING_PAUSE, partial(self._typed, event.value))

    def _rest(self) -> None:
        """Wait no longer for the fingers to rest."""
        if self._typing is not None:
            self._typing.stop()

    def _typed(self, text: str) -> None:
        if self.is_mounted and self.query_one("#filter", Input).value == text:
            self._take_filter(text)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes the filter and goes to the list."""
        if event.input.id == "filter":
            self._rest()
            if self._take_filter(event.value, lenient=False):
                self.main_table().focus()

    def _take_filter(self, text: str, *, lenient: bool = True) -> bool:
        """Show what a filter leaves; whether it can be read."""
        today = self.session.today
        try:
            wanted = parse_filter(text, self.fields, today=today, lenient=lenient)
        except Problem as problem:
            self._bad_filter = True
            self.say(self.t.problem(problem), error=True)
            return False
        if self._bad_filter:
            self._bad_filter = False
            self.hush()
        if wanted != self.wanted or self.listing is None or self._keep is not None:
            self.wanted = wanted
            self._show()
        return True

    def action_leave(self) -> None:
        """Step back: out of the filter, then out of a range, the marks, the filter's text."""
        table = self.main_table()
        box = self.query_one("#filter", Input)
        if box.has_focus:
            table.focus()
        elif table.check_action("drop_range", ()):
            table.action_drop_range()
        elif table.marked:
            table.clear_marks()
        elif box.value:
            with box.prevent(Input.Changed):
                box.value = ""
            self._take_filter("")

    # Order

    def action_sort(self) -> None:
        """The next order."""
        place = self.orders.index(self.order)
        self._sort_by(self.orders[(place + 1) % len(self.orders)], descending=False)

    def action_reverse(self) -> None:
        """The other way round."""
        self._sort_by(self.order, descending=not self.descending)

    def on_window_table_header_chosen(self, event: HeaderChosen) -> None:
        """A click on a title sorts, a second one turns the order round."""
        if event.column_key in self.orders:
            same = event.column_key == self.order
            self._sort_by(event.column_key, descending=same and not self.descending)

    def _sort_by(self, order: str, *, descending: bool) -> None:
        self.order, self.descending = order, descending
        self._show(same_rows=True)

    def further_commands(self) -> Iterable[SystemCommand]:
        """The orders, for the command palette."""
        for order in self.orders:
            by = self.t(f"tui.order.{order}")
            run = partial(self._sort_by, order, descending=False)
            yield SystemCommand(self.t("tui.sort_by", by=by), "", run)

    # The line below and the details

    def on_window_table_loaded(self, event: Loaded) -> None:
        """Tell how many rows there are."""
        if not self.main_table().busy:
            self._opened_on = None
        self.show_state()

    def on_window_table_marks_changed(self, event: MarksChanged) -> None:
        """Tell how many are marked."""
        self.show_state()

    def on_window_table_moved(self, event: Moved) -> None:
        """Follow the cursor with the details."""
        self.show_state()
        self._show_detail(event.key)

    def on_window_table_chosen(self, event: Chosen) -> None:
        """Enter opens and closes the details."""
        self.action_turn_detail()

    def state(self) -> str:
        """Which row of how many, how many are marked, and the order."""
        table = self.main_table()
        row = f"{table.cursor_index + 1:,}"
        parts = [self.t("tui.row", row=row, total=f"{table.total:,}")]
        if table.marked_count:
            parts.append(self.t("tui.marked", n=f"{table.marked_count:,}"))
        order = self.t(f"tui.order.{self.order}")
        parts.append(self.t("tui.sorted_down" if self.descending else "tui.sorted", by=order))
        return self.t("tui.sign.dot").join(parts)

    def action_turn_detail(self) -> None:
        """Show or hide the details."""
        self.toggle_class("detail")
        self._show_detail(self.main_table().cursor_key)

    def action_scroll_detail(self, way: int) -> None:
        """Scroll the details."""
        detail = self.query_one("#detail", VerticalScroll)
        detail.scroll_relative(y=way * max(1, detail.size.height - 1), animate=False)

    def _show_detail(self, key: int | None) -> None:
        if not self.has_class("detail"):
            return
        if key is None:
            self._put_detail(None, None)
            return
        self.session.read(partial(self._read_detail, key), partial(self._put_detail, key), "detail")

    def _read_detail(self, key: int) -> Text | None:
        return self.detail(self.session.ledger.reader(), key)

    def _put_detail(self, key: int | None, text: Text | None) -> None:
        if not self.is_mounted or self.main_table().cursor_key != key:
            return
        self.query_one("#detail-text", Static).update(text or "")
        if key != self._detailed:
            self._detailed = key
            self.query_one("#detail", VerticalScroll).scroll_home(animate=False)
