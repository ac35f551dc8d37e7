"""Returns that came together, held against the ledger and against one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from rectify_tui.domain.timeline import Value
from rectify_tui.intake.model import FieldChange, Finding, Proposal, ProposedLine, Verdict
from rectify_tui.intake.returns.check import CheckedReturn, check_return
from rectify_tui.intake.returns.rows import ReceivedReturn
from rectify_tui.intake.returns.rules import in_words, verdict_of
from rectify_tui.store.connection import Connection


class _Answer(NamedTuple):
    """What a row of a file wants for a field of an item."""

    file: CheckedReturn
    row: int
    value: Value


_Answers = Mapping[tuple[int | None, str], Sequence[_Answer]]
"""All answers by item and field."""


def check_received(
    connection: Connection, received: Sequence[ReceivedReturn], today: date
) -> list[CheckedReturn]:
    """Returns that were read, held against the ledger as a connection sees it.

    Files that bring different values for the same field of an item say so, each of the other.
    """
    checked = [check_return(connection, each, today) for each in received]
    if len(checked) < 2:
        return checked
    answers = _answers(checked)
    return [replace(each, proposal=_beside_others(each, answers)) for each in checked]


def _answers(checked: Sequence[CheckedReturn]) -> _Answers:
    answers: defaultdict[tuple[int | None, str], list[_Answer]] = defaultdict(list)
    for file in checked:
        for line in file.proposal.lines:
            for change in line.changes:
                answers[line.id, change.field].append(_Answer(file, line.row, change.after))
    return answers


def _beside_others(checked: CheckedReturn, answers: _Answers) -> Proposal:
    lines = tuple(_beside(line, checked, answers) for line in checked.proposal.lines)
    return replace(checked.proposal, lines=lines)


def _beside(line: ProposedLine, checked: CheckedReturn, answers: _Answers) -> ProposedLine:
    contradictions = [
        _differs(checked, change, answer)
        for change in line.changes
        for answer in answers[line.id, change.field]
        if answer.file is not checked and answer.value != change.after
    ]
    if not contradictions:
        return line
    findings = (*line.findings, *contradictions)
    return replace(line, findings=findings, verdict=verdict_of(line.changes, findings))


def _differs(checked: CheckedReturn, change: FieldChange, other: _Answer) -> Finding:
    heading = checked.columns.get(change.field)
    params = {
        "field": change.field, "said": in_words(change.field, change.after),
        "theirs": in_words(change.field, other.value),
        "file": other.file.proposal.origin.name, "row": other.row,
    }  # fmt: skip
    if heading is None:  # a step, which has no column among those of the items
        return Finding("files_differ", Verdict.CONFLICT, params=params)
    return Finding("files_differ", Verdict.CONFLICT, heading.letter, heading.text, params=params)
