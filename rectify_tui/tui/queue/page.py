"""The page of a line of the queue: why it is here, what is claimed, what holds, what was done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rich.text import Text

from rectify_tui.domain.fields import ITEM, Shown
from rectify_tui.domain.schedule import State
from rectify_tui.domain.status import Verification
from rectify_tui.domain.text import pad
from rectify_tui.i18n import Language
from rectify_tui.reports.escalation.tables import towards, why
from rectify_tui.reports.fields import row_text, title
from rectify_tui.reports.schedule import schedule_label
from rectify_tui.reports.words import Words
from rectify_tui.store.escalations import Escalation
from rectify_tui.store.items import ItemRow
from rectify_tui.store.milestones import Milestone
from rectify_tui.tui.detail import deadline_text, history_text
from rectify_tui.tui.page import PageText
from rectify_tui.tui.queue.about import promise_text, side
from rectify_tui.tui.queue.facts import Facts
from rectify_tui.tui.sources.look import status_cell

_NARROW = 39
"""Cells below which the three facts stand one under the other."""

_HISTORY = 6
"""Lines of history on the page of a line that was not opened."""

_STATES = {
    State.COMPLETED: ("✓", "+"), State.AHEAD: ("»", ">"), State.ON_SCHEDULE: ("›", "="),
    State.BEHIND: ("!", "!"), State.OVERDUE: ("‼", "X"), State.MERGED: ("→", "-"),
}  # fmt: skip
_CHECKS = {Verification.CONFIRMED: ("✓", "+"), Verification.REFUTED: ("✗", "X")}
_UNKNOWN = ("·", ".")


@dataclass(frozen=True)
class PageStyle:
    """How a page is drawn: at which width, in which style, with how much of the history.

    A `tight` one has no empty lines, and no title where there is no doubt.
    """

    cells: int
    ascii: bool = False
    whole: bool = False
    tight: bool = False


def queue_page(words: Words, facts: Facts, style: PageStyle) -> Text:
    """The page of a line."""
    t, row = words.t, facts.detail.row
    page = PageText(t, style.cells, ascii=style.ascii, tight=style.tight)
    page.say(t("tui.sign.dot").join(filter(None, (row.ref, *_marks(t, facts)))), "bold")
    page.say(row.problem or t("tui.sign.none"))
    region = t.name(row.region, row.region_en)
    page.say(t("tui.sign.dot").join(filter(None, (row.responsible, region))))
    _reasons(page, facts)
    _three_facts(page, facts)
    _plan(page, facts)
    _reviewed(page, facts)
    _steps(page, facts)
    _history(page, words, facts, whole=style.whole)
    return page.text


def _marks(t: Language, facts: Facts) -> Iterable[str]:
    entry = facts.entry
    if entry.row.simulated:
        yield t("tui.simulated")
    if entry.row.reconstructed:
        yield t("tui.reconstructed")
    if entry.put_off:
        yield t("queue_screen.is_put_off", day=entry.row.put_off_until)
    elif not entry.reasons:
        yield t("queue_screen.has_left")


def _reasons(page: PageText, facts: Facts) -> None:
    if facts.entry.reasons and not page.tight:
        page.head(page.t("queue_screen.head.why"))
    for place, reason in enumerate(facts.entry.reasons):
        page.say(f"- {page.t(reason.key, **reason.params)}", "bold" if not place else "")


# The three facts


def _three_facts(page: PageText, facts: Facts) -> None:
    """What is reported, what follows from the schedule, what was seen on site."""
    columns = [_reported(page, facts), _scheduled(page, facts), _verified(page, facts)]
    page.gap()
    if page.cells < _NARROW:
        for title, (first, *more), style in columns:
            label = page.t("tui.sign.label", name=title)
            page.say(page.t("queue_screen.gap").join([label + first, *more]), style)
        return
    width = (page.cells - 4) // 3
    blocks = [
        [line for text in (title, *texts) for line in page.lines(text, width)]
        for title, texts, _ in columns
    ]
    for at in range(max(map(len, blocks))):
        for column, block in enumerate(blocks):
            line = block[at] if at < len(block) else ""
            style = "bold underline" if at == 0 else columns[column][2]
            page.text.append(line, style).append(" " * (len(pad(line, width)) - len(line)))
            page.text.append("  " if column < 2 else "\n")


_Fact = tuple[str, list[str], str]
"""A title, the lines below it, and their style."""


def _reported(page: PageText, facts: Facts) -> _Fact:
    t, row = page.t, facts.detail.row
    lines = [status_cell(t, "item", row.status, ascii=page.ascii).text]
    if row.progress is not None:
        lines.append(t("queue_screen.progress", n=row.progress))
    lines.append(t("tui.detail.since", date=row.since))
    return t("queue_screen.fact.reported"), lines, ""


def _scheduled(page: PageText, facts: Facts) -> _Fact:
    t, derived = page.t, facts.entry.derived
    sign = page.sign(_STATES.get(derived.state, _UNKNOWN))
    lines = [f"{sign} {schedule_label(derived, t)}", t(derived.rule, **derived.params)]
    if facts.entry.disagreement is not None:
        lines.append(t(f"queue_screen.differs.{facts.entry.disagreement.direction}"))
    return t("queue_screen.fact.schedule"), lines, "bold" if derived.late else ""


def _verified(page: PageText, facts: Facts) -> _Fact:
    t, verification = page.t, Verification(facts.detail.row.verification)
    sign = page.sign(_CHECKS.get(verification, _UNKNOWN))
    lines = [f"{sign} {t(f'status.verification.{verification}')}"]
    refuted = verification is Verification.REFUTED
    if refuted:
        lines.append(t("queue_screen.refuted"))
    return t("queue_screen.fact.verified"), lines, "bold reverse" if refuted else ""


# Plan


def _plan(page: PageText, facts: Facts) -> None:
    t, row, moves = page.t, facts.detail.row, facts.moves
    page.gap()
    deadline = deadline_text(t, row) or t("tui.sign.none")
    page.pair(_title(t, "deadline"), deadline)
    if moves is not None:
        page.say(t("queue_screen.moved", n=moves.times, first=moves.first), "bold", indent="  ")
    _field(page, row, "start")
    steps = [step for measure in facts.detail.measures for step in measure.milestones]
    if steps:
        page.head(page.t("queue_screen.head.milestones"))
    day = facts.query.as_of
    for step in sorted(steps, key=lambda step: (step.is_done(day), step.due_on or "9999")):
        page.say(_milestone(page, step, facts))


def _milestone(page: PageText, step: Milestone, facts: Facts) -> str:
    t = page.t
    if step.is_done(facts.query.as_of):
        sign, when = page.sign(("✓", "+")), t("tui.detail.done", date=step.done_on or step.done)
    elif step.due_on is None:
        sign, when = page.sign(_UNKNOWN), step.due or ""
    else:
        n = (facts.query.as_of - date.fromisoformat(step.due_on)).days
        sign = "!" if n > 0 else page.sign(_UNKNOWN)
        when = t(f"queue_screen.step.{side(n)}", day=step.due_on, n=abs(n))
    return f"{sign} {step.text} {when}".rstrip()


# What was noted and done


_REVIEWED = ("reason", "next_step", "next_on", "put_off_until", "reviewed_on", "note")
_TOLD_ABOVE = frozenset({
    "ref", "problem", "status", "progress", "deadline", "due_on", "region", "responsible",
})  # fmt: skip


def _reviewed(page: PageText, facts: Facts) -> None:
    """What was said of it, what was promised, and every other field that a queue shows."""
    t, row = page.t, facts.detail.row
    page.gap()
    _field(page, row, "reason")
    next_step = row.next_step or (t("tui.sign.none") if row.next_on else None)
    if row.next_on:
        promise = promise_text(t, row.next_on, facts.query.as_of)
        next_step = f"{next_step}{t('tui.told', told=promise)}"
    page.pair(_title(t, "next_step"), next_step)
    for name in ("put_off_until", "reviewed_on", "note"):
        _field(page, row, name)
    for field in ITEM.shown(Shown.QUEUE):
        if field.name not in _TOLD_ABOVE and field.name not in _REVIEWED:
            _field(page, row, field.name)


def _field(page: PageText, row: ItemRow, name: str) -> None:
    page.pair(_title(page.t, name), row_text(row, ITEM[name], page.t))


def _title(t: Language, name: str) -> str:
    return title(ITEM[name], t)


def _steps(page: PageText, facts: Facts) -> None:
    if facts.escalations or facts.suggestions or facts.trouble:
        page.head(page.t("queue_screen.head.steps"))
    if facts.trouble is not None:
        page.say(f"! {page.t.problem(facts.trouble)}")
    for escalation in facts.escalations:
        _step(page, escalation, facts)
    for target, suggestion in facts.suggestions:
        suggested = page.t(
            "queue_screen.suggested", name=page.t.name(target.name, target.name_en),
            step=page.t(f"ladder.step.{suggestion.step}"), why=why(suggestion, page.t),
        )  # fmt: skip
        page.say(suggested)


def _step(page: PageText, step: Escalation, facts: Facts) -> None:
    t, day = page.t, facts.query.as_of
    parts = [
        f"#{step.id} {step.issued_on or step.issued or t('tui.sign.none')}",
        t(f"ladder.step.{step.step}"), towards(step, t), t(f"escalation.state.{step.state(day)}"),
    ]  # fmt: skip
    if step.due_on:
        parts.append(t("queue_screen.answer_due", day=step.due_on))
    page.say(t("tui.sign.dot").join(parts))
    if step.answer and step.state(day) == "answered":
        quoted = t("tui.sign.quote", text=step.answer)
        page.say(t("queue_screen.answered_on", day=step.answered_on, text=quoted), indent="  ")


def _history(page: PageText, words: Words, facts: Facts, *, whole: bool) -> None:
    page.text.append_text(history_text(words, facts.log if whole else facts.log[:_HISTORY]))
    if not whole and len(facts.log) > _HISTORY:
        page.say(page.t("queue_screen.more_history", n=len(facts.log) - _HISTORY))
