"""The desk without a face: paths as terminals type them, folders that are watched, decisions."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from rectify_tui.errors import Problem
from rectify_tui.intake.model import (
    FieldChange,
    FileKind,
    Finding,
    Origin,
    Proposal,
    ProposedLine,
    Verdict,
)
from rectify_tui.tui.intake_desk.apply import Wanted as Taken
from rectify_tui.tui.intake_desk.desk import Desk
from rectify_tui.tui.intake_desk.listing import (
    Wanted,
    key_of,
    parts_of,
    places_of,
    read_key,
    rows_of,
)
from rectify_tui.tui.intake_desk.paper import Paper, Reading
from rectify_tui.tui.intake_desk.paths import complete, files_of, folder_of, read_paths, shown
from rectify_tui.tui.intake_desk.watch import FolderWatch

DAY = date(2020, 3, 6)


# Paths


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("大庆 回报.xlsx", "b.csv", "it's.xls", "a  b.ods", "~$b.xlsx", ".c.csv", "d.txt"):
        (tmp_path / name).write_text("x")
    return tmp_path


@pytest.mark.parametrize(
    "typed",
    [
        "{folder}/大庆 回报.xlsx",
        "  '{folder}/大庆 回报.xlsx' \n",
        '"{folder}/大庆 回报.xlsx"',
        "{folder}/大庆\\ 回报.xlsx ",
        "file://{folder}/%E5%A4%A7%E5%BA%86%20%E5%9B%9E%E6%8A%A5.xlsx",
        "FILE://localhost{folder}/大庆%20回报.xlsx",
    ],
)
def test_one_file_however_a_terminal_types_it(folder, typed):
    assert read_paths(typed.format(folder=folder)) == [folder / "大庆 回报.xlsx"]


def test_several_files_on_one_line_or_on_several(folder):
    wanted = [folder / "大庆 回报.xlsx", folder / "b.csv"]
    assert read_paths(f"'{wanted[0]}' {wanted[1]}") == wanted
    assert read_paths(f"file://{wanted[0]}\r\nfile://{wanted[1]}\r\n{wanted[1]}") == wanted
    assert read_paths(str(folder / "a  b.ods")) == [folder / "a  b.ods"]
    assert read_paths(str(folder / "it's.xls")) == [folder / "it's.xls"]


def test_the_home_folder_and_what_is_near(folder, monkeypatch):
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.chdir(folder)
    assert read_paths("~/b.csv") == [folder / "b.csv"]
    assert read_paths("b.csv") == [folder / "b.csv"]
    assert shown(folder / "b.csv") == "~/b.csv"
    assert shown(Path(f"{folder}2")) == f"{folder}2"


@pytest.mark.parametrize(
    "typed", ["没有 这个.xlsx", "~nobody-of-this-name/x", "'open", "x" * 5000, "a\0b"]
)
def test_what_names_nothing_is_handed_back_and_refused(folder, typed):
    found = read_paths(typed)
    assert len(found) == 1
    with pytest.raises(Problem) as caught:
        files_of(found)
    assert caught.value.key == "intake_screen.no_file"


def test_a_folder_stands_for_its_spreadsheets(folder):
    inside = ["a  b.ods", "b.csv", "it's.xls", "大庆 回报.xlsx"]
    assert [path.name for path in files_of([folder])] == inside
    assert next(path.name for path in files_of([folder / "b.csv", folder])) == "b.csv"
    (folder / "empty").mkdir()
    with pytest.raises(Problem) as caught:
        files_of([folder / "empty"])
    assert caught.value.key == "intake_screen.empty_folder"
    with pytest.raises(Problem, match="no_path"):
        files_of(read_paths("  "))
    assert folder_of([folder]) == folder
    for bad in ([], [folder / "b.csv"], [folder / "none"]):
        with pytest.raises(Problem):
            folder_of(bad)


def test_names_are_completed_as_far_as_they_agree(folder):
    (folder / "bcd").mkdir()
    at = f"{folder}{os.sep}"
    assert complete(f"{at}it") == (f"{at}it's.xls", ["it's.xls"])
    assert complete(f"{at}b") == (f"{at}b", ["b.csv", f"bcd{os.sep}"])
    assert complete(f"{at}bc") == (f"{at}bcd{os.sep}", [f"bcd{os.sep}"])
    assert complete(f'"{at}大') == (f"{at}大庆 回报.xlsx", ["大庆 回报.xlsx"])
    assert complete(f"{at}d") == (f"{at}d", [])
    assert complete("/no/such/place/x") == ("/no/such/place/x", [])


# Watching


def test_a_file_is_named_once_it_has_come_to_rest(tmp_path):
    watch = FolderWatch(tmp_path)
    assert watch.look() == []
    path = tmp_path / "a.csv"
    path.write_text("half")
    assert watch.look() == []
    path.write_text("half and more")
    assert watch.look() == []
    assert watch.look() == [path]
    assert watch.look() == []
    path.write_text("once more, longer")
    assert watch.look() == []
    assert watch.look() == [path]


def test_empty_files_locks_and_what_was_passed_over_are_left(tmp_path):
    watch = FolderWatch(tmp_path)
    for name, text in (("a.csv", ""), ("~$b.xlsx", "x"), ("c.txt", "x"), ("own.xlsx", "x")):
        (tmp_path / name).write_text(text)
    watch.pass_over(tmp_path / "own.xlsx")
    assert [watch.look() for _ in range(3)] == [[], [], []]
    (tmp_path / "own.xlsx").write_text("corrected")
    watch.look()
    assert watch.look() == [tmp_path / "own.xlsx"]


def test_a_file_that_goes_and_comes_back_is_new(tmp_path):
    watch, path = FolderWatch(tmp_path), tmp_path / "a.csv"
    path.write_text("x")
    watch.look()
    assert watch.look() == [path]
    path.unlink()
    assert watch.look() == []
    path.write_text("x")
    watch.look()
    assert watch.look() == [path]


def test_a_folder_that_is_gone_is_a_problem(tmp_path):
    with pytest.raises(Problem) as caught:
        FolderWatch(tmp_path / "none").look()
    assert caught.value.key == "intake_screen.no_folder"


# Decisions


def line(
    row=3, ref="HLJ/1", verdict=Verdict.CLEAN, after="100", findings=(), id=1, field="progress"
):
    changes = (FieldChange(field, "1", after),) if after is not None else ()
    return ProposedLine(row, ref, id, verdict, changes, findings)


def reading(*lines, batch=1, digest="d", kind=FileKind.RETURN):
    origin = Origin(Path("/a.xlsx"), "a.xlsx", "回报表", digest)
    return Reading.of(Proposal(origin, kind, (), tuple(lines)), batch, DAY)


def paper(*lines, **more):
    found = Paper(1, Path("/a.xlsx"))
    found.put(reading(*lines, **more))
    return found


DOUBT = Finding("progress_falls", Verdict.SUSPICIOUS, params={"field": "progress"})


def test_by_default_what_is_clean_is_taken_and_nothing_else():
    found = paper(
        line(), line(4, "HLJ/2", Verdict.CONFLICT), line(5, "HLJ/3", Verdict.SUSPICIOUS),
        line(6, "HLJ/4", Verdict.UNREADABLE), line(7, "HLJ/5", Verdict.UNCHANGED, None),
        line(0, "HLJ/6", Verdict.SUSPICIOUS, None),
    )  # fmt: skip
    assert found.taken() == [0]
    assert found.refused() == [1, 2, 3, 5]
    assert (found.n_taken, found.n_refused) == (1, 4)
    assert found.decide(range(6), True) == 3
    assert found.taken() == [0, 1, 2]
    assert (found.n_taken, found.n_refused) == (3, 2)
    assert found.decide([0, 0], False) == 2
    assert (found.taken(), found.n_taken) == ([1, 2], 2)


def test_a_decision_stays_when_the_file_is_read_anew():
    found = paper(line(), line(4, "HLJ/2", Verdict.SUSPICIOUS))
    found.decide([0], False)
    found.decide([1], True)
    found.put(reading(line(9, "X/1"), line(5, "HLJ/2", Verdict.SUSPICIOUS), line(6), batch=2))
    assert found.taken() == [0, 1]
    assert found.n_taken == 2


def test_a_yes_holds_for_what_was_seen_and_a_no_for_good():
    found = paper(line(verdict=Verdict.CONFLICT), line(4, "HLJ/2"), line(5, "HLJ/3"))
    found.decide([0, 1], True)
    found.decide([2], False)
    found.put(reading(
        line(verdict=Verdict.CONFLICT, after="90"), line(4, "HLJ/2", Verdict.CONFLICT),
        line(5, "HLJ/3", after="80"),
    ))  # fmt: skip
    assert found.taken() == []
    assert found.n_taken == 0
    found.put(reading(line(after="90"), line(4, "HLJ/2"), line(5, "HLJ/3")))
    assert found.taken() == [0, 1]


def test_two_lines_of_one_item_are_told_apart():
    found = paper(line(3), line(4))
    found.decide([1], False)
    found.put(reading(line(3), line(4)))
    assert found.taken() == [0]


def test_what_was_decided_comes_back_with_the_file():
    desk = Desk()
    first = desk.add(Path("/a.xlsx"))
    first.put(reading(line()))
    first.decide([0], False)
    assert desk.add(Path("/a.xlsx")) is first
    desk.remove(first.key)
    again = desk.add(Path("/a.xlsx"))
    again.put(reading(line()))
    assert again.key != first.key
    assert again.taken() == []


def test_only_what_stood_on_the_screen_is_written():
    found = paper(line(), line(4, "HLJ/2", Verdict.SUSPICIOUS))
    found.decide([1], True)
    taken = Taken([found])
    assert len(taken) == 2
    proposal = found.reading.proposal
    for each in proposal.lines:
        assert taken(proposal, each)
    assert not taken(proposal, line(after="99"))
    assert not taken(proposal, line(verdict=Verdict.CONFLICT))
    assert not taken(reading(line(), digest="other").proposal, line())


# Rows


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
    found = reading(
        line(3, "A/1"), line(4, "A/2", Verdict.UNCHANGED, None), line(5, "A/3", Verdict.CONFLICT),
        line(6, "A/4"), line(7, "A/5", Verdict.UNREADABLE, None),
    )  # fmt: skip

    def told(each):
        return each.ref

    assert places_of(found, Wanted(), told) == [2, 4, 0, 3]
    assert places_of(found, Wanted(unchanged=True), told) == [2, 4, 0, 3, 1]
    assert places_of(found, Wanted(text="a/3"), told) == [2]
    assert [read_key(key) for key in rows_of(7, found, [2, 0])] == [(7, 2, 0), (7, 0, 0)]
    assert read_key(key_of(3, 99_999, 255)) == (3, 99_999, 255)
