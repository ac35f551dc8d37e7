"""Status over time of items and cases, kept as spans of dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from rectify_tui.domain.timeline import FOREVER, Replayed, Timeline
from rectify_tui.store.connection import Connection, fetch_chunks


def read_timelines(
    connection: Connection, subject: str, ids: list[int]
) -> defaultdict[int, Timeline]:
    """The status timeline of each item or case, as far as is known today."""
    entries: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    query = (
        "SELECT subject_id, from_on, status FROM status_span"
        " WHERE subject = ? AND subject_id IN ({marks}) ORDER BY subject_id, from_on"
    )
    for id, from_on, status in fetch_chunks(connection, query, ids, subject):
        entries[id].append((from_on, status))
    return defaultdict(tuple, {id: tuple(spans) for id, spans in entries.items()})


def write_timelines(
    connection: Connection, subject: str,
    records: Mapping[int, tuple[Replayed | None, Replayed | None]],
) -> None:  # fmt: skip
    """Write the spans of items or cases, given as they were kept and as they are now.

    Only spans from the first difference on are replaced, and the one before, whose end moves.
    """
    gone: list[tuple[str, int, str]] = []
    new: list[tuple[str, int, str, str, str]] = []
    for id, (before, now) in records.items():
        kept, timeline = (each.timeline if each else () for each in (before, now))
        same = common_length(kept, timeline)
        if same == len(kept) == len(timeline):
            continue
        first = max(same - 1, 0)
        if kept:
            gone.append((subject, id, kept[first][0]))
        ends = [since for since, _ in timeline[first + 1 :]] + [FOREVER]
        new += [
            (subject, id, since, end, status)
            for (since, status), end in zip(timeline[first:], ends, strict=False)
        ]
    connection.executemany(
        "DELETE FROM status_span WHERE subject = ? AND subject_id = ? AND from_on >= ?", gone
    )
    connection.executemany(
        "INSERT INTO status_span (subject, subject_id, from_on, to_on, status)"
        " VALUES (?, ?, ?, ?, ?)",
        new,
    )


def common_length(one: Sequence[object], other: Sequence[object]) -> int:
    """How many entries two timelines begin with in common."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
