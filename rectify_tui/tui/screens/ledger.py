"""A list of the ledger with a filter above and details beside it: what items and cases share."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from rectify_tui.domain.filter import FieldSpec, Filter, parse_filter
from rectify_tui.errors import Problem
from rectify_tui.store.connection import Connection, DatabaseError
from rectify_tui.store.listing import Listing, ListQuery
from rectify_tui.tui.base import LedgerView
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.widgets.window_messages import (
    Chosen,
    Failed,
    HeaderChosen,
    Loaded,
    MarksChanged,
    Moved,
)
from rectify_tui.tui.widgets.window_source import Column, Source
from rectify_tui.tui.widgets.window_table import WindowTable

TYPING_PAUSE = 0.15
"""Seconds after the last key before a filter is tried."""

WIDE = 110
"""From this many cells on, details stand beside the list."""


class LedgerScreen(LedgerView):
    """The list, its filter, its marks and the details of the row under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("table", "ledger")

    mode: ClassVar[str]
    fields: ClassVar[Mapping[str, FieldSpec]]
    orders: ClassVar[tuple[str, ...]]

    def __init__(self) -> None:
        super().__init__()
        self.wanted = Filter()
        self.order = "number"
        self.descending = False
        self.listing: Listing | None = None
        self._keep: int | None = None

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
        yield Input(id="filter", compact=True, select_on_focus=False)
        with Container(id="body"):
            with Vertical(id="ledger"):
                yield WindowTable(id="main")
            with VerticalScroll(id="detail", can_focus=False):
                yield Static(id="detail-text")

    def on_mount(self) -> None:
        """Begin on the list."""
        self.set_class(self.size.width >= WIDE, "detail")
        self.main_table().focus()

    def on_resize(self) -> None:
        """Details beside the list where there is room, below it otherwise."""
        self.set_class(self.size.width >= WIDE, "wide")
        super().on_resize()

    # Showing

    def renew(self) -> None:
        """Read the list anew."""
        self._show(same_rows=True)

    def _show(self, *, same_rows: bool = False) -> None:
        app = self.rectify
        query = ListQuery(self.wanted, self.order, self.descending, app.as_of)
        self.listing = self.make_listing(query)
        table = self.main_table()
        table.ascii = app.ascii
        table.columns = self.columns()
        table.sort = (self.order, self.descending)
        table.empty_text = self.t("tui.nothing_found")
        self.query_one("#filter", Input).placeholder = self.t(f"tui.filter_hint.{self.mode}")
        table.show(self.make_source(self.listing), self._keep, same_rows=same_rows)
        self._keep = None
        self.retitle()
        self._show_detail(table.cursor_key)

    def retitle(self) -> None:
        """Tell which list this is."""
        self.show_top(self.t(f"keys.app.{self.mode}"))
        self.show_state()

    def open(self, text: str, key: int | None) -> None:
        """Show the rows of a filter, with the cursor on a row."""
        self._keep = key
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
            self._typing = self.set_timer(TYPING_PAUSE, partial(self._typed, event.value))

    def _typed(self, text: str) -> None:
        if self.is_mounted and self.query_one("#filter", Input).value == text:
            self._take_filter(text)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes the filter and goes to the list."""
        if event.input.id == "filter":
            self._take_filter(event.value, lenient=False)
            self.main_table().focus()

    def _take_filter(self, text: str, *, lenient: bool = True) -> None:
        today = self.rectify.ledger.today()
        try:
            wanted = parse_filter(text, self.fields, today=today, lenient=lenient)
        except Problem as problem:
            self.say(self.t.problem(problem), error=True)
            return
        self.show_state()
        if wanted != self.wanted or self.listing is None or self._keep is not None:
            self.wanted = wanted
            self._show()

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

    # The line below and the details

    def on_window_table_loaded(self, event: Loaded) -> None:
        """Tell how many rows there are."""
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

    def on_window_table_failed(self, event: Failed) -> None:
        """Say why nothing can be shown."""
        error = event.error
        said = error if isinstance(error, Problem) else Problem("tui.failed", error=error)
        self.say(self.t.problem(said), error=True)

    def state(self) -> str:
        """Which row of how many, how many are marked, and the order."""
        table = self.main_table()
        row = f"{table.cursor_index + 1:,}"
        parts = [self.t("tui.row", row=row, total=f"{table.total:,}")]
        if table.marked_count:
            parts.append(self.t("tui.marked", n=f"{table.marked_count:,}"))
        order = self.t(f"tui.order.{self.order}")
        parts.append(self.t("tui.sorted_down" if self.descending else "tui.sorted", by=order))
        return (" | " if self.rectify.ascii else " · ").join(parts)

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
            self.query_one("#detail-text", Static).update("")
            return
        self.run_worker(
            partial(self._read_detail, key), thread=True, group="detail", exclusive=True,
            exit_on_error=False,
        )  # fmt: skip

    def _read_detail(self, key: int) -> None:
        try:
            text = self.detail(self.rectify.ledger.reader(), key)
        except DatabaseError as error:
            text = Text(str(error))
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._put_detail, key, text)

    def _put_detail(self, key: int, text: Text | None) -> None:
        if self.is_mounted and self.main_table().cursor_key == key:
            self.query_one("#detail-text", Static).update(text or "")
            self.query_one("#detail", VerticalScroll).scroll_home(animate=False)

    # What is chosen

    def with_chosen(self, then: Callable[[list[int]], None]) -> None:
        """Hand on the marked rows, or the one under the cursor; reads their keys in a thread."""
        table, listing = self.main_table(), self.listing
        marks, key = table.marked, table.cursor_key
        if not marks:
            if key is not None:
                then([key])
            return
        if not marks.inverted or listing is None:
            then(sorted(marks.keys))
            return

        def read() -> None:
            keys = [id for id in listing.ids(0, listing.count()) if id in marks]
            self.app.call_from_thread(then, keys)

        self.run_worker(read, thread=True, group="chosen", exclusive=True)

    def changed(self) -> None:
        """After a change to marked rows nothing is marked any more."""
        self.main_table().clear_marks()
