"""Reminding those who have not sent their return: as a text, as letters, as days in a calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rectify_tui.domain.fields import Shown
from rectify_tui.domain.text import clean
from rectify_tui.errors import Refusal
from rectify_tui.i18n import Language
from rectify_tui.reports.calendar import CalendarDay, write_days
from rectify_tui.reports.escalation.letter import LetterWriter
from rectify_tui.reports.file_names import safe_name
from rectify_tui.reports.item_cells import item_cells
from rectify_tui.reports.labels import spoken_day
from rectify_tui.reports.returns import state_name, week_name
from rectify_tui.reports.table import Column, Table, shown
from rectify_tui.reports.weekly.model import Period, PeriodKind, Report, Section
from rectify_tui.store import chain
from rectify_tui.store.connection import Connection
from rectify_tui.store.items import ItemRow, item_rows
from rectify_tui.store.return_states import ReturnState

_ALWAYS = ("ref", "problem", "status")


@dataclass(frozen=True)
class Reminder:
    """Whom an office reminds on a day; `awaited` have not sent their return."""

    awaited: tuple[ReturnState, ...]
    office: str
    today: date


def awaited(states: Iterable[ReturnState]) -> tuple[ReturnState, ...]:
    """Those that have not come, in their order. Raises `Refusal` where all have."""
    found = tuple(each for each in states if each.state != "received")
    if not found:
        raise Refusal("returns.none_awaited")
    return found


def reminder_text(reminder: Reminder, t: Language) -> str:
    """A message that names everyone who is awaited, to be sent to all of them or to one."""
    lines = [_line(each, reminder.today, t) for each in reminder.awaited]
    week = week_name(_day(reminder.awaited[0].cutoff), t)
    office = reminder.office or t("returns.reminder.office")
    return "\n".join(
        [
            t("returns.reminder.opening", week=week),
            *lines,
            t("returns.reminder.closing", office=office, day=spoken_day(t, reminder.today)),
        ]
    )


def _line(each: ReturnState, today: date, t: Language) -> str:
    due = _day(each.due_on)
    late = (today - due).days
    key = "late" if late > 0 else "awaited"
    return t(
        f"returns.reminder.{key}", name=clean(state_name(each, t)), n=each.n_items,
        due=spoken_day(t, due, "day_of_year"), late=late, code=each.code,
    )  # fmt: skip


def letter_name(state: ReturnState, t: Language) -> str:
    """The name of the file of a letter."""
    return safe_name(t("returns.reminder.file", name=state_name(state, t))) + ".docx"


def reminder_letter(
    connection: Connection, state: ReturnState, reminder: Reminder, t: Language
) -> bytes:
    """A letter (DOCX) to one who is awaited, with the items that its return asks about."""
    due, name = _day(state.due_on), state_name(state, t)
    late = (reminder.today - due).days
    blanks = {
        "week": week_name(_day(state.cutoff), t), "n": state.n_items, "code": state.code,
        "due": spoken_day(t, due), "sent": spoken_day(t, _day(state.sent_on)), "late": late,
    }  # fmt: skip
    paragraphs = (
        t("returns.reminder.letter.sent", **blanks),
        t(f"returns.reminder.letter.{'late' if late > 0 else 'awaited'}", **blanks),
    )
    rows = item_rows(connection, list(state.item_ids))
    heading = t("returns.reminder.letter.attachment")
    report = Report(
        t.code, t("returns.reminder.letter.title"),
        Period(PeriodKind.WEEK, reminder.today, reminder.today), "", reminder.office, paragraphs,
        (Section("items", heading, _items(rows, heading, t)),), None, (),
    )  # fmt: skip
    return LetterWriter(report, name).written()


def _items(rows: Sequence[ItemRow], heading: str, t: Language) -> Table:
    cells = item_cells(Shown.LETTER)
    lines = [{name: field.cell(row, t) for name, field in cells.items()} for row in rows]
    columns = tuple(
        Column(name, t(field.title), field.kind)
        for name, field in cells.items()
        if name in _ALWAYS or any(shown(line[name], field.kind) for line in lines)
    )
    return Table(heading, columns, lines)


def reminder_calendar(
    connection: Connection, reminder: Reminder, t: Language, now: datetime, remind_days: int = 1
) -> bytes:
    """A calendar file (ICS) with the day by which each is due, to be reminded of ahead."""
    days = [
        CalendarDay(
            f"{each.code}.return", 0, _day(each.due_on),
            t("returns.reminder.summary", name=clean(state_name(each, t)), n=each.n_items),
            _line(each, reminder.today, t), clean(state_name(each, t)),
            (t("returns.status.none_title"),),
        )
        for each in reminder.awaited
    ]  # fmt: skip
    ledger = chain.origin(connection)
    return write_days(days, t, t("returns.status.none_title"), ledger, now, remind_days)


def _day(text: str) -> date:
    return date.fromisoformat(text)
