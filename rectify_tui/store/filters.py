"""From a filter to a condition in SQL, for items and for cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import NamedTuple

from rectify_tui.domain.closeout import Stage
from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.domain.fields import CASE, ITEM, Field, FieldKind, Fields
from rectify_tui.domain.filter import Between, Filter, Op, Term, Value, Words
from rectify_tui.domain.reference import ItemReference, NumberRange
from rectify_tui.domain.sent_cells import begins_cell
from rectify_tui.domain.status import GROUP_OF, CaseStatus, Group, Status, statuses_of
from rectify_tui.domain.text import natural_key
from rectify_tui.errors import Problem
from rectify_tui.store.connection import Connection, engine, marks
from rectify_tui.store.on_day import STILL_OPEN, OnDay
from rectify_tui.store.references import programme_id
from rectify_tui.store.regions import matching_regions


class Condition(NamedTuple):
    """SQL with its parameters."""

    sql: str
    params: Sequence[object] = ()


class Context(NamedTuple):
    """What conditions are built with: a reader, and the records as they stood on a day."""

    connection: Connection
    on: OnDay

    @property
    def status(self) -> str:
        """The column of the reported status."""
        return self.on.status


Builder = Callable[[Context, Term], Condition]
NOTHING = Condition("FALSE")


def item_conditions(context: Context, filter: Filter) -> list[Condition]:
    """A condition on `item` for each term. Raises `Problem` for unknown regions or programmes."""
    conditions = [_condition(context, term, _ITEM, _item_words) for term in filter.terms]
    if not context.on.past and _has_index_of_open(filter):
        conditions.append(Condition(STILL_OPEN))  # which says nothing new
    return conditions


def _has_index_of_open(filter: Filter) -> bool:
    """Whether an index of open items answers: by when they are due, or those without a reason."""
    due = any(term.field == "due" and not term.negated for term in _of_fields(filter))
    return asks_for_unexplained(filter) or (due and _leaves_open(filter))


def asks_for_unexplained(filter: Filter) -> bool:
    """Whether it leaves only items that are open, and of which nobody said why."""
    silent = any(
        term.field == "reason" and term.values == (None,) and not term.negated
        for term in _of_fields(filter)
    )
    return silent and _leaves_open(filter)


def _leaves_open(filter: Filter) -> bool:
    """Whether it leaves only items that are neither completed nor merged."""
    return all(
        any(_rules_out(term, status) for term in _of_fields(filter))
        for status in (Status.COMPLETED, Status.MERGED)
    )


def _rules_out(term: Term, status: Status) -> bool:
    if term.field not in ("status", "group"):
        return False
    named = any(
        status in (statuses_of(value) if isinstance(value, Group) else (value,))
        for value in term.values
    )
    return named == term.negated


def _of_fields(filter: Filter) -> Iterator[Term]:
    return (term for term in filter.terms if isinstance(term, Term))


def case_conditions(context: Context, filter: Filter) -> list[Condition]:
    """A condition on `complaint_case` for each term."""
    return [_condition(context, term, _CASE, _case_words) for term in filter.terms]


def _condition(
    context: Context, term: Term | Words, builders: Mapping[str, Builder],
    words: Callable[[Context, Words], Condition],
) -> Condition:  # fmt: skip
    condition = (
        words(context, term) if isinstance(term, Words) else builders[term.field](context, term)
    )
    if term.negated:
        return Condition(f"NOT COALESCE(({condition.sql}), FALSE)", condition.params)
    return condition


def any_of(conditions: Iterable[Condition]) -> Condition:
    """True where one of them is."""
    conditions = list(conditions)
    if not conditions:
        return NOTHING
    params = [param for condition in conditions for param in condition.params]
    return Condition("(" + " OR ".join(c.sql for c in conditions) + ")", params)


def containing(text: str) -> str:
    """A pattern that finds the text anywhere, as `engine.like` takes it."""
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, "\\" + sign)
    return f"%{text}%"


def _like(column: str, text: str) -> Condition:
    return Condition(engine.like(column), [containing(text)])


def _in(column: str, values: Iterable[object]) -> Condition:
    values = list(values)
    return Condition(f"{column} IN ({marks(values)})", values) if values else NOTHING


def _plain(value: Value) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value


def _exact(name: str) -> Builder:
    return lambda context, term: any_of(
        _equal(context.on.column(name), value) for value in term.values
    )


def _equal(column: str, value: Value) -> Condition:
    if value is None:
        return Condition(f"{column} IS NULL")
    return Condition(f"{column} = ?", [_plain(value)])


def _flag(name: str) -> Builder:
    """What nobody has said is not so."""
    return lambda context, term: _in(
        f"COALESCE({context.on.column(name)}, 0)", {int(bool(value)) for value in term.values}
    )


def _ordered(name: str, scale: int = 1, parts: str = "") -> Builder:
    """Order by a column; where it has `parts`, hundredths stand in that other one."""

    def plain(value: Value) -> object:
        return (
            round(value * scale, 6)
            if isinstance(value, float | int) and scale > 1
            else _plain(value)
        )

    def whole(on: OnDay) -> str:
        column = on.column(name)
        return f"({column} * 100 + COALESCE({on.column(parts)}, 0))" if parts else column

    def one(column: str, op: Op, value: Value) -> Condition:
        if isinstance(value, Between):
            return Condition(f"{column} BETWEEN ? AND ?", [plain(value.first), plain(value.last)])
        if value is None:
            return Condition(f"{column} IS NULL")
        if isinstance(value, bool):
            return Condition(f"{column} > 0" if value else f"COALESCE({column}, 0) = 0")
        return Condition(f"{column} {op.value} ?", [plain(value)])

    return lambda context, term: any_of(
        one(whole(context.on), term.op, value) for value in term.values
    )


def _text(*names: str) -> Builder:
    def one(columns: list[str], op: Op, value: Value) -> Condition:
        if value is None:
            return Condition(" AND ".join(f"COALESCE({c}, '') = ''" for c in columns))
        if op is Op.EXACTLY:
            return any_of(Condition(f"{c} = ?", [value]) for c in columns)
        return any_of(_like(c, str(value)) for c in columns)

    return lambda context, term: any_of(
        one(_columns(context, names), term.op, value) for value in term.values
    )


def _columns(context: Context, names: Iterable[str]) -> list[str]:
    return [context.on.column(name) for name in names]


def _unit(*names: str) -> Builder:
    def one(columns: list[str], op: Op, value: Value) -> Condition:
        if value is None:
            return Condition(" AND ".join(f"{c} IS NULL" for c in columns))
        same = Condition("name = ?", [value])
        name = same if op is Op.EXACTLY else _like("name", str(value))
        return any_of(
            Condition(f"{c} IN (SELECT id FROM unit WHERE {name.sql})", name.params)
            for c in columns
        )

    return lambda context, term: any_of(
        one(_columns(context, names), term.op, value) for value in term.values
    )


def _programme(table: str) -> Builder:
    return lambda context, term: _in(
        f"{table}.programme_id",
        [programme_id(context.connection, str(value)) for value in term.values],
    )


def _regions(context: Context, term: Term) -> list[int]:
    region_ids: list[int] = []
    for value in term.values:
        matches = matching_regions(context.connection, str(value))
        if not matches:
            raise Problem("region.not_found", text=value)
        region_ids += [region.id for region in matches]
    return region_ids


def _item_region(context: Context, term: Term) -> Condition:
    regions = _in("place_id", _regions(context, term))
    return Condition(
        f"{context.on.column('region_id')} IN"
        f" (SELECT region_id FROM region_ladder WHERE {regions.sql})",
        regions.params,
    )


def _item_at(context: Context, term: Term) -> Condition:
    return _in(context.on.column("region_id"), _regions(context, term))


def _case_at(context: Context, term: Term) -> Condition:
    regions = _in("region_id", _regions(context, term))
    return Condition(
        f"complaint_case.id IN (SELECT case_id FROM case_region WHERE {regions.sql})",
        regions.params,
    )


def _case_region(context: Context, term: Term) -> Condition:
    regions = _in("place_id", _regions(context, term))
    return Condition(
        "complaint_case.id IN (SELECT case_id FROM case_region WHERE region_id IN"
        f" (SELECT region_id FROM region_ladder WHERE {regions.sql}))",
        regions.params,
    )


def _status(context: Context, term: Term) -> Condition:
    return _in(context.status, [_plain(value) for value in term.values])


def _group(context: Context, term: Term) -> Condition:
    return any_of(_one_group(context, Group(str(value))) for value in term.values)


def _one_group(context: Context, group: Group) -> Condition:
    """Not started is behind from the day its start is due; see `domain/timeline.py`."""
    day, start_on = context.on.day.isoformat(), context.on.column("start_on")
    plain = [s.value for s in statuses_of(group) if s is not Status.NOT_STARTED]
    conditions = [_in(context.status, plain)] if plain else []
    if group is Group.BEHIND:
        due = f"({context.status} = ? AND {start_on} <= ?)"
        conditions.append(Condition(due, [Status.NOT_STARTED.value, day]))
    elif group is GROUP_OF[Status.NOT_STARTED]:
        early = f"({context.status} = ? AND ({start_on} IS NULL OR {start_on} > ?))"
        conditions.append(Condition(early, [Status.NOT_STARTED.value, day]))
    return any_of(conditions)


def _closure(context: Context, term: Term) -> Condition:
    """Stages of close-out, of what is reported as completed; what is not is not applied for."""
    closure = context.on.column("closure")
    completed = _in(context.status, [each.value for each in statuses_of(Group.COMPLETED)])

    def one(value: Value) -> Condition:
        if value in (None, Stage.NOT_APPLIED):
            return Condition(f"({closure} IS NULL AND {completed.sql})", completed.params)
        stage = Condition(f"({closure} = ? AND {completed.sql})", [_plain(value)])
        return Condition(stage.sql, [*stage.params, *completed.params])

    return any_of(one(value) for value in term.values)


def _numbers(context: Context, term: Term) -> Condition:
    return any_of(_one_number(value) for value in term.values if isinstance(value, NumberRange))


def _one_number(numbers: NumberRange) -> Condition:
    if numbers.first == numbers.last:
        return Condition("item.number = ?", [numbers.first])
    between = "(item.number = ? OR item.number_key BETWEEN ? AND ?)"
    first, last = natural_key(numbers.first), natural_key(numbers.last)
    return Condition(between, [numbers.literal, first, last])


def _references(context: Context, term: Term) -> Condition:
    return any_of(
        _one_reference(context, value) for value in term.values if isinstance(value, ItemReference)
    )


def _one_reference(context: Context, reference: ItemReference) -> Condition:
    programme = Condition(
        "item.programme_id = ?", [programme_id(context.connection, reference.programme)]
    )
    if not reference.ranges:
        return programme
    numbers = any_of(_one_number(each) for each in reference.ranges)
    return Condition(f"({programme.sql} AND {numbers.sql})", [*programme.params, *numbers.params])


def _merged(context: Context, term: Term) -> Condition:
    item_id, carrier_id = map(context.on.column, ("merged_item_id", "merged_programme_id"))
    conditions = []
    for value in term.values:
        if value is None:
            conditions.append(Condition(f"({item_id} IS NULL AND {carrier_id} IS NULL)"))
        elif isinstance(value, ItemReference):
            target = _one_reference(context, value)
            conditions.append(
                Condition(
                    f"{item_id} IN (SELECT item.id FROM item WHERE {target.sql})",
                    target.params,
                )
            )
            if not value.ranges:
                programme = programme_id(context.connection, value.programme)
                conditions.append(Condition(f"{carrier_id} = ?", [programme]))
    return any_of(conditions)


def _simulated(context: Context, term: Term) -> Condition:
    flags = _in("simulated", [int(bool(value)) for value in term.values])
    return Condition(
        f"item.programme_id IN (SELECT id FROM programme WHERE {flags.sql})", flags.params
    )


def _whether(holds: Callable[[OnDay], str]) -> Builder:
    """A term that is yes or no."""

    def one(context: Context, value: Value) -> Condition:
        sql = f"COALESCE({holds(context.on)}, FALSE)"
        return Condition(sql if value else f"NOT {sql}")

    return lambda context, term: any_of(one(context, value) for value in term.values)


def _types(context: Context, term: Term) -> Condition:
    def one(value: Value) -> Condition:
        if value is None:
            return Condition("complaint_case.types IS NULL")
        listed = "',' || complaint_case.types || ','"
        return Condition(f"{listed} LIKE ?", [f"%,{_plain(value)},%"])

    return any_of(one(value) for value in term.values)


def _unread(fields: Fields) -> Builder:
    """Fields that could not be read; a deadline that could not is kept as it was written."""
    kept: list[object] = [DeadlineKind.UNREADABLE.value] if "deadline" in fields else []

    def one(context: Context, value: Value) -> Condition:
        unread = context.on.column("unread")
        deadline = f"{context.on.column('deadline_kind')} = ?" if kept else "FALSE"
        if value is None or value is True:
            any_cell = Condition(f"({unread} IS NOT NULL OR {deadline})", kept)
            return any_cell if value else Condition(f"NOT {any_cell.sql}", kept)
        cell = _like(unread, begins_cell(str(value)))
        return any_of([cell, Condition(deadline, kept)]) if value == "deadline" else cell

    return lambda context, term: any_of(one(context, value) for value in term.values)


def _searched(context: Context, fields: Fields) -> list[str]:
    return _columns(context, (field.column for field in fields.values() if field.searched))


def _words(text: str, texts: Iterable[str], region: str, others: Iterable[Condition]) -> Condition:
    like = _like("name", text)
    return any_of(
        [
            *(_like(column, text) for column in texts),
            Condition(f"{region} IN (SELECT id FROM region WHERE {like.sql})", like.params),
            *others,
        ]
    )


def _item_words(context: Context, words: Words) -> Condition:
    def one(text: str) -> Condition:
        like = _like("name", text)
        units = (
            Condition(f"{column} IN (SELECT id FROM unit WHERE {like.sql})", like.params)
            for column in _columns(context, _UNITS)
        )
        programmes = Condition(
            "item.programme_id IN (SELECT id FROM programme"
            f" WHERE {engine.like('code')} OR {engine.like('name')})",
            [containing(text)] * 2,
        )
        number = Condition("item.number = ?", [text])
        texts = _searched(context, ITEM)
        return _words(text, texts, context.on.column("region_id"), [number, *units, programmes])

    return any_of(one(text) for text in words.values)


def _case_words(context: Context, words: Words) -> Condition:
    texts = _searched(context, CASE)
    return any_of(_words(text, texts, "complaint_case.region_id", []) for text in words.values)


def _builders(fields: Fields, table: str) -> dict[str, Builder]:
    return {
        field.filter[0]: _builder(fields, table, field) for field in fields.values() if field.filter
    }


def _builder(fields: Fields, table: str, field: Field) -> Builder:
    """How a term that a field declares becomes a condition, by the field's kind."""
    column = str(fields.column_of(field))
    match field.kind:
        case FieldKind.STATUS | FieldKind.CASE_STATUS:
            return _status
        case FieldKind.PROGRAMME:
            return _programme(table)
        case FieldKind.NUMBER:
            return _numbers
        case FieldKind.REFERENCE:
            return _merged if field.kept_in else _references
        case FieldKind.REGION:
            return _item_region
        case FieldKind.REGIONS:
            return _case_region
        case FieldKind.UNIT:
            return _unit(column)
        case FieldKind.TYPES:
            return _types
        case FieldKind.UNREAD:
            return _unread(fields)
        case FieldKind.CLOSURE:
            return _closure
        case FieldKind.MONEY:
            return _ordered(column, 1_000_000, field.kept_in[1])
        case FieldKind.FLAG if not field.kept_in:
            return _simulated
        case FieldKind.FLAG:
            return _flag(column)
        case FieldKind.LABEL | FieldKind.VERIFICATION | FieldKind.SUBSTANTIATED:
            return _exact(column)
        case FieldKind.TEXT | FieldKind.LONG_TEXT | FieldKind.CODE | FieldKind.PEOPLE:
            return _text(column)
    return _ordered(column)


_UNITS = tuple(field.column for field in ITEM.of_kind(FieldKind.UNIT))

_ITEM: Mapping[str, Builder] = _builders(ITEM, "item") | {
    "group": _group,
    "at": _item_at,
    "unit": _unit(*_UNITS),
}

_CASE: Mapping[str, Builder] = _builders(CASE, "complaint_case") | {
    "at": _case_at,
    "duplicate": _whether(lambda on: "complaint_case.duplicate_of IS NOT NULL"),
    "shared": _whether(lambda on: "complaint_case.regions LIKE '%,%'"),
    "late": _whether(
        lambda on: f"{on.status} = '{CaseStatus.OPEN}' AND {on.column('due_on')} < asked.day"
    ),
    "text": _text(*(field.column for field in CASE.of_kind(FieldKind.LONG_TEXT) if field.searched)),
}
