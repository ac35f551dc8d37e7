"""Reading files for the desk, and holding them against the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rectify_tui.errors import Problem
from rectify_tui.intake.importing.prepare import prepare
from rectify_tui.intake.importing.propose import propose
from rectify_tui.intake.importing.request import ImportRequest
from rectify_tui.intake.progress import Progress
from rectify_tui.intake.reading import Book, open_book
from rectify_tui.intake.returns.columns import MARK
from rectify_tui.intake.returns.rows import ReceivedReturn, read_return
from rectify_tui.intake.returns.together import check_received
from rectify_tui.paths import config_folder
from rectify_tui.store.ledger import Ledger
from rectify_tui.tui.intake_desk.paper import Reading

NO_RETURN = "return_check.no_return"
"""The problem of a file that has not the columns of a return."""


@dataclass(frozen=True)
class Opened:
    """What a file turned out to be: a return that has still to be checked, or an import."""

    received: ReceivedReturn | None = None
    book: Book | None = None
    reading: Reading | None = None


def open_file(
    ledger: Ledger, path: Path, book: Book | None, programme: str | None, progress: Progress
) -> Opened:
    """Read a file, in a thread; an import that was read before only against the ledger as it is.

    Raises `Problem` for what cannot be read.
    """
    if book is None:
        book = open_book(path)
        received = _return_in(ledger, book)
        if received is not None:
            return Opened(received=received)
    return Opened(None, book, _import(ledger, book, programme, progress))


def check_all(ledger: Ledger, received: Mapping[int, ReceivedReturn]) -> dict[int, Reading]:
    """Hold returns against the ledger and against one another, in a thread."""
    batch, day = ledger.newest_batch(), ledger.today()
    checked = check_received(ledger.reader(), list(received.values()), day)
    return {
        key: Reading.of(each.proposal, batch, day)
        for key, each in zip(received, checked, strict=True)
    }


def request_of(programme: str | None) -> ImportRequest:
    """What is asked of an import from the desk: everything but the programme is found out."""
    return ImportRequest(config=config_folder(), programme=programme)


def _return_in(ledger: Ledger, book: Book) -> ReceivedReturn | None:
    """The return in a file. Headings alone, which ledgers have too, do not make a return."""
    try:
        received = read_return(book)
    except Problem as problem:
        if problem.key != NO_RETURN:
            raise
        return None
    if received.fingerprint is not None or received.damaged or MARK.name in received.columns:
        return received
    checked = check_received(ledger.reader(), [received], ledger.today())
    return received if checked[0].origin.sent is not None else None


def _import(ledger: Ledger, book: Book, programme: str | None, progress: Progress) -> Reading:
    batch, day = ledger.newest_batch(), ledger.today()
    connection = ledger.reader()
    prepared = prepare(connection, book, request_of(programme), day)
    fields = prepared.mapping.fields
    mapping = tuple(
        (heading.text, fields.get(index, ""))
        for index, heading in enumerate(prepared.table.headings)
    )
    return Reading.of(propose(connection, prepared, day, progress), batch, day, mapping)
