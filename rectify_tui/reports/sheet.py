"""Names and values of one record under each other, nothing cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rectify_tui.domain.text import width
from rectify_tui.i18n import Language
from rectify_tui.reports.labels import columns
from rectify_tui.reports.table import Table

Wrap = Callable[[str, int], list[str]]

_NARROWEST = 20


def sheet_table(
    title: str, pairs: Iterable[tuple[str, str]], t: Language, *, cells: int | None = None,
    wrap: Wrap | None = None,
) -> Table:  # fmt: skip
    """A table of two columns; with `cells` and `wrap`, long values go on in further lines."""
    pairs = list(pairs)
    left = max((width(name) for name, _ in pairs), default=0)
    room = None if cells is None else max(cells - left - 3, _NARROWEST)
    rows = []
    for name, value in pairs:
        for line in _lines(value, room, wrap):
            rows.append({"field": name, "value": line})
            name = ""
    return Table(title, columns(t, "field", "value"), rows)


def _lines(value: str, room: int | None, wrap: Wrap | None) -> list[str]:
    if room is None or wrap is None:
        return [value]
    return [line for part in value.split("\n") for line in wrap(part, room)]
