"""`rectify completion`: what a shell needs to complete the words of a command line."""

from __future__ import annotations

import os
from pathlib import Path

import click

from rectify_tui.cli import base
from rectify_tui.cli.output_file import OutputFile

VARIABLE = "_RECTIFY_COMPLETE"
"""Where a shell's script says what it asks for."""

SHELLS = ("bash", "zsh", "fish")


@click.command(
    "completion",
    cls=base.Command,
    help="shell.help.completion",
    example="rectify completion bash --install\nrectify completion zsh\nrectify completion fish",
)
@base.argument("shell", type=click.Choice(SHELLS), help="shell.help.shell")
@base.option("--install", is_flag=True, help="shell.help.install_completion")
@click.pass_context
def completion(ctx: click.Context, shell: str, install: bool) -> None:
    """Print the script, or put it where the shell finds it."""
    text = script(shell)
    if not install:
        click.echo(text, nl=False)
        return
    path = _place(shell)
    path.parent.mkdir(parents=True, exist_ok=True)
    OutputFile(path, force=True).write(text.encode())
    base.note(ctx, f"shell.installed_{shell}", path=path, folder=path.parent)


def script(shell: str) -> str:
    """The script of a shell, which asks `rectify` itself what fits."""
    from click.shell_completion import get_completion_class

    from rectify_tui.cli.main import cli

    kind = get_completion_class(shell)
    if kind is None:
        raise LookupError(shell)
    asking = kind(cli, {}, "rectify", VARIABLE)
    return asking.source_template % asking.source_vars()


def _place(shell: str) -> Path:
    """Where a shell looks for completions of the user's own."""
    home = Path.home()
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    settings = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    return {
        "bash": data / "bash-completion" / "completions" / "rectify",
        "zsh": data / "zsh" / "site-functions" / "_rectify",
        "fish": settings / "fish" / "completions" / "rectify.fish",
    }[shell]
