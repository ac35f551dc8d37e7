"""Backups of a store: made and proved, one each day by themselves, listed, let go of in time."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from rectify_tui.errors import Problem, Refusal
from rectify_tui.part_file import make_folder, put_in_place, put_new
from rectify_tui.store.chain import HASH, head
from rectify_tui.store.connection import Address, Connection, engine
from rectify_tui.store.copying import Head, backup_folder, copied

DAYS_KEPT, WEEKS_KEPT = 7, 4
"""How many daily backups stay, and of how many weeks the newest one."""

_MOMENT = r"\d{4}-\d\d-\d\dT\d{6}(\.\d+)?"

_KINDS = {
    "daily": r"\d{4}-\d\d-\d\d",
    "by_hand": _MOMENT,
    "replaced": rf"{_MOMENT}\.replaced",
    "repair": rf"{_MOMENT}\.repair",
    "migration": r".*\.\d+-[0-9a-f]{8}",
}
"""What lies in the folder of backups, by what stands between the store's name and the ending."""


class Backup(NamedTuple):
    """A copy in the folder of backups. `head` is None where it cannot be read."""

    path: Path
    kind: str
    written_at: datetime
    head: Head | None


# making


def back_up(address: Address, path: Path, *, replace: bool = False) -> Head:
    """Copy a store to a file, whoever is writing meanwhile, and prove the copy; how far it goes.

    Its evidence is copied beside the file first: what was recorded by then has its files.

    The file appears whole or not at all, for its owner alone. Raises `FileExistsError` without
    `replace`, `Refusal` where the copy does not hold together, `Problem` and `OSError`.
    """
    with copied(address, path) as part:
        stands_at = prove(part, address)
        from rectify_tui.store import evidence

        evidence.copy_all(evidence.folder_of(address), evidence.folder_for_backup(address, path))
        (put_in_place if replace else put_new)(part, path)
    return stands_at


def prove(copy: Address, source: Address) -> Head:
    """See that a copy is a whole ledger: its pages, and the chain from the first row to the head.

    Raises `Refusal`, which names the source, where it is not.
    """
    with contextlib.closing(engine.connect(copy)) as connection:
        fault = _first_fault(connection)
        if fault is not None:
            raise Refusal("backup.not_whole", path=source, fault=fault)
        return head(connection)


def _first_fault(connection: Connection) -> Problem | None:
    from rectify_tui.store.check import run_checks

    for finding in run_checks(connection):
        if finding.check in (engine.NAME, "chain") and not finding.ok:
            return finding.faults[0]
        if finding.check == "chain":  # what the checks after it look at is derived from history
            break
    return None


def backup_path(address: Address, now: datetime, why: str = "") -> Path:
    """A name that is free for a copy made now: by hand, or because of `replaced` or `repair`."""
    make_folder(backup_folder(address))
    for count in itertools.count(1):
        label = f"{now:%Y-%m-%dT%H%M%S}" + (f".{count}" if count > 1 else "")
        path = _named(address, f"{label}.{why}" if why else label)
        if not engine.anything_of(path):
            break
    return path


def is_earlier_copy(connection: Connection, path: Path) -> bool:
    """Whether a file is a store at rest that holds nothing which this one does not hold too."""
    if not path.is_file() or engine.log_size(path):
        return False
    try:
        with engine.without_log(path) as other:
            number, hash = head(other)
            ours = engine.is_ours(other)
    except engine.UNREADABLE:
        return False
    row = connection.execute(f"SELECT {HASH} FROM history WHERE seq = ?", [number]).fetchone()
    return ours and (number == 0 or row == (hash,))


# each day


def daily_path(address: Address, day: date) -> Path:
    """Where the backup of a day lies."""
    return _named(address, day.isoformat())


def is_temporary(address: Address) -> bool:
    """Whether a store lies among the system's temporary files, as that of a demo does."""
    named = filter(None, map(os.environ.get, ("TMPDIR", "TEMP", "TMP")))
    # as `tempfile` finds it, but without loading that, or writing there to see whether one may
    folder = next(named, "/tmp")  # noqa: S108 - nothing is written there
    return address.resolve().is_relative_to(Path(folder).resolve())


def keep_daily(address: Address, day: date) -> Head | None:
    """Make the backup of a day, unless there is one, and let go of those past their time.

    Raises as `back_up` does, and then lets go of none.
    """
    path = daily_path(address, day)
    if path.exists():
        return None
    make_folder(path.parent)
    try:
        stands_at = back_up(address, path)
    except FileExistsError:  # another one was quicker
        return None
    for old in _past_their_time(dict(_dailies(address)), day):
        old.unlink(missing_ok=True)
    return stands_at


def _dailies(address: Address) -> Iterator[tuple[date, Path]]:
    for path, kind, label in _kept(address):
        if kind == "daily":
            with contextlib.suppress(ValueError):  # a name like it, though no day
                yield date.fromisoformat(label), path


def _past_their_time(dailies: dict[date, Path], today: date) -> Iterator[Path]:
    """Those that are not of the newest days, nor the newest of one of the newest weeks.

    Days to come, of a clock that was wrong once, are left out: they would take the others' place.
    """
    days = sorted((day for day in dailies if day <= today), reverse=True)
    weeks: dict[tuple[int, int], date] = {}
    for day in days:
        weeks.setdefault(day.isocalendar()[:2], day)
    stay = {*days[:DAYS_KEPT], *list(weeks.values())[:WEEKS_KEPT]}
    yield from (dailies[day] for day in days if day not in stay)


# listing


def backups_of(address: Address) -> list[Backup]:
    """All that is kept of a store, the newest first."""
    backups = [_described(path, kind) for path, kind, _ in _kept(address)]
    return sorted(backups, key=lambda backup: (backup.written_at, backup.path), reverse=True)


def _described(path: Path, kind: str) -> Backup:
    written_at = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    try:
        with engine.without_log(path) as connection:
            stands_at = head(connection) if engine.is_ours(connection) else None
    except engine.UNREADABLE:
        stands_at = None
    return Backup(path, kind, written_at, stands_at)


def _kept(address: Address) -> Iterator[tuple[Path, str, str]]:
    """Path, kind and label of each file in the folder of backups that is of this store."""
    begin, end = f"{address.name}.", ".bak"
    folder = backup_folder(address)
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.name.startswith(begin) and path.name.endswith(end):
            label = path.name[len(begin) : -len(end)]
            for kind, form in _KINDS.items():
                if re.fullmatch(form, label):
                    yield path, kind, label
                    break


def _named(address: Address, label: str) -> Path:
    return backup_folder(address) / f"{address.name}.{label}.bak"


def found_backup(address: Address, name: Path) -> Path:
    """The file that was named, by its path or as it is listed. Raises `Problem` for neither."""
    for path in (name, backup_folder(address) / name):
        if path.is_file():
            return path
    raise Problem("backup.missing", path=name)
