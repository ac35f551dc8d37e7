"""Getting a report to where the user wants it: the terminal, a pipe or a file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from rectify_tui.cli import base
from rectify_tui.cli.output_file import OutputFile
from rectify_tui.errors import Problem
from rectify_tui.reports.formats import FILES

if TYPE_CHECKING:
    from rectify_tui.reports.weekly.model import Report


def chosen_format(asked: str | None, output: OutputFile | None) -> str:
    """The format asked for, else the one the file's ending tells, else a table.

    Raises `Problem` where the ending tells nothing, or where a workbook or a document would land
    on the terminal.
    """
    from rectify_tui.reports.weekly.files import format_of

    format = asked or (format_of(output.path) if output else "table")
    if FILES[format].binary and output is None and sys.stdout.isatty():
        raise Problem("weekly.to_terminal", format=format)
    return format


def deliver(ctx: click.Context, report: Report, format: str, output: OutputFile | None) -> None:
    """Print a report, or write it to a file in one go."""
    from rectify_tui.reports.weekly.render import pieces, render

    ascii = base.options_of(ctx).ascii
    if output is not None:
        output.write(pieces(report, format, ascii=ascii))
        base.note(ctx, "weekly.written", path=output.path)
        return
    if format == "table":
        width = base.terminal_width(sys.stdout)
        click.echo(render(report, format, width=width, ascii=ascii).decode(), nl=False)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(pieces(report, format))
        sys.stdout.buffer.flush()
