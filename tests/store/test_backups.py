"""Backups are whole, made while others write, kept for their time; restoring loses nothing."""

from __future__ import annotations

import shutil
import stat
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from country import add, dump, healthy, put
from forger import chained_anew, do, plain, without_triggers

from rectify_tui.errors import Problem, Refusal
from rectify_tui.store import anchors, backups
from rectify_tui.store.chain import head
from rectify_tui.store.check import run_checks
from rectify_tui.store.copying import put_filled
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.restoring import restore
from rectify_tui.store.sqlite import connect

NOW = datetime(2020, 3, 6, 9, 12)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# making


def test_a_backup_is_a_whole_ledger_made_while_somebody_writes(busy: Ledger) -> None:
    target = backups.backup_path(busy.address, NOW)
    with busy.batch("set", who="李") as writing:
        before = head(busy.reader())
        assert backups.back_up(busy.address, target) == before
        writing.draft.change("item", 1, {"note": "后来"}, "2020-03-06")
    assert names(target.parent) == ["busy.db.2020-03-06T091200.bak"]
    assert (rights(target), rights(target.parent)) == (0o600, 0o700)
    copy = Ledger(target)
    assert healthy(copy)
    assert head(copy.reader()) == before
    copy.close()
    with pytest.raises(FileExistsError):
        backups.back_up(busy.address, target)
    assert backups.back_up(busy.address, target, replace=True) == head(busy.reader())


def test_what_does_not_hold_together_is_no_backup(busy: Ledger) -> None:
    with closing(connect(busy.address, write=True)) as connection:
        connection.execute("DROP TRIGGER history_no_update")
        connection.execute("UPDATE history SET new = '\"x\"' WHERE seq = 2")
    path = backups.daily_path(busy.address, NOW.date())
    with pytest.raises(Refusal) as caught:
        backups.keep_daily(busy.address, NOW.date())
    assert caught.value.params["fault"].key == "check.hash"
    assert names(path.parent) == []


def test_only_an_earlier_copy_of_the_same_ledger_may_go(busy: Ledger, country_store: Path) -> None:
    copy, other = busy.address.with_name("copy"), busy.address.with_name("other")
    backups.back_up(busy.address, copy)
    shutil.copy(country_store, other)
    put(busy, 1, note="更新")
    assert backups.is_earlier_copy(busy.reader(), copy)
    assert backups.is_earlier_copy(busy.reader(), other)  # both began as this country
    ahead = Ledger(other)
    add(ahead, 1, "77")
    ahead.close()
    assert not backups.is_earlier_copy(busy.reader(), other)
    assert not backups.is_earlier_copy(busy.reader(), busy.address.with_name("nothing"))


def test_a_store_gets_its_name_with_what_its_log_holds(busy: Ledger, tmp_path: Path) -> None:
    part, path = tmp_path / "part", tmp_path / "whole.db"
    busy.reader().execute("SELECT 1 FROM batch").fetchall()
    put(busy, 1, note="日志")
    for ending in ("", "-wal"):
        shutil.copy(f"{busy.address}{ending}", f"{part}{ending}")
    with closing(connect(part)) as reading:
        reading.execute("SELECT 1 FROM batch").fetchall()
        with pytest.raises(Problem, match=r"store\.in_use"):  # so that the log cannot be emptied
            put_filled(part, path)
    assert not path.exists()
    put_filled(part, path)
    assert dump(path) == dump(busy.address)
    assert "part-wal" not in names(tmp_path)


# each day


def test_seven_days_and_four_weeks_are_kept(country: Ledger) -> None:
    first = date(2020, 1, 6)  # a Monday
    folder = backups.daily_path(country.address, first).parent
    folder.mkdir()
    others = ["country.db.2020-01-06T101112.bak", "other.db.2020-01-06.bak", "country.db.old.bak",
              "country.db.2031-01-01.bak", "country.db.2020-02-31.bak"]  # fmt: skip
    for name in others:
        (folder / name).write_bytes(b"")
    for day in range(40):
        backups.daily_path(country.address, first + timedelta(day)).write_bytes(b"")
    today = first + timedelta(40)  # a Saturday
    assert backups.keep_daily(country.address, today) == head(country.reader())
    assert backups.keep_daily(country.address, today) is None
    days = [today - timedelta(back) for back in range(7)]
    weeks = [date(2020, 2, 2), date(2020, 1, 26)]  # and the newest of both weeks before today
    kept = [backups.daily_path(country.address, day).name for day in (*days, *weeks)]
    assert names(folder) == sorted([*others, *kept])


