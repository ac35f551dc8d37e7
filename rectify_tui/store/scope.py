"""Which items are asked about, and where programmes are for."""

from __future__ import annotations

from typing import NamedTuple

from rectify_tui.domain.region import Depth, Region
from rectify_tui.store.connection import Connection, marks
from rectify_tui.store.on_day import OnDay
from rectify_tui.store.regions import get_region


class Scope(NamedTuple):
    """Which items are asked about; None stands for all."""

    programme_id: int | None = None
    under_id: int | None = None

    @property
    def narrow(self) -> bool:
        """Whether anything less than all is asked about."""
        return self.programme_id is not None or self.under_id is not None

    @property
    def where(self) -> str:
        """A condition on items as they stand at present."""
        return self._where("item.region_id")

    def on(self, day: OnDay) -> str:
        """A condition on items as they stood on a day."""
        return self._where(day.column("region_id"))

    def _where(self, region: str) -> str:
        # ids stand in the text, so that the engine sees that a list of regions is always the same
        sql = "TRUE"
        if self.programme_id is not None:
            sql += f" AND item.programme_id = {int(self.programme_id)}"
        if self.under_id is not None:
            inside = f"SELECT region_id FROM region_ladder WHERE place_id = {int(self.under_id)}"
            sql += f" AND {region} IN ({inside})"
        return sql


WHOLE_LEDGER = Scope()


def common_province(connection: Connection, programme_ids: list[int]) -> Region | None:
    """The one province that programmes are for; None where it is several, or the nation."""
    if not programme_ids:
        return None
    rows = connection.execute(
        "SELECT DISTINCT l.place_id FROM programme p"
        " JOIN region_ladder l ON l.region_id = p.region_id AND l.depth = ?"
        f" WHERE p.id IN ({marks(programme_ids)})",
        [int(Depth.PROVINCE), *programme_ids],
    ).fetchall()
    if len(rows) != 1:
        return None
    region = get_region(connection, rows[0][0])
    return region if region.depth == Depth.PROVINCE else None
