"""Rows of published figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Values
from rectify_tui.errors import Problem
from rectify_tui.intake.importing import cells
from rectify_tui.intake.importing.context import ImportContext
from rectify_tui.intake.importing.parsed_row import CellReader, ParsedRow, differing
from rectify_tui.intake.model import Finding
from rectify_tui.intake.reading.cells import Cell
from rectify_tui.intake.table import Table, TableRow
from rectify_tui.store.commands.intake import Numbered, RecordEntry, figure_keys
from rectify_tui.store.records import FIGURE

NEEDED = ("subject", "what", "value")
"""What makes a figure: of whom, of what, and how many."""

_PERIOD = re.compile(r"(?:19|20|21)[0-9]{2}(?:-(?:0[1-9]|1[0-2]))?")
_KEY = ("programme_id", "region_id", "subject", "what", "as_of", "source")


class FigureRows:
    """Rows of figures. The same figure of the same source is one, whatever its value."""

    entity = FIGURE
    chunk = 500

    def __init__(self, context: ImportContext, table: Table) -> None:
        self.context = context
        self.ids: dict[Numbered, int | None] = {}
        self.remarks: list[Finding] = []
        self.columns = frozenset({"value", "unit", "text"})
        self._ids = figure_keys(context.connection)
        self._readers = [(name, index, self._reader(name)) for name, index in context.at.items()]

    def read(self, row: TableRow) -> ParsedRow:
        """What a row says of a figure."""
        parsed = self.context.begin(row)
        parsed.values = {
            "programme_id": self.context.programme.id if self.context.programme else None,
            "region_id": self.context.under,
            "as_of": None,
            "source": self.context.origin,
        }
        self.context.read_cells(parsed, row, self._readers)
        for name in NEEDED:
            if not parsed.values.get(name):
                parsed.findings.append(self.context.finding(f"no_{name}", name))
        parsed.key = tuple(parsed.values.get(name) for name in _KEY)
        parsed.ref = " ".join(str(parsed.values.get(name) or "") for name in ("subject", "what"))
        return parsed

    def _reader(self, name: str) -> CellReader:
        own: dict[str, CellReader] = {
            "programme": self.context.read_programme,
            "region": self._read_region,
            "as_of": self._read_as_of,
        }
        return own.get(name) or partial(self._read_text, name)

    def _read_region(self, parsed: ParsedRow, text: str, _: Cell) -> None:
        regions, under = self.context.regions, self.context.under
        home = parsed.values.get("programme_id")
        if under is None and isinstance(home, int):
            with suppress(Problem):  # 全省 is the region of the programme
                parsed.values["region_id"] = regions.find(
                    text, self.context.programmes[home].region_id
                ).id
                return
        found = regions.find(text, regions.nation if under is None else under)
        parsed.values["region_id"] = found.id

    def _read_as_of(self, parsed: ParsedRow, text: str, _: Cell) -> None:
        plain = clean(text)
        whole = plain if _PERIOD.fullmatch(plain) else cells.last_day(text).isoformat()
        parsed.values["as_of"] = whole

    def _read_text(self, name: str, parsed: ParsedRow, text: str, _: Cell) -> None:
        parsed.values[name] = clean(text, multiline=name == "text")

    def id_of(self, parsed: ParsedRow) -> int | None:
        """The figure that a row is about."""
        return self._ids.get(parsed.key)

    def waits_for(self, parsed: ParsedRow) -> Numbered | None:
        """No figure points to another."""
        return None

    def settled(self, parsed: ParsedRow, id: int | None) -> None:
        """No row looks for a figure of another one."""

    def look_up(self, ids: Sequence[int]) -> None:
        """Nothing else has to be known."""

    def entry(self, parsed: ParsedRow, id: int | None, now: Values | None) -> RecordEntry:
        """The figure to be added, or what differs in it."""
        if now is None:
            return RecordEntry(None, dict(parsed.values), parsed.on)
        read = {name: value for name, value in parsed.values.items() if name in self.columns}
        return RecordEntry(id, differing(read, now), parsed.on)
