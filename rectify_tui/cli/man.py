"""`rectify man`: the manual page, made from the help of all commands."""

from __future__ import annotations

import os
from pathlib import Path

import click

from rectify_tui.cli import base
from rectify_tui.cli.output_file import OutputFile


@click.command(
    "man", cls=base.Command, help="shell.help.man",
    example="rectify man\nrectify man --install",
)  # fmt: skip
@base.option("--install", is_flag=True, help="shell.help.install_man")
@click.pass_context
def man(ctx: click.Context, install: bool) -> None:
    """Print the page, or put it where `man` finds it."""
    from rectify_tui.cli.main import cli
    from rectify_tui.cli.manual import manual_page

    t = base.language_of(ctx)
    page = manual_page(cli, t)
    if not install:
        click.echo(page, nl=False)
        return
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    below = "zh_CN/man1" if t.code == "zh" else "man1"
    path = data / "man" / below / "rectify.1"
    path.parent.mkdir(parents=True, exist_ok=True)
    OutputFile(path, force=True).write(page.encode())
    base.note(ctx, "shell.installed_man", path=path)
