"""Adding programmes, regions and units."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from rectify_tui.domain.fields import PROGRAMME as PROGRAMME_FIELDS
from rectify_tui.domain.region import ADDED_KINDS, Depth
from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem
from rectify_tui.store.commands.dates import effective
from rectify_tui.store.draft import Draft
from rectify_tui.store.records import PROGRAMME, REGION, UNIT
from rectify_tui.store.regions import get_region

PROGRAMME_KINDS = PROGRAMME_FIELDS["kind"].choices

_CODE = re.compile(r"[^\W_][\w.\-]{0,39}")


class NewProgramme(NamedTuple):
    """A programme to be added. `year` is the one that deadlines without a year are read in."""

    code: str
    name: str
    region_id: int
    year: int
    kind: str = "campaign"
    name_en: str | None = None
    cutoff: str | None = None
    simulated: bool = False
    source: str | None = None
    acceptance: str | None = None
    notice: str | None = None


def add_programme(draft: Draft, new: NewProgramme, *, on: date | None = None) -> int:
    """Add a programme; returns its id. Raises `Problem` for a bad or a taken code."""
    code = clean(new.code).upper()
    if not _CODE.fullmatch(code):
        raise Problem("programme.bad_code", code=code)
    if new.kind not in PROGRAMME_KINDS:
        raise Problem("programme.bad_kind", kind=new.kind)
    require_year(new.year)
    if draft.connection.execute("SELECT 1 FROM programme WHERE code = ?", [code]).fetchone():
        raise Problem("programme.exists", code=code)
    name = clean(new.name)
    if not name:
        raise Problem("programme.no_name", code=code)
    values = {
        "code": code, "name": name, "name_en": clean(new.name_en or "") or None, "kind": new.kind,
        "region_id": new.region_id, "year": new.year, "cutoff": new.cutoff,
        "simulated": int(new.simulated), "source": new.source, "acceptance": new.acceptance,
        "notice": new.notice,
    }  # fmt: skip
    return draft.create(PROGRAMME, values, effective(draft, on))


def require_year(year: int) -> None:
    """Raise `Problem` for a year in which no programme can be."""
    if not 1949 <= year <= 2100:
        raise Problem("programme.bad_year", year=year)


class NewRegion(NamedTuple):
    """A region with its code, its names, and the code of the one above."""

    code: str
    name: str
    name_en: str | None
    kind: str
    parent_code: str | None


def add_coded_regions(draft: Draft, regions: Iterable[NewRegion], *, on: date) -> dict[str, int]:
    """Add the regions of GB/T 2260, each after the one above it; returns ids by code."""
    ids: dict[str, int] = {}
    depths: dict[str, int] = {}
    day = on.isoformat()
    for region in regions:
        above = region.parent_code
        depth = depths[above] + 1 if above else 0
        values = {
            "code": region.code, "name": region.name, "name_en": region.name_en,
            "kind": region.kind, "depth": depth, "parent_id": ids[above] if above else None,
        }  # fmt: skip
        depths[region.code] = depth
        ids[region.code] = draft.create(REGION, values, day)
    return ids


def add_region(
    draft: Draft, name: str, under: int, kind: str, *, name_en: str | None = None
) -> int:
    """Add a region without a code below another; returns its id.

    Raises `Problem` for an empty or taken name, an unknown kind, or below a county.
    """
    name = clean(name)
    if not name:
        raise Problem("region.no_name")
    if kind not in ADDED_KINDS:
        raise Problem("region.bad_kind", kind=kind, kinds=", ".join(ADDED_KINDS))
    above = get_region(draft.connection, under)
    if above.depth >= Depth.COUNTY:
        raise Problem("region.below_county", name=above.name)
    taken = draft.connection.execute(
        "SELECT 1 FROM region WHERE name = ? AND parent_id = ?", [name, under]
    ).fetchone()
    if taken:
        raise Problem("region.exists", name=name, under=above.name)
    values = {
        "code": None, "name": name, "name_en": clean(name_en or "") or None, "kind": kind,
        "depth": above.depth + 1, "parent_id": under,
    }  # fmt: skip
    return draft.create(REGION, values, draft.batch.recorded_on)


def unit_called(draft: Draft, name: str) -> int | None:
    """The unit of that name, or the one it was merged into; added where new, None for no name."""
    name = clean(name, limit=200)
    if not name:
        return None
    if name not in draft.units:
        row = draft.connection.execute(
            "SELECT COALESCE(merged_id, id) FROM unit WHERE name = ? ORDER BY id LIMIT 1", [name]
        ).fetchone()
        draft.units[name] = row[0] if row else add_unit(draft, name)
    return draft.units[name]


def add_unit(draft: Draft, name: str, region_id: int | None = None) -> int:
    """Add a responsible, lead or supervising unit; returns its id."""
    return draft.create(
        UNIT, {"name": clean(name, limit=200), "region_id": region_id}, draft.batch.recorded_on
    )
