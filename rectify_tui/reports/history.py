"""History as tables: batches, and what happened to records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rectify_tui.domain.text import shorten, width
from rectify_tui.domain.timeline import decode
from rectify_tui.reports.labels import WHOLE, columns, moment
from rectify_tui.reports.table import Kind, Labelled, Table
from rectify_tui.store.labels import labels as record_names
from rectify_tui.store.log import FOLLOWING, BatchSummary, LogEntry
from rectify_tui.store.records import target_of

if TYPE_CHECKING:
    from rectify_tui.i18n import Language
    from rectify_tui.reports.words import Words

_SHOWN_CELLS = 40
_SHOWN_CHANGES = 4
_REFERENCE_CELLS = 24
"""References are no longer than this, and stand whole; names of units may be."""


def kind_of_batch(t: Language, kind: str, undoes: int | None) -> Labelled:
    """What a batch did; its own word where no list has it."""
    try:
        return Labelled(kind, t(f"history.kind.{kind}", batch=undoes))
    except KeyError:
        return Labelled(kind, kind)


def batch_table(batches: Iterable[BatchSummary], t: Language) -> Table:
    """Batches, one line each."""
    rows = [
        {
            "batch": each.id,
            "kind": kind_of_batch(t, each.kind, each.undoes),
            "who": each.who,
            "on_behalf": each.on_behalf,
            "recorded_at": moment(each.recorded_at),
            "recorded_on": each.recorded_on,
            "reason": each.reason,
            "rows": each.rows,
            "undoes": each.undoes,
            "undone_by": each.undone_by,
        }
        for each in batches
    ]
    batch_columns = columns(
        t, ("batch", "count"), "kind", *author_columns(rows), ("recorded_at", WHOLE), "reason",
        ("rows", "count"), ("undone_by", "count"),
    )  # fmt: skip
    notes = () if rows else (t("report.nothing"),)
    return Table(t("history.batches"), batch_columns, rows, notes)


def author_columns(rows: Iterable[Mapping[str, object]]) -> tuple[str, ...]:
    """Who wrote, and on whose behalf, where anybody was named."""
    return ("who", "on_behalf") if any(row["on_behalf"] for row in rows) else ("who",)


def author_text(t: Language, who: str, on_behalf: str | None) -> str:
    """Who wrote, and on whose behalf."""
    return t("history.author", who=who, on_behalf=on_behalf) if on_behalf else who


def entry_table(
    entries: Sequence[LogEntry], words: Words, title: str, *, with_record: bool = True
) -> Table:
    """What happened, in the order given; `with_record` adds whom it happened to."""
    t = words.t
    names = _names(entries, words) if with_record else {}
    rows = [_line(entry, words, names) for entry in entries]
    column_names: list[str | tuple[str, Kind]] = [
        ("effective_on", "date"), ("recorded_on", "date"), *author_columns(rows), "field", "old",
        "new", "reason", ("batch", WHOLE),
    ]  # fmt: skip
    if with_record:
        short = max(map(width, names.values()), default=0) <= _REFERENCE_CELLS
        column_names.insert(column_names.index("field"), ("record", WHOLE if short else "text"))
    notes = () if rows else (t("report.nothing"),)
    return Table(title, columns(t, *column_names), rows, notes)


def _names(entries: Sequence[LogEntry], words: Words) -> dict[tuple[str, int], str]:
    ids: dict[str, set[int]] = {}
    for entry in entries:
        ids.setdefault(entry.entity, set()).add(entry.entity_id)
    return {
        (entity, id): name
        for entity, of_entity in ids.items()
        for id, name in record_names(words.connection, entity, of_entity).items()
    }


def _line(entry: LogEntry, words: Words, names: dict[tuple[str, int], str]) -> dict[str, object]:
    line = entry_record(entry, words)
    key = entry.entity, entry.entity_id
    return {"record": names[key], **line} if key in names else line


def entry_record(entry: LogEntry, words: Words) -> dict[str, object]:
    """One row of history; programs get the values as kept, or the names of what ids stand for."""
    return {
        "effective_on": entry.effective_on,
        "recorded_at": moment(entry.recorded_at),
        "recorded_on": entry.recorded_on,
        "who": entry.who,
        "on_behalf": entry.on_behalf,
        "entity": entry.entity,
        "field": Labelled(entry.field, _field(entry, words)),
        "old": _side(entry, entry.old, words),
        "new": _side(entry, entry.new, words),
        "reason": entry.reason,
        "batch": Labelled(entry.batch, _batch(entry, words.t)),
        "kind": entry.kind,
        "undoes": entry.undoes,
        "undone_by": entry.undone_by,
    }


def _field(entry: LogEntry, words: Words) -> str:
    if entry.field:
        return words.field(entry.field)
    return words.t("history.removed" if entry.new is None else "history.added")


def _side(entry: LogEntry, kept: str | None, words: Words) -> Labelled:
    shown = words.kept(entry.entity, entry.field, kept)
    plain = bool(entry.field) and target_of(entry.entity, entry.field) is None
    return Labelled(decode(kept) if plain else shown or None, shown)


def _batch(entry: LogEntry, t: Language) -> str:
    if entry.undone_by is not None:
        return t("history.undone", batch=entry.batch, by=entry.undone_by)
    if entry.undoes is not None:
        return t("history.undoing", batch=entry.batch, undoes=entry.undoes)
    return str(entry.batch)


def told_undoing(entries: Sequence[LogEntry], words: Words) -> Iterator[str]:
    """What taking these rows back does, the last one first: every record and where it goes back."""
    t = words.t
    for entry in reversed(entries):
        what = words.record(entry.entity, entry.entity_id)
        if not entry.field:
            yield t(f"history.back.{'record' if entry.new is None else 'gone'}", what=what)
            continue
        new, old = (
            shorten(words.kept(entry.entity, entry.field, kept), _SHOWN_CELLS)
            or t("report.missing")
            for kept in (entry.new, entry.old)
        )
        yield t("history.back.field", what=what, field=words.field(entry.field), now=new, then=old)


def told_changes(entries: Iterable[LogEntry], words: Words, *, alone: bool) -> str:
    """The changes of a batch in one line; what each value was is told of one record `alone`."""
    sentences: dict[str, None] = {}
    for entry in entries:
        if not entry.field or (entry.entity, entry.field) in FOLLOWING:
            continue
        new = shorten(words.kept(entry.entity, entry.field, entry.new), _SHOWN_CELLS)
        old = shorten(words.kept(entry.entity, entry.field, entry.old), _SHOWN_CELLS)
        key = "changed" if alone and old else "set"
        sentences[
            words.t(
                f"history.{key}",
                field=words.field(entry.field),
                old=old,
                new=new or words.t("report.missing"),
            )
        ] = None
    lines = list(sentences)
    if len(lines) > _SHOWN_CHANGES:
        lines = [*lines[:_SHOWN_CHANGES], words.t("history.more", n=len(lines) - _SHOWN_CHANGES)]
    return words.t("report.semicolon").join(lines)
