"""The queue of candidates that are all in memory."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from rectify_tui.domain.queue import Candidate, Entry, entry_of, urgency


class Queue(NamedTuple):
    """The queue of a day and what was put off until a later one, both most urgent first."""

    entries: tuple[Entry, ...]
    put_off: tuple[Entry, ...]


def queue_of(candidates: Iterable[Candidate], on: date) -> Queue:
    """The candidates that need somebody on a day."""
    needed = sorted((entry for each in candidates if (entry := entry_of(each, on))), key=urgency)
    return Queue(
        tuple(entry for entry in needed if not entry.candidate.put_off_on(on)),
        tuple(entry for entry in needed if entry.candidate.put_off_on(on)),
    )
