"""Whom to ask, as a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.reports.table import Labelled, Table
from rectify_tui.store.people import PeopleBy, Person

_COUNTS = ("open", "behind", "queue", "kept", "broken")


def people_table(people: Iterable[Person], by: PeopleBy, t: Language, day: date) -> Table:
    """A line for each person, of each unit or over all of them."""
    rows = [_line(person, t) for person in people]
    first = ("people_unit", "person") if by is PeopleBy.UNIT else ("person", "people_unit")
    counted = [(f"people_{name}", "count") for name in _COUNTS]
    wanted = labels.columns(t, *first, "contact", "phone", *counted)  # type: ignore[arg-type]
    notes = (t("people.note"),) if rows else (t("report.nothing"),)
    return Table(labels.dated(t, t("people.title"), day), wanted, rows, notes)


def _line(person: Person, t: Language) -> dict[str, object]:
    return {
        "person": Labelled(person.name or None, person.name or t("people.nobody")),
        "people_unit": labels.joined(t, list(person.units)),
        "contact": labels.joined(t, list(person.contacts)),
        "phone": labels.joined(t, list(person.phones)),
        **{f"people_{name}": person.counts[name] for name in _COUNTS},
    }
