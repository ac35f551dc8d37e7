"""Paths as terminals type them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rectify_tui.errors import Problem
from rectify_tui.paths import shown_path
from rectify_tui.tui.typed_paths import complete, files_of, folder_of, read_paths


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
    assert shown_path(folder / "b.csv") == "~/b.csv"
    assert shown_path(Path(f"{folder}2")) == f"{folder}2"


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
