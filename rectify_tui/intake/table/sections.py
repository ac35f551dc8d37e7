"""The sections in which the rows of a table stand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rectify_tui.intake.reading.cells import cell_text
from rectify_tui.intake.table.header import filled
from rectify_tui.intake.table.headings import one_line
from rectify_tui.intake.table.words import numbering

if TYPE_CHECKING:
    from rectify_tui.intake.reading.cells import Cell


class Sections:
    """The titles that are open while one goes down a table; `open` has them, outermost first.

    How deep a title stands is told by how it is numbered: of 一、, （一） and titles without any
    number the kind that came first is the outermost.
    """

    def __init__(self) -> None:
        self.open: tuple[str, ...] = ()
        self._kinds: list[str] = []

    def begin(self, cells: Iterable[Cell]) -> None:
        """Go on with a row that is a title: the sections of its depth and below end."""
        *numerals, title = [one_line(cell_text(cell)) for cell in cells if filled(cell)]
        for numeral in numerals:  # 一 in a cell of its own
            title = f"{numeral.rstrip('、.')}{'' if numeral.endswith((')', '）')) else '、'}{title}"
        kind = numbering(title)
        if kind not in self._kinds:
            self._kinds.append(kind)
        self.open = (*self.open[: self._kinds.index(kind)], title)
