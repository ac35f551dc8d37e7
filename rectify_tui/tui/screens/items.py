"""The list of items."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from rectify_tui.domain.filter import ITEM_FIELDS, FieldSpec
from rectify_tui.domain.status import Status, Verification
from rectify_tui.reports.words import Words
from rectify_tui.store.commands.items import merge_items, set_items
from rectify_tui.store.connection import Connection
from rectify_tui.store.draft import Draft
from rectify_tui.store.items import ITEMS, ItemList, ItemRow, item_detail, item_rows
from rectify_tui.store.listing import Listing, ListQuery
from rectify_tui.store.log import record_log
from rectify_tui.store.records import ITEM
from rectify_tui.store.references import target
from rectify_tui.tui.detail import item_text
from rectify_tui.tui.dialogs.merge import MergeDialog, MergeResult
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.screens.changing import ChangingScreen
from rectify_tui.tui.sources.choices import Choices
from rectify_tui.tui.sources.items import ItemSource, item_columns
from rectify_tui.tui.widgets.table.source import Column, Source

FORM = (
    "progress", "deadline", "start", "region", "responsible", "lead", "supervising", "note",
    "goal", "problem", "verification",
)  # fmt: skip
"""Fields of the form, in its order."""

VERIFICATION = Choices("verification", "status.verification", list(Verification), optional=False)


class ItemsScreen(ChangingScreen):
    """Items: filter, mark, set, edit, merge."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("items")

    mode = "items"
    entity = ITEM
    fields: ClassVar[Mapping[str, FieldSpec]] = ITEM_FIELDS
    orders = tuple(ITEMS.orders)
    statuses = tuple(status.value for status in Status if status is not Status.MERGED)
    form = FORM
    choices: ClassVar[Mapping[str, Choices]] = {"verification": VERIFICATION}

    def make_listing(self, query: ListQuery) -> Listing:
        """The items under a query."""
        return ItemList(self.session.ledger, query)

    def make_source(self, listing: Listing) -> Source:
        """Items as the table draws them."""
        assert isinstance(listing, ItemList)
        return ItemSource(listing, self.t, ascii=self.session.ascii)

    def columns(self) -> tuple[Column, ...]:
        """The table's columns."""
        return item_columns(self.t)

    def detail(self, connection: Connection, key: int) -> Text | None:
        """Everything about an item, with its history."""
        found = item_detail(connection, key, as_of=self.session.as_of)
        if found is None:
            return None
        log = record_log(connection, ITEM, key)
        return item_text(Words(connection, self.t), found, log, self.shown_day())

    def read_row(self, connection: Connection, key: int) -> ItemRow | None:
        """The item with a key as it is today."""
        return next(iter(item_rows(connection, [key])), None)

    def form_values(self, row: ItemRow) -> dict[str, str]:
        """What the form begins with."""
        values = {
            "progress": row.progress, "deadline": row.deadline, "start": row.start_on,
            "region": self.t.name(row.region, row.region_en), "responsible": row.responsible,
            "lead": row.lead, "supervising": row.supervising, "note": row.note,
            "goal": row.goal, "problem": row.problem,
            "verification": VERIFICATION.show(self.t, row.verification),
        }  # fmt: skip
        return {name: "" if value is None else str(value) for name, value in values.items()}

    def set_fields(
        self, draft: Draft, ids: list[int], fields: Mapping[str, str], on: date,
        seen: Mapping[int, int],
    ) -> None:  # fmt: skip
        """Set fields of items."""
        set_items(draft, ids, fields, on=on, seen=seen)

    # Merging

    def action_merge(self) -> None:
        """Ask what carries the chosen items on."""
        choice = self.chosen()
        if choice is None:
            return

        def attempt(result: MergeResult) -> None:
            def change(draft: Draft) -> None:
                into = target(draft.connection, result.into)
                merge_items(draft, choice.ids(), into, on=result.on)

            self.write("merge", dialog, change, result.reason)

        dialog = MergeDialog(self.session, choice.n, attempt)
        self.session.ask(dialog)
