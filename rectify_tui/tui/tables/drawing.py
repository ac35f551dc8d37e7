"""Columns and rows of a report as the table on the screen draws them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rectify_tui.domain.text import clean, width
from rectify_tui.reports import table as report
from rectify_tui.tui.tables.model import Shown, TablePage
from rectify_tui.tui.widgets.table.source import Align, Cell, Column, Row, Tone

_WIDEST, _MOST = 14, 56
"""Cells of a column whose texts are longer, and those for which it asks where there is room."""

_TONES: Mapping[object, Tone] = {
    "differs": "bad", "late": "bad", "agrees": "good", "answered": "good", "waiting": "warn",
    "refused": "warn",
}  # fmt: skip
"""Words of programs that stand out; what they say stands in the cell."""


@dataclass(frozen=True)
class Drawn:
    """What was read for a page, with its columns and rows as they are drawn."""

    shown: Shown
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def draw(page: TablePage, shown: Shown) -> Drawn:
    """In a thread: read the rows, and make of them what the table draws."""
    rows = _rows(shown.table)
    return Drawn(shown, _columns(shown.table, rows, page.keep), rows)


def _rows(table: report.Table) -> tuple[Row, ...]:
    """The rows, each under its place."""
    return tuple(
        Row(place, {each.key: _cell(row.get(each.key), each.kind) for each in table.columns})
        for place, row in enumerate(table.rows)
    )


def _cell(value: object, kind: report.Kind) -> Cell:
    text = clean(report.shown(value, kind).replace("\n", " "))
    word = value.value if isinstance(value, report.Labelled) else None
    return Cell(text, _TONES.get(word, "") if isinstance(word, str) else "")


def _columns(table: report.Table, rows: Sequence[Row], keep: Collection[str]) -> tuple[Column, ...]:
    """The columns as wide as they need; the first and those to `keep` stay, others go by turns.

    One that nothing stands in leaves its room to those that would be cut.
    """
    drawn = []
    for place, each in enumerate(table.columns):
        texts = (row.cells[each.key] for row in rows)
        needs = max((width(cell.text) for cell in texts if isinstance(cell, Cell)), default=0)
        wide = each.kind == "text" and needs > _WIDEST
        least = max(_WIDEST if wide else needs, width(each.title))
        align: Align = "right" if each.kind in report.NUMBERS else "left"
        share = max(0, min(needs, _MOST) - least)
        if rows and not needs and place:
            continue
        priority = 0 if place == 0 or each.key in keep else place
        drawn.append(Column(each.key, each.title, least, align, share, priority))
    return tuple(drawn)
