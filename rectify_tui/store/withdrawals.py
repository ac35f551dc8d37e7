"""Reading what was withdrawn, and why."""

from __future__ import annotations

from typing import NamedTuple

from rectify_tui.domain.text import clean
from rectify_tui.store.connection import Connection
from rectify_tui.store.records import CASE, WITHDRAWAL


class Withdrawn(NamedTuple):
    """An item or a case that was entered by mistake; `batch` withdrew it, written by `who`.

    `id` is that of what is kept of it, `subject_id` its own, under which its history is.
    """

    id: int
    subject_id: int
    ref: str
    text: str
    reason: str
    on: str
    batch: int
    who: str


_QUERY = f"""
SELECT w.id, w.subject_id, p.code || '/' || w.number, w.text, w.reason, w.withdrawn_on, b.id, b.who
FROM withdrawal w JOIN programme p ON p.id = w.programme_id
JOIN history h ON h.seq = (
    SELECT MIN(seq) FROM history WHERE entity = '{WITHDRAWAL}' AND entity_id = w.id
) JOIN batch b ON b.id = h.batch_id
WHERE {{where}} ORDER BY w.id DESC
"""


def withdrawn(connection: Connection, subject: str) -> list[Withdrawn]:
    """All items or all cases (`subject`) that are withdrawn, the last first."""
    rows = connection.execute(_QUERY.format(where="w.subject = ?"), [subject])
    return [Withdrawn(*row) for row in rows]


def withdrawn_called(connection: Connection, subject: str, ref: str) -> Withdrawn | None:
    """The one that had a reference (of a case also its bare number) last, None where none had."""
    where = "w.subject = ? AND (p.code || '/' || w.number = ? OR w.subject = ? AND w.number = ?)"
    ref = clean(ref)
    code, slash, number = ref.rpartition("/")
    params = [subject, f"{code.upper()}{slash}{number}", CASE, ref]
    row = connection.execute(_QUERY.format(where=where), params).fetchone()
    return None if row is None else Withdrawn(*row)


def withdrawn_as(
    connection: Connection, subject: str, programme_id: int, number: str
) -> Withdrawn | None:
    """The one that had a number last, None where none had."""
    where = "w.subject = ? AND w.programme_id = ? AND w.number = ?"
    row = connection.execute(_QUERY.format(where=where), [subject, programme_id, number]).fetchone()
    return None if row is None else Withdrawn(*row)
