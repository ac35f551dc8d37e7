"""A list of records with all that is done with one: what items and cases share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType

from rectify_tui.domain.fields import Field
from rectify_tui.domain.filter import Filter
from rectify_tui.domain.filter_fields import FieldSpec
from rectify_tui.domain.text import shorten
from rectify_tui.reports.fields import title
from rectify_tui.store.cases import CaseList
from rectify_tui.store.commands.withdrawals import KIND, withdraw
from rectify_tui.store.connection import Connection
from rectify_tui.store.draft import Draft
from rectify_tui.store.items import ItemList
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.listing import ListQuery
from rectify_tui.tui.adding import Adding
from rectify_tui.tui.dialogs.columns import ColumnsDialog
from rectify_tui.tui.dialogs.reason import ReasonDialog
from rectify_tui.tui.editable import Editable
from rectify_tui.tui.editing import Editor
from rectify_tui.tui.keeping import ask_to_keep
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.left_off import COLUMNS
from rectify_tui.tui.palette.entry import Entry
from rectify_tui.tui.records_pane import RecordsPane
from rectify_tui.tui.saved_views import SavedView
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.arrangement import (
    ChosenColumn,
    arranged,
    completed,
    from_data,
    to_data,
)
from rectify_tui.tui.sources.records import FieldColumn, RecordSource, RowStyle
from rectify_tui.tui.sources.sums import SUMMED, Sums
from rectify_tui.tui.view import LedgerView
from rectify_tui.tui.widgets.table.source import Column


@dataclass
class Records:
    """A kind of records as lists have it, the `Subject` of a pane.

    `hint_key` is the message that says what may be typed as a filter, `listing` makes their ids,
    `page_text` the page about one, in a thread, and `sums` what several come to. `chosen` is how
    somebody arranged the columns.
    """

    session: Session
    filter_fields: Mapping[str, FieldSpec]
    orders: Mapping[str, Field]
    hint_key: str
    fields: Sequence[FieldColumn]
    listing: Callable[[Ledger, ListQuery], ItemList | CaseList]
    page_text: Callable[[Session, Connection, int, int], Text | None]
    sums: Sums
    chosen: Sequence[ChosenColumn] = ()

    def show_only(self, keys: Sequence[str]) -> None:
        """Have only these columns seen, in this order."""
        widths = {column.key: column.width for column in self.fields}
        order = [*keys, *(key for key in widths if key not in keys)]
        self.chosen = [ChosenColumn(key, key in keys, widths[key]) for key in order]

    def seen(self) -> tuple[str, ...]:
        """The columns that somebody chose; none where they are as they always are."""
        seen = arranged(self.fields, self.chosen) if self.chosen else ()
        return tuple(column.key for column in seen)

    def hint(self) -> str:
        """What may be typed as a filter."""
        return self.session.t(self.hint_key, key=self.session.first_key("ledger.filter"))

    def columns(self, *, single: bool) -> tuple[Column, ...]:
        """The table's columns."""
        seen = arranged(self.fields, self.chosen)
        return tuple(field.column(self.session.t, single=single) for field in seen)

    @property
    def style(self) -> RowStyle:
        """How rows are drawn at present."""
        session = self.session
        return RowStyle(session.t, session.day, session.ascii)

    def rows(self, query: ListQuery) -> RecordSource:
        """The records under a query."""
        listing = self.listing(self.session.ledger, query)
        return RecordSource(listing, arranged(self.fields, self.chosen), self.style)

    def empty_text(self, wanted: Filter) -> str:
        """What to do where there is nothing to see under a filter."""
        session = self.session
        t, key = session.t, session.first_key
        if wanted.terms:
            return t("tui.nothing_found", key=key("ledger.leave"))
        if session.as_of is not None:
            return t("tui.nothing_then", key=key("app.today"))
        return session.empty_ledger(self.hint_key.rpartition(".")[2])

    def page(self, connection: Connection, key: int, room: int) -> Text | None:
        """Everything about a record; its lines are broken where it is shown, in so many cells."""
        return self.page_text(self.session, connection, key, room)


