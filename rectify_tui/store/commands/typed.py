"""What a person typed for a field, read by the field's kind: one reader for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from rectify_tui.domain.fields import Field, FieldKind, Fields
from rectify_tui.domain.status import Verification, read_case_status, read_status
from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Value, Values
from rectify_tui.errors import Problem
from rectify_tui.store.draft import Draft
from rectify_tui.store.regions import one_region

if TYPE_CHECKING:
    from rectify_tui.domain.amount import Yuan

MOST_DIGITS = 9
"""What lies beyond is a slip of the hand, and would not fit into the store."""

_LINE_LIMIT = 200
_YES = frozenset({"1", "yes", "true", "是"})
_NO = frozenset({"0", "no", "false", "否", ""})
_LAST = FieldKind.START
"""A start that is given on its own has the last word over that of a deadline."""


class TypedOn(NamedTuple):
    """The day on which a text was typed, and the year in which deadlines without one are read."""

    today: date
    year: int | None = None


def read_typed(draft: Draft, fields: Fields, typed: Mapping[str, str], *,
               year: int | None = None) -> Values:  # fmt: skip
    """The values of the columns that typed fields stand for, by their names.

    Units that are new are added. Raises `Problem` for what cannot be read.
    """
    on = TypedOn(date.fromisoformat(draft.batch.recorded_on), year)
    values: Values = {}
    for name in sorted(typed, key=lambda name: name in fields and fields[name].kind is _LAST):
        values |= _read(draft, settable(fields, name), typed[name], on)
    return values


def settable(fields: Fields, name: str) -> Field:
    """The field of a name. Raises `Problem` where there is none that a person may set."""
    field = fields.get(name)
    if field is None or not field.settable:
        known = ", ".join(field.name for field in fields.settable)
        raise Problem("change.no_field", field=name, fields=known)
    return field


def _read(draft: Draft, field: Field, text: str, on: TypedOn) -> Values:
    match field.kind:
        case FieldKind.REGION:
            return {field.column: one_region(draft.connection, text).id}
        case FieldKind.REGIONS:
            return _regions(draft, field, text)
        case FieldKind.UNIT:
            from rectify_tui.store.commands.places import unit_called

            return {field.column: unit_called(draft, text)}
    return typed_values(field, text, on)


def _regions(draft: Draft, field: Field, text: str) -> Values:
    """Several regions may be given, with commas between; the first is the main one."""
    parts = [part for part in clean(text).replace("、", ",").replace("，", ",").split(",") if part]
    ids = list(dict.fromkeys(one_region(draft.connection, part).id for part in parts))
    if not ids:
        raise Problem("region.no_name")
    several, main = field.kept_in
    return {several: ",".join(map(str, ids)), main: ids[0]}


def typed_values(field: Field, text: str, on: TypedOn) -> Values:
    """The values of the columns of a field that names no record.

    Raises `Problem` for what cannot be read.
    """
    if field.kind is FieldKind.DEADLINE:
        return _deadline(text, on)
    if field.kind is FieldKind.PLANNED:
        return _planned(field, text, on)
    if field.kind is FieldKind.MONEY:
        return money_values(field, read_fine(text))
    return {field.column: _READERS[field.kind](field, text, on)}


# Readers of one value


def _line(field: Field, text: str, on: TypedOn) -> Value:
    return _filled(field, clean(text, limit=_LINE_LIMIT))


def _text(field: Field, text: str, on: TypedOn) -> Value:
    return _filled(field, clean(text, multiline=True))


def _filled(field: Field, text: str) -> Value:
    return text if field.required else text or None


def _title(field: Field) -> Problem:
    """The field's title, in the language of whoever is told."""
    return Problem(f"{field.title_key}.title")


def _percent(field: Field, text: str, on: TypedOn) -> Value:
    digits = clean(text).removesuffix("%").removesuffix("％").strip()
    if not digits:
        return None
    if not digits.isdecimal() or int(digits) > 100:
        raise Problem("item.bad_progress", text=text)
    return int(digits)


def _count(field: Field, text: str, on: TypedOn) -> Value:
    text = clean(text)
    if not text:
        return None
    if not text.isdecimal() or len(text) > MOST_DIGITS:
        raise Problem("case.bad_count", field=_title(field), text=text)
    return int(text)


def read_fine(text: str) -> Yuan | None:
    """An amount in yuan, read in 万元 where it names no unit. Raises `Problem` for what is none."""
    from rectify_tui.domain.amount import read_amount

    try:
        return read_amount(text, "万元")
    except Problem:
        raise Problem("case.bad_fine", text=clean(text)) from None


