"""Frozen reports: what was published, kept through the door like everything else, and for good.

No undo takes one away. One that should not have been published is withdrawn: it stays in the list,
its text can be read, and the period can be frozen anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store.account import signed
from rectify_tui.store.chain import head
from rectify_tui.store.connection import Connection
from rectify_tui.store.ledger import Ledger, Receipt
from rectify_tui.store.records import REPORT

KIND, WITHDRAWAL = "freeze", "withdraw"
"""The kinds of batches that freeze a report and that withdraw one."""


class LedgerMoved(Refusal):
    """Somebody changed the ledger after a report was made from it."""

    def __init__(self) -> None:
        super().__init__("weekly.ledger_moved")


@dataclass(frozen=True)
class NewReport:
    """A report about to be frozen. Dates are ISO text; `settings`, `figures` and `body` are JSON.

    `programme_id` is None where all programmes are in it; `head_seq` and `head_hash` are the newest
    row of history that it was made from.
    """

    name: str
    period: str
    first_on: str
    cutoff: str
    programme_id: int | None
    lines_by: str
    settings: str
    figures: str
    body: str
    digest: str
    head_seq: int
    head_hash: str


@dataclass(frozen=True)
class FrozenReport(NewReport):
    """A frozen report, with its id, the programme's code, and who froze it when in which batch.

    `withdrawn` is why it was withdrawn, None while it is in force; then it has who did so and when.
    On whose behalf stands beside both.
    In a list `settings`, `figures` and `body` are left empty: see `read_report`.
    """

    id: int
    programme: str | None
    batch: int
    who: str
    on_behalf: str | None
    recorded_at: str
    withdrawn: str | None
    withdrawn_by: str | None
    withdrawn_on_behalf: str | None
    withdrawn_at: str | None

    @property
    def in_force(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn is None


_WHOLE = tuple(field.name for field in fields(NewReport))
_TEXTS = ("settings", "figures", "body")


def _select(*, whole: bool) -> str:
    columns = (f"r.{name}" if whole or name not in _TEXTS else "''" for name in _WHOLE)
    return (
        f"SELECT {', '.join(columns)}, r.id, p.code, b.id, b.who, b.on_behalf, b.recorded_at,"
        " r.withdrawn, wb.who, wb.on_behalf, wb.recorded_at FROM report r"
        " LEFT JOIN programme p ON p.id = r.programme_id"
        " JOIN history h ON h.seq = (SELECT MIN(seq) FROM history"
        f" WHERE entity = '{REPORT}' AND entity_id = r.id)"
        " JOIN batch b ON b.id = h.batch_id"
        f" LEFT JOIN history w ON w.entity = '{REPORT}' AND w.entity_id = r.id"
        " AND w.field = 'withdrawn' LEFT JOIN batch wb ON wb.id = w.batch_id"
    )


def frozen_reports(connection: Connection) -> Iterator[FrozenReport]:
    """All frozen reports without their texts, the newest cut-off first; withdrawn ones too."""
    rows = connection.execute(f"{_select(whole=False)} ORDER BY r.cutoff DESC, r.id DESC")
    return (FrozenReport(*row) for row in rows)


def read_report(connection: Connection, id: int) -> FrozenReport:
    """One frozen report with its texts. Raises `Refusal` where it is no longer there."""
    row = connection.execute(f"{_select(whole=True)} WHERE r.id = ?", [id]).fetchone()
    if row is None:
        raise Refusal("weekly.gone")
    return FrozenReport(*row)


def report_before(
    connection: Connection, period: str, lines_by: str, programme_id: int | None, first: date
) -> FrozenReport | None:
    """The newest report in force of the same kind whose cut-off came before a day."""
    row = connection.execute(
        "SELECT id FROM report WHERE period = ? AND lines_by = ? AND COALESCE(programme_id, 0) = ?"
        " AND cutoff < ? AND withdrawn IS NULL ORDER BY cutoff DESC LIMIT 1",
        [period, lines_by, programme_id or 0, first.isoformat()],
    ).fetchone()
    return None if row is None else read_report(connection, row[0])


def require_not_frozen(
    connection: Connection, period: str, lines_by: str, programme_id: int | None, cutoff: date
) -> None:
    """Raise `Refusal` where the report of a period is frozen already, and in force."""
    for other in filter(lambda each: each.in_force, frozen_reports(connection)):
        same = (other.period, other.lines_by, other.programme_id, other.cutoff)
        if same == (period, lines_by, programme_id, cutoff.isoformat()):
            who = signed(other.who, other.on_behalf)
            raise Refusal("weekly.frozen_already", cutoff=other.cutoff, who=who, batch=other.batch)


def write_report(
    ledger: Ledger, new: NewReport, *, on_behalf: str | None = None, reason: str | None = None
) -> Receipt:
    """Freeze a report in a batch of its own.

    Raises `Refusal` where the period is frozen already, and `LedgerMoved`.
    """
    with ledger.batch(KIND, on_behalf=on_behalf, reason=reason) as writing:
        connection = writing.draft.connection
        require_not_frozen(
            connection, new.period, new.lines_by, new.programme_id, date.fromisoformat(new.cutoff)
        )
        if head(connection) != (new.head_seq, new.head_hash):
            raise LedgerMoved
        values = {name: getattr(new, name) for name in _WHOLE}
        writing.draft.create(REPORT, values, writing.draft.batch.recorded_on)
    return writing.receipt


def withdraw_report(
    ledger: Ledger, id: int, reason: str, *, on_behalf: str | None = None
) -> Receipt:
    """Withdraw a frozen report, with the reason, in a batch of its own. It stays as it was.

    Raises `Problem` without a reason, and `Refusal` where it was withdrawn already.
    """
    reason = clean(reason, multiline=True)
    if not reason:
        raise Problem("weekly.withdraw_why")
    with ledger.batch(WITHDRAWAL, on_behalf=on_behalf, reason=reason) as writing:
        kept = read_report(writing.draft.connection, id)
        if not kept.in_force:
            who = signed(kept.withdrawn_by or "", kept.withdrawn_on_behalf)
            raise Refusal("weekly.withdrawn_already", cutoff=kept.cutoff, who=who)
        writing.draft.change(REPORT, id, {"withdrawn": reason}, writing.draft.batch.recorded_on)
    return writing.receipt