def test_stores_that_are_thrown_away_are_told(country: Ledger) -> None:
    assert backups.is_temporary(country.address)
    assert not backups.is_temporary(Path("/var/lib/ledger.db"))


# listing and restoring


def test_a_ledger_goes_back_to_a_backup_and_what_it_was_is_kept(busy: Ledger) -> None:
    address, backup = busy.address, backups.backup_path(busy.address, NOW)
    then = backups.back_up(address, backup)
    put(busy, 1, note="丢不得")
    now, before, whole = head(busy.reader()), dump(address), dump(backup)
    with pytest.raises(Problem, match=r"store\.in_use"):
        restore(address, backup, NOW)
    assert dump(address) == before
    busy.close()
    address.chmod(0o660)
    restored = restore(address, backup, NOW)
    assert (restored.head, restored.stood_at) == (then, now)
    assert rights(address) == 0o660
    assert dump(address) == whole == dump(backup)
    assert restored.kept is not None
    assert dump(restored.kept) == before
    with closing(connect(address)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    listed = backups.backups_of(address)
    assert {each.kind: each.head for each in listed} == {"by_hand": then, "replaced": now}
    restore(address, backups.found_backup(address, Path(restored.kept.name)), NOW)
    assert dump(address) == before


def test_what_is_no_whole_ledger_is_not_restored(
    busy: Ledger, tmp_path: Path, country_store: Path
) -> None:
    busy.close()
    folder = tmp_path / "files"
    folder.mkdir()
    paths = [folder / name for name in ("text", "cut", "other", "newer")]
    for path in paths[1:]:
        shutil.copy(country_store, path)
    paths[0].write_text("整改台账")
    paths[1].write_bytes(country_store.read_bytes()[:50_000])
    for path, statement in (
        (paths[2], "PRAGMA application_id = 7"),
        (paths[3], "UPDATE _sqlite_migrations SET name = '9999_later' WHERE name = '0009_phone'"),
    ):
        with closing(connect(path, write=True)) as connection:
            connection.execute(statement)
    before = dump(busy.address)
    for path in (*paths, busy.address):
        with pytest.raises(Problem):
            restore(busy.address, path, NOW)
    assert dump(busy.address) == before
    assert not backups.backups_of(busy.address)
    assert not [name for name in names(busy.address.parent) if name.endswith(".part")]


def told(address: Path) -> tuple[list[str], list[str]]:
    """What the check of kept heads says: its faults and its remarks."""
    with closing(connect(address)) as connection:
        found = {each.check: each for each in run_checks(connection, anchors.read(address))}
    finding = found.pop("anchors")
    assert all(each.ok for each in found.values())
    return [each.key for each in finding.faults], [each.key for each in finding.remarks]


def test_heads_that_were_kept_stay_with_the_ledger_they_are_of(busy: Ledger) -> None:
    address, backup = busy.address, backups.backup_path(busy.address, NOW)
    busy.keep_head("check")
    backups.back_up(address, backup)
    put(busy, 1, note="丢不得")
    busy.keep_head("freeze")
    lines = busy.anchor_file.read_bytes()
    busy.close()
    replaced = restore(address, backup, NOW).kept
    assert replaced is not None
    assert told(address) == ([], ["check.restored"])  # its later head is given up
    assert told(replaced) == ([], [])  # and kept with what it is a head of
    assert busy.anchor_file.read_bytes().startswith(lines)
    assert anchors.anchor_file(replaced).read_bytes() == lines
    ledger = Ledger(address, clock=busy.clock)
    put(ledger, 1, note="另写")
    ledger.keep_head("check")
    ledger.close()
    assert told(address) == ([], ["check.restored"])
    again = restore(address, replaced, NOW).kept  # in the same second
    assert again is not None
    assert again != replaced
    assert told(address) == told(replaced) == ([], [])
    assert told(again) == ([], ["check.restored"])
    address.unlink()
    assert restore(address, backup, NOW).kept is None
    assert told(address) == ([], ["check.restored"])  # the file of heads outlived its ledger


@pytest.mark.journeys
def test_a_backup_on_another_path_has_the_same_head(
    busy: Ledger, seeded: Ledger, tmp_path: Path
) -> None:
    backup, elsewhere = tmp_path / "usb.bak", tmp_path / "elsewhere" / "ledger.db"
    then = backups.back_up(busy.address, backup)
    busy.keep_head("backup")
    lines = busy.anchor_file.read_bytes()
    restored = restore(elsewhere, backup, NOW)
    assert (restored.head, restored.kept, restored.other) == (then, None, False)
    assert told(elsewhere) == ([], [])
    assert busy.anchor_file.read_bytes() == lines
    assert (rights(elsewhere), rights(elsewhere.parent)) == (0o600, 0o700)
    seeded.keep_head("check")
    theirs = seeded.anchor_file.read_bytes()
    seeded.close()
    restored = restore(seeded.address, backup, NOW)
    assert restored.other
    assert restored.kept is not None
    assert told(seeded.address) == told(restored.kept) == ([], [])
    assert anchors.anchor_file(restored.kept).read_bytes() == theirs


def test_a_backup_with_another_history_than_was_kept_is_not_restored(busy: Ledger) -> None:
    backup = backups.backup_path(busy.address, NOW)
    put(busy, 1, note="原文")
    busy.keep_head("backup")
    backups.back_up(busy.address, backup)
    busy.close()
    do(backup, without_triggers("UPDATE history SET new = '\"改\"' WHERE new = '\"原文\"'"),
       chained_anew)  # fmt: skip
    before = dump(busy.address)
    with pytest.raises(Refusal) as caught:
        restore(busy.address, backup, NOW)
    assert caught.value.key == "backup.other_history"
    assert caught.value.params["fault"].key == "check.head_other"
    assert dump(busy.address) == before
    busy.anchor_file.rename(busy.anchor_file.with_suffix(".aside"))
    assert restore(busy.address, backup, NOW).head


def test_a_backup_of_an_older_version_is_brought_up_to_date(busy: Ledger) -> None:
    backup = backups.backup_path(busy.address, NOW)
    backups.back_up(busy.address, backup)
    whole = dump(busy.address)
    do(backup, plain("DROP TABLE past_assignment", "ALTER TABLE batch DROP COLUMN on_behalf",
                     "DELETE FROM _sqlite_migrations WHERE name IN"
                     " ('0011_on_behalf', '0012_assignments')"))  # fmt: skip
    busy.close()
    restore(busy.address, backup, NOW)
    ledger = Ledger(busy.address)
    assert ledger.backup is None
    assert healthy(ledger)
    assert dump(busy.address)["history"] == whole["history"]
    ledger.close()


def test_a_damaged_ledger_is_kept_with_its_log(busy: Ledger) -> None:
    address, backup = busy.address, backups.backup_path(busy.address, NOW)
    then = backups.back_up(address, backup)
    busy.close()
    log = address.with_name(address.name + "-wal")
    address.write_bytes(b"\xff" * 9000)
    log.write_bytes(b"log")
    restored = restore(address, backup, NOW)
    assert (restored.head, restored.stood_at) == (then, None)
    assert restored.kept is not None
    assert restored.kept.read_bytes() == b"\xff" * 9000
    assert restored.kept.with_name(restored.kept.name + "-wal").read_bytes() == b"log"
    assert not log.exists()
    address.unlink()
    assert restore(address, backup, NOW).kept is None
    ledger = Ledger(address)
    assert healthy(ledger)
    ledger.close()
