"""A list of items or cases under one filter, one order and one date, read by windows."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from rectify_tui.domain.closeout import Stage
from rectify_tui.domain.fields import Field, FieldKind, Fields
from rectify_tui.domain.filter import Filter
from rectify_tui.domain.status import CaseStatus, Status
from rectify_tui.store.connection import Cursor, fetch_chunks
from rectify_tui.store.filters import Condition, Context, asks_for_unexplained
from rectify_tui.store.on_day import Columns, OnDay, on_day
from rectify_tui.store.programmes import programme_codes

if TYPE_CHECKING:
    from rectify_tui.store.ledger import Ledger

Conditions = Callable[[Context, Filter], list[Condition]]


class ListKind(NamedTuple):
    """What is listed: its table, its orders and its conditions.

    An order is a SQL expression in which columns that may be dated stand in braces; the programme
    and number follow it always.
    """

    table: str
    orders: Mapping[str, str]
    conditions: Conditions


def orders_of(fields: Fields, table: str) -> dict[str, str]:
    """The orders of a list, by name, as expressions in SQL."""
    return {name: _order(fields, table, field) for name, field in fields.orders.items()}


def _order(fields: Fields, table: str, field: Field) -> str:
    """How lists are sorted by a field. A missing day comes after all others, and text before."""
    column = f"{{{fields.column_of(field)}}}"
    match field.kind:
        case FieldKind.NUMBER | FieldKind.CODE:
            return ""  # the order of the ledger itself
        case FieldKind.STATUS:
            return _ranked(column, Status)
        case FieldKind.CASE_STATUS:
            return _ranked(column, CaseStatus)
        case FieldKind.CLOSURE:
            return f"COALESCE({_ranked(column, Stage)}, -1)"
        case FieldKind.REGION | FieldKind.REGIONS:
            code = "SELECT COALESCE(code, '999999') FROM region"
            return f"({code} WHERE region.id = {{region_id}})"
        case FieldKind.UNIT:
            return f"COALESCE((SELECT name FROM unit WHERE unit.id = {column}), '')"
        case FieldKind.PERCENT:
            return f"COALESCE({column}, -1)"
        case FieldKind.MONEY:
            return f"COALESCE({column}, 0)"
        case FieldKind.TEXT | FieldKind.LABEL | FieldKind.PEOPLE:
            return f"COALESCE({column}, '')"
        case FieldKind.DAY | FieldKind.PAST_DAY | FieldKind.COMING_DAY | FieldKind.START:
            return f"COALESCE({column}, '9999-12-31')"
    raise LookupError(f"nothing says how lists of {table} are sorted by {field.name}")


def _ranked(column: str, statuses: Iterable[str]) -> str:
    ranks = " ".join(f"WHEN '{status}' THEN {rank}" for rank, status in enumerate(statuses))
    return f"CASE {column} {ranks} END"


NO_FILTER = Filter()


class ListQuery(NamedTuple):
    """Which rows, in which order, as of which day (None: today, as things stand)."""

    filter: Filter = NO_FILTER
    order: str = "number"
    descending: bool = False
    as_of: date | None = None


class Listing:
    """Ids by index. Never changes: after a change in the store a new listing is made.

    The whole ledger in its own order is read by windows; what a filter or another order leaves is
    held as an array of ids, eight bytes each. May be called from several threads.

    `programme` is the code of the one programme that all rows are of, where `find_programme` has
    found that there is one.
    """

    def __init__(self, ledger: Ledger, subject: ListKind, query: ListQuery) -> None:
        self.ledger = ledger
        self.subject = subject
        self.query = query
        self._lock = Lock()
        self._ids: array[int] | None = None
        self._count: int | None = None
        self.programme: str | None = None

    @property
    def _windowed(self) -> bool:
        query = self.query
        plain = query.order == "number" and not query.descending
        return plain and query.as_of is None and not query.filter.terms

    def count(self) -> int:
        """How many rows there are."""
        if not self._windowed:
            return len(self._all())
        with self._lock:
            if self._count is None:
                row = self._read(f"SELECT COUNT(*) FROM {self.subject.table}").fetchone()
                self._count = int(row[0])
            return self._count

    def ids(self, start: int, stop: int) -> list[int]:
        """The ids from index `start` up to, not including, `stop`."""
        if not self._windowed:
            return self._all()[start:stop].tolist()
        rows = self._read(
            f"SELECT id FROM {self.subject.table} ORDER BY programme_id, number_key, id"
            " LIMIT ? OFFSET ?",
            [max(0, stop - start), start],
        )
        return [id for (id,) in rows]

    def position(self, id: int) -> int | None:
        """The index of a row, None where the list does not hold it."""
        if not self._windowed:
            try:
                return self._all().index(id)
            except ValueError:
                return None
        table = self.subject.table
        row = self._read(f"SELECT programme_id, number_key, id FROM {table} WHERE id = ?", [id])
        key = row.fetchone()
        if key is None:
            return None
        before = self._read(
            f"SELECT COUNT(*) FROM {table} WHERE (programme_id, number_key, id) < (?, ?, ?)", key
        ).fetchone()
        return int(before[0])

    def find_programme(self) -> None:
        """Find out whether all rows are of one programme."""
        codes = programme_codes(self.ledger.reader())
        found = self._programmes(codes)
        self.programme = codes[found.pop()] if len(found) == 1 else None

    def _programmes(self, codes: Mapping[int, str]) -> set[int]:
        """The programmes of the rows, or so many of them that there are several."""
        table, connection = self.subject.table, self.ledger.reader()
        there = {
            id
            for id in codes
            if self._read(f"SELECT 1 FROM {table} WHERE programme_id = ? LIMIT 1", [id]).fetchone()
        }
        if self._windowed or len(there) < 2:
            return there
        ids, found = self._all(), set[int]()
        query = f"SELECT DISTINCT programme_id FROM {table} WHERE id IN ({{marks}})"
        # the ends first: where rows stand in the order of the ledger, they tell at once
        for part in ([*ids[:1], *ids[-1:]], ids):
            for (programme,) in fetch_chunks(connection, query, part):
                found.add(programme)
                if len(found) > 1:
                    return found
        return found

    def _all(self) -> array[int]:
        with self._lock:
            if self._ids is None:
                self._ids = array("q", (id for (id,) in self._select()))
            return self._ids

    def _read(self, sql: str, params: list[object] | tuple[object, ...] = ()) -> Cursor:
        return self.ledger.reader().execute(sql, params)

    def _select(self) -> Cursor:
        subject, query = self.subject, self.query
        chosen = _choose(self.ledger, subject, query)
        order = subject.orders[query.order].format_map(Columns(chosen.on))
        way, table = " DESC" if query.descending else "", subject.table
        rest = f"{table}.programme_id{way}, {table}.number_key{way}, {table}.id{way}"
        by = f"{order}{way}, {rest}" if order else rest
        return self._read(f"{chosen.sql(f'{table}.id')} ORDER BY {by}", chosen.params)


def count_rows(ledger: Ledger, subject: ListKind, query: ListQuery) -> int:
    """How many rows a list would have, where none of them is wanted: they need not be sorted."""
    chosen = _choose(ledger, subject, query)
    (n,) = ledger.reader().execute(chosen.sql("COUNT(*)"), chosen.params).fetchone()
    return int(n)


class _Chosen(NamedTuple):
    """The rows that a filter leaves, as a query that is to be told what of them is wanted."""

    on: OnDay
    where: str
    params: list[object]

    def sql(self, wanted: str) -> str:
        return f"WITH asked (day) AS (SELECT ?) SELECT {wanted} FROM {self.on.tables} {self.where}"


def _choose(ledger: Ledger, subject: ListKind, query: ListQuery) -> _Chosen:
    connection, day = ledger.reader(), query.as_of or ledger.today()
    narrow = query.filter.names_place
    if query.as_of:
        on = on_day(connection, day, subject.table, narrow=narrow)
    else:
        on = OnDay(day, False, subject.table, narrow or asks_for_unexplained(query.filter))
    conditions = subject.conditions(Context(connection, on), query.filter)
    where = " AND ".join(condition.sql for condition in conditions) or "TRUE"
    params = [day.isoformat(), *(param for each in conditions for param in each.params)]
    return _Chosen(on, f"WHERE {where}", params)
