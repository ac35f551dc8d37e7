"""Status over time of items and cases, kept as spans of dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from rectify_tui.domain.timeline import Timeline
from rectify_tui.store.connection import Connection, fetch_chunks

FOREVER = "9999-12-31"


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
    return defaultdict(tuple, {id: tuple(found) for id, found in entries.items()})


def write_timelines(
    connection: Connection, subject: str, timelines: Mapping[int, Timeline]
) -> None:
    """Replace the spans of these items or cases."""
    connection.executemany(
        "DELETE FROM status_span WHERE subject = ? AND subject_id = ?",
        [(subject, id) for id in timelines],
    )
    connection.executemany(
        "INSERT INTO status_span (subject, subject_id, from_on, to_on, status)"
        " VALUES (?, ?, ?, ?, ?)",
        [
            (subject, id, since, timeline[i + 1][0] if i + 1 < len(timeline) else FOREVER, status)
            for id, timeline in timelines.items()
            for i, (since, status) in enumerate(timeline)
        ],
    )
