"""Expressions that engines write differently."""

from __future__ import annotations

from collections.abc import Mapping


def like(column: str) -> str:
    """Whether a column fits a pattern (a parameter), small and capital letters being the same.

    It is LIKE that does so in SQLite, for ASCII, and ILIKE in PostgreSQL; to compare what LOWER
    makes of both would be the same everywhere and take three times as long.
    """
    return f"{column} LIKE ? ESCAPE '\\'"


def by_index(name: str) -> str:
    """What follows a table to have it read by an index of few rows, which is taken for a large one.

    The engine has not counted how many rows meet the condition of a partial index, nor how few
    belong to one value where others have many.
    """
    return f"INDEXED BY {name}"


def unindexed(column: str) -> str:
    """A column that nothing is to be looked up by: the engine takes any condition for a narrow one.

    It has not counted how many rows meet it, and looks nothing up by an expression.
    """
    return f"+{column}"


JOIN_IN_ORDER = "CROSS JOIN"
"""Joins, with ON, what is to be looked up for what stands before it, and never the reverse."""


def day_number(date: str) -> str:
    """A date, kept as ISO text, as a number of days, so that one can be taken from another."""
    return f"julianday({date})"


def day_after(date: str, days: int) -> str:
    """The day that comes so many days after a date, as ISO text."""
    return f"date({date}, '+{days} days')"


def day_of(number: str) -> str:
    """The day, as ISO text, of which `day_number` makes a number."""
    return f"date({number})"


def json_value(text: str) -> str:
    """The number or text that a column keeps as JSON."""
    return f"json_extract({text}, '$')"


def as_json(column: str) -> str:
    """A column as it stands in JSON, which is written as `json.dumps` writes it, as text.

    Of bytes there is no such thing, which is an error.
    """
    return f"json_quote({column})"


def flag_as_json(column: str) -> str:
    """A truth value, kept as a number, as it stands in JSON; what nobody has said is not so."""
    return f"CASE WHEN {column} THEN 'true' ELSE 'false' END"


def members(values: Mapping[str, str], between: str) -> str:
    """The members of an object in JSON, written one after another, as text.

    `values` are columns as they stand in JSON, by the names of the members, which are plain words.
    """
    names = between.join(f'"{name}": %s' for name in values)
    return f"printf('{names}', {', '.join(values.values())})"


def as_hex(column: str) -> str:
    """The digits of bytes; text as it is."""
    return f"CASE typeof({column}) WHEN 'blob' THEN LOWER(HEX({column})) ELSE {column} END"


def as_bytes(text: str) -> str:
    """Text as the bytes that it is kept as."""
    return f"CAST({text} AS BLOB)"


def json_member(text: str, name: str) -> str:
    """A member of an object that a column keeps as JSON."""
    return f"json_extract({text}, '$.{name}')"
