"""Published figures: what somebody printed, of which place and day, and where."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from rectify_tui.store.connection import Connection, engine
from rectify_tui.store.filters import containing


@dataclass(frozen=True)
class PublishedFigure:
    """A figure as it was published. `as_of` is a day, a month or a year as ISO text."""

    id: int
    programme_id: int | None
    programme: str | None
    region_id: int | None
    region: str | None
    region_en: str | None
    subject: str
    what: str
    value: str
    unit: str | None
    as_of: str | None
    text: str | None
    source: str

    @property
    def day(self) -> date | None:
        """The last day of the time that it is of, None where that was not said."""
        if not self.as_of:
            return None
        year, month, day = (int(part) for part in f"{self.as_of}-0-0".split("-")[:3])
        month = month or 12
        return date(year, month, day or calendar.monthrange(year, month)[1])

    @property
    def number(self) -> float | None:
        """Its value as a number, a percentage as its digits; None for what is none."""
        try:
            return float(self.value.removesuffix("%").replace(",", ""))
        except ValueError:
            return None


def published_figures(
    connection: Connection, text: str = "", *, programme_id: int | None = None,
    id: int | None = None,
) -> list[PublishedFigure]:  # fmt: skip
    """The figures that hold a text in subject, meaning, place or source, in the order they came."""
    where = "TRUE"
    params: list[object] = []
    if text:
        columns = ("f.subject", "f.what", "f.source", "r.name")
        where = f"({' OR '.join(engine.like(column) for column in columns)})"
        params += [containing(text)] * len(columns)
    for column, value in (("f.programme_id", programme_id), ("f.id", id)):
        if value is not None:
            where = f"{where} AND {column} = ?"
            params.append(value)
    rows = connection.execute(
        "SELECT f.id, f.programme_id, p.code, f.region_id, r.name, r.name_en, f.subject, f.what,"
        " f.value, f.unit, f.as_of, f.text, f.source FROM figure f"
        " LEFT JOIN programme p ON p.id = f.programme_id LEFT JOIN region r ON r.id = f.region_id"
        f" WHERE {where} ORDER BY f.id",
        params,
    )
    return [PublishedFigure(*row) for row in rows]
