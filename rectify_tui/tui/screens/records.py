"""A list of records with all that is done with one: what items and cases share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType

from rectify_tui.domain.fields import Field
from rectify_tui.domain.filter import FieldSpec, Filter
from rectify_tui.store.cases import CaseList
from rectify_tui.store.connection import Connection
from rectify_tui.store.items import ItemList
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.listing import ListQuery
from rectify_tui.tui.editable import Editable
from rectify_tui.tui.editing import Editor
from rectify_tui.tui.keeping import ask_to_keep
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.palette.entry import Entry
from rectify_tui.tui.records_pane import RecordsPane
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.records import FieldColumn, RecordSource
from rectify_tui.tui.view import LedgerView
from rectify_tui.tui.widgets.table.source import Column


@dataclass(frozen=True)
class Records:
    """A kind of records as lists have it, the `Subject` of a pane.

    `hint_key` is the message that says what may be typed as a filter, `listing` makes their ids,
    `page_text` the page about one, in a thread.
    """

    session: Session
    filter_fields: Mapping[str, FieldSpec]
    orders: Mapping[str, Field]
    hint_key: str
    fields: Sequence[FieldColumn]
    listing: Callable[[Ledger, ListQuery], ItemList | CaseList]
    page_text: Callable[[Session, Connection, int], Text | None]

    def hint(self) -> str:
        """What may be typed as a filter."""
        return self.session.t(self.hint_key, key=self.session.first_key("ledger.filter"))

    def columns(self) -> tuple[Column, ...]:
        """The table's columns."""
        return tuple(field.column(self.session.t) for field in self.fields)

    def rows(self, query: ListQuery) -> RecordSource:
        """The records under a query."""
        session = self.session
        listing = self.listing(session.ledger, query)
        return RecordSource(listing, self.fields, session.t, ascii=session.ascii)

    def empty_text(self, wanted: Filter) -> str:
        """What to do where there is nothing to see under a filter."""
        session = self.session
        t, key = session.t, session.first_key
        if wanted.terms:
            return t("tui.nothing_found", key=key("ledger.leave"))
        if session.as_of is not None:
            return t("tui.nothing_then", key=key("app.today"))
        return session.empty_ledger()

    def page(self, connection: Connection, key: int, room: int) -> Text | None:
        """Everything about a record; its lines are broken where it is shown."""
        return self.page_text(self.session, connection, key)


class RecordsScreen(LedgerView):
    """Records: filter, mark, set a status, edit. `place` is the message that names the screen."""

    AUTO_FOCUS = "#main"
    BINDINGS: ClassVar[list[BindingType]] = bindings("table", "ledger")

    def __init__(self, session: Session, place: str, records: Records, editable: Editable) -> None:
        super().__init__(session)
        self.place = place
        self.pane = RecordsPane(session, records)
        self.editor = Editor(session, editable, self.pane.chosen, self.pane.table.clear_marks)

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
        self.show_top(self.t(self.place))
        self.show_state()

    def state(self) -> str:
        """Which row of how many, how many are marked, and the order."""
        return self.t("tui.sign.dot").join([*self.pane.where(), self.pane.ordered_by()])

    def open(self, filter_text: str, key: int | None) -> None:
        """Show the records of a filter, with the cursor on one of them."""
        self.pane.open(filter_text, key)

    def action_save_view(self) -> None:
        """Ask for a name, and keep what is shown under it."""
        ask_to_keep(self.session, self.pane, self.place.rpartition(".")[2], self)

    def further_entries(self) -> Iterable[Entry]:
        """The orders, for the command palette."""
        return self.pane.order_entries()

    def on_window_table_chosen(self) -> None:
        """Enter opens and closes the page about a record."""
        self.pane.action_turn_detail()

    def action_set_status(self) -> None:
        """Ask for a status and set it on what is chosen."""
        self.editor.set_status()

    def action_edit(self) -> None:
        """Ask for fields and set them on what is chosen."""
        self.editor.edit()
