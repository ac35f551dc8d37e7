"""Files that are written for people: whole, never over a ledger, over another only if told."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from rectify_tui.errors import Problem
from rectify_tui.reports.new_file import FileExists, require_free, write_whole
from rectify_tui.store.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "led.db"
    Ledger.create(path).close()
    return path


def test_a_new_file_is_there_whole_and_nothing_beside_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "周报.csv", b"a,b\n")
    assert (tmp_path / "周报.csv").read_bytes() == b"a,b\n"
    assert [path.name for path in tmp_path.iterdir()] == ["周报.csv"]


def test_another_file_stays_unless_it_may_go(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"mine")
    path.chmod(0o640)
    with pytest.raises(FileExists):
        write_whole(path, b"new")
    assert path.read_bytes() == b"mine"
    write_whole(path, b"new", force=True)
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name == "nt", reason="rights of files are others there")
def test_what_holds_rows_of_a_ledger_is_for_its_owner_alone(tmp_path: Path) -> None:
    mine, shared, ours = (tmp_path / name for name in ("mine", "shared", "ours"))
    shared.touch()
    shared.chmod(0o664)
    before = os.umask(0o022)
    write_whole(mine, b"x", private=True)
    write_whole(shared, b"x", private=True, force=True)
    write_whole(ours, b"x")
    os.umask(before)
    rights = [stat.S_IMODE(path.stat().st_mode) for path in (mine, shared, ours)]
    assert rights == [0o600, 0o664, 0o644]


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize(
    "name", ["led.db", "led.db-wal", "led.db-shm", "led.db-journal", "link.csv", "hard.csv"]
)
def test_a_ledger_is_never_replaced(ledger: Path, name: str, force: bool) -> None:
    path = ledger.parent / name
    if name == "link.csv":
        path.symlink_to(ledger)
    if name == "hard.csv":
        os.link(ledger, path)
    before = ledger.read_bytes()
    with pytest.raises(Problem) as caught:
        write_whole(path, b"BEGIN:VCALENDAR", force=force)
    assert caught.value.key == "new_file.is_ledger"
    assert ledger.read_bytes() == before


def test_a_log_is_known_by_its_content_too(ledger: Path) -> None:
    log = ledger.with_name("renamed.bin")
    log.write_bytes(b"\x37\x7f\x06\x82" + bytes(28))
    with pytest.raises(Problem) as caught:
        require_free(log, force=True)
    assert caught.value.key == "new_file.is_ledger"


def test_a_link_to_a_file_keeps_being_one(tmp_path: Path) -> None:
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_whole(link, b"new", force=True)
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_parts_of_killed_runs_go_and_those_of_running_ones_stay(tmp_path: Path) -> None:
    old, fresh = tmp_path / ".a.txt.0011.part", tmp_path / ".a.txt.2233.part"
    other = tmp_path / ".b.txt.4455.part"
    for part in (old, fresh, other):
        part.write_bytes(b"half")
    for part in (old, other):
        os.utime(part, (time.time() - 7200,) * 2)
    write_whole(tmp_path / "a.txt", b"whole")
    assert not old.exists()
    assert fresh.exists()
    assert other.exists()


@pytest.mark.skipif(os.name == "nt", reason="a process cannot be given so little room there")
def test_a_file_that_finds_no_room_leaves_the_one_before_and_nothing_else(tmp_path: Path) -> None:
    import resource

    path = tmp_path / "a.csv"
    path.write_bytes(b"before")
    room = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, room[1]))
    try:
        with pytest.raises(OSError, match=r".") as caught:
            write_whole(path, bytes(100_000), force=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, room)
    assert caught.value.filename == str(path)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_where_nothing_can_be_written_the_path_is_named(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "no" / "a.txt"):
        with pytest.raises(OSError, match=r".") as caught:
            require_free(path)
        assert caught.value.filename == str(path)
