"""The list of items."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from rectify_tui.domain.fields import ITEM as FIELDS
from rectify_tui.domain.filter import ITEM_FIELDS
from rectify_tui.domain.timeline import Later
from rectify_tui.reports.words import Words
from rectify_tui.store.commands.items import merge_items
from rectify_tui.store.connection import Connection
from rectify_tui.store.draft import Draft
from rectify_tui.store.items import ItemList, item_detail
from rectify_tui.store.log import record_log
from rectify_tui.store.records import ITEM
from rectify_tui.store.references import target
from rectify_tui.tui.detail import item_text
from rectify_tui.tui.dialogs.merge import MergeDialog, MergeResult
from rectify_tui.tui.editable import EDITABLE_ITEMS
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.screens.records import Records, RecordsScreen
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.items import ITEM_COLUMNS
from rectify_tui.tui.sources.sums import item_sums


class ItemsScreen(RecordsScreen):
    """Items: filter, mark, set, edit, merge."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("items")

    def __init__(self, session: Session) -> None:
        items = Records(
            session, ITEM_FIELDS, FIELDS.orders, "tui.filter_hint.items", ITEM_COLUMNS,
            ItemList, _page_text, item_sums,
        )  # fmt: skip
        super().__init__(session, "keys.app.items", items, EDITABLE_ITEMS)

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


def _page_text(session: Session, connection: Connection, key: int) -> Text | None:
    """In a thread: everything about an item, with its history."""
    detail = item_detail(connection, key, as_of=session.as_of)
    if detail is None:
        return None
    log = record_log(connection, ITEM, key)
    return item_text(Words(connection, session.t), detail, log, session.day)
