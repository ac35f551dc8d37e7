"""Evidence: files kept by their SHA-256 in a folder beside the store, and what is known of them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from rectify_tui.domain.evidence import Seen
from rectify_tui.domain.position import position_at
from rectify_tui.errors import Problem
from rectify_tui.part_file import OWNER_ONLY, make_folder, part_beside, put_new
from rectify_tui.store.connection import Address, Connection, fetch_chunks
from rectify_tui.store.copying import backup_folder
from rectify_tui.store.findings import Faults, Finding

_ENDING = ".evidence"
_LONGEST = 150
"""Bytes of a file's name that are kept, so that any disk takes it."""


# files


def folder_of(address: Address) -> Path:
    """Where the evidence of a store lies: a folder for each content, with the file under its name.

    Nothing is created by asking.
    """
    return address.with_name(address.name + _ENDING)


def folder_for_backup(address: Address, path: Path) -> Path:
    """Where the evidence of a backup lies; those in the folder of backups share one."""
    if path.parent.resolve() == backup_folder(address).resolve():
        return path.with_name(address.name + _ENDING)
    return path.with_name(path.name + _ENDING)


def folder_beside_backup(path: Path) -> Path | None:
    """The folder of evidence that came with a backup, wherever both were put; None without one."""
    folders = [
        folder
        for folder in path.parent.glob(f"*{_ENDING}")
        if folder.is_dir() and f"{path.name}.".startswith(folder.name.removesuffix("evidence"))
    ]
    return max(folders, key=lambda folder: len(folder.name), default=None)


def keep(folder: Path, name: str, content: bytes) -> str:
    """Keep a content under a name, unless it is there already; returns its SHA-256.

    Raises `OSError`.
    """
    digest = hashlib.sha256(content).hexdigest()
    if _whole(folder, digest) is not None:
        return digest
    place = folder / digest
    make_folder(place)
    for damaged in _files(place):
        damaged.unlink()
    path = place / _short(name)
    part, handle = part_beside(path, OWNER_ONLY)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        put_new(part, path)
    except FileExistsError:  # somebody else keeps the same
        pass
    finally:
        part.unlink(missing_ok=True)
    return digest


def read(folder: Path, digest: str) -> bytes:
    """The content of a digest. Raises `Problem` where it is missing or no longer what it was."""
    file = _file(folder, digest)
    if file is None:
        raise Problem("evidence.missing", folder=folder, digest=digest)
    content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise Problem("evidence.altered", path=file)
    return content


def copy_all(source: Path | None, target: Path, *, mend: bool = False) -> None:
    """Bring what one folder has and another lacks there; what is not whole stays where it is.

    With `mend` what is damaged there is replaced too, for which every file is read. Raises
    `OSError`.
    """
    find = _whole if mend else _file
    for place in sorted(source.iterdir()) if source and source.is_dir() else []:
        if find(target, place.name) is None and (file := _whole(place.parent, place.name)):
            keep(target, file.name, file.read_bytes())


def _file(folder: Path, digest: str) -> Path | None:
    return next(_files(folder / digest), None)


def _files(place: Path) -> Iterator[Path]:
    if place.is_dir():
        yield from sorted(path for path in place.iterdir() if not path.name.startswith("."))


def _whole(folder: Path, digest: str) -> Path | None:
    file = _file(folder, digest)
    if file is None or hashlib.sha256(file.read_bytes()).hexdigest() != digest:
        return None
    return file


def _short(name: str) -> str:
    """A name that any disk takes, with its ending."""
    stem, dot, ending = name.rpartition(".")
    kept = (stem if dot else name).encode()[:_LONGEST].decode(errors="ignore").lstrip(".")
    return f"{kept or 'file'}{dot}{ending}"


# records


