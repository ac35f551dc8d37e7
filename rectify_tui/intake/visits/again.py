"""Making a draw anew from its sheet, or from a population alone: no ledger is needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from rectify_tui.domain.sampling import (
    CONFIDENCE,
    TOLERABLE,
    Line,
    Sample,
    Whole,
    draw,
    population_digest,
    read_share,
    seed_of,
)
from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem
from rectify_tui.intake.reading.book import Book, open_book
from rectify_tui.intake.reading.cells import cell_text
from rectify_tui.intake.table import find_table
from rectify_tui.intake.visits.columns import column_called

_FACTS = frozenset({"head", "nonce", "digest", "tolerable", "confidence"})


@dataclass(frozen=True)
class Given:
    """What somebody names beside the file; None is what the file says, or what is usual."""

    head: str | None = None
    nonce: str | None = None
    tolerable: Fraction | None = None
    confidence: Fraction | None = None


@dataclass(frozen=True)
class Again:
    """A draw that was made anew; `told` are the references that the file says were drawn.

    `altered` says that the population has not the digest that stands in the file.
    """

    lines: tuple[Line, ...]
    sample: Sample
    digest: str
    told: frozenset[str] | None
    altered: bool

    @property
    def same(self) -> bool:
        """Whether nothing speaks against the draw."""
        return not self.altered and self.told in (None, frozenset(self.sample.refs))


def draw_again(path: Path, given: Given) -> Again:
    """Make the draw of a file anew. Raises `Problem` where something that it needs is not there."""
    book = open_book(path)
    said = dict(_facts(book))
    lines, told = _population(book)
    head = given.head or said.get("head")
    nonce = given.nonce if given.nonce is not None else said.get("nonce")
    if not head or nonce is None:
        raise Problem("draw.again.needs")
    digest = population_digest(lines)
    sample = draw(
        lines, seed_of(clean(head), clean(nonce)),
        tolerable=given.tolerable or _share(said, "tolerable") or TOLERABLE,
        confidence=given.confidence or _share(said, "confidence") or CONFIDENCE,
    )  # fmt: skip
    altered = "digest" in said and said["digest"] != digest
    return Again(lines, sample, digest, told, altered)


def _share(said: dict[str, str], name: str) -> Fraction | None:
    return read_share(said[name]) if name in said else None


def _facts(book: Book) -> Iterator[tuple[str, str]]:
    """Pairs of a known name and a text, on whatever sheet."""
    for sheet in book.sheets:
        for row in book.grid(sheet.name).head(40):
            cells = [cell_text(cell) for cell in row.cells[:2]]
            if len(cells) == 2 and cells[0] in _FACTS:
                yield cells[0], cells[1]


def _population(book: Book) -> tuple[tuple[Line, ...], frozenset[str] | None]:
    """The lines of the population, and the references that it says were drawn."""
    for sheet in reversed(book.sheets):  # it comes last
        try:
            table = find_table(book.grid(sheet.name), lambda text: column_called(text) is not None)
        except Problem:
            continue
        at = {column_called(heading.last): heading.index for heading in table.headings}
        if {"ref", "county"} - at.keys() or "result" in at:
            continue
        lines, told = [], set()
        for row in table.rows():
            cells = {name: row.cells[index].strip() for name, index in at.items() if name}
            if not cells["ref"]:
                continue
            whole = _whole(book.name, row.number, cells.get("whole", ""))
            lines.append(Line(cells["ref"], cells["county"], whole, bool(cells.get("watched"))))
            if cells.get("taken"):
                told.add(cells["ref"])
        return tuple(lines), frozenset(told) if "taken" in at else None
    raise Problem("draw.again.no_population", file=book.name)


def _whole(file: str, row: int, text: str) -> Whole | None:
    if not text:
        return None
    try:
        return Whole(text)
    except ValueError:
        known = ", ".join(Whole)
        raise Problem("draw.again.bad_class", file=file, row=row, text=text, known=known) from None
