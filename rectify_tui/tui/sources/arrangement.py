"""The columns of a list as somebody arranged them: in which order, which are seen, how wide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rectify_tui.tui.sources.records import FieldColumn

WIDEST = 60


@dataclass(frozen=True)
class ChosenColumn:
    """One column by its key, whether it is `seen`, and its least width."""

    key: str
    seen: bool
    width: int


def as_declared(fields: Iterable[FieldColumn]) -> list[ChosenColumn]:
    """The columns as they are where nobody arranged anything."""
    return [ChosenColumn(column.key, not column.extra, column.width) for column in fields]


def completed(chosen: Sequence[ChosenColumn], fields: Sequence[FieldColumn]) -> list[ChosenColumn]:
    """An arrangement without what there is no more, and with what it does not know at its end."""
    declared = {column.key: column for column in as_declared(fields)}
    kept = [column for column in chosen if column.key in declared]
    known = {column.key for column in kept}
    return [*kept, *(column for key, column in declared.items() if key not in known)]


def arranged(
    fields: Sequence[FieldColumn], chosen: Sequence[ChosenColumn]
) -> tuple[FieldColumn, ...]:
    """The columns that are seen, in their order.

    What somebody arranged stays as it is: where there is no room, one goes on sideways.
    """
    if not chosen:
        return tuple(column for column in fields if not column.extra)
    by_key = {column.key: column for column in fields}
    return tuple(
        _as_wide(by_key[each.key], each.width) for each in completed(chosen, fields) if each.seen
    )


def _as_wide(column: FieldColumn, width: int) -> FieldColumn:
    alone = column.alone if width == column.width else 0
    return column._replace(width=width, alone=alone, priority=0)


def to_data(chosen: Iterable[ChosenColumn]) -> list[list[object]]:
    """An arrangement as plain data."""
    return [[column.key, column.seen, column.width] for column in chosen]


def from_data(data: object) -> list[ChosenColumn]:
    """An arrangement from plain data; none where that is not one."""
    if not isinstance(data, list):
        return []
    columns = [_column(each) for each in data]
    return [column for column in columns if column is not None]


def _column(data: object) -> ChosenColumn | None:
    match data:
        case [str(key), bool(seen), int(width)] if 1 <= width <= WIDEST:
            return ChosenColumn(key, seen, width)
    return None
