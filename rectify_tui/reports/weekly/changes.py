"""What changed since the report before, item by item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from rectify_tui.domain.status import GROUP_OF, Group, Status
from rectify_tui.domain.text import natural_key
from rectify_tui.domain.timeline import NOT_STARTED_DUE
from rectify_tui.errors import Refusal
from rectify_tui.store.labels import labels
from rectify_tui.store.records import PROGRAMME
from rectify_tui.store.references import item_ref
from rectify_tui.store.status_changes import (
    RecordedRemark,
    StatusChange,
    region_codes,
    remarks_of,
)

if TYPE_CHECKING:
    from rectify_tui.reports.weekly.figures import Line
    from rectify_tui.store.connection import Connection


class ChangeKind(StrEnum):
    """What became of an item; the order is that of the list.

    An item that leaves the completed ones has slipped back where it is behind at once, else it is
    reopened, as is a merged one that stands on its own again. The last three are there so that the
    list explains every difference of the figures.
    """

    COMPLETED = "completed"
    BEHIND = "behind"
    SLIPPED_BACK = "slipped_back"
    MERGED = "merged"
    REOPENED = "reopened"
    NEW = "new"
    CAUGHT_UP = "caught_up"
    OTHER = "other"
    REMOVED = "removed"


class Change(NamedTuple):
    """One line of the list: an item, or `n` items of a programme that is itself new (no `move`).

    `said` is what was last said of its status.
    """

    kind: ChangeKind
    ref: str
    n: int = 1
    move: StatusChange | None = None
    said: RecordedRemark | None = None

    @property
    def id(self) -> int | None:
        """That of the item, which may no longer be there."""
        return self.move.id if self.move else None


def group_of(status: str) -> Group:
    """The group of a status as figures count it."""
    return Group.BEHIND if status == NOT_STARTED_DUE else GROUP_OF[Status(status)]


def kind_of(before: str | None, after: str | None) -> ChangeKind:
    """What a move is."""
    if after is None:
        return ChangeKind.REMOVED
    if before is None:
        return ChangeKind.NEW
    was, now = group_of(before), group_of(after)
    if was is now:
        return ChangeKind.OTHER
    if now is Group.COMPLETED:
        return ChangeKind.COMPLETED
    if now is Group.MERGED:
        return ChangeKind.MERGED
    if was is Group.MERGED:
        return ChangeKind.REOPENED
    if was is Group.COMPLETED:
        return ChangeKind.SLIPPED_BACK if now is Group.BEHIND else ChangeKind.REOPENED
    return ChangeKind.BEHIND if now is Group.BEHIND else ChangeKind.CAUGHT_UP


def list_changes(
    connection: Connection,
    moves: Iterable[StatusChange],
    day: date,
    known_programmes: Iterable[int],
) -> list[Change]:
    """The list of changes up to a day. All items of a programme that was not known are one line."""
    known = set(known_programmes)
    single: list[StatusChange] = []
    whole: Counter[int] = Counter()
    for move in moves:
        if move.before is None and move.programme_id not in known:
            whole[move.programme_id] += 1
        else:
            single.append(move)
    codes = labels(connection, PROGRAMME, [*whole, *(move.programme_id for move in single)])
    ids = [move.id for move in single]
    places = region_codes(connection, ids)
    remarks = remarks_of(connection, ids, day)
    changes = [
        Change(
            kind_of(move.before, move.after),
            item_ref(codes[move.programme_id], move.number),
            move=move,
            said=_last_said(remarks.get(move.id, []), move),
        )
        for move in sorted(single, key=lambda move: (move.programme_id, _place(places, move)))
    ]
    changes += [Change(ChangeKind.NEW, codes[id], n) for id, n in sorted(whole.items())]
    order = list(ChangeKind)
    return sorted(changes, key=lambda change: order.index(change.kind))


def _last_said(remarks: list[RecordedRemark], move: StatusChange) -> RecordedRemark | None:
    """None where only time has passed."""
    return remarks[0] if remarks and move.after != NOT_STARTED_DUE else None


def _place(codes: Mapping[int, str | None], move: StatusChange) -> tuple[str, str, int]:
    return codes.get(move.id) or "~", natural_key(move.number), move.id


def require_explained(
    moves: Iterable[StatusChange], before: Iterable[Line], after: Iterable[Line]
) -> None:
    """Raise `Refusal` where the moves are not the difference between two sets of programmes."""
    moved: Counter[Group] = Counter()
    for move in moves:
        if move.before is not None:
            moved[group_of(move.before)] -= 1
        if move.after is not None:
            moved[group_of(move.after)] += 1
    counted: Counter[Group] = Counter()
    for lines, sign in ((before, -1), (after, 1)):
        for line in lines:
            for group, n in line.tally.groups.items():
                counted[group] += sign * n
    for group in Group:
        if moved[group] != counted[group]:
            raise Refusal("weekly.unexplained", group=group, told=moved[group], n=counted[group])
