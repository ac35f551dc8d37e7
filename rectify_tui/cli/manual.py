"""The manual page in the language that `man` reads, from the help of a group and all below it."""

from __future__ import annotations

from collections.abc import Iterator

import click

from rectify_tui import __version__
from rectify_tui.cli.base import Group
from rectify_tui.cli.options import Options
from rectify_tui.i18n import Language


def manual_page(cli: Group, t: Language) -> str:
    """The whole page."""
    return "\n".join(_lines(cli, t)) + "\n"


def _lines(cli: Group, t: Language) -> Iterator[str]:
    ctx = cli.context_class(cli, info_name="rectify", obj=Options(language=t))
    with ctx:
        yield f'.TH RECTIFY 1 "" "rectify-tui {__version__}" ""'
        yield from _section(t("shell.page.name"))
        yield f"rectify \\- {_plain((cli.help or '').partition(chr(10))[0])}"
        yield from _section(t("shell.page.synopsis"))
        yield f".B rectify\n{_plain(' '.join(cli.collect_usage_pieces(ctx)))}"
        yield from _section(t("cli.help.options"))
        yield from _options(cli, ctx)
        yield from _section(t("cli.help.commands"))
        for name in cli.list_commands(ctx):
            command = cli.get_command(ctx, name)
            if command is not None and not command.hidden:
                yield from _command(command, ctx, name)


def _command(command: click.Command, above: click.Context, name: str) -> Iterator[str]:
    ctx = command.context_class(command, info_name=name, parent=above, obj=above.obj)
    with ctx:
        pieces = " ".join(command.collect_usage_pieces(ctx))
        yield f".SS {_plain(f'{ctx.command_path} {pieces}')}"
        for paragraph in filter(None, (command.help or "").split("\n\n")):
            yield f".PP\n{_plain(' '.join(paragraph.split()))}"
        yield from _options(command, ctx)
        if example := getattr(command, "example", ""):
            yield "\n".join(
                [".PP\n.nf", *(f"\\&    {_plain(x)}" for x in example.splitlines()), ".fi"]
            )
        if isinstance(command, click.Group):
            for each in command.list_commands(ctx):
                below = command.get_command(ctx, each)
                if below is not None and not below.hidden:
                    yield from _command(below, ctx, each)


def _options(command: click.Command, ctx: click.Context) -> Iterator[str]:
    """What is the command's own, with a line about each; common options stand once, at the top."""
    common = {"--db", "--lang", "--ascii", "--help"} if ctx.parent is not None else set()
    for param in command.get_params(ctx):
        record = None if common & set(param.opts) else param.get_help_record(ctx)
        if record is not None:
            yield f".TP\n.B {_plain(record[0])}\n{_plain(' '.join(record[1].split()))}"


def _section(title: str) -> Iterator[str]:
    yield f'.SH "{_plain(title.rstrip(":：").upper())}"'


def _plain(text: str) -> str:
    """Text in which `man` finds no orders."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("\n", " ")
    return f"\\&{text}" if text.startswith((".", "'")) else text
