"""Whom to ask: the people of the ledger with what they are in charge of, and their promises."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rectify_tui.domain.filter import Filter, Op, Term
from rectify_tui.domain.status import Group
from rectify_tui.domain.timeline import value_on
from rectify_tui.store.connection import Connection
from rectify_tui.store.filters import Context, item_conditions
from rectify_tui.store.on_day import OnDay, on_day
from rectify_tui.store.promises import promises_of
from rectify_tui.store.queue import QueueQuery, read_queue
from rectify_tui.store.schedule_sql import OPEN_STATUSES

_BETWEEN = re.compile(r"[、，,；;]+")
_BEHIND = Filter((Term("group", Op.IS, (Group.BEHIND,)),))


class PeopleBy(StrEnum):
    """What tells the lines apart: the unit and the person, or the person alone."""

    UNIT = "unit"
    PERSON = "person"


@dataclass
class Person:
    """A person, with the units and the ways to ask that stand beside the name.

    Counted are open items, those of them that are behind, lines of the queue, and promises.
    """

    name: str
    units: dict[str, None] = field(default_factory=dict)
    contacts: dict[str, None] = field(default_factory=dict)
    phones: dict[str, None] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)


def people(connection: Connection, query: QueueQuery, by: PeopleBy) -> list[Person]:
    """The people in charge of items under a filter on a day, most lines behind first.

    An item with several people counts with each; the empty name stands for nobody, and is last.
    """
    found: dict[tuple[str, str], Person] = {}
    units = dict(connection.execute("SELECT id, name FROM unit").fetchall())

    def of(unit_id: object, named: object) -> Iterator[Person]:
        unit = units.get(unit_id, "")
        for name in _names(named) or [""]:
            key = (unit if by is PeopleBy.UNIT else "", name)
            person = found.setdefault(key, Person(name))
            person.units |= dict.fromkeys(filter(None, [unit]))
            yield person

    with connection.snapshot():
        queue = set(read_queue(connection, query).ids)
        on = on_day(connection, query.as_of)
        ids = []
        for id, unit, named, contact, phone, is_open, behind in _items(connection, on, query):
            ids.append(id)
            counts = {"open": is_open, "behind": is_open and behind, "queue": id in queue}
            if not any(counts.values()):
                continue
            for each in of(unit, named):
                each.contacts |= dict.fromkeys(_names(contact))
                each.phones |= dict.fromkeys(_names(phone))
                each.counts.update({name: int(bool(n)) for name, n in counts.items()})
        for then_unit, then_named, kept in _promises(connection, ids, query.as_of):
            for each in of(then_unit, then_named):
                each.counts["kept" if kept else "broken"] += 1
    return sorted(found.values(), key=lambda it: _order(it, by))


def _order(person: Person, by: PeopleBy) -> tuple[str, bool, int, int, str]:
    unit = next(iter(person.units), "￿") if by is PeopleBy.UNIT else ""
    return unit, not person.name, -person.counts["behind"], -person.counts["open"], person.name


def _names(text: object) -> list[str]:
    return [name.strip() for name in _BETWEEN.split(str(text or "")) if name.strip()]


def _items(
    connection: Connection, on: OnDay, query: QueueQuery
) -> Iterable[tuple[int, int | None, str | None, str | None, str | None, int, int]]:
    context = Context(connection, on)
    (behind,) = item_conditions(context, _BEHIND)
    conditions = item_conditions(context, query.filter)
    where = " AND ".join(condition.sql for condition in conditions) or "TRUE"
    names = ("responsible_id", "person", "contact", "phone")
    columns = ", ".join(map(on.column, names))
    rows: Iterable[tuple[int, int | None, str | None, str | None, str | None, int, int]]
    rows = connection.execute(
        f"WITH asked (day) AS (SELECT ?) SELECT item.id, {columns},"
        f" {on.status} IN ({OPEN_STATUSES}), {behind.sql} FROM {on.tables} WHERE {where}",
        [
            query.as_of.isoformat(),
            *behind.params,
            *(param for condition in conditions for param in condition.params),
        ],
    )
    return rows


def _promises(
    connection: Connection, ids: list[int], day: date
) -> Iterator[tuple[object, object, bool]]:
    """Unit and people of every promise that came to something, as of when it was made."""
    for _, rows, each in promises_of(connection, ids, day):
        made = each.made_on
        yield value_on(rows, "responsible_id", made), value_on(rows, "person", made), each.kept
