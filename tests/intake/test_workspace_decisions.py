"""What is decided about lines of files that lie open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from rectify_tui.intake.importing.request import ImportRequest
from rectify_tui.intake.model import (
    FieldChange,
    IntakeKind,
    Origin,
    Proposal,
    ProposedLine,
    Verdict,
)
from rectify_tui.intake.workspace.accepting import SeenLines
from rectify_tui.intake.workspace.checked_file import CheckedFile
from rectify_tui.intake.workspace.opened_file import OpenedFile
from rectify_tui.intake.workspace.workspace import IntakeWorkspace

DAY = date(2020, 3, 6)
REQUEST = ImportRequest(Path("/no/such/folder"))


def line(
    row=3, ref="HLJ/1", verdict=Verdict.CLEAN, after="100", findings=(), id=1, field="progress"
):
    changes = (FieldChange(field, "1", after),) if after is not None else ()
    return ProposedLine(row, ref, id, verdict, changes, findings)


def checked(*lines, batch=1, digest="d", kind=IntakeKind.RETURN):
    origin = Origin(Path("/a.xlsx"), "a.xlsx", "回报表", digest)
    return CheckedFile.of(Proposal(origin, kind, (), tuple(lines)), batch, DAY)


def opened(*lines, **more):
    found = OpenedFile(1, Path("/a.xlsx"), REQUEST)
    found.put(checked(*lines, **more))
    return found


def test_by_default_what_is_clean_is_taken_and_nothing_else():
    found = opened(
        line(), line(4, "HLJ/2", Verdict.CONFLICT), line(5, "HLJ/3", Verdict.SUSPICIOUS),
        line(6, "HLJ/4", Verdict.UNREADABLE), line(7, "HLJ/5", Verdict.UNCHANGED, None),
        line(0, "HLJ/6", Verdict.SUSPICIOUS, None),
    )  # fmt: skip
    assert found.accepted() == [0]
    assert found.refused() == [1, 2, 3, 5]
    assert (found.n_accepted, found.n_refused) == (1, 4)
    assert found.decide(range(6), True) == 3
    assert found.accepted() == [0, 1, 2]
    assert (found.n_accepted, found.n_refused) == (3, 2)
    assert found.decide([0, 0], False) == 2
    assert (found.accepted(), found.n_accepted) == ([1, 2], 2)


def test_a_new_record_may_be_nothing_but_its_number():
    found = opened(line(id=None, after=None), kind=IntakeKind.ITEMS)
    assert (found.accepted(), found.n_accepted) == ([0], 1)


def test_a_decision_stays_when_the_file_is_read_anew():
    found = opened(line(), line(4, "HLJ/2", Verdict.SUSPICIOUS))
    found.decide([0], False)
    found.decide([1], True)
    found.put(checked(line(9, "X/1"), line(5, "HLJ/2", Verdict.SUSPICIOUS), line(6), batch=2))
    assert found.accepted() == [0, 1]
    assert found.n_accepted == 2


def test_a_yes_holds_for_what_was_seen_and_a_no_for_good():
    found = opened(line(verdict=Verdict.CONFLICT), line(4, "HLJ/2"), line(5, "HLJ/3"))
    found.decide([0, 1], True)
    found.decide([2], False)
    found.put(checked(
        line(verdict=Verdict.CONFLICT, after="90"), line(4, "HLJ/2", Verdict.CONFLICT),
        line(5, "HLJ/3", after="80"),
    ))  # fmt: skip
    assert found.accepted() == []
    assert found.n_accepted == 0
    found.put(checked(line(after="90"), line(4, "HLJ/2"), line(5, "HLJ/3")))
    assert found.accepted() == [0, 1]


def test_two_lines_of_one_item_are_told_apart():
    found = opened(line(3), line(4))
    found.decide([1], False)
    found.put(checked(line(3), line(4)))
    assert found.accepted() == [0]


def test_what_was_decided_comes_back_with_the_file():
    workspace = IntakeWorkspace(REQUEST)
    first = workspace.add(Path("/a.xlsx"))
    first.put(checked(line()))
    first.decide([0], False)
    assert workspace.add(Path("/a.xlsx")) is first
    workspace.remove(first.key)
    again = workspace.add(Path("/a.xlsx"))
    again.put(checked(line()))
    assert again.key != first.key
    assert again.accepted() == []


def test_only_what_stood_on_the_screen_is_written():
    found = opened(line(), line(4, "HLJ/2", Verdict.SUSPICIOUS))
    found.decide([1], True)
    origin = found.checked.proposal.origin
    accepted = SeenLines.of([(origin, found.accepted_lines())])
    assert len(accepted) == 2
    for each in found.checked.lines:
        assert accepted(origin, each)
    assert not accepted(origin, line(after="99"))
    assert not accepted(origin, line(verdict=Verdict.CONFLICT))
    assert not accepted(replace(origin, digest="other"), line())
