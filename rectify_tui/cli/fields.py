"""Options that set the fields of a record: one for each field that declares one."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from rectify_tui.cli import base
from rectify_tui.domain.fields import Field, FieldKind
from rectify_tui.domain.status import Verification

_F = TypeVar("_F", bound=Callable[..., Any])

_METAVARS = {
    FieldKind.STATUS: "S", FieldKind.CASE_STATUS: "S", FieldKind.PERCENT: "N",
    FieldKind.COUNT: "N", FieldKind.MONEY: "N", FieldKind.PAST_DAY: "DATE",
    FieldKind.COMING_DAY: "DATE", FieldKind.START: "DATE", FieldKind.REGION: "REGION",
    FieldKind.REGIONS: "REGION", FieldKind.UNIT: "UNIT",
}  # fmt: skip
_CHOICES: Mapping[FieldKind, tuple[str, Sequence[str]]] = {
    FieldKind.VERIFICATION: ("status.verification", tuple(Verification)),
    FieldKind.FLAG: ("report", ("yes", "no")),
}
"""The kinds that take a few words: where those stand, and what they are called for programs."""


def field_options(
    fields: Iterable[Field], *, needed: Container[str] = (),
    defaults: Mapping[str, str] | None = None, called: Mapping[str, str] | None = None,
    helps: Mapping[str, str] | None = None,
) -> Callable[[_F], Callable[..., Any]]:  # fmt: skip
    """Give a command the options of fields; those that are `needed` have to be given.

    The command gets the texts together as `fields`, by the names of the fields: those that were
    given, empty ones included. An option may be `called` otherwise than the field declares, and
    have another of the `helps`, which are message keys.
    """
    fields = [field for field in fields if field.option]
    defaults, called, helps = defaults or {}, called or {}, helps or {}

    def give(function: _F) -> Callable[..., Any]:
        from functools import wraps

        names = {field.name: f"field_{field.name}" for field in fields}

        @wraps(function)
        def bundled(**all: Any) -> Any:
            texts = {name: all.pop(param) for name, param in names.items()}
            given = {name: text for name, text in texts.items() if text is not None}
            return function(fields=given, **all)

        command: Callable[..., Any] = bundled
        for field in reversed(fields):
            command = base.option(
                called.get(field.name, field.option or ""),
                names[field.name],
                help=helps.get(field.name, f"{field.title_key}.help"),
                required=field.name in needed,
                **_kind_of(field),
                **_default(defaults.get(field.name)),
            )(command)
        return command

    return give


def _kind_of(field: Field) -> dict[str, Any]:
    """What click is told of an option's values."""
    choices = _CHOICES.get(field.kind)
    if choices is None and field.choices:
        choices = field.words, field.choices
    if choices:
        words, values = choices
        return {"type": base.WordChoice(values, words)}
    return {"type": str, "metavar": _METAVARS.get(field.kind, "TEXT")}


def _default(value: str | None) -> dict[str, Any]:
    return {} if value is None else {"default": value, "show_default": True}
