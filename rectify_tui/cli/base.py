"""What every command is made of.

    @item.command("list", help="item.help.list", example="rectify item list --status behind")
    @base.option("--status", help="item.help.status")
    @base.format_option
    @click.pass_context
    def list_items(ctx: click.Context, status: str | None, output_format: base.Format) -> None:
        options = base.options_of(ctx)
        ...
        base.emit(ctx, table, output_format)

Helps are message keys, translated when a page is shown. A command reports trouble by raising
`Problem` or `Refusal`, and leaves with another exit code through `ctx.exit(code)`.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, TextIO

import click
from click.exceptions import NoArgsIsHelpError

from rectify_tui.cli.errors import run, tell
from rectify_tui.cli.layout import HelpFormatter
from rectify_tui.cli.misuse import Misuse
from rectify_tui.cli.options import Options, language_of, options_of
from rectify_tui.cli.params import (
    Argument,
    Option,
    Told,
    WordChoice,
    argument,
    common_options,
    current_language,
    format_option,
    option,
)
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language, known
from rectify_tui.reports.formats import Format

if TYPE_CHECKING:
    from rectify_tui.reports.table import Table

__all__ = [
    "Argument",
    "Command",
    "Format",
    "Group",
    "Misuse",
    "Option",
    "Options",
    "WordChoice",
    "argument",
    "emit",
    "emit_objects",
    "format_option",
    "language_of",
    "note",
    "option",
    "options_of",
    "say",
    "terminal_width",
]


class Context(click.Context):
    """A context whose help pages are laid out by cells."""

    formatter_class = HelpFormatter


class _Base(Told, click.Command):
    context_class = Context

    def __init__(self, *args: Any, example: str = "", **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.add_help_option = False  # it is among the common ones
        self.example = example
        self.params = [*self.params, *common_options()]

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        *_: Any,
        **extra: Any,
    ) -> Any:
        """Run as a program: errors become sentences and exit codes. Always raises `SystemExit`."""
        words = sys.argv[1:] if args is None else args
        sys.exit(run(self, words, prog_name or self.name or "rectify", **extra))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first line of the help."""
        return (self.help or "").partition("\n")[0]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, language_of(ctx)("cli.help.usage"))

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What may follow the command's name."""
        self.options_metavar = language_of(ctx)("cli.help.options_metavar")
        return super().collect_usage_pieces(ctx)

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the arguments, if there are any."""
        arguments = [param for param in self.get_params(ctx) if isinstance(param, click.Argument)]
        if arguments:
            with formatter.section(language_of(ctx)("cli.help.arguments")):
                formatter.write_dl([param.get_help_record(ctx) for param in arguments])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [record for param in options if (record := param.get_help_record(ctx))]
        with formatter.section(language_of(ctx)("cli.help.options")):
            formatter.write_dl(records)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        if self.example:
            with formatter.section(language_of(ctx)("cli.help.examples")):
                for line in self.example.splitlines():
                    formatter.write(f"  {line}\n")


class Command(_Base):
    """A command; `help` is a message key, `example` has one command line per line."""

    allow_extra_args = True  # so that the complaint about them can be ours

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line. Raises `Misuse` for words that have no meaning."""
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise Misuse(Problem("cli.error.extra", words=" ".join(rest), n=len(rest)), ctx)
        return rest


class Group(_Base, click.Group):
    """Commands under one name.

    `lazy` maps names to "module:attribute", imported only when the command is used; the line that
    the help page has for each is the message `{summary_keys}.{name}`. Called without a command, the
    group runs the one that `default` points to, or shows its help.
    """

    command_class = Command
    group_class = type

    def __init__(
        self,
        *args: Any,
        lazy: Mapping[str, str] | None = None,
        summary_keys: str = "",
        default: str | None = None,
        **attributes: Any,
    ) -> None:
        super().__init__(*args, invoke_without_command=True, **attributes)
        self.lazy = dict(lazy or {})
        self.summary_keys = summary_keys
        self.default = default

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order in which they were given."""
        return [*self.lazy, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, or None."""
        if cmd_name in self.lazy:
            return _load(self.lazy[cmd_name])
        return super().get_command(ctx, cmd_name)

    def summaries(self) -> list[tuple[str, str]]:
        """Names of commands and a line about each, without importing the lazy ones."""
        t = current_language()
        return [
            *((name, self._summary(name, t)) for name in self.lazy),
            *(
                (name, command.get_short_help_str())
                for name, command in self.commands.items()
                if not command.hidden
            ),
        ]

    def _summary(self, name: str, t: Language) -> str:
        """The line of a lazy command; one that is a group of its own has it in its help."""
        key = f"{self.summary_keys}.{name}"
        if known(key):
            return t(key).partition("\n")[0]
        return _load(self.lazy[name]).get_short_help_str()

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named, or the default one."""
        result = super().invoke(ctx)
        if ctx.invoked_subcommand is not None:
            return result
        if self.default is None:
            raise NoArgsIsHelpError(ctx)
        return ctx.invoke(_load(self.default))

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What may follow the group's name."""
        kind = "optional_command" if self.default else "command"
        self.subcommand_metavar = language_of(ctx)(f"cli.help.{kind}_metavar")
        return super().collect_usage_pieces(ctx)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands and the options."""
        self.format_commands(ctx, formatter)
        super().format_options(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands."""
        with formatter.section(language_of(ctx)("cli.help.commands")):
            formatter.write_dl(self.summaries())

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """Names that fit, without importing the commands."""
        from click.shell_completion import CompletionItem

        items = [
            CompletionItem(name, help=line)
            for name, line in self.summaries()
            if name.startswith(incomplete)
        ]
        return items + click.Command.shell_complete(self, ctx, incomplete)


def _load(where: str) -> click.Command:
    module, _, attribute = where.partition(":")
    command: click.Command = getattr(import_module(module), attribute)
    return command


def emit(ctx: click.Context, table: Table, format: Format = "table") -> None:
    """Print a table on stdout.

    On a terminal its columns give way to fit. What is meant for other programs is UTF-8 in a file
    or a pipe, whatever the locale says.
    """
    from rectify_tui.reports.output import write

    out = _stdout_for(format)
    write(table, format, out, width=terminal_width(out), ascii=options_of(ctx).ascii)
    out.flush()


def emit_objects(objects: Iterable[str]) -> None:
    """Print objects as JSON on stdout, the members of each given as `write_objects` takes them."""
    from rectify_tui.reports.writing.json import write_objects

    out = _stdout_for("json")
    write_objects(objects, out)
    out.flush()


def _stdout_for(format: Format) -> TextIO:
    """Stdout, made ready for a format."""
    out = sys.stdout
    if isinstance(out, io.TextIOWrapper):
        if format == "csv":
            out.reconfigure(newline="")
        if format != "table" and not out.isatty():
            out.reconfigure(encoding="utf-8")
    return out


def terminal_width(stream: TextIO) -> int | None:
    """The cells that a line has on the terminal behind a stream, None where there is none."""
    if not stream.isatty():
        return None
    from shutil import get_terminal_size

    return get_terminal_size().columns


def say(ctx: click.Context, key: str, /, **params: object) -> None:
    """Print a message on stdout."""
    tell(language_of(ctx)(key, **params), err=False)


def note(ctx: click.Context, key: str, /, **params: object) -> None:
    """Print a message on stderr, beside the data."""
    tell(language_of(ctx)(key, **params))