def money_values(field: Field, yuan: Yuan | None) -> Values:
    """The values of the columns that keep an amount."""
    from rectify_tui.domain.amount import in_columns

    return dict(zip(field.kept_in, in_columns(yuan), strict=True))


def _flag(field: Field, text: str, on: TypedOn) -> Value:
    word = clean(text).lower()
    if word not in _YES | _NO:
        raise Problem("change.bad_flag", text=text)
    return int(word in _YES) if field.required or word in _YES else None


def _verification(field: Field, text: str, on: TypedOn) -> Value:
    try:
        return Verification(clean(text).lower()).value
    except ValueError:
        raise Problem("item.bad_verification", text=text) from None


def _past_day(field: Field, text: str, on: TypedOn) -> Value:
    if not clean(text):
        return None
    from rectify_tui.domain.dates import read_day

    day = read_day(text, today=on.today)
    if day > on.today:
        raise Problem("change.future_day", field=_title(field), on=day, today=on.today)
    return day.isoformat()


def read_coming_day(text: str, *, today: date) -> str | None:
    """A day to come as ISO text; None for an empty text. Raises `Problem` for what is no day."""
    from rectify_tui.domain.dates import coming_day

    return coming_day(text, today=today).isoformat() if clean(text) else None


def _start(field: Field, text: str, on: TypedOn) -> Value:
    from rectify_tui.domain.deadline import read_start

    start_on = read_start(clean(text), default_year=on.year)
    if text and start_on is None:
        raise Problem("item.bad_start", text=text)
    return start_on.isoformat() if start_on else None


def _planned(field: Field, text: str, on: TypedOn) -> Values:
    read = deadline_values(text, on.year)
    if read["deadline"] is not None and read["due_on"] is None:
        raise Problem("step.bad_day", field=_title(field), text=text)
    return dict(zip(field.kept_in, (read["deadline"], read["due_on"]), strict=True))


def _deadline(text: str, on: TypedOn) -> Values:
    read = deadline_values(text, on.year)
    if read["start_on"] is None:  # a start that was given on its own stays
        del read["start_on"]
    return read


def deadline_values(text: str, year: int | None) -> Values:
    """A deadline as written and as read, with the year of the programme where it has none."""
    from rectify_tui.domain.deadline import read_deadline

    deadline = read_deadline(clean(text), default_year=year)
    return {
        "deadline": deadline.text or None,
        "deadline_kind": deadline.kind.value,
        "due_on": deadline.due_on.isoformat() if deadline.due_on else None,
        "start_on": deadline.start_on.isoformat() if deadline.start_on else None,
    }


def _types(field: Field, text: str, on: TypedOn) -> Value:
    from rectify_tui.domain.case_words import read_pollution_types

    return ",".join(read_pollution_types(text)) or None


def _substantiated(field: Field, text: str, on: TypedOn) -> Value:
    from rectify_tui.domain.case_words import read_substantiated

    return read_substantiated(text)


def _levels(field: Field, text: str, on: TypedOn) -> Value:
    from rectify_tui.domain.closeout_words import read_levels

    return ",".join(read_levels(text)) if clean(text) else None


def _notice(field: Field, text: str, on: TypedOn) -> Value:
    from rectify_tui.domain.closeout_words import read_notice

    return read_notice(text).kept() if clean(text) else None


_READERS: Mapping[FieldKind, Callable[[Field, str, TypedOn], Value]] = {
    FieldKind.TEXT: _line,
    FieldKind.NAME: _line,
    FieldKind.LABEL: _line,
    FieldKind.PEOPLE: _line,
    FieldKind.LONG_TEXT: _text,
    FieldKind.CHOICE: _line,
    FieldKind.PERCENT: _percent,
    FieldKind.COUNT: _count,
    FieldKind.FLAG: _flag,
    FieldKind.STATUS: lambda field, text, on: read_status(text).value,
    FieldKind.CASE_STATUS: lambda field, text, on: read_case_status(text).value,
    FieldKind.VERIFICATION: _verification,
    FieldKind.SUBSTANTIATED: _substantiated,
    FieldKind.TYPES: _types,
    FieldKind.PAST_DAY: _past_day,
    FieldKind.COMING_DAY: lambda field, text, on: read_coming_day(text, today=on.today),
    FieldKind.START: _start,
    FieldKind.LEVELS: _levels,
    FieldKind.NOTICE: _notice,
}
