"""Options that set the fields of a record: one for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from rectify_tui.cli import base

_F = TypeVar("_F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Field:
    """An option and the field it sets; `choices` where only certain words will do."""

    option: str
    name: str
    metavar: str | None = "TEXT"
    choices: Sequence[str] = ()


def field_options(fields: Sequence[Field], help: str) -> Callable[[_F], Callable[..., Any]]:
    """Give a command an option for each field, helped by `{help}.{name}`.

    The command gets them together as `fields`: those that were given, empty texts included.
    """

    def give(function: _F) -> Callable[..., Any]:
        from functools import wraps

        names = {field.name: f"field_{field.name}" for field in fields}

        @wraps(function)
        def bundled(**all: Any) -> Any:
            given = {name: all.pop(param) for name, param in names.items()}
            return function(fields=_given(given), **all)

        command: Callable[..., Any] = bundled
        for field in reversed(fields):
            command = base.option(
                field.option,
                names[field.name],
                metavar=None if field.choices else field.metavar,
                type=click.Choice([str(choice) for choice in field.choices])
                if field.choices
                else str,
                help=f"{help}.{field.name}",
            )(command)
        return command

    return give


def _given(all: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in all.items() if value is not None}
