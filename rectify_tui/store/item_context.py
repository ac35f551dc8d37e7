"""What stands around one item: how its deadline was moved, the steps about it, whom to ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.patterns import Moves, deadline_moves
from rectify_tui.domain.timeline import Row
from rectify_tui.store.commands.escalations import Addressee
from rectify_tui.store.connection import Connection
from rectify_tui.store.escalations import Escalation, escalations


def deadline_moves_of(connection: Connection, item_id: int, day: date) -> Moves | None:
    """How the deadline of an item was moved, as recorded by a day; None where it never was."""
    rows = connection.execute(
        "SELECT h.seq, h.field, h.old, h.new, h.effective_on, h.retracts FROM history h"
        " JOIN batch b ON b.id = h.batch_id WHERE h.entity = 'item' AND h.entity_id = ?"
        " AND h.field = 'due_on' AND b.recorded_on <= ? ORDER BY h.seq",
        [item_id, day.isoformat()],
    )
    return deadline_moves(Row(*row) for row in rows)


_ABOUT = """
SELECT e.id FROM escalation e JOIN item ON item.id = ?
WHERE CASE WHEN e.item_ids IS NOT NULL THEN
    ',' || e.item_ids || ',' LIKE '%,' || item.id || ',%'
ELSE
    ',' || e.programmes || ',' LIKE '%,' || item.programme_id || ',%'
    AND CASE WHEN e.unit_id IS NOT NULL THEN e.unit_id = item.responsible_id
    ELSE e.region_id IN (SELECT place_id FROM region_ladder WHERE region_id = item.region_id) END
END
ORDER BY e.issued_on IS NULL, e.issued_on DESC, e.id DESC
"""


def escalations_about(connection: Connection, item_id: int, day: date) -> list[Escalation]:
    """The steps taken by a day about an item, the newest first; those of an unknown day last.

    As in `steps_taken` that is a step which cites the item, or one that cites none and was taken
    towards its responsible unit or a region it lies in, for its programme.
    """
    ids = [id for (id,) in connection.execute(_ABOUT, [item_id])]
    by_id = {step.id: step for step in escalations(connection, ids)}
    steps = [by_id[id] for id in ids]
    return [step for step in steps if step.issued_on is None or step.issued_on <= day.isoformat()]


@dataclass(frozen=True)
class Concerned:
    """Whom an item concerns; a region may have an English name."""

    addressee: Addressee
    name_en: str | None = None


def addressees_of(connection: Connection, item_id: int) -> list[Concerned]:
    """The responsible unit of an item, then the regions it lies in, the nearest first."""
    units = connection.execute(
        "SELECT unit.name, unit.region_id, unit.id FROM unit"
        " JOIN item ON item.responsible_id = unit.id WHERE item.id = ?",
        [item_id],
    )
    regions = connection.execute(
        "SELECT DISTINCT region.name, region.id, region.name_en, region.depth FROM item"
        " JOIN region_ladder l ON l.region_id = item.region_id"
        " JOIN region ON region.id = l.place_id WHERE item.id = ? AND region.parent_id IS NOT NULL"
        " ORDER BY region.depth DESC",
        [item_id],
    )
    return [
        *(Concerned(Addressee(*row)) for row in units),
        *(Concerned(Addressee(name, id), name_en) for name, id, name_en, _ in regions),
    ]
