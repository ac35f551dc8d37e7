"""XML element by element, in bounded memory, without any document type declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NoReturn
from xml.parsers.expat import ExpatError, ParserCreate

from rectify_tui.errors import Problem

Attributes = dict[str, str]


def go_through(
    pieces: Iterable[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Calls back for each element's start, end and text.

    Raises `Problem` for XML that is damaged or declares a document type, which is where entities
    come from.
    """
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (ExpatError, LookupError, ValueError) as error:  # encodings and numbers beyond reason
        raise Problem("reading.damaged") from error


def _refuse(*_: object) -> NoReturn:
    raise Problem("reading.doctype", part="XML")


def local(name: str) -> str:
    """The name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]
