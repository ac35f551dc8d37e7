"""Everything about one item or case as a page of text, its history included."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from rich.text import Text

from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.domain.timeline import decode
from rectify_tui.i18n import Language
from rectify_tui.store.cases import CaseRow
from rectify_tui.store.items import ItemDetail, ItemRow, Measure
from rectify_tui.store.log import Entry
from rectify_tui.tui.sources.cases import region_text, types_text

_HIDDEN = {"deadline_kind", "region_id", "number_key"}
_STATUS_FIELDS = {"item": "status.item", "case": "status.case"}


class _Page:
    def __init__(self, t: Language) -> None:
        self.t = t
        self.text = Text()

    def line(self, label: str, value: object, style: str = "") -> None:
        if value in (None, "", ()):
            return
        self.text.append(f"{label}: ", "bold")
        self.text.append(f"{value}\n", style)

    def plain(self, value: str, style: str = "") -> None:
        self.text.append(f"{value}\n", style)

    def head(self, value: str) -> None:
        self.text.append(f"\n{value}\n", "bold underline")


def item_text(t: Language, detail: ItemDetail, log: Sequence[Entry]) -> Text:
    """The page of an item."""
    row, page = detail.row, _Page(t)
    page.plain(row.ref, "bold")
    _marks(page, row)
    page.plain(row.problem)
    status = f"{t(f'status.item.{row.status}')} ({t('tui.detail.since', date=row.since)})"
    page.line(t("tui.column.status"), status)
    page.line(t("tui.field.verification"), t(f"status.verification.{row.verification}"))
    if row.progress is not None:
        page.line(t("tui.column.progress"), f"{row.progress}%")
    page.line(t("tui.detail.merged"), row.merged_into)
    if detail.live and detail.live != row.merged_into:
        page.plain(t("tui.detail.live", ref=detail.live))
    page.line(t("tui.detail.carries"), ", ".join(detail.carries))
    page.line(t("tui.detail.deadline"), _deadline(t, row))
    page.line(t("tui.field.start"), row.start_on)
    path = " › ".join(detail.region_path) if t.code == "zh" else None
    page.line(t("tui.detail.region"), path or t.name(row.region, row.region_en))
    for name in ("responsible", "lead", "supervising", "goal", "note"):
        page.line(t(f"tui.field.{name}"), getattr(row, name))
    page.line(t("tui.detail.source"), row.source)
    if detail.measures:
        page.head(t("tui.detail.measures"))
        for measure in detail.measures:
            _measure(page, measure)
    _history(page, log)
    return page.text


def case_text(t: Language, row: CaseRow, log: Sequence[Entry]) -> Text:
    """The page of a case."""
    page = _Page(t)
    page.plain(row.ref, "bold")
    _marks(page, row)
    page.plain(row.complaint)
    status = f"{t(f'status.case.{row.status}')} ({t('tui.detail.since', date=row.since)})"
    page.line(t("tui.column.state"), status)
    page.line(t("tui.detail.region"), region_text(t, row))
    page.line(t("tui.field.types"), types_text(t, row))
    if row.substantiated:
        page.line(t("tui.field.substantiated"), t(f"case.substantiated.{row.substantiated}"))
    names = (
        "passed_on", "closed_on", "findings", "measures", "ordered", "investigated",
        "detained_administrative", "detained_criminal", "interviewed", "held_accountable", "note",
    )  # fmt: skip
    for name in names:
        page.line(t(f"tui.field.{name}"), getattr(row, name))
    if row.fined_yuan is not None:
        page.line(t("tui.field.fined_wan"), f"{row.fined_yuan / 10_000:g}")
    page.line(t("tui.detail.source"), row.source)
    _history(page, log)
    return page.text


def _marks(page: _Page, row: ItemRow | CaseRow) -> None:
    if row.reconstructed:
        page.plain(page.t("tui.detail.reconstructed"), "italic")
    if row.simulated:
        page.plain(page.t("tui.detail.simulated"), "italic")


def _deadline(t: Language, row: ItemRow) -> str:
    if not row.deadline:
        return ""
    if row.due_on:
        return f"{row.deadline} ({t('tui.detail.read_as', date=row.due_on)})"
    if row.deadline_kind == DeadlineKind.UNREADABLE:
        return f"{row.deadline} ({t('tui.detail.unreadable')})"
    return row.deadline


def _measure(page: _Page, measure: Measure) -> None:
    page.plain(f"- {measure.text}")
    for step in measure.milestones:
        dates = []
        if step.due:
            dates.append(page.t("tui.detail.due", date=step.due))
        if step.done:
            dates.append(page.t("tui.detail.done", date=step.done))
        page.plain(f"    - {step.text} {' '.join(dates)}".rstrip())


def _history(page: _Page, log: Sequence[Entry]) -> None:
    page.head(page.t("tui.detail.history"))
    for entry in log:
        if entry.field in _HIDDEN:
            continue
        page.text.append(f"{entry.effective_on} ", "bold")
        style = "strike" if entry.undone_by else ""
        page.text.append(_change(page.t, entry), style)
        page.text.append(f" · {entry.who} #{entry.batch}")
        if entry.undone_by:
            page.text.append(" " + page.t("tui.detail.undone", batch=entry.undone_by))
        if entry.undoes:
            page.text.append(" " + page.t("tui.detail.back", batch=entry.undoes))
        if entry.reason:
            page.text.append(f" “{entry.reason}”")
        page.text.append("\n")


def _change(t: Language, entry: Entry) -> str:
    if entry.field == "":
        if entry.new is None:
            return t("tui.detail.gone")
        first: dict[str, Any] = json.loads(entry.new)
        return f"{t('tui.detail.born')} {_value(t, entry.entity, 'status', first.get('status'))}"
    name = _field_name(t, entry.field)
    old = _value(t, entry.entity, entry.field, decode(entry.old))
    new = _value(t, entry.entity, entry.field, decode(entry.new))
    return f"{name}: {old} → {new}"


def _field_name(t: Language, field: str) -> str:
    try:
        return t(f"tui.field.{field.removesuffix('_id')}")
    except KeyError:
        return field


def _value(t: Language, entity: str, field: str, value: object) -> str:
    if value is None:
        return "—"
    if field == "status" and entity in _STATUS_FIELDS:
        return t(f"{_STATUS_FIELDS[entity]}.{value}")
    if field == "verification":
        return t(f"status.verification.{value}")
    return str(value)
