"""A list of the ledger: records under a filter, in an order, as of the day that is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from rich.text import Text

from rectify_tui.domain.fields import Field
from rectify_tui.domain.filter import Filter
from rectify_tui.domain.filter_fields import FieldSpec
from rectify_tui.domain.filter_text import in_chinese, parse_filter
from rectify_tui.errors import Problem
from rectify_tui.reports.fields import title
from rectify_tui.store.connection import Connection
from rectify_tui.store.listing import Listing, ListQuery
from rectify_tui.tui.list_pane import ListPane
from rectify_tui.tui.palette.entry import Entry
from rectify_tui.tui.saved_views import SavedView
from rectify_tui.tui.session import Session
from rectify_tui.tui.sizes import SENTENCE, WIDE
from rectify_tui.tui.widgets.filter_line import FilterLine
from rectify_tui.tui.widgets.line import line_text
from rectify_tui.tui.widgets.table.messages import HeaderChosen
from rectify_tui.tui.widgets.table.source import Column, Source


@dataclass(frozen=True)
class Choice:
    """Rows that something is to be done with: how many, which one where it is one, and their ids.

    `ids` is to be called in a thread.
    """

    n: int
    one: int | None
    ids: Callable[[], list[int]]


class ListedRows(Source, Protocol):
    """The rows of a listing as the table draws them."""

    @property
    def listing(self) -> Listing:
        """The ids behind the rows."""

    @property
    def programme(self) -> str | None:
        """The one programme of all rows, once it is known; None where there are several."""


class Subject(Protocol):
    """What a list is about."""

    @property
    def filter_fields(self) -> Mapping[str, FieldSpec]:
        """The fields that a filter may name."""

    @property
    def orders(self) -> Mapping[str, Field]:
        """The fields that it can be sorted by, by the names of the orders; none where by none."""

    def hint(self) -> str:
        """What may be typed as a filter, for where nothing is typed."""

    def columns(self, *, single: bool) -> tuple[Column, ...]:
        """The table's columns, where there is a `single` programme or where there are several."""

    def rows(self, query: ListQuery) -> ListedRows:
        """The rows under a query."""

    def empty_text(self, wanted: Filter) -> str:
        """What to do where there is nothing to see under a filter."""

    def page(self, connection: Connection, key: int, room: int) -> Text | None:
        """Everything about a row, in lines of `room` cells. Called in a thread."""


