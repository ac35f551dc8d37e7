"""Taking a file into the ledger, in one batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from rectify_tui.errors import Problem
from rectify_tui.intake.importing.prepare import prepare, row_import_of
from rectify_tui.intake.importing.request import ImportRequest, ImportResult, PreparedImport
from rectify_tui.intake.importing.row_import import RowImport, RowOutcome, line_of
from rectify_tui.intake.mapping import remember
from rectify_tui.intake.model import FileKind, ProposedLine, Verdict
from rectify_tui.intake.progress import Progress, Silent
from rectify_tui.intake.reading import Book
from rectify_tui.store.commands.intake import IntakeFile, record_file, write_entries
from rectify_tui.store.commands.items import refuse_cycles
from rectify_tui.store.draft import Draft
from rectify_tui.store.ledger import Ledger

Accept = Callable[[ProposedLine], bool]
"""Whether a line that would write something is wanted."""


def take(
    ledger: Ledger, book: Book, request: ImportRequest, who: str | None = None,
    reason: str | None = None, progress: Progress | None = None,
    *, prepared: PreparedImport | None = None, accept: Accept | None = None,
) -> ImportResult:  # fmt: skip
    """Take a file into the ledger: all rows that can be read in one batch, or nothing.

    Every row is held against the ledger inside the write transaction, whatever was shown before.
    Where nothing differs there is no batch. `prepared` spares finding the table again; rows that
    would write something and that `accept` does not want count as rejected. Raises `Problem` for
    what `prepare` refuses and for circles of merges.
    """
    progress = progress or Silent()
    with ledger.batch("import", who=who, reason=reason or book.name) as writing:
        draft = writing.draft
        today = date.fromisoformat(draft.batch.recorded_on)
        if prepared is None:
            prepared = prepare(draft.connection, book, request, today)
        taking = _Taking(draft, row_import_of(draft.connection, prepared, today), accept)
        try:
            taking.run(prepared, progress)
        finally:
            progress.finish()
    counts = taking.counts
    return ImportResult(
        writing.receipt, prepared, taking.read, counts["added"], counts["changed"],
        counts["unchanged"], tuple(sorted(taking.rejected, key=lambda line: line.row)),
        dict(prepared.table.skipped), _remembered(prepared) if counts.total() else None,
    )  # fmt: skip


@dataclass
class _Taking:
    draft: Draft
    row_import: RowImport
    accept: Accept | None = None
    read: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    rejected: list[ProposedLine] = field(default_factory=list)
    merged: list[int] = field(default_factory=list)

    def run(self, prepared: PreparedImport, progress: Progress) -> None:
        progress.start("rows", prepared.table.row_count)
        for outcomes in self.row_import.chunks(prepared.table.rows()):
            self._write(outcomes)
            self.read += len(outcomes)
            progress.advance(len(outcomes))
        progress.start("writing", 0)
        if self.counts["added"] or self.counts["changed"]:
            self._record(prepared)
        self.draft.flush()
        if prepared.kind is FileKind.ITEMS:
            refuse_cycles(self.draft, self.merged)

    def _write(self, outcomes: list[RowOutcome]) -> None:
        by_entry: dict[int, RowOutcome] = {}
        for outcome in outcomes:
            if outcome.verdict is Verdict.UNREADABLE:
                self.rejected.append(line_of(outcome, self.row_import.context))
            elif outcome.entry is None:
                self.counts["unchanged"] += 1
            elif self.accept and not self.accept(line := line_of(outcome, self.row_import.context)):
                self.rejected.append(line)
                outcome.declined = True
            else:
                by_entry[id(outcome.entry)] = outcome
        rows = self.row_import.rows
        entries = [outcome.entry for outcome in by_entry.values() if outcome.entry]
        for entry, record in write_entries(self.draft, rows.entity, entries, rows.ids):
            outcome = by_entry.pop(id(entry))
            self.counts["added" if entry.id is None else "changed"] += 1
            self.row_import.wrote(outcome, record)
            if outcome.parsed.link is not None:
                self.merged.append(record)
        self.counts["unchanged"] += len(by_entry)

    def _record(self, prepared: PreparedImport) -> None:
        origin = prepared.origin
        file = IntakeFile(
            prepared.kind, origin.name, origin.sheet, origin.digest,
            self.counts.total(), len(self.rejected),
        )  # fmt: skip
        record_file(self.draft, file)


def _remembered(prepared: PreparedImport) -> Path | None:
    """Keep the mapping for next time; a folder that cannot be written to does not stop anybody."""
    try:
        return remember(prepared.request.config, prepared.table.headings, prepared.mapping)
    except Problem:
        return None
