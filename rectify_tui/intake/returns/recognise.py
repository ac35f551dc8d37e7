"""Which return a file is, and what is to be said about the file as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from rectify_tui.errors import Problem
from rectify_tui.intake.model import Finding, IntakeKind, Verdict
from rectify_tui.intake.returns.columns import COLUMNS, MARK
from rectify_tui.intake.returns.mark import (
    FIRST_OPEN,
    SEALED,
    Fingerprint,
    read_mark,
    row_mark,
)
from rectify_tui.intake.returns.rows import ReceivedReturn
from rectify_tui.intake.step_cells import STEPS
from rectify_tui.store.connection import Connection
from rectify_tui.store.returned import has_come, hash_at, last_taken, newer_return, return_codes
from rectify_tui.store.returns import SentReturn, return_by_code

_TRIED = 5
"""Rows by whose marks a return is looked for that says nothing else of itself."""


@dataclass(frozen=True)
class RecognisedReturn:
    """Where a file comes from.

    `sent` is the record of the return, None where the ledger has none. `head_seq` is the row of
    history where the ledger stood when it was sent, None where that is not known. Where not even
    the ids in the marks can be trusted, `code` is empty. `partial` files may lack rows: they are
    not what was sent, and the return has come before.
    """

    code: str
    sent: SentReturn | None = None
    head_seq: int | None = None
    cutoff: date | None = None
    remarks: tuple[Finding, ...] = ()
    partial: bool = False


def recognise(connection: Connection, received: ReceivedReturn) -> RecognisedReturn:
    """Find the return that a file is, by what is hidden in it or else by its code and marks."""
    fingerprint = received.fingerprint
    if fingerprint is not None:
        origin = _by_fingerprint(connection, fingerprint)
    else:
        origin = _by_traces(connection, received)
    remarks = (*origin.remarks, *_history_of(connection, origin, received), *_table_of(received))
    sent = origin.sent if fingerprint is None else None
    partial = sent is not None and has_come(connection, sent.id)
    return replace(origin, remarks=remarks, partial=partial)


def _doubt(code: str, **params: object) -> Finding:
    """A remark that makes every change of the file suspicious."""
    return Finding(code, Verdict.SUSPICIOUS, params=params)


def _by_fingerprint(connection: Connection, fingerprint: Fingerprint) -> RecognisedReturn:
    code = fingerprint.code
    if hash_at(connection, fingerprint.head_seq) != fingerprint.head_hash:
        remark = _doubt("other_ledger", sheet=code)
        return RecognisedReturn("", None, None, fingerprint.cutoff, (remark,))
    sent = return_by_code(connection, code)
    if sent is None:
        remark = _doubt("unknown_return", sheet=code)
        return RecognisedReturn(code, None, fingerprint.head_seq, fingerprint.cutoff, (remark,))
    hidden = fingerprint.head_seq, fingerprint.head_hash, fingerprint.cutoff, fingerprint.rows
    if hidden != (sent.head_seq, sent.head_hash, sent.cutoff, len(sent.item_ids)):
        return _known(sent, _doubt("fingerprint_damaged"))
    return _known(sent)


def _known(sent: SentReturn, *remarks: Finding) -> RecognisedReturn:
    return RecognisedReturn(sent.code, sent, sent.head_seq, sent.cutoff, remarks)


def _by_traces(connection: Connection, received: ReceivedReturn) -> RecognisedReturn:
    """The return whose code is printed on the sheet, or whose marks the rows have."""
    codes = return_codes(connection)
    remark = _doubt("fingerprint_damaged" if received.damaged else "no_fingerprint")
    code = _printed(received, codes) or _marked(received, codes)
    sent = return_by_code(connection, code) if code else None
    if sent is None:
        return RecognisedReturn("", remarks=(remark,))
    if received.sent_back and has_come(connection, sent.id):  # which never had a hidden sheet
        remark = Finding("answer_to_sent_back", Verdict.UNCHANGED)
    return _known(sent, remark)


def _printed(received: ReceivedReturn, codes: list[str]) -> str | None:
    words = set(re.findall(r"[A-Za-z0-9-]+", received.title))
    printed = [code for code in codes if code in words]
    return printed[0] if len(printed) == 1 else None


def _marked(received: ReceivedReturn, codes: list[str]) -> str | None:
    """The code that, with the cells of a row, makes the mark of the row."""
    if not received.columns.keys() >= set(SEALED):
        return None
    marked = [row for row in received.rows if read_mark(row.mark)]
    for row in marked[:_TRIED]:
        id, _ = read_mark(row.mark) or (0, "")
        cells = [row.locked[name] for name in SEALED]
        for code in codes:
            if row_mark(code, id, cells) == row.mark:
                return code
    return None


def _history_of(
    connection: Connection, origin: RecognisedReturn, received: ReceivedReturn
) -> Iterator[Finding]:
    newer = newer_return(connection, origin.sent) if origin.sent else None
    if newer is not None:
        yield _doubt("old_sheet", sheet=origin.code, newer=newer)
    earlier = last_taken(connection, IntakeKind.RETURN, received.origin.digest)
    if earlier is not None:
        yield _doubt("already_applied", batch=earlier.batch, on=earlier.on, who=earlier.who)


def _table_of(received: ReceivedReturn) -> Iterator[Finding]:
    sent = received.fingerprint.columns if received.fingerprint else FIRST_OPEN
    gone = {*sent, MARK.name} - received.columns.keys()
    for column in (*COLUMNS, MARK):
        if column.name in gone:
            missing = Problem(column.heading_key)
            yield Finding("column_missing", Verdict.UNCHANGED, params={"missing": missing})
    if STEPS in sent and received.steps is None:
        missing = Problem("returns.sheet.steps")
        yield Finding("steps_missing", Verdict.UNCHANGED, params={"missing": missing})
    if received.others:
        names = "、".join(received.others)
        yield Finding("more_sheets", Verdict.UNCHANGED, holds=names)
