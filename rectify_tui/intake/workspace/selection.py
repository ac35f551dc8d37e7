"""What becomes of the lines of files that are written together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rectify_tui.domain.timeline import Value
from rectify_tui.intake.importing.other_deadlines import undecided
from rectify_tui.intake.model import Proposal, ProposedLine, Verdict
from rectify_tui.intake.workspace.accepting import Accept, can_accept


class SelectedLines(NamedTuple):
    """The lines of a file that are written, and those that say something and are not."""

    written: tuple[ProposedLine, ...] = ()
    refused: tuple[ProposedLine, ...] = ()


def select(proposals: Sequence[Proposal], accept: Accept) -> list[SelectedLines]:
    """The lines of files that `accept` takes; two that contradict one another are both refused.

    Whoever accepts lines of an item in two files, of which each brings another value, cannot mean
    both, and the files' order is no reason to prefer one.
    """
    accepted = [
        [line for line in proposal.lines if _is_accepted(proposal, line, accept)]
        for proposal in proposals
    ]
    clashing = set(_clashing(line for lines in accepted for line in lines))
    return [
        _selection(proposal, {id(line) for line in lines if line.id not in clashing})
        for proposal, lines in zip(proposals, accepted, strict=True)
    ]


def _is_accepted(proposal: Proposal, line: ProposedLine, accept: Accept) -> bool:
    return line.verdict.applicable and accept(proposal.origin, line)


def _selection(proposal: Proposal, accepted: set[int]) -> SelectedLines:
    written, refused = [], []
    for line in proposal.lines:
        if id(line) in accepted and can_accept(line):
            written.append(line)
        elif id(line) in accepted and undecided(line) is None:
            continue  # somebody has seen it, and there is nothing to write
        elif line.verdict is not Verdict.UNCHANGED:
            refused.append(line)
    return SelectedLines(tuple(written), tuple(refused))


def _clashing(lines: Iterable[ProposedLine]) -> Iterator[int]:
    """The records for which lines bring different values."""
    values: defaultdict[tuple[int, str], set[Value]] = defaultdict(set)
    for line in lines:
        for change in line.changes:
            if line.id is not None:
                values[line.id, change.field].add(change.after)
    return (id for (id, _), after in values.items() if len(after) > 1)
