"""Files as evidence: taken, pointed out, listed, proved, in backups and out of them again."""

from __future__ import annotations

import hashlib
import shutil

import pytest

from rectify_tui.paths import config_folder
from tests.photograph import photograph

TAKEN = photograph("2020:03:05 10:00:00", 46.58, 125.10)


@pytest.fixture
def files(small, tmp_path, monkeypatch):
    """A ledger with two items, beside photographs and a document."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    small("item", "add", "P-1/2", "--problem", "黑臭水体")
    (tmp_path / "现场.jpg").write_bytes(TAKEN)
    (tmp_path / "copy.JPG").write_bytes(TAKEN)
    (tmp_path / "意见.pdf").write_bytes(b"%PDF-1.7 ...")
    return small


def folder(small):
    return small.db.with_name(small.db.name + ".evidence")


def test_a_file_is_kept_by_its_content_under_its_name_and_told_of(files):
    files("evidence", "add", "P-1/1", "现场.jpg", "意见.pdf", "--day", "2020-03-05",
          "--at", "46.581,125.101", "--on", "2020-03-06", "--note", "整改后")  # fmt: skip
    digest = hashlib.sha256(TAKEN).hexdigest()
    assert (folder(files) / digest / "现场.jpg").read_bytes() == TAKEN
    photo, document = files.rows("evidence", "list", "P-1/1")
    assert photo["digest"] == digest
    assert (photo["day"], photo["added_on"]) == ("2020-03-05", "2020-03-06")
    assert photo["taken_at"] == "2020-03-05T10:00:00"
    assert (photo["taken_latitude"], photo["taken_longitude"]) == (46.58, 125.1)
    assert photo["differs"] == []
    assert document["taken_at"] is None
    assert files.rows("evidence", "list", "--as-of", "2020-03-05") == []
    assert "现场.jpg" in files("item", "show", "P-1/1", lang="zh").stdout
    (shown,) = files.rows("item", "show", "P-1/1")
    assert [each["name"] for each in shown["evidence"]] == ["现场.jpg", "意见.pdf"]
    assert "现场.jpg" in files("log", "P-1/1").stdout
    files("check")
    files("undo")
    assert files.rows("evidence", "list") == []
    assert (folder(files) / digest).exists()
    files("undo", str(files.rows("log")[0]["batch"]))  # which brings it again
    assert len(files.rows("evidence", "list")) == 2
    files("check")


def test_the_same_photograph_another_day_and_another_place_are_pointed_out(files):
    assert files("evidence", "add", "P-1/1", "现场.jpg").stderr == ""
    told = files("evidence", "add", "P-1/2", "copy.JPG", "--day", "2020-03-08",
                 "--at", "46.60,125.10", lang="zh").stderr  # fmt: skip
    assert "已作为 P-1/1 的佐证用过" in told
    assert "现场.jpg" in told
    assert "相差 3 天" in told
    assert "相距 2224 米" in told
    (row,) = files.rows("evidence", "list", "P-1/2")
    assert row["differs"] == ["day", "place"]
    assert len(list(folder(files).iterdir())) == 1


def test_what_is_no_evidence_is_not_taken(files, tmp_path):
    def refused(name: str, content: bytes, *more: str) -> str:
        (tmp_path / name).write_bytes(content)
        return files.refused("evidence", "add", "P-1/1", name, *more, code=2, lang="zh")

    assert "可以收" in refused("run.exe", b"MZ")
    assert "不是 jpg 文件" in refused("假.jpg", b"<html>")
    assert "空文件" in refused("空.pdf", b"")
    assert "内容相同" in refused("又.jpg", TAKEN, "现场.jpg")
    assert "晚于今天" in refused("好.jpg", TAKEN, "--day", "2027-01-01")
    assert "北纬、东经" in refused("好.jpg", TAKEN, "--at", "125.10,146.58")
    assert "读不了" in files.refused("evidence", "add", "P-1/1", "没有.jpg", code=2, lang="zh")
    config_folder().mkdir(parents=True)
    (config_folder() / "evidence.toml").write_text('types = ["txt"]\nlargest_mb = 1\n', "utf-8")
    assert "可以收：txt" in refused("好.jpg", TAKEN)
    assert "上限 1.0 MB" in refused("大.txt", b"a" * (2**20 + 1))
    assert files.rows("evidence", "list") == []


def test_what_is_missing_or_altered_is_found_and_comes_back_from_a_backup(files, tmp_path):
    files("evidence", "add", "P-1/1", "现场.jpg", "意见.pdf")
    usb = tmp_path / "usb" / "台账.bak"
    usb.parent.mkdir()
    files("backup", str(usb))
    files("backup")
    files("evidence", "save", "P-1/1", "-o", "out")
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".jpg", ".pdf"]
    kept = folder(files) / hashlib.sha256(TAKEN).hexdigest() / "现场.jpg"
    kept.write_bytes(TAKEN[:-1] + b"\0")
    files("check")  # which looks at sizes alone
    assert "已被改动" in files("evidence", "check", code=1, lang="zh").stdout
    again = files("evidence", "save", "P-1/1", "-o", "out2", code=2, lang="zh")
    assert "不是当初收下的内容" in again.stderr
    files("restore", str(usb))
    files("evidence", "check")  # what was altered is whole again
    shutil.rmtree(folder(files))
    assert "缺失" in files("check", code=1, lang="zh").stdout
    files("restore", str(usb))
    files("evidence", "check")
    shutil.rmtree(folder(files))
    backups = sorted((tmp_path / "backups").glob("*.bak"))
    by_hand = next(path for path in backups if "T" in path.name and "replaced" not in path.name)
    moved = tmp_path / "elsewhere"
    shutil.copytree(tmp_path / "backups", moved)
    files("restore", str(moved / by_hand.name))
    files("evidence", "check")
    files("check")
