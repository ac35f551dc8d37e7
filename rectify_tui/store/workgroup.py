"""Who is in the working group of a programme, and who has left it when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.figures import Tally
from rectify_tui.domain.status import Group
from rectify_tui.domain.workgroup import Spell, spells
from rectify_tui.store.connection import Connection
from rectify_tui.store.rollup_read import (
    RollupQuery,
    RollupRow,
    open_differences,
    read_rollup,
)


@dataclass(frozen=True)
class Member:
    """A region or unit that has, or had, open lines."""

    row: RollupRow
    spells: tuple[Spell, ...]

    @property
    def inside(self) -> bool:
        """Whether it is in the group."""
        return bool(self.spells) and self.spells[-1].left_on is None

    @property
    def left_on(self) -> date | None:
        """The day on which it left for the last time; None while it is in."""
        return self.spells[-1].left_on if self.spells else None

    @property
    def tally(self) -> Tally:
        """Its figures on the day asked for."""
        return self.row.tally


def members(connection: Connection, query: RollupQuery) -> list[Member]:
    """Every line of a rollup that had open items on any day so far.

    Those who are in come first, most lines behind and then most open lines first; those who have
    left follow, the latest first.
    """
    with connection.snapshot():
        rows = read_rollup(connection, query).rows
        differences = open_differences(connection, query)
    lines = [
        Member(row, spells(differences[row.id], query.as_of))
        for row in rows
        if row.id in differences
    ]
    return sorted((member for member in lines if member.spells), key=_order)


def _order(member: Member) -> tuple[bool, int, int, int, str]:
    tally = member.tally
    left = -member.left_on.toordinal() if member.left_on else 0
    return (not member.inside, left, -tally.groups[Group.BEHIND], -tally.open, member.row.key)
