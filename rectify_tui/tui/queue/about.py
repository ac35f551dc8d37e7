"""What a line of the queue says now, in the few lines of a dialog."""

from __future__ import annotations

from datetime import date

from rectify_tui.i18n import Language
from rectify_tui.reports.schedule import schedule_label
from rectify_tui.store.queue import QueueEntry
from rectify_tui.tui.sources.about import in_lines
from rectify_tui.tui.sources.look import status_cell


def about_entry(t: Language, entry: QueueEntry, day: date, *, ascii: bool) -> str:
    """Where it is and what it is about; what is reported, scheduled, seen on site, and promised."""
    row = entry.row
    status = status_cell(t, "item", row.status, ascii=ascii).text
    facts = {
        "reported": status + t("tui.told", told=t("tui.detail.since", date=row.since)),
        "schedule": schedule_label(entry.derived, t),
        "verified": t(f"status.verification.{row.verification}"),
    }
    told = [f"{t(f'queue_screen.fact.{name}')} {text}" for name, text in facts.items()]
    dot = t("tui.sign.dot")
    lines = [
        dot.join(filter(None, (t.name(row.region, row.region_en), row.problem))),
        told[0],
        dot.join(told[1:]),
    ]
    if row.next_on:
        lines.append(promise_text(t, row.next_on, day))
    return in_lines(t, lines)


def promise_text(t: Language, promised: str, day: date) -> str:
    """By when something was promised, and how far off that is."""
    n = (day - date.fromisoformat(promised)).days
    return t(f"queue_screen.promise.{side(n)}", day=promised, n=abs(n))


def side(days: int) -> str:
    """The end of the key of a message about a day so many days ago."""
    return "past" if days > 0 else "ahead" if days else "today"
