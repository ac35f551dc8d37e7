"""Writing the rows of an import that can be read and are accepted, into an open batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from rectify_tui.intake.importing.prepare import row_import_of
from rectify_tui.intake.importing.request import PreparedImport
from rectify_tui.intake.importing.row_import import RowImport, RowOutcome, line_of
from rectify_tui.intake.model import (
    IntakeKind,
    ProposedLine,
    Verdict,
    lost_cells,
    names_out_of_time,
)
from rectify_tui.intake.progress import Progress
from rectify_tui.store.commands.intake import IntakeFile, record_file, write_entries
from rectify_tui.store.commands.items import refuse_cycles
from rectify_tui.store.draft import Draft
from rectify_tui.store.returned import return_about


@dataclass
class TakenRows:
    """What became of the rows: how many were `added`, `changed` and `unchanged`, and which not.

    `lost_cells` could not be read of rows that were taken, `out_of_time` of these name a region
    that is not there on their day.
    """

    counts: Counter[str] = field(default_factory=Counter)
    refused: list[ProposedLine] = field(default_factory=list)
    lost_cells: int = 0
    out_of_time: int = 0


def take_rows(
    draft: Draft, prepared: PreparedImport, accept: Callable[[ProposedLine], bool] | None,
    progress: Progress,
) -> TakenRows:  # fmt: skip
    """Write the rows that `accept` takes, in one pass; None takes what is clean.

    Every row is held against the ledger as the open batch sees it, whatever was shown before. Where
    nothing differs nothing is written. Raises `Problem` for circles of merges.
    """
    draft.flush()  # a row of another file of the batch may have changed what this one finds
    today = date.fromisoformat(draft.batch.recorded_on)
    taking = _Taking(draft, row_import_of(draft.connection, prepared, today), accept)
    try:
        taking.run(prepared, progress)
    finally:
        progress.finish()
    taking.taken.refused.sort(key=lambda line: line.row)
    return taking.taken


@dataclass
class _Taking:
    draft: Draft
    rows: RowImport
    accept: Callable[[ProposedLine], bool] | None
    taken: TakenRows = field(default_factory=TakenRows)
    merged: list[int] = field(default_factory=list)
    about: set[int] = field(default_factory=set)

    def run(self, prepared: PreparedImport, progress: Progress) -> None:
        progress.start("rows", prepared.table.row_count)
        for outcomes in self.rows.chunks(prepared.table.rows()):
            self._write(outcomes)
            progress.advance(len(outcomes))
        progress.start("writing", 0)
        if self.taken.counts["added"] or self.taken.counts["changed"]:
            self._record(prepared)
        self.draft.flush()
        if prepared.kind is IntakeKind.ITEMS:
            refuse_cycles(self.draft, self.merged)

    def _write(self, outcomes: list[RowOutcome]) -> None:
        by_entry: dict[int, RowOutcome] = {}
        self.about.update(outcome.id for outcome in outcomes if outcome.id is not None)
        for outcome in outcomes:
            if outcome.verdict is Verdict.UNREADABLE:
                self.taken.refused.append(line_of(outcome, self.rows.context))
            elif outcome.verdict is Verdict.UNCHANGED:
                self.taken.counts["unchanged"] += 1
                self.taken.lost_cells += lost_cells(outcome.parsed.findings)
            elif outcome.entry is None or not self._accepts(outcome):
                self.taken.refused.append(line_of(outcome, self.rows.context))
                outcome.declined = True
            else:
                by_entry[id(outcome.entry)] = outcome
                self.taken.out_of_time += names_out_of_time(outcome.parsed.findings)
                self.taken.lost_cells += lost_cells(outcome.parsed.findings)
        kind = self.rows.rows
        entries = [outcome.entry for outcome in by_entry.values() if outcome.entry]
        for entry, record in write_entries(self.draft, kind.entity, entries, kind.ids):
            outcome = by_entry.pop(id(entry))
            self.taken.counts["added" if entry.id is None else "changed"] += 1
            self.rows.wrote(outcome, record)
            if outcome.parsed.link is not None:
                self.merged.append(record)
        self.taken.counts["unchanged"] += len(by_entry)

    def _accepts(self, outcome: RowOutcome) -> bool:
        if self.accept is None:  # spares saying of each row what it would change
            return outcome.verdict is Verdict.CLEAN
        return self.accept(line_of(outcome, self.rows.context))

    def _record(self, prepared: PreparedImport) -> None:
        origin, sent = prepared.origin, None
        if prepared.kind is IntakeKind.ITEMS and not self.taken.counts["added"]:
            sent = return_about(self.draft.connection, self.about)
        file = IntakeFile(
            prepared.kind, origin.name, origin.sheet, origin.digest,
            self.taken.counts.total(), len(self.taken.refused), sent.id if sent else None,
        )  # fmt: skip
        record_file(self.draft, file)
