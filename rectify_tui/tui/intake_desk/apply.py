"""Writing what was taken on the desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from rectify_tui.errors import Problem, Refusal
from rectify_tui.i18n import Language
from rectify_tui.intake.importing.take import take
from rectify_tui.intake.model import FileKind, Proposal, ProposedLine
from rectify_tui.intake.progress import Progress
from rectify_tui.intake.reading import Book, open_book
from rectify_tui.intake.returns.apply import apply_returns
from rectify_tui.store.ledger import Ledger
from rectify_tui.tui.intake_desk.paper import Paper, Seen
from rectify_tui.tui.intake_desk.read import request_of
from rectify_tui.tui.intake_desk.send_back import Refused, refused_lines, send_back

Spot = tuple[int, str, int | None]
"""Where a line stands in its file: row, reference, record."""


@dataclass(frozen=True)
class Order:
    """What is wanted: to write what is taken of these files, and to send back what is not."""

    papers: tuple[Paper, ...]
    write: bool
    send_back: bool
    reason: str | None = None


@dataclass(frozen=True)
class Applied:
    """What it came to: the batches, how many lines they took, and the workbooks.

    `left` lines were taken on the desk and not written, since they had changed meanwhile or two
    files contradict one another. `problem` is what went wrong after something was written.
    """

    batches: tuple[int, ...] = ()
    taken: int = 0
    left: int = 0
    workbooks: tuple[Path, ...] = ()
    problem: Problem | None = None


class Wanted:
    """The lines that were taken, as they were seen. Called, it tells whether a line is one."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        self._seen: dict[str, dict[Spot, Seen]] = {}
        for paper in papers:
            if paper.reading is not None:
                lines = [paper.reading.lines[place] for place in paper.taken()]
                seen = self._seen.setdefault(paper.reading.proposal.origin.digest, {})
                seen |= {_spot(line): _seen(line) for line in lines}

    def __len__(self) -> int:
        """How many lines there are; those of a file that is there twice count once."""
        return sum(map(len, self._seen.values()))

    def __call__(self, proposal: Proposal, line: ProposedLine) -> bool:
        """Whether a line was taken, and is still what it was on the screen."""
        seen = self._seen.get(proposal.origin.digest, {})
        return seen.get(_spot(line)) == _seen(line)


def _spot(line: ProposedLine) -> Spot:
    return line.row, line.ref, line.id


def _seen(line: ProposedLine) -> Seen:
    return line.verdict, line.changes


def apply_order(ledger: Ledger, order: Order, t: Language, progress: Progress) -> Applied:
    """Carry out an order, in a thread: all returns in one batch, each import in one of its own.

    Raises `Problem` where nothing was written.
    """
    refused = {paper.key: refused_lines(paper) for paper in order.papers}
    applied = Applied()
    if order.write:
        applied = _write_returns(ledger, order, refused)
        for paper in order.papers:
            if applied.problem is None and _is_import(paper) and paper.n_taken:
                applied = _after(applied, ledger, order, paper, progress)
    if not order.send_back or applied.problem is not None:
        return applied
    try:
        workbooks = send_back([(paper.path, refused[paper.key]) for paper in order.papers], t)
    except Problem as problem:
        if not applied.batches:
            raise
        return replace(applied, problem=problem)
    return replace(applied, workbooks=workbooks)


def _is_import(paper: Paper) -> bool:
    return paper.reading is not None and paper.reading.proposal.kind is not FileKind.RETURN


def _write_returns(ledger: Ledger, order: Order, refused: dict[int, Refused]) -> Applied:
    """Write what was taken of returns, and that all of them have come."""
    papers = [paper for paper in order.papers if paper.received is not None]
    if not papers:
        return Applied()
    wanted = Wanted(papers)
    found = apply_returns(ledger, [_book(paper) for paper in papers], wanted, reason=order.reason)
    by_digest = {proposal.origin.digest: (proposal, lines) for proposal, lines in found.refused}
    for paper in papers:
        if paper.reading is not None:
            refused[paper.key] = by_digest.get(paper.reading.proposal.origin.digest)
    batches = () if found.receipt.batch is None else (found.receipt.batch,)
    return Applied(batches, found.taken, max(0, len(wanted) - found.taken))


def _after(
    applied: Applied, ledger: Ledger, order: Order, paper: Paper, progress: Progress
) -> Applied:
    """Write an import, after what was written before it."""
    assert paper.reading is not None
    try:
        wanted = Wanted([paper])
        request = request_of(paper.programme)
        found = take(
            ledger, _book(paper), request, reason=order.reason, progress=progress,
            accept=partial(wanted, paper.reading.proposal),
        )  # fmt: skip
    except Problem as problem:
        if not applied.batches:
            raise
        return replace(applied, problem=problem)
    taken = found.added + found.changed
    batches = applied.batches
    if found.receipt.batch is not None:
        batches = (*batches, found.receipt.batch)
    left = applied.left + max(0, len(wanted) - taken)
    return replace(applied, batches=batches, taken=applied.taken + taken, left=left)


def _book(paper: Paper) -> Book:
    """The file of what is on the screen. Raises `Refusal` where it is another one by now."""
    book = open_book(paper.path)
    if paper.reading is None or paper.reading.proposal.origin.digest != book.digest:
        raise Refusal("intake_screen.file_changed", name=book.name)
    return book
