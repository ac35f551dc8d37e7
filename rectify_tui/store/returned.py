"""What a return that came back is held against: the ledger as it was sent, and as it is now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from rectify_tui.domain.fields import ITEM as ITEM_FIELDS
from rectify_tui.domain.fields import FieldKind
from rectify_tui.domain.status import Group, Status, statuses_of
from rectify_tui.domain.timeline import DATED, Row, Values, live_rows, replay
from rectify_tui.store.chain import GENESIS, HASH
from rectify_tui.store.connection import Connection, fetch_chunks, marks
from rectify_tui.store.history import histories
from rectify_tui.store.labels import labels
from rectify_tui.store.programmes import programme_codes
from rectify_tui.store.records import INTAKE_FILE, ITEM, MILESTONE, UNIT, read_ids
from rectify_tui.store.references import item_ref
from rectify_tui.store.regions import regions_by_id
from rectify_tui.store.returns import SentReturn, return_by_code


@dataclass(frozen=True)
class ItemSides:
    """One item when it was sent and now, None where it was or is not there.

    `said_on` tells from which day the newest word on each dated field holds.
    """

    ref: str
    sent: Values | None
    now: Values | None
    said_on: Mapping[str, date] = field(default_factory=dict)

    @property
    def deadline(self) -> date | None:
        """The day by which the item is due."""
        due = self.now["due_on"] if self.now else None
        return date.fromisoformat(str(due)) if due else None


def read_sides(
    connection: Connection, ids: Iterable[int], head_seq: int | None
) -> dict[int, ItemSides]:
    """Items as they were when history ended at a row (None: as they are now), and as they are now.

    Ids of which nothing is known are left out.
    """
    codes = programme_codes(connection)
    return {
        id: _sides(rows, head_seq, codes)
        for id, rows in histories(connection, ITEM, sorted(set(ids)))
    }


def _sides(rows: list[Row], head_seq: int | None, codes: Mapping[int, str]) -> ItemSides:
    now = then = replay(rows)
    # What was sent is what history says up to the row that the return names, not up to its day:
    # rows that were written later may hold from before it, and two may bear the same time.
    if head_seq is not None and rows[-1].seq > head_seq:
        then = replay(row for row in rows if row.seq <= head_seq)
    known = now or then
    programme = int(known.values["programme_id"] or 0) if known else 0
    ref = item_ref(codes.get(programme, "?"), str(known.values["number"]) if known else "?")
    return ItemSides(
        ref, then.values if then else None, now.values if now else None, _said_on(rows)
    )


def _said_on(rows: list[Row]) -> dict[str, date]:
    newest: dict[str, str] = {}
    for row in live_rows(rows):
        for name in (row.field,) if row.field else DATED[ITEM]:
            newest[name] = max(row.effective_on, newest.get(name, ""))
    return {name: date.fromisoformat(day) for name, day in newest.items() if name in DATED[ITEM]}


def read_steps_as_sent(
    connection: Connection, ids: Iterable[int], head_seq: int | None
) -> dict[int, Values]:
    """Steps as they were when history ended at a row (None: as they are), those there were."""
    sent: dict[int, Values] = {}
    for id, rows in histories(connection, MILESTONE, sorted(set(ids))):
        then = replay((row for row in rows if head_seq is None or row.seq <= head_seq), MILESTONE)
        if then is not None:
            sent[id] = then.values
    return sent


_UNITS = tuple(field.column for field in ITEM_FIELDS.of_kind(FieldKind.UNIT))


class LinkedNames(NamedTuple):
    """What the records are called that items point to."""

    regions: Mapping[int, tuple[str, str | None]]
    units: Mapping[int, str]
    simulated: Mapping[int, bool]


def names_for(connection: Connection, items: Collection[Values]) -> LinkedNames:
    """The names of the regions and units of items, and which programmes are simulated."""
    regions = regions_by_id(connection, (int(item["region_id"] or 0) for item in items))
    units = {int(id) for item in items for name in _UNITS if (id := item[name])}
    simulated = connection.execute("SELECT id, simulated FROM programme ORDER BY id")
    return LinkedNames(
        {id: (region.name, region.name_en) for id, region in regions.items()},
        labels(connection, UNIT, units),
        {id: bool(flag) for id, flag in simulated},
    )


def find_items(connection: Connection, refs: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Ids of items by their references, for those of the pairs of code and number that exist."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for code, number in refs:
        numbers[code].add(number)
    ids: dict[str, int] = {}
    query = "SELECT number, id FROM item WHERE programme_id = ? AND number IN ({marks})"
    for programme, code in programme_codes(connection).items():
        for number, id in fetch_chunks(connection, query, sorted(numbers[code]), programme):
            ids[item_ref(code, number)] = id
    return ids


def hash_at(connection: Connection, seq: int) -> str | None:
    """The hash of a row of history, None where there is no such row."""
    if seq == 0:
        return GENESIS
    row = connection.execute(f"SELECT {HASH} FROM history WHERE seq = ?", [seq]).fetchone()
    return row[0] if row else None


def return_codes(connection: Connection) -> list[str]:
    """The codes of all returns that were sent, the newest first."""
    rows = connection.execute("SELECT code FROM return_sheet ORDER BY id DESC")
    return [code for (code,) in rows]


def newer_return(connection: Connection, sent: SentReturn) -> str | None:
    """The code of the newest return that was sent to the same recipient after this one, if any."""
    row = connection.execute(
        "SELECT code FROM return_sheet WHERE id > ? AND COALESCE(programme_id, 0) = ?"
        " AND COALESCE(region_id, 0) = ? AND COALESCE(unit_id, 0) = ? ORDER BY id DESC LIMIT 1",
        [sent.id, sent.programme_id or 0, sent.region_id or 0, sent.unit_id or 0],
    ).fetchone()
    return row[0] if row else None


class Intake(NamedTuple):
    """In which batch, when and by whom a file was taken in."""

    batch: int
    on: str
    who: str


def last_taken(connection: Connection, kind: str, digest: str) -> Intake | None:
    """When a file with this content was last taken in, None where it was not or that is undone."""
    row = connection.execute(
        "SELECT b.id, b.recorded_on, b.who FROM intake_file f JOIN history h ON h.seq ="
        f" (SELECT MIN(seq) FROM history WHERE entity = '{INTAKE_FILE}' AND entity_id = f.id)"
        " JOIN batch b ON b.id = h.batch_id WHERE f.digest = ? AND f.kind = ?"
        " ORDER BY f.id DESC LIMIT 1",
        [digest, kind],
    ).fetchone()
    return Intake(*row) if row else None


def return_about(connection: Connection, ids: Collection[int]) -> SentReturn | None:
    """The newest return that asks about all of some items; None where two of a round do, or none.

    Of what is done nobody is asked, and a table that an office made itself may have it all the
    same; but not that alone. Of items that are gone nobody was asked in the newest round.
    """
    if not ids:
        return None
    open_ids = set(ids).difference(_done_of(connection, ids))
    rows = connection.execute("SELECT code, cutoff, item_ids FROM return_sheet ORDER BY id DESC")
    fitting = [
        (code, day)
        for code, day, text in rows
        if open_ids <= (asked := set(read_ids(text))) and not asked.isdisjoint(ids)
    ]
    if not fitting or len({code for code, day in fitting if day == fitting[0][1]}) > 1:
        return None
    return return_by_code(connection, fitting[0][0])


def _done_of(connection: Connection, ids: Collection[int]) -> set[int]:
    done = (*statuses_of(Group.COMPLETED), Status.MERGED)
    query = f"SELECT id FROM item WHERE status IN ({marks(done)}) AND id IN ({{marks}})"
    return {id for (id,) in fetch_chunks(connection, query, list(ids), *done)}


def has_come(connection: Connection, return_id: int) -> bool:
    """Whether a file of a return was taken in before."""
    row = connection.execute(
        "SELECT 1 FROM intake_file WHERE return_sheet_id = ? LIMIT 1", [return_id]
    ).fetchone()
    return row is not None
