"""What holds at present after something was said of an earlier day, in people's words."""

from __future__ import annotations

from collections.abc import Iterable

from rectify_tui.domain.timeline import decode
from rectify_tui.errors import Refusal
from rectify_tui.reports.words import Words
from rectify_tui.store.commands.holding import SaidLater
from rectify_tui.store.log import LogEntry, present_values

_NAMED = 5


def in_words(refusal: SaidLater, words: Words, entity: str) -> Refusal:
    """The refusal, with both outcomes in words."""
    return Refusal(
        "change.later", ref=refusal.ref, on=refusal.on, until=refusal.until,
        said=words.values(entity, refusal.said), kept=words.values(entity, refusal.kept),
    )  # fmt: skip


def otherwise_now(entries: Iterable[LogEntry], words: Words, entity: str) -> str:
    """What records stand at now where that is not what these entries say; empty where it is.

    `entries` are those of one batch, in order.
    """
    said = {(each.entity_id, each.field): each.new for each in entries if each.field}
    now = present_values(words.connection, entity, {id for id, _ in said})
    parts = []
    for id, values in now.items():
        names = [name for at, name in said if at == id and name in values]
        other = {name: values[name] for name in names if values[name] != decode(said[id, name])}
        if other:
            parts.append(f"{words.record(entity, id)} {words.values(entity, other)}")
    more = " …" if len(parts) > _NAMED else ""
    return words.t("report.semicolon").join(parts[:_NAMED]) + more
