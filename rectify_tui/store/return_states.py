"""How it stands with the returns of a round, one for each recipient."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, NamedTuple

from rectify_tui.domain.region import Depth
from rectify_tui.store.connection import Connection
from rectify_tui.store.records import INTAKE_FILE, RETURN_SHEET, read_ids

ReturnOutcome = Literal["received", "waiting", "late"]


class ReturnState(NamedTuple):
    """How it stands with the return of one recipient. Dates are ISO text.

    `programme` is None where all programmes are in it. `file` is the newest file that came back,
    with the rows taken from it and those refused; `rows_missing` are items that no row was about,
    by the newest file that was a whole return. One that came another way has no file, and `how`
    says which way. `id` is that of its record, `sent_on` the day on which it was made, `codes` has
    the codes of all that were made for this recipient in the round.
    """

    id: int
    code: str
    programme: str | None
    place: str
    place_en: str | None
    own: bool
    n_items: int
    cutoff: str
    due_on: str
    received_on: str | None
    file: str | None
    rows_taken: int
    rows_refused: int
    rows_missing: int | None
    how: str | None
    sent_on: str
    item_ids: tuple[int, ...]
    codes: tuple[str, ...]
    state: ReturnOutcome

    @property
    def recipient(self) -> tuple[str, bool, str | None]:
        """Whose return it is, and on which programme: the same in every round."""
        return self.place, self.own, self.programme


_SENT = (
    "SELECT s.id, s.programme_id, s.region_id, s.unit_id, s.code, p.code, COALESCE(r.name, u.name),"
    f" r.name_en, COALESCE(r.depth, {int(Depth.CITY)}) < {int(Depth.CITY)}, s.item_ids, s.due_on,"
    " s.received_on, s.received_how, b.recorded_on"
    " FROM return_sheet s LEFT JOIN programme p ON p.id = s.programme_id"
    " LEFT JOIN region r ON r.id = s.region_id LEFT JOIN unit u ON u.id = s.unit_id"
    f" JOIN history h ON h.seq = (SELECT MIN(seq) FROM history WHERE entity = '{RETURN_SHEET}'"
    " AND entity_id = s.id) JOIN batch b ON b.id = h.batch_id"
    " WHERE s.cutoff = ?"
    " ORDER BY s.unit_id IS NOT NULL, r.code IS NULL, r.code, r.id, u.name, u.id,"
    " s.programme_id IS NOT NULL, s.programme_id, s.id"
)
_RECEIVED = (
    "SELECT f.return_sheet_id, b.recorded_on, f.name, f.rows_taken, f.rows_refused,"
    " f.rows_missing"
    " FROM return_sheet s JOIN intake_file f ON f.return_sheet_id = s.id"
    f" JOIN history h ON h.seq = (SELECT MIN(seq) FROM history WHERE entity = '{INTAKE_FILE}'"
    " AND entity_id = f.id) JOIN batch b ON b.id = h.batch_id"
    " WHERE s.cutoff = ? ORDER BY f.id"
)


def return_states(connection: Connection, cutoff: date, today: date) -> list[ReturnState]:
    """How it stands with the returns of a round, one for each recipient and programme.

    They are in administrative order. Where a return was made twice, the one that came back counts,
    else the later.
    """
    day = cutoff.isoformat()
    files = _files(connection, day)
    states: dict[tuple[int | None, ...], ReturnState] = {}
    for row in connection.execute(_SENT, [day]):
        state = _state(row, day, files.get(row[0]), today.isoformat())
        key = row[1:4]
        before = states.get(key)
        codes = (*(before.codes if before else ()), state.code)
        counts = before is None or state.state == "received" or before.state != "received"
        states[key] = (state if counts or before is None else before)._replace(codes=codes)
    return list(states.values())


def _files(connection: Connection, day: str) -> dict[int, tuple[Any, ...]]:
    """What came back in files, by the return: the newest file, with the rows it was missing."""
    received: dict[int, tuple[Any, ...]] = {}
    for id, *file, missing in connection.execute(_RECEIVED, [day]):
        before = received.get(id)
        known = before[-1] if missing is None and before else missing
        received[id] = (*file, known)
    return received


def _state(row: tuple[Any, ...], day: str, file: tuple[Any, ...] | None, today: str) -> ReturnState:
    id, _, _, _, code, programme, *names, own, item_ids, due_on, marked, how, sent_on = row
    came: tuple[Any, ...] = file or (marked, None, 0, 0, None)
    awaited: ReturnOutcome = "late" if due_on < today else "waiting"
    outcome: ReturnOutcome = "received" if file or marked else awaited
    ids = read_ids(item_ids)
    columns = [
        id, code, programme, *names, bool(own), len(ids), day, due_on, *came, how, sent_on, ids,
        (code,), outcome,
    ]  # fmt: skip
    return ReturnState(*columns)
