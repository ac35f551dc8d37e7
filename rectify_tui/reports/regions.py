"""Regions and responsible units as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from rectify_tui.domain.fields import REGION, UNIT, Shown
from rectify_tui.domain.figures import Tally
from rectify_tui.domain.region import Region
from rectify_tui.domain.status import Group
from rectify_tui.i18n import Language
from rectify_tui.reports import fields, labels
from rectify_tui.reports.table import Column, Labelled, Table
from rectify_tui.store.connection import Connection
from rectify_tui.store.regions import parents, regions_by_id
from rectify_tui.store.units import Unit

_IN_TIME = (REGION["from_on"], REGION["abolished_on"])


def region_table(connection: Connection, regions: Iterable[Region], t: Language) -> Table:
    """Regions with the path that leads to each from its province down."""
    regions = list(regions)
    above = parents(connection)
    chains = {region.id: _chain(region.id, above) for region in regions}
    after = {region.successor_id for region in regions if region.successor_id}
    known = regions_by_id(connection, {id for chain in chains.values() for id in chain} | after)
    cells = fields.cells(REGION.shown(Shown.EXPORT), t)
    rows = [
        fields.line(region, cells)
        | {
            "region_successor": _successor(known.get(region.successor_id or 0), t),
            "path": _path([known[id] for id in chains[region.id]], t),
        }
        for region in regions
    ]
    held = [each for each in _IN_TIME if any(row.get(each.name) for row in rows)]
    columns = fields.columns((*REGION.shown(Shown.LIST), *held), t)
    columns += labels.columns(t, *(("region_successor",) if after else ()), "path")
    return Table(t("report.regions"), columns, rows)


def _successor(region: Region | None, t: Language) -> Labelled | None:
    return None if region is None else Labelled(region.key, t.name(region.name, region.name_en))


def _chain(id: int, above: Mapping[int, int | None]) -> list[int]:
    """From the province down to the region; the nation alone stands for itself."""
    chain = [id]
    while (upper := above[chain[0]]) is not None:
        chain.insert(0, upper)
    return chain[1:] or chain


def _path(chain: list[Region], t: Language) -> Labelled:
    names = (t.name(region.name, region.name_en) for region in chain)
    return Labelled(" / ".join(region.name for region in chain), " / ".join(names))


def unit_table(
    units: Iterable[Unit], tallies: Mapping[int, Tally], t: Language, *, as_of: date
) -> Table:
    """Units and what they are responsible for; `tallies` are the lines of a rollup by unit id."""
    cells = fields.cells(UNIT.shown(Shown.EXPORT), t)
    rows = [fields.line(unit, cells) | _figures(tallies.get(unit.id)) for unit in units]
    columns = (
        *fields.columns(UNIT.shown(Shown.LIST), t),
        *labels.columns(t, ("total", "count")),
        *_groups(tallies.values(), t),
        *labels.columns(t, ("completion_rate", "percent")),
    )
    notes = (t("report.note.responsible_only"),) if rows else (t("report.nothing"),)
    return Table(labels.dated(t, t("report.units"), as_of), columns, rows, notes)


def _groups(tallies: Iterable[Tally], t: Language) -> Iterator[Column]:
    """The four groups, and what is unclear where there is any."""
    unclear = any(tally.groups[Group.UNCLEAR] for tally in tallies)
    for group in Group:
        if unclear or group is not Group.UNCLEAR:
            yield Column(f"group_{group}", t(f"status.group.{group}"), "count")


def _figures(tally: Tally | None) -> dict[str, object]:
    return {
        "total": tally.total if tally else 0,
        **{f"group_{group}": tally.groups[group] if tally else 0 for group in Group},
        "completion_rate": tally.completion_rate if tally else None,
    }
