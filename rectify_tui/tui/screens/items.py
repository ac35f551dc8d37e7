"""The list of items."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from rectify_tui.domain.filter import ITEM_FIELDS, FieldSpec
from rectify_tui.domain.status import Status
from rectify_tui.errors import Problem
from rectify_tui.store.commands.items import merge_items, set_items
from rectify_tui.store.commands.stale import Stale
from rectify_tui.store.connection import Connection
from rectify_tui.store.draft import Draft
from rectify_tui.store.items import ITEMS, ItemList, ItemRow, item_detail, item_rows
from rectify_tui.store.listing import Listing, ListQuery
from rectify_tui.store.log import record_log
from rectify_tui.store.records import ITEM
from rectify_tui.store.references import target
from rectify_tui.tui.detail import item_text
from rectify_tui.tui.dialogs.form import FormDialog, FormResult
from rectify_tui.tui.dialogs.merge import MergeDialog, MergeResult
from rectify_tui.tui.dialogs.stale import StaleDialog
from rectify_tui.tui.dialogs.status import StatusDialog, StatusResult
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.screens.ledger import LedgerScreen
from rectify_tui.tui.sources.items import ItemSource, item_columns
from rectify_tui.tui.widgets.window_source import Column, Source

FORM = (
    "progress", "deadline", "start", "region", "responsible", "lead", "supervising", "note",
    "goal", "problem", "verification",
)  # fmt: skip
"""Fields of the form, in its order."""


class ItemsScreen(LedgerScreen):
    """Items: filter, mark, set, edit, merge."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("items")

    mode = "items"
    fields: ClassVar[Mapping[str, FieldSpec]] = ITEM_FIELDS
    orders = tuple(ITEMS.orders)

    def make_listing(self, query: ListQuery) -> Listing:
        """The items under a query."""
        return ItemList(self.rectify.ledger, query)

    def make_source(self, listing: Listing) -> Source:
        """Items as the table draws them."""
        assert isinstance(listing, ItemList)
        return ItemSource(listing, self.t, ascii=self.rectify.ascii)

    def columns(self) -> tuple[Column, ...]:
        """The table's columns."""
        return item_columns(self.t)

    def detail(self, connection: Connection, key: int) -> Text | None:
        """Everything about an item, with its history."""
        found = item_detail(connection, key, as_of=self.rectify.as_of)
        if found is None:
            return None
        return item_text(self.t, found, record_log(connection, ITEM, key))

    # Status

    def action_set_status(self) -> None:
        """Ask for a status and set it on the chosen items."""
        self.with_chosen(self._ask_status)

    def _ask_status(self, ids: list[int]) -> None:
        statuses = [s.value for s in Status if s is not Status.MERGED]
        dialog = StatusDialog("item", statuses, len(ids), self.rectify.ledger.today())
        self.app.push_screen(dialog, partial(self._set_status, ids))

    def _set_status(self, ids: list[int], result: StatusResult | None) -> None:
        if result is not None:
            self._set(ids, {"status": result.status}, result.on, result.reason)

    # Fields

    def action_edit(self) -> None:
        """Ask for fields and set them on the chosen items."""
        self.with_chosen(self._read_for_edit)

    def _read_for_edit(self, ids: list[int]) -> None:
        def read() -> None:
            rows = item_rows(self.rectify.ledger.reader(), ids[:1])
            self.app.call_from_thread(self._ask_fields, ids, rows)

        self.run_worker(read, thread=True, group="chosen", exclusive=True)

    def _ask_fields(self, ids: list[int], rows: list[ItemRow]) -> None:
        one = rows[0] if len(ids) == 1 and rows else None
        now = _form_values(one) if one else {}
        seen = {one.id: one.rev} if one else None
        title = one.ref if one else self.t("tui.marked_items", n=len(ids))
        dialog = FormDialog("item", title, FORM, now, self.rectify.ledger.today())
        self.app.push_screen(dialog, partial(self._set_fields, ids, seen))

    def _set_fields(
        self, ids: list[int], seen: Mapping[int, int] | None, result: FormResult | None
    ) -> None:
        if result is not None:
            self._set(ids, result.values, result.on, result.reason, seen)

    def _set(
        self, ids: list[int], fields: Mapping[str, str], on: date, reason: str,
        seen: Mapping[int, int] | None = None,
    ) -> None:  # fmt: skip
        def change(draft: Draft) -> None:
            set_items(draft, ids, fields, on=on, seen=seen)

        def refused(problem: Problem) -> None:
            if isinstance(problem, Stale):
                self.app.push_screen(
                    StaleDialog(problem),
                    lambda anyway: self._set(ids, fields, on, reason) if anyway else None,
                )
            else:
                self.rectify.tell(problem)

        self.rectify.change(
            "set", change, reason=reason, done=lambda _: self.changed(), refused=refused
        )

    # Merging

    def action_merge(self) -> None:
        """Ask what carries the chosen items on."""
        self.with_chosen(self._ask_target)

    def _ask_target(self, ids: list[int]) -> None:
        dialog = MergeDialog(len(ids), self.rectify.ledger.today())
        self.app.push_screen(dialog, partial(self._merge, ids))

    def _merge(self, ids: list[int], result: MergeResult | None) -> None:
        if result is None:
            return

        def change(draft: Draft) -> None:
            merge_items(draft, ids, target(draft.connection, result.into), on=result.on)

        self.rectify.change("merge", change, reason=result.reason, done=lambda _: self.changed())


def _form_values(item: ItemRow) -> dict[str, str]:
    """What the form begins with."""
    values = {
        "progress": item.progress, "deadline": item.deadline, "start": item.start_on,
        "region": item.region_code or item.region, "responsible": item.responsible,
        "lead": item.lead, "supervising": item.supervising, "note": item.note,
        "goal": item.goal, "problem": item.problem, "verification": item.verification,
    }  # fmt: skip
    return {name: "" if value is None else str(value) for name, value in values.items()}
