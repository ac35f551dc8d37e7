"""How an office wants its report: the file `weekly.toml` in the folder of settings.

    office = "某省整改办"
    week_ends = "friday"               # or 周五
    closure_rate = "closed"            # closed, closed_and_interim, completed_of_substantiated
    layout = "short"                   # the one that is used where nobody names another
    most = 20                          # lines of a list that are printed, 0 for all of them

    [layouts.short]
    sections = ["progress", "behind"]  # and their order; "progress" makes the first page
    pictures = ["map", "heat"]         # and their order; usually map, burn_up, heat; [] for none
    [layouts.short.columns]
    progress = ["name", "total", "groups", "past_due", "refuted", "completion_rate"]
    behind = ["ref", "problem", "days_overdue", "schedule", "reason", "promise", "escalation"]

    [layouts.month]
    period = "month"                   # week, month, quarter, half_year
    by = "county"                      # province, city, county, unit

Whatever a layout may say may also stand above all of them. Which sections, columns and pictures
there are is told in `columns.py`; the lists have every field that `domain/fields.py` gives to
reports.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from rectify_tui.domain.closure import ClosureRate
from rectify_tui.domain.period import FRIDAY, PeriodKind
from rectify_tui.errors import Problem
from rectify_tui.reports.settings_file import SettingsReader, read_toml
from rectify_tui.store.rollup_read import By

FILE = "weekly.toml"
DEFAULT_LAYOUT = "default"
_MOST_LINES = 100_000
PICTURES = ("map", "burn_up", "heat")
"""The pictures that follow the first page, as they usually do."""

LINES = (By.PROVINCE, By.CITY, By.COUNTY, By.UNIT)
"""What the lines of the report may be."""

_WEEKDAYS = (
    ("monday", "周一"), ("tuesday", "周二"), ("wednesday", "周三"), ("thursday", "周四"),
    ("friday", "周五"), ("saturday", "周六"), ("sunday", "周日"),
)  # fmt: skip


class Settings(NamedTuple):
    """How a report is to be. `by` is None where that follows from what is reported on.

    `sections` None are all of them, `columns` has only the sections whose columns were chosen,
    `title` None is the usual one. So many lines of a list are printed as `most` says, or all with
    0; a workbook has all of them.
    """

    layout: str = DEFAULT_LAYOUT
    office: str = ""
    title: str | None = None
    period: PeriodKind = PeriodKind.WEEK
    week_ends_on: int = FRIDAY
    by: By | None = None
    closure: ClosureRate = ClosureRate.CLOSED
    most: int = 20
    sections: tuple[str, ...] | None = None
    pictures: tuple[str, ...] = PICTURES
    columns: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def read_settings(path: Path, layout: str | None = None) -> Settings:
    """The settings of a layout (None: the one the file names); the usual ones without a file.

    Raises `Problem` that names the file and the place in it for everything that cannot be
    understood, in whichever layout it stands, and for a layout that there is not.
    """
    reader = _Reader(path)
    data = read_toml(path)
    named = reader.text(data.pop("layout", DEFAULT_LAYOUT), "layout")
    tables = reader.table(data.pop("layouts", {}), "layouts")
    base = reader.settings(data, "", Settings())
    layouts = {DEFAULT_LAYOUT: base}
    for name, table in tables.items():
        where = f"layouts.{name}"
        read = reader.settings(reader.table(table, where), where, base)
        layouts[name] = read._replace(layout=name)
    layout_name = layout or named
    if layout_name not in layouts:
        raise Problem("settings.no_layout", layout=layout_name, path=path, known=", ".join(layouts))
    return layouts[layout_name]


def sections_of(settings: Settings) -> tuple[str, ...]:
    """The sections that are printed, in their order."""
    return tuple(_all_columns()) if settings.sections is None else settings.sections


def _all_columns() -> Mapping[str, Mapping[str, str]]:
    """All columns by their sections. What they take to be filled is loaded for a report alone."""
    from rectify_tui.reports.weekly.columns import COLUMNS

    return COLUMNS


def as_data(settings: Settings) -> dict[str, Any]:
    """The settings as plain data, to be kept with a frozen report."""
    return {
        "layout": settings.layout, "office": settings.office, "title": settings.title,
        "period": settings.period.value, "week_ends_on": settings.week_ends_on,
        "by": settings.by.value if settings.by else None, "closure_rate": settings.closure.value,
        "most": settings.most,
        "sections": list(sections_of(settings)), "pictures": list(settings.pictures),
        "columns": {section: list(names) for section, names in settings.columns.items()},
    }  # fmt: skip


class _Reader(SettingsReader):
    """Reads the parts of a report's settings."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.members: Mapping[str, tuple[str, Callable[[Any, str], Any]]] = {
            "office": ("office", self.text),
            "title": ("title", self.text),
            "period": ("period", lambda value, at: self.choice(value, at, PeriodKind)),
            "week_ends": ("week_ends_on", self.weekday),
            "by": ("by", self.lines),
            "closure_rate": ("closure", lambda value, at: self.choice(value, at, ClosureRate)),
            "most": ("most", lambda value, at: self.whole(value, at, least=0, most=_MOST_LINES)),
            "sections": ("sections", lambda value, at: self.names(value, at, _all_columns())),
            "pictures": ("pictures", lambda value, at: self.names(value, at, PICTURES, least=0)),
            "columns": ("columns", self.columns),
        }

    def settings(self, table: Mapping[str, Any], where: str, base: Settings) -> Settings:
        changes: dict[str, Any] = {}
        for key, value in table.items():
            place = f"{where}.{key}" if where else key
            if key not in self.members:
                raise self.wrong(place, "unknown", name=key, known=", ".join(self.members))
            name, read = self.members[key]
            changes[name] = read(value, place)
        if "columns" in changes:
            changes["columns"] = {**base.columns, **changes["columns"]}
        return base._replace(**changes)

    def lines(self, value: object, where: str) -> By:
        for by in LINES:
            if value == by.value:
                return by
        raise self.wrong(where, "unknown", name=value, known=", ".join(by.value for by in LINES))

    def weekday(self, value: object, where: str) -> int:
        for number, names in enumerate(_WEEKDAYS):
            if isinstance(value, str) and value.casefold() in names:
                return number
        known = ", ".join("/".join(names) for names in _WEEKDAYS)
        raise self.wrong(where, "unknown", name=value, known=known)

    def columns(self, value: object, where: str) -> dict[str, tuple[str, ...]]:
        chosen, known = {}, _all_columns()
        for section, names in self.table(value, where).items():
            place = f"{where}.{section}"
            if section not in known:
                raise self.wrong(place, "unknown", name=section, known=", ".join(known))
            chosen[section] = self.names(names, place, known[section])
        return chosen
