"""What a batch said of regions that are not there on the day of which it was said."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from rectify_tui.domain.region import out_of_time
from rectify_tui.domain.timeline import decode
from rectify_tui.reports.words import Words
from rectify_tui.store.log import LogEntry
from rectify_tui.store.records import CASE, ITEM, read_ids
from rectify_tui.store.regions import regions_by_id

_SAID = {ITEM: "region_id", CASE: "regions"}
_NAMED = 3


def told_of_time(entries: Iterable[LogEntry], words: Words) -> str:
    """Of each region that items and cases were put in too late or too early, a sentence."""
    said = {place for entry in entries for place in _places(entry)}
    known = regions_by_id(words.connection, {id for id, _ in said})
    after = regions_by_id(words.connection, {each.successor_id or 0 for each in known.values()})
    told: dict[int, str] = {}
    for id, day in sorted(said):
        successor = after.get(known[id].successor_id or 0)
        if problem := out_of_time(known[id], successor.name if successor else None, day):
            told.setdefault(id, words.t(problem.key, **problem.params))
    more = " …" if len(told) > _NAMED else ""
    return words.t("report.semicolon").join([*told.values()][:_NAMED]) + more


def _places(entry: LogEntry) -> Iterator[tuple[int, str]]:
    column = _SAID.get(entry.entity)
    if column is None or entry.new is None:
        return
    if entry.field == column:
        value = decode(entry.new)
    elif entry.field == "":
        value = json.loads(entry.new).get(column)
    else:
        return
    for id in read_ids(str(value or "")):
        yield id, entry.effective_on
