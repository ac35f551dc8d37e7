"""Taking files as evidence of an item."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rectify_tui.domain.evidence import NOTHING_STATED, EvidenceRules, Seen, require_allowed
from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Values
from rectify_tui.errors import Problem
from rectify_tui.store import evidence
from rectify_tui.store.commands.dates import effective
from rectify_tui.store.draft import Draft
from rectify_tui.store.photographs import Taken, read_taken
from rectify_tui.store.records import EVIDENCE, ITEM


@dataclass(frozen=True)
class File:
    """A file that was read: its name, its content, and what it says of itself."""

    name: str
    content: bytes
    taken: Taken


@dataclass(frozen=True)
class Given:
    """Files as evidence, and what is stated of them: the day and place they show, and a note."""

    files: tuple[File, ...] = ()
    stated: Seen = NOTHING_STATED
    note: str = ""


def read_files(paths: Iterable[Path], rules: EvidenceRules) -> tuple[File, ...]:
    """Read files before anything is written.

    Raises `Problem` for one that is not there or may not be taken, or that is given twice.
    """
    files: list[File] = []
    for path in paths:
        name = clean(path.name)
        try:
            if path.stat().st_size > 4 * rules.largest:  # not worth reading to be refused
                content = b"\0" * (rules.largest + 1)
            else:
                content = path.read_bytes()
        except OSError as error:
            raise Problem("evidence.unreadable", path=path, error=error.strerror) from None
        require_allowed(name, content, rules)
        if any(content == file.content for file in files):
            raise Problem("evidence.twice", name=name)
        files.append(File(name, content, read_taken(content)))
    return tuple(files)


def add_evidence(
    draft: Draft, folder: Path, item_ids: Iterable[int], given: Given, *,
    about: tuple[str, int] | None = None, on: date | None = None,
) -> list[int]:  # fmt: skip
    """Keep files in a folder and record them with items; returns the ids of the records.

    `about` is the kind and id of the record that they are given with. Where the batch comes to
    nothing the files stay, which does no harm. Raises `Problem` for a day that has not come, and
    `OSError`.
    """
    added_on = effective(draft, on)
    if given.stated.day and given.stated.day.isoformat() > draft.batch.recorded_on:
        raise Problem("evidence.future", day=given.stated.day, today=draft.batch.recorded_on)
    records = []
    for item_id in item_ids:
        draft.get(ITEM, item_id)
        for file in given.files:
            digest = evidence.keep(folder, file.name, file.content)
            values = _values(file, given) | {
                "item_id": item_id, "digest": digest, "added_on": added_on,
                "about": about[0] if about else None, "about_id": about[1] if about else None,
            }  # fmt: skip
            records.append(draft.create(EVIDENCE, values, added_on))
    return records


def _values(file: File, given: Given) -> Values:
    place, taken = given.stated.position, file.taken.position
    return {
        "name": file.name, "size": len(file.content),
        "day": given.stated.day.isoformat() if given.stated.day else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "note": clean(given.note, multiline=True) or None,
        "taken_at": file.taken.at.isoformat() if file.taken.at else None,
        "taken_latitude": taken.latitude if taken else None,
        "taken_longitude": taken.longitude if taken else None,
    }  # fmt: skip
