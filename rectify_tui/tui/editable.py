"""Kinds of records as far as people edit them in the dashboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from rectify_tui.domain import fields
from rectify_tui.domain.fields import Field, Fields
from rectify_tui.domain.status import CaseStatus, Status
from rectify_tui.domain.timeline import Later
from rectify_tui.store.cases import case_rows
from rectify_tui.store.commands.cases import set_cases
from rectify_tui.store.commands.items import set_items
from rectify_tui.store.connection import Connection
from rectify_tui.store.draft import Draft
from rectify_tui.store.items import item_rows
from rectify_tui.store.records import CASE, ITEM


class SetFields(Protocol):
    """Sets fields of records by id; raises `Stale` where one has another revision than was seen."""

    def __call__(
        self, draft: Draft, ids: list[int], fields: Mapping[str, str], *,
        on: date | None, seen: Mapping[int, int] | None, later: Later | None,
    ) -> None:  # fmt: skip
        """Set them with effect from a day, as `store.commands.holding.change` has it."""


@dataclass(frozen=True)
class Editable:
    """A kind of records as far as people edit it.

    `read` hands out records by id as they are today; `many` is the message that counts them. A
    change is a batch of the kind `batch_kind`.
    """

    entity: str
    fields: Fields
    statuses: Sequence[str]
    many: str
    read: Callable[[Connection, list[int]], Sequence[Any]]
    set_fields: SetFields
    batch_kind: str = "set"

    @property
    def form(self) -> list[Field]:
        """The fields of the form, what holds from a day before what is corrected for all time."""
        in_form = [field for field in self.fields.values() if field.form]
        return sorted(in_form, key=lambda field: not field.dated)


EDITABLE_ITEMS = Editable(
    ITEM, fields.ITEM, tuple(status.value for status in Status if status is not Status.MERGED),
    "tui.marked_items", item_rows, set_items,
)  # fmt: skip
"""Items. That one is merged is not set alone, since it takes something to be merged into."""

EDITABLE_CASES = Editable(
    CASE, fields.CASE, tuple(CaseStatus), "tui.marked_cases", case_rows, set_cases
)
