"""Deadlines and milestones as a calendar file (RFC 5545) that other programs can subscribe to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from rectify_tui.domain.fields import ITEM
from rectify_tui.domain.text import clean, shorten
from rectify_tui.i18n import Language
from rectify_tui.reports import fields, labels
from rectify_tui.reports.table import Labelled, Table, shown
from rectify_tui.store.items import ItemRow
from rectify_tui.store.milestones import OpenStep

OPEN = "-status:completed -status:merged"
"""What a calendar is about: done is done, and what was merged is another item's business."""

_SUMMARY_CELLS = 60
_TEXT_CELLS = 1000
_DESCRIBED = ("problem", "status", "deadline", "responsible", "lead", "next_step")


@dataclass(frozen=True)
class Entry:
    """A day in the calendar: an item's deadline, or one of its milestones."""

    row: ItemRow
    day: date
    step: OpenStep | None = None


def entries(rows: Iterable[ItemRow], steps: dict[int, list[OpenStep]]) -> Iterator[Entry]:
    """What of these items goes into a calendar."""
    for row in rows:
        if row.due_on:
            yield Entry(row, date.fromisoformat(row.due_on))
        for step in steps.get(row.id, ()):
            yield Entry(row, date.fromisoformat(step.due_on), step)


def by_day(entries: Iterable[Entry]) -> list[Entry]:
    """The entries one day after another."""
    return sorted(entries, key=lambda each: each.day)


def calendar_table(entries: Iterable[Entry], t: Language, today: date) -> Table:
    """The same days as a table, with how many days each is ahead; negative where it has passed."""
    wanted = labels.columns(
        t, ("day", "date"), ("days_left", "count"), "kind", ("ref", labels.WHOLE), "text",
        "region", "responsible",
    )  # fmt: skip
    rows = [
        {
            "day": entry.day, "days_left": (entry.day - today).days,
            "kind": Labelled("step" if entry.step else "due", t(_kind(entry))),
            "ref": entry.row.ref, "text": entry.step.text if entry.step else entry.row.problem,
            "region": labels.place(t, entry.row.region, entry.row.region_en),
            "responsible": entry.row.responsible,
        }
        for entry in entries
    ]  # fmt: skip
    notes = () if rows else (t("report.nothing"),)
    return Table(labels.dated(t, t("calendar.name"), today), wanted, rows, notes)


def calendar(
    entries: Iterable[Entry], t: Language, *, ledger: str, now: datetime, remind_days: int = 0
) -> bytes:
    """A calendar file of whole-day entries.

    `ledger` tells ledgers apart: an entry keeps its UID for as long as its item keeps its number,
    so that a program that reads the file again moves the entry instead of doubling it. With
    `remind_days` each entry has a reminder so many days ahead.
    """
    days = (_day(entry, t) for entry in entries)
    return write_days(days, t, t("calendar.name"), ledger, now, remind_days)


@dataclass(frozen=True)
class CalendarDay:
    """A whole day in a calendar. `name` stays the same for as long as the entry is about the same;
    `rev` rises whenever it changes."""

    name: str
    rev: int
    day: date
    summary: str
    text: str
    place: str
    categories: tuple[str, ...]


def write_days(
    days: Iterable[CalendarDay], t: Language, title: str, ledger: str, now: datetime,
    remind_days: int = 0,
) -> bytes:  # fmt: skip
    """A calendar file of days; see `calendar`."""
    feed = Calendar()
    feed.add("PRODID", f"-//rectify-tui//{t.code.upper()}")
    feed.add("VERSION", "2.0")
    feed.add("METHOD", "PUBLISH")
    feed.add("X-WR-CALNAME", title)
    for each in days:
        feed.add_component(_event(each, ledger, now, remind_days))
    content: bytes = feed.to_ical()
    return content


def _event(each: CalendarDay, ledger: str, now: datetime, remind_days: int) -> Event:
    event = Event()
    event.add("UID", f"{each.name}@{ledger}.rectify-tui")
    event.add("DTSTAMP", now.astimezone(UTC))
    event.add("SEQUENCE", each.rev)
    event.add("DTSTART", each.day)
    event.add("DTEND", each.day + timedelta(days=1))
    event.add("SUMMARY", each.summary)
    event.add("DESCRIPTION", each.text)
    event.add("LOCATION", each.place)
    event.add("CATEGORIES", list(each.categories))
    event.add("TRANSP", "TRANSPARENT")
    if remind_days:
        alarm = Alarm()
        alarm.add("ACTION", "DISPLAY")
        alarm.add("DESCRIPTION", each.summary)
        alarm.add("TRIGGER", timedelta(days=-remind_days))
        event.add_component(alarm)
    return event


def _day(entry: Entry, t: Language) -> CalendarDay:
    row = entry.row
    what = f"step-{entry.step.id}" if entry.step else "due"
    return CalendarDay(
        f"{row.programme}.{row.number}.{what}",
        entry.step.rev + row.rev if entry.step else row.rev, entry.day, _summary(entry, t),
        _description(entry, t), clean(t.name(row.region, row.region_en)),
        (row.programme, t(_kind(entry))),
    )  # fmt: skip


def _kind(entry: Entry) -> str:
    return "calendar.step" if entry.step else "calendar.due"


def _summary(entry: Entry, t: Language) -> str:
    text = entry.step.text if entry.step else entry.row.problem
    summary = t("calendar.summary", kind=t(_kind(entry)), ref=entry.row.ref, text=clean(text))
    return shorten(summary.rstrip(), _SUMMARY_CELLS)


def _description(entry: Entry, t: Language) -> str:
    row = entry.row
    problem, *rest = (
        (fields.title(field, t), shown(fields.cell(field, t)(row)))
        for field in (ITEM[name] for name in _DESCRIBED)
    )
    measure = (labels.title(t, "measure"), entry.step.measure if entry.step else "")
    lines = [
        t("calendar.line", name=name, value=clean(value, multiline=True))
        for name, value in (problem, measure, *rest)
        if value
    ]
    if row.simulated:
        lines.append(t("calendar.simulated"))
    return shorten("\n".join(lines), _TEXT_CELLS)
