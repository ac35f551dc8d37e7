"""The list of frozen reports."""

from __future__ import annotations

from rectify_tui.i18n import Language
from rectify_tui.reports.history import author_text
from rectify_tui.reports.labels import moment
from rectify_tui.reports.table import Column, Kind, Labelled, Table
from rectify_tui.reports.weekly.compare import compare_with_now
from rectify_tui.reports.weekly.freeze import all_frozen, scope_of, withdrawn_by
from rectify_tui.store.connection import Connection
from rectify_tui.store.reports import FrozenReport

_COLUMNS: tuple[tuple[str, Kind], ...] = (
    ("cutoff", "date"), ("period", "text"), ("scope", "text"), ("lines_by", "text"),
    ("who", "text"), ("recorded_at", "text"), ("batch", "count"), ("digest", "text"),
    ("agrees", "text"), ("withdrawn", "text"),
)  # fmt: skip


def frozen_table(connection: Connection, t: Language) -> Table:
    """All frozen reports, and whether the ledger as known now still agrees with each.

    Of those that were withdrawn it says who did so, when and why.
    """
    rows = [_frozen_row(connection, each, t) for each in all_frozen(connection)]
    withdrawn = any(row["withdrawn"] for row in rows)
    columns = tuple(
        Column(name, t(f"weekly.column.{name}"), kind)
        for name, kind in _COLUMNS
        if withdrawn or name != "withdrawn"
    )
    off = sum(row["agrees"] == agreement(False, t) for row in rows)
    notes = [] if rows else [t("weekly.none_frozen")]
    if off:
        notes.append(t("weekly.list.note", n=off))
    return Table(t("weekly.list.title"), columns, rows, tuple(notes))


def _frozen_row(connection: Connection, frozen: FrozenReport, t: Language) -> dict[str, object]:
    return {
        "cutoff": frozen.cutoff,
        "first": frozen.first_on,
        "period": Labelled(frozen.period, t(f"weekly.kind.{frozen.period}")),
        "scope": Labelled(frozen.programme, scope_of(frozen, t)),
        "lines_by": Labelled(frozen.lines_by, t(f"weekly.by.{frozen.lines_by}")),
        "title": frozen.name,
        "who": Labelled(frozen.who, author_text(t, frozen.who, frozen.on_behalf)),
        "on_behalf": frozen.on_behalf,
        "recorded_at": moment(frozen.recorded_at),
        "batch": frozen.batch,
        "digest": Labelled(frozen.digest, frozen.digest[:12]),
        "head_seq": frozen.head_seq,
        "head_hash": frozen.head_hash,
        "agrees": agreement(compare_with_now(connection, frozen).same, t)
        if frozen.in_force else None,
        "withdrawn": None if frozen.in_force else _withdrawal(frozen, t),
    }  # fmt: skip


def _withdrawal(frozen: FrozenReport, t: Language) -> Labelled:
    """Who withdrew it, when and why."""
    when = moment(frozen.withdrawn_at or "")
    sentence = t(
        "weekly.list.withdrawn",
        who=withdrawn_by(frozen, t),
        moment=when.label,
        reason=frozen.withdrawn,
    )
    value = {
        "who": frozen.withdrawn_by,
        "on_behalf": frozen.withdrawn_on_behalf,
        "at": when.value,
        "reason": frozen.withdrawn,
    }
    return Labelled(value, sentence)


def agreement(agrees: bool, t: Language) -> Labelled:
    """Whether the ledger as known now still says what a frozen report says."""
    return Labelled(agrees, t(f"weekly.list.{'agrees' if agrees else 'differs'}"))
