"""Whether a file is a return, or a ledger or a list that is to be imported."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum, auto

from rectify_tui.errors import Problem
from rectify_tui.intake.importing.prepare import deadlines_of
from rectify_tui.intake.importing.request import ImportRequest
from rectify_tui.intake.mapping import read_synonyms
from rectify_tui.intake.mapping.synonyms import FILE
from rectify_tui.intake.model import IntakeKind
from rectify_tui.intake.reading.book import Book
from rectify_tui.intake.returns.match import reference_pair
from rectify_tui.intake.returns.recognise import recognise
from rectify_tui.intake.returns.rows import NO_RETURN, ReceivedReturn, read_return
from rectify_tui.store.connection import Connection
from rectify_tui.store.returned import find_items


class Welcome(StrEnum):
    """What may come in."""

    ALL = auto()
    RETURNS = auto()
    IMPORTS = auto()


def received_in(
    connection: Connection, book: Book, request: ImportRequest, welcome: Welcome
) -> ReceivedReturn | None:
    """The return in a file, None where it is to be imported.

    Somebody who names a kind of table, or a map of its columns, has decided that it is imported.
    Raises `Problem` for a file that is not welcome.
    """
    if welcome is not Welcome.RETURNS and (request.kind or request.map):
        return None
    try:
        received = read_return(book)
        why_not = _why_no_return(connection, received, request)
        if why_not is not None:
            raise Problem(why_not, file=book.name)
    except Problem as problem:
        if problem.key not in _NO_RETURN or welcome is Welcome.RETURNS:
            raise
        return None
    if welcome is Welcome.IMPORTS:
        raise Problem("importing.is_return", file=book.name)
    return replace(received, deadlines=deadlines_of(request))


_NAMES_PROGRAMME, _NAMES_NO_ITEM = "return_check.names_programme", "return_check.names_no_item"
_NO_RETURN = (NO_RETURN, _NAMES_PROGRAMME, _NAMES_NO_ITEM)


def _why_no_return(
    connection: Connection, received: ReceivedReturn, request: ImportRequest
) -> str | None:
    """Why what has the columns of a return is none, since ledgers have such columns too.

    A table that a city made itself has nothing hidden in it. It is known by naming items of this
    ledger by their whole references, and it must not pass for a ledger of the office's own, of
    which nothing is doubted. What names programmes in a column of their own is such a ledger.
    """
    if not received.made_by_hand or recognise(connection, received).sent is not None:
        return None
    synonyms = read_synonyms(request.config / FILE)
    if any(synonyms.names(text, "programme", IntakeKind.ITEMS) for text in received.headings):
        return _NAMES_PROGRAMME
    pairs = (reference_pair(row.locked.get("ref", "")) for row in received.rows)
    return None if find_items(connection, filter(None, pairs)) else _NAMES_NO_ITEM
