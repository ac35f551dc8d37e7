"""Published figures as tables, and beside the ledger's own."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from rectify_tui.domain.paragraph import What
from rectify_tui.i18n import Language, known
from rectify_tui.reports.labels import place
from rectify_tui.reports.reconcile.books import Books, count_of
from rectify_tui.reports.table import Column, Kind, Labelled, Table
from rectify_tui.store.figures import PublishedFigure

_COLUMNS: tuple[tuple[str, Kind], ...] = (
    ("id", "whole"), ("programme", "whole"), ("region", "text"), ("subject", "text"),
    ("what", "text"), ("value", "text"), ("as_of", "date"), ("source", "text"),
)  # fmt: skip
_COMPARED: tuple[tuple[str, Kind], ...] = (("ledger", "text"), ("verdict", "text"))
_SAME = {"cases": What.CASES_TOTAL.value}
"""Words of the seed for what paragraphs call otherwise."""

_CLOSE = 0.1
"""Percentage points within which a printed rate agrees: it is rounded to one place."""


def figure_table(figures: Iterable[PublishedFigure], t: Language) -> Table:
    """Figures with source and date."""
    return Table(t("published.title"), _columns(t), [_row(each, t) for each in figures])


def figure_details(figure: PublishedFigure, t: Language) -> Table:
    """One figure with all that was published of it."""
    extra = (Column("unit", t("published.column.unit")), Column("text", t("published.column.text")))
    row = {**_row(figure, t), "unit": figure.unit, "text": figure.text}
    return Table(t("published.title"), (*_columns(t), *extra), [row])


def comparison(figures: Iterable[PublishedFigure], books: Books, t: Language) -> tuple[Table, bool]:
    """Figures beside the ledger as of their day; and whether any differs."""
    rows, differs = [], False
    for each in figures:
        ledger = ledger_number(each, books)
        verdict, wrong = _verdict(each, ledger, t)
        differs |= wrong
        rows.append({**_row(each, t), "ledger": ledger, "verdict": verdict})
    columns = (*_columns(t), *(_column(t, *column) for column in _COMPARED))
    return Table(t("published.compared"), columns, rows), differs


def ledger_number(figure: PublishedFigure, books: Books) -> int | float | None:
    """What the ledger says of what a figure counts, None where it says nothing of it."""
    if figure.programme_id is None or figure.day is None:
        return None
    whole = figure.region_id == books.programme(figure.programme_id).region_id
    region = None if whole else figure.region_id
    tally = books.tally(figure.programme_id, figure.day, region)
    if tally is None:
        return None
    rates = {"rate": tally.completion_rate, "cases_rate": tally.case_closure_rate}
    if figure.what in rates:
        rate = rates[figure.what]
        return None if rate is None else round(rate * 100, 1)
    with suppress(ValueError):
        return count_of(tally, What(_SAME.get(figure.what, figure.what)))
    return None


def _verdict(figure: PublishedFigure, ledger: float | None, t: Language) -> tuple[Labelled, bool]:
    number = figure.number
    if ledger is None or number is None:
        return Labelled(None, t("reconcile.not_stated")), False
    apart = round(number - ledger, 2)
    close = _CLOSE if figure.what.endswith("rate") else 0
    if abs(apart) <= close:
        return Labelled("agrees", t("reconcile.agrees")), False
    return Labelled("differs", t("reconcile.differs", n=f"{apart:+g}")), True


def _row(figure: PublishedFigure, t: Language) -> dict[str, object]:
    keys = (
        f"paragraph.what.{_SAME.get(figure.what, figure.what)}",
        f"published.what.{figure.what}",
    )
    key = next(filter(known, keys), None)
    what = t(key) if key else figure.what
    region = place(t, figure.region, figure.region_en) if figure.region else None
    return {
        "id": figure.id, "programme": figure.programme, "region": region,
        "subject": figure.subject, "what": Labelled(figure.what, what), "value": figure.value,
        "as_of": figure.as_of, "source": figure.source,
    }  # fmt: skip


def _columns(t: Language) -> tuple[Column, ...]:
    return tuple(_column(t, *column) for column in _COLUMNS)


def _column(t: Language, key: str, kind: Kind) -> Column:
    return Column(key, t(f"published.column.{key}"), kind)
