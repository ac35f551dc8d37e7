"""Heads that were kept: a history that was written anew or cut short no longer fits them."""

from __future__ import annotations

import os
import shutil
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from country import put
from forger import chained_anew, cut, do, without_triggers
from moving_clock import Clock

from rectify_tui.errors import Problem
from rectify_tui.store import anchors
from rectify_tui.store.chain import head
from rectify_tui.store.check import run_checks
from rectify_tui.store.findings import Finding
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.repair import repair

REWORDED = without_triggers("UPDATE history SET new = '\"ahead\"' WHERE new = '\"behind\"'")


def kept(ledger: Ledger, *paper: anchors.KeptHead) -> Finding:
    """What comes of holding the heads against history."""
    outside = anchors.read(ledger.address).and_also(paper)
    return next(each for each in run_checks(ledger.reader(), outside) if each.check == "anchors")


def faults(ledger: Ledger, *paper: anchors.KeptHead) -> list[str]:
    return [fault.key for fault in kept(ledger, *paper).faults]


def remarks(ledger: Ledger, *paper: anchors.KeptHead) -> list[str]:
    return [remark.key for remark in kept(ledger, *paper).remarks]


def with_its_rest_rebuilt(ledger: Ledger) -> None:
    """As a careful forger leaves it: nothing inside the store contradicts anything else."""
    aside = ledger.anchor_file.rename(ledger.anchor_file.with_suffix(".aside"))
    repair(ledger)
    ledger.anchor_file.unlink()
    aside.rename(ledger.anchor_file)
    inside = run_checks(ledger.reader())
    assert [each.check for each in inside if not each.ok] == []


def test_a_head_is_a_line_of_a_file_for_its_owner_alone(busy: Ledger, clock: Clock) -> None:
    assert remarks(busy) == ["check.anchors_missing"]
    assert busy.keep_head("freeze")
    seq, hash = head(busy.reader())
    line = f"{seq}\t{hash}\t{busy.newest_batch()}\t2020-03-06T01:00:00Z\tfreeze\n"
    assert busy.anchor_file.read_text() == line
    if os.name != "nt":
        assert stat.S_IMODE(busy.anchor_file.stat().st_mode) == 0o600
    assert (faults(busy), remarks(busy)) == ([], [])
    for _ in range(2):  # the same head again says nothing new on the same day
        assert busy.keep_head("check")
    clock.move(days=1)
    assert busy.keep_head("check")
    assert len(busy.anchor_file.read_text().splitlines()) == 2
    with busy.anchor_file.open("a") as file:
        file.write("???\n")
    assert (faults(busy), remarks(busy)) == ([], ["check.anchors_lines"])


def test_a_file_that_cannot_be_kept_or_read_stops_nothing(busy: Ledger) -> None:
    busy.anchor_file.mkdir()
    assert not busy.keep_head("check")
    assert (faults(busy), remarks(busy)) == ([], ["check.anchors_unreadable"])


def test_a_history_written_anew_no_longer_has_the_heads_that_were_kept(busy: Ledger) -> None:
    busy.keep_head("check")
    put(busy, 1, note="später")
    busy.keep_head("freeze")
    do(busy.address, REWORDED, chained_anew)
    with_its_rest_rebuilt(busy)
    assert faults(busy) == ["check.head_other", "check.head_other"]
    assert remarks(busy) == ["check.none_stands"]


def test_it_is_said_up_to_where_history_is_still_the_one_that_was(busy: Ledger) -> None:
    busy.keep_head("check")
    stands = head(busy.reader())[0]
    put(busy, 1, note="erst")
    busy.keep_head("check")
    do(busy.address, without_triggers("UPDATE history SET new = '\"x\"' WHERE new = '\"erst\"'"),
       chained_anew)  # fmt: skip
    with_its_rest_rebuilt(busy)
    finding = kept(busy)
    assert [fault.params["seq"] for fault in finding.faults] == [stands + 1]
    (remark,) = finding.remarks
    assert (remark.key, remark.params["seq"]) == ("check.stands_until", stands)
    mistaken = anchors.KeptHead(2, "0" * 12, "paper")
    do(busy.address, without_triggers(f"DELETE FROM history WHERE seq > {stands}"))
    assert "check.later_stands" in remarks(busy, mistaken)


