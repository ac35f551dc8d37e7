"""Options that set fields."""

from __future__ import annotations

import click
import pytest

from rectify_tui.cli.main import cli
from rectify_tui.domain.fields import CASE, ITEM, PROGRAMME, REGION, REVIEWED, UNIT, Field
from rectify_tui.i18n import LANGUAGES, Language

COMMANDS = [
    ("item set", ITEM.settable), ("item add", ITEM.settable), ("case set", CASE.settable),
    ("case add", CASE.settable), ("programme add", PROGRAMME.settable),
    ("region add", REGION.settable), ("unit add", UNIT.settable), ("review", REVIEWED),
]  # fmt: skip


def command(name: str) -> click.Command:
    found: click.Command = cli
    for word in name.split():
        assert isinstance(found, click.Group)
        found = found.get_command(click.Context(found), word) or found
    return found


@pytest.mark.parametrize(("name", "fields"), COMMANDS, ids=lambda it: it if type(it) is str else "")
def test_a_command_has_an_option_for_every_field(name: str, fields: tuple[Field, ...]) -> None:
    params = {param.name: param for param in command(name).params}
    for field in fields:
        if field.option:
            assert f"field_{field.name}" in params, field.name
    given = [option for param in params.values() for option in param.opts]
    assert len(given) == len(set(given))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("name", "fields"), COMMANDS, ids=lambda it: it if type(it) is str else "")
def test_every_option_says_what_it_is(code: str, name: str, fields: tuple[Field, ...]) -> None:
    for param in command(name).params:
        assert Language(code)(param._help_key), param.name
