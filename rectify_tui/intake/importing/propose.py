"""Everything that a file proposes, without writing anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rectify_tui.intake.importing.prepare import row_import_of
from rectify_tui.intake.importing.request import PreparedImport
from rectify_tui.intake.importing.row_import import line_of
from rectify_tui.intake.model import Proposal, ProposedLine
from rectify_tui.intake.progress import Progress, Silent
from rectify_tui.store.connection import Connection


def propose(
    connection: Connection, prepared: PreparedImport, today: date, progress: Progress | None = None
) -> Proposal:
    """What each row of a file would do, in their order."""
    lines = sorted(lines_of(connection, prepared, today, progress), key=lambda line: line.row)
    return Proposal(
        prepared.origin, prepared.kind, headings_of(prepared), tuple(lines), prepared.remarks,
        dict(prepared.table.skipped),
    )  # fmt: skip


def lines_of(
    connection: Connection, prepared: PreparedImport, today: date, progress: Progress | None = None
) -> Iterator[ProposedLine]:
    """What each row would do, one after the other; rows that wait for later ones come last."""
    progress = progress or Silent()
    row_import = row_import_of(connection, prepared, today)
    progress.start("rows", prepared.table.row_count)
    try:
        for outcomes in row_import.chunks(prepared.table.rows()):
            yield from (line_of(outcome, row_import.context) for outcome in outcomes)
            progress.advance(len(outcomes))
    finally:
        progress.finish()


def headings_of(prepared: PreparedImport) -> tuple[str, ...]:
    """The titles of the columns."""
    return tuple(heading.text for heading in prepared.table.headings)
