"""The list of items."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import BindingType

from rectify_tui.domain.fields import ITEM as FIELDS
from rectify_tui.domain.filter_fields import ITEM_FIELDS
from rectify_tui.domain.timeline import Later
from rectify_tui.paths import config_folder
from rectify_tui.reports.extensions import FILE, read_may_allow
from rectify_tui.reports.pictures.map_lines import Style
from rectify_tui.reports.pictures.steps import line_of
from rectify_tui.reports.pictures.steps_lines import item_lines
from rectify_tui.reports.words import Words
from rectify_tui.store.commands.extensions import extend_items
from rectify_tui.store.commands.items import merge_items
from rectify_tui.store.connection import Connection
from rectify_tui.store.draft import Draft
from rectify_tui.store.item_detail import item_detail
from rectify_tui.store.items import ItemList
from rectify_tui.store.log import item_log
from rectify_tui.store.references import target
from rectify_tui.tui.carding import CardGiving
from rectify_tui.tui.closing import ClosingOut
from rectify_tui.tui.detail import item_text
from rectify_tui.tui.dialogs.extend import ExtendDialog, ExtendResult
from rectify_tui.tui.dialogs.merge import MergeDialog, MergeResult
from rectify_tui.tui.editable import EDITABLE_ITEMS
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.palette.entry import Entry
from rectify_tui.tui.screens.records import Records, RecordsScreen
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.items import ITEM_COLUMNS
from rectify_tui.tui.sources.sums import item_sums
from rectify_tui.tui.stepping import Stepping
from rectify_tui.tui.visiting import Visiting
from rectify_tui.tui.widgets.picture import styled

if TYPE_CHECKING:
    from rectify_tui.tui.visit_sheets import VisitSheets


class ItemsScreen(RecordsScreen):
    """Items: filter, mark, set, edit, merge."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("items")

    def __init__(self, session: Session) -> None:
        items = Records(
            session, ITEM_FIELDS, FIELDS.orders, "tui.filter_hint.items", ITEM_COLUMNS,
            ItemList, _page_text, item_sums,
        )  # fmt: skip
        super().__init__(session, "keys.app.items", items, EDITABLE_ITEMS)
        self.stepping = Stepping(session, self.pane.chosen, self.editor)
        self.closing = ClosingOut(session, self.pane.chosen, self.editor)
        self.visiting = Visiting(session, self.pane.chosen, self.editor)
        self.carding = CardGiving(session, self.pane.chosen, self.pane.table.clear_marks)

    @cached_property
    def sheets(self) -> VisitSheets:
        """Sheets for visits, with all that reads files, once they are asked for."""
        from rectify_tui.tui.visit_sheets import VisitSheets

        return VisitSheets(self.session, self.pane.chosen)

    def further_entries(self) -> Iterable[Entry]:
        """The orders, and the sheets of visits, for the command palette."""
        yield from super().further_entries()
        yield from self.sheets.entries()

    def action_give_card(self) -> None:
        """Ask which card the unit of the chosen items is given."""
        self.carding.begin()

    def action_steps(self) -> None:
        """Ask for the steps of the chosen item."""
        self.stepping.begin()

    def action_forward(self) -> None:
        """Bring the close-out of the chosen items on by a step."""
        self.closing.begin()

    def action_send_back(self) -> None:
        """Send the chosen items back in their close-out, or reopen them."""
        self.closing.begin(back=True)

    def action_add_evidence(self) -> None:
        """Ask for files as evidence of the chosen items."""
        self.closing.add_evidence()

    def action_extend(self) -> None:
        """Ask to which deadline the chosen items are moved, and who decided that."""
        choice = self.pane.chosen()
        if choice is None:
            return

        def attempt(result: ExtendResult, later: Later | None = None) -> None:
            def change(draft: Draft) -> None:
                allowed = read_may_allow(config_folder() / FILE)
                extend_items(
                    draft, choice.ids(), result.request, may_allow=allowed, on=result.on,
                    later=later,
                )  # fmt: skip

            again = partial(attempt, result)
            self.editor.write("extend", dialog, change, result.request.reason, again=again)

        dialog = ExtendDialog(self.session, choice.n, attempt)
        self.session.ask(dialog)
        self.editor.look_up(choice, dialog)

    def action_record_visit(self) -> None:
        """Ask what a visit to the chosen items found."""
        self.visiting.begin()

    def action_merge(self) -> None:
        """Ask what carries the chosen items on."""
        choice = self.pane.chosen()
        if choice is None:
            return

        def attempt(result: MergeResult, later: Later | None = None) -> None:
            def change(draft: Draft) -> None:
                into = target(draft.connection, result.into)
                merge_items(draft, choice.ids(), into, on=result.on, later=later)

            again = partial(attempt, result)
            self.editor.write("merge", dialog, change, result.reason, again=again)

        dialog = MergeDialog(self.session, choice.n, attempt)
        self.session.ask(dialog)
        self.editor.look_up(choice, dialog)


def _page_text(session: Session, connection: Connection, key: int, room: int) -> Text | None:
    """In a thread: everything about an item, with its history."""
    detail = item_detail(connection, key, as_of=session.as_of)
    if detail is None:
        return None
    log = item_log(connection, key)
    line = line_of(connection, key, detail, session.day, session.t)
    drawn = styled(item_lines(line, session.t, Style(room, session.ascii)))
    return item_text(Words(connection, session.t), detail, log, session.day, drawn)
