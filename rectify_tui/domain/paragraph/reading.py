"""From text to reading, and from reading to comparison."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from rectify_tui.domain.paragraph.clauses import clauses
from rectify_tui.domain.paragraph.context import counts_in
from rectify_tui.domain.paragraph.cutoff import CutOffs
from rectify_tui.domain.paragraph.english import read_english, together
from rectify_tui.domain.paragraph.folding import Folded, fold
from rectify_tui.domain.paragraph.lexer import Sort, Token, lex
from rectify_tui.domain.paragraph.lists import with_lists, with_short_names
from rectify_tui.domain.paragraph.model import (
    Figure,
    Ignored,
    Kind,
    Reading,
    Reason,
    Unplaced,
)
from rectify_tui.domain.paragraph.places import NOWHERE, Places
from rectify_tui.domain.paragraph.placing import place_all
from rectify_tui.domain.paragraph.state import Draft
from rectify_tui.domain.paragraph.sums import rate_definitions, sums

Lookup = Callable[[Figure], int | float | None]


def read_paragraph(text: str, places: Places = NOWHERE, *, today: date | None = None) -> Reading:
    """Every number of a progress paragraph, and what it is: Chinese, or plain English.

    Any text is fine. A number that counts items or cases becomes a figure only where the words say
    so; one that could not be placed is listed with a reason, and one that counts something else
    (dates, money, people, places) is listed as ignored. `places` are the names that are known
    beside those that end in 市, 县 and the like; `today` gives days without a year (截至9月底)
    theirs, which else stay unknown.
    """
    english = read_english(text)
    folded = fold(english.rest)
    tokens = lex(folded)
    parts = clauses(folded.text, tokens)
    counts = with_lists(folded.text, parts, counts_in(folded.text, parts, places))
    placed = place_all(with_short_names(folded.text, parts, counts))
    days = CutOffs(folded.text, parts, today)
    figures = together(_figures(text, folded, placed.figures, days), english.figures)
    unplaced = [_unplaced(text, folded, token, reason) for token, reason in placed.unplaced]
    ignored = [_ignored(text, folded, token, kind) for token, kind in placed.ignored]
    for token in tokens:
        if token.sort is Sort.OTHER:
            ignored.append(_ignored(text, folded, token, token.kind or Kind.BARE))
    return Reading(
        figures,
        tuple(sorted([*unplaced, *english.unplaced], key=lambda entry: entry.start)),
        tuple(sorted([*ignored, *english.ignored], key=lambda entry: entry.start)),
        sums(figures),
        rate_definitions(figures),
    )


def compare(reading: Reading, lookup: Lookup) -> Reading:
    """The reading with `ledger` and `agrees` filled in.

    `lookup` gives the ledger's number for a figure (percent for a rate), or `None` where the ledger
    has none: then `agrees` stays `None`. A number printed in 万 or in percent agrees when the
    ledger's rounds to it.
    """
    return replace(reading, figures=tuple(beside_ledger(f, lookup(f)) for f in reading.figures))


def beside_ledger(figure: Figure, ledger: int | float | None) -> Figure:
    """The figure with the ledger's number, and whether the two agree."""
    if ledger is None:
        return replace(figure, ledger=None, agrees=None)
    apart = abs(Decimal(str(ledger)) - Decimal(str(figure.value)))
    return replace(figure, ledger=ledger, agrees=apart <= figure.margin)


def _figures(text: str, folded: Folded, drafts: list[Draft], days: CutOffs) -> tuple[Figure, ...]:
    ordered = sorted(drafts, key=lambda draft: (draft.start, draft.end))
    position = {id(draft): place for place, draft in enumerate(ordered)}
    figures = []
    for draft in ordered:
        start, end = folded.span(draft.start, draft.end)
        whole = draft.rate_of is None
        figures.append(
            Figure(
                draft.subject,
                draft.what,
                int(draft.value) if whole else float(draft.value),
                text[start:end],
                start,
                end,
                draft.rate_of,
                None if draft.within is None else position[id(draft.within)],
                draft.margin,
                draft.also,
                draft.closeout,
                draft.place,
                _day(draft, days),
            )
        )
    return tuple(figures)


def _day(draft: Draft, days: CutOffs) -> date | None:
    """The day of a figure; what places have of another figure is of its day."""
    day, whole = days.at(draft.start, draft.sentence), draft.within
    if day is None and whole is not None and draft.what is whole.what:
        return days.at(whole.start, whole.sentence)
    return day


def _unplaced(text: str, folded: Folded, token: Token, reason: Reason) -> Unplaced:
    start, end = folded.span(token.start, token.end)
    value = token.value
    if value is None:
        return Unplaced(reason, None, text[start:end], start, end)
    shown = int(value) if value == int(value) else float(value)
    return Unplaced(reason, shown, text[start:end], start, end)


def _ignored(text: str, folded: Folded, token: Token, kind: Kind) -> Ignored:
    start, end = folded.span(token.start, token.end)
    return Ignored(kind, text[start:end], start, end)
