"""Regions in the store: finding them, and the ladder that figures are summed on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rectify_tui.domain.region import NOW, Depth, Region, RegionKind, Step, ladder, of_their_day
from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Values
from rectify_tui.errors import Problem
from rectify_tui.store.connection import Connection, engine, fetch_chunks, limited

_COLUMNS = "id, code, name, name_en, kind, depth, parent_id, from_on, abolished_on, successor_id"
NATION_CODE = "000000"


_KINDS = {kind.value: kind for kind in RegionKind}
"""Kinds by how they are kept: looked up, a country of regions is made in a third of the time."""


def _region(row: tuple[Any, ...]) -> Region:
    id, code, name, name_en, kind, depth, parent, begins, ends, into = row
    return Region(id, code, name, name_en, _KINDS[kind], depth, parent, begins, ends, into)


def get_region(connection: Connection, id: int) -> Region:
    """The region with an id. Raises `Problem` where there is none."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM region WHERE id = ?", [id]).fetchone()
    if row is None:
        raise Problem("region.not_found", text=id)
    return _region(row)


def all_regions(connection: Connection) -> list[Region]:
    """Every region, from the nation down and by code."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM region ORDER BY depth, code IS NULL, code, id"
    )
    return [_region(row) for row in rows]


def regions_by_id(connection: Connection, ids: Iterable[int]) -> dict[int, Region]:
    """Regions by their ids; what is not there is left out."""
    query = f"SELECT {_COLUMNS} FROM region WHERE id IN ({{marks}})"
    regions = (_region(row) for row in fetch_chunks(connection, query, sorted(set(ids))))
    return {region.id: region for region in regions}


def find_regions(connection: Connection, text: str, *, limit: int | None = 200) -> list[Region]:
    """Regions whose code begins with the text or whose name contains it, higher ones first."""
    text = clean(text)
    pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM region WHERE {engine.like('code')} OR {engine.like('name')}"
        f" OR {engine.like('name_en')} ORDER BY depth, code IS NULL, code, id{limited(limit)}",
        [pattern[1:], pattern, pattern],
    )
    return [_region(row) for row in rows]


def matching_regions(connection: Connection, text: str) -> list[Region]:
    """The regions that a text may stand for: by full code or name, else those that contain it."""
    containing = find_regions(connection, text)
    name = clean(text).casefold()
    return [region for region in containing if name in _names(region)] or containing


def one_region(connection: Connection, text: str) -> Region:
    """The region that a code or a name stands for.

    A full name or code wins over a part of one, and of several the highest, if it is alone on its
    step. A namesake that was abolished stands back. Raises `Problem` where nothing or too much
    fits.
    """
    regions = of_their_day(matching_regions(connection, text), NOW)
    if not regions:
        raise Problem("region.not_found", text=text)
    highest = [region for region in regions if region.depth == regions[0].depth]
    if len(highest) > 1:
        shown = "、".join(f"{region.name} {region.code or ''}".strip() for region in highest[:6])
        raise Problem("region.ambiguous", text=text, found=shown)
    return highest[0]


def _names(region: Region) -> set[str]:
    return {name.casefold() for name in (region.code, region.name, region.name_en) if name}


def children(connection: Connection, id: int) -> list[Region]:
    """The regions right below one, by code."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM region WHERE parent_id = ? ORDER BY code IS NULL, code, id",
        [id],
    )
    return [_region(row) for row in rows]


def coded_regions(connection: Connection) -> list[Region]:
    """All regions that have a code of GB/T 2260, by code: each after the one above it."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM region WHERE code IS NOT NULL ORDER BY code")
    return [_region(row) for row in rows]


def region_coded(connection: Connection, code: str) -> Region | None:
    """The region with a code, None where there is none."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM region WHERE code = ?", [code]).fetchone()
    return None if row is None else _region(row)


def open_items(connection: Connection, ids: Iterable[int]) -> list[tuple[Region, int]]:
    """How many items that are neither completed nor merged lie in regions, where there are any."""
    query = (
        "SELECT region_id, COUNT(*) FROM item WHERE status NOT IN ('completed', 'merged')"
        " AND region_id IN ({marks}) GROUP BY region_id ORDER BY region_id"
    )
    counted = list(fetch_chunks(connection, query, sorted(set(ids))))
    known = regions_by_id(connection, (id for id, _ in counted))
    return [(known[id], count) for id, count in counted]


def is_within(connection: Connection, id: int, place_id: int) -> bool:
    """Whether a region is a place, or lies in it."""
    row = connection.execute(
        "SELECT 1 FROM region_ladder WHERE region_id = ? AND place_id = ? LIMIT 1", [id, place_id]
    ).fetchone()
    return row is not None


def nation(connection: Connection) -> Region | None:
    """The region above all others; None in a store without regions."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM region WHERE depth = ?", [int(Depth.NATION)]
    ).fetchone()
    return None if row is None else _region(row)


def parents(connection: Connection) -> dict[int, int | None]:
    """The id of the region above each region, None above the nation."""
    return dict(connection.execute("SELECT id, parent_id FROM region").fetchall())


def write_ladders(connection: Connection, regions: Mapping[int, Values | None]) -> None:
    """Replace the ladders of regions that were added, changed or removed."""
    above = parents(connection)
    above.update({id: _parent(values) for id, values in regions.items() if values is not None})
    connection.executemany(
        "DELETE FROM region_ladder WHERE region_id = ?", [(id,) for id in regions]
    )
    connection.executemany(
        "INSERT INTO region_ladder (region_id, depth, place_id, parent_id) VALUES (?, ?, ?, ?)",
        [
            (id, step.depth, step.place_id, step.parent_id)
            for id, values in regions.items()
            if values is not None
            for step in ladder(id, above)
        ],
    )


def _parent(values: Values) -> int | None:
    parent = values["parent_id"]
    return None if parent is None else int(parent)


def read_ladders(connection: Connection, ids: Iterable[int]) -> dict[int, tuple[Step, ...]]:
    """The ladder of each region, from the nation down."""
    query = (
        "SELECT region_id, depth, place_id, parent_id FROM region_ladder"
        " WHERE region_id IN ({marks}) ORDER BY region_id, depth"
    )
    steps_of: dict[int, list[Step]] = {}
    for id, *step in fetch_chunks(connection, query, sorted(set(ids))):
        steps_of.setdefault(id, []).append(Step(*step))
    return {id: tuple(steps) for id, steps in steps_of.items()}
