"""What is asked of an import, and what can be shown before anything is written."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from rectify_tui.domain.day_order import Order
from rectify_tui.domain.timeline import Later, Value
from rectify_tui.intake.mapping import ColumnRule, Mapping, ValueRule
from rectify_tui.intake.model import Finding, IntakeKind, Origin, ProposedLine
from rectify_tui.intake.table import Table
from rectify_tui.store.commands.extensions import Request

KEPT = (IntakeKind.ITEMS, IntakeKind.CASES)
"""The kinds of records that keep what was sent beside what was read."""

Learned = Literal["map", "remembered", "guessed"]
"""How it is known which column is which field."""


@dataclass(frozen=True)
class OtherDeadlines:
    """What becomes of deadlines that a file tells otherwise for known items.

    They were mistakes, or extensions: what rows do not tell of those is said here for all.
    """

    correction: bool
    extension: Request


@dataclass(frozen=True)
class ImportRequest:
    """What a person asks for. What is None is found out from the file.

    `programme` is the code for rows that name none, `under` the region below which names of regions
    are looked for first, `on` the day from which what the file says holds (default: today), `map` a
    file that says which column is which field, `columns` what somebody says of single ones over
    all that is known otherwise, `values` what words in cells mean, `order` what
    stands first in days such as 03/04/2021 that their column leaves open, and `config` the folder
    where mappings are kept. `without` are columns of which somebody has said that they may be
    missing. `later` says what becomes of what was said of later days than the file speaks of, and
    `deadlines` of deadlines that the ledger has otherwise, which stay while it is None.
    """

    config: Path
    kind: IntakeKind | None = None
    sheet: str | None = None
    programme: str | None = None
    under: str | None = None
    on: date | None = None
    map: Path | None = None
    columns: tuple[ColumnRule, ...] = ()
    values: tuple[ValueRule, ...] = ()
    order: Order | None = None
    without: frozenset[str] = frozenset()
    later: Later | None = None
    deadlines: OtherDeadlines | None = None


@dataclass(frozen=True)
class SampleRow:
    """A row, and what its cells say by the names that commands use."""

    line: ProposedLine
    read: Dict[str, Value]


@dataclass(frozen=True)
class PreparedImport:
    """What an import would read: which column is which field, and the first rows as read.

    `missing` are the fields whose columns its new records lack.
    """

    request: ImportRequest
    kind: IntakeKind
    origin: Origin
    table: Table
    mapping: Mapping
    learned: Learned
    first: tuple[SampleRow, ...] = ()
    remarks: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def kept_as_sent(self) -> tuple[int, ...]:
        """The indexes of headings that are no field, and whose cells are kept with the records."""
        return self.mapping.unknown if self.kind in KEPT else ()
