"""Writing the visits of a sheet that were accepted, into an open batch."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rectify_tui.domain.visits import Need
from rectify_tui.intake.model import IntakeKind, ProposedLine, Verdict
from rectify_tui.intake.visits.check import CheckedVisits
from rectify_tui.store.commands.intake import IntakeFile, record_file
from rectify_tui.store.commands.visits import record_visits
from rectify_tui.store.draft import Draft
from rectify_tui.store.records import ITEM


def take_visits(
    draft: Draft, checked: CheckedVisits, lines: Sequence[ProposedLine], needs: Collection[Need]
) -> list[int]:
    """Record the visits of lines, and the file that they come from; returns their ids.

    A file from which nothing is taken is not recorded.
    """
    if not lines:
        return []
    draft.load(ITEM, [line.id for line in lines if line.id is not None])
    ids: list[int] = []
    for line in sorted(lines, key=lambda line: checked.notes[line.row][0]):
        assert line.id is not None
        day, note = checked.notes[line.row]
        ids += record_visits(draft, [line.id], note, needs=needs, on=day)
    origin, counts = checked.proposal.origin, checked.proposal.counts()
    said = counts.total() - counts[Verdict.UNCHANGED]
    record_file(
        draft,
        IntakeFile(
            IntakeKind.VISITS, origin.name, origin.sheet, origin.digest, len(lines),
            said - len(lines),
        ),
    )  # fmt: skip
    return ids
