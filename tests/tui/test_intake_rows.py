"""Lines of files as rows of the screen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rectify_tui.intake.model import (
    FieldChange,
    Finding,
    IntakeKind,
    Origin,
    Proposal,
    ProposedLine,
    Verdict,
)
from rectify_tui.intake.workspace.checked_file import CheckedFile
from rectify_tui.tui.sources.intake_rows import (
    LineFilter,
    indexes_of,
    key_of,
    parts_of,
    read_key,
    rows_of,
)

DAY = date(2020, 3, 6)
DOUBT = Finding("progress_falls", Verdict.SUSPICIOUS, params={"field": "progress"})


def line(
    row=3, ref="HLJ/1", verdict=Verdict.CLEAN, after="100", findings=(), id=1, field="progress"
):
    changes = (FieldChange(field, "1", after),) if after is not None else ()
    return ProposedLine(row, ref, id, verdict, changes, findings)


def checked(*lines, batch=1, digest="d", kind=IntakeKind.RETURN):
    origin = Origin(Path("/a.xlsx"), "a.xlsx", "回报表", digest)
    return CheckedFile.of(Proposal(origin, kind, (), tuple(lines)), batch, DAY)


def test_a_line_has_a_row_for_each_changed_cell_and_each_cell_that_is_spoken_of():
    status = Finding(
        "unknown_status", Verdict.UNREADABLE, "H", holds="搞完了", params={"field": "status"}
    )
    whole = Finding("whole_file", Verdict.SUSPICIOUS)
    found = parts_of(line(findings=(DOUBT, status, whole)))
    assert [part.field for part in found] == ["progress", "status"]
    assert [part.findings for part in found] == [(DOUBT, whole), (status,)]
    assert parts_of(line(findings=(whole,)))[0].findings == (whole,)
    assert len(parts_of(line(verdict=Verdict.UNCHANGED, after=None))) == 1
    new = ProposedLine(
        3,
        "",
        None,
        Verdict.CLEAN,
        (FieldChange("number", None, "1"), FieldChange("problem", None, "x")),
    )
    assert len(parts_of(new)) == 1


def test_what_is_doubtful_comes_first_and_what_is_unchanged_only_when_asked_for():
    found = checked(
        line(3, "A/1"), line(4, "A/2", Verdict.UNCHANGED, None), line(5, "A/3", Verdict.CONFLICT),
        line(6, "A/4"), line(7, "A/5", Verdict.UNREADABLE, None),
    )  # fmt: skip

    def told(each):
        return each.ref

    assert indexes_of(found, LineFilter(), told) == [2, 4, 0, 3]
    assert indexes_of(found, LineFilter(unchanged=True), told) == [2, 4, 0, 3, 1]
    assert indexes_of(found, LineFilter(text="a/3"), told) == [2]
    assert [read_key(key) for key in rows_of(7, found, [2, 0])] == [(7, 2, 0), (7, 0, 0)]
    assert read_key(key_of(3, 99_999, 255)) == (3, 99_999, 255)
