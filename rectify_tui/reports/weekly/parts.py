"""What the sections of the report have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.reports.table import Column, Kind, Labelled, Table
from rectify_tui.reports.weekly.changes import Change
from rectify_tui.reports.weekly.columns import COLUMNS, DEFAULTS
from rectify_tui.reports.weekly.figures import Figures, Line
from rectify_tui.reports.weekly.model import Section
from rectify_tui.reports.weekly.rows import Row, Rows
from rectify_tui.reports.weekly.settings import Settings
from rectify_tui.store.behind import Behind
from rectify_tui.store.campaigns import CampaignLine
from rectify_tui.store.connection import Connection
from rectify_tui.store.coverage import Coverage
from rectify_tui.store.entered import EnteredLater
from rectify_tui.store.items import ItemRow, item_rows, rows_in_part
from rectify_tui.store.marked import MarkedItem, read_marked
from rectify_tui.store.rollup_read import By


class Items(NamedTuple):
    """Reads items of a report, some at a time: what is known of them, and how they stood on a day.

    It reads for as long as the moment of the ledger lasts in which the report was made.
    """

    connection: Connection
    day: date

    def rows(self, ids: Sequence[int]) -> dict[int, ItemRow]:
        """Items by id as they stood; what was not there is left out."""
        return _by_id(item_rows(self.connection, list(ids), as_of=self.day))

    def rows_now(self, ids: Sequence[int]) -> dict[int, ItemRow]:
        """Items by id as they are known now; what is gone is left out."""
        return _by_id(item_rows(self.connection, list(ids)))

    def in_part(self, ids: Sequence[int], names: Sequence[str], *, now: bool) -> Iterator[ItemRow]:
        """Items with some columns alone, as they stood or as they are known now, in no order."""
        return rows_in_part(self.connection, ids, names, as_of=None if now else self.day)

    def standings(self, ids: Iterable[int]) -> dict[int, MarkedItem]:
        """How items stood, by id."""
        return read_marked(self.connection, self.day, ids)


def _by_id(rows: Iterable[ItemRow]) -> dict[int, ItemRow]:
    return {row.id: row for row in rows}


class Body(NamedTuple):
    """What a report says, before it is put into tables and words.

    `previous` is None where there was nothing to compare with. Items that bear a mark are `marked`,
    by region as those `behind`; what else is told of them is read by `items` where it is shown.
    `entered_later` is what the ledger did not have yet, `coverage` has what is counted by place.
    There are `campaigns` where items have any.
    """

    first: date
    cutoff: date
    figures: Figures
    previous: Figures | None
    behind: Sequence[Behind]
    changes: Sequence[Change]
    marked: Mapping[int, MarkedItem]
    items: Items
    entered_later: Sequence[EnteredLater] = ()
    campaigns: Sequence[CampaignLine] = ()
    coverage: Sequence[Coverage] = ()


def section(
    key: str, heading: str, columns: Sequence[Column], rows: Rows | Sequence[Row],
    notes: Sequence[str],
) -> Section:  # fmt: skip
    """A section whose table has the heading for its title."""
    return Section(key, heading, Table(heading, tuple(columns), rows, tuple(notes)))


def wanted(key: str, settings: Settings, without: frozenset[str] = frozenset()) -> Sequence[str]:
    """The columns an office chose, else the usual ones less those that would say nothing."""
    chosen = settings.columns.get(key)
    return chosen or [name for name in DEFAULTS[key] if name not in without]


def columns(
    key: str, names: Sequence[str], t: Language, titles: Mapping[str, str],
    several: Mapping[str, Sequence[str]],
) -> list[Column]:  # fmt: skip
    """Columns of a section by name, each once; one that stands for several is spread out."""
    kinds: dict[str, Kind] = {}
    for name in names:
        for each in several.get(name, (name,)):
            kinds.setdefault(each, COLUMNS[key][name])
    return [
        Column(each, titles.get(each) or t(f"weekly.column.{each}"), kind)
        for each, kind in kinds.items()
    ]


def name_of(line: Line, by: By, t: Language) -> Labelled:
    """What a line is called."""
    if by is By.UNIT and not line.id:
        return Labelled(line.name, t("region.no_unit"))
    named = labels.place(t, line.name, line.name_en)
    return Labelled(line.name, t("region.own_level", name=named.label)) if line.own else named


def sum_name(t: Language) -> Labelled:
    """What the last line is called."""
    return Labelled("", t("report.sum"))
