"""Options and arguments whose help and complaints are in the user's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import click

from rectify_tui.cli.misuse import Misuse, bad_value, choices_text, range_text
from rectify_tui.cli.options import language_of, override
from rectify_tui.domain.text import clean
from rectify_tui.i18n import LANGUAGES, Language, keys_below, values_by_word
from rectify_tui.reports.formats import FORMATS

_F = TypeVar("_F", bound=Callable[..., Any])


def current_language() -> Language:
    """The language of the command that is running, or the one to expect outside of any."""
    return language_of(click.get_current_context(silent=True))


class WordChoice(click.Choice[str]):
    """A choice whose values may also be called as the tables print them, in any language.

    `words` are the messages that have the words: by the values, or all below one key.
    """

    def __init__(self, values: Iterable[str], words: str | Mapping[str, str]) -> None:
        super().__init__([str(value) for value in values])
        self.words = keys_below(words, self.choices) if isinstance(words, str) else words

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """What stands for the value: the values themselves are in the help."""
        return str(param.name).upper() if isinstance(param, click.Argument) else "WORD"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The value that a word stands for."""
        known = values_by_word(self.words)
        return super().convert(known.get(clean(value).casefold(), value), param, ctx)


class Told:
    """Whose help is a message key."""

    _help_key: str | None = None

    @property
    def help(self) -> str | None:
        """The help in the user's language."""
        return None if self._help_key is None else current_language()(self._help_key)

    @help.setter
    def help(self, key: str | None) -> None:
        self._help_key = key


class _Parameter(Told, click.Parameter):
    def told_help(self, t: Language) -> str:
        """The help, with the words that may be given."""
        told = [self.help or ""]
        if isinstance(self.type, WordChoice):
            told.append(t("cli.help.choices", choices=choices_text(self.type, t)))
        return t("cli.help.gap").join(told)

    def type_cast_value(self, ctx: click.Context, value: Any) -> Any:
        """The value as the type has it. Raises `Misuse`."""
        try:
            return super().type_cast_value(ctx, value)
        except click.BadParameter as error:
            raise Misuse(bad_value(self, value, error, ctx), ctx) from error


class Option(_Parameter, click.Option):
    """An option; `help` is a message key."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option's line on the help page; None when hidden."""
        if self.hidden:
            return None
        t, extra, marks = language_of(ctx), self.get_help_extra(ctx), list[str]()
        if "range" in extra and isinstance(self.type, click.IntRange | click.FloatRange):
            marks.append(range_text(self.type, t))
        if "default" in extra:
            value = self._called(str(extra["default"]), t)
            marks.append(t("cli.help.default", value=value))
        if self.required:
            marks.append(t("cli.help.required"))
        return self.get_help_spec(ctx), " ".join([self.told_help(t), *(f"[{m}]" for m in marks)])

    def _called(self, value: str, t: Language) -> str:
        """What the default is called in Chinese; English has its values."""
        words = self.type.words if isinstance(self.type, WordChoice) else {}
        return t(words[value]) if value in words and t.code == "zh" else value


class Argument(_Parameter, click.Argument):
    """An argument; `help` is a message key."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """The argument's line on the help page."""
        return self.make_metavar(ctx), self.told_help(language_of(ctx))


def option(*names: str, help: str, **attributes: Any) -> Callable[[_F], _F]:
    """`click.option` whose help is a message key."""
    return click.option(*names, cls=Option, help=help, **attributes)


def argument(name: str, *, help: str, **attributes: Any) -> Callable[[_F], _F]:
    """`click.argument` whose help is a message key."""
    return click.argument(name, cls=Argument, help=help, **attributes)


def format_option(function: _F) -> _F:
    """Give a command `--format`; the function gets it as `output_format`."""
    return option(
        "--format",
        "output_format",
        type=click.Choice(FORMATS),
        default=FORMATS[0],
        show_default=True,
        help="cli.option.format",
    )(function)


@cache
def common_options() -> tuple[click.Parameter, ...]:
    """The options of every command, which go to `Options` instead of the function."""

    def db(ctx: click.Context, _: click.Parameter, value: Path | None) -> None:
        if value is not None:
            override(ctx, db=value.expanduser())

    def lang(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
        if value is not None:
            override(ctx, language=Language(value))

    def ascii_(ctx: click.Context, _: click.Parameter, value: bool) -> None:
        if value:
            override(ctx, ascii=True)

    def clock(ctx: click.Context, _: click.Parameter, value: bool) -> None:
        if value:
            override(ctx, clock_is_right=True)

    def show_help(ctx: click.Context, _: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), color=ctx.color)
            ctx.exit()

    path, languages = click.Path(path_type=Path), click.Choice(LANGUAGES)
    return (
        Option(["--db"], type=path, callback=db, expose_value=False, help="cli.option.db"),
        Option(
            ["--lang"], type=languages, callback=lang, expose_value=False, help="cli.option.lang"
        ),
        Option(
            ["--ascii"], is_flag=True, callback=ascii_, expose_value=False, help="cli.option.ascii"
        ),
        Option(
            ["--clock-is-right"],
            is_flag=True,
            callback=clock,
            expose_value=False,
            hidden=True,
            help="cli.option.clock",
        ),
        Option(
            ["--help"],
            is_flag=True,
            is_eager=True,
            callback=show_help,
            expose_value=False,
            help="cli.option.help",
        ),
    )