class RecordsScreen(LedgerView):
    """Records: filter, mark, set a status, edit. `place` is the message that names the screen."""

    AUTO_FOCUS = "#main"
    BINDINGS: ClassVar[list[BindingType]] = bindings("table", "ledger")

    def __init__(self, session: Session, place: str, records: Records, editable: Editable) -> None:
        super().__init__(session)
        self.place = place
        self.records = records
        self.pane = RecordsPane(session, records)
        self._sums = ""
        self.editor = Editor(session, editable, self.pane.chosen, self.pane.table.clear_marks)
        self.adding = Adding(session, editable, lambda: self.pane.programme, self._go_to)

    def body(self) -> ComposeResult:
        """The list with its filter and its page."""
        yield self.pane

    def renew(self) -> None:
        """Read the list anew."""
        self.pane.renew()
        self.retitle()

    def filter_text(self) -> str:
        """What the rows are filtered by, as typed."""
        return self.pane.filter_line.value.strip()

    def retitle(self) -> None:
        """Tell which list this is."""
        parts = [self.t(self.place), *filter(None, [self.pane.programme])]
        self.show_top(self.t("tui.sign.dot").join(parts))
        self.show_state()

    def state(self) -> str:
        """Which row of how many, how many are marked and what they come to, and the order."""
        sums = [self._sums] if self._sums else []
        text = self.t("tui.sign.dot").join([*self.pane.where(), *sums, self.pane.ordered_by()])
        return shorten(text, max(0, self.size.width - 2), self.t("tui.sign.cut"))

    def on_window_table_loaded(self) -> None:
        """Say of which programme the rows are, where it is one."""
        self.retitle()

    def remember(self) -> Mapping[str, object]:
        """The filter, the order and the row."""
        return self.pane.remember()

    def recall(self, kept: Mapping[str, object]) -> None:
        """Begin with the filter, the order, the row, and the columns as they were arranged."""
        self.pane.recall(kept)
        columns = self.session.left_off.of(COLUMNS).get(self.place)
        self.records.chosen = from_data(columns)

    # Columns

    def action_choose_columns(self) -> None:
        """Ask which columns are seen, in which order, how wide."""
        records = self.records
        titles = {each.key: title(each.field, self.t) for each in records.fields}
        chosen = completed(records.chosen, records.fields)

        def answered(columns: list[ChosenColumn] | None) -> None:
            if columns is not None:
                records.chosen = columns
                left_off = self.session.left_off
                arranged = {self.place: to_data(columns)}
                left_off.put(COLUMNS, {**left_off.of(COLUMNS), **arranged})
                left_off.write()
                self.pane.renew()

        self.session.ask(ColumnsDialog(self.session, chosen, titles), answered)

    # What is marked

    def on_window_table_marks_changed(self) -> None:
        """Sum up what is marked."""
        self._sums, table = "", self.pane.table
        several = not table.marking and 1 < table.marked_count <= SUMMED
        choice = self.pane.chosen() if several else None
        if choice is None:
            return
        records, session = self.records, self.session

        def find() -> str:
            return records.sums(session.ledger.reader(), records.style, choice.ids())

        session.read(find, self._summed, "sums")

    def _summed(self, sums: str) -> None:
        if self.pane.table.marked_count > 1:
            self._sums = sums
            self.show_state()

    def open(self, filter_text: str, key: int | None) -> None:
        """Show the records of a filter, with the cursor on one of them."""
        self.pane.open(filter_text, key)

    def action_save_view(self) -> None:
        """Ask for a name, and keep what is shown under it."""
        ask_to_keep(
            self.session, self.pane, self.place.rpartition(".")[2], self.records.seen(), self
        )

    def open_view(self, view: SavedView) -> None:
        """Show a view that was kept under a name."""
        if view.columns:
            self.records.show_only(view.columns)
        self.pane.open_view(view)
        self.retitle()

    def further_entries(self) -> Iterable[Entry]:
        """The orders, for the command palette."""
        return self.pane.order_entries()

    def on_window_table_chosen(self) -> None:
        """Enter opens and closes the page about a record."""
        self.pane.action_turn_detail()

    def action_set_status(self) -> None:
        """Ask for a status and set it on what is chosen."""
        self.editor.set_status()

    def action_add(self) -> None:
        """Ask for a new record, and add it."""
        self.adding.begin()

    def _go_to(self, id: int) -> None:
        self.pane.table.move_to(id)

    def action_withdraw(self) -> None:
        """Ask why what is chosen was entered by mistake, and withdraw it."""
        choice, entity = self.pane.chosen(), self.editor.editable.entity
        if choice is None:
            return

        def attempt(reason: str) -> None:
            def change(draft: Draft) -> None:
                withdraw(draft, entity, choice.ids(), reason)

            self.editor.write(KIND, dialog, change, reason, again=partial(attempt, reason))

        question = self.t("tui.withdraw.question", n=choice.n)
        dialog = ReasonDialog(self.session, question, attempt)
        self.session.ask(dialog)
        self.editor.look_up(choice, dialog)

    def action_edit(self) -> None:
        """Ask for fields and set them on what is chosen."""
        self.editor.edit()