@dataclass(frozen=True)
class Evidence:
    """What is known of a file. Days and times are ISO text, sizes bytes, positions degrees.

    `about` and `about_id` are the record that it was given with, where that is not the item alone.
    What a visit's files show is of its day and its place, where nothing else was stated.
    """

    id: int
    item_id: int
    ref: str
    about: str | None
    about_id: int | None
    digest: str
    name: str
    size: int
    added_on: str
    day: str | None
    latitude: float | None
    longitude: float | None
    note: str | None
    taken_at: str | None
    taken_latitude: float | None
    taken_longitude: float | None

    @property
    def stated(self) -> Seen:
        """What was said of it."""
        day = date.fromisoformat(self.day) if self.day else None
        return Seen(day, position_at(self.latitude, self.longitude))

    @property
    def says(self) -> Seen:
        """What it says itself."""
        day = datetime.fromisoformat(self.taken_at).date() if self.taken_at else None
        return Seen(day, position_at(self.taken_latitude, self.taken_longitude))


_SELECT = """
SELECT e.id, e.item_id, programme.code || '/' || item.number, e.about, e.about_id, e.digest,
    e.name, e.size, e.added_on, COALESCE(e.day, v.visited_on), COALESCE(e.latitude, v.latitude),
    COALESCE(e.longitude, v.longitude), e.note, e.taken_at, e.taken_latitude, e.taken_longitude
FROM evidence e JOIN item ON item.id = e.item_id JOIN programme ON programme.id = item.programme_id
LEFT JOIN visit v ON e.about = 'visit' AND v.id = e.about_id
"""


def evidence_of(
    connection: Connection, item_ids: Iterable[int], day: date = date.max
) -> list[Evidence]:
    """The evidence of items that had been entered by a day, the oldest first."""
    query = f"{_SELECT} WHERE e.added_on <= ? AND e.item_id IN ({{marks}})"
    rows = fetch_chunks(connection, query, list(item_ids), day.isoformat())
    return sorted((Evidence(*row) for row in rows), key=lambda each: (each.added_on, each.id))


def evidence_about(connection: Connection, about: str, about_id: int) -> list[Evidence]:
    """The evidence that was given with a record, the oldest first."""
    query = f"{_SELECT} WHERE e.about = ? AND e.about_id = ? ORDER BY e.id"
    return [Evidence(*row) for row in connection.execute(query, [about, about_id])]


def items_with_evidence(connection: Connection) -> list[int]:
    """The items that any evidence is of."""
    rows = connection.execute("SELECT DISTINCT item_id FROM evidence ORDER BY item_id")
    return [id for (id,) in rows]


def fresh_and_known(
    connection: Connection, ids: Iterable[int]
) -> tuple[list[Evidence], list[Evidence]]:
    """Records by id, and all that was ever entered with the same contents."""
    asked = fetch_chunks(connection, f"{_SELECT} WHERE e.id IN ({{marks}})", sorted(set(ids)))
    fresh = [Evidence(*row) for row in asked]
    query = f"{_SELECT} WHERE e.digest IN ({{marks}})"
    same = fetch_chunks(connection, query, sorted({each.digest for each in fresh}))
    return fresh, sorted((Evidence(*row) for row in same), key=lambda each: each.id)


def check_evidence(connection: Connection, folder: Path, *, whole: bool = False) -> Finding:
    """Whether every file is there and as large as it was; `whole` reads each and holds its digest.

    What was undone is kept too, so more files than records are no fault.
    """
    faults, count = Faults(), 0
    rows = connection.execute(f"{_SELECT} ORDER BY e.id").fetchall()
    for each in (Evidence(*row) for row in rows):
        count += 1
        file = _file(folder, each.digest)
        if file is None:
            faults.add("evidence.check.missing", ref=each.ref, name=each.name)
        elif file.stat().st_size != each.size or (whole and _whole(folder, each.digest) is None):
            faults.add("evidence.check.altered", ref=each.ref, name=each.name, path=file)
    return faults.finding("evidence", count)
