"""What a batch was about, in a few words."""

from __future__ import annotations

from dataclasses import dataclass

from rectify_tui.domain.text import shorten
from rectify_tui.reports.history import told_changes
from rectify_tui.reports.words import Words
from rectify_tui.store.labels import label
from rectify_tui.store.log import batch_log, batch_records
from rectify_tui.store.records import CASE, ITEM

_ENTRIES = 200
_CELLS = 32


@dataclass(frozen=True)
class Subject:
    """What the first record of a batch is called, how many records it is about, what changed."""

    what: str
    n: int
    told: str


def subject(words: Words, batch: int) -> Subject:
    """The items and cases of a batch; where it has none, whatever it changed."""
    connection = words.connection
    (entity, id), *others = batch_records(connection, batch, (ITEM, CASE)) or batch_records(
        connection, batch
    )
    log = batch_log(connection, batch, limit=_ENTRIES)
    entries = [entry for entry in log if entry.entity == entity]
    entries = [entry for entry in entries if entry.field != "reviewed_on"] or entries
    told = shorten(told_changes(entries, words, alone=not others), _CELLS, words.t("tui.sign.cut"))
    return Subject(
        label(connection, entity, id),
        1 + len(others),
        words.t("tui.told", told=told) if told else "",
    )
