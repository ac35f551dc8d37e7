"""Everything about one item or case as a page of text, its history included."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date

from rich.text import Text

from rectify_tui.domain import fields
from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.domain.fields import Field, Fields, Shown
from rectify_tui.i18n import Language
from rectify_tui.reports.closeout import closing_text
from rectify_tui.reports.evidence import evidence_rules, evidence_text
from rectify_tui.reports.extensions import extension_text
from rectify_tui.reports.fields import pairs, row_text, title
from rectify_tui.reports.history import author_text
from rectify_tui.reports.schedule import schedule_says
from rectify_tui.reports.steps import planned, progress_with_steps, step_state
from rectify_tui.reports.visits import visit_text
from rectify_tui.reports.words import Words
from rectify_tui.store.cases import CaseRow
from rectify_tui.store.item_detail import ItemDetail
from rectify_tui.store.items import ItemRow
from rectify_tui.store.log import LogEntry
from rectify_tui.store.milestones import Measure
from rectify_tui.store.records import CASE, CLOSING, EVIDENCE, EXTENSION, ITEM, MILESTONE, VISIT
from rectify_tui.store.schedule import judge
from rectify_tui.tui.page import PageText

_HIDDEN = {(ITEM, "deadline_kind"), (CASE, "region_id"), (ITEM, "visit_id")}
"""Fields that only follow from others."""

_SHOWN = 20_000

_PARTS = frozenset({MILESTONE, EXTENSION, EVIDENCE, VISIT})
"""Records of an item that its history tells of too."""


_TOLD_APART = frozenset({
    "programme", "problem", "complaint", "status", "verification", "progress", "merged_into",
    "carries", "due_on", "region_code", "reviewed_on", "rev",
})  # fmt: skip
"""Fields that stand at the top of a page, within others, or for programs alone."""


def item_text(
    words: Words, detail: ItemDetail, log: Sequence[LogEntry], day: date, line: Text
) -> Text:
    """The page of an item as it was on a day, with its line of time."""
    t, row = words.t, detail.row
    page = PageText(t, shown=_SHOWN)
    page.say(row.ref, "bold")
    _marks(page, row)
    page.say(row.problem)
    _standing(page, detail, day)
    composed = {"deadline": deadline_text(t, row), "region": _region_text(t, detail)}
    fields_of_page(page, row, fields.ITEM, composed)
    if detail.measures:
        page.head(t("tui.detail.measures"))
        for measure in detail.measures:
            _measure(page, measure, day)
    if detail.extensions:
        page.head(t("extension.title"))
        for each in detail.extensions:
            page.say(f"- {extension_text(each, t)}")
    if detail.closings:
        page.head(t("closeout.title"))
        for step in detail.closings:
            page.say(f"- {closing_text(step, t)}")
    if detail.evidence:
        page.head(t("evidence.title"))
        rules = evidence_rules()
        for file in detail.evidence:
            page.say(f"- {evidence_text(file, rules, t)}")
    if detail.visits:
        page.head(t("visit.title"))
        for visit in detail.visits:
            page.say(f"- {visit_text(visit, t)}")
    page.head(t("tui.detail.line"))
    page.text.append_text(line)
    _history(page, words, log)
    return page.text


def _standing(page: PageText, detail: ItemDetail, day: date) -> None:
    """What is reported, what follows from the schedule, what was seen on site; then the merges."""
    t, row = page.t, detail.row
    _status(page, row, fields.ITEM["status"])
    page.pair(t("queue.column.rule"), schedule_says(judge(detail, day), t))
    for name in ("verification", "progress", "merged_into"):
        field = fields.ITEM[name]
        steps = name == "progress" and row.steps
        text = progress_with_steps(row, t) if steps else row_text(row, field, t)
        page.pair(title(field, t), text)
    if detail.live and detail.live != row.merged_into:
        page.say(t("tui.detail.live", ref=detail.live))
    page.pair(title(fields.ITEM["carries"], t), ", ".join(detail.carries))


def _region_text(t: Language, detail: ItemDetail) -> str:
    row = detail.row
    path = t("tui.sign.step").join(detail.region_path) if t.code == "zh" else None
    return path or t.name(row.region, row.region_en)


def case_text(words: Words, row: CaseRow, log: Sequence[LogEntry]) -> Text:
    """The page of a case."""
    page = PageText(words.t, shown=_SHOWN)
    page.say(row.ref, "bold")
    _marks(page, row)
    page.say(row.complaint)
    _status(page, row, fields.CASE["status"])
    fields_of_page(page, row, fields.CASE, {})
    _history(page, words, log)
    return page.text


def _status(page: PageText, row: ItemRow | CaseRow, field: Field) -> None:
    t = page.t
    since = t("tui.detail.since", date=row.since)
    page.pair(title(field, t), f"{row_text(row, field, t)} ({since})")


def fields_of_page(
    page: PageText, row: ItemRow | CaseRow, all_fields: Fields, composed: Mapping[str, str]
) -> None:
    """Every field that belongs on a page and is filled; some are put together from several."""
    apart = _TOLD_APART if "deadline" in all_fields else _TOLD_APART - {"due_on"}
    on_page = [field for field in all_fields.shown(Shown.DETAILS) if field.name not in apart]
    for name, value in pairs(row, on_page, page.t, composed):
        page.pair(name, value)


def history_text(words: Words, log: Sequence[LogEntry]) -> Text:
    """The history of a record, as its page has it."""
    page = PageText(words.t, shown=_SHOWN)
    _history(page, words, log)
    return page.text


def _marks(page: PageText, row: ItemRow | CaseRow) -> None:
    if row.reconstructed:
        page.say(page.t("tui.detail.reconstructed"), "italic")
    if row.simulated:
        page.say(page.t("tui.detail.simulated"), "italic")


def deadline_text(t: Language, row: ItemRow) -> str:
    """The deadline as written, and the day that it was read as."""
    if not row.deadline:
        return ""
    if row.due_on:
        read = row.deadline
        if row.due_on != row.deadline:
            read += f" ({t('tui.detail.read_as', date=row.due_on)})"
        if row.first_due_on == row.due_on:
            return read
        return t("report.first_due", deadline=read, first=row.first_due_on)
    if row.deadline_kind == DeadlineKind.UNREADABLE:
        return f"{row.deadline} ({t('tui.detail.unreadable')})"
    return row.deadline


def _measure(page: PageText, measure: Measure, day: date) -> None:
    """A measure with its steps; one that is its own step stands on one line."""
    alone = [step.text for step in measure.milestones] == [measure.text]
    if not alone:
        page.say(f"- {measure.text}")
    for step in measure.milestones:
        due = page.t("tui.detail.due", date=planned(step, page.t)) if step.due else ""
        told = (due, step_state(step, page.t, day), step.unit, step.evidence)
        page.text.append("- " if alone else "    - ")
        page.say(f"{step.text} {page.t('tui.sign.dot').join(filter(None, told))}")


def _history(page: PageText, words: Words, log: Sequence[LogEntry]) -> None:
    t = page.t
    page.head(t("tui.detail.history"))
    for entry in log:
        if (entry.entity, entry.field) in _HIDDEN:
            continue
        page.text.append(f"{entry.effective_on} ", "bold")
        if entry.entity in _PARTS:
            page.add(words.record(entry.entity, entry.entity_id).partition(" ")[2])
            page.text.append(" ")
        page.add(_change(words, entry), "strike" if entry.undone_by else "")
        page.text.append(t("tui.sign.dot"))
        page.add(f"{author_text(t, entry.who, entry.on_behalf)} #{entry.batch}")
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
        if entry.entity == CLOSING:
            return words.kept(entry.entity, "", entry.new)
        if entry.entity in _PARTS:
            return t(f"tui.detail.{entry.entity}_born")
        first = json.loads(entry.new).get("status")
        return f"{t('tui.detail.born')} {words.value(entry.entity, 'status', first)}"
    none = t("tui.sign.none")
    return t(
        "tui.sign.change",
        name=words.field(entry.field),
        old=words.kept(entry.entity, entry.field, entry.old) or none,
        new=words.kept(entry.entity, entry.field, entry.new) or none,
    )
