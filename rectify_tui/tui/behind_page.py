"""The page of a line of the queue: why it is here, what is claimed, what holds, what was done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rich.text import Text

from rectify_tui.domain.schedule import State
from rectify_tui.domain.status import Verification
from rectify_tui.domain.text import clean, pad
from rectify_tui.i18n import Language
from rectify_tui.reports.escalation.tables import towards, why
from rectify_tui.reports.schedule import schedule_label
from rectify_tui.reports.words import Words
from rectify_tui.store.escalations import Escalation
from rectify_tui.store.items import Milestone
from rectify_tui.tui.detail import deadline_text, history_text
from rectify_tui.tui.review_desk.facts import Facts
from rectify_tui.tui.sources.look import status_cell
from rectify_tui.tui.wrap import wrapped

_SHOWN = 4000
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


class _Page:
    def __init__(self, t: Language, cells: int, *, ascii: bool, tight: bool) -> None:
        self.t = t
        self.cells = cells
        self.ascii = ascii
        self.tight = tight
        self.text = Text()

    def say(self, value: str, style: str = "", *, bold: int = 0, indent: str = "") -> None:
        """Lines of text, the first characters of which may be bold."""
        lines = Text("\n".join(self.lines(value, self.cells - len(indent))), style)
        lines.stylize("bold", 0, bold)
        indented = Text(f"\n{indent}").join(lines.split("\n", allow_blank=True))
        self.text.append(indent).append(indented).append("\n")

    def lines(self, value: str, cells: int) -> list[str]:
        """Cleaned text in lines of so many cells."""
        return wrapped(clean(value[:_SHOWN], multiline=True), cells).split("\n")

    def head(self, key: str) -> None:
        self.gap()
        self.text.append(f"{self.t(key)}\n", "bold underline")

    def gap(self) -> None:
        """An empty line, where there is room for one."""
        if not self.tight:
            self.text.append("\n")

    def pair(self, name: str, value: object) -> None:
        if value not in (None, ""):
            label = self.t("tui.sign.label", name=name)
            self.say(f"{label}{value}", bold=len(label))

    def sign(self, signs: tuple[str, str]) -> str:
        return signs[1 if self.ascii else 0]


@dataclass(frozen=True)
class Look:
    """How a page is drawn: at which width, in which style, with how much of the history.

    A `tight` one has no empty lines, and no title where there is no doubt.
    """

    cells: int
    ascii: bool = False
    whole: bool = False
    tight: bool = False


def behind_page(words: Words, facts: Facts, look: Look) -> Text:
    """The page of a line."""
    t, row = words.t, facts.detail.row
    page = _Page(t, look.cells, ascii=look.ascii, tight=look.tight)
    page.say(t("tui.sign.dot").join(filter(None, (row.ref, *_marks(t, facts)))), "bold")
    page.say(row.problem or t("tui.sign.none"))
    region = t.name(row.region, row.region_en)
    page.say(t("tui.sign.dot").join(filter(None, (row.responsible, region))))
    _reasons(page, facts)
    _three_facts(page, facts)
    _plan(page, facts)
    _said(page, facts)
    _steps(page, facts)
    _history(page, words, facts, whole=look.whole)
    return page.text


def _marks(t: Language, facts: Facts) -> Iterable[str]:
    entry = facts.entry
    if entry.row.simulated:
        yield t("tui.simulated")
    if entry.row.reconstructed:
        yield t("tui.reconstructed")
    if entry.put_off:
        yield t("behind_screen.is_put_off", day=entry.row.put_off_until)
    elif not entry.reasons:
        yield t("behind_screen.has_left")


def _reasons(page: _Page, facts: Facts) -> None:
    if facts.entry.reasons and not page.tight:
        page.head("behind_screen.head.why")
    for place, each in enumerate(facts.entry.reasons):
        page.say(f"- {page.t(each.key, **each.params)}", "bold" if not place else "")


# The three facts


def _three_facts(page: _Page, facts: Facts) -> None:
    """What is reported, what follows from the schedule, what was seen on site."""
    columns = [_reported(page, facts), _scheduled(page, facts), _verified(page, facts)]
    page.gap()
    if page.cells < _NARROW:
        for title, (first, *more), style in columns:
            label = page.t("tui.sign.label", name=title)
            page.say(page.t("behind_screen.gap").join([label + first, *more]), style)
        return
    width = (page.cells - 4) // 3
    blocks = [
        [*page.lines(title, width), *(line for each in told for line in page.lines(each, width))]
        for title, told, _ in columns
    ]
    for at in range(max(map(len, blocks))):
        for column, block in enumerate(blocks):
            line = block[at] if at < len(block) else ""
            style = "bold underline" if at == 0 else columns[column][2]
            page.text.append(line, style).append(" " * (len(pad(line, width)) - len(line)))
            page.text.append("  " if column < 2 else "\n")


_Fact = tuple[str, list[str], str]
"""A title, what is told, and its style."""


def _reported(page: _Page, facts: Facts) -> _Fact:
    t, row = page.t, facts.detail.row
    told = [status_cell(t, "item", row.status, ascii=page.ascii).text]
    if row.progress is not None:
        told.append(t("behind_screen.progress", n=row.progress))
    told.append(t("tui.detail.since", date=row.since))
    return t("behind_screen.fact.reported"), told, ""


def _scheduled(page: _Page, facts: Facts) -> _Fact:
    t, derived = page.t, facts.entry.derived
    sign = page.sign(_STATES.get(derived.state, _UNKNOWN))
    told = [f"{sign} {schedule_label(derived, t)}", t(derived.rule, **derived.params)]
    if facts.entry.disagreement is not None:
        told.append(t(f"behind_screen.differs.{facts.entry.disagreement.direction}"))
    return t("behind_screen.fact.schedule"), told, "bold" if derived.late else ""


def _verified(page: _Page, facts: Facts) -> _Fact:
    t, found = page.t, Verification(facts.detail.row.verification)
    told = [f"{page.sign(_CHECKS.get(found, _UNKNOWN))} {t(f'status.verification.{found}')}"]
    refuted = found is Verification.REFUTED
    if refuted:
        told.append(t("behind_screen.refuted"))
    return t("behind_screen.fact.verified"), told, "bold reverse" if refuted else ""


# Plan


def _plan(page: _Page, facts: Facts) -> None:
    t, row, moves = page.t, facts.detail.row, facts.moves
    page.gap()
    deadline = deadline_text(t, row) or t("tui.sign.none")
    page.pair(t("tui.detail.deadline"), deadline)
    if moves is not None:
        page.say(t("behind_screen.moved", n=moves.times, first=moves.first), "bold", indent="  ")
    page.pair(t("tui.field.start"), row.start_on)
    steps = [step for measure in facts.detail.measures for step in measure.milestones]
    if steps:
        page.head("behind_screen.head.milestones")
    for step in sorted(steps, key=lambda each: (_is_done(each, facts), each.due_on or "9999")):
        page.say(_milestone(page, step, facts))


def _is_done(step: Milestone, facts: Facts) -> bool:
    if step.done_on is None:
        return step.done is not None
    return step.done_on <= facts.query.as_of.isoformat()


def _milestone(page: _Page, step: Milestone, facts: Facts) -> str:
    t = page.t
    if _is_done(step, facts):
        sign, when = page.sign(("✓", "+")), t("tui.detail.done", date=step.done_on or step.done)
    elif step.due_on is None:
        sign, when = page.sign(_UNKNOWN), step.due or ""
    else:
        n = (facts.query.as_of - date.fromisoformat(step.due_on)).days
        sign = "!" if n > 0 else page.sign(_UNKNOWN)
        when = t(f"behind_screen.step.{_side(n)}", day=step.due_on, n=abs(n))
    return f"{sign} {step.text} {when}".rstrip()


def _side(n: int) -> str:
    return "past" if n > 0 else "ahead" if n else "today"


# What was said and done


def _said(page: _Page, facts: Facts) -> None:
    t, row = page.t, facts.detail.row
    page.gap()
    page.pair(t("tui.field.reason"), row.reason)
    next_step = row.next_step or (t("tui.sign.none") if row.next_on else None)
    if row.next_on:
        n = (facts.query.as_of - date.fromisoformat(row.next_on)).days
        promise = t(f"behind_screen.promise.{_side(n)}", day=row.next_on, n=abs(n))
        next_step = f"{next_step}{t('tui.told', told=promise)}"
    page.pair(t("tui.field.next_step"), next_step)
    page.pair(t("field.put_off_until.title"), row.put_off_until)
    page.pair(t("field.reviewed_on.title"), row.reviewed_on)
    page.pair(t("tui.field.note"), row.note)


def _steps(page: _Page, facts: Facts) -> None:
    if facts.escalations or facts.suggestions or facts.trouble:
        page.head("behind_screen.head.steps")
    if facts.trouble is not None:
        page.say(f"! {page.t.problem(facts.trouble)}")
    for each in facts.escalations:
        _step(page, each, facts)
    for target, suggestion in facts.suggestions:
        told = page.t(
            "behind_screen.suggested", name=page.t.name(target.name, target.name_en),
            step=page.t(f"ladder.step.{suggestion.step}"), why=why(suggestion, page.t),
        )  # fmt: skip
        page.say(told)


def _step(page: _Page, each: Escalation, facts: Facts) -> None:
    t, day = page.t, facts.query.as_of
    state = t(f"escalation.state.{each.state(day)}")
    parts = [
        f"#{each.id} {each.issued_on or each.issued or t('tui.sign.none')}",
        t(f"ladder.step.{each.step}"), towards(each, t), state,
    ]  # fmt: skip
    if each.due_on:
        parts.append(t("behind_screen.answer_due", day=each.due_on))
    page.say(t("tui.sign.dot").join(parts))
    if each.answer and each.state(day) == "answered":
        quoted = t("tui.sign.quote", text=each.answer)
        page.say(t("behind_screen.answered_on", day=each.answered_on, text=quoted), indent="  ")


def _history(page: _Page, words: Words, facts: Facts, *, whole: bool) -> None:
    page.text.append_text(history_text(words, facts.log if whole else facts.log[:_HISTORY]))
    if not whole and len(facts.log) > _HISTORY:
        page.say(page.t("behind_screen.more_history", n=len(facts.log) - _HISTORY))
