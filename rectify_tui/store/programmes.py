"""Reading programmes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rectify_tui.store.connection import Connection

if TYPE_CHECKING:
    from rectify_tui.domain.closeout import Procedure

NOT_ARCHIVED = "item.programme_id NOT IN (SELECT id FROM programme WHERE archived_on IS NOT NULL)"
"""A condition on items: nobody is asked or warned about those of archived programmes unasked."""


class Programme(NamedTuple):
    """A programme, with the region it is for."""

    id: int
    code: str
    name: str
    name_en: str | None
    kind: str
    year: int
    cutoff: str | None
    simulated: bool
    region: str
    region_en: str | None
    source: str | None
    region_id: int
    archived_on: str | None = None
    acceptance: str | None = None
    notice: str | None = None


def has_simulated(connection: Connection) -> bool:
    """Whether some of the programmes are made up for demonstration."""
    row = connection.execute("SELECT 1 FROM programme WHERE simulated = 1 LIMIT 1").fetchone()
    return row is not None


def programme_codes(connection: Connection) -> dict[int, str]:
    """The codes of all programmes by id."""
    return dict(connection.execute("SELECT id, code FROM programme ORDER BY id").fetchall())


def procedures(connection: Connection) -> dict[int, Procedure]:
    """Who accepts in each programme, and how long its notices stand; the usual where none is set.

    Without levels of its own a programme is accepted by that of its place.
    """
    from rectify_tui.domain.closeout import Notice, Procedure, default_level
    from rectify_tui.domain.closeout_words import read_levels, read_notice

    rows = connection.execute(
        "SELECT p.id, p.acceptance, p.notice, r.depth FROM programme p"
        " JOIN region r ON r.id = p.region_id"
    )
    return {
        id: Procedure(
            read_levels(levels) if levels else (default_level(depth),),
            read_notice(notice) if notice else Notice(),
        )
        for id, levels, notice, depth in rows
    }


_SELECT = (
    "SELECT p.id, p.code, p.name, p.name_en, p.kind, p.year, p.cutoff, p.simulated, r.name,"
    " r.name_en, p.source, p.region_id, p.archived_on, p.acceptance, p.notice"
    " FROM programme p JOIN region r ON r.id = p.region_id"
)


def programmes(connection: Connection, *, archived: bool = True) -> list[Programme]:
    """Programmes in the order in which they were added, with those that are archived or without."""
    only = "TRUE" if archived else "p.archived_on IS NULL"
    rows = connection.execute(f"{_SELECT} WHERE {only} ORDER BY p.id")
    return [_programme(row) for row in rows]


def get_programme(connection: Connection, id: int) -> Programme:
    """The programme with an id, which must be there."""
    return _programme(connection.execute(f"{_SELECT} WHERE p.id = ?", [id]).fetchone())


def _programme(row: tuple[Any, ...]) -> Programme:
    return Programme(*[*row[:7], bool(row[7]), *row[8:]])
