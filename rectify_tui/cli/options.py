"""What every command is told: which store, which language, which glyphs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rectify_tui.i18n import LANGUAGES, Language, preferred_language

if TYPE_CHECKING:
    import click

_NO = frozenset({"", "0", "false", "no", "off"})


class Options(NamedTuple):
    """The options that every command takes.

    `db` is None where nobody named a store. `ascii` asks for glyphs and rules of plain ASCII;
    `clock_is_right` answers the question that a clock far off would raise.
    """

    language: Language
    db: Path | None = None
    ascii: bool = False
    clock_is_right: bool = False


def starting_options(words: Sequence[str]) -> Options:
    """What the environment says, and the language that the command line asks for.

    The language is looked up ahead of parsing, so that help and errors can be told in it wherever
    `--lang` stands. Raises `Problem` for an unknown language in `RECTIFY_LANG`.
    """
    db = os.environ.get("RECTIFY_DB")
    return Options(
        preferred_language(_asked_language(words)),
        db=Path(db).expanduser() if db else None,
        ascii=os.environ.get("RECTIFY_ASCII", "").lower() not in _NO,
    )


def _asked_language(words: Sequence[str]) -> str | None:
    asked = None
    for word, following in zip(words, [*words[1:], ""], strict=False):
        if word == "--":
            break
        option, _, value = word.partition("=")
        value = value or following
        if option == "--lang" and value in LANGUAGES:
            asked = value
    return asked


def options_of(ctx: click.Context) -> Options:
    """The options in force for a command."""
    options = ctx.find_object(Options)
    return starting_options(()) if options is None else options


def override(ctx: click.Context, **changes: Any) -> None:
    """Change options for a command and for all it stands under."""
    changed = options_of(ctx)._replace(**changes)
    at: click.Context | None = ctx
    while at is not None:
        at.obj = changed
        at = at.parent


def language_of(ctx: click.Context | None) -> Language:
    """The language in force for a command, or the one to expect outside of any."""
    return preferred_language() if ctx is None else options_of(ctx).language
