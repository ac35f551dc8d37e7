"""The program `rectify`: its commands, and where they are."""

from __future__ import annotations

import codecs
import io
import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from rectify_tui.cli.base import Group, Option
from rectify_tui.cli.errors import run
from rectify_tui.cli.misuse import Misuse
from rectify_tui.cli.start import VERSION
from rectify_tui.errors import Problem

_COMPLETION = "_RECTIFY_COMPLETE"

COMMANDS = {
    "item": "rectify_tui.cli.item:item",
    "case": "rectify_tui.cli.case:case",
    "programme": "rectify_tui.cli.programme:programme",
    "region": "rectify_tui.cli.region:region",
    "unit": "rectify_tui.cli.unit:unit",
    "rollup": "rectify_tui.cli.rollup:rollup",
    "behind": "rectify_tui.cli.behind:behind",
    "review": "rectify_tui.cli.review:review",
    "verify": "rectify_tui.cli.verify:verify",
    "people": "rectify_tui.cli.people:people_command",
    "extensions": "rectify_tui.cli.extend:extensions_command",
    "close": "rectify_tui.cli.close:close",
    "evidence": "rectify_tui.cli.evidence:evidence",
    "coverage": "rectify_tui.cli.coverage:coverage",
    "figure": "rectify_tui.cli.figure:figure",
    "reconcile": "rectify_tui.cli.reconcile:reconcile_command",
    "forecast": "rectify_tui.cli.forecast:forecast",
    "map": "rectify_tui.cli.map:map_command",
    "trend": "rectify_tui.cli.trend:trend",
    "import": "rectify_tui.cli.import_:import_command",
    "unread": "rectify_tui.cli.unread:unread",
    "mapping": "rectify_tui.cli.mapping:mapping",
    "weekly": "rectify_tui.cli.weekly:weekly",
    "return": "rectify_tui.cli.return_:return_group",
    "escalate": "rectify_tui.cli.escalate:escalate_command",
    "escalations": "rectify_tui.cli.escalate:escalations_command",
    "answer": "rectify_tui.cli.escalate:answer_command",
    "points": "rectify_tui.cli.points:points_command",
    "card": "rectify_tui.cli.card:card",
    "term": "rectify_tui.cli.term:term",
    "patterns": "rectify_tui.cli.patterns:patterns",
    "group": "rectify_tui.cli.group:group",
    "calendar": "rectify_tui.cli.calendar:calendar_command",
    "log": "rectify_tui.cli.log:log",
    "undo": "rectify_tui.cli.undo:undo",
    "check": "rectify_tui.cli.check:check",
    "repair": "rectify_tui.cli.repair:repair",
    "backup": "rectify_tui.cli.backup:backup",
    "restore": "rectify_tui.cli.backup:restore",
    "init": "rectify_tui.cli.init:init",
    "demo": "rectify_tui.cli.demo:demo",
    "serve": "rectify_tui.cli.serve:serve",
    "completion": "rectify_tui.cli.completion:completion",
    "man": "rectify_tui.cli.man:man",
}


def _show_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        click.echo(VERSION)
        ctx.exit()


@click.pass_context
def _begin(ctx: click.Context, /, home: bool) -> None:
    """Before a command: what only the dashboard can do is asked of it alone."""
    if home and ctx.invoked_subcommand is not None:
        raise Misuse(Problem("cli.error.home", command=ctx.invoked_subcommand), ctx)


cli = Group(
    "rectify",
    callback=_begin,
    lazy=COMMANDS,
    summary_keys="cli.command",
    default="rectify_tui.cli.dashboard:dashboard",
    help="cli.about",
    example="rectify\nrectify demo\nrectify --db 2020.db check\nrectify --lang zh item --help",
    params=[
        Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_version,
            help="cli.option.version",
        ),
        Option(["--home"], is_flag=True, help="cli.option.home"),
    ],
)


def main() -> NoReturn:
    """Run the program and leave with its exit code."""
    _prepare_streams()
    instruction = os.environ.get(_COMPLETION)
    if instruction:
        from click.shell_completion import shell_complete

        sys.exit(shell_complete(cli, {}, "rectify", _COMPLETION, instruction))
    sys.exit(run(cli, sys.argv[1:], "rectify"))


def _prepare_streams() -> None:
    """Make stdout and stderr take any text: ASCII becomes UTF-8, and what does not fit is escaped.

    Where the program was started without one of the streams, there is nothing to read from it, and
    what it says there goes nowhere; else the next file that is opened would take its place.
    """
    for handle, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        stream = getattr(sys, name)
        if stream is None:
            nowhere = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - open to the end
            if nowhere.fileno() != handle:
                os.dup2(nowhere.fileno(), handle)
            setattr(sys, name, nowhere)
        elif name != "stdin" and isinstance(stream, io.TextIOWrapper):
            is_ascii = codecs.lookup(stream.encoding).name == "ascii"
            encoding = "utf-8" if is_ascii else stream.encoding
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
