"""The way down through the figures: which lines are shown, and what lists what they count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rectify_tui.domain.filter_text import replace_term
from rectify_tui.domain.region import Depth, Region
from rectify_tui.i18n import Language
from rectify_tui.store.connection import Connection
from rectify_tui.store.programmes import programme_codes, programmes
from rectify_tui.store.regions import children, get_region, regions_by_id
from rectify_tui.store.rollup_read import By, RollupRow
from rectify_tui.store.scope import common_province

COUNTED_ONCE = "-status:merged"
"""Across programmes a merged item is counted where it is carried on, so it is not listed again."""

_NEXT = {Depth.NATION: By.PROVINCE, Depth.PROVINCE: By.CITY, Depth.CITY: By.COUNTY}


class Scope(NamedTuple):
    """One step of the way down: what the lines are, within which programme and region.

    `under` is the name of the region, `chosen` the line that one went down by.
    """

    by: By = By.PROVINCE
    programme_id: int | None = None
    programme: str = ""
    under_id: int | None = None
    under: str = ""
    under_en: str | None = None
    under_key: str = ""
    chosen: int | None = None

    def filter_of(self, row: RollupRow | None) -> str:
        """The filter that lists what a line counts; without a line, what all of them do."""
        if row is not None and self.by is By.PROGRAMME:
            return f"programme:{row.key}"
        parts = [f"programme:{self.programme}" if self.programme else COUNTED_ONCE]
        # No two provinces or cities share a name, but counties do, and those are told by code.
        # The name of a line that has no code may stand below several regions.
        if self.under_key and (row is None or row.key == row.name):
            parts.append(_region_term(self.under_key))
        if row is not None:
            named = row.name if self.by in (By.PROVINCE, By.CITY) else row.key
            parts.append(_region_term(named, own=row.own))
        return " ".join(parts)

    def in_programme(self, row: RollupRow) -> Scope:
        """The provinces of the programme that a line is."""
        return self._replace(by=By.PROVINCE, programme_id=row.id, programme=row.key, chosen=None)

    def called(self, t: Language) -> str:
        """What stands for this step on the way; empty for the whole ledger."""
        return t.name(self.under, self.under_en) if self.under else self.programme

    def in_region(self, region: Region) -> Scope:
        """The same lines within a region."""
        return self._replace(
            under_id=region.id, under=region.name, under_en=region.name_en,
            under_key=region.key, chosen=None,
        )  # fmt: skip

    def below(self, connection: Connection, row: RollupRow) -> Scope | None:
        """The parts of the region that a line is, None where it has none. Called in a thread."""
        region = get_region(connection, row.id)
        by = _NEXT.get(Depth(region.depth))
        if row.own or by is None or not children(connection, row.id):
            return None
        return self._replace(by=by).in_region(region)


def home(connection: Connection) -> list[Scope]:
    """Where one begins: in the province that all programmes are for, else in the nation."""
    nation = Scope()
    province = common_province(connection, [each.id for each in programmes(connection)])
    if province is None or not children(connection, province.id):
        return [nation]
    return [nation._replace(chosen=province.id), Scope(By.CITY).in_region(province)]


def to_data(scopes: Sequence[Scope]) -> list[dict[str, object]]:
    """The way down as plain data: places and programmes by their ids."""
    return [
        {"by": str(each.by), "programme": each.programme_id, "under": each.under_id,
         "chosen": each.chosen}
        for each in scopes
    ]  # fmt: skip


def from_data(connection: Connection, data: object) -> list[Scope]:
    """The way down from plain data; none where that is no way, or leads to what is not there."""
    if not isinstance(data, list):
        return []
    scopes = [_scope(connection, each) for each in data]
    return [] if None in scopes else [scope for scope in scopes if scope is not None]


def _scope(connection: Connection, data: object) -> Scope | None:
    match data:
        case {"by": str(by), "programme": int() | None as programme_id,
              "under": int() | None as under_id, "chosen": int() | None as chosen}:  # fmt: skip
            codes = programme_codes(connection)
            regions = regions_by_id(connection, [under_id] if under_id else [])
            there = programme_id in {None, *codes} and under_id in {None, *regions}
            if not there or by not in list(By):
                return None
            scope = Scope(By(by), programme_id, codes.get(programme_id or 0, ""))
            region = regions.get(under_id or 0)
            placed = scope.in_region(region) if region else scope
            return placed._replace(chosen=chosen)
    return None


def _region_term(key: str, *, own: bool = False) -> str:
    """A filter's term for a region, by code or by name; `own` leaves out what lies below it."""
    return replace_term("", "at" if own else "region", key)
