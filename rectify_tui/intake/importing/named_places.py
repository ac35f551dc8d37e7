"""Regions of rows without a column for them: named by the section they stand in, or by a unit.

Nothing is guessed beyond the name. 哈尔滨市水务局 names a city and 市水务局 does not; of a section
哈尔滨 is enough where it is all that the title says.
"""

from __future__ import annotations

import re

from rectify_tui.domain.region import Region
from rectify_tui.domain.text import clean, narrow
from rectify_tui.errors import Problem
from rectify_tui.intake.importing.context import ImportContext
from rectify_tui.intake.importing.parsed_row import NamedPlace
from rectify_tui.intake.importing.region_index import RegionIndex
from rectify_tui.intake.table import TableRow

UNITS = ("responsible", "lead")
"""The columns of units whose names may tell the region, the better first."""

_NUMERAL = r"[一二三四五六七八九十百0-9]+"
_NUMBERING = re.compile(
    rf"^(?:\({_NUMERAL}\)|{_NUMERAL}[、.]|第{_NUMERAL}[部方批类章节][分面]?)[、.]?"
)
_COUNT = re.compile(r"[(:].*$")
_BETWEEN = re.compile(r"[、,，;；/\n\s]+")


class NamedPlaces:
    """Finds the regions of rows below a region."""

    def __init__(self, context: ImportContext) -> None:
        self._context = context
        self._units = [context.at[name] for name in UNITS if name in context.at]

    def find(self, row: TableRow, under: int) -> NamedPlace | None:
        """The region that is named for a row; None where none is, or where that is in doubt."""
        try:
            return self.of(row, under)
        except Problem:
            return None

    def of(self, row: TableRow, under: int) -> NamedPlace | None:
        """The region that is named for a row, None where none is.

        A unit may name a place inside that of the section, and no other. Raises `Problem` where a
        name is that of several regions, or where section and unit name places apart.
        """
        context = self._context
        section: NamedPlace | None = None
        for title in row.sections:
            region = _titled(context.regions, title, section.region.id if section else under)
            section = NamedPlace(region, title, True) if region else section
        for at in self._units:
            unit = self._of_units(row.cells[at], under)
            if unit is not None:
                return _closer(context.regions, section, unit)
        return section

    def _of_units(self, text: str, under: int) -> NamedPlace | None:
        context = self._context
        parts = filter(None, _BETWEEN.split(clean(text, multiline=True)))
        regions = [region for part in parts if (region := context.regions.leading(part, under)[0])]
        if not regions:
            return None
        region = regions[0] if len(set(regions)) == 1 else context.regions.common(regions)
        return NamedPlace(region, text, False)


def _titled(index: RegionIndex, title: str, under: int) -> Region | None:
    text = narrow(clean(title)).replace(" ", "")
    text = _COUNT.sub("", _NUMBERING.sub("", text))
    return index.leading(text, under)[0] or index.shortened(text, under)


def _closer(index: RegionIndex, section: NamedPlace | None, unit: NamedPlace) -> NamedPlace:
    """The smaller of two places of which one holds the other."""
    if section is None or section.region.id in index.chain(unit.region.id):
        return unit
    if unit.region.id in index.chain(section.region.id):
        return section
    raise Problem(
        "importing.places_apart", text=unit.words, section=section.words, one=section.region.name,
        other=unit.region.name,
    )  # fmt: skip
