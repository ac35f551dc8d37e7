"""Writing what is accepted of files: all of it in one batch, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from rectify_tui.domain.text import shorten
from rectify_tui.errors import Problem, Refusal
from rectify_tui.intake.importing.city_table import CityTable
from rectify_tui.intake.importing.propose import headings_of
from rectify_tui.intake.importing.request import PreparedImport
from rectify_tui.intake.importing.take import TakenRows, take_rows
from rectify_tui.intake.mapping import remember
from rectify_tui.intake.model import Proposal, ProposedLine, Verdict, lost_cells, names_out_of_time
from rectify_tui.intake.progress import Progress, Silent
from rectify_tui.intake.reading.source import take as read_bytes
from rectify_tui.intake.returns.take import is_new, record, take_lines
from rectify_tui.intake.returns.together import check_received
from rectify_tui.intake.workspace.accepting import UNASKED, Accept, SeenLines
from rectify_tui.intake.workspace.opened_file import OpenedFile, distinct
from rectify_tui.intake.workspace.selection import SelectedLines, select
from rectify_tui.store.draft import Draft
from rectify_tui.store.ledger import Ledger, Receipt

RETURNS, IMPORTS, BOTH = "return", "import", "intake"
"""The kinds of batches that take files in."""

FILE_CHANGED = "intake_screen.file_changed"
"""The problem of a file that is another one than when it was opened."""

_LONGEST_REASON = 200


@dataclass(frozen=True)
class IntakeOrder:
    """What is to be written: of which files, which lines, by whom, and why.

    Lines are accepted by rule, whatever they turn out to be when they are written; without a rule
    those are written that were accepted by hand, as long as they are what they were then.
    """

    files: tuple[OpenedFile, ...]
    accept: Accept | None = None
    on_behalf: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class FileResult:
    """What became of a file. Of a return, `proposal` is what it was when it was written.

    `added`, `changed` and `unchanged` count lines, `refused` are those that were not taken, and
    `skipped` rows that are no records. `lost_cells` could not be read of rows that were taken,
    `out_of_time` of these name a region that is not there on their day. `mapping_kept`
    is False where what the columns of an import are could not be kept for next time.
    """

    file: OpenedFile
    proposal: Proposal
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: tuple[ProposedLine, ...] = ()
    lost_cells: int = 0
    out_of_time: int = 0
    mapping_kept: bool = True

    @property
    def n_written(self) -> int:
        """How many lines were written."""
        return self.added + self.changed

    @property
    def skipped(self) -> Mapping[int, str]:
        """Rows that are no records, by their number, with the message that says why."""
        return self.proposal.skipped


@dataclass(frozen=True)
class IntakeResult:
    """What an order came to, file by file; a content that is there twice counts once.

    `left` lines were accepted by hand and not written, since they had changed meanwhile or two
    files contradict one another.
    """

    receipt: Receipt = field(default=Receipt(None, 0))
    files: tuple[FileResult, ...] = ()
    left: int = 0

    @property
    def n_written(self) -> int:
        """How many lines were written."""
        return sum(file.n_written for file in self.files)

    @property
    def n_unchanged(self) -> int:
        """How many lines agree with the ledger."""
        return sum(file.unchanged for file in self.files)

    @property
    def n_refused(self) -> int:
        """How many lines say something and were not taken."""
        return sum(len(file.refused) for file in self.files)

    @property
    def n_out_of_time(self) -> int:
        """How many lines that were taken name a region that is not there on their day."""
        return sum(file.out_of_time for file in self.files)

    @property
    def n_lost_cells(self) -> int:
        """How many cells could not be read of lines that were taken."""
        return sum(file.lost_cells for file in self.files)


def plan_order(order: IntakeOrder) -> IntakeResult:
    """What an order would come to by what was found when its files were checked."""
    files = [file for file in distinct(order.files) if file.checked is not None]
    proposals = [file.checked.proposal for file in files if file.checked is not None]
    selections = select(proposals, _accept(order, files))
    return IntakeResult(files=tuple(map(_result, files, proposals, selections)))


def apply_order(
    ledger: Ledger, order: IntakeOrder, progress: Progress | None = None
) -> IntakeResult:
    """Check the files of an order once more, and write what is accepted of them, in one batch.

    Each return is recorded, also one that changes nothing, so that it is known to have come; one
    that was recorded before is so again only where it brings something new. An import that changes
    nothing is not. Unreadable lines are never taken. Raises `Refusal` for a file that was changed
    after it was opened, and `Problem`, also where new records lack columns and nobody has said that
    they may; then nothing is written.
    """
    files = distinct(order.files)
    for file in files:
        _require_same(file)
        if order.accept is not None:  # by hand nothing is accepted that lacks a column
            require_confirmed(file)
    returns = [file for file in files if file.received is not None]
    imports = [file for file in files if file.prepared is not None]
    accept = _accept(order, files)
    reason = order.reason or _names(imports)
    with ledger.batch(_kind(returns, imports), on_behalf=order.on_behalf, reason=reason) as writing:
        results = _take_returns(writing.draft, returns, accept)
        for file in imports:
            results.append(_take_import(writing.draft, file, accept, progress or Silent()))
    kept = tuple(_keep_mapping(result) for result in results)
    left = 0
    if isinstance(accept, SeenLines):
        left = max(0, len(accept) - sum(result.n_written for result in kept))
    return IntakeResult(writing.receipt, kept, left)


def _accept(order: IntakeOrder, files: Sequence[OpenedFile]) -> Accept:
    if order.accept is not None:
        return order.accept
    return SeenLines.of(
        (file.checked.proposal.origin, file.accepted_lines()) for file in files if file.checked
    )


def _kind(returns: Sequence[OpenedFile], imports: Sequence[OpenedFile]) -> str:
    if returns and imports:
        return BOTH
    return IMPORTS if imports else RETURNS


def _names(files: Sequence[OpenedFile]) -> str | None:
    names = "、".join(file.origin.name for file in files if file.origin)
    return shorten(names, _LONGEST_REASON) or None


def _require_same(file: OpenedFile) -> None:
    """See that a file on the disk is still what was decided about."""
    source = read_bytes(file.path)
    if file.origin is None or file.origin.digest != source.digest:
        raise Refusal(FILE_CHANGED, name=source.name)


def require_confirmed(file: OpenedFile) -> None:
    """See that somebody has said of each missing column that it may be missing."""
    if file.unconfirmed:
        options = " ".join(f"--without {name}" for name in file.unconfirmed)
        raise Problem("importing.unconfirmed", file=file.name, options=options)


# --- returns ---


def _take_returns(draft: Draft, files: Sequence[OpenedFile], accept: Accept) -> list[FileResult]:
    if not files:
        return []
    today = date.fromisoformat(draft.batch.recorded_on)
    received = [file.received for file in files if file.received is not None]
    checked = check_received(draft.connection, received, today)
    proposals = [file.proposal for file in checked]
    selections = select(proposals, accept)
    new = [is_new(draft, file) for file in checked]  # before any of them is recorded
    for file, selection, unknown in zip(checked, selections, new, strict=True):
        take_lines(draft, file, selection.written)
        if unknown or selection.written:
            record(draft, file, selection.refused)
    return list(map(_result, files, proposals, selections))


def _result(file: OpenedFile, proposal: Proposal, selection: SelectedLines) -> FileResult:
    added = sum(line.new for line in selection.written)
    refused = {line.row for line in selection.refused}
    taken = [line for line in proposal.lines if line.row not in refused]
    lost = sum(lost_cells(line.findings) for line in taken)
    untimely = sum(names_out_of_time(line.findings) for line in taken)
    return FileResult(
        file, proposal, added, len(selection.written) - added,
        proposal.counts()[Verdict.UNCHANGED], selection.refused, lost, untimely,
    )  # fmt: skip


# --- imports ---


def _take_import(draft: Draft, file: OpenedFile, accept: Accept, progress: Progress) -> FileResult:
    assert file.prepared is not None
    prepared = file.prepared
    by_line = None if accept == UNASKED else partial(accept, prepared.origin)
    return _imported(file, prepared, take_rows(draft, prepared, by_line, progress))


def _imported(file: OpenedFile, prepared: PreparedImport, taken: TakenRows) -> FileResult:
    proposal = Proposal(
        prepared.origin, prepared.kind, headings_of(prepared), (), prepared.remarks,
        dict(prepared.table.skipped),
    )  # fmt: skip
    counts = taken.counts
    return FileResult(
        file, proposal, counts["added"], counts["changed"], counts["unchanged"],
        tuple(taken.refused), taken.lost_cells, taken.out_of_time,
    )  # fmt: skip


def _keep_mapping(result: FileResult) -> FileResult:
    """Keep what the columns are for next time; a folder that takes nothing stops nobody."""
    prepared = result.file.prepared
    if prepared is None or not result.n_written or isinstance(prepared.table, CityTable):
        return result
    try:
        remember(prepared.request.config, prepared.table.headings, prepared.mapping)
    except Problem:
        return replace(result, mapping_kept=False)
    return result
