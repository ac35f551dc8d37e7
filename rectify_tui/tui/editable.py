"""Kinds of records as far as people edit them in the dashboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from rectify_tui.domain import fields
from rectify_tui.domain.fields import Field, Fields
from rectify_tui.domain.reference import read_number
from rectify_tui.domain.status import CaseStatus, Status
from rectify_tui.domain.timeline import Later
from rectify_tui.store.cases import case_rows
from rectify_tui.store.commands.cases import add_case, set_cases
from rectify_tui.store.commands.items import add_item, set_items
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


class Add(Protocol):
    """Adds a record to a programme and returns its id; raises `Problem` for what cannot be."""

    def __call__(
        self, draft: Draft, programme_id: int, number: str, fields: Mapping[str, str], *,
        on: date | None, source: str | None,
    ) -> int:  # fmt: skip
        """Add it with effect from a day."""


@dataclass(frozen=True)
class Editable:
    """A kind of records as far as people edit it.

    `read` hands out records by id as they are today; `many` is the message that counts them. A
    change is a batch of the kind `batch_kind`. `counts_up` says that offices number them one after
    another.
    """

    entity: str
    fields: Fields
    statuses: Sequence[str]
    many: str
    read: Callable[[Connection, list[int]], Sequence[Any]]
    set_fields: SetFields
    add: Add
    counts_up: bool
    batch_kind: str = "set"

    @property
    def addable(self) -> list[Field]:
        """The fields that may be said of a new record, in the order in which people read them."""
        return [field for field in self.fields.settable if field.option]

    @property
    def form(self) -> list[Field]:
        """The fields of the form, what holds from a day before what is corrected for all time."""
        in_form = [field for field in self.fields.values() if field.form]
        return sorted(in_form, key=lambda field: not field.dated)


def _add_item(
    draft: Draft, programme_id: int, number: str, fields: Mapping[str, str], *,
    on: date | None, source: str | None,
) -> int:  # fmt: skip
    number = read_number(number)
    return add_item(draft, programme_id, number, fields, on=on, source=source)


EDITABLE_ITEMS = Editable(
    ITEM, fields.ITEM, tuple(status.value for status in Status if status is not Status.MERGED),
    "tui.marked_items", item_rows, set_items, _add_item, counts_up=True,
)  # fmt: skip
"""Items. That one is merged is not set alone, since it takes something to be merged into."""

EDITABLE_CASES = Editable(
    CASE, fields.CASE, tuple(CaseStatus), "tui.marked_cases", case_rows, set_cases, add_case,
    counts_up=False,
)  # fmt: skip