class RecordsPane(ListPane):
    """The records of a subject. `listing` has their ids, `filter` and `order` are the user's.

    `programme` is the one that all of them are of, None where there are several.

    With `page_always` the page is there from the beginning, else only where the screen is wide.
    """

    def __init__(
        self, session: Session, subject: Subject, *, hides: bool = False, page_always: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(session, hides=hides)
        self.subject = subject
        self.filter = Filter()
        self.order = "number"
        self.descending = False
        self.listing: Listing | None = None
        self.programme: str | None = None
        self._page_always = page_always
        # The row that the cursor is to go to. It is kept until it is on the screen, since the list
        # may be read anew (by a change, another screen, another day) before its rows are there.
        self._awaited: int | None = None
        self._handed_over = False

    def on_mount(self) -> None:
        """Begin with the page where there is room."""
        self.set_class(self._page_always or self.app.size.width >= WIDE, "detail")

    # Showing

    def renew(self, *, same_rows: bool = True) -> None:
        """Read the list anew; it may hold other rows now where they are not the `same_rows`."""
        self._show(same_rows=same_rows)

    def _show(self, *, same_rows: bool = False) -> None:
        session, table = self.session, self.table
        query = ListQuery(self.filter, self.order, self.descending, session.as_of)
        rows = self.subject.rows(query)
        self.listing = rows.listing
        table.ascii = session.ascii
        table.columns = self.subject.columns(single=self.programme is not None)
        table.sort = (self.order, self.descending)
        self.show_empty_text()
        self.filter_line.placeholder = self.subject.hint()
        table.show(rows, self._awaited, same_rows=same_rows)
        self.show_page()

    def show_empty_text(self) -> None:
        """Say what to do where there is nothing to see."""
        self.table.empty_text = self.subject.empty_text(self.filter)

    def open(self, filter_text: str, key: int | None) -> None:
        """Show the rows of a filter, in the user's words, with the cursor on a row."""
        if self.t.code == "zh":
            filter_text = in_chinese(filter_text, self.subject.filter_fields)
        self._awaited = key
        self._handed_over = bool(filter_text)
        self.filter_line.put(filter_text)
        self.set_class(bool(filter_text), "finding")
        self.table.clear_marks()
        self._take_filter(filter_text)
        self.table.focus()

    def open_view(self, view: SavedView) -> None:
        """Show a view that was kept under a name."""
        self.order, self.descending = view.sort, view.descending
        self.open(view.filter, None)
        self._show()

    def as_view(self, name: str, place: str, key: str, columns: tuple[str, ...] = ()) -> SavedView:
        """What is shown, under a name."""
        text = self.filter_line.value.strip()
        return SavedView(name, place, text, self.order, self.descending, columns, key)

    def remember(self) -> Mapping[str, object]:
        """The filter as typed, the order, and the row under the cursor."""
        return {
            "filter": self.filter_line.value, "order": self.order, "descending": self.descending,
            "row": self.table.cursor_key,
        }  # fmt: skip

    def recall(self, kept: Mapping[str, object]) -> None:
        """Begin with a filter, an order and a row, as far as there still are such."""
        match kept.get("filter"):
            case str(text) if len(text) <= SENTENCE:
                self.filter_line.value = line_text(text)
                fields, today = self.subject.filter_fields, self.session.today
                with suppress(Problem):
                    self.filter = parse_filter(text, fields, today=today, lenient=True)
        match kept.get("order"):
            case str(order) if order in self.subject.orders:
                self.order, self.descending = order, kept.get("descending") is True
        match kept.get("row"):
            case int(row):
                self._awaited = row
        self.set_class(bool(self.filter_line.value), "finding")

    def go_to(self, key: int) -> None:
        """Put the cursor on a row, also where the list is being read anew at the moment."""
        self.table.move_to(key)
        self._awaited = key if self.table.cursor_key != key else None

    def on_window_table_loaded(self) -> None:
        """Other rows are there, and what was waited for, unless newer ones are on their way."""
        self.programme = self.listing.programme if self.listing is not None else None
        self.table.columns = self.subject.columns(single=self.programme is not None)
        if not self.table.busy:
            self._awaited = None

    # The filter

    def action_filter(self) -> None:
        """Go to the filter; to one that was handed over, what is typed comes as another term."""
        if self._handed_over:
            self.filter_line.put(f"{self.filter_line.value.strip()} ")
        super().action_filter()
        self.filter_line.action_end()

    def on_filter_line_typed(self, event: FilterLine.Typed) -> None:
        """Filter as the user types."""
        event.stop()
        self._handed_over = False
        self._take_filter(event.text)

    def on_filter_line_entered(self, event: FilterLine.Entered) -> None:
        """Enter takes the filter and goes to the list."""
        event.stop()
        self._handed_over = False
        if self._take_filter(event.text, lenient=False):
            self.table.focus()

    def _take_filter(self, text: str, *, lenient: bool = True) -> bool:
        """Show what a filter leaves; whether it can be read."""
        fields, today = self.subject.filter_fields, self.session.today
        try:
            wanted = parse_filter(text, fields, today=today, lenient=lenient)
        except Problem as problem:
            self.show_filter_error(problem)
            return False
        self.show_filter_error(None)
        if wanted != self.filter or self.listing is None or self._awaited is not None:
            self.filter = wanted
            self._show()
        return True

    def action_leave(self) -> None:
        """Step back: out of the filter, then out of a range, the marks, the filter's text."""
        table = self.table
        if self.filter_line.has_focus:
            table.focus()
        elif table.has_range:
            table.action_drop_range()
        elif table.marked:
            table.clear_marks()
        elif self.filter_line.value:
            self.filter_line.put("")
            self._take_filter("")
        self.set_class(bool(self.filter_line.value), "finding")

    # The order

    def action_sort(self) -> None:
        """The next order."""
        orders = tuple(self.subject.orders)
        following = orders[(orders.index(self.order) + 1) % len(orders)]
        self._sort_by(following, descending=False)

    def action_reverse(self) -> None:
        """The other way round."""
        self._sort_by(self.order, descending=not self.descending)

    def on_window_table_header_chosen(self, event: HeaderChosen) -> None:
        """A click on a title sorts, a second one turns the order round."""
        if event.column_key in self.subject.orders:
            same = event.column_key == self.order
            self._sort_by(event.column_key, descending=same and not self.descending)

    def _sort_by(self, order: str, *, descending: bool) -> None:
        self.order, self.descending = order, descending
        self._show(same_rows=True)

    def order_entries(self) -> Iterable[Entry]:
        """The orders, for the command palette."""
        for order, field in self.subject.orders.items():
            by = title(field, self.t, short=True)
            run = partial(self._sort_by, order, descending=False)
            yield Entry(f"order:{order}", self.t("tui.sort_by", by=by), run)

    # What is chosen

    def chosen(self) -> Choice | None:
        """The marked rows, or the one under the cursor; says so where there is none."""
        table, listing = self.table, self.listing
        marks, key, n = table.marked, table.cursor_key, table.marked_count
        if table.marking or (marks.inverted and table.busy):
            self.session.tell(Problem("tui.still_marking"))
            return None
        if not marks and key is not None:
            return Choice(1, key, lambda: [key])
        if n == 0 or listing is None:
            self.session.tell(Problem("tui.nothing_chosen"))
            return None
        if marks.inverted:
            return Choice(
                n, None, lambda: [id for id in listing.ids(0, listing.count()) if id in marks]
            )
        keys = sorted(marks.keys)
        return Choice(n, keys[0] if n == 1 else None, lambda: keys)

    def where(self) -> list[str]:
        """Which row of how many, and how many are marked."""
        table = self.table
        parts = [self.t("tui.row", row=f"{table.cursor_index + 1:,}", total=f"{table.total:,}")]
        if table.marked_count:
            parts.append(self.t("tui.marked", n=f"{table.marked_count:,}"))
        return parts

    def ordered_by(self) -> str:
        """By which order the rows stand."""
        by = title(self.subject.orders[self.order], self.t, short=True)
        return self.t("tui.sorted_down" if self.descending else "tui.sorted", by=by)

    # The page

    def on_window_table_moved(self) -> None:
        """Follow the cursor with the page."""
        self.show_page()

    def show_page(self) -> None:
        """Read the page about the row under the cursor, and show it."""
        if not self.page_shown:
            return
        key = self.table.cursor_key
        if key is None:
            self.page.show(None, None)
            return
        find = partial(self._read_page, key, self.room)
        self.session.read(find, partial(self._put_page, key), "detail")

    def _read_page(self, key: int, room: int) -> Text | None:
        return self.subject.page(self.session.ledger.reader(), key, room)

    def _put_page(self, key: int, text: Text | None) -> None:
        if self.is_mounted and self.table.cursor_key == key:
            self.page.show(text, key)
