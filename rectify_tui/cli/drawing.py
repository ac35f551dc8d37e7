"""How commands draw: on the terminal in its colours, into a file by its ending, or as figures."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import click

from rectify_tui.cli import base
from rectify_tui.cli.errors import tell
from rectify_tui.cli.output_file import OutputFile
from rectify_tui.errors import Problem
from rectify_tui.reports.pictures.drawing import Line, colours_of, text_of
from rectify_tui.reports.pictures.map_lines import Style
from rectify_tui.reports.pictures.page import html_page
from rectify_tui.reports.table import Table

ENDINGS = (".html", ".svg")
_USUAL, _WIDEST = 80, 140


@dataclass(frozen=True)
class Picture:
    """A picture before it is drawn: as lines in a style, as SVG, and as the table it is of."""

    table: Table
    lines: Callable[[Style], Iterable[Line]]
    svg: Callable[[], str]


def require_drawable(ctx: click.Context, output: OutputFile | None) -> None:
    """Raise `Misuse` for a file of an ending that no picture is written as."""
    if output is not None and output.path.suffix.lower() not in ENDINGS:
        known = " / ".join(ENDINGS)
        raise base.Misuse(Problem("pictures.only", name=output.path.name, endings=known), ctx)


def show(
    ctx: click.Context, picture: Picture, output_format: base.Format, output: OutputFile | None
) -> None:
    """Write a picture to a file, or print it; for programs its figures are printed instead."""
    if output is not None:
        drawing = picture.svg()
        if output.path.suffix.lower() != ".svg":
            drawing = html_page(drawing, picture.table, base.language_of(ctx))
        output.write(drawing.encode())
        base.note(ctx, "pictures.written", path=output.path)
        return
    if output_format != "table":
        base.emit(ctx, picture.table, output_format)
        return
    on_terminal = sys.stdout.isatty()
    cells = min(base.terminal_width(sys.stdout) or _USUAL, _WIDEST)
    style = Style(cells, base.options_of(ctx).ascii)
    colours = colours_of(os.environ) if on_terminal else "none"
    tell(picture.table.title, err=False)
    click.echo()
    click.echo(text_of(picture.lines(style), colours=colours, bold=on_terminal))
    for note in picture.table.notes:
        tell(note, err=False)
