"""A folder that is watched."""

from __future__ import annotations

import pytest

from rectify_tui.errors import Problem
from rectify_tui.intake.workspace.folder_watch import FolderWatch


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
