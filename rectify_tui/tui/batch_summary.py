"""What a batch was about, in a few words."""

from __future__ import annotations

from rectify_tui.domain.text import shorten
from rectify_tui.reports.history import told_changes
from rectify_tui.reports.words import Words
from rectify_tui.store.log import batch_log, batch_records
from rectify_tui.store.records import CASE, ITEM

_ENTRIES = 200
_CELLS = 32


def batch_sentence(words: Words, key: str, batch: int, **keys: str) -> str:
    """The message `key` about a batch: its first record, how many more there are, what changed.

    `keys` are what one presses to turn it back.
    """
    what, more, told = batch_about(words, batch)
    told = words.t("tui.told", told=told) if told else ""
    return words.t(key, batch=batch, what=what, n=1 + more, more=more, told=told, **keys)


def batch_about(words: Words, batch: int, cells: int = _CELLS) -> tuple[str, int, str]:
    """The first record of a batch, how many more there are, and what changed, in so many cells.

    Items and cases come first; where a batch has none, whatever it changed.
    """
    t, connection = words.t, words.connection
    records = batch_records(connection, batch, (ITEM, CASE)) or batch_records(connection, batch)
    (entity, id), *others = records
    log = batch_log(connection, batch, limit=_ENTRIES)
    entries = [entry for entry in log if entry.entity == entity]
    entries = [entry for entry in entries if entry.field != "reviewed_on"] or entries
    changes = shorten(told_changes(entries, words, alone=not others), cells, t("tui.sign.cut"))
    return words.record(entity, id), len(others), changes
