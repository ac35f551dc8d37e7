"""Moving a deadline is an act with a name on it; without one only a first deadline is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rectify_tui.domain.fields import ITEM as FIELDS
from rectify_tui.domain.timeline import Later, Values
from rectify_tui.errors import Refusal
from rectify_tui.store.commands.holding import change_decided
from rectify_tui.store.draft import Draft
from rectify_tui.store.labels import label
from rectify_tui.store.records import ITEM

if TYPE_CHECKING:
    from rectify_tui.store.commands.extensions import Request

DEADLINE = FIELDS["deadline"].kept_in
"""The columns that say one deadline."""


class DeadlineMoves(Refusal):
    """A change would move the deadline of an item, and nobody is named who allowed that."""

    def __init__(self, ref: str, due: str, to: str | None) -> None:
        super().__init__("item.deadline_moves", ref=ref, due=due, to=to or "—")


def refuse_unnamed_move(draft: Draft, id: int, ref: str, values: Values, on: str) -> None:
    """Raise `DeadlineMoves` where values say another day than that on which an item is due.

    That is the day of now, and that of the day from which the values hold.
    """
    if "due_on" not in values:
        return
    to = values["due_on"]
    for due in (draft.value_on(ITEM, id, "due_on", on), draft.get(ITEM, id)["due_on"]):
        if due is not None and due != to:
            raise DeadlineMoves(ref, str(due), None if to is None else str(to))


class DeadlineMove(NamedTuple):
    """What becomes of the other deadline that a file brings for an item.

    `request` says who asked for the extension and who allowed it, None where the one in the ledger
    was a mistake; `may_allow` are those who may, as `extend_items` has it.
    """

    request: Request | None
    may_allow: tuple[str, ...] = ()


def move_deadline(
    draft: Draft, id: int, values: Values, move: DeadlineMove, on: str, later: Later
) -> None:
    """Say another deadline of an item: from a day on where it was extended.

    A mistake is put right from the day on which it was said. Raises `Refusal` as `extend_items`.
    """
    if move.request is None:
        since = draft.said_on(ITEM, id, DEADLINE, on)
        change_decided(draft, ITEM, id, values, since, later)
        return
    from rectify_tui.store.commands.extensions import record_extension

    ref = label(draft.connection, ITEM, id)
    record_extension(draft, id, ref, values, move.request, move.may_allow, on)
    change_decided(draft, ITEM, id, values, on, later)
