"""Columns that a list of new records ought to have, and that a file lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from rectify_tui.errors import Problem
from rectify_tui.intake.importing.context import ImportContext
from rectify_tui.intake.importing.named_places import NamedPlaces
from rectify_tui.intake.importing.numbered import Numbers, identify_row
from rectify_tui.intake.mapping.fields import CITY
from rectify_tui.intake.model import Finding, IntakeKind, Verdict
from rectify_tui.intake.reading.cells import Cell
from rectify_tui.intake.table import TableRow

EXPECTED: Mapping[IntakeKind, tuple[str, ...]] = {
    IntakeKind.ITEMS: ("deadline", "region", "status"), IntakeKind.CASES: ("region", "status"),
}  # fmt: skip
"""What new records of a kind should not lack without somebody having seen it."""

_CODES = {
    (IntakeKind.ITEMS, "deadline"): "no_deadline_column",
    (IntakeKind.ITEMS, "region"): "no_region_column",
    (IntakeKind.CASES, "region"): "no_region_column",
    (IntakeKind.ITEMS, "status"): "no_status_column",
    (IntakeKind.CASES, "status"): "no_case_status_column",
}


class MissingColumns(NamedTuple):
    """The fields of columns that are missing, and what is to be said of them.

    A column of regions is none where sections and units name the region of every new record.
    """

    names: tuple[str, ...] = ()
    remarks: tuple[Finding, ...] = ()


@dataclass
class _Places:
    """How many new records get their region from where."""

    n: int = 0
    named: Counter[bool] = field(default_factory=Counter)


def missing_columns(
    context: ImportContext, told: Iterable[str], rows: Iterable[TableRow],
    read_number: Callable[[Cell], str], numbers: Numbers,
) -> MissingColumns:  # fmt: skip
    """The columns that are missing for records that a file would add; none where it adds none.

    `told` are fields that something else than a column tells.
    """
    have = {*context.at, *told, *(("region",) if CITY in context.at else ())}
    names = [name for name in EXPECTED.get(context.kind, ()) if name not in have]
    if not names:
        return MissingColumns()
    places = _look_at(context, rows, read_number, numbers, by_place="region" in names)
    if not places.n:
        return MissingColumns()
    remarks = []
    if "region" in names and places.named:
        remarks.append(_named(context, places))
        if places.named.total() == places.n:
            names.remove("region")
    loud = [
        context.finding(_CODES[context.kind, name], verdict=Verdict.SUSPICIOUS) for name in names
    ]
    return MissingColumns(tuple(names), (*loud, *remarks))


def _look_at(
    context: ImportContext, rows: Iterable[TableRow], read_number: Callable[[Cell], str],
    numbers: Numbers, *, by_place: bool,
) -> _Places:  # fmt: skip
    """Look for new records: at all of them where their places are asked for, else at one."""
    places, named = _Places(), NamedPlaces(context)
    for row in rows:
        parsed = context.begin(row)
        identify_row(context, parsed, row, numbers, read_number)
        if parsed.programme is None or numbers.known(*parsed.key):
            continue
        places.n += 1
        if not by_place:
            break
        place = named.find(row, context.base_of(parsed))
        if place is not None:
            places.named[place.by_section] += 1
    return places


def _named(context: ImportContext, places: _Places) -> Finding:
    by_section, by_unit = places.named[True], places.named[False]
    told = {"section": by_section, "unit": by_unit, "nowhere": places.n - places.named.total()}
    parts = tuple(Problem(f"importing.placed_{how}", n=n) for how, n in told.items() if n)
    expected = Problem("importing.places_named", parts=parts)
    return context.finding("file", expected=expected, verdict=Verdict.CLEAN)
