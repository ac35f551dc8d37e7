"""Everything about one item or case as a page of text, its history included."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from rich.text import Text

from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.domain.text import clean
from rectify_tui.i18n import Language
from rectify_tui.reports.schedule import schedule_says
from rectify_tui.reports.words import Words
from rectify_tui.store.cases import CaseRow
from rectify_tui.store.items import ItemDetail, ItemRow, Measure
from rectify_tui.store.log import LogEntry
from rectify_tui.store.records import CASE, ITEM
from rectify_tui.store.schedule import judge
from rectify_tui.tui.sources.cases import fine_text, region_text, types_text

_HIDDEN = {(ITEM, "deadline_kind"), (CASE, "region_id")}
"""Fields that only follow from others."""

_SHOWN = 20_000


class _Page:
    def __init__(self, t: Language) -> None:
        self.t = t
        self.text = Text()

    def add(self, value: str, style: str = "") -> None:
        self.text.append(clean(value[:_SHOWN], multiline=True, limit=_SHOWN), style)

    def line(self, name: str, value: object) -> None:
        if value in (None, "", ()):
            return
        self.text.append(self.t("tui.sign.label", name=name), "bold")
        self.plain(str(value))

    def plain(self, value: str, style: str = "") -> None:
        self.add(value, style)
        self.text.append("\n")

    def head(self, value: str) -> None:
        self.text.append(f"\n{value}\n", "bold underline")


def item_text(words: Words, detail: ItemDetail, log: Sequence[LogEntry], day: date) -> Text:
    """The page of an item as it was on a day."""
    t = words.t
    row, page = detail.row, _Page(t)
    page.plain(row.ref, "bold")
    _marks(page, row)
    page.plain(row.problem)
    status = f"{t(f'status.item.{row.status}')} ({t('tui.detail.since', date=row.since)})"
    page.line(t("tui.column.status"), status)
    page.line(t("queue.column.rule"), schedule_says(judge(detail, day), t))
    page.line(t("tui.field.verification"), t(f"status.verification.{row.verification}"))
    if row.progress is not None:
        page.line(t("tui.column.progress"), f"{row.progress}%")
    page.line(t("tui.detail.merged"), row.merged_into)
    if detail.live and detail.live != row.merged_into:
        page.plain(t("tui.detail.live", ref=detail.live))
    page.line(t("tui.detail.carries"), ", ".join(detail.carries))
    page.line(t("tui.detail.deadline"), deadline_text(t, row))
    page.line(t("tui.field.start"), row.start_on)
    path = t("tui.sign.step").join(detail.region_path) if t.code == "zh" else None
    page.line(t("tui.detail.region"), path or t.name(row.region, row.region_en))
    for name in ("responsible", "lead", "supervising", "goal", "note", "reason"):
        page.line(t(f"tui.field.{name}"), getattr(row, name))
    page.line(t("tui.field.next_step"), row.next_step)
    page.line(t("tui.field.next_on"), row.next_on)
    page.line(t("field.put_off_until.title"), row.put_off_until)
    page.line(t("tui.detail.source"), row.source)
    if detail.measures:
        page.head(t("tui.detail.measures"))
        for measure in detail.measures:
            _measure(page, measure)
    _history(page, words, log)
    return page.text


def case_text(words: Words, row: CaseRow, log: Sequence[LogEntry]) -> Text:
    """The page of a case."""
    t = words.t
    page = _Page(t)
    page.plain(row.ref, "bold")
    _marks(page, row)
    page.plain(row.complaint)
    status = f"{t(f'status.case.{row.status}')} ({t('tui.detail.since', date=row.since)})"
    page.line(t("tui.column.state"), status)
    page.line(t("tui.detail.region"), region_text(t, row))
    page.line(t("tui.field.types"), types_text(t, row))
    page.line(t("field.batch.title"), row.batch)
    if row.key_case:
        page.line(t("field.key_case.title"), t("report.yes"))
    page.line(t("field.duplicate_of.title"), row.duplicate_of)
    if row.substantiated:
        page.line(t("tui.field.substantiated"), t(f"case.substantiated.{row.substantiated}"))
    names = (
        "passed_on", "closed_on", "findings", "measures", "ordered", "investigated",
        "detained_administrative", "detained_criminal", "interviewed", "held_accountable", "note",
    )  # fmt: skip
    for name in names:
        page.line(t(f"tui.field.{name}"), getattr(row, name))
    page.line(t("tui.field.fined_wan"), fine_text(row))
    page.line(t("tui.detail.source"), row.source)
    _history(page, words, log)
    return page.text


def history_text(words: Words, log: Sequence[LogEntry]) -> Text:
    """The history of a record, as its page has it."""
    page = _Page(words.t)
    _history(page, words, log)
    return page.text


def _marks(page: _Page, row: ItemRow | CaseRow) -> None:
    if row.reconstructed:
        page.plain(page.t("tui.detail.reconstructed"), "italic")
    if row.simulated:
        page.plain(page.t("tui.detail.simulated"), "italic")


def deadline_text(t: Language, row: ItemRow) -> str:
    """The deadline as written, and the day that it was read as."""
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
        page.text.append("    - ")
        page.plain(f"{step.text} {' '.join(dates)}")


def _history(page: _Page, words: Words, log: Sequence[LogEntry]) -> None:
    t = page.t
    page.head(t("tui.detail.history"))
    for entry in log:
        if (entry.entity, entry.field) in _HIDDEN:
            continue
        page.text.append(f"{entry.effective_on} ", "bold")
        page.add(_change(words, entry), "strike" if entry.undone_by else "")
        page.text.append(t("tui.sign.dot"))
        page.add(f"{entry.who} #{entry.batch}")
        if entry.undone_by:
            page.text.append(" " + t("tui.detail.undone", batch=entry.undone_by))
        if entry.undoes:
            page.text.append(" " + t("tui.detail.back", batch=entry.undoes))
        if entry.reason:
            page.text.append(" ")
            page.add(t("tui.sign.quote", text=entry.reason))
        page.text.append("\n")


def _change(words: Words, entry: LogEntry) -> str:
    t = words.t
    if entry.field == "":
        if entry.new is None:
            return t("tui.detail.gone")
        first = json.loads(entry.new).get("status")
        return f"{t('tui.detail.born')} {words.value(entry.entity, 'status', first)}"
    none = t("tui.sign.none")
    return t(
        "tui.sign.change",
        name=words.field(entry.field),
        old=words.kept(entry.entity, entry.field, entry.old) or none,
        new=words.kept(entry.entity, entry.field, entry.new) or none,
    )
