"""The items that a step cites, each with what is reported and what the schedule says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.citing import CitedFor, cited_for
from rectify_tui.domain.ladder import EscalationStep
from rectify_tui.domain.reference import format_references
from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.reports.schedule import schedule_label
from rectify_tui.store.behind import BehindItem, behind_items
from rectify_tui.store.connection import Connection
from rectify_tui.store.items import ItemRow, item_rows
from rectify_tui.store.marked import MarkedItem, read_marked

_MOST_STANDINGS = 6
"""So many items are told one by one."""


@dataclass(frozen=True)
class CitedItem:
    """An item of a step: why it is cited (None: nothing stands against it), and how it stood.

    `behind` tells since when it is reported behind, None where it is not.
    """

    row: ItemRow
    marked: MarkedItem
    behind: BehindItem | None
    why: CitedFor | None


@dataclass(frozen=True)
class Cited:
    """What a step cites, and the items against which nothing stands, which it leaves out."""

    items: tuple[CitedItem, ...]
    left_out: tuple[CitedItem, ...] = ()

    @property
    def ids(self) -> list[int]:
        """The ids of what is cited."""
        return [item.row.id for item in self.items]


def cite(
    connection: Connection, ids: Sequence[int], step: EscalationStep, day: date,
    behind: Iterable[BehindItem] | None = None,
) -> Cited:  # fmt: skip
    """The items of a step as they stood on a day; `behind` is what is behind, if read already."""
    since = {each.row.id: each for each in (behind or behind_items(connection, day))}
    marked = read_marked(connection, day, ids)
    items = [
        CitedItem(row, marked[row.id], since.get(row.id), cited_for(marked[row.id].candidate, step))
        for row in item_rows(connection, list(ids), as_of=day)
        if row.id in marked
    ]
    return Cited(
        tuple(item for item in items if item.why is not None),
        tuple(item for item in items if item.why is None),
    )


def facts(items: Iterable[CitedItem], t: Language) -> str:
    """How many are cited for what, in words: `3项未达到序时进度、2项已过整改时限而…`."""
    counts: Mapping[CitedFor | None, int] = Counter(item.why for item in items)
    parts = [t(f"escalation.cited.{why}", n=counts[why]) for why in CitedFor if counts.get(why)]
    return t("report.comma").join(parts)


def standing(item: CitedItem, t: Language) -> str:
    """What is reported of an item and what the schedule says, for somebody who named it."""
    return t(
        "escalation.stands", ref=item.row.ref, status=labels.status(t, item.row.status).label,
        schedule=schedule_label(item.marked.derived, t),
    )  # fmt: skip


def standings(items: Sequence[CitedItem], t: Language) -> str:
    """How items stand, one after the other; of many only which they are."""
    if len(items) > _MOST_STANDINGS:
        return format_references((item.row.programme, item.row.number) for item in items)
    return t("report.comma").join(standing(item, t) for item in items)