def test_a_history_cut_short_ends_before_a_head_that_was_kept(busy: Ledger, clock: Clock) -> None:
    busy.keep_head("check")
    last = busy.newest_batch()
    clock.move(days=3)
    for n in range(2):
        put(busy, 1, note=str(n))
    busy.keep_head("backup")
    do(busy.address, cut(last))
    with_its_rest_rebuilt(busy)
    (fault,) = kept(busy).faults
    assert fault.key == "check.shortened"
    assert (fault.params["n"], fault.params["since"]) == (2, "2020-03-06")
    assert isinstance(fault.params["judged"], Problem)
    assert fault.params["judged"].key == "check.older_copy"


def test_an_older_copy_that_came_back_on_purpose_is_told_and_no_fault(busy: Ledger) -> None:
    copy = busy.address.with_name("copy.db")
    shutil.copy(busy.address, copy)
    put(busy, 1, note="weg")
    busy.keep_head("check")
    busy.close()
    shutil.copy(copy, busy.address)
    for ending in ("-wal", "-shm"):
        busy.address.with_name(busy.address.name + ending).unlink(missing_ok=True)
    assert faults(busy) == ["check.shortened"]
    busy.keep_head("restore")
    put(busy, 1, note="anders")
    busy.keep_head("check")
    assert (faults(busy), remarks(busy)) == ([], ["check.restored"])


def test_heads_inside_the_store_are_held_against_history(
    busy: Ledger, seeded: Ledger, tmp_path: Path
) -> None:
    with busy.batch("return_make") as writing:
        seq, hash = head(writing.draft.connection)
        values = {"code": "R1", "region_id": 1, "cutoff": "2020-03-06", "due_on": "2020-03-06",
                  "item_ids": "1", "head_seq": seq, "head_hash": hash}  # fmt: skip
        writing.draft.create("return_sheet", values, "2020-03-06")
    assert (kept(busy).looked_at, faults(busy)) == (1, [])
    do(busy.address, REWORDED, chained_anew)
    repair_inside = run_checks(busy.reader())
    assert "anchors" in {each.check for each in repair_inside if not each.ok}


def test_a_new_store_is_not_held_against_the_heads_of_one_that_was_there(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    for _ in range(2):
        ledger = Ledger.create(path, clock=Clock())
        with ledger.batch("x") as writing:
            writing.draft.create("unit", {"name": "甲局"}, "2020-03-06")
        ledger.keep_head("check")
        assert faults(ledger) == []
        ledger.close()
        path.unlink()
    assert sorted(file.name for file in tmp_path.glob("*anchors*")) == [
        "ledger.db.anchors", "ledger.db.anchors.1.bak",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["{seq}:{short}", " {seq} {long} ", "{seq}：{upper}", "No. {seq}, hash {long}",
     "台账历史：存档时最新为第 {seq} 条，链值 {long}",
     "the newest row at the freezing was number {seq}, with the hash {long}"],
)  # fmt: skip
def test_a_head_from_paper_is_read_as_people_write_it(busy: Ledger, text: str) -> None:
    seq, hash = head(busy.reader())
    written = text.format(seq=seq, short=hash[:8], long=hash, upper=hash.upper())
    for each in (written, written.translate({n: n + 0xFEE0 for n in range(0x30, 0x7B)})):
        paper = anchors.read_paper(each)
        assert paper.seq == seq
        assert hash.startswith(paper.hash)
        assert "check.stands" in remarks(busy, paper)
        assert faults(busy, replace(paper, hash="0" * 12)) == ["check.head_other"]
        assert faults(busy, replace(paper, seq=999)) == ["check.head_missing"]


@pytest.mark.parametrize("text", ["", "128", "128:3f5a", "3f5a09c2", "x:3f5a09c2zz"])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(Problem) as caught:
        anchors.read_paper(text)
    assert caught.value.key == "check.no_anchor"
