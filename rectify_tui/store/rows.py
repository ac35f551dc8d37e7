"""Records as lists read them: the value of every field that is declared, by its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from rectify_tui.domain.fields import Field, FieldKind, Fields
from rectify_tui.store.connection import Connection, engine, fetch_chunks

_R = TypeVar("_R", bound="Row")


class Row:
    """A record as a list shows it. Never changes.

    Every field has its value under the name that programs know it by (`Field.key`). Dates are ISO
    text; what points to a record is that record's name or reference; beside the name of a region
    stands the English one, under the same name with `_en`. What the rules and the faces ask for by
    name is declared by the kinds of rows, for the type checker; the rest is asked for by field.
    """

    id: int
    rev: int
    ref: str
    programme: str
    number: str
    status: str
    since: str
    note: str | None
    reconstructed: bool
    simulated: bool
    source: str | None

    def __init__(self, values: Mapping[str, Any]) -> None:
        vars(self).update(values)

    def __getitem__(self, field: Field) -> Any:
        return vars(self)[field.key]

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), self.id, self.rev))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({vars(self)!r})"

    def but(self: _R, values: Mapping[str, Any]) -> _R:
        """The same row with some other values."""
        return type(self)({**vars(self), **values})


class Selection:
    """How rows of a table are read.

    `source` is what follows SELECT …, with `{marks}` for the ids, and joins `programme` and
    `region`. `others` is the SQL of fields that no rule below covers, None for one that is read
    apart. Raises `LookupError` for a field that would stay empty.
    """

    def __init__(
        self, fields: Fields, table: str, source: str, others: Mapping[str, str | None]
    ) -> None:
        columns = {"id": f"{table}.id", "rev": f"{table}.rev"}
        for field in fields.values():
            if field.name not in others:
                columns |= _columns(fields, table, field)
            elif (sql := others[field.name]) is not None:
                columns[field.key] = sql
        self._columns = columns
        self._source = source
        self._query = f"SELECT {', '.join(columns.values())} {source}"
        self._flags = [field.key for field in fields.of_kind(FieldKind.FLAG)]

    def read(self, connection: Connection, ids: list[int]) -> Iterator[dict[str, Any]]:
        """The values of records by id, in no order."""
        for row in fetch_chunks(connection, self._query, ids):
            values = dict(zip(self._columns, row, strict=True))
            for flag in self._flags:
                values[flag] = bool(values[flag])
            yield values

    def objects(
        self, connection: Connection, ids: list[int], fields: Iterable[Field], between: str
    ) -> Iterator[tuple[int, str]]:
        """Records with their ids, each as the members of an object in JSON, in no order."""
        members = {field.key: self._as_json(field) for field in fields}
        query = f"SELECT {self._columns['id']}, {engine.members(members, between)} {self._source}"
        return fetch_chunks(connection, query, ids)

    def _as_json(self, field: Field) -> str:
        column = self._columns[field.key]
        return (engine.flag_as_json if field.kind is FieldKind.FLAG else engine.as_json)(column)


def _columns(fields: Fields, table: str, field: Field) -> dict[str, str]:
    """The SQL of a field's value, and of what stands beside it."""
    column = fields.column_of(field)
    match field.kind:
        case FieldKind.PROGRAMME:
            return {field.key: "programme.code"}
        case FieldKind.REGION:
            return {field.key: "region.name", f"{field.key}_en": "region.name_en"}
        case FieldKind.UNIT:
            return {field.key: f"(SELECT name FROM unit WHERE unit.id = {table}.{column})"}
        case FieldKind.REFERENCE | FieldKind.REGIONS:
            raise LookupError(f"nothing says how {table}.{field.name} is read")
    if column is None:
        raise LookupError(f"nothing fills {table}.{field.name}")
    return {field.key: f"{table}.{column}"}


OF_OTHERS: Mapping[str, str] = {
    "region_code": "region.code",
    "simulated": "programme.simulated",
}
"""Fields of items and cases that are read from the programme and the region."""


def reference_sql(table: str) -> str:
    """The reference of a record, in SQL."""
    return f"programme.code || '/' || {table}.number"
