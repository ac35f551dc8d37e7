"""Rows of published figures."""

from __future__ import annotations

import re
from functools import partial

from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Values
from rectify_tui.errors import Problem
from rectify_tui.intake.importing import cells
from rectify_tui.intake.importing.record import Frame, Read, Said, differing
from rectify_tui.intake.model import Finding
from rectify_tui.intake.reading.cells import Cell
from rectify_tui.intake.table import Table, TableRow
from rectify_tui.store.commands.intake import Entry, Numbered, figure_keys
from rectify_tui.store.records import FIGURE

NEEDED = ("subject", "what", "value")
"""What makes a figure: of whom, of what, and how many."""

_PERIOD = re.compile(r"(?:19|20|21)[0-9]{2}(?:-(?:0[1-9]|1[0-2]))?")
_KEY = ("programme_id", "region_id", "subject", "what", "as_of", "source")


class FigureRows:
    """Rows of figures. The same figure of the same source is one, whatever its value."""

    entity = FIGURE
    chunk = 500

    def __init__(self, frame: Frame, table: Table) -> None:
        self.frame = frame
        self.ids: dict[Numbered, int | None] = {}
        self.remarks: list[Finding] = []
        self.columns = frozenset({"value", "unit", "text"})
        self._ids = figure_keys(frame.connection)
        self._readers = [(name, index, self._reader(name)) for name, index in frame.at.items()]

    def read(self, row: TableRow) -> Said:
        """What a row says of a figure."""
        said = self.frame.begin(row)
        said.values = {
            "programme_id": self.frame.plan.id if self.frame.plan else None,
            "region_id": self.frame.under,
            "as_of": None,
            "source": self.frame.origin,
        }
        self.frame.read_cells(said, row, self._readers)
        for name in NEEDED:
            if not said.values.get(name):
                said.findings.append(self.frame.finding(f"no_{name}", name))
        said.key = tuple(said.values.get(name) for name in _KEY)
        said.ref = " ".join(str(said.values.get(name) or "") for name in ("subject", "what"))
        return said

    def _reader(self, name: str) -> Read:
        own: dict[str, Read] = {
            "programme": self._read_programme,
            "region": self._read_region,
            "as_of": self._read_as_of,
        }
        return own.get(name) or partial(self._read_text, name)

    def _read_programme(self, said: Said, text: str, _: Cell) -> None:
        plan = self.frame.plan_of(text)
        if plan is None:
            raise Problem("programme.not_found", code=clean(text), codes=self.frame.codes())
        said.values["programme_id"] = plan.id

    def _read_region(self, said: Said, text: str, _: Cell) -> None:
        under = self.frame.under
        place = self.frame.places.find(text, self.frame.places.nation if under is None else under)
        said.values["region_id"] = place.id

    def _read_as_of(self, said: Said, text: str, _: Cell) -> None:
        plain = clean(text)
        whole = plain if _PERIOD.fullmatch(plain) else cells.last_day(text).isoformat()
        said.values["as_of"] = whole

    def _read_text(self, name: str, said: Said, text: str, _: Cell) -> None:
        said.values[name] = clean(text, multiline=name == "text")

    def id_of(self, said: Said) -> int | None:
        """The figure that a row is about."""
        return self._ids.get(said.key)

    def waits_for(self, said: Said) -> Numbered | None:
        """Nothing."""
        return None

    def settled(self, said: Said, id: int | None) -> None:
        """Nothing refers to a figure."""

    def entry(self, said: Said, id: int | None, now: Values | None) -> Entry:
        """The figure to be added, or what differs in it."""
        if now is None:
            return Entry(None, dict(said.values), said.on)
        read = {name: value for name, value in said.values.items() if name in self.columns}
        return Entry(id, differing(read, now), said.on)
